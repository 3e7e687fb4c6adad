"""Whatever comes in at the listener costs one connection at most: others are served."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from monitor.web.listener import Bounds
from tests.integration.web.conftest import Site

QUICK = Bounds(connections=4, patience=0.3, linger=0.3)
PATIENT = Bounds(connections=4, patience=30)

BEGUN = b"POST /a/x HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nby="


@contextmanager
def connected(site: Site) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", site.listener.port), timeout=30) as connection:
        yield connection


def said_to(site: Site, *pieces: bytes) -> bytes:
    """All that the server answers to these bytes."""
    with connected(site) as connection:
        for piece in pieces:
            connection.sendall(piece)
        return heard_by(connection)


def heard_by(connection: socket.socket) -> bytes:
    heard = b""
    try:
        while more := connection.recv(65_536):
            heard += more
    except ConnectionError:
        pass
    return heard


def reopened(site: Site, bounds: Bounds) -> Site:
    site.listener.close()
    site.open(bounds)
    return site


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        pytest.param(400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", id="tls"),
        pytest.param(400, b"GET /\r\n\r\n", id="http-0.9"),
        pytest.param(400, b"GET http://evil.example/a/x HTTP/1.1\r\n\r\n", id="proxy"),
        pytest.param(405, b"DELETE /a/x HTTP/1.1\r\n\r\n", id="method"),
        pytest.param(405, b"TRACE /a/x HTTP/1.1\r\n\r\n", id="trace"),
        pytest.param(411, b"POST /a/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", id="chunked"),
        pytest.param(413, b"POST /a/x HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n" + b"a" * 60_000, id="huge-body"),
        pytest.param(414, b"GET /" + b"a" * 60_000, id="endless-line"),
        pytest.param(431, b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 10_000, id="endless-headers"),
        pytest.param(417, b"POST / HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n", id="expect"),
    ],
)
def test_what_is_no_request_of_ours_is_refused_with_a_page(site: Site, status: int, sent: bytes) -> None:
    reopened(site, QUICK)

    heard = said_to(site, sent)

    assert heard.startswith(b"HTTP/1.1 %d " % status)
    assert b"Content-Security-Policy: default-src 'none'" in heard
    assert b"evil.example" not in heard
    assert site.ask("GET", site.link()).status == 200


@pytest.mark.parametrize("body", [b"by=%FF%FE", b"by=\xff\xfe", b"&" * 50 + b"a=1" * 9, b"a=1&" * 20])
def test_a_form_that_is_none_is_refused(site: Site, body: bytes) -> None:
    head = f"POST {site.link()} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"

    heard = said_to(site, head.encode(), f"Content-Length: {len(body)}\r\n\r\n".encode(), body)

    assert heard.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 200 "))
    assert site.answers() == [] or heard.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("sent", [b"", b"GET", BEGUN])
def test_who_dawdles_is_told_that_it_took_too_long(site: Site, sent: bytes) -> None:
    reopened(site, QUICK)

    assert said_to(site, sent).startswith(b"HTTP/1.1 408 ")


def test_who_drips_a_byte_now_and_then_gains_no_time(site: Site) -> None:
    reopened(site, QUICK)
    is_over = threading.Event()

    with connected(site) as connection:

        def drip() -> None:
            while not is_over.wait(0.05):
                try:
                    connection.sendall(b"a")
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        heard = heard_by(connection)
        is_over.set()
        thread.join()

    assert heard == b"" or heard.startswith((b"HTTP/1.1 408 ", b"HTTP/1.1 414 "))
    assert site.ask("GET", site.link()).status == 200


def test_slow_clients_make_room_for_others_long_before_their_time_is_over(site: Site) -> None:
    reopened(site, PATIENT)

    with ExitStack() as opened:
        slow = [opened.enter_context(connected(site)) for _ in range(12)]
        for connection in slow:
            connection.sendall(b"GET /a/")
        answered = [site.ask("POST", site.link(), {}).status for _ in range(8)]
        heard = heard_by(slow[0])

    assert answered == [200] * 8
    assert heard == b""


def test_who_stays_after_a_refusal_makes_room_too(site: Site) -> None:
    reopened(site, Bounds(connections=4, patience=30, linger=30))

    with ExitStack() as opened:
        refused = [opened.enter_context(connected(site)) for _ in range(8)]
        for connection in refused:
            connection.sendall(b"DELETE / HTTP/1.1\r\n\r\n")
        answered = [site.ask("GET", site.link()).status for _ in range(8)]

    assert answered == [200] * 8


def test_who_leaves_before_the_answer_costs_nothing(site: Site) -> None:
    for _ in range(20):
        with connected(site) as connection:
            connection.sendall(f"GET {site.link()} HTTP/1.1\r\n\r\n".encode())

    assert site.ask("GET", site.link()).status == 200


def test_a_button_pressed_by_many_at_once_is_pressed_once(site: Site) -> None:
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(site.ask("POST", site.link("wrong-event"), {}).status))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [200] * 12
    assert len(site.answers()) == 1


@pytest.mark.parametrize("odd", [b"\x85", b"\xff", b"\xe2\x80\xa8", b"\t", b"=?utf-8?b?AAAA?=", b":;,"])
def test_odd_letters_in_a_header_change_nothing(site: Site, odd: bytes) -> None:
    head = f"POST {site.link()} HTTP/1.1\r\nX-Odd: a".encode() + odd + b"Content-Length: 900\r\n"

    heard = said_to(site, head + BEGUN.partition(b"\r\n")[2] + b"Ann%21")

    assert heard.startswith(b"HTTP/1.1 200 ")
    assert "Ann!" in site.answers()[0].because


def test_one_connection_has_one_request(site: Site) -> None:
    request = f"GET {site.link()} HTTP/1.1\r\nConnection: keep-alive\r\n\r\n".encode()

    heard = said_to(site, request + request)

    assert heard.count(b"HTTP/1.1 ") == 1
    assert b"Connection: close" in heard


def test_closed_it_takes_no_more(site: Site) -> None:
    site.listener.close()

    assert not site.listener.is_alive
    with pytest.raises(OSError, match="refused"):
        site.ask("GET", site.link())
