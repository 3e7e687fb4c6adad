"""Days as languages write them that join number and unit in one word: 2019년, 9월, 3일, 27∼30일."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from monitor.model import Language

_NEAR = 3
"""Words between a year or month and the day that belongs to it."""
_BEHIND = ("", "에", "부터", "께", "쯤", "의", "은", "자", "엔")
"""What may stand behind a date in its word."""
_RANGES = "~∼～-–"


class DayWord(NamedTuple):
    """A date at a word: the first and last day that it can mean."""

    at: int
    low: date
    high: date


def glued_days(words: Sequence[str], gaps: Sequence[str], published: date, language: Language) -> Iterator[DayWord]:
    """The dates of a sentence, in order. A day without its month is the nearest to `published`. O(words)."""
    units = {name: language.classes.get(f"{name}_word", frozenset()) for name in ("year", "month", "day")}
    if not units["day"]:
        return
    year: tuple[int, int] | None = None
    month: tuple[int, int] | None = None
    ahead, behind = language.classes.get("next_month", frozenset()), language.classes.get("last_month", frozenset())
    for at, word in enumerate(words):
        if word in ahead or word in behind:
            moved = published.replace(day=1) + timedelta(days=32 if word in ahead else -1)
            month, year = (at, moved.month), (at, moved.year)
            yield _whole_month(at, moved)
            continue
        if not word[0].isdigit():
            continue
        number, unit = _read(word, units)
        if unit == "year" and 1900 <= number <= 2100:
            year = (at, number)
            yield DayWord(at, date(number, 1, 1), date(number, 12, 31))
        elif unit == "month" and 1 <= number <= 12:
            month = (at, number)
            yield _whole_month(at, _nearest_month(number, published, _near(year, at)))
        elif unit == "day" and 1 <= number <= 31:
            in_month, in_year = _near(month, at), _near(year, at)
            low = _first(words, gaps, at)
            high = _day(number, in_month, in_year, published)
            if high is not None:
                first = _day(low, in_month, in_year, high) if low else None
                yield DayWord(at, min(first or high, high), high)


def _near(one: tuple[int, int] | None, at: int) -> int | None:
    """The year or month named shortly before a word."""
    return one[1] if one is not None and at - one[0] <= _NEAR else None


def _read(word: str, units: dict[str, frozenset[str]]) -> tuple[int, str]:
    """The number of a word and what it counts: 0 and nothing where it is no date."""
    found = re.match(r"(\d{1,4})(\D+)", word)
    if found is None:
        return 0, ""
    for name, written in units.items():
        for unit in written:
            behind = found[2].removeprefix(unit)
            if found[2].startswith(unit) and (
                not behind or behind in ("에", "부터", "까지", "께", "쯤", "의", "은", "자", "엔")
            ):
                return int(found[1]), name
    return 0, ""


def _first(words: Sequence[str], gaps: Sequence[str], at: int) -> int:
    """The first day of a range (the 27 of 27∼30일); 0 where there is none."""
    if at and gaps[at] and gaps[at] in _RANGES and words[at - 1].isdigit() and len(words[at - 1]) <= 2:
        return int(words[at - 1])
    return 0


def _nearest_month(month: int, published: date, year: int | None) -> date:
    """The first of a month: of the year given, else of that which brings it nearest."""
    if year is not None:
        return date(year, month, 1)
    return min(
        (date(published.year + one, month, 1) for one in (-1, 0, 1)), key=lambda day: abs((day - published).days)
    )


def _whole_month(at: int, day: date) -> DayWord:
    return DayWord(at, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def _day(number: int, month: int | None, year: int | None, published: date) -> date | None:
    """The day of a month: of the month given, else that which lies nearest."""
    if month is not None:
        first = _nearest_month(month, published, year)
        return first.replace(day=number) if number <= monthrange(first.year, first.month)[1] else None
    first = published.replace(day=1)
    near = [first, (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)]
    found = [day.replace(day=number) for day in near if number <= monthrange(day.year, day.month)[1]]
    return min(found, key=lambda day: abs((day - published).days)) if found else None
