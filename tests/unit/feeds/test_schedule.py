"""A feed is due when it should be, for a reason, and what is remembered of a poll is what the next one needs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds.schedule import (
    LONGEST_BACK_OFF,
    LONGEST_FRESHNESS,
    SOONEST,
    address,
    after_poll,
    current,
    next_due,
)
from monitor.model import Document, Feed, FeedId, FetchFailed, NotModified, Polled, PollState
from monitor.waits import LONGEST_RETRY_AFTER

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEED = Feed(id=FeedId("alder"), url="https://old.example/feed", title="Alder Wire", every=timedelta(minutes=5))
NEVER_POLLED = PollState(feed=FEED.id)


def a_document(
    *, etag: str = "", last_modified: str = "", moved_to: str = "", max_age: timedelta | None = None
) -> Document:
    return Document(
        url=FEED.url,
        body=b"",
        content_type="",
        fetched_at=NOW,
        body_digest="d1",
        etag=etag,
        last_modified=last_modified,
        moved_to=moved_to,
        max_age=max_age,
    )


def a_failure(because: str = "timeout", retry_after: timedelta | None = None) -> FetchFailed:
    return FetchFailed(fetched_at=NOW, because=because, detail="x", retry_after=retry_after)  # type: ignore[arg-type] # any kind, by name


waits = st.timedeltas(timedelta(0), timedelta(days=400))
feeds = st.builds(lambda every: Feed(id=FeedId("f"), url="https://a.example/", title="", every=every), waits)
states = st.builds(lambda failures: PollState(feed=FeedId("f"), failures=failures), st.integers(0, 10_000))
polls: st.SearchStrategy[Polled] = st.one_of(
    st.builds(lambda max_age: a_document(max_age=max_age), st.none() | waits),
    st.builds(lambda max_age: NotModified(fetched_at=NOW, max_age=max_age), st.none() | waits),
    st.builds(a_failure, st.sampled_from(["timeout", "http", "dns", "internal", "gone"]), st.none() | waits),
)
jitters = st.floats(0, 1, exclude_max=True)


@given(feed=feeds, state=states, polled=polls, jitter=jitters, ttl=st.none() | waits)
def test_nothing_is_ever_due_in_the_past_or_at_once(
    feed: Feed, state: PollState, polled: Polled, jitter: float, ttl: timedelta | None
) -> None:
    due = next_due(feed, state, polled, NOW, jitter, ttl=ttl)

    assert due.because
    assert due.at is None or due.at >= NOW + SOONEST


@given(feed=feeds, state=states, asked=waits, jitter=jitters)
def test_nothing_is_due_sooner_than_the_server_asked_of_which_a_day_is_believed(
    feed: Feed, state: PollState, asked: timedelta, jitter: float
) -> None:
    due = next_due(feed, state, a_failure("http", asked), NOW, jitter)

    assert due.at is not None
    assert due.at >= NOW + min(asked, LONGEST_RETRY_AFTER)


@given(feed=feeds, state=states, jitter=jitters)
def test_one_more_failure_never_brings_a_feed_back_sooner(feed: Feed, state: PollState, jitter: float) -> None:
    worse = PollState(feed=state.feed, failures=state.failures + 1)

    once = next_due(feed, state, a_failure(), NOW, jitter).at
    again = next_due(feed, worse, a_failure(), NOW, jitter).at

    assert once is not None
    assert again is not None
    assert once <= again <= NOW + max(feed.every, LONGEST_BACK_OFF) * 1.1


@given(state=states, max_age=waits, jitter=jitters)
def test_a_publisher_slows_us_down_within_a_limit(state: PollState, max_age: timedelta, jitter: float) -> None:
    due = next_due(FEED, state, a_document(max_age=max_age), NOW, jitter).at

    assert due is not None
    assert FEED.every <= due - NOW <= LONGEST_FRESHNESS * 1.1


@pytest.mark.parametrize(
    ("polled", "ttl", "wait", "because"),
    [
        (a_document(), None, timedelta(minutes=5), "interval"),
        (a_document(max_age=timedelta(minutes=1)), None, timedelta(minutes=5), "interval"),
        (a_document(max_age=timedelta(minutes=20)), None, timedelta(minutes=20), "max-age"),
        (a_document(max_age=timedelta(minutes=20)), timedelta(minutes=30), timedelta(minutes=30), "ttl"),
        (NotModified(fetched_at=NOW), None, timedelta(minutes=5), "interval"),
        (a_failure(), None, timedelta(minutes=20), "back-off after 3 failures"),
        (a_failure("http", timedelta(hours=2)), None, timedelta(hours=2), "retry-after"),
        (a_failure("http", timedelta(minutes=1)), None, timedelta(minutes=20), "back-off after 3 failures"),
    ],
)
def test_the_next_poll_has_its_reason(polled: Polled, ttl: timedelta | None, wait: timedelta, because: str) -> None:
    state = PollState(feed=FEED.id, failures=2)

    due = next_due(FEED, state, polled, NOW, 0.0, ttl=ttl)

    assert (due.at, due.because) == (NOW + wait, because)


def test_a_304_ends_a_failure_streak_and_keeps_the_validators() -> None:
    failing = PollState(feed=FEED.id, failures=4, last_error="timeout: x", etag='"1"', body_digest="d0")

    state = after_poll(FEED, failing, NotModified(fetched_at=NOW), NOW, 0.0)

    assert (state.failures, state.last_error, state.last_success) == (0, "", NOW)
    assert (state.etag, state.body_digest) == ('"1"', "d0")


def test_a_failure_keeps_the_validators_and_the_last_success() -> None:
    before = after_poll(FEED, NEVER_POLLED, a_document(etag='"1"'), NOW, 0.0)

    state = after_poll(FEED, before, a_failure(), NOW + timedelta(minutes=5), 0.0)

    assert (state.etag, state.body_digest, state.last_success) == ('"1"', "d1", NOW)
    assert (state.failures, state.last_error) == (1, "timeout: x")


def test_a_document_brings_its_own_validators_or_none() -> None:
    before = after_poll(FEED, NEVER_POLLED, a_document(etag='"1"', last_modified="then"), NOW, 0.0)

    state = after_poll(FEED, before, a_document(etag='"2"'), NOW, 0.0)

    assert (state.etag, state.last_modified) == ('"2"', "")


def test_a_feed_that_moved_for_good_is_asked_where_it_lives_now() -> None:
    state = after_poll(FEED, NEVER_POLLED, a_document(moved_to="https://new.example/feed"), NOW, 0.0)
    later = after_poll(FEED, state, a_document(), NOW, 0.0)

    assert address(FEED, NEVER_POLLED) == FEED.url
    assert address(FEED, state) == address(FEED, later) == "https://new.example/feed"


@pytest.mark.parametrize("because", ["gone", "dns", "not-a-feed", "refused-address"])
def test_a_new_address_that_dies_gives_way_to_the_configured_one(because: str) -> None:
    moved = after_poll(FEED, NEVER_POLLED, a_document(moved_to="https://new.example/feed"), NOW, 0.0)

    state = after_poll(FEED, moved, a_failure(because), NOW, 0.0)

    assert address(FEED, state) == FEED.url
    assert not state.is_gone
    assert state.next_due is not None


def test_a_feed_that_is_gone_is_asked_no_more_until_its_address_changes() -> None:
    state = after_poll(FEED, NEVER_POLLED, a_failure("gone"), NOW, 0.0)
    renamed = Feed(id=FEED.id, url="https://elsewhere.example/feed", title="")

    assert (state.is_gone, state.next_due, state.because) == (True, None, "gone")
    assert not current(renamed, state).is_gone


def test_another_address_in_the_configuration_makes_void_what_the_old_one_taught() -> None:
    document = a_document(etag='"1"', last_modified="then", moved_to="https://new.example/feed")
    state = after_poll(FEED, NEVER_POLLED, document, NOW, 0.0)
    renamed = Feed(id=FEED.id, url="https://elsewhere.example/feed", title="")

    held = current(renamed, state)

    assert (held.etag, held.last_modified, held.body_digest, held.moved_to) == ("", "", "", "")
    assert held.last_success == NOW
    assert address(renamed, state) == renamed.url
