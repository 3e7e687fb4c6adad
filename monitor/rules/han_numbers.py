"""Numbers and days as Chinese and Japanese write them: letters that stand for digits, scales of ten thousand, counters.

Each letter is a word to the program, so a number, its scale and its counter (1万1000人, 一百二十枚) are read from the
run of letters that begins at a word. What a counter counts is said by the noun behind it (1.1万名士兵) or before it
(兵士約1万1000人); a counter of persons says so by itself.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from monitor.model import Counting
from monitor.rules.line import Line
from monitor.rules.numerals import Numeral

_HIGHEST = 1e18
_REACH = 28
"""Words of the longest number with all that belongs to it."""
_BETWEEN = 6
"""Letters that may stand between a counter and its noun: 名朝鲜士兵, 人の北朝鮮兵士."""
_RANGES = "~～〜∼–—-−"
_VAGUE = re.compile("[数數几幾]")
_MANY = (2, 9)
"""What 数千 may be, in its scale."""
_ABOUT = re.compile("以上|余り|あまり|ほど|程度|左右|超")
_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)(?:(\d{1,2})[日号號])?", re.ASCII)
_GENERIC = frozenset(("people", "items"))
_LOOSE = _GENERIC | {"companies"}
"""Units of which the noun may say more: 五十家俄罗斯银行 are banks."""
_HALF_YEAR = 183


class HanDay(NamedTuple):
    """A day or month: the words it takes, its first and last day as numbers YYYYMMDD."""

    first: int
    last: int
    low: int
    high: int


@lru_cache(maxsize=8)
def _patterns(numbers: frozenset[str], scales: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number with what says "about" behind it, and each of its parts."""
    digits, greater = "".join(sorted(numbers - scales)), "".join(sorted(scales))
    number = rf"(?:[0-9][0-9,.]*|[{digits}数數几幾{greater}])(?:[0-9][0-9,.]*|[{digits}{greater}])*"
    return (
        re.compile(
            rf"({number})(?:[{_RANGES}至到]|から)?(?:(?<=[{_RANGES}至到ら])({number}))?([多余餘超強强弱]|余り|以上)?"
        ),
        re.compile(rf"([0-9][0-9,.]*)|([{digits}数數几幾])|([{greater}])"),
    )


def counts_in_han(counting: Counting) -> bool:
    """Whether the language writes numbers in Han letters."""
    return "一" in counting.numbers


def _run(line: Line, at: int) -> tuple[str, list[int]]:
    """The letters from a word on, up to a mark that ends a number, and the word of each."""
    text, owners = "", []
    for index in range(at, min(at + _REACH, len(line.words))):
        gap = line.gaps[index] if index > at else ""
        if gap and (len(gap) > 1 or gap not in _RANGES):
            break
        text += gap + line.words[index]
        owners += [index] * (len(gap) + len(line.words[index]))
    return text, owners


def han_at(line: Line, at: int, counting: Counting) -> Numeral | None:
    """The number that begins at a word with what it counts; None where nothing says what that is. O(letters)."""
    if at and not line.gaps[at] and line.words[at - 1] in counting.words.get("ordinal", frozenset()):
        return None
    text, owners = _run(line, at)
    scales = frozenset(counting.scales)
    whole, part = _patterns(frozenset(counting.numbers), scales)
    found = whole.match(text)
    if found is None:
        return None
    low = _value(part, found[1], counting)
    high = _value(part, found[2], counting) if found[2] else low
    if found[2] and low < high and high >= 10_000 > low and not scales & set(found[1]):
        low *= _scale_of(found[2], counting)  # 3至5万: the scale of both
    is_vague = bool(_VAGUE.match(found[1]))
    if is_vague:
        low, high = low * _MANY[0], low * _MANY[1]
    counted = _counter(line, at, text, found.end(), counting)
    if counted is None or not 0 < low <= high < _HIGHEST:
        return None
    unit, end, is_rough = counted
    start, last = line.places[at][0], owners[end - 1] + 1
    return Numeral(
        first=at,
        last=last,
        low=low,
        high=high,
        start=start,
        end=line.places[last - 1][1],
        is_vague=is_vague,
        is_rough=bool(found[3]) or is_rough,
        unit=unit,
    )


def _counter(line: Line, at: int, text: str, end: int, counting: Counting) -> tuple[str, int, bool] | None:
    """The unit of a number, the letter behind it, and whether "or more" stands there; None where nothing is counted."""
    written = _longest(text, end, counting)
    unit = counting.units.get(written, "")
    stop = end + len(written)
    about = _ABOUT.match(text, stop)
    if not unit:
        return None
    if unit not in _LOOSE:
        return unit, about.end() if about else stop, about is not None
    noun = _noun_behind(text, about.end() if about else stop, counting)
    if noun is not None:
        return noun[0], noun[1], about is not None
    before = _noun_before(line, at, counting)
    if before or unit != "items":
        return before or unit, about.end() if about else stop, about is not None
    return None


def _longest(text: str, at: int, counting: Counting) -> str:
    """The longest unit that stands at a letter; empty if none."""
    return next((text[at : at + size] for size in range(6, 0, -1) if text[at : at + size] in counting.units), "")


def _noun_behind(text: str, at: int, counting: Counting) -> tuple[str, int] | None:
    """The noun that a counter counts, at most a few letters further on in the same phrase."""
    for start in range(at, min(at + _BETWEEN + 1, len(text))):
        if text[start] in "をがはにへもでと在向对對和与與被":
            return None
        written = _longest(text, start, counting)
        unit = counting.units.get(written, "")
        if unit and unit not in _GENERIC and len(written) > 1:
            return unit, start + len(written)
    return None


def _noun_before(line: Line, at: int, counting: Counting) -> str:
    """The unit of the noun right before a number (兵士約1万人); empty if none."""
    approximate = counting.words.get("approximate", frozenset())
    before = ""
    for index in range(at, max(at - 10, 0), -1):
        if line.gaps[index]:
            break
        before = line.words[index - 1] + before
    for lead in sorted(approximate, key=len, reverse=True):
        before = before.removesuffix(lead)
    for size in range(6, 1, -1):
        unit = counting.units.get(before[-size:], "") if len(before) >= size else ""
        if unit and unit not in _GENERIC:
            return unit
    return ""


def _scale_of(written: str, counting: Counting) -> float:
    """The greatest scale at the end of a number."""
    return counting.scales.get(written[-1], 1.0)


def _value(part: re.Pattern[str], written: str, counting: Counting) -> float:
    """1万1000 and 一万一千 are 11,000: a small scale multiplies its digit, a great one all since the last great one."""
    total = section = digit = 0.0
    for number, letter, scale in part.findall(written):
        if number:
            plain = number.replace(",", "").rstrip(".")
            if plain.count(".") > 1:
                return 0.0
            digit = float(plain)
        elif letter:
            digit = digit * 10 + counting.numbers.get(letter, 1.0 if _VAGUE.match(letter) else 0.0)
        elif counting.scales[scale] >= 10_000:
            total, section, digit = total + (section + digit or 1.0) * counting.scales[scale], 0.0, 0.0
        else:
            section, digit = section + (digit or 1.0) * counting.scales[scale], 0.0
    return total + section + digit


def han_day_at(line: Line, at: int, published: date) -> HanDay | None:
    """The day or month that begins at a word: 2024年11月21日, 11月21日, 2024年11月; None if none does."""
    text, owners = _run(line, at)
    found = _DAY.match(text)
    if found is None or not (found[1] or found[3]):
        return None
    month, day = int(found[2]), int(found[3] or 0)
    if not 1 <= month <= 12 or day > 31:
        return None
    year = int(found[1] or 0)
    if not year:
        behind = (month - published.month) * 30.4 + day - published.day
        year = published.year + (behind < -_HALF_YEAR) - (behind > _HALF_YEAR)
    begun = year * 10000 + month * 100
    return HanDay(at, owners[found.end() - 1] + 1, begun + (day or 1), begun + (day or 31))
