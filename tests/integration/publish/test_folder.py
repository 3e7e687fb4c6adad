"""The folder of feeds follows what was committed, and a folder that can't be written is told once."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import feedparser
import pytest

from monitor.clock import ManualClock
from monitor.decisions import Send
from monitor.facts import Fact
from monitor.model import AlertId, ChannelName
from monitor.publish.folder import Place, Publisher, newest
from monitor.store import Store, articles, outbox, stories
from tests.builders import NAMES, NOON, a_change, an_alert, an_article, hours, minutes
from tests.fixtures.postgres import serve as server

RAISED = Fact(event="alert_raised")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'monitor.db'}")
    with opened.work() as work:
        articles.add(work, [an_article()])
        stories.save(work, a_change())
    yield opened
    opened.close()


def tell(store: Store, number: int) -> None:
    """Two channels are told one more thing."""
    with store.work() as work:
        for channel in ("desk", "pager"):
            alert = an_alert(
                id=AlertId(f"{channel}{number}"), kind="update", changes=(f"news {number}",),
                raised_at=NOON + hours(number),
            )  # fmt: skip
            send = Send(channel=ChannelName(channel), alert=alert, because="new")
            outbox.record(work, a_change(), [send], {}, NOON)


def publisher(store: Store, folder: Path, clock: ManualClock, *, limit: int = 100) -> Publisher:
    place = Place(folder=folder, limit=limit, title="Alerts")
    return Publisher(store, clock, lambda: place, lambda: NAMES, lambda: UTC)


def entries(folder: Path) -> int:
    return len(feedparser.parse((folder / "alerts.atom").read_bytes()).entries)


def test_the_folder_is_written_at_the_start_and_then_when_alerts_were_committed(store: Store, tmp_path: Path) -> None:
    folder, clock = tmp_path / "public" / "alerts", ManualClock(NOON)
    ours = publisher(store, folder, clock)

    facts = [ours.catch_up()]
    tell(store, 1)
    facts.append(ours.catch_up())  # nobody told it of an alert
    ours.hear(RAISED)
    facts.append(ours.catch_up())

    assert [fact and fact.values["alerts"] for fact in facts] == [0, None, 1]
    assert entries(folder) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["alerts.atom", "alerts.json"]
    assert (folder / "alerts.json").stat().st_mode & 0o777 == 0o644


def test_what_is_unchanged_is_not_written_again(store: Store, tmp_path: Path) -> None:
    clock = ManualClock(NOON)
    ours = publisher(store, tmp_path, clock)
    ours.catch_up()
    before = (tmp_path / "alerts.atom").stat().st_ino

    clock.move(hours(1))
    ours.hear(RAISED)
    ours.catch_up()

    assert (tmp_path / "alerts.atom").stat().st_ino == before


def test_the_newest_are_kept_each_once(store: Store, tmp_path: Path) -> None:
    for number in range(5):
        tell(store, number)

    assert [alert.changes for alert in newest(store, 3)] == [("news 4",), ("news 3",), ("news 2",)]
    assert len(newest(store, 100)) == 5


def test_a_folder_that_cannot_be_written_is_told_once_and_tried_again(store: Store, tmp_path: Path) -> None:
    blocked, clock = tmp_path / "blocked", ManualClock(NOON)
    blocked.write_text("a file, and no folder")
    ours = publisher(store, blocked, clock)

    def later(by: timedelta) -> str | None:
        clock.move(by)
        fact = ours.catch_up()
        return fact.event if fact else None

    told = [later(minutes(0)), later(minutes(0.5)), later(minutes(1))]
    blocked.unlink()
    told += [later(minutes(0.5)), later(minutes(1))]

    assert told == ["publish_failed", None, None, None, "alerts_published"]
    assert entries(blocked) == 0


def test_where_no_folder_is_named_nothing_is_written(store: Store) -> None:
    ours = Publisher(store, ManualClock(NOON), lambda: None, lambda: NAMES, lambda: UTC)

    assert ours.catch_up() is None


@pytest.mark.world
def test_what_another_daemon_on_the_same_database_raised_is_in_the_folder_within_a_minute(tmp_path: Path) -> None:
    clock = ManualClock(NOON)
    with server("") as running:
        shared = Store.open(running.make("shared"))
        with shared.work() as work:
            articles.add(work, [an_article()])
            stories.save(work, a_change())
        ours = publisher(shared, tmp_path, clock)
        first = ours.catch_up()
        tell(shared, 1)
        at_once = ours.catch_up()
        clock.move(minutes(1))
        later = ours.catch_up()
        clock.move(minutes(1))
        unchanged = ours.catch_up()
        shared.close()

    assert [fact and fact.values["alerts"] for fact in (first, at_once, later, unchanged)] == [0, None, 1, None]
    assert entries(tmp_path) == 1
