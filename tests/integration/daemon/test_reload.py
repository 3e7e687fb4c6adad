"""SIGHUP: what changed is taken up, what is bad leaves the last good in force, and is told."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.app import App, build
from monitor.clock import SystemClock
from monitor.config import Config, load
from monitor.daemon.pulse import Pulse
from monitor.daemon.run import Daemon
from monitor.daemon.signals import Signals
from monitor.store import troubles
from tests.fixtures.small_web import Asked, Page, Web, serve
from tests.integration.daemon.test_run import PATIENCE, troops

BROKEN_RULE = """\
[[rule]]
id = "mine"
title = "x"
event = "gift"
severity = "low"
[[rule.match]]
act = "a NAER/5 b"
"""


@dataclass
class Place:
    """A folder with a configuration, and a daemon that runs in this process."""

    folder: Path
    web: Web

    def configure(self, *feeds: str, more: str = "", channel: str = "file") -> None:
        tables = "".join(
            f'[[feeds]]\nid = "{feed}"\nurl = "{self.web.url("/" + feed)}"\ntitle = "{feed}"\n' for feed in feeds
        )
        text = (
            f'database.url = "sqlite:///m.db"\nfetch.allow = ["{self.web.host}"]\nrules.dir = "rules"\n'
            f"rules.shipped = false\n{more}\n"
            f'{tables}[[channels]]\nname = "{channel}"\nurl = "{self.mail(channel)}"\n'
            f'[[channels]]\nname = "ops"\nurl = "{self.mail("ops")}"\noperator = true\n'
            f'[[routes]]\nchannels = ["{channel}"]\n'
        )
        new = self.folder / "config.new"
        new.write_text(text)
        new.replace(self.folder / "config.toml")  # whole, or a reload might read half of it

    def mail(self, channel: str) -> str:
        return f"eml://{self.folder}/{channel}?from=a@example.org&to=b@example.org"

    def config(self) -> Config:
        return load(self.folder / "config.toml", {}, folder=self.folder)

    def told(self, words: str) -> Callable[[], bool]:
        """Whether an operator was told these words."""
        return lambda: any(words in path.read_text() for path in self.folder.glob("ops/*.eml"))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    (tmp_path / "rules").mkdir()
    now = SystemClock().now()
    with serve({"/alder": troops(1, now), "/birch": troops(2, now)}) as web:
        yield Place(tmp_path, web)


@contextmanager
def running(place: Place) -> Iterator[App]:
    """The daemon at work in this thread's place: the test runs beside it, in another."""
    with build(place.config(), SystemClock(), is_daemon=True) as app:
        yield app


def drive(place: Place, test: Callable[[App], None]) -> None:
    """Serve in the main thread, which alone gets signals, and run the test beside it; what it raises is raised here."""
    failed: list[BaseException] = []
    with running(place) as app, Signals(signal.SIGTERM, signal.SIGHUP) as signals:
        daemon = Daemon(app, signals=signals, reread=place.config)

        def beside() -> None:
            try:
                test(app)
            except BaseException as error:
                failed.append(error)
            finally:
                daemon.stop()

        thread = threading.Thread(target=beside)
        daemon.serve(on_ready=thread.start)
        thread.join()
    for error in failed:
        raise error


def until(is_so: Callable[[], object]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.02)
    return False


def is_asked_for(web: Web, path: str) -> bool:
    return path in {one.path for one in web.asked}


def hang_up() -> None:
    os.kill(os.getpid(), signal.SIGHUP)


def test_feeds_and_channels_that_changed_are_taken_up_while_it_runs(place: Place) -> None:
    place.configure("alder")

    def test(_app: App) -> None:
        assert until(lambda: is_asked_for(place.web, "/alder"))
        place.configure("alder", "birch", channel="desk")
        hang_up()
        assert until(lambda: is_asked_for(place.web, "/birch"))
        assert until(lambda: list(_app.channels) == ["desk", "ops"])

    drive(place, test)


def test_a_poll_under_way_finishes_with_what_it_had_and_is_not_made_again(place: Place) -> None:
    place.configure("alder")
    may_answer, page = threading.Event(), place.web.pages["/alder"]
    assert isinstance(page, Page)

    def slow(_asked: Asked) -> Page:
        may_answer.wait(PATIENCE)
        return page

    place.web.pages["/alder"] = slow

    def test(app: App) -> None:
        assert until(lambda: is_asked_for(place.web, "/alder"))
        before = app.pipeline
        place.configure("alder", "birch")
        hang_up()
        assert until(lambda: app.pipeline is not before)
        may_answer.set()
        assert until(lambda: is_asked_for(place.web, "/birch"))

    drive(place, test)
    assert [one.path for one in place.web.asked].count("/alder") == 1


def test_a_bad_configuration_leaves_the_last_good_in_force_and_is_told_until_it_is_mended(place: Place) -> None:
    place.configure("alder")

    def test(app: App) -> None:
        place.configure("alder", "birch", more='fetch.evry = "1s"')
        hang_up()
        assert until(place.told("config.toml:5:7"))
        assert list(app.feeds) == ["alder"]
        with app.store.look() as work:
            assert [one.trouble.kind for one in troubles.lasting(work)] == ["config"]
        hang_up()  # the same mistake once more
        place.configure("alder", "birch")
        hang_up()
        assert until(place.told("Mended: A mistake in"))
        assert list(app.feeds) == ["alder", "birch"]

    drive(place, test)
    assert len(list(place.folder.glob("ops/*.eml"))) == 2


def test_a_bad_rule_is_told_with_its_place_and_the_others_stay_in_force(place: Place) -> None:
    place.configure("alder")

    def test(app: App) -> None:
        before = len(app.rules.pack.rules)
        (place.folder / "rules" / "mine.toml").write_text(BROKEN_RULE)
        hang_up()
        assert until(place.told("mine.toml:"))
        assert len(app.rules.pack.rules) == before
        (place.folder / "rules" / "mine.toml").unlink()
        hang_up()
        assert until(place.told("Mended: "))

    drive(place, test)


def test_another_database_needs_a_restart_and_the_old_one_stays(place: Place) -> None:
    place.configure("alder")
    other = (place.folder / "config.toml").read_text().replace("m.db", "other.db")

    def test(app: App) -> None:
        (place.folder / "config.toml").write_text(other + '[display]\nlanguage = "de"\n')
        hang_up()
        assert until(lambda: app.config.display.language == "de")
        assert app.config.database.url.reveal().endswith("/m.db")

    drive(place, test)
    assert not (place.folder / "other.db").exists()


def test_a_sigterm_in_the_first_second_ends_it_cleanly(place: Place) -> None:
    place.configure("alder")
    code = "import sys; from monitor.__main__ import main; print('up', flush=True); sys.exit(main())"
    command = [sys.executable, "-c", code, "run", "--config", str(place.folder / "config.toml")]
    for delay in (0.05, 0.4):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(delay)
            process.send_signal(signal.SIGTERM)
            _, log = process.communicate(timeout=PATIENCE)

        assert process.returncode == 0, log


def test_the_next_start_tells_of_an_end_unasked(place: Place) -> None:
    place.configure("alder")
    with build(place.config(), SystemClock(), is_daemon=True) as app, app.store.work() as work:
        from monitor.store import life

        life.begin(work, "elsewhere:1", app.clock.now())

    drive(place, lambda _app: None if until(place.told("ended unasked")) else pytest.fail("nobody was told"))


def test_a_loop_without_progress_is_late_and_one_that_ended_is_not() -> None:
    now = [0.0]
    pulse = Pulse(lambda: now[0])
    pulse.beat("poll", 10)
    pulse.beat("deliver-desk", 5)

    now[0] = 7
    assert pulse.late() == ["deliver-desk"]
    pulse.beat("deliver-desk", 5)
    now[0] = 11
    pulse.end("poll")

    assert pulse.late() == []


def test_the_watchdog_is_fed_while_loops_make_progress_and_not_when_one_hangs(place: Place, tmp_path: Path) -> None:
    """A polling loop that hangs as one would: in something that looks on at what it does."""
    place.configure("alder")
    code = f"""
import json, sys, threading, monitor.daemon.run as run, monitor.log
from pathlib import Path
from monitor.app import build
from monitor.clock import SystemClock
from monitor.config import load
run.POLL_PATIENCE = 1.0
monitor.log.setup("info", "json", sys.stderr)
with build(load(Path({str(place.folder / "config.toml")!r}), {{}}, folder=Path.cwd()),
           SystemClock(), is_daemon=True) as app:
    app.listen(lambda fact: threading.Event().wait() if fact.event == "feed_polled" else None)
    run.Daemon(app).serve()
"""
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(PATIENCE)
        environ = {**os.environ, "NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "800000"}
        with subprocess.Popen([sys.executable, "-c", code], env=environ, stderr=subprocess.PIPE, text=True) as process:
            told = ""
            while "WATCHDOG=1" not in told:
                told += manager.recv(4096).decode()
            manager.settimeout(2.5)
            is_silent = False
            while not is_silent:
                try:
                    manager.recv(4096)
                except TimeoutError:
                    is_silent = True
            process.kill()
            _, log = process.communicate()

    assert any(
        event.get("event") == "loop_hung" and event["loops"] == ["poll"]
        for event in (json.loads(line) for line in log.splitlines() if line.startswith("{"))
    )
