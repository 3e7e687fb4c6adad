"""The web of the demo: a server on loopback that replays the sample feeds, poll by poll."""

import hashlib
import threading
from collections import Counter
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


class FeedServer:
    """Serves each feed's documents in turn: the first at the first poll, the next at the second, the last from then on.

    A poll that names the entity tag of what would be sent gets 304. Listens on 127.0.0.1, on a free port.
    """

    def __init__(self, documents: Mapping[str, tuple[tuple[bytes, str], ...]]) -> None:
        """`documents`: for each path the successive (body, content type)."""
        polls: Counter[str] = Counter()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.lstrip("/")
                if path not in documents:
                    self.send_error(404)
                    return
                body, content_type = documents[path][min(polls[path], len(documents[path]) - 1)]
                polls[path] += 1
                tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                if self.headers.get("If-None-Match") == tag:
                    self.send_response(304)
                    body = b""
                else:
                    self.send_response(200)
                    self.send_header("Content-Type", content_type)
                    self.send_header("Content-Length", str(len(body)))
                self.send_header("ETag", tag)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it so)
                """Keep the terminal for the alerts."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def address(self, path: str) -> str:
        """Where a feed is served."""
        return f"http://127.0.0.1:{self.port}/{path}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
