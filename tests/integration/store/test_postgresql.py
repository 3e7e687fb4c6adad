"""What only a server can suffer, and what its users are told."""

import threading
from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest

from monitor.channels.send import Sender
from monitor.clock import ManualClock
from monitor.errors import Place, Problem, StoreError
from monitor.model import Channel, ChannelName, Feed, FeedId
from monitor.store import Store, feeds, ledger
from monitor.watch import Watch
from tests.builders import NOON
from tests.fixtures.postgres import Server, serve

pytestmark = pytest.mark.world


@pytest.fixture
def shared(server: Server) -> Iterator[Store]:
    """A store on an empty database of the server."""
    store = Store.open(server.make("shared"), busy_seconds=2)
    yield store
    store.close()
    server.drop("shared")


@pytest.mark.parametrize(
    ("url", "because", "remedy"),
    [
        ("postgresql://u:hidden@127.0.0.1:1/d", "can't be reached", "see that the server runs"),
        ("postgresql://u:hidden@/d?host=/nowhere", "can't be reached", "see that the server runs"),
        ("postgresql://postgres:hidden@/absent?host={folder}", "does not exist", "createdb"),
        ("postgresql://nobody_known:hidden@/postgres?host={folder}", "refuses this user", "check user and password"),
    ],
)
def test_a_server_that_can_not_be_used_is_told_with_the_remedy(
    server: Server, url: str, because: str, remedy: str
) -> None:
    with pytest.raises(StoreError, match=because) as caught:
        Store.open(url.format(folder=server.folder))

    assert remedy in caught.value.remedy
    assert "hidden" not in str(caught.value)


def test_a_transaction_whose_connection_is_ended_stores_nothing_and_the_next_one_works(
    shared: Store, server: Server
) -> None:
    def broken_off() -> None:
        with shared.work() as work:
            ledger.add(work, NOON, "lost")
            server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shared'")
            ledger.add(work, NOON, "lost too")

    with pytest.raises(StoreError, match="can't be reached"):
        broken_off()
    with shared.work() as work:
        ledger.add(work, NOON, "kept")

    with shared.look() as work:
        assert [row.kind for row in ledger.read(work)] == ["kept"]


def test_connections_that_were_ended_while_idle_are_replaced(shared: Store, server: Server) -> None:
    with shared.look():
        pass
    server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shared'")

    with shared.look() as work:
        assert ledger.read(work) == []


def test_placing_does_not_hold_up_what_is_sent(shared: Store) -> None:
    with shared.place() as placing, shared.work() as sending:
        ledger.add(placing, NOON, "placed")
        ledger.add(sending, NOON, "sent")


def test_of_several_daemons_one_alone_tells_operators_of_a_trouble(shared: Store) -> None:
    ops = Channel(name=ChannelName("ops"), kind="console", url="console://", is_operator=True)
    both = threading.Barrier(2)

    def look_on(late: float) -> None:
        watch = Watch(
            store=shared, sender=Sender(), clock=ManualClock(NOON + timedelta(seconds=late)), feeds={},
            channels={ops.name: ops}, recipients={ops.name: ("",)}, zone=UTC, observe=lambda _: None,
        )  # fmt: skip
        for number in range(8):
            both.wait()
            watch.judge_files("rules", [Problem(place=Place(file="a.toml", line=number), because="wrong")])

    daemons = [threading.Thread(target=look_on, args=(late,)) for late in (0.0, 0.5)]
    for one in daemons:
        one.start()
    for one in daemons:
        one.join()

    with shared.look() as work:
        told = [row.kind for row in ledger.read(work) if row.kind.startswith("operator_")]
    assert sorted(told) == [*["operator_changed"] * 7, "operator_trouble"]


def test_workers_that_claim_at_once_share_the_feeds(shared: Store) -> None:
    both = {FeedId(f"f{n}"): Feed(id=FeedId(f"f{n}"), url=f"https://x.example/{n}", title="T") for n in range(20)}
    with shared.work() as work:
        feeds.register(work, list(both.values()), NOON)
    taken: dict[str, list[str]] = {}
    gate = threading.Barrier(2)

    def claim(worker: str) -> None:
        with shared.work() as work:
            claimed = feeds.claim_due(work, both, NOON, worker, timedelta(minutes=5), 10)
            taken[worker] = [feed.id for feed, _ in claimed]
            gate.wait(10)  # neither has committed: the other must pass over what this one holds

    threads = [threading.Thread(target=claim, args=(name,)) for name in ("w1", "w2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken["w1"] + taken["w2"]) == sorted(both)


def test_a_standby_is_told_from_a_mistake_of_ours(shared: Store, server: Server) -> None:
    server.run("ALTER DATABASE shared SET default_transaction_read_only = on")
    server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shared'")

    with pytest.raises(StoreError, match="read-only"), shared.work() as work:
        ledger.add(work, NOON, "lost")


def test_a_server_that_is_started_again_is_worked_with_at_once() -> None:
    with serve() as own:
        store = Store.open(own.make("own"), busy_seconds=1)
        with store.work() as work:
            ledger.add(work, NOON, "before")
        own.stop("fast")
        with pytest.raises(StoreError, match="can't be reached"), store.work() as work:
            ledger.add(work, NOON, "lost")
        own.start()

        with store.work() as work:
            ledger.add(work, NOON, "after")

        with store.look() as work:
            assert [row.kind for row in ledger.read(work)] == ["after", "before"]
        store.close()
