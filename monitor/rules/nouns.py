"""What a number counts: the unit of its noun phrase, and for what time or head it is given.

Units come from the language (`Counting`); any other plural noun is a unit of its own.
"""

from collections.abc import Sequence
from typing import NamedTuple

from monitor.model import Counting
from monitor.rules.line import Line
from monitor.rules.numerals import CODES, Numeral

NOUN_LIMIT = 6
"""Words between a number and what it counts, adjectives and names among them."""
_LONGEST_UNIT = 4
_HARMLESS = "\"'“”‘’«»+"
_NAME = 3
"""Capitalised words behind a number that make a name of it."""
_SMALL = 10
"""Up to this number "the two ministers" points back at somebody named before."""


class Noun(NamedTuple):
    """What a number counts: where its words end, its unit, and whether a table knows it."""

    last: int
    unit: str
    is_known: bool


def unit_at(words: Sequence[str], gaps: Sequence[str], at: int, counting: Counting) -> tuple[int, str] | None:
    """The unit whose words begin here, the longest: where they end, and its name."""
    longest = 0
    for size in range(1, _LONGEST_UNIT + 1):
        if at + size > len(words) or (size > 1 and gaps[at + size - 1] not in ("", "-")):
            break
        longest = size
    for size in range(longest, 0, -1):
        unit = counting.units.get(words[at] if size == 1 else " ".join(words[at : at + size]))
        if unit is not None:
            return at + size, unit
    return None


def noun_at(line: Line, numeral: Numeral, at: int, counting: Counting) -> Noun | None:
    """What a number counts; with no unit where it counts what was named before ("3,000 more", "200 of them")."""
    words, small = line.words, counting.words
    begin, is_elliptic = at, False
    while begin < len(words) and not line.gaps[begin].strip("+") and words[begin] in small.get("filler", ()):
        is_elliptic = is_elliptic or words[begin] in small.get("more", ())
        begin += 1
    if begin < len(words) and not line.gaps[begin] and words[begin] in small.get("them", ()) and begin > at:
        return Noun(begin + 1, "", False)
    noun = _head(line, begin, counting)
    if noun is None:
        return Noun(begin, "", False) if is_elliptic else None
    is_one = numeral.high <= 1
    if is_one and (not noun.is_known or begin > at):
        return None
    before = words[numeral.first - 1] if numeral.first else ""
    is_definite = before in small.get("definite", ()) and numeral.high <= _SMALL
    is_pair = numeral.high <= 2 and noun.unit in small.get("pair", ())
    return None if is_definite or is_pair else noun


def _head(line: Line, begin: int, counting: Counting) -> Noun | None:
    """The head of the noun phrase that begins at a word: a unit of the table, else the first plural."""
    words, gaps = line.words, line.gaps
    capitals = 0
    for at in range(begin, min(begin + NOUN_LIMIT, len(words))):
        known = unit_at(words, gaps, at, counting)
        if _is_parted(line, begin, at, counting, is_known=known is not None):
            return None
        if known is not None:
            return _longer(line, known, counting)
        if at in line.named or (words[at][0].isdigit() and gaps[at] == "-"):
            continue  # "12 Chinese entities", "150 KN-23 missiles"
        capitals += line.raw[at][0].isupper() and not line.is_title
        if capitals >= _NAME or words[at][0].isdigit() or _ends_phrase(words[at], counting):
            return None
        if _is_plural(line, at, counting):
            return _longer(line, (at + 1, words[at]), counting, is_known=False)
    return None


def _is_parted(line: Line, begin: int, at: int, counting: Counting, *, is_known: bool) -> bool:
    """Whether the mark before a word ends the noun phrase: any but a hyphen inside it, quotes, or a comma of a list."""
    gap = line.gaps[at]
    if gap == "-":
        return at == begin and not is_known  # "the 12-strong ..." counts, "a 15-member ..." does not
    is_list = gap == "," and begin < at and not _is_plural(line, at - 1, counting)
    return not is_list and bool(gap.strip(_HARMLESS))


def _longer(line: Line, known: tuple[int, str], counting: Counting, *, is_known: bool = True) -> Noun:
    """A head that another noun follows belongs to it: "arms deals", "special forces soldiers"."""
    last, unit = known
    if unit in CODES:
        return Noun(last, unit, True)
    if last < len(line.words) and line.gaps[last] in ("", "-") and last not in line.named:
        further = unit_at(line.words, line.gaps, last, counting)
        if further is not None and further[1] not in CODES:
            return Noun(further[0], further[1], True)
        if not is_known and line.words[last] not in counting.stops and _is_plural(line, last, counting):
            return Noun(last + 1, line.words[last], False)
    return Noun(last, unit, is_known)


def _ends_phrase(word: str, counting: Counting) -> bool:
    """Grammar words; durations, calibres and the like, which measure something else."""
    return word in counting.stops or word in counting.words.get("uncounted", ())


def _is_plural(line: Line, at: int, counting: Counting) -> bool:
    """Whether a word that no table knows looks like a plural noun."""
    word = line.words[at]
    if len(word) < 4 or not word.isalpha() or not word.endswith(counting.plural) or at in line.named:
        return False
    if word.endswith(counting.singular) or word in counting.words.get("singular", ()):
        return False
    return line.is_title or line.raw[at][0].islower()


def _past_content(line: Line, last: int, counting: Counting) -> int:
    """Past the content of a measure where a rate follows it: the "a year" of "3 million barrels of oil a year"."""
    small = counting.words
    if last >= len(line.words) or line.words[last] not in small.get("of", ()):
        return last
    for at in range(last + 2, min(last + 4, len(line.words))):
        if any(line.gaps[last : at + 1]):
            break
        word, following = line.words[at], line.words[at + 1 : at + 2]
        is_pair = word in small.get("per", ()) or word in small.get("article", ())
        if word in small.get("rate", ()) or (is_pair and following and following[0] in counting.periods):
            return at
    return last


def rate_at(line: Line, last: int, counting: Counting) -> tuple[int, str]:
    """For what time or head a quantity is given: where its words end, and " per soldier per month"."""
    words, told = line.words, ""
    if last < len(words) and line.gaps[last] == "/" and words[last] in counting.periods:
        return last + 1, f" per {counting.periods[words[last]]}"
    begun = last
    last = _past_content(line, last, counting)
    while last < len(words) and not line.gaps[last]:
        size, what = _rate(line, last, counting)
        if not size:
            break
        told, last = f"{told} per {what}", last + size
    return (last, told) if told else (begun, "")


def _rate(line: Line, at: int, counting: Counting) -> tuple[int, str]:
    """How many words from here on tell of a rate, and of what: "annually", "a year", "per soldier"."""
    words, small = line.words, counting.words
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) and not line.gaps[at + 1] else ""
    if word in small.get("rate", ()) and word in counting.periods:
        return 1, counting.periods[word]
    if following in counting.periods and (word in small.get("per", ()) or word in small.get("article", ())):
        return 2, counting.periods[following]
    if word in small.get("per_head", ()) and following.isalpha() and following not in counting.stops:
        return 2, following
    return 0, ""
