"""Reads one request within bounds of size and time, before anything looks at it: strangers may be on the other side.

A request line, a few headers, a small form. What is larger, slower or of another form is refused by its status alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

HEAD_BYTES: Final = 16_384
"""Of request line and headers together: a web server in front adds some, and cookies of other pages come along."""
BODY_BYTES: Final = 8_192
"""Of a form: a name and a note, each letter as twelve bytes at worst."""
LINE_BYTES: Final = 1_024
"""Of the request line: a token has 512 letters at most."""
FIELDS: Final = 64
_LINE = re.compile(rb"([A-Z]{1,20}) (/[!-~]*) HTTP/1\.[01]")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)")
_FORM = b"application/x-www-form-urlencoded"
_ONCE = frozenset((b"content-length", b"content-type", b"host"))
METHODS: Final = (b"GET", b"HEAD", b"POST")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A request that is not looked at, by the status that tells why. 0: the other side has gone, and hears nothing."""

    status: int


def read_request(receive: Callable[[int], bytes]) -> bytes | Refused:
    """The bytes of one whole request: head, empty line, body.

    `receive` gives the next bytes, none at the end, and raises TimeoutError when the time for the whole is over.
    """
    raw = b""
    try:
        while (end := raw.find(b"\r\n\r\n")) < 0:
            if len(raw) > HEAD_BYTES or (b"\r\n" not in raw and len(raw) > LINE_BYTES):
                return Refused(status=431 if b"\r\n" in raw else 414)
            more = receive(2_048)
            if not more:
                return Refused(status=0)
            raw += more
        length = body_length(raw[:end])
        if isinstance(length, Refused):
            return length
        whole = end + 4 + length
        while len(raw) < whole:
            more = receive(min(whole - len(raw), 2_048))
            if not more:
                return Refused(status=0)
            raw += more
    except TimeoutError:
        return Refused(status=408)
    return raw[:whole]


def body_length(head: bytes) -> int | Refused:
    """How many bytes of body belong to a head, or why it is refused. A request has one meaning or none."""
    line, *rest = head.split(b"\r\n")
    asked = _LINE.fullmatch(line)
    if len(line) > LINE_BYTES or len(head) > HEAD_BYTES or len(rest) > FIELDS:
        return Refused(status=414 if len(line) > LINE_BYTES else 431)
    if asked is None or asked[1] not in METHODS:
        return Refused(status=400 if asked is None else 405)
    headers = _fields(rest)
    return Refused(status=400) if headers is None else _length(asked[1], headers)


def _fields(lines: list[bytes]) -> dict[bytes, bytes] | None:
    """The headers by name in small letters; None where one is none, or one that decides stands there twice."""
    headers: dict[bytes, bytes] = {}
    for line in lines:
        found = _FIELD.fullmatch(line)
        name = found[1].lower() if found is not None else b""
        if found is None or (name in headers and name in _ONCE):
            return None
        headers[name] = found[2].strip(b" \t")
    return headers


def _length(method: bytes, headers: dict[bytes, bytes]) -> int | Refused:
    is_post = method == b"POST"
    given = headers.get(b"content-length", b"" if is_post else b"0")
    status = 0
    if b"transfer-encoding" in headers or not given:
        status = 411
    elif b"expect" in headers:
        status = 417
    elif re.fullmatch(rb"[0-9]{1,18}", given) is None or (int(given) and not is_post):
        status = 400
    elif int(given) > BODY_BYTES:
        status = 413
    elif int(given) and headers.get(b"content-type", b"").split(b";")[0].strip().lower() != _FORM:
        status = 415
    return Refused(status=status) if status else int(given)
