"""The small server behind the links: http.server within bounds, meant to stand behind a web server that speaks TLS.

Each connection has one request, a thread and a time; there are so many threads and no more, and when all are taken the
connection that has dawdled longest over its request makes room. Its trouble is its own: it knows nothing of polling.
"""

import errno
import io
import socket
import socketserver
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from monitor import log
from monitor.web.answering import Answering
from monitor.web.guard import METHODS, Refused, read_request
from monitor.web.pages import SECURITY, Page, sorry

SERVER = "relations-monitor"
"""How it names itself, without its version."""
_SAID = {
    400: "This is no request that we understand",
    405: "This can't be done here",
    408: "This took too long",
    411: "This is no request that we understand",
    413: "This is too long",
    414: "This address is too long",
    415: "This is no form of ours",
    417: "This is no request that we understand",
    431: "This is too long",
}
_REMEDY = "Open the link as it stands in the message, in a web browser."
_DRAINED = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many connections there may be at once, and how many seconds a request or an answer may take."""

    connections: int = 32
    patience: float = 10.0
    linger: float = 1.0
    """Seconds for which a refused request is still read, so that who sends it sees why."""


class Listener:
    """The server at an address. It works from its making to `close`. Raises OSError where it can't listen."""

    def __init__(self, listen: tuple[str, int], answering: Answering, seconds: Callable[[], float],
                 bounds: Bounds | None = None) -> None:  # fmt: skip
        """`seconds` is a monotonic clock."""
        self.listen = listen
        self._server = _Server(listen, answering, seconds, bounds or Bounds())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.2,), name="web", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port, also where 0 was asked for."""
        return int(self._server.server_address[1])

    @property
    def is_alive(self) -> bool:
        """Whether it takes connections."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Take no more connections, drop those that have not asked yet, let the others finish within their time."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()
        self._server.wait()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self, listen: tuple[str, int], answering: Answering, seconds: Callable[[], float], bounds: Bounds
    ) -> None:
        self.answering, self.seconds, self.bounds = answering, seconds, bounds
        self._room = threading.BoundedSemaphore(bounds.connections)
        self._lock = threading.Lock()
        self._reading: dict[int, socket.socket] = {}
        if ":" in listen[0]:
            self.address_family = socket.AF_INET6
        super().__init__(listen, _Handler)

    def server_bind(self) -> None:
        """Bind, and ask no name server what we are called, as the library would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = SERVER, int(self.server_address[1])

    def get_request(self) -> tuple[socket.socket, Any]:
        """The next connection. Without descriptors it waits a moment: the loop around it would spin."""
        try:
            return super().get_request()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS):
                threading.Event().wait(0.2)
            raise

    def process_request(self, request: Any, client_address: Any) -> None:
        """A thread for the connection, where there is room; else the slowest reader makes some."""
        if not self._room.acquire(blocking=False) and not (self._drop_slowest() and self._room.acquire(timeout=1.0)):
            self.shutdown_request(request)
            return
        self.begin_reading(request)
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # no thread can be started
            self.end_reading(request)
            self._room.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The whole of a connection, in its thread."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.end_reading(request)
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 (the library's form)
        """An unforeseen error of ours: it costs this connection, and is told without what was asked."""
        log.get().exception("page_broke")

    def wait(self) -> None:
        """Drop the connections that have not asked yet, and wait for the others within their time."""
        while self._drop_slowest():
            pass
        end = self.seconds() + self.bounds.patience
        free = 0
        while free < self.bounds.connections and self._room.acquire(timeout=max(end - self.seconds(), 0)):
            free += 1
        for _ in range(free):
            self._room.release()

    def begin_reading(self, connection: socket.socket) -> None:
        """This connection waits for its request."""
        with self._lock:
            self._reading[id(connection)] = connection

    def end_reading(self, connection: socket.socket) -> None:
        """This connection has its request, or none will come."""
        with self._lock:
            self._reading.pop(id(connection), None)

    def _drop_slowest(self) -> bool:
        """End the connection that has waited longest for its request; whether there was one."""
        with self._lock:
            oldest = next(iter(self._reading), None)
            if oldest is None:
                return False
            with suppress(OSError):
                self._reading.pop(oldest).shutdown(socket.SHUT_RDWR)
        return True


class _Handler(BaseHTTPRequestHandler):
    """One request, read whole within its bounds before the library parses it, and one answer."""

    server: _Server
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Read, answer, close."""
        self.close_connection = True
        read = self._read()
        if isinstance(read, Refused):
            self._refuse(read)
            return
        head, mark, self._form = read.partition(b"\r\n\r\n")
        self.rfile = io.BufferedReader(io.BytesIO(head + mark))
        self.connection.settimeout(self.server.bounds.patience)
        with suppress(OSError):  # who asked has gone
            self.handle_one_request()
        self.close_connection = True

    def do_GET(self) -> None:
        """Show the page of a link."""
        self._send(self.server.answering.look(self._target))

    def do_HEAD(self) -> None:
        """The same without the page."""
        self._send(self.server.answering.look(self._target))

    def do_POST(self) -> None:
        """Write down the answer."""
        try:
            form = parse_qs(self._form.decode("utf-8"), max_num_fields=8, errors="strict")
        except ValueError:
            self._send(_refusal(400))
            return
        by, note = (form.get(name, [""])[0] for name in ("by", "note"))
        self._send(self.server.answering.answer(self._target, by, note))

    def send_error(
        self, code: int, message: str | None = None, explain: str | None = None  # noqa: ARG002 (the library's form)
    ) -> None:  # fmt: skip
        """What the library refuses, in a page of ours that repeats nothing of the request."""
        self._send(_refusal(code))

    def version_string(self) -> str:
        """How it names itself."""
        return SERVER

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's name)
        """Nothing: an address is a key and stands in no log."""

    @property
    def _target(self) -> str:
        """The path as it was asked for: the library's own makes one slash of several."""
        return self.requestline.split(" ")[1]

    def _read(self) -> bytes | Refused:
        end = self.server.seconds() + self.server.bounds.patience

        def receive(limit: int) -> bytes:
            left = end - self.server.seconds()
            if left <= 0:
                raise TimeoutError
            self.connection.settimeout(left)
            return bytes(self.connection.recv(limit))

        try:
            return read_request(receive)
        except OSError:
            return Refused(status=0)
        finally:
            self.server.end_reading(self.connection)

    def _refuse(self, refused: Refused) -> None:
        if not refused.status:
            return
        self.requestline, self.request_version, self.command = "", "HTTP/1.1", "GET"
        with suppress(OSError):
            self.connection.settimeout(self.server.bounds.linger)
            self._send(_refusal(refused.status))
            self.connection.shutdown(socket.SHUT_WR)
            self._drain()

    def _drain(self) -> None:
        """Read what still comes, for a moment: closed with something unread, the answer might not arrive.

        Meanwhile it makes room for others as a slow reader does.
        """
        self.server.begin_reading(self.connection)
        end, left = self.server.seconds() + self.server.bounds.linger, _DRAINED
        while left > 0 and (time := end - self.server.seconds()) > 0:
            self.connection.settimeout(time)
            more = len(self.connection.recv(4_096))
            if not more:
                return
            left -= more

    def _send(self, page: Page) -> None:
        body = page.html.encode("utf-8", "replace")
        self.send_response(page.status)
        for name, value in {**SECURITY, **page.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _refusal(status: int) -> Page:
    title = _SAID.get(status, HTTPStatus(status).phrase)
    allow = {"Allow": b", ".join(METHODS).decode()} if status == 405 else {}
    return sorry(status, title, _REMEDY, headers=allow)
