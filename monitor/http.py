"""The guarded client: the only importer of an HTTP client, and the only way to the web.

It owns addresses (which may be reached), sizes, times, redirects and content codings. What an answer
means is left to whoever asked. A request either gives an `Answer` or raises `HttpError` with a reason.

An address is judged where the connection is made: a name is resolved once, every answer must be public,
and the connection goes to that very address, so a name that changes its mind in between gains nothing.
"""

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpcore2
import httpx2

from monitor import __version__
from monitor.addresses import refusal
from monitor.clock import Clock
from monitor.codings import BadCodingError, BodyTooLargeError, CutBodyError, Unpacker
from monitor.model import FailureKind

USER_AGENT = f"relations-monitor/{__version__} (+feed reader)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
KEPT_ACROSS_HOSTS = frozenset({"accept", "if-none-match", "if-modified-since"})
"""Headers that follow a redirect to another host; the validators came from there."""
ADDRESSES_TRIED = 4


class HttpError(Exception):
    """A request that brought no answer. `because` is the class, the text is for a person and holds no secret."""

    def __init__(self, because: FailureKind, detail: str) -> None:
        super().__init__(detail)
        self.because = because
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost, redirects included."""

    total: timedelta = timedelta(seconds=30)
    connect: timedelta = timedelta(seconds=10)
    silence: timedelta = timedelta(seconds=15)
    """The longest wait for the next byte."""
    body_bytes: int = 10 * 1024 * 1024
    """Of the body after decoding."""
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the other side said. `url` is who said so after redirects; names of headers are lower case.

    `moved_to` is the address that a chain of permanent redirects (301, 308) led to; empty for none.
    """

    url: str = field(repr=False)
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    moved_to: str = field(default="", repr=False)
    hops: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    """The redirects on the way: the status of each, and where it led."""


Resolve = Callable[[str, int], Iterable[str]]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system gives them, each once. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Client:
    """Asks the web, within limits and at public addresses only.

    `allow` names the exact "host:port" pairs that may be reached though they are not public. `connections`
    is how many requests run at once, one a thread. Safe to share between threads; close it at the end.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        allow: Iterable[str] = (),
        limits: Limits | None = None,
        connections: int = 16,
        user_agent: str = USER_AGENT,
        resolve: Resolve = resolve,
    ) -> None:
        self._limits = limits or Limits()
        self._guard = _Guarded(clock=clock, allow=frozenset(pair.lower() for pair in allow), resolve=resolve)
        tls = httpx2.create_ssl_context(trust_env=False)
        pool = httpcore2.ConnectionPool(
            ssl_context=tls, network_backend=self._guard, max_connections=connections, max_keepalive_connections=0
        )
        self._http = httpx2.Client(
            transport=_PoolTransport(pool), trust_env=False, follow_redirects=False, headers={"User-Agent": user_agent}
        )

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """What lives at `url`, redirects followed. `headers` may make it conditional. Raises HttpError."""
        return self.request("GET", url, headers=headers)

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes | None = None
    ) -> Answer:
        """The answer to one request. Only GET follows redirects; each is judged like the first. Raises HttpError."""
        with self._guard.until(self._limits.total):
            return self._follow(method, url, dict(headers or {}), content)

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _follow(self, method: str, url: str, headers: dict[str, str], content: bytes | None) -> Answer:
        moved_to, is_permanent = "", True
        hops: list[tuple[int, str]] = []
        for _ in range(self._limits.redirects + 1):
            answer = self._ask(method, _checked(url), headers, content)
            where = answer.headers.get("location", "").strip()
            if method != "GET" or answer.status not in REDIRECTS or not where:
                return Answer(
                    url=url,
                    status=answer.status,
                    headers=answer.headers,
                    body=answer.body,
                    moved_to=moved_to,
                    hops=tuple(hops),
                )
            target = _target(url, where)
            if _origin(target) != _origin(url):
                headers = {name: value for name, value in headers.items() if name.lower() in KEPT_ACROSS_HOSTS}
            is_permanent = is_permanent and answer.status in PERMANENT
            moved_to = target if is_permanent else moved_to
            hops.append((answer.status, target))
            url = target
        raise HttpError("redirect", f"more than {self._limits.redirects} redirects")

    def _ask(self, method: str, url: str, headers: Mapping[str, str], content: bytes | None) -> Answer:
        asked = {"Accept-Encoding": "gzip, deflate", **headers}
        timeout = httpx2.Timeout(
            self._limits.silence.total_seconds(),
            connect=self._limits.connect.total_seconds(),
            pool=self._limits.total.total_seconds(),
        )
        try:
            with self._http.stream(method, url, headers=asked, content=content, timeout=timeout) as response:
                told = {name.lower(): value for name, value in response.headers.items()}
                wants_body = response.status_code not in REDIRECTS or "location" not in told
                body = self._body(response, told) if wants_body else b""
                return Answer(url=url, status=response.status_code, headers=told, body=body)
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
            raise HttpError("refused-address", f"not an address that can be asked: {error}") from error
        except httpx2.HTTPError as error:
            raise HttpError("protocol", f"{type(error).__name__}: {error}") from error

    def _body(self, response: httpx2.Response, headers: Mapping[str, str]) -> bytes:
        """The whole body, decoded. Raises HttpError for too much of it, a cut one or a coding not asked for."""
        limit = self._limits.body_bytes
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > limit:
            raise HttpError("too-large", f"{int(length):,} bytes announced; at most {limit:,} are read")
        try:
            unpacker = Unpacker(headers.get("content-encoding", ""), limit)
            for chunk in response.iter_raw():
                self._guard.check()
                unpacker.add(chunk)
            return unpacker.finish()
        except BodyTooLargeError as error:
            raise HttpError("too-large", str(error)) from error
        except CutBodyError as error:
            raise HttpError("truncated", str(error)) from error
        except BadCodingError as error:
            raise HttpError("bad-encoding", str(error)) from error


# --- addresses on the way ---------------------------------------------------------------------------------------------


def _checked(url: str) -> str:
    """The address itself, if it is http or https and names a host. Raises HttpError."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise HttpError("refused-address", f"not an address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise HttpError("refused-address", f"only http and https are asked, not {parts.scheme or 'nothing'!r}")
    return url


def _target(url: str, where: str) -> str:
    """Where a redirect leads, absolute. User names and passwords are kept only on the same host."""
    try:
        target = _checked(urljoin(url, where))
        if _origin(target) == _origin(url):
            return target
        parts = urlsplit(target)
    except ValueError as error:
        raise HttpError("refused-address", f"a redirect to what is no address: {error}") from error
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


# --- the guard --------------------------------------------------------------------------------------------------------


class _Guarded(httpcore2.NetworkBackend):
    """Makes connections to judged addresses only, and ends everything when the request's time is over."""

    def __init__(self, *, clock: Clock, allow: frozenset[str], resolve: Resolve) -> None:
        self._clock = clock
        self._allow = allow
        self._resolve = resolve
        self._inner = httpcore2.SyncBackend()
        self._mine = threading.local()  # a request lives in one thread, so its deadline does

    @contextmanager
    def until(self, total: timedelta) -> Iterator[None]:
        """Give what this thread asks inside the block so much time in all."""
        self._mine.deadline = self._clock.seconds() + total.total_seconds()
        try:
            yield
        finally:
            self._mine.deadline = None

    def left(self, wanted: float | None) -> float:
        """The seconds that the next step may take. Raises HttpError when the time is over."""
        deadline = getattr(self._mine, "deadline", None)
        left = float("inf") if deadline is None else deadline - self._clock.seconds()
        if left <= 0:
            raise HttpError("timeout", "the total time for one request was over")
        return min(left, wanted if wanted is not None else left)

    def check(self) -> None:
        """Raises HttpError when the time is over."""
        self.left(None)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to a judged address of `host`, the first that answers."""
        failure: Exception | None = None
        for address in self._judge(host, port, timeout)[:ADDRESSES_TRIED]:
            try:
                stream = self._inner.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self)
        raise failure or HttpError("dns", f"{host} has no address")

    def _judge(self, host: str, port: int, timeout: float | None) -> list[str]:
        """The addresses of `host`, all of which may be reached. One that may not refuses the name."""
        addresses = self._look_up(host, port, timeout)
        if f"{host}:{port}".lower() in self._allow:
            return addresses
        for address in addresses:
            pair = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
            if pair not in self._allow and (because := refusal(address)):
                where = "" if address in (host, f"[{host}]") else f"{host} is at {address}: "
                remedy = f'if you mean it, put "{host}:{port}" into allow under [fetch]'
                raise HttpError("refused-address", f"{where}{because}; {remedy}")
        return addresses

    def _look_up(self, host: str, port: int, timeout: float | None) -> list[str]:
        """Resolve a name within the time: the system's resolver takes no limit, so it is left behind if it is slow."""
        answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(list(self._resolve(host, port)))
            except (OSError, UnicodeError, ValueError) as error:
                answers.put(error)

        threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
        try:
            answer = answers.get(timeout=self.left(timeout))
        except queue.Empty:
            raise HttpError("timeout", f"no answer from the resolver for {host}") from None
        if isinstance(answer, Exception):
            raise HttpError("dns", f"{host} can't be resolved: {answer}") from answer
        return answer


class _Stream(httpcore2.NetworkStream):
    """A connection whose every wait ends with the request's time."""

    def __init__(self, inner: httpcore2.NetworkStream, guard: _Guarded) -> None:
        self._inner = inner
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname, self._guard.left(timeout))
        except httpcore2.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise HttpError("tls", str(error)) from error
            raise
        return _Stream(inner, self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


# --- between httpx2 and httpcore2 -------------------------------------------------------------------------------------


@contextmanager
def _translated(*, in_body: bool) -> Iterator[None]:
    """httpcore2's exceptions as ours: they are no httpx2.HTTPError, and pass an own transport as they are."""
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise HttpError("timeout", f"nothing came in time ({type(error).__name__})") from error
    except httpcore2.NetworkError as error:
        raise HttpError("truncated" if in_body else "connect", str(error) or type(error).__name__) from error
    except httpcore2.ProtocolError as error:
        because: FailureKind = "truncated" if in_body and "closed connection" in str(error) else "protocol"
        raise HttpError(because, str(error)) from error
    except (httpcore2.UnsupportedProtocol, httpcore2.ProxyError) as error:
        raise HttpError("protocol", str(error)) from error


class _Body(httpx2.SyncByteStream):
    """The pool's stream as httpx2 wants it."""

    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _translated(in_body=True):
            yield from self._response.iter_stream()

    def close(self) -> None:
        with _translated(in_body=True):
            self._response.close()


class _PoolTransport(httpx2.BaseTransport):
    """Request in, response with the pool's stream out. Cookies are dropped: a shared client would send them back."""

    def __init__(self, pool: httpcore2.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        asked = httpcore2.Request(
            request.method, url, headers=request.headers.raw, content=request.read(), extensions=request.extensions
        )
        with _translated(in_body=False):
            response = self._pool.handle_request(asked)
        headers = [(name, value) for name, value in response.headers if name.lower() != b"set-cookie"]
        return httpx2.Response(response.status, headers=headers, stream=_Body(response), extensions=response.extensions)

    def close(self) -> None:
        self._pool.close()
