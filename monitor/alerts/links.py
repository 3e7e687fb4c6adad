"""Links by which a reader answers an alert: what stands in one, how it is signed, and how it is checked again.

Pure: secret and time are given. A link holds a token: which alert, which answer, through which channel it went, until
when it holds, and the first 16 bytes of an HMAC-SHA256 over these, in base64url. It holds nothing of the alert's text.
Whoever has the link may give that one answer and nothing else.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, get_args

from monitor.model import AlertId, Answer, AnswerLink, ChannelName

ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)
"""In the order of messages. A token holds the number of its place here: new ones go to the end."""
LABELS: Final[Mapping[Answer, str]] = {
    "acknowledge": "Acknowledge",
    "right": "Right",
    "wrong-event": "Wrong event",
    "wrong-actors": "Wrong actors",
    "wrong-status": "Wrong status",
    "wrong-story": "Wrong story",
}
LASTING: Final = timedelta(days=30)
"""How long a link holds from when its message was sent."""
PATH: Final = "/a/"
"""What stands before the token, below the public address."""
LONGEST: Final = 512
"""Letters of a token: an id of 64 and the longest name of a channel need fewer."""
_VERSION: Final = 1
_MAC: Final = 16
_MEANT_FOR: Final = b"relations-monitor answer link\0"
"""Stands before what is signed, so that a signature made for something else with the same secret is none here."""
_IS_HEX: Final = 0x80
"""Beside the answer's number: the id is hexadecimal and stands as half as many bytes."""
_HEAD: Final = 7
"""Version, answer, expiry in four bytes, the length of the channel's name."""
_END: Final = "0"
"""Ends every token: programs that find links in plain text take a last - or _ for punctuation and leave it out."""
_TOKEN = re.compile(rf"[A-Za-z0-9_-]+{_END}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a link asks for, and until when. Whole seconds."""

    alert: AlertId
    answer: Answer
    channel: ChannelName
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsound:
    """A token that asks for nothing: not one of ours, or one of ours whose time is over."""

    because: Literal["forged", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """What makes the links of messages: where they lead, and the secret."""

    public_url: str
    """The address below which our pages are, without a slash at its end."""
    secret: str = field(repr=False)

    def links(
        self, alert: AlertId, channel: ChannelName, now: datetime, answers: tuple[Answer, ...] = ANSWERS
    ) -> tuple[AnswerLink, ...]:
        """The links of an alert that goes out through a channel now, one for each answer."""
        until = (now + LASTING).replace(microsecond=0)
        tokens = (Token(alert=alert, answer=one, channel=channel, expires_at=until) for one in answers)
        return tuple(
            AnswerLink(
                answer=one.answer, label=LABELS[one.answer], url=f"{self.public_url}{PATH}{sign(one, self.secret)}"
            )
            for one in tokens
        )


def sign(token: Token, secret: str) -> str:
    """The token as it stands in an address: letters, digits, - and _."""
    body = _packed(token)
    return _written(body + _mac(body, secret))


def verify(text: str, secret: str, now: datetime) -> Token | Unsound:
    """What a token asks for, if it was signed with this secret and its time is not over.

    The signature is looked at first, in constant time; nothing else is read of a token that has a wrong one.
    """
    raw = _raw(text)
    if len(raw) <= _HEAD + _MAC or not hmac.compare_digest(raw[-_MAC:], _mac(raw[:-_MAC], secret)):
        return Unsound(because="forged")
    token = _unpacked(raw[:-_MAC])
    if token is None:  # signed by another version of the program
        return Unsound(because="forged")
    return token if now < token.expires_at else Unsound(because="expired")


def _mac(body: bytes, secret: str) -> bytes:
    return hmac.digest(secret.encode("utf-8"), _MEANT_FOR + body, hashlib.sha256)[:_MAC]


def _packed(token: Token) -> bytes:
    channel, name = token.channel.encode("utf-8"), token.alert
    is_hex = bool(name) and len(name) % 2 == 0 and re.fullmatch("[0-9a-f]+", name) is not None
    told = bytes.fromhex(name) if is_hex else name.encode("utf-8")
    number = ANSWERS.index(token.answer) | (_IS_HEX if is_hex else 0)
    until = int(token.expires_at.timestamp()).to_bytes(4, "big")
    return bytes([_VERSION, number]) + until + bytes([len(channel)]) + channel + told


def _unpacked(body: bytes) -> Token | None:
    number, end = body[1] & ~_IS_HEX, _HEAD + body[6]
    if body[0] != _VERSION or number >= len(ANSWERS) or end > len(body):
        return None
    told = body[end:]
    return Token(
        alert=AlertId(told.hex() if body[1] & _IS_HEX else told.decode("utf-8")),
        answer=ANSWERS[number],
        channel=ChannelName(body[_HEAD:end].decode("utf-8")),
        expires_at=datetime.fromtimestamp(int.from_bytes(body[2:6], "big"), UTC),
    )


def _written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii") + _END


def _raw(text: str) -> bytes:
    """The bytes of a token; none where it is not written as we write it, to the last bit."""
    if len(text) > LONGEST or _TOKEN.fullmatch(text) is None or len(text) % 4 == 2:
        return b""
    coded = text.removesuffix(_END)
    raw = urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
    return raw if _written(raw) == text else b""
