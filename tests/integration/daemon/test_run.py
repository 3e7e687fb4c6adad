"""The daemon as systemd starts it: ready, at work, stopped."""

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from monitor.clock import SystemClock
from monitor.daemon.systemd import notify
from tests.fixtures.small_web import Page, Web, serve

PATIENCE = 30.0


def troops(number: int, dated: datetime) -> Page:
    """A feed with one alert in it."""
    return Page(
        body=f"""<rss version="2.0"><channel><title>Alder</title><item><guid>{number}</guid>
        <title>North Korea sends 3,000 soldiers to Russia</title><link>https://n.example/{number}</link>
        <pubDate>{format_datetime(dated)}</pubDate></item></channel></rss>""".encode()
    )


def configured(folder: Path, web: Web) -> Path:
    """A configuration file for one feed and alerts as mail files."""
    path = folder / "config.toml"
    path.write_text(
        f"""
        database.url = "sqlite:///m.db"
        fetch.allow = ["{web.host}"]
        feeds = [{{ url = "{web.url("/feed")}", title = "Alder" }}]
        [[channels]]
        name = "file"
        url = "eml://{folder}/mail?from=a@example.org&to=b@example.org"
        """
    )
    return path


@contextmanager
def daemon(config: Path, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """The daemon in a process of its own; killed at the end if it still lives."""
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", "run", "--config", str(config)],
        env={**os.environ, **environ}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(folder: Path, pattern: str) -> bool:
    """Whether a file of that pattern is there, within the time that a loaded machine may need."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if list(folder.glob(pattern)):
            return True
        time.sleep(0.02)
    return False


def is_drained(config: Path) -> bool:
    """Whether `status` comes to say that nothing waits."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        asked = [sys.executable, "-m", "monitor", "status", "--json", "--config", str(config)]
        told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        if not sum(json.loads(told)["waiting"].values()):
            return True
    return False


@pytest.fixture
def web() -> Iterator[Web]:
    with serve({"/feed": troops(1, SystemClock().now())}) as running:
        yield running


def test_it_reports_ready_tells_people_and_stops_cleanly_on_sigterm(web: Web, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(PATIENCE)

        with daemon(configured(tmp_path, web), NOTIFY_SOCKET=str(tmp_path / "notify")) as process:
            ready = manager.recv(4096).decode()
            is_told = wait_for(tmp_path / "mail", "*.eml")
            process.send_signal(signal.SIGTERM)
            _, log = process.communicate(timeout=PATIENCE)

    assert ready.startswith("READY=1\nSTATUS=feeds 1")
    assert is_told
    assert process.returncode == 0
    assert "daemon_stopped" in log
    assert "Traceback" not in log


def test_ctrl_c_stops_it_as_cleanly(web: Web, tmp_path: Path) -> None:
    with daemon(configured(tmp_path, web)) as process:
        is_told = wait_for(tmp_path / "mail", "*.eml")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)

    assert is_told
    assert process.returncode == 0


def test_without_feeds_it_says_so_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'database.url = "sqlite:///{tmp_path / "monitor.db"}"\n')

    with daemon(path) as process:
        assert process.stderr is not None
        log = "".join(itertools.takewhile(lambda line: "daemon_ready" not in line, process.stderr))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)

    assert "no feeds are configured: `relations-monitor feeds add URL` adds one" in log


def test_after_a_sigkill_it_goes_on_and_tells_nothing_twice(web: Web, tmp_path: Path) -> None:
    config = configured(tmp_path, web)
    with daemon(config):
        assert wait_for(tmp_path / "mail", "*.eml")
        assert is_drained(config)

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(PATIENCE)
        with daemon(config, NOTIFY_SOCKET=str(tmp_path / "notify")) as process:
            ready = manager.recv(4096).decode()
            process.send_signal(signal.SIGTERM)
            _, log = process.communicate(timeout=PATIENCE)

    assert "deliveries waiting 0" in ready
    assert process.returncode == 0, log
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1


def test_nobody_is_told_where_no_service_manager_listens(tmp_path: Path) -> None:
    assert not notify("READY=1", environ={})
    assert not notify("READY=1", environ={"NOTIFY_SOCKET": str(tmp_path / "absent")})
