"""Kill the daemon at random moments and count what arrived: python -m tests.drills.crash --kills 50

The real daemon polls loopback feeds, keeps its memory in a SQLite file and mails to a recording SMTP sink in a
process of its own. It is killed by SIGKILL and started again, each time with a few feeds more, so that there is
work in every life; at the end it may drain. What is expected comes from the feeds, what arrived from the sink's
record file. Progress goes to standard error; the last line on standard output is one JSON object. Exit 1 if
an alert was lost, or the daemon ended by itself.
"""

import argparse
import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

from monitor.clock import SystemClock
from tests.drills.events import CAPACITY, Event, events

ROOT = Path(__file__).resolve().parents[2]
PER_FEED = 4
"""Entries of a feed in all: half in its first document, the rest in its second."""
DRAIN_SECONDS = 420
"""Above a lease of 5 minutes: a delivery that a kill left leased must get its turn."""


class DaemonDiedError(Exception):
    """The daemon ended by itself."""


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


# --- the sink ---------------------------------------------------------------------------------------------------------


class MailSink:
    """The recording SMTP sink, in a process of its own."""

    def __init__(self, record: Path) -> None:
        self._record = record
        command = [sys.executable, "-m", "tests.fixtures.alert_sinks", "--record", str(record), "--print-ports"]
        self._process = subprocess.Popen(
            [*command, "--smtp-delay", "0.03"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.port = int(json.loads(self._process.stdout.readline())["smtp"])

    def arrived(self) -> Counter[str]:
        """How often each token arrived, from the record file."""
        tokens: Counter[str] = Counter()
        if self._record.exists():
            for line in self._record.read_text(encoding="utf-8").splitlines():
                found = json.loads(line)
                if found["outcome"] == "accepted":
                    tokens.update(set(re.findall(r"https://drill\.example/event/\d{5}", found["text"])))
        return tokens

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()


# --- the daemon -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a drill plays: its folder, the feeds and the sink."""

    folder: Path
    server: FeedServer
    sink: MailSink

    def configure(self) -> None:
        """Write the configuration with all feeds that there are by now."""
        feeds = "".join(
            f'\n[[feeds]]\nid = "feed-{number}"\ntitle = "Drill {number}"\noutlet = "Outlet {number}"\nlang = "en"\n'
            f'url = "http://127.0.0.1:{self.server.port}{path}"\n'
            for number, path in enumerate(self.server.feeds)
        )
        text = (
            f'[database]\nurl = "sqlite:///{self.folder / "monitor.db"}"\n'
            f'[fetch]\nevery = "1s"\nallow = ["127.0.0.1:{self.server.port}"]\n{feeds}'
            f'\n[[channels]]\nname = "desk"\n'
            f'url = "mailto://127.0.0.1:{self.sink.port}?from=monitor@drill.example&to=desk@drill.example"\n'
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

    def log_tail(self) -> str:
        """The end of what the daemon said."""
        return (self.folder / "daemon.log").read_text(encoding="utf-8", errors="replace")[-3000:]


def live_and_die(stage: Stage, chance: random.Random) -> str:
    """One life of the daemon; says when it was killed: in one of five while it starts, else while it works."""
    with stage.daemon() as process:
        started = time.monotonic()
        if chance.random() < 0.2:
            wait, when = chance.uniform(0.05, 2.0), "starting"
        else:
            while not stage.server.asked.wait(0.05):
                if process.poll() is not None or time.monotonic() - started > 60:
                    break
            wait, when = chance.uniform(0.0, 1.5), "working"
        time.sleep(wait)
        if process.poll() is not None:
            raise DaemonDiedError(f"exit {process.returncode} before it was killed")
        process.send_signal(signal.SIGKILL)
        process.wait()
        return f"{when}, {time.monotonic() - started:.1f} s after its start"


def drain(stage: Stage, expected: set[str]) -> None:
    """Let the daemon finish in peace, until all is there or its time is over; then stop it as systemd does."""
    with stage.daemon() as process:
        until = time.monotonic() + DRAIN_SECONDS
        while time.monotonic() < until and not expected <= set(stage.sink.arrived()):
            if process.poll() is not None:
                raise DaemonDiedError(f"exit {process.returncode} while it drained")
            time.sleep(0.5)
        time.sleep(2)  # a double may still be on its way
        process.terminate()
        try:
            if process.wait(60) != 0:
                raise DaemonDiedError(f"exit {process.returncode} on SIGTERM")
        except subprocess.TimeoutExpired:
            raise DaemonDiedError("no end within 60 s of SIGTERM") from None


def tell(text: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def drill(stage: Stage, kills: int, seed: int) -> dict[str, int]:
    """So many lives and deaths, then the count."""
    chance = random.Random(seed)
    per_life = max(1, min(3, CAPACITY // (PER_FEED * (kills + 1))))
    planned = iter(events(per_life * PER_FEED * (kills + 1), seed))
    expected: set[str] = set()
    for life in range(kills + 1):
        for _ in range(per_life):
            batch = [next(planned) for _ in range(PER_FEED)]
            feed = DrillFeed(len(stage.server.feeds), batch)
            stage.server.feeds[feed.path] = feed
            expected |= {event.token for event in batch}
        stage.configure()
        if life < kills:
            when = live_and_die(stage, chance)
            tell(f"kill {life + 1}/{kills}: {when}; {len(stage.sink.arrived())} of {len(expected)} alerts are out")
    tell("draining")
    drain(stage, expected)
    arrived = stage.sink.arrived()
    lost = sorted(expected - set(arrived))
    for token in lost[:20]:
        tell(f"lost: {token}")
    return {
        "kills": kills,
        "expected": len(expected),
        "delivered": len(expected & set(arrived)),
        "lost": len(lost),
        "doubles": sum(count - 1 for count in arrived.values()),
    }


def main() -> int:
    """Run a drill; 0 if nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that daemon and sink end with us
    folder = Path(tempfile.mkdtemp(prefix="crash-drill-"))
    tell(f"seed {options.seed}; folder {folder}")
    server, sink = FeedServer(), MailSink(folder / "mails.jsonl")
    stage = Stage(folder=folder, server=server, sink=sink)
    try:
        counted = drill(stage, options.kills, options.seed)
    except DaemonDiedError as error:
        tell(f"{stage.log_tail()}\nthe daemon ended by itself: {error}; see {folder}")
        return 1
    finally:
        sink.close()
        server.close()
    is_lost = counted["lost"] > 0
    if is_lost:
        tell(f"{stage.log_tail()}\nsomething was lost; see {folder}")
    else:
        shutil.rmtree(folder)
    sys.stdout.write(json.dumps({"sqlite": counted}) + "\n")
    return int(is_lost)


if __name__ == "__main__":
    sys.exit(main())
