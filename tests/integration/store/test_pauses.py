"""A feed that a person lets rest is asked by nobody, and loses nothing of what is remembered of it."""

from monitor.model import Feed, FeedId
from monitor.store import Store, feeds, pauses
from monitor.store.work import Work
from tests.builders import NOON, minutes

FEED = Feed(id=FeedId("f1"), url="https://news.example/f1", title="f1")
OTHER = Feed(id=FeedId("f2"), url="https://news.example/f2", title="f2")
BOTH = {FEED.id: FEED, OTHER.id: OTHER}


def claimed(work: Work, *, after: int) -> list[str]:
    return [feed.id for feed, _ in feeds.claim_due(work, BOTH, NOON + minutes(after), "w1", minutes(5), 10)]


def test_a_feed_rests_until_its_end_comes(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, list(BOTH.values()), NOON)
        pauses.put(work, FEED.id, until=NOON + minutes(60), now=NOON)

        assert claimed(work, after=1) == ["f2"]
        assert claimed(work, after=60) == ["f1", "f2"]


def test_without_an_end_it_rests_until_it_is_resumed(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, [FEED], NOON)
        pauses.put(work, FEED.id, until=None, now=NOON)
        assert claimed(work, after=10_000) == []

        assert pauses.end(work, FEED.id)

        assert claimed(work, after=10_000) == ["f1"]
        assert not pauses.end(work, FEED.id)


def test_a_second_pause_takes_the_place_of_the_first(store: Store) -> None:
    with store.work() as work:
        pauses.put(work, FEED.id, until=None, now=NOON)
        pauses.put(work, FEED.id, until=NOON + minutes(5), now=NOON + minutes(1))

        assert pauses.all_of(work) == {FEED.id: pauses.Pause(since=NOON + minutes(1), until=NOON + minutes(5))}
        assert pauses.resting(work, NOON + minutes(5)) == {}


def test_a_poll_under_way_does_not_end_a_pause(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, [FEED], NOON)
        ((_, state),) = feeds.claim_due(work, BOTH, NOON, "w1", minutes(5), 10)
        pauses.put(work, FEED.id, until=None, now=NOON)

        feeds.settle_polls(work, [state], "w1")

        assert claimed(work, after=1) == []


def test_what_is_due_next_counts_with_the_pauses(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, list(BOTH.values()), NOON)
        pauses.put(work, FEED.id, until=NOON + minutes(60), now=NOON)
        pauses.put(work, OTHER.id, until=None, now=NOON)

        assert feeds.next_due(work, BOTH) == NOON + minutes(60)
