"""The daemon's pages for readers: up while it runs, moved by a reload, and never in the way of anything else."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from monitor.app import App
from monitor.clock import SystemClock
from monitor.store import troubles
from monitor.web.probe import listen_trouble
from tests.fixtures.small_web import serve
from tests.integration.daemon.test_reload import Place, drive, hang_up, until
from tests.integration.daemon.test_run import troops

WEB = """[web]
public_url = "http://127.0.0.1:{0}"
listen = "127.0.0.1:{0}"
secret = "of-this-test-alone-0123456789abc"
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    (tmp_path / "rules").mkdir()
    with serve({"/alder": troops(1, SystemClock().now())}) as web:
        yield Place(tmp_path, web)


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def is_answered(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        try:
            connection.request("GET", "/")
            return connection.getresponse().status == 404
        except OSError:
            return False


def test_it_listens_moves_by_a_reload_and_ends_with_the_daemon(place: Place) -> None:
    first, second = free_port(), free_port()
    place.configure("alder", more=WEB.format(first))

    def test(_app: App) -> None:
        assert until(lambda: is_answered(first))
        assert listen_trouble("127.0.0.1", first) == ""  # ours, and no reason for a warning
        place.configure("alder", more=WEB.format(second))
        hang_up()
        assert until(lambda: is_answered(second))
        assert not is_answered(first)
        place.configure("alder")
        hang_up()
        assert until(lambda: not is_answered(second))
        place.configure("alder", more=WEB.format(first))
        hang_up()
        assert until(lambda: is_answered(first))

    drive(place, test)
    assert not is_answered(first)


def test_an_address_that_is_taken_is_told_and_stops_nothing(place: Place) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        place.configure("alder", more=WEB.format(port))

        def test(app: App) -> None:
            assert until(place.told("The links in messages lead nowhere"))
            assert until(lambda: any(one.path == "/alder" for one in place.web.asked))
            with app.store.look() as work:
                (trouble,) = troubles.lasting(work)
            assert trouble.trouble.kind == "listener"
            assert "already in use" in trouble.trouble.problem
            place.configure("alder", more=WEB.format(free_port()))
            hang_up()
            assert until(place.told("Mended: The links in messages lead nowhere"))

        assert "in use" in listen_trouble("127.0.0.1", port)
        drive(place, test)
