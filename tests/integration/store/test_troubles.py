"""The monitor's own troubles, its notices in the outbox, and its signs of life, as a database keeps them."""

from datetime import timedelta

from monitor.alerts.operator import judge
from monitor.cli.health import Limits, looked_at
from monitor.decisions import Accepted, DeadLetter, Refused, Settled
from monitor.model import ChannelName
from monitor.store import Store, life, outbox, troubles
from monitor.trouble import Notice, Trouble
from tests.builders import NOON, minutes

OPS, DESK = ChannelName("ops"), ChannelName("desk")
LEASE = timedelta(minutes=5)
LIMITS = Limits(poll=timedelta(minutes=15), waiting=timedelta(hours=1))


def a_trouble(key: str = "feed:alder") -> Trouble:
    return Trouble(key=key, title="Feed alder fails", place="feed alder", problem="503", remedy="look", about=DESK)


def tell(store: Store, *seen: Trouble, at: float = 0) -> list[Notice]:
    """Judge what is seen and queue what is to be told, to two people of one channel."""
    now = NOON + minutes(at)
    with store.work() as work:
        judged = judge(seen, troubles.known(work), ["feed"], now)
        troubles.remember(work, judged.known)
        for notice in judged.notices:
            troubles.queue(work, notice, [OPS], {OPS: ("ann@b.example", "bob@b.example")}, now)
    return list(judged.notices)


def test_a_trouble_comes_back_as_it_was_kept_and_lasts_until_it_is_mended(store: Store) -> None:
    tell(store, a_trouble())
    with store.look() as work:
        [kept] = troubles.lasting(work)
    tell(store, at=1)

    assert (kept.trouble, kept.since, kept.is_open) == (a_trouble(), NOON, True)
    with store.look() as work:
        assert troubles.lasting(work) == []
        assert troubles.known(work)["feed:alder"].mended_at == NOON + minutes(1)


def test_a_notice_goes_out_by_the_outbox_to_each_person_and_mended_does_not_overtake(store: Store) -> None:
    [notice] = tell(store, a_trouble())
    tell(store, at=1)

    with store.work() as work:
        first = outbox.claim(work, OPS, NOON + minutes(2), "w", LEASE, limit=10)
        for delivery, _ in first:
            outbox.settle(work, delivery, Settled(receipt="ok"), Accepted(), NOON + minutes(2), "w")
        then = outbox.claim(work, OPS, NOON + minutes(3), "w", LEASE, limit=10)

    assert [(delivery.recipient, told) for delivery, told in first] == [
        ("ann@b.example", notice), ("bob@b.example", notice),
    ]  # fmt: skip
    assert [told.says for _, told in then if isinstance(told, Notice)] == ["mended", "mended"]
    assert {told.first for _, told in then if isinstance(told, Notice)} == {notice.id}


def test_a_notice_that_is_queued_twice_is_told_once(store: Store) -> None:
    [notice] = tell(store, a_trouble())
    with store.work() as work:
        troubles.queue(work, notice, [OPS], {OPS: ("ann@b.example",)}, NOON)
        assert outbox.waiting(work) == {OPS: 2}


def test_how_a_channel_fares_is_told_by_its_deliveries(store: Store) -> None:
    tell(store, a_trouble())
    with store.work() as work:
        [well] = troubles.healths(work, [OPS], 3)
        [(delivery, _), *_] = outbox.claim(work, OPS, NOON, "w", LEASE, limit=1)
        outbox.settle(work, delivery, DeadLetter(because="refused: 550"), Refused(because="550"), NOON, "w")
        [ill] = troubles.healths(work, [OPS], 0)

    assert (well.failing, well.dead, well.last_dead) == (0, 0, None)
    assert (ill.failing, ill.since, ill.dead, ill.last_dead, ill.dead_because) == (1, NOON, 1, NOON, "refused: 550")


def test_a_life_is_written_and_the_next_one_sees_how_it_ended(store: Store) -> None:
    with store.work() as work:
        assert life.begin(work, "a:1", NOON) is None
        life.beat(work, "a:1", NOON, NOON + minutes(1), NOON)
        killed = life.begin(work, "a:2", NOON + minutes(2))
        life.end(work, "a:2", NOON + minutes(3))
        stopped = life.begin(work, "a:3", NOON + minutes(4))

    assert killed is not None
    assert (killed.beat_at, killed.polled_at, killed.ended_at) == (NOON + minutes(1), NOON, None)
    assert stopped is not None
    assert stopped.ended_at == NOON + minutes(3)


def test_a_daemon_takes_the_place_of_one_beside_it_that_ended_or_fell_silent(store: Store) -> None:
    with store.work() as work:
        life.begin(work, "a:1", NOON)
        life.begin(work, "b:2", NOON + minutes(5))
        life.beat(work, "a:1", NOON, NOON + minutes(6), NOON + minutes(4))
        beside = life.last(work)
        life.end(work, "b:2", NOON + minutes(6))
        told_to_end = life.beat(work, "a:1", NOON, NOON + minutes(6.2), NOON + minutes(4))
        alone = life.last(work)
        life.begin(work, "c:3", NOON + minutes(7))
        silent = life.beat(work, "a:1", NOON, NOON + minutes(8.1), NOON + minutes(8))
        again = life.beat(work, "a:1", NOON, NOON + minutes(8.2), NOON + minutes(8))
        left = life.last(work)

    assert beside is not None
    assert beside.worker == "b:2", "the one that started last has its own word while it lives"
    assert told_to_end is None
    assert alone is not None
    assert (alone.worker, alone.started_at, alone.ended_at) == ("a:1", NOON, None)
    assert left is not None
    assert left.worker == "a:1", "no sign of life for a minute"
    assert silent is not None
    assert silent.worker == "c:3", "nobody told it to end, so that is news"
    assert again is None


def test_health_names_each_reason_and_is_well_without_one(store: Store) -> None:
    with store.work() as work:
        nobody = looked_at(work, NOON, LIMITS)
        life.begin(work, "a:1", NOON)
        life.beat(work, "a:1", NOON, NOON, NOON)
        well = looked_at(work, NOON + minutes(0.5), LIMITS)
        silent = looked_at(work, NOON + minutes(2), LIMITS)
        life.beat(work, "a:1", NOON, NOON + minutes(16), NOON)
        idle = looked_at(work, NOON + minutes(16), LIMITS)
    tell(store, a_trouble())
    with store.work() as work:
        life.beat(work, "a:1", NOON, NOON + minutes(61), NOON + minutes(61))
        late = looked_at(work, NOON + minutes(61), LIMITS)
        life.end(work, "a:1", NOON + minutes(62))
        stopped = looked_at(work, NOON + minutes(62), LIMITS)

    assert nobody["reasons"] == ["no daemon ever worked on this database"]
    assert (well["is_healthy"], well["daemon"]["is_running"], well["daemon"]["beat_age"]) == (True, True, 30)
    assert silent["reasons"] == ["the daemon gave no sign of life for 120 seconds"]
    assert idle["reasons"] == ["no round of polls has ended for 960 seconds"]
    assert late["reasons"] == ["a delivery waits for 3660 seconds"]
    assert (late["troubles"], late["waiting"]) == (["feed:alder"], 2)
    assert stopped["reasons"][0] == "the daemon was stopped at 2026-11-24T13:02:00Z"
