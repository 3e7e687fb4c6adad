"""The moment a publisher meant: pure, from the text of a date to an aware time in UTC.

Takes RFC 822 and ISO 8601, and the forms that outlets really write: `2026.11.24 10:00`, `2026년 11월 24일 10:00`,
`11月24日` with a year, "Friday, January 29, 2021 10:15 PM", weekdays and months in twelve languages. A date is
never guessed: what names no zone gets the feed's, and without one it is unusable.
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from monitor.feeds.calendars import MONTHS, ZONES, ZONES_BY_COUNTRY
from monitor.model import DateOrigin

OLDEST, NEWEST = timedelta(days=30), timedelta(hours=1)
"""How far from the time of fetching a date may lie to count as the moment of an article (the laws of identity)."""
LONGEST = 200

_TIME = re.compile(
    r"(?<![\d.:])(\d{1,2})(?:[:hч](\d{2})(?::(\d{2})(?:[.,]\d+)?)?|[時时시点點]\s*(?:(\d{1,2})\s*[分분])?(?:\s*(\d{1,2})\s*[秒초])?)"
    r"(?!\d)"
)
_YMD = re.compile(
    r"(?<!\d)(\d{4})\s*[-./年년]\s*(\d{1,2})\s*[-./月월]\s*(\d{1,2})(?!\d)\s*[日일.]?|(?<!\d)(\d{4})(\d{2})(\d{2})(?=t|\s|$)"
)
_DMY = re.compile(r"(?<!\d)(\d{1,2})([-./])(\d{1,2})\2(\d{4})(?!\d)")
_DAY_BEFORE = re.compile(r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s\-./]*(?:de\s+|of\s+)?$")
_YEAR_AFTER = re.compile(r"[\s\-./,]*(?:de\s+|del\s+)?(\d{4}|\d{2})(?![\d:])\s*(?:г\b\.?|року|р\.|г\.)?")
_DAY_AFTER = re.compile(r"[\s\-./]*(\d{1,2})(?:st|nd|rd|th)?(?![\d:])")
_YEAR = re.compile(r"(?<![\d:+\-])(\d{4})(?![\d:])")
_OFFSET = re.compile(r"(?:(?:utc|gmt)\s*)?(?<![\d-])([+-])(\d{1,2})(?::?(\d{2}))?(?![\d:])")
_AFTERNOON = re.compile(r"오후|下午|晚上|午後|(?<![a-z])p\.?m\.?(?![a-z])")
_MORNING = re.compile(r"오전|上午|凌晨|早上|午前|(?<![a-z])a\.?m\.?(?![a-z])")
_WORD = re.compile(r"[^\W\d_]+")
_COMPACT_TIME = re.compile(r"(?<=\d)t(\d{2})(\d{2})(\d{2})?(?=z|[+-]|\s|$)")


def date_of(
    text: str, *, fetched_at: datetime, zone: str = "", country: str = ""
) -> tuple[datetime | None, DateOrigin]:
    """When it was published, as the feed says, in UTC; and where the zone comes from.

    `zone` is the IANA zone of a date that names none, `country` (ISO 3166-1 alpha-2) settles words that mean
    several zones (CST, IST, BST). A date that can't be read, or that no zone can be given, is (None, "fetched"):
    the time of fetching has to do. `fetched_at` gives a year of two digits its century.
    """
    shown = " ".join(unicodedata.normalize("NFKC", text[:LONGEST]).casefold().split())
    day, rest = _day(shown, fetched_at.year)
    if day is None:
        return None, "fetched"
    clock, rest = _clock(rest)
    if clock is None:
        return None, "fetched"
    own = _own_zone(rest, country.upper())
    where: tzinfo | None = own if own is not None else _feed_zone(zone)
    if where is None:
        return None, "fetched"
    try:
        moment = datetime(*day, *clock, tzinfo=where).astimezone(UTC)
    except (ValueError, OverflowError):
        return None, "fetched"
    return moment, "zone" if own is not None else "feed-zone"


def moment_of(dated: datetime | None, fetched_at: datetime, origin: DateOrigin = "zone") -> tuple[datetime, DateOrigin]:
    """The moment of an article: its date if that is near the time of fetching, else the time of fetching, marked so.

    Near is within 30 days before and one hour after. `origin` is what `date_of` said of the date.
    """
    if dated is not None and fetched_at - OLDEST <= dated <= fetched_at + NEWEST:
        return dated, origin
    return fetched_at, "fetched"


# --- the day ----------------------------------------------------------------------------------------------------------


def _day(text: str, this_year: int) -> tuple[tuple[int, int, int] | None, str]:
    """Year, month and day, and the text without them."""
    if found := _YMD.search(text):
        year, month, day = (int(part) for part in found.groups() if part)
        return (year, month, day), f"{text[: found.start()]} {_without_t(text[found.end() :])}"
    if found := _DMY.search(text):
        first, mark, second, year_text = found.groups()
        rest = f"{text[: found.start()]} {_without_t(text[found.end() :])}"
        return _day_first(int(first), int(second), int(year_text), mark), rest
    return _day_in_words(text, this_year)


def _without_t(rest: str) -> str:
    """ISO 8601 joins day and time by a T, and may write the time without colons."""
    if found := _COMPACT_TIME.match(f"0{rest}", 1):
        return f" {':'.join(part for part in found.groups() if part)}{rest[found.end() - 1 :]}"
    return rest[1:] if rest[:1] == "t" and rest[1:2].isdigit() else rest


def _day_first(first: int, second: int, year: int, mark: str) -> tuple[int, int, int] | None:
    """24.11.2026 is day first everywhere; with a slash only where one number can't be a month."""
    if mark == "." or first > 12:
        return year, second, first
    if second > 12:
        return year, first, second
    return (year, first, second) if first == second else None


def _day_in_words(text: str, this_year: int) -> tuple[tuple[int, int, int] | None, str]:
    """`24 nov 2026`, `november 24, 2026`, `sat nov 24 10:15:00 2026`, `24-nov-26`.

    Day before month is looked for first: in "mar 24 nov 2026" the first word is a Tuesday.
    """
    months = [(word, number) for word in _WORD.finditer(text) if (number := MONTHS.get(word.group()))]
    for word, month in months:
        before, after = text[: word.start()], text[word.end() :]
        day, year = _DAY_BEFORE.search(before), _YEAR_AFTER.match(after)
        if day and year:
            rest = f"{before[: day.start()]} {after[year.end() :]}"
            return (_century(year.group(1), this_year), month, int(day.group(1))), rest
    for word, month in months:
        before, after = text[: word.start()], text[word.end() :]
        if not (day := _DAY_AFTER.match(after)):
            continue
        tail = after[day.end() :]
        if year := _YEAR.search(tail):
            rest = f"{before} {tail[: year.start()]} {tail[year.end() :]}"
            return (int(year.group(1)), month, int(day.group(1))), rest
    return None, text


def _century(year: str, this_year: int) -> int:
    """A year of two digits is the one nearest to the time of fetching."""
    if len(year) == 4:
        return int(year)
    near = this_year - this_year % 100 + int(year)
    return min((near - 100, near, near + 100), key=lambda candidate: abs(candidate - this_year))


# --- the time of day and its zone -------------------------------------------------------------------------------------


def _clock(text: str) -> tuple[tuple[int, int, int] | None, str]:
    """Hour, minute and second, and the text without them; midnight if there is none, None if impossible."""
    found = _TIME.search(text)
    if found is None:
        return (0, 0, 0), text
    hour, *rest = found.groups()
    minute, second = int(rest[0] or rest[2] or 0), int(rest[1] or rest[3] or 0)
    shown = f"{text[: found.start()]} {text[found.end() :]}"
    hours = int(hour)
    if _AFTERNOON.search(shown):
        hours = hours + 12 if hours < 12 else hours
    elif _MORNING.search(shown) and hours == 12:
        hours = 0
    if hours > 24 or minute > 59 or second > 60 or (hours == 24 and (minute or second)):
        return None, text
    if hours == 24:
        return None, text  # the day after, or a slip: not worth a guess
    return (hours, minute, min(second, 59)), _MORNING.sub(" ", _AFTERNOON.sub(" ", shown))


def _own_zone(text: str, country: str) -> tzinfo | None:
    """The zone that the date itself names: an offset counts before a word, a word by country before the table."""
    if found := _OFFSET.search(text):
        sign, hours, minutes = found.groups()
        shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(-shift if sign == "-" else shift) if shift < timedelta(hours=15) else None
    for word in _WORD.findall(text):
        name = word.upper()
        by_country = ZONES_BY_COUNTRY.get(name)
        minutes_east = ZONES.get(name) if by_country is None else by_country.get(country)
        if minutes_east is not None:
            return timezone(timedelta(minutes=minutes_east))
    return None


def _feed_zone(zone: str) -> tzinfo | None:
    try:
        return ZoneInfo(zone) if zone else None
    except (KeyError, ValueError, OSError):  # the configuration checks its zones; a bad one is none
        return None
