"""The kinds of value that a key may have: what is expected, in words, and how it is read."""

import re
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Generic, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from monitor.toml import closest

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class WrongError(Exception):
    """A value that a key can't have. Never holds the value of a secret.

    `index` is the element of an array that is wrong, `others` are further ones. `is_open` is for a hint that repeats
    nothing of the value, and so may be shown where that is a secret.
    """

    others: "tuple[WrongError, ...]" = ()

    def __init__(
        self, because: str, *, hint: str = "", index: int | None = None, expected: str = "", is_open: bool = False
    ) -> None:
        super().__init__(because)
        self.because = because
        self.hint = hint
        self.index = index
        self.expected = expected
        self.is_open = is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T_co]):
    """A kind of value. `name` is for the reference, `expected` for messages; `read` raises WrongError.

    `shape` is what JSON Schema can say of it; without a word it is a text.
    """

    name: str
    expected: str
    read: Callable[[object], T_co]
    shape: Mapping[str, object] = field(default_factory=lambda: {"type": "string"}, hash=False)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise WrongError(f"{_said(value)} where a text is expected", hint=f'"{value}"' if _is_plain(value) else "")


def _said(value: object) -> str:
    match value:
        case bool():
            return "a truth value"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "an array"
        case dict():
            return "a table"
        case _:
            return "a date or time"


def _is_plain(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    meant = {"yes": "true", "on": "true", "true": "true", "1": "true", "no": "false", "off": "false"}
    raise WrongError(
        f"{_said(value)} where true or false is expected",
        hint=meant.get(str(value).lower(), ""),
        expected="true or false",
    )


_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?")
_LIKE_DURATION = re.compile(r"(\d+)\s*(s|sec|secs|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)", re.IGNORECASE)


def duration_of(value: object) -> timedelta:
    """The duration that "90s", "5m", "2h", "1d" or "1h30m" names. Raises WrongError."""
    if _is_plain(value):
        raise WrongError("a duration needs a unit", hint=f'"{value}s"')
    text = _text(value)
    found = _DURATION.fullmatch(text)
    if found is not None and text:
        days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
        try:
            return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        except OverflowError:
            raise WrongError("a duration longer than time itself") from None
    like = _LIKE_DURATION.fullmatch(text.strip())
    bare = text.strip().isdecimal()
    hint = f'"{like[1]}{like[2][0].lower()}"' if like else f'"{text.strip()}s"' if bare else ""
    raise WrongError("this is no duration", hint=hint)


FOREVER = timedelta.max
"""No end."""
LEAST_KEPT = timedelta(days=30)
"""What is younger is still needed: stories are joined for 14 days, and an article counts by its date for 30."""


def _retention(value: object) -> timedelta:
    if value == "forever":
        return FOREVER
    duration = duration_of(value)
    if duration < LEAST_KEPT:
        raise WrongError("this is shorter than the monitor itself needs it", hint='"30d"')
    return duration


_SIZES = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(B|kB|KB|MB|GB|KiB|MiB|GiB)")
_LIKE_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg])(?:i?b|bytes?)?", re.IGNORECASE)


def size_of(value: object) -> int:
    """The number of bytes that "10 MiB" or "500 kB" names. Raises WrongError."""
    if _is_plain(value):
        raise WrongError("a size needs a unit", hint=f'"{value} B"')
    text = _text(value).strip()
    found = _SIZE.fullmatch(text)
    if found is not None:
        return int(float(found[1]) * _SIZES[found[2].lower()])
    like = _LIKE_SIZE.fullmatch(text)
    hint = f'"{like[1]} {like[2].upper()}iB"' if like else f'"{text} B"' if text.isdecimal() else ""
    raise WrongError("this is no size", hint=hint)


def _zone_name(value: object) -> str:
    name = _text(value)
    try:
        ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        known = zoneinfo.available_timezones()
        by_city = {zone.rpartition("/")[2]: zone for zone in sorted(known, reverse=True)}
        city = closest(name.replace(" ", "_"), by_city)
        hint = closest(name, known) or (by_city[city] if city else "")
        raise WrongError("no such time zone", hint=f'"{hint}"' if hint else "") from None
    return name


def _zone(value: object) -> ZoneInfo:
    return ZoneInfo(_zone_name(value))


def _language(value: object) -> str:
    text = _text(value)
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        return text.lower()
    raise WrongError("this is no language code")


def _country(value: object) -> str:
    text = _text(value)
    if re.fullmatch(r"[A-Za-z]{2}", text):
        return text.upper()
    raise WrongError("this is no country code")


def web_address_of(value: object) -> str:
    """An http or https address with a host. Raises WrongError."""
    text = _text(value).strip()
    try:
        parts = urlsplit(text)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        raise WrongError("this is no web address") from None
    if parts.scheme not in ("http", "https"):
        hint = "" if "://" in text else f'"https://{text}"'
        if parts.scheme and "://" in text:
            hint = f'"{closest(parts.scheme, ("http", "https")) or "https"}://..."'
        raise WrongError("the address of a feed begins with https:// or http://", hint=hint)
    if not parts.hostname or not port_fits or re.search(r"\s", text):
        raise WrongError("this is no web address")
    return text


_HOST_PORT = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/\[\]@]+)):(\d{1,5})")


def _host_port(value: object) -> tuple[str, int]:
    text = _text(value)
    found = _HOST_PORT.fullmatch(text)
    if found is None or not 0 < int(found[3]) < 65536:
        host = urlsplit(text).netloc if "://" in text else ""
        raise WrongError("this is no host with its port", hint=f'"{host}"' if _HOST_PORT.fullmatch(host) else "")
    return (found[1] or found[2]).lower(), int(found[3])


def _name(value: object) -> str:
    text = _text(value)
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", text) and len(text) <= 200:
        return text
    meant = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-._")[:200]
    raise WrongError("a name with other signs than letters, digits, - _ and .", hint=f'"{meant}"' if meant else "")


def _matching(pattern: str) -> dict[str, object]:
    return {"type": "string", "pattern": pattern}


def _bounded(kind: Kind[T], least: T, most: T, said: str) -> Kind[T]:
    """The same kind of value between two bounds, both included."""

    def read(value: object) -> T:
        got = kind.read(value)
        if not least <= got <= most:  # type: ignore[operator]  # T is a number or a duration wherever this is used
            raise WrongError("out of bounds", expected=said)
        return got

    bounds = {"minimum": least, "maximum": most} if kind.shape.get("type") == "integer" else {}
    return Kind(name=kind.name, expected=said, read=read, shape={**kind.shape, **bounds})


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    is_number = isinstance(value, str) and value.strip().isdecimal()
    raise WrongError(f"{_said(value)} where a whole number is expected", hint=str(value).strip() if is_number else "")


def one_of(name: str, *words: str) -> Kind[str]:
    """A word out of a closed set."""
    expected = (
        ", ".join(f'"{word}"' for word in words[:-1]) + f' or "{words[-1]}"' if len(words) > 1 else f'"{words[0]}"'
    )

    def read(value: object) -> str:
        text = _text(value)
        if text in words:
            return text
        near = closest(text, words)
        raise WrongError(f"no such {name}", hint=f'"{near}"' if near else "", expected=expected)

    return Kind(name=name, expected=expected, read=read, shape={"type": "string", "enum": list(words)})


def several(kind: Kind[T], *, at_least: int = 0) -> Kind[tuple[T, ...]]:
    """An array of values of one kind."""

    def read(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise WrongError(
                f"{_said(value)} where an array is expected", hint=f'["{value}"]' if isinstance(value, str) else ""
            )
        if len(value) < at_least:
            raise WrongError("an empty array", expected=f"at least {at_least}")
        got: list[T] = []
        wrongs: list[WrongError] = []
        for index, element in enumerate(value):
            try:
                got.append(kind.read(element))
            except WrongError as wrong:
                expected = wrong.expected or kind.expected
                wrongs.append(WrongError(wrong.because, hint=wrong.hint, index=index, expected=expected))
        if wrongs:
            wrongs[0].others = tuple(wrongs[1:])
            raise wrongs[0]
        return tuple(got)

    shape = {"type": "array", "items": kind.shape, **({"minItems": at_least} if at_least else {})}
    return Kind(name=f"array of {kind.name}", expected=f"an array: [{kind.expected}, ...]", read=read, shape=shape)


def _texts(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise WrongError(f"{_said(value)} where a table is expected")
    for name, inner in value.items():
        if not isinstance(inner, str):
            raise WrongError(f"{_said(inner)} where a text is expected, as {name}")
    return tuple(value.items())


_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def _time_of_day(value: object) -> time:
    text = str(value)[:5] if isinstance(value, time) else _text(value)  # TOML has times of its own
    found = _TIME.fullmatch(text.strip())
    if found is None:
        bare = text.strip()
        raise WrongError("this is no time of day", hint=f'"{bare}:00"' if re.fullmatch(r"[01]?\d|2[0-3]", bare) else "")
    return time(int(found[1]), int(found[2]))


def _hours(value: object) -> tuple[time, time]:
    parts = re.split(r"\s*[-\u2013]\s*", _text(value).strip())
    if len(parts) != 2 or not all(_TIME.fullmatch(part) for part in parts):
        raise WrongError("these are no hours of a day")
    start, end = map(_time_of_day, parts)
    if start == end:
        raise WrongError("hours that begin and end at once: nothing, or for ever")
    return start, end


def _throttle(value: object) -> tuple[int, timedelta]:
    count, _, per = _text(value).partition("/")
    if not count.strip().isdecimal() or int(count) < 1 or not per:
        raise WrongError("this is no number of messages in a time")
    length = duration_of(per.strip() if per.strip()[:1].isdigit() else f"1{per.strip()}")
    if not timedelta(minutes=1) <= length <= timedelta(days=7):
        raise WrongError("a time below a minute or above a week")
    return int(count), length


def _escalation(value: object) -> tuple[timedelta, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise WrongError(f"{_said(value)} where a table is expected")
    unknown = [name for name in value if name not in ("after", "channels")]
    if unknown or len(value) < 2:
        raise WrongError(f"unknown key {unknown[0]} in escalate" if unknown else "escalate needs after and channels")
    after = duration_of(value["after"])
    if not timedelta(minutes=1) <= after <= timedelta(days=1):
        raise WrongError("after is out of bounds", expected='a duration from "1m" to "1d"')
    return after, several(NAME, at_least=1).read(value["channels"])


TEXT = Kind(name="text", expected="a text in quotes", read=_text)
TEXTS = Kind(
    name="table of texts", expected='a table of texts: { name = "text" }', read=_texts,
    shape={"type": "object", "additionalProperties": {"type": "string"}},
)  # fmt: skip
FLAG = Kind(name="true or false", expected="true or false", read=_flag, shape={"type": "boolean"})
DURATION = Kind(
    name="duration", expected='a duration such as "90s", "5m" or "2h"', read=duration_of,
    shape=_matching(r"^(?=.)(\d+d)?(\d+h)?(\d+m)?(\d+(\.\d+)?s)?$"),
)  # fmt: skip
SIZE = Kind(
    name="size", expected='a size such as "10 MiB" or "500 kB"', read=size_of,
    shape=_matching(r"^\s*\d+(\.\d+)?\s*(B|kB|KB|MB|GB|KiB|MiB|GiB)\s*$"),
)  # fmt: skip
ZONE_NAME = Kind(name="time zone", expected='an IANA time zone such as "Asia/Seoul" or "UTC"', read=_zone_name)
ZONE = Kind(name="time zone", expected=ZONE_NAME.expected, read=_zone)
LANGUAGE = Kind(
    name="language code", expected='a language code such as "en" or "ko"', read=_language,
    shape=_matching(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
)  # fmt: skip
COUNTRY = Kind(
    name="country code", expected='a country code of two letters such as "KR" (ISO 3166-1)', read=_country,
    shape=_matching("^[A-Za-z]{2}$"),
)  # fmt: skip
WEB_ADDRESS = Kind(
    name="web address", expected='an address such as "https://example.org/rss.xml"', read=web_address_of,
    shape=_matching(r"^\s*[Hh][Tt][Tt][Pp][Ss]?://\S+\s*$"),
)  # fmt: skip
HOST_PORT = Kind(
    name="host:port", expected='a host with its port such as "127.0.0.1:8080"', read=_host_port,
    shape=_matching(r"^\S+:\d{1,5}$"),
)  # fmt: skip
NAME = Kind(
    name="name", expected="letters, digits, - _ and .", read=_name, shape=_matching("^[A-Za-z0-9][A-Za-z0-9._-]*$")
)
INTERVAL = _bounded(DURATION, timedelta(seconds=1), timedelta(days=7), 'a duration from "1s" to "7d"')
PACE = _bounded(DURATION, timedelta(0), timedelta(hours=1), 'a duration from "0s" to "1h"')
RETENTION = Kind(
    name="retention", expected='a duration of at least "30d", or "forever"', read=_retention,
    shape=_matching(r"^(forever|(\d+d)?(\d+h)?(\d+m)?(\d+(\.\d+)?s)?)$"),
)  # fmt: skip
PATIENCE = _bounded(DURATION, timedelta(seconds=1), timedelta(minutes=1), 'a duration from "1s" to "1m"')
"""A stop waits for the fetch that is under way, so it is shorter than a service manager's patience."""
BODY_SIZE = _bounded(SIZE, 2**10, 2**30, 'a size from "1 KiB" to "1 GiB"')
WHOLE = Kind(name="number", expected="a whole number", read=_whole, shape={"type": "integer"})
THREADS = _bounded(WHOLE, 1, 256, "a whole number from 1 to 256")
ENTRIES = _bounded(WHOLE, 1, 1000, "a whole number from 1 to 1000")
WAIT = _bounded(DURATION, timedelta(0), timedelta(days=1), 'a duration from "0s" to "1d"')
TIME_OF_DAY = Kind(
    name="time of day", expected='a time of day such as "07:30"', read=_time_of_day,
    shape=_matching(r"^\s*([01]?\d|2[0-3]):[0-5]\d\s*$"),
)  # fmt: skip
HOURS = Kind(
    name="hours of a day", expected='hours such as "22:00-07:00"', read=_hours,
    shape=_matching(r"^\s*\d{1,2}:\d{2}\s*[-\u2013]\s*\d{1,2}:\d{2}\s*$"),
)  # fmt: skip
THROTTLE = Kind(
    name="number in a time", expected='so many in a time, such as "5/1h"', read=_throttle,
    shape=_matching(r"^\s*\d+\s*/\s*\S+\s*$"),
)  # fmt: skip
ESCALATION = Kind(
    name="escalation", expected='{ after = "15m", channels = ["phone"] }', read=_escalation,
    shape={
        "type": "object", "required": ["after", "channels"], "additionalProperties": False,
        "properties": {"after": DURATION.shape, "channels": {"type": "array", "items": NAME.shape, "minItems": 1}},
    },
)  # fmt: skip
COUNT = _bounded(WHOLE, 0, 100, "a whole number from 0 to 100")
