"""A shelf of feeds on loopback, filled by request: python -m tests.drills.shelf --seed 7

POST /feeds?count=4 puts up one more feed with so many events, each an alert of its own, and answers with its path and
the tokens by which the alerts are known again. The port stands on the first line of standard output.
"""

import argparse
import json
import sys
import threading
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from monitor.clock import SystemClock
from tests.drills.events import CAPACITY, Event, events


class Shelf:
    """The feeds that there are, and the events that are left for further ones."""

    def __init__(self, seed: int) -> None:
        self._left = iter(events(CAPACITY, seed))
        self._lock = threading.Lock()
        self.feeds: dict[str, bytes] = {}

    def put_up(self, count: int) -> dict[str, object]:
        """One more feed with so many events."""
        with self._lock:
            shown = [next(self._left) for _ in range(count)]
            path = f"/feed/{len(self.feeds)}.xml"
            self.feeds[path] = _document(path, shown)
        return {"path": path, "tokens": [one.token for one in shown]}


def _document(path: str, shown: list[Event]) -> bytes:
    dated = format_datetime(SystemClock().now())
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{one.token}</link><guid>{one.token}</guid>"
        f"<pubDate>{dated}</pubDate><description>{escape(one.text)}</description></item>"
        for one in shown
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Drill {path}</title>{items}</channel></rss>'.encode()
    )


def server_of(shelf: Shelf) -> ThreadingHTTPServer:
    """The server on a free port of loopback; `serve_forever` runs it."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

        def do_GET(self) -> None:
            self._answer(shelf.feeds.get(self.path), "application/rss+xml")

        def do_POST(self) -> None:
            count = int(parse_qs(urlsplit(self.path).query).get("count", ["1"])[0])
            self._answer(json.dumps(shelf.put_up(count)).encode(), "application/json")

        def _answer(self, body: bytes | None, kind: str) -> None:
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    return server


def main() -> int:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=1)
    server = server_of(Shelf(parser.parse_args().seed))
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
