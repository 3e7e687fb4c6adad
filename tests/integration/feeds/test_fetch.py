"""Polling over real HTTP on loopback: what servers ordinarily do, and what is remembered of it."""

import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import islice

import pytest

from monitor.clock import SystemClock
from monitor.feeds.fetch import Fetcher
from monitor.feeds.schedule import after_poll
from monitor.http import USER_AGENT, Answer, Client, Limits
from monitor.model import Document, Feed, FeedId, FetchFailed, NotModified, Polled, PollState
from tests.fixtures.small_web import Asked, Page, Web, a_feed, serve

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
RSS = {"Content-Type": "application/rss+xml"}


@pytest.fixture
def web() -> Iterator[Web]:
    with serve({"/feed": Page(body=a_feed(), headers=RSS)}) as running:
        yield running


@pytest.fixture
def fetcher(web: Web) -> Iterator[Fetcher]:
    limits = Limits(total=timedelta(seconds=5))
    with Client(clock=SystemClock(), allow=[web.host], limits=limits) as client, Fetcher(client, threads=4) as running:
        yield running


def a_feed_at(url: str, name: str = "alder") -> Feed:
    return Feed(id=FeedId(name), url=url, title="Alder Wire")


def once(due: list[tuple[Feed, PollState]]) -> Callable[[int], list[tuple[Feed, PollState]]]:
    """Gives these feeds when first asked for more, and none later."""
    waiting = iter(due)
    return lambda limit: list(islice(waiting, limit))


def polled_twice(fetcher: Fetcher, feed: Feed) -> tuple[Polled, Polled, PollState]:
    """The first poll, the second one with what was remembered of the first, and what that leaves."""
    state = PollState(feed=feed.id)
    first = fetcher.fetch(feed, state, NOW)
    state = after_poll(feed, state, first, NOW, 0.0)
    second = fetcher.fetch(feed, state, NOW + timedelta(minutes=5))
    return first, second, after_poll(feed, state, second, NOW + timedelta(minutes=5), 0.0)


def test_a_document_comes_with_all_that_the_next_poll_needs(web: Web, fetcher: Fetcher) -> None:
    headers = {"ETag": '"1"', "Last-Modified": "then", "Cache-Control": "public, max-age=600", "Age": "100", **RSS}
    web.pages["/feed"] = Page(body=a_feed(), headers=headers)

    polled = fetcher.fetch(a_feed_at(web.url("/feed")), PollState(feed=FeedId("alder")), NOW)

    assert isinstance(polled, Document)
    assert (polled.body, polled.url, polled.fetched_at) == (a_feed(), web.url("/feed"), NOW)
    assert (polled.etag, polled.last_modified, polled.max_age) == ('"1"', "then", timedelta(seconds=500))
    assert web.asked[0].headers["user-agent"] == USER_AGENT
    assert web.asked[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("headers", "condition"),
    [({"ETag": 'W/"1"'}, "if-none-match"), ({"Last-Modified": "Tue, 24 Nov 2026 10:00:00 GMT"}, "if-modified-since")],
)
def test_a_validator_comes_back_and_a_304_is_not_modified(
    web: Web, fetcher: Fetcher, headers: Mapping[str, str], condition: str
) -> None:
    web.pages["/feed"] = Page(body=a_feed(), headers=headers)

    first, second, state = polled_twice(fetcher, a_feed_at(web.url("/feed")))

    assert isinstance(first, Document)
    assert isinstance(second, NotModified)
    assert web.asked[1].headers[condition] in headers.values()
    assert state.last_success == NOW + timedelta(minutes=5)


def test_the_same_bytes_again_are_not_modified_and_bring_fresh_validators(web: Web, fetcher: Fetcher) -> None:
    def always_fresh(_: Asked) -> Page:
        return Page(body=a_feed(), headers={"ETag": f'"{len(web.asked)}"'})

    web.pages["/feed"] = always_fresh

    _, second, state = polled_twice(fetcher, a_feed_at(web.url("/feed")))

    assert isinstance(second, NotModified)
    assert state.etag == '"2"'


def test_a_changed_document_is_read_though_its_etag_never_changes(web: Web, fetcher: Fetcher) -> None:
    feed = a_feed_at(web.url("/feed"))
    state = after_poll(feed, PollState(feed=feed.id), fetcher.fetch(feed, PollState(feed=feed.id), NOW), NOW, 0.0)
    web.pages["/feed"] = Page(body=a_feed("Another"), headers=RSS)

    assert isinstance(fetcher.fetch(feed, state, NOW), Document)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        (format_datetime(NOW + timedelta(minutes=5), usegmt=True), timedelta(minutes=5)),
        ("3153600000", timedelta(hours=24)),
        ("soon", None),
        ("-5", None),
        (format_datetime(NOW - timedelta(days=9), usegmt=True), None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_the_wait_that_a_server_asks_for_is_noted(
    web: Web, fetcher: Fetcher, status: int, value: str, wait: timedelta | None
) -> None:
    web.pages["/feed"] = Page(status=status, headers={"Retry-After": value})

    polled = fetcher.fetch(a_feed_at(web.url("/feed")), PollState(feed=FeedId("alder")), NOW)

    assert isinstance(polled, FetchFailed)
    assert (polled.because, polled.status, polled.retry_after) == ("http", status, wait)


def test_a_410_ends_the_polling(web: Web, fetcher: Fetcher) -> None:
    web.pages["/feed"] = Page(status=410)

    first, _, state = polled_twice(fetcher, a_feed_at(web.url("/feed")))

    assert isinstance(first, FetchFailed)
    assert first.because == "gone"
    assert state.is_gone


def redirect(status: int, where: str) -> Page:
    return Page(status=status, headers={"Location": where})


@pytest.mark.parametrize(
    ("hops", "moved_to"),
    [
        ([301], "/feed"),
        ([308, 301], "/feed"),
        ([301, 302], "/hop1"),
        ([302, 301], ""),
        ([307], ""),
        ([303], ""),
    ],
)
def test_a_move_is_remembered_as_far_as_the_chain_is_permanent(
    web: Web, fetcher: Fetcher, hops: list[int], moved_to: str
) -> None:
    for place, status in enumerate(hops):
        last = place + 1 == len(hops)
        web.pages[f"/hop{place}"] = redirect(status, "/feed" if last else f"/hop{place + 1}")

    first, _, state = polled_twice(fetcher, a_feed_at(web.url("/hop0")))

    expected = web.url(moved_to) if moved_to else ""
    assert isinstance(first, Document)
    assert (first.url, first.moved_to, state.moved_to) == (web.url("/feed"), expected, expected)
    assert web.asked[len(hops) + 1].path == (moved_to or "/hop0")


def test_a_redirect_to_an_error_is_not_remembered(web: Web, fetcher: Fetcher) -> None:
    web.pages["/old"] = redirect(301, "/nowhere")

    _, _, state = polled_twice(fetcher, a_feed_at(web.url("/old")))

    assert state.moved_to == ""
    assert state.failures == 2


def test_redirects_end(web: Web, fetcher: Fetcher) -> None:
    web.pages["/loop"] = redirect(302, "/loop")

    polled = fetcher.fetch(a_feed_at(web.url("/loop")), PollState(feed=FeedId("alder")), NOW)

    assert isinstance(polled, FetchFailed)
    assert polled.because == "redirect"
    assert len(web.asked) == 6


def test_gzip_is_undone(web: Web, fetcher: Fetcher) -> None:
    web.pages["/feed"] = Page(body=gzip.compress(a_feed()), headers={"Content-Encoding": "gzip"})

    polled = fetcher.fetch(a_feed_at(web.url("/feed")), PollState(feed=FeedId("alder")), NOW)

    assert isinstance(polled, Document)
    assert polled.body == a_feed()


def test_many_feeds_come_back_as_they_answer_and_one_that_hangs_holds_back_nobody(web: Web, fetcher: Fetcher) -> None:
    others_are_through = threading.Event()

    def slow(_: Asked) -> Page:
        others_are_through.wait(10)
        return Page(body=a_feed())

    web.pages["/slow"] = slow
    due = [
        (feed, PollState(feed=feed.id))
        for feed in (a_feed_at(web.url(path), path) for path in ("/slow", "/feed", "/none", "/feed"))
    ]
    order: list[tuple[str, type]] = []

    for feed, state, polled in fetcher.fetch_all(once(due), lambda: NOW):
        assert state.feed == feed.id
        order.append((feed.id, type(polled)))
        if len(order) == 3:
            others_are_through.set()

    assert order[-1] == ("/slow", Document)
    assert sorted(str(name) for name, _ in order) == ["/feed", "/feed", "/none", "/slow"]
    assert ("/none", FetchFailed) in order


def test_feeds_that_hang_hold_back_none_of_those_that_come_due_meanwhile(web: Web) -> None:
    all_others_came = threading.Event()

    def hanging(_: Asked) -> Page:
        all_others_came.wait(20)
        return Page(body=a_feed())

    web.pages["/slow"] = hanging
    feeds = [a_feed_at(web.url("/slow" if n % 20 == 0 else "/feed"), f"f{n}") for n in range(60)]
    due = [(feed, PollState(feed=feed.id)) for feed in feeds]
    came: list[str] = []

    with Client(clock=SystemClock(), allow=[web.host]) as client, Fetcher(client, threads=4) as fetcher:
        for feed, _, _ in fetcher.fetch_all(once(due), lambda: NOW):
            came.append(feed.id)
            if len(came) == 57:
                all_others_came.set()

    assert sorted(came[-3:]) == ["f0", "f20", "f40"]
    assert len(came) == 60


def test_a_stop_abandons_the_feeds_that_hang_within_seconds(web: Web, fetcher: Fetcher) -> None:
    is_stopped = threading.Event()
    web.pages["/slow"] = lambda _: Page(body=a_feed()) if is_stopped.wait(20) else Page(status=500)
    due = [(a_feed_at(web.url("/slow")), PollState(feed=FeedId("alder")))]
    asked = []

    def should_stop() -> bool:
        asked.append(1)
        return len(asked) > 2

    came = list(fetcher.fetch_all(once(due), lambda: NOW, should_stop=should_stop))
    is_stopped.set()

    assert came == []


def test_what_nobody_foresaw_costs_one_poll() -> None:
    class Broken:
        def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
            raise ZeroDivisionError(url, headers)

    with Fetcher(Broken(), threads=1) as fetcher:
        polled = fetcher.fetch(a_feed_at("http://a.example/"), PollState(feed=FeedId("alder")), NOW)

    assert isinstance(polled, FetchFailed)
    assert polled.because == "internal"
    assert "ZeroDivisionError" in polled.detail
