"""One document posted to one address, and what was said to it.

What decides is how far it came, as with mail: before the last byte of the body nothing can have been taken, so a
failure there is `TryLater`; after it silence means `Unknown`. No redirect is followed: an alert goes where its owner
said, and nowhere else.
"""

import functools
import http.client
import os
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from monitor import __version__
from monitor.channels.passage import Passage
from monitor.channels.places import PostAddress
from monitor.channels.screen import cut, one_line
from monitor.channels.smtp import Waits
from monitor.decisions import Accepted, Outcome, Refused, TryLater, Unknown
from monitor.waits import retry_after_of

_ANSWER_BYTES = 64 * 1024
"""As much of an answer as is read; what follows is not needed to judge it."""
_ANSWER_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the other side said. `body` is text, as much of it as came."""

    status: int
    body: str
    retry_after: timedelta | None = None

    def __str__(self) -> str:
        said = cut(one_line(self.body), _ANSWER_LENGTH)
        return f"{self.status} {said}".rstrip()


def post(
    address: PostAddress, body: bytes, headers: Mapping[str, str], waits: Waits, *, passage: Passage, now: datetime
) -> Answered | Outcome:
    """Hand a document over; an answer, or why there was none. Raises nothing that a server or the network can cause."""
    parts = urlsplit(address.url)
    where = parts.hostname or ""
    connection = _connection(parts, waits, is_verified=address.is_verified)
    try:
        try:
            connection.connect()
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            return TryLater(because=_unreached(where, error))
        connection.sock.settimeout(waits.answer.total_seconds())
        sock = connection.sock
        passage.when_abandoned(lambda: sock.shutdown(socket.SHUT_RDWR))
        return _exchange(connection, parts, body, headers, passage=passage, now=now)
    finally:
        connection.close()


def judge(answer: Answered) -> Outcome:
    """What an answer means to an alert. A server that failed after it had the whole may have taken it."""
    said = str(answer)
    match answer.status:
        case status if 200 <= status <= 299:
            return Accepted(receipt=said)
        case 408 | 425 | 429 | 503:
            return TryLater(because=said, after=answer.retry_after)
        case status if 500 <= status <= 599:
            return Unknown(because=f"handed over, then the server failed: {said}")
        case status if 300 <= status <= 399:
            return Refused(because=f"it is somewhere else now, and no redirect is followed: {said}")
        case _:
            return Refused(because=said)


def _exchange(
    connection: http.client.HTTPConnection,
    parts: SplitResult,
    body: bytes,
    headers: Mapping[str, str],
    *,
    passage: Passage,
    now: datetime,
) -> Answered | Outcome:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.putrequest("POST", target, skip_accept_encoding=True)
        for name, value in {"User-Agent": f"relations-monitor/{__version__}", **headers}.items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        if not passage.may_commit():
            return TryLater(because="given up before the message was handed over")
        connection.send(body)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        return TryLater(because=f"the connection broke before the message was over: {_reason(error)}")
    try:
        answer = connection.getresponse()
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        return Unknown(because=f"handed over, then no answer: {_reason(error)}")
    wait = retry_after_of(answer.headers.get("Retry-After", ""), now)
    return Answered(status=answer.status, body=_body(answer), retry_after=wait)


def _body(answer: http.client.HTTPResponse) -> str:
    """What came of the body: the status has already said what counts."""
    try:
        return answer.read(_ANSWER_BYTES).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""


def _connection(parts: SplitResult, waits: Waits, *, is_verified: bool) -> http.client.HTTPConnection:
    """A connection to the server, through the proxy that the environment names for it."""
    host, timeout = parts.hostname or "", waits.connect.total_seconds()
    proxy = "" if proxy_bypass(host) else getproxies().get(parts.scheme, "")
    through = urlsplit(proxy if "://" in proxy else f"http://{proxy}") if proxy else None
    first = (through.hostname or "", through.port) if through else (host, parts.port)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or ""
        context = _context(bundle if is_verified else "", is_verified=is_verified)
        connection = http.client.HTTPSConnection(*first, timeout=timeout, context=context)
    else:
        connection = http.client.HTTPConnection(*first, timeout=timeout)
    if through:
        connection.set_tunnel(host, parts.port or (443 if parts.scheme == "https" else 80))
    return connection


@functools.cache
def _context(bundle: str, *, is_verified: bool) -> ssl.SSLContext:
    """The system's certificates, or those of REQUESTS_CA_BUNDLE, which Apprise's services heed as well."""
    context = ssl.create_default_context(cafile=bundle or None)
    if not is_verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _unreached(where: str, error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return f"no address is known for {where}: {_reason(error)}"
    if isinstance(error, ssl.SSLError):
        return f"TLS with {where} failed: {_reason(error)}"
    return f"{where} can't be reached: {_reason(error)}"


def _reason(error: Exception) -> str:
    return cut(one_line(str(error)) or type(error).__name__, _ANSWER_LENGTH)
