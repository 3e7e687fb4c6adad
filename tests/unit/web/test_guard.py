"""One request in one meaning, within bounds, or a status: whatever comes, and in whatever pieces."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.web.guard import BODY_BYTES, FIELDS, HEAD_BYTES, Refused, read_request

GET = b"GET /a/x HTTP/1.1\r\nHost: h\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /a/x HTTP/1.1\r\nHost: h\r\n" + FORM + b"Content-Length: 6\r\n\r\nby=Ann"


def coming(*pieces: bytes) -> Callable[[int], bytes]:
    """What gives these pieces one after the other, never more than was asked for, and then the end."""
    left = list(pieces)

    def receive(limit: int) -> bytes:
        piece = left.pop(0) if left else b""
        if len(piece) > limit:
            left.insert(0, piece[limit:])
        return piece[:limit]

    return receive


@pytest.mark.parametrize("whole", [GET, POST, POST.replace(b"Host: h\r\n", b"Cookie: " + b"c" * 9_000 + b"\r\n")])
@given(cuts=st.lists(st.integers(0, 10_000), max_size=6))
def test_a_request_in_any_pieces_is_that_request(whole: bytes, cuts: Sequence[int]) -> None:
    places = [0, *sorted(cut % len(whole) for cut in cuts), len(whole)]
    pieces = [whole[start:end] for start, end in pairwise(places) if end > start]

    assert read_request(coming(*pieces)) == whole


def test_what_follows_a_request_belongs_to_none() -> None:
    assert read_request(coming(GET + GET)) == GET
    assert read_request(coming(POST + b"&note=more")) == POST


@given(st.binary(max_size=3_000) | st.binary(max_size=300).map(lambda tail: b"POST /a/x HTTP/1.1\r\n" + tail))
def test_anything_else_is_refused_or_no_longer_than_its_bounds(sent: bytes) -> None:
    read = read_request(coming(sent))

    assert isinstance(read, Refused) or len(read) <= HEAD_BYTES + BODY_BYTES + 4


@pytest.mark.parametrize(
    ("status", "head"),
    [
        pytest.param(400, b"hello", id="no-request"),
        pytest.param(400, b"GET /a/x", id="http-0.9"),
        pytest.param(400, b"GET /a/x HTTP/2.0", id="http-2"),
        pytest.param(400, b"GET  /a/x HTTP/1.1", id="two-spaces"),
        pytest.param(400, b"GET http://h/a/x HTTP/1.1", id="a-proxy-is-asked"),
        pytest.param(400, b"GET a/x HTTP/1.1", id="no-slash"),
        pytest.param(400, b"GET /a\x00x HTTP/1.1", id="nul"),
        pytest.param(400, "GET /ä HTTP/1.1".encode(), id="not-ascii"),
        pytest.param(400, b"get /a/x HTTP/1.1", id="small-letters"),
        pytest.param(405, b"DELETE /a/x HTTP/1.1", id="delete"),
        pytest.param(405, b"CONNECT /a HTTP/1.1", id="connect"),
        pytest.param(405, b"OPTIONS /a/x HTTP/1.1", id="options"),
        pytest.param(414, b"GET /" + b"a" * 2_000 + b" HTTP/1.1", id="long-line"),
        pytest.param(431, b"GET /a/x HTTP/1.1\r\n" + b"A: b\r\n" * (FIELDS + 1), id="many-headers"),
        pytest.param(431, b"GET /a/x HTTP/1.1\r\nA: " + b"b" * HEAD_BYTES, id="long-header"),
        pytest.param(400, b"GET /a/x HTTP/1.1\r\nno colon", id="no-header"),
        pytest.param(400, b"GET /a/x HTTP/1.1\r\nHost : h", id="space-before-the-colon"),
        pytest.param(400, b"GET /a/x HTTP/1.1\r\nA: b\r\n c", id="folded"),
        pytest.param(400, b"GET /a/x HTTP/1.1\r\nA: b\nB: c", id="bare-line-feed"),
        pytest.param(400, b"GET /a/x HTTP/1.1\r\nHost: a\r\nHost: b", id="two-hosts"),
        pytest.param(400, b"GET /a/x HTTP/1.1\r\nContent-Length: 5", id="a-body-to-look"),
        pytest.param(411, b"POST /a/x HTTP/1.1", id="no-length"),
        pytest.param(411, b"POST /a/x HTTP/1.1\r\nTransfer-Encoding: chunked", id="chunked"),
        pytest.param(411, b"POST /a/x HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked", id="smuggled"),
        pytest.param(400, b"POST /a/x HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4", id="two-lengths"),
        pytest.param(400, b"POST /a/x HTTP/1.1\r\nContent-Length: -3", id="less-than-nothing"),
        pytest.param(400, b"POST /a/x HTTP/1.1\r\nContent-Length: +3", id="a-sign"),
        pytest.param(400, b"POST /a/x HTTP/1.1\r\nContent-Length: " + b"9" * 5_000, id="a-very-long-length"),
        pytest.param(413, b"POST /a/x HTTP/1.1\r\nContent-Length: 99999999999", id="huge-body"),
        pytest.param(415, b"POST /a/x HTTP/1.1\r\nContent-Length: 3\r\nContent-Type: text/plain", id="no-form"),
        pytest.param(415, b"POST /a/x HTTP/1.1\r\nContent-Length: 3", id="no-kind"),
        pytest.param(417, b"POST /a/x HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue", id="expect"),
    ],
)
def test_what_is_refused_has_its_status(status: int, head: bytes) -> None:
    assert read_request(coming(head.removesuffix(b"\r\n") + b"\r\n\r\n")) == Refused(status=status)


def test_endless_bytes_are_read_no_further_than_the_bounds() -> None:
    given: list[int] = []

    def receive(limit: int) -> bytes:
        given.append(limit)
        return b"a" * limit

    assert read_request(receive) == Refused(status=414)
    assert sum(given) <= HEAD_BYTES


@pytest.mark.parametrize("sent", [b"", b"GET /a", POST[:-2]])
def test_who_leaves_in_the_middle_hears_nothing(sent: bytes) -> None:
    assert read_request(coming(sent)) == Refused(status=0)


@pytest.mark.parametrize("sent", [b"", b"GET /a/x HTTP/1.1\r\nHos", POST[:-1]])
def test_who_takes_too_long_is_told_so(sent: bytes) -> None:
    before = coming(*([sent] if sent else []))

    def receive(limit: int) -> bytes:
        if piece := before(limit):
            return piece
        raise TimeoutError

    assert read_request(receive) == Refused(status=408)
