"""Days, months and years as a sentence names them, and what looks like a year and counts soldiers."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from monitor.model import Counting, Language
from monitor.rules.line import Line
from monitor.rules.nouns import unit_at
from monitor.rules.spans import Span

FIRST_YEAR, LAST_YEAR = 1900, 2100
_MONTHS = {
    start: number
    for starts in (
        "jan feb mar apr may jun jul aug sep oct nov dec", "янв фев мар апр май июн июл авг сен окт ноя дек",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "січ лют бер кві тра чер лип сер вер жов лис гру",
    )
    for number, start in enumerate((one[:3] for one in starts.split()), 1)
}  # fmt: skip
"""The number of a month by its first three letters, in the languages that write its name."""
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_WRITTEN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_TWO = re.compile(r"\d\d", re.ASCII)
_ADJECTIVES = 3


class Day(NamedTuple):
    """A date: the words it takes and the first and last day that it can mean, as numbers YYYYMMDD."""

    first: int
    last: int
    low: int
    high: int


def month_number(word: str, months: frozenset[str]) -> int:
    """The number of a month, 0 for any other word."""
    return _MONTHS.get(word[:3], 0) if word in months else 0


def _is_written_as_month(raw: str) -> bool:
    """Whether a word is written as a month is: with a capital in English ("May"), where others need none."""
    return raw[:1].isupper() or not raw.isascii()


def is_year(word: str) -> bool:
    """Whether a word could be the number of a year of our time."""
    return len(word) == 4 and word.isascii() and word.isdigit() and FIRST_YEAR <= int(word) <= LAST_YEAR


def counts_something(words: Sequence[str], gaps: Sequence[str], at: int, counting: Counting) -> bool:
    """Whether a number that looks like a year counts: "sent 2020 soldiers", and not "in 2020 soldiers were sent".

    Only units that the language's table knows are believed, at most three words further on.
    """
    lead = words[at - 1] if at else ""
    if _dates_what_follows(words, at, counting) or lead in counting.words.get("definite", ()):
        return False
    if lead.endswith(("'s", "s'")) or lead[:1].isdigit():
        return False
    for position in range(at + 1, min(at + 2 + _ADJECTIVES, len(words))):
        if gaps[position] not in ("", "-"):
            return False
        unit = unit_at(words, gaps, position, counting)
        if unit is not None:
            return True
        if words[position] in counting.stops and words[position] not in counting.words.get("more", ()):
            return False
    return False


def _dates_what_follows(words: Sequence[str], at: int, counting: Counting) -> bool:
    """Whether the word before says that a year follows ("in 2024"), and is no part of "up to 2000"."""
    lead = words[at - 1] if at else ""
    is_dating = lead in counting.words.get("year_before", ())
    return is_dating and not (at > 1 and f"{words[at - 2]} {lead}" in counting.words.get("approximate", ()))


def day_at(line: Line, at: int, language: Language, published: date) -> Day | None:
    """The date that begins at a word: "8 October", "Oct. 8, 2024", "October 2024", "2024-10-08"; None if none does."""
    months = language.classes.get("month", frozenset())
    words, gaps = line.words, line.gaps
    if words[at][0].isdigit():
        return (
            _in_digits(line, at)
            or _day_first(line, at, months, published)
            or _year_alone(line, at, language.counting)
        )  # fmt: skip
    month = month_number(words[at], months)
    if not month or not _is_written_as_month(line.raw[at]) or at + 1 >= len(words) or gaps[at + 1] not in ("", "."):
        return None
    following = words[at + 1]
    if is_year(following):
        begun = int(following) * 10000 + month * 100
        return Day(at, at + 2, begun + 1, begun + monthrange(int(following), month)[1])
    day = _DAY.fullmatch(following)
    if day is None or not 1 <= int(day[1]) <= 31:
        return None
    return _of_day(line, (at, at + 2), (int(day[1]), month), published)


def _day_first(line: Line, at: int, months: frozenset[str], published: date) -> Day | None:
    """ "8 October", "8th of October 2024"."""
    words = line.words
    day = _DAY.fullmatch(words[at])
    after = at + 1 + (at + 2 < len(words) and words[at + 1] == "of")
    if day is None or not 1 <= int(day[1]) <= 31 or after >= len(words) or line.gaps[after]:
        return None
    month = month_number(words[after], months)
    if not month or not _is_written_as_month(line.raw[after]):
        return None
    return _of_day(line, (at, after + 1), (int(day[1]), month), published)


def _of_day(line: Line, span: Span, named: tuple[int, int], published: date) -> Day:
    """A day and month, with the year behind it, else the year that brings it nearest to the article."""
    day, month = named
    last = span[1]
    if last < len(line.words) and is_year(line.words[last]) and line.gaps[last] in ("", ","):
        year, last = int(line.words[last]), last + 1
    else:
        behind = (month - published.month) * 30.4 + day - published.day
        year = published.year + (behind < -183) - (behind > 183)
    value = year * 10000 + month * 100 + day
    return Day(span[0], last, value, value)


def _in_digits(line: Line, at: int) -> Day | None:
    """ "2024-10-08", "08.10.2024"."""
    words, gaps = line.words, line.gaps
    written = _WRITTEN.fullmatch(words[at])
    if written:
        day, month, year, last = int(written[1]), int(written[2]), int(written[3]), at + 1
    elif is_year(words[at]) and at + 2 < len(words) and gaps[at + 1] == gaps[at + 2] == "-":
        parts = [_TWO.fullmatch(word) for word in words[at + 1 : at + 3]]
        if parts[0] is None or parts[1] is None:
            return None
        year, month, day, last = int(words[at]), int(parts[0][0]), int(parts[1][0]), at + 3
    else:
        return None
    value = year * 10000 + month * 100 + day
    return Day(at, last, value, value) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _year_alone(line: Line, at: int, counting: Counting) -> Day | None:
    """A year behind a word that dates: "in 2024", "since 2023", "mid-2025"."""
    words = line.words
    if not is_year(words[at]) or line.gaps[at] not in ("", "-") or not _dates_what_follows(words, at, counting):
        return None
    return Day(at, at + 1, int(words[at]) * 10000 + 101, int(words[at]) * 10000 + 1231)
