"""Feeds that misbehave on purpose: each has the outcome that the table says, and reaches nothing inside.

The whole table runs in a network namespace of its own (`make test-world`); the cases below that need no address
but loopback run everywhere.
"""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.clock import SystemClock
from monitor.feeds.fetch import Fetcher
from monitor.http import Client, Limits
from tests.fixtures.hostile_cases import CASES
from tests.fixtures.hostile_feeds import HostileFeeds, serve
from tests.integration.hostile.polling import poll_case

ROOT = Path(__file__).parents[3]
MEMORY_OF_A_BOMB_MIB = 64
KEY_CASES = [
    "/ok/rss2", "/ok/empty-channel", "/redirect/loopback", "/redirect/loopback-2", "/redirect/localhost",
    "/redirect/hex", "/redirect/ipv4-mapped", "/redirect/userinfo", "/redirect/file", "/redirect/loop",
    "/redirect/301-to-login", "/status/410", "/status/429-huge", "/cond/etag", "/cond/304-first",
    "/gzip/two-members", "/gzip/cut", "/deflate/raw", "/body/length-too-long", "/body/xml-cut",
    "/body/length-absurd", "/xml/billion-laughs", "/xml/external-entity", "/charset/utf16-prolog-lies",
    "/charset/header-right", "/charset/utf7", "/type/consent-page", "/entry/one-bad-of-five",
    "/entry/control-refs", "/entry/schemes",
]  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[HostileFeeds]:
    with serve() as running:
        yield running


@pytest.fixture(scope="module")
def fetcher(server: HostileFeeds) -> Iterator[Fetcher]:
    limits = Limits(total=timedelta(seconds=2))
    with (
        Client(clock=SystemClock(), allow=[f"127.0.0.1:{server.port}"], limits=limits) as client,
        Fetcher(client, threads=2) as running,
    ):
        yield running


@pytest.mark.parametrize("path", KEY_CASES)
def test_a_hostile_feed_has_its_outcome_and_reaches_nothing_inside(
    path: str, server: HostileFeeds, fetcher: Fetcher
) -> None:
    manifest: Any = server.manifest()
    case = next(case for case in manifest["cases"] if case["path"] == path)

    seen = poll_case(fetcher, server.base, case, SystemClock().now())

    assert seen.problems == ()
    assert server.canary_hits() == []


@pytest.fixture(scope="module")
def drill() -> Any:
    """The whole table, polled where there is nothing but loopback."""
    command = [sys.executable, "-m", "tests.integration.hostile.drill"]
    if [name for _, name in socket.if_nameindex()] != ["lo"]:
        command = ["unshare", "-n", "bash", "-c", 'ip link set lo up && exec "$@"', "bash", *command]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.world
@pytest.mark.parametrize("path", [case.path for case in CASES])
def test_every_case_of_the_table_comes_out_as_expected(path: str, drill: Any) -> None:
    assert drill["seen"][path]["problems"] == []


@pytest.mark.world
def test_nothing_inside_was_reached_by_any_of_them(drill: Any) -> None:
    assert drill["canary"] == []


@pytest.mark.world
def test_no_bomb_costs_memory_and_no_case_costs_more_than_its_time(drill: Any) -> None:
    assert {path: grown for path, grown in drill["grown_mib"].items() if grown > MEMORY_OF_A_BOMB_MIB} == {}
    assert {path: took for path, took in drill["took_s"].items() if took > 8} == {}
