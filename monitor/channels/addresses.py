"""What the address of a channel says: server, mode, credentials, recipients; and what of it is secret."""

import re
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Literal, get_args
from urllib.parse import SplitResult, unquote, urlsplit

MailMode = Literal["insecure", "starttls", "ssl"]
_PORTS: dict[MailMode, int] = {"insecure": 25, "starttls": 587, "ssl": 465}
_MAIL_KEYS = frozenset({"from", "to", "cc", "bcc", "mode", "name", "smtp", "user", "pass", "verify"})
_OPEN_HOSTS = frozenset({"mailto", "mailtos", "eml", "console", "json", "jsons", "xml", "xmls", "form", "forms"})
_OPEN_PATHS = frozenset({"mailto", "mailtos", "eml", "console"})
_OPEN_KEYS = frozenset({"from", "to", "cc", "bcc", "mode", "name", "smtp", "verify", "format", "columns", "colour"})
"""Where an address holds nothing secret; in all other places a service of Apprise may keep a token."""
_YES = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False}
_ENCODE = "signs such as / ? # @ in a password are written as %2F %3F %23 %40"


class AddressError(ValueError):
    """The address of a channel can't be used; the message holds no part of it that may be secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAddress:
    """Where and how mail is handed over. `sender` and `recipients` are bare addresses, fit for SMTP."""

    host: str
    port: int
    mode: MailMode
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    is_verified: bool = True
    """Whether the server's certificate must be good; `verify=no` switches that off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderAddress:
    """Where alerts are kept as files of mail, and the addresses written into them."""

    path: str
    sender: str
    sender_name: str
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenAddress:
    """How an alert is shown on a terminal."""

    columns: int = 100
    is_coloured: bool = False


def mail_address(url: str) -> MailAddress:
    """What `mailto://user:password@host:port?from=..&to=..&mode=..` says; mailtos:// means mode=ssl.

    Without `mode` a mailto:// with a password asks for STARTTLS and one without goes as it is, so
    no password is sent in the clear unless mode=insecure says so. Raises AddressError.
    """
    parts = _split(url)
    asked = _settings(parts, _MAIL_KEYS)
    host = asked.get("smtp") or parts.hostname or ""
    if not host:
        raise AddressError(f"a mail address without a server; {_ENCODE}")
    user = asked.get("user") or unquote(parts.username or "")
    password = asked.get("pass") or unquote(parts.password or "")
    if not (user + password).isascii():
        raise AddressError("a user or password with letters outside ASCII, which SMTP's login does not take")
    mode = _mode(parts.scheme, asked.get("mode", ""), has_password=bool(password))
    name, sender = _mailbox(
        asked.get("from", "") or (user if "@" in user else f"{user or 'relations-monitor'}@{parts.hostname}")
    )
    boxes = [unquote(piece) for piece in parts.path.split("/") if piece]
    boxes += [box for key in ("to", "cc", "bcc") for box in re.split(r"[,;\s]+", asked.get(key, "")) if box]
    if not (boxes or user or asked.get("from")):
        raise AddressError("a mail address without a recipient; write to=somebody@example.org after the ?")
    return MailAddress(
        host=host,
        port=_port(parts) or _PORTS[mode],
        mode=mode,
        user=user,
        password=password,
        sender=sender,
        sender_name=asked.get("name") or name or "Relations Monitor",
        recipients=tuple(dict.fromkeys(_mailbox(box)[1] for box in boxes or [sender])),
        is_verified=flag(asked, "verify", default=True),
    )


def folder_address(url: str) -> FolderAddress:
    """What `eml:///path/to/folder?from=..&to=..` says. Raises AddressError."""
    parts = _split(url)
    asked = _settings(parts, frozenset({"from", "to", "name"}))
    if parts.netloc or not parts.path.strip("/"):
        raise AddressError("a folder for mail files has three slashes and an absolute path: eml:///var/spool/alerts")
    name, sender = _mailbox(asked.get("from", "") or "relations-monitor@localhost")
    return FolderAddress(
        path=unquote(parts.path),
        sender=sender,
        sender_name=asked.get("name") or name or "Relations Monitor",
        recipient=_mailbox(asked.get("to", "") or sender)[1],
    )


def screen_address(url: str) -> ScreenAddress:
    """What `console://?columns=100&colour=yes` says. Raises AddressError."""
    asked = _settings(_split(url), frozenset({"columns", "colour"}))
    columns = asked.get("columns", "100")
    if not columns.isdecimal() or not 40 <= int(columns) <= 1000:
        raise AddressError("columns is a number from 40 to 1000")
    return ScreenAddress(columns=int(columns), is_coloured=flag(asked, "colour", default=False))


def secrets_of(url: str) -> frozenset[str]:
    """The parts of an address that must never be read in a log: itself, its credentials, tokens in its path.

    Apprise's services keep tokens in the place of host, user, path or settings, so all of these
    count that are long enough to be one; an ordinary host name (with a dot) does not.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return frozenset({url})
    found: set[str] = set()
    if parts.scheme not in _OPEN_PATHS:
        found |= set(parts.path.split("/"))
    if parts.scheme not in _OPEN_HOSTS:
        host = parts.netloc.rpartition("@")[2].partition(":")[0]
        found |= {parts.username or "", "" if "." in host or host == "localhost" else host}
    for key, value in pairs(parts.query):
        if key.lower() not in _OPEN_KEYS:
            found.add(value)
    long = {form for part in found for form in (part, unquote(part)) if len(form) >= 8}
    return frozenset({url} | long | _passwords(parts))


def _passwords(parts: SplitResult) -> set[str]:
    """A password counts however short, but for one or two letters, which would blot out whole words."""
    return {form for form in (parts.password or "", unquote(parts.password or "")) if len(form) >= 3}


def mailbox(text: str) -> str:
    """The bare address in "Name <a@b>" or "a@b", with its domain in ASCII, as SMTP wants it. Raises AddressError."""
    return _mailbox(text)[1]


def _ascii(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if not at or not local or not local.isascii():
        raise AddressError("a mailbox is name@host, and its name in ASCII letters")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise AddressError("a mailbox whose host is no host name") from None


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname
    except ValueError:
        raise AddressError(f"this is no address; {_ENCODE}") from None
    if parts.fragment:
        raise AddressError(f"an address with a #; {_ENCODE}")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or 0


def pairs(query: str) -> list[tuple[str, str]]:
    """Settings of an address. A plus sign is itself (me+alerts@example.org), as in Apprise; a space is %20."""
    cells = (cell.partition("=") for cell in query.split("&") if cell)
    return [(unquote(key), unquote(value)) for key, _, value in cells]


def _settings(parts: SplitResult, known: frozenset[str]) -> dict[str, str]:
    asked = {key.lower(): value.strip() for key, value in pairs(parts.query)}
    if unknown := sorted(set(asked) - known):
        # Only its name is shown where it looks like a name: half a password may stand there.
        shown = unknown[0] if re.fullmatch(r"[a-z_-]{1,12}", unknown[0]) else "one of them"
        raise AddressError(f"an unknown setting after the ? ({shown}); known are {', '.join(sorted(known))}")
    return asked


def _mode(scheme: str, asked: str, *, has_password: bool) -> MailMode:
    if not asked:
        return "ssl" if scheme == "mailtos" else "starttls" if has_password else "insecure"
    for mode in get_args(MailMode):
        if asked.lower() == mode:
            if scheme == "mailtos" and mode == "insecure":
                raise AddressError("mailtos:// with mode=insecure; write mailto:// if that is meant")
            return mode  # type: ignore[no-any-return]  # one of MailMode's own, which get_args can't say
    raise AddressError("no such mode of mail; known are insecure, ssl, starttls")


def flag(asked: dict[str, str], key: str, *, default: bool) -> bool:
    """What a setting that is yes or no says. Raises AddressError."""
    value = asked.get(key, "")
    if not value:
        return default
    if value.lower() not in _YES:
        raise AddressError(f"{key} is yes or no")
    return _YES[value.lower()]


def _mailbox(text: str) -> tuple[str, str]:
    """Name and bare ASCII address of "Name <a@b>" or "a@b"."""
    if not text.isprintable():
        raise AddressError("a mailbox with a sign that no mailbox holds")
    name, address = parseaddr(text)
    bare = _ascii(address if "@" in address else "")
    try:
        Address(addr_spec=bare)
    except (ValueError, IndexError):  # IndexError: the library's parser on some broken addresses
        raise AddressError("a mailbox that is none; name@host is expected") from None
    if re.search(r"[\s<>,;:()\"\\\x00-\x1f\x7f]", bare):
        raise AddressError("a mailbox with a sign that no mailbox holds")
    return name, bare
