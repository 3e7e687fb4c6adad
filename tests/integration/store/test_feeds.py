"""What is remembered of feeds, and who polls them."""

from dataclasses import replace
from datetime import timedelta

from monitor.model import Feed, FeedId, PollState
from monitor.store import Store, feeds
from monitor.store.work import Work
from tests.builders import NOON, minutes

LEASE = minutes(5)


def a_feed(name: str = "f1", **changes: object) -> Feed:
    return replace(Feed(id=FeedId(name), url=f"https://news.example/{name}", title=name), **changes)  # type: ignore[arg-type]  # fields by name


def claimed(work: Work, *given: Feed, at: timedelta = timedelta(0), worker: str = "w1", limit: int = 10) -> list[str]:
    due = feeds.claim_due(work, {feed.id: feed for feed in given}, NOON + at, worker, LEASE, limit)
    return [feed.id for feed, _ in due]


def test_a_new_feed_is_due_at_once(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, [a_feed()], NOON)

        assert feeds.states(work) == [PollState(feed=FeedId("f1"), next_due=NOON, because="new feed")]
        assert claimed(work, a_feed()) == ["f1"]


def test_a_claimed_feed_is_nobody_elses_until_the_lease_runs_out(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, [a_feed()], NOON)
        claimed(work, a_feed())

        assert claimed(work, a_feed(), worker="w2", at=LEASE - minutes(1)) == []
        assert claimed(work, a_feed(), worker="w2", at=LEASE) == ["f1"]


def test_two_stores_on_one_database_never_claim_the_same_feed(store: Store, url: str) -> None:
    all_feeds = [a_feed(f"f{number}") for number in range(6)]
    other = Store.open(url)
    with store.work() as work:
        feeds.register(work, all_feeds, NOON)

    with store.work() as work:
        mine = claimed(work, *all_feeds, limit=4)
    with other.work() as work:
        theirs = claimed(work, *all_feeds, worker="w2", limit=4)
    other.close()

    assert sorted(mine + theirs) == [feed.id for feed in all_feeds]


def test_a_clock_that_is_set_back_silences_no_feed(store: Store) -> None:
    polled = PollState(feed=FeedId("f1"), last_polled=NOON, next_due=NOON + minutes(10), because="interval")
    gone = PollState(feed=FeedId("f2"), last_polled=NOON, is_gone=True)
    with store.work() as work:
        feeds.register(work, [a_feed(), a_feed("f2")], NOON)
        claimed(work, a_feed(), a_feed("f2"))
        feeds.settle_polls(work, [polled, gone], "w1")

        assert claimed(work, a_feed(), a_feed("f2"), at=-minutes(1)) == []
        assert claimed(work, a_feed(), a_feed("f2"), at=-timedelta(days=1)) == ["f1"]


def test_the_longest_due_come_first(store: Store) -> None:
    early, late = a_feed("z"), a_feed("a")
    with store.work() as work:
        feeds.register(work, [late], NOON)
        feeds.register(work, [early, late], NOON - minutes(1))

        assert claimed(work, early, late, limit=1) == ["z"]


def test_a_feed_that_is_switched_off_or_left_out_is_not_claimed(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, [a_feed("off"), a_feed("left-out")], NOON)

        assert claimed(work, a_feed("off", is_enabled=False)) == []


def test_settling_writes_the_state_and_ends_the_lease(store: Store) -> None:
    after = PollState(
        feed=FeedId("f1"), etag='"e"', last_modified="Tue", body_digest="b", moved_to="https://new.example/",
        moved_from="https://news.example/f1", failures=2, last_error="timeout", last_polled=NOON,
        last_success=NOON - minutes(9), next_due=NOON + minutes(7), because="back-off",
    )  # fmt: skip
    with store.work() as work:
        feeds.register(work, [a_feed()], NOON)
        claimed(work, a_feed())

        assert feeds.settle_polls(work, [after], "w1") == 1
        assert feeds.states(work) == [after]
        assert claimed(work, a_feed(), at=minutes(6)) == []
        assert claimed(work, a_feed(), at=minutes(7)) == ["f1"]


def test_a_poll_whose_lease_went_to_another_is_not_written(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, [a_feed()], NOON)
        claimed(work, a_feed())
        claimed(work, a_feed(), worker="w2", at=LEASE)

        assert feeds.settle_polls(work, [PollState(feed=FeedId("f1"), etag="stale")], "w1") == 0
        assert feeds.states(work)[0].etag == ""


def test_a_feed_that_is_gone_is_never_due(store: Store) -> None:
    gone = PollState(feed=FeedId("f1"), is_gone=True, next_due=None, because="gone")
    with store.work() as work:
        feeds.register(work, [a_feed()], NOON)
        claimed(work, a_feed())
        feeds.settle_polls(work, [gone], "w1")

        assert claimed(work, a_feed(), at=timedelta(days=99)) == []
        assert feeds.next_due(work, {FeedId("f1"): a_feed()}) is None


def test_another_address_makes_what_the_old_server_said_void(store: Store) -> None:
    gone = PollState(feed=FeedId("f1"), etag="old", moved_to="x", moved_from="y", is_gone=True, failures=3)
    moved = a_feed(url="https://news.example/other")
    with store.work() as work:
        feeds.register(work, [a_feed()], NOON)
        claimed(work, a_feed())
        feeds.settle_polls(work, [gone], "w1")
        feeds.register(work, [moved], NOON + minutes(1))

        assert feeds.states(work) == [PollState(feed=FeedId("f1"), next_due=NOON + minutes(1), because="new address")]


def test_a_poll_of_the_old_address_can_not_be_settled_for_the_new(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, [a_feed()], NOON)
        claimed(work, a_feed())
        feeds.register(work, [a_feed(url="https://news.example/other")], NOON)

        assert feeds.settle_polls(work, [PollState(feed=FeedId("f1"), etag="old")], "w1") == 0
        assert feeds.states(work)[0].etag == ""


def test_a_feed_that_leaves_the_configuration_and_comes_back_keeps_its_state(store: Store) -> None:
    after = PollState(feed=FeedId("f1"), etag="e", next_due=NOON + minutes(5), because="interval")
    with store.work() as work:
        feeds.register(work, [a_feed()], NOON)
        claimed(work, a_feed())
        feeds.settle_polls(work, [after], "w1")
        feeds.register(work, [], NOON)
        feeds.register(work, [a_feed()], NOON)

        assert feeds.states(work) == [after]


def test_released_feeds_are_due_again_at_once(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, [a_feed("f1"), a_feed("f2")], NOON)
        claimed(work, a_feed("f1"))
        claimed(work, a_feed("f2"), worker="w2")

        assert feeds.release(work, "w1") == 1
        assert claimed(work, a_feed("f1"), a_feed("f2"), worker="w3") == ["f1"]
        assert feeds.holders(work) == {"w2", "w3"}


def test_a_lease_from_before_the_clock_was_set_back_is_free(store: Store) -> None:
    with store.work() as work:
        feeds.register(work, [a_feed()], NOON - timedelta(days=3))
        claimed(work, a_feed())

        assert claimed(work, a_feed(), worker="w2", at=-timedelta(days=2)) == ["f1"]
        assert claimed(work, a_feed(), worker="w3", at=-timedelta(days=2)) == []
