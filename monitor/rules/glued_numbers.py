"""Numbers as Korean writes them: digits, scale and what is counted in one word (1만1천명) or in a few (3억 달러)."""

import re
from functools import lru_cache

from monitor.model import Counting
from monitor.rules.line import Line
from monitor.rules.numerals import Numeral

_HIGHEST = 1e18
_ROUGHLY = ("여", "남짓", "가량")
_RANGES = "~∼～-–"
_PARTS = 4
"""Words that one number may take."""


@lru_cache(maxsize=8)
def _patterns(scales: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """What a number looks like, and each of its parts; None where a language glues nothing."""
    letters = "".join(sorted(one for one in scales if len(one) == 1 and not one.isascii()))
    if not letters:
        return None
    return re.compile(f"[0-9](?:[0-9,.{letters}]*[0-9{letters}])?"), re.compile(f"([0-9][0-9,.]*)|([{letters}])")


def glued_at(line: Line, at: int, counting: Counting) -> Numeral | None:
    """The number that begins at a word with what it counts; None where no unit of the language stands behind it."""
    patterns = _patterns(frozenset(counting.scales))
    if patterns is None:
        return None
    whole, part = patterns
    written, last, rest = "", at, ""
    while last < len(line.words) and last - at < _PARTS and (last == at or not line.gaps[last]):
        found = whole.match(line.words[last])
        if found is None:
            break
        written, rest, last = written + found.group(), line.words[last][found.end() :], last + 1
        if rest:
            break
    value = _value(part, written, counting)
    if not rest and last < len(line.words) and line.gaps[last] and line.gaps[last] in _RANGES:
        return _range(line, at, value, glued_at(line, last, counting))
    rough = next((one for one in _ROUGHLY if rest.startswith(one)), "")
    rest = rest.removeprefix(rough)
    end = line.places[last - 1][1] - len(rest)
    if not rest and last < len(line.words) and not line.gaps[last]:
        rest, last = line.words[last], last + 1
        end = line.places[last - 1][0]
    behind = counting.words.get("behind", frozenset())
    splits = ((rest[:size], rest[size:]) for size in range(len(rest), 0, -1))
    unit = next((one for one, tail in splits if one in counting.units and (not tail or tail in behind)), "")
    if not unit or not 0 < value < _HIGHEST:
        return None
    high = value * 1.1 if rough else value
    return Numeral(
        first=at,
        last=last,
        low=value,
        high=high,
        start=line.places[at][0],
        end=end + len(unit),
        is_vague=bool(rough),
        unit=counting.units[unit],
    )


def _range(line: Line, at: int, low: float, other: Numeral | None) -> Numeral | None:
    """`3억2천만∼13억 달러`: the second number has the unit of both."""
    if other is None or not 0 < low < other.low:
        return None
    return other._replace(first=at, low=low, start=line.places[at][0])


def _value(part: re.Pattern[str], written: str, counting: Counting) -> float:
    """1만1천 is 11,000: a small scale multiplies the digits before it, a great one all since the last great one."""
    total = section = digits = 0.0
    for number, scale in part.findall(written):
        if number:
            plain = number.replace(",", "").rstrip(".")
            if plain.count(".") > 1:
                return 0.0
            digits = float(plain)
            continue
        size = counting.scales[scale]
        if size >= 10_000:
            total, section, digits = total + (section + digits or 1.0) * size, 0.0, 0.0
        else:
            section, digits = section + (digits or 1.0) * size, 0.0
    return total + section + digits
