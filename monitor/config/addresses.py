"""Addresses of feeds, channels and the database: what they lead to, and how they are shown without their secrets."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from monitor import log
from monitor.config.kinds import Kind, WrongError
from monitor.config.secrets import HIDDEN

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SLACK_HOOK = re.compile(r"https://hooks\.slack(?:-gov)?\.com/services/", re.IGNORECASE)
_KINDS = {
    "console": "console", "mailto": "mail", "mailtos": "mail", "eml": "eml", "slack": "slack",
    "webhook": "webhook", "webhooks": "webhook",
}  # fmt: skip
"""By scheme, for messages; what an address says is read by `channels`, which a test holds this table to."""


def channel_kind(url: str) -> str:
    """The kind of channel that an Apprise address leads to: one of ours, or plain for all others."""
    scheme = url.partition("://")[0].lower()
    if scheme == "https" and _SLACK_HOOK.match(url) is not None:
        return "slack"
    return _KINDS.get(scheme, "plain")


_PACES = {
    "slack": 1.0, "tgram": 3.0, "discord": 0.5, "workflows": 0.5, "mmost": 0.2, "mmosts": 0.2, "ntfy": 1.0,
    "ntfys": 1.0, "pagerduty": 0.5, "zulip": 0.5,
}  # fmt: skip
"""Seconds between two messages that a service bears for hours: a message a second on Slack, twenty a minute in a
group of Telegram, and so on; where nothing is known, as with mail, it is none."""


def usual_pace(url: str) -> timedelta:
    """The least time between two messages that the service behind an address bears."""
    kind = channel_kind(url)
    return timedelta(seconds=_PACES.get(kind, _PACES.get(url.partition("://")[0].lower(), 0.0)))


def usual_drain(kind: str) -> int:
    """How many alerts a person reads one by one after an outage; 0 for all of them, where a program receives them."""
    return 0 if kind == "webhook" else 20


def hide_address(url: str) -> str:
    """An address as it may be shown: its scheme, and *** for the rest."""
    found = _SCHEME.match(url)
    return f"{found[0]}{HIDDEN}" if found else HIDDEN


# --- feeds ------------------------------------------------------------------------------------------------------------

_OPEN_QUERY = frozenset({"q", "query", "search", "channel_id", "playlist_id", "lang", "hl", "gl", "ceid", "url"})
"""What stands in the query of a feed for all to read, however long and strange it looks."""
_LIKE_TOKEN = re.compile(r"(?=[A-Za-z0-9_]*\d)(?=[A-Za-z0-9_]*[A-Za-z])[A-Za-z0-9_]{16,}")


def feed_slug(url: str) -> str:
    """The id of a feed that is given none: host and path, everything but letters and digits as a hyphen.

    Neither user nor query is in it, where a token may stand.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # what is wrong with it is told elsewhere
        return ""
    return re.sub(r"[^a-z0-9]+", "-", f"{host}{parts.path}".lower()).strip("-")


def feed_secrets(url: str) -> Iterator[str]:
    """The parts of a feed's address that nobody should read: password, tokens in the query; as written and as meant."""
    before, _, query = url.partition("?")
    userinfo = before.partition("://")[2].partition("/")[0].rpartition("@")[0]
    password = userinfo.partition(":")[2]
    for found in (password, *(value for name, value in _cells(query) if _is_token(name, value))):
        if found:
            yield from dict.fromkeys((found, unquote(found)))


def hide_feed_address(url: str) -> str:
    """The address of a feed as it may be shown: without user, password and what looks like a token in its query."""
    before, mark, query = url.partition("?")
    head, slash, rest = before.partition("://") if "://" in before else ("", "", before)
    host, way, path = rest.partition("/")
    shown = f"{head}{slash}{HIDDEN}@{host.rpartition('@')[2]}{way}{path}" if "@" in host else before
    for name, value in _cells(query):
        if _is_token(name, value):
            query = query.replace(f"{name}={value}", f"{name}={HIDDEN}")
    return log.redact(shown + mark + query)


def open_feed_address(url: str) -> str:
    """The address of a feed without user, password and what looks like a token: for lists that leave the house."""
    before, mark, query = url.partition("?")
    scheme, slashes, rest = before.partition("://")
    host, way, path = rest.partition("/")
    kept = [cell for cell in query.split("&") if not any(_is_token(*pair) for pair in _cells(cell))]
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{way}{path}" + (mark + "&".join(kept) if kept else "")


def _cells(query: str) -> list[tuple[str, str]]:
    cells = (cell.partition("=") for cell in re.split("[&;#]", query))
    return [(name, value.rstrip("\"'")) for name, equals, value in cells if equals]


def _is_token(name: str, value: str) -> bool:
    if not value or value == HIDDEN:
        return False
    is_telling = log.redact(f"?{name}={value}") != f"?{name}={value}"
    return is_telling or (name.lower() not in _OPEN_QUERY and _LIKE_TOKEN.search(unquote(value)) is not None)


# --- channels ---------------------------------------------------------------------------------------------------------


def _channel_address(value: object) -> str:
    if not isinstance(value, str):
        raise WrongError("the address of a channel is a text")
    url = value.strip()
    if _SCHEME.match(url) is None:
        raise WrongError("an address without its scheme (the part before ://)", hint=_with_scheme(url), is_open=True)
    if channel_kind(url) != "console" and not url.partition("://")[2]:
        raise WrongError("an address with nothing after its scheme")
    return url


_PASTED = {
    "hooks.slack.com/": "https://hooks.slack.com/services/...", "hooks.slack-gov.com/": "https://hooks.slack-gov.com/services/...",
    "discord.com/": "https://discord.com/api/webhooks/...", "discordapp.com/": "https://discord.com/api/webhooks/...",
    "ntfy.sh/": "ntfy://...", "localhost": "webhook://localhost...",
}  # fmt: skip
"""What a pasted address begins with that lost its scheme, and how it begins when it is whole."""


def _with_scheme(url: str) -> str:
    """How the address was probably meant, in words that repeat nothing of it: a token may stand anywhere in it."""
    bare = url.removeprefix("//").lower()
    for begins, whole in _PASTED.items():
        if bare.startswith(begins):
            return f'"{whole}"'
    if re.fullmatch(r"[^\s/@]+@[^\s/@]+\.[^\s/@]+", bare):
        return '"mailto://SERVER?to=..."'
    return '"webhooks://..."' if re.match(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?/", bare) else ""


CHANNEL_ADDRESS = Kind(
    name="Apprise address",
    expected='an Apprise address such as "console://" or "mailto://user:password@smtp.example.org:587?to=me@example.org"',
    read=_channel_address,
)


# --- our own pages ---------------------------------------------------------------------------------------------------


def _public_address(value: object) -> str:
    """An address that others can be put below: without a slash at its end."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
        is_sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_sound = False
    if not is_sound or not re.fullmatch(r"https?://[!-~]+", text, re.IGNORECASE) or re.search(r"[<>\"'\\^`{|}@]", text):
        raise WrongError("this is no web address", hint=f'"https://{text}"' if text and "://" not in text else "")
    if "?" in text or "#" in text:
        raise WrongError("an address with something after ? or #, below which no other can be")
    return text.rstrip("/")


PUBLIC_ADDRESS = Kind(
    name="web address", expected='an address such as "https://alerts.example.org"', read=_public_address,
    shape={"type": "string", "pattern": r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s?#@]+\s*$"},
)  # fmt: skip


# --- the database -----------------------------------------------------------------------------------------------------


def _database_address(value: object) -> str:
    if not isinstance(value, str):
        raise WrongError("the address of a database is a text")
    url = value.strip()
    scheme = url.partition(":")[0]
    if scheme in ("postgresql", "postgresql+psycopg"):
        _check_server(url)
        return url
    if scheme != "sqlite":
        raise WrongError("a database is SQLite or PostgreSQL")
    path = url.removeprefix("sqlite:///")
    if path == url or not path or path.startswith((":memory:", "file:", "?")):
        raise WrongError("a database without a file, which would forget everything")
    return url


def _check_server(url: str) -> None:
    """Refuse a PostgreSQL address that names no database. No message quotes any of it: the password may be anywhere."""
    encode = "signs such as / ? # @ : in a password are written as %2F %3F %23 %40 %3A"
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        raise WrongError(f"this is no address of PostgreSQL; {encode}") from None
    if not url.partition(":")[2].startswith("//") or not parts.path.strip("/"):
        raise WrongError(f"an address of PostgreSQL that names no database; {encode}")
    if "/" in parts.path.strip("/"):
        raise WrongError(f"an address of PostgreSQL names one database; {encode}")


DATABASE_ADDRESS = Kind(
    name="database address",
    expected='"sqlite:///FILE" (a fourth / begins an absolute path: "sqlite:////var/lib/relations-monitor/monitor.db")'
    ' or "postgresql://USER:PASSWORD@HOST/DATABASE"',
    read=_database_address,
)


def settle_database(url: str, beside: Path) -> str:
    """The same address; a SQLite file by its absolute path: a relative one is meant from `beside`, ~ is the home."""
    if not url.startswith("sqlite:"):
        return url
    path, mark, query = url.removeprefix("sqlite:///").partition("?")
    return f"sqlite:///{beside / Path(path).expanduser()}{mark}{query}"
