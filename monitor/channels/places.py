"""Where Slack, webhooks and the services of Apprise take their messages, and which recipients an address names.

Like `addresses`, of which it is the half for the web: read once, here, and never quoted in a message.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote, urlsplit

from monitor.channels.addresses import AddressError, flag, pairs

SLACK = "https://hooks.slack.com"
SLACK_API = "https://slack.com"
_SLACK_HOSTS = ("hooks.slack.com", "hooks.slack-gov.com")
_SLACK_IGNORED = frozenset((
    "footer", "image", "blocks", "timestamp", "mode", "format", "overflow", "cto", "rto", "retry", "wait", "emojis",
    "tz", "store", "fallback",
))  # fmt: skip
"""Settings of Apprise's own Slack service: taken, so that an address can be moved over, and without effect."""
_BOT = re.compile(r"(?:xoxe\.)?xox[abp]-[A-Za-z0-9-]+")
_TOKEN = re.compile(r"[A-Za-z0-9]+")
_CHANNEL = re.compile(r"[#+@]?[A-Za-z0-9._-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """An address taken apart as Apprise does it: # is a letter like others, for it opens the names of channels.

    `place` is what stands between :// and the first /, `steps` are the parts of the path, both as written.
    """

    scheme: str
    place: str
    steps: tuple[str, ...]
    query: str

    def __str__(self) -> str:
        path = "".join(f"/{step}" for step in self.steps)
        return f"{self.scheme}://{self.place}{path}" + (f"?{self.query}" if self.query else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAddress:
    """Where a document is posted. `is_verified`: whether the server's certificate must be good."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    is_verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackAddress:
    """An incoming webhook, or a bot with its token; `channels` are the conversations named, none for a hook's own."""

    url: str = field(repr=False)
    token: str = field(default="", repr=False)
    channels: tuple[str, ...] = ()
    is_verified: bool = True

    @property
    def is_bot(self) -> bool:
        """Whether the Web API is spoken, which tells where a message stands, so that an update can join it."""
        return bool(self.token)


def pieces_of(url: str) -> Pieces:
    """An address taken apart. Raises AddressError where it has no scheme."""
    scheme, mark, rest = url.strip().partition("://")
    if not mark or not scheme:
        raise AddressError("an address without its scheme (the part before ://)")
    before, _, query = rest.partition("?")
    place, *steps = before.split("/")
    return Pieces(scheme=scheme.lower(), place=place, steps=tuple(step for step in steps if step), query=query)


# --- webhook ----------------------------------------------------------------------------------------------------------


def webhook_address(url: str) -> PostAddress:
    """What `webhooks://host/path?secret=..&verify=..` says; webhook:// is HTTP without TLS. Raises AddressError.

    All other settings are the receiver's and stay in the address.
    """
    pieces = pieces_of(url)
    asked = {key.lower(): value for key, value in pairs(pieces.query)}
    kept = "&".join(
        cell for cell in pieces.query.split("&") if cell.partition("=")[0].lower() not in ("secret", "verify", "")
    )
    target = str(replace(pieces, scheme="https" if pieces.scheme == "webhooks" else "http", query=kept))
    if "secret" in asked and not asked["secret"]:
        raise AddressError("secret= with nothing after it; leave it out for posts without a signature")
    verified = flag(asked, "verify", default=True)
    return PostAddress(url=_web(target), secret=asked.get("secret", ""), is_verified=verified)


def _web(url: str) -> str:
    """A web address with a host. Raises AddressError."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise AddressError("this is no web address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AddressError("an address without a host")
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        raise AddressError("a web address with a space in it; write %20")
    if parts.username or parts.password:
        raise AddressError("a web address with a user or password; the signature (secret=) says who sends")
    return url


# --- Slack ------------------------------------------------------------------------------------------------------------


def is_slack_hook(url: str) -> bool:
    """Whether an https:// address is one that Slack gives out for an incoming webhook."""
    pieces = pieces_of(url)
    return pieces.scheme == "https" and pieces.place.lower() in _SLACK_HOSTS and pieces.steps[:1] == ("services",)


def slack_address(url: str) -> SlackAddress:
    """What an address of Slack says. Raises AddressError.

    `slack://T../B../token` or `https://hooks.slack.com/services/T../B../token` is an incoming webhook,
    `slack://xoxb-../#channel` a bot. `?api=https://gateway.example` names a server that stands in for Slack's.
    """
    pieces = pieces_of(url)
    asked = {key.lower(): value for key, value in pairs(pieces.query)}
    if unknown := sorted(set(asked) - _SLACK_IGNORED - {"api", "to", "verify"}):
        shown = unknown[0] if re.fullmatch(r"[a-z_-]{1,12}", unknown[0]) else "one of them"
        raise AddressError(f"an unknown setting after the ? ({shown}); known are api, to, verify")
    if "workflow" in asked.get("mode", ""):
        raise AddressError("a workflow takes no blocks; use an incoming webhook or a bot")
    is_hook = pieces.scheme == "https"
    tokens = pieces.steps[1:] if is_hook else (pieces.place.rpartition("@")[2], *pieces.steps)
    named = [box for box in re.split(r"[,\s]+", asked.get("to", "")) if box]
    verified = flag(asked, "verify", default=True)
    api = _web(asked["api"]).rstrip("/") if asked.get("api") else ""
    if tokens and _BOT.fullmatch(unquote(tokens[0])):
        channels = _channels([*map(unquote, tokens[1:]), *named])
        if not channels:
            raise AddressError("a bot without a channel; write it after the token, as in xoxb-.../#channel")
        target = f"{api or SLACK_API}/api/chat.postMessage"
        return SlackAddress(url=target, token=unquote(tokens[0]), channels=channels, is_verified=verified)
    if len(tokens) < 3 or not all(_TOKEN.fullmatch(token) for token in tokens[:3]):
        raise AddressError(
            "a webhook of Slack has three tokens, as in T.../B.../..., and a bot has one that opens with xoxb-"
        )
    host = api or (f"https://{pieces.place.lower()}" if is_hook else SLACK)
    target = f"{host}/services/{'/'.join(tokens[:3])}"
    return SlackAddress(url=target, channels=_channels([*map(unquote, tokens[3:]), *named]), is_verified=verified)


def _channels(named: list[str]) -> tuple[str, ...]:
    """Conversations as Slack takes them: an id as it is, a name with its #. Apprise writes an id with a +."""
    found = []
    for name in named:
        if _CHANNEL.fullmatch(name) is None:
            raise AddressError("a channel of Slack is #name, its id (C0123ABCD) or @member")
        is_id = re.fullmatch(r"\+?[CDGU][A-Z0-9]{6,}", name) is not None
        found.append(name.lstrip("+") if is_id else name if name[0] in "#@" else f"#{name.lstrip('+')}")
    return tuple(dict.fromkeys(found))


# --- services of Apprise ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Targets:
    """Where a service's address names its recipients: after so many steps of the path, and in these settings."""

    after: int = 0
    keys: frozenset[str] = frozenset({"to"})


_TARGETS: dict[str, _Targets] = {
    "tgram": _Targets(),
    "ntfy": _Targets(),
    "ntfys": _Targets(),
    "mmost": _Targets(after=99, keys=frozenset({"to", "channel", "channels"})),
    "mmosts": _Targets(after=99, keys=frozenset({"to", "channel", "channels"})),
    "zulip": _Targets(after=1),
    "signal": _Targets(after=1),
    "signals": _Targets(after=1),
    "twilio": _Targets(),
    "matrix": _Targets(),
    "matrixs": _Targets(),
    "rocket": _Targets(),
    "rockets": _Targets(),
    "pbul": _Targets(),
    "pover": _Targets(),
}
"""Services whose addresses can be taken apart; any other address makes one delivery, whomever it names."""


def recipients_of(url: str) -> tuple[str, ...]:
    """Whom an address of Apprise names, as written; ("",) where there is one, or nobody can be told apart."""
    pieces = pieces_of(url)
    found = tuple(dict.fromkeys(name for name, _ in _named(pieces)))
    return found if len(found) > 1 else ("",)


def addressed_to(url: str, recipient: str) -> str:
    """The address with this recipient alone; as it is where that is nobody in particular."""
    pieces = pieces_of(url)
    targets = _TARGETS.get(pieces.scheme)
    if not recipient or targets is None:
        return url
    steps = [step for at, step in enumerate(pieces.steps) if at < targets.after]
    cells = [cell for cell in pieces.query.split("&") if cell.partition("=")[0].lower() not in targets.keys]
    in_path = recipient in (unquote(step) for step in pieces.steps[targets.after :])
    if in_path:
        steps.append(quote(recipient, safe=""))
    else:
        key = next(key for name, key in _named(pieces) if name == recipient and key)
        cells.append(f"{key}={quote(recipient, safe='')}")
    return str(replace(pieces, steps=tuple(steps), query="&".join(cell for cell in cells if cell)))


def _named(pieces: Pieces) -> Iterator[tuple[str, str]]:
    """Each recipient with the key it stands under, "" for the path."""
    targets = _TARGETS.get(pieces.scheme)
    if targets is None:
        return
    for step in pieces.steps[targets.after :]:
        yield unquote(step), ""
    for key, value in pairs(pieces.query):
        if key.lower() in targets.keys:
            yield from ((name, key) for name in re.split(r"[,\s]+", value) if name)
