"""Where a drill plays: feeds and sinks on loopback that nobody kills, databases of both kinds, the real daemon."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

from monitor.channels.console import DOUBLE
from monitor.clock import SystemClock
from monitor.store.postgresql import MIGRATING
from tests.drills.events import Event
from tests.fixtures import postgres
from tests.fixtures.alert_sinks import Sinks

ROOT = Path(__file__).resolve().parents[2]
PER_FEED = 4
"""Entries of a feed in all: half in its first document, the rest in its second."""


class DaemonDiedError(Exception):
    """The daemon ended by itself, or not when it should have."""


# --- the feeds --------------------------------------------------------------------------------------------------------


class DrillFeed:
    """A feed that publishes over its first two polls. Everything published stays in it; an unchanged one is a 304."""

    def __init__(self, number: int, planned: Sequence[Event]) -> None:
        self.path = f"/feed/{number}.xml"
        self._planned = planned
        self._dated = format_datetime(SystemClock().now())
        self._polls = 0
        self._lock = threading.Lock()

    def answer(self, etag: str) -> tuple[str, bytes | None]:
        """The validator of the present document, and the document unless the asker has it."""
        with self._lock:
            self._polls += 1
            shown = self._planned if self._polls > 1 else self._planned[: PER_FEED // 2]
        mark = f'"{len(shown)}"'
        return mark, None if etag == mark else self._document(shown)

    def _document(self, shown: Sequence[Event]) -> bytes:
        items = "".join(
            f"<item><title>{escape(one.title)}</title><link>{one.token}</link><guid>{one.token}</guid>"
            f"<pubDate>{self._dated}</pubDate><description>{escape(one.text)}</description></item>"
            for one in shown
        )
        head = f"<title>Drill {self.path}</title><link>https://drill.example/</link><description>drill</description>"
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


class FeedServer:
    """Serves the feeds on loopback, in this process, which nobody kills."""

    def __init__(self) -> None:
        self.feeds: dict[str, DrillFeed] = {}
        self.asked = threading.Event()
        feeds, asked = self.feeds, self.asked

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                return

            def do_GET(self) -> None:
                feed = feeds.get(self.path)
                if feed is None:
                    self.send_error(404)
                    return
                mark, body = feed.answer(self.headers.get("If-None-Match", ""))
                self.send_response(304 if body is None else 200)
                self.send_header("ETag", mark)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")
                asked.set()

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_: object) -> None:
                """Stay silent: an asker that was killed is the point."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


# --- the databases ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Databases:
    """One kind of database: how one is made, and how to see that a daemon is upgrading it at this moment."""

    name: str
    make: Callable[[str], str]
    is_migrating: Callable[[str], bool]


@contextlib.contextmanager
def sqlite_files(folder: Path) -> Iterator[Databases]:
    """SQLite files; one that is upgraded was copied just before."""
    yield Databases(
        name="sqlite",
        make=lambda name: f"sqlite:///{folder / name}.db",
        is_migrating=lambda name: any(folder.glob(f"{name}.db.schema-*.bak")),
    )


@contextlib.contextmanager
def postgresql_server() -> Iterator[Databases]:
    """A server that writes through to the disk; while it upgrades, a daemon has the lock for that."""
    with postgres.serve("") as server:
        asked = f"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = {MIGRATING} AND granted"
        yield Databases(name="postgresql", make=server.make, is_migrating=lambda _: bool(server.run(asked)))


# --- the daemon -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a drill plays: its folder, the feeds, the sinks and the database."""

    folder: Path
    server: FeedServer
    sinks: Sinks
    databases: Databases

    def configure(self, url: str, *, with_feeds: bool = True) -> None:
        """Write the configuration, with all feeds that there are by now."""
        feeds = "".join(
            f'\n[[feeds]]\nid = "feed-{number}"\ntitle = "Drill {number}"\noutlet = "Outlet {number}"\nlang = "en"\n'
            f'url = "http://127.0.0.1:{self.server.port}{path}"\n'
            for number, path in enumerate(self.server.feeds if with_feeds else ())
        )
        text = (
            f'[database]\nurl = "{url}"\n'
            f'[fetch]\nevery = "1s"\nallow = ["127.0.0.1:{self.server.port}"]\n{feeds}'
            f'\n[[channels]]\nname = "desk"\n'
            f'url = "mailto://127.0.0.1:{self.sinks.smtp_port}?from=monitor@drill.example&to=desk@drill.example"\n'
        )
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    @contextlib.contextmanager
    def daemon(self) -> Iterator[subprocess.Popen[bytes]]:
        """The real daemon in a process of its own, killed at the latest at the end of the block."""
        self.server.asked.clear()
        command = [sys.executable, "-m", "monitor", "run", "--config", str(self.folder / "config.toml")]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(self.folder)}
        with (self.folder / "daemon.log").open("ab") as told:
            process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=told, stderr=told)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def arrivals(self) -> dict[str, list[bool]]:
        """For each token, in order, whether the mail that brought it said that it may be a double."""
        mark = " ".join(DOUBLE.split())
        found: dict[str, list[bool]] = {}
        for record in self.sinks.accepted("smtp"):
            text = " ".join(record["text"].split())
            for token in set(re.findall(r"https://drill\.example/event/\d{5}", text)):
                found.setdefault(token, []).append(mark in text)
        return found

    def log_tail(self) -> str:
        """The end of what the daemon said."""
        return (self.folder / "daemon.log").read_text(encoding="utf-8", errors="replace")[-3000:]


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL. Raises DaemonDiedError where there is nothing left to kill."""
    if process.poll() is not None:
        raise DaemonDiedError(f"exit {process.returncode} before it was killed")
    process.send_signal(signal.SIGKILL)
    process.wait()


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop it as systemd does. Raises DaemonDiedError where it does not end well."""
    process.terminate()
    try:
        if process.wait(60) != 0:
            raise DaemonDiedError(f"exit {process.returncode} on SIGTERM")
    except subprocess.TimeoutExpired:
        raise DaemonDiedError("no end within 60 s of SIGTERM") from None
