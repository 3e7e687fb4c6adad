"""What a machine suffers: no room, no descriptors, a clock that jumps, a sleep. Work goes on by itself after it."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from monitor.app import App
from monitor.errors import StoreError
from monitor.store import care, feeds, outbox, seals
from tests.fixtures.alert_sinks import serve as serve_sinks
from tests.fixtures.small_web import serve
from tests.integration.pipeline.test_channels import HOOK, Outage
from tests.integration.pipeline.test_pipeline import QUIET, SCREEN, TROOPS, Desk, rss


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serve({"/feed": rss(TROOPS, QUIET), "/other": rss(QUIET, first=9)}) as web:
        desk = Desk(web, tmp_path)
        yield desk
        desk.app.close()


@pytest.fixture
def outage(tmp_path: Path) -> Iterator[Outage]:
    with serve_sinks() as sinks:
        made = Outage(sinks, tmp_path)
        yield made
        made.app.close()


@contextmanager
def no_room(app: App) -> Iterator[None]:
    """Within it the database can't grow by a page."""
    engine = app.store._engine

    def shrink(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1")

    event.listen(engine, "begin", shrink)
    yield
    event.remove(engine, "begin", shrink)
    engine.dispose()  # the bound belongs to a connection


@contextmanager
def no_descriptors() -> Iterator[None]:
    """Within it nothing can be opened: no file, no connection."""
    free = os.dup(0)
    os.close(free)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_database_without_room_acknowledges_nothing_and_all_comes_once_there_is_room(desk: Desk) -> None:
    calm = ("Calm weather", "calm " * 9000)  # more than the pages at hand hold, whichever feed comes first
    desk.web.pages |= {"/feed": rss(TROOPS, calm), "/other": rss(calm, first=9)}
    with no_room(desk.app), pytest.raises(StoreError, match="full"):
        desk.app.pipeline.poll()
    with desk.app.store.look() as work:
        assert care.counts(work).articles == 0
        assert [state.etag for state in feeds.states(work) if state.etag] == []

    desk.clock.move(timedelta(minutes=10))
    desk.app.pipeline.poll()
    desk.app.pipeline.deliver(SCREEN)

    assert desk.screen.getvalue().count("CRITICAL") == 1


def test_without_a_free_descriptor_polls_fail_and_are_made_again(desk: Desk) -> None:
    with no_descriptors():
        tally = desk.app.pipeline.poll()
    assert (tally.articles, tally.failed) == (0, tally.polled)

    desk.clock.move(timedelta(hours=2))
    desk.app.pipeline.poll()
    desk.app.pipeline.deliver(SCREEN)

    assert "North Korea sends troops to Russia" in desk.screen.getvalue()


def test_without_a_free_descriptor_nothing_is_sent_and_all_of_it_once_there_are_some(outage: Outage) -> None:
    outage.queue(0, 3)
    with no_descriptors():
        outage.deliver()
    assert outage.arrived() == []

    outage.run(timedelta(minutes=20), timedelta(minutes=1))

    assert outage.arrived() == ["hook0000", "hook0001", "hook0002"]
    assert [record["body"]["may_be_double"] for record in outage.sinks.accepted("webhook")] == [False] * 3


def test_a_machine_that_slept_for_a_week_sends_what_waited_and_gives_nothing_up(outage: Outage) -> None:
    outage.sinks.fault("webhook", "503", times=2)
    outage.queue(0, 3)
    outage.deliver()

    outage.clock.move(timedelta(days=7))
    outage.run(timedelta(minutes=10), timedelta(minutes=1))

    assert sorted(outage.arrived()) == ["hook0000", "hook0001", "hook0002"]
    with outage.app.store.look() as work:
        assert outbox.dead_letters(work, 5) == []


def test_what_a_worker_held_when_the_machine_went_to_sleep_is_sent_after_it(outage: Outage) -> None:
    outage.queue(0, 1)
    with outage.app.store.work() as work:
        assert outbox.claim(work, HOOK, outage.clock.now(), "another", timedelta(minutes=5), 10)

    outage.clock.move(timedelta(hours=30))
    outage.deliver()

    assert outage.arrived() == ["hook0000"]


@pytest.mark.parametrize("jump", [timedelta(days=365), timedelta(hours=3)], ids=["a-year", "hours"])
def test_a_clock_that_jumps_forward_and_back_delays_nothing_and_doubles_nothing(
    outage: Outage, jump: timedelta
) -> None:
    outage.clock.move(jump)
    outage.sinks.fault("webhook", "503", times=3)
    outage.queue(0, 3)
    outage.deliver()
    outage.clock.move(-jump)

    outage.run(timedelta(minutes=15), timedelta(minutes=1))

    assert sorted(outage.arrived()) == ["hook0000", "hook0001", "hook0002"]


def test_the_ledger_stays_whole_though_the_clock_jumps_over_days_and_back(outage: Outage) -> None:
    outage.queue(0, 1)
    outage.clock.move(timedelta(days=2))
    with outage.app.store.place() as work:
        assert len(seals.seal_due(work, outage.clock.now())) == 1
    outage.clock.move(-timedelta(days=2))

    outage.deliver()

    with outage.app.store.look() as work:
        assert [day.judgement for day in seals.verify(work)] == ["sound", "open"]
    assert outage.arrived() == ["hook0000"]
