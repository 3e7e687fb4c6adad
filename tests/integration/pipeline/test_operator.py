"""Operators are told of the monitor's own troubles: through the outbox, once each, and when they are mended."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.alerts.troubles import FAILURES
from monitor.app import App, build
from monitor.clock import ManualClock
from monitor.config import config_of
from monitor.errors import StoreError
from monitor.model import ChannelName
from monitor.store import outbox, tables, troubles
from tests.builders import NOON
from tests.fixtures.small_web import Page, Web, a_feed, serve

OPS, DESK = ChannelName("ops"), ChannelName("desk")


@dataclass
class Place:
    """A folder, a web, and a clock; `start` gives the App as the daemon has it."""

    folder: Path
    web: Web
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOON))
    channels: str = (
        '[[channels]]\nname = "desk"\nurl = "eml://{folder}/desk?from=a@b.example&to=c@d.example"\n'
        '[[channels]]\nname = "ops"\nurl = "eml://{folder}/ops?from=a@b.example&to=c@d.example"\noperator = true\n'
        '[[routes]]\nchannels = ["desk"]\n'
    )

    def start(self) -> App:
        feeds = "".join(f'[[feeds]]\nid = "{one}"\nurl = "{self.web.url("/" + one)}"\n' for one in ("alder", "birch"))
        text = (
            f'database.url = "sqlite:///{self.folder}/m.db"\nfetch.allow = ["{self.web.host}"]\n'
            f'fetch.every = "30s"\nrules.shipped = false\n{feeds}{self.channels.format(folder=self.folder)}'
        )
        config = config_of(text, "config.toml", beside=self.folder, environ={})
        return build(config, self.clock, is_daemon=True)

    def told(self) -> list[str]:
        """The subjects of what operators were told."""
        lines = [line for path in sorted(self.folder.glob("ops/*.eml")) for line in path.read_text().splitlines()]
        return [line.removeprefix("Subject: ") for line in lines if line.startswith("Subject: ")]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    page = Page(body=a_feed("Nothing happens"))
    with serve({"/alder": page, "/birch": page}) as web:
        yield Place(tmp_path, web)


def rounds(app: App, clock: ManualClock, count: int) -> None:
    """So many polls, each long after the one before, with a look at ourselves after each."""
    for _ in range(count):
        clock.move(timedelta(hours=12))
        app.pipeline.poll()
        app.watch.look()


def queue(app: App, channel: str, *, state: str) -> None:
    """A delivery on a channel, in this state; what it brings does not matter here."""
    now = app.clock.now()
    values = {"id": f"d-{channel}", "notice": "n", "story": "t", "channel": channel, "recipient": "", "state": state,
              "attempts": 1, "queued_at": now, "next_at": now, "is_unknown": False, "because": "refused: 550",
              "settled_at": now if state == "dead" else None}  # fmt: skip
    with app.store.work() as work:
        notice = {"id": "n", "thread": "t", "raised_at": now, "notice": {}}
        work.run(work.insert(tables.notices).values(notice).on_conflict_do_nothing())
        work.run(work.insert(tables.deliveries).values(values))


def test_a_dead_letter_is_told_by_another_channel_and_again_when_its_channel_takes_something(place: Place) -> None:
    with place.start() as app:
        queue(app, "desk", state="dead")
        app.watch.look()
        app.watch.look()
        app.pipeline.deliver(OPS)
        assert place.told() == ["[high] An alert to channel desk was given up"]
        place.clock.move(timedelta(minutes=1))
        with app.store.work() as work:
            row = {"id": "later", "notice": "n", "story": "u", "channel": "desk", "recipient": "", "state": "accepted",
                   "attempts": 1, "queued_at": NOON, "next_at": NOON, "is_unknown": False, "because": "",
                   "settled_at": app.clock.now()}  # fmt: skip
            work.run(work.insert(tables.deliveries).values(row))
        app.watch.look()
        app.watch.look()
        app.pipeline.deliver(OPS)

    assert len(place.told()) == 2
    assert "Mended: An alert to channel desk" in place.told()[1]


def test_a_feed_that_fails_for_a_streak_is_told_once_over_restarts_and_again_when_it_recovers(place: Place) -> None:
    place.web.pages["/alder"] = Page(status=503)
    with place.start() as app:
        rounds(app, place.clock, FAILURES + 1)
    with place.start() as app:
        rounds(app, place.clock, 1)
        app.pipeline.deliver(OPS)
        assert place.told() == ["[high] Feed alder fails"]
        place.web.pages["/alder"] = place.web.pages["/birch"]
        rounds(app, place.clock, 1)
        place.clock.move(timedelta(seconds=1))
        app.pipeline.deliver(OPS)
        with app.store.look() as work:
            assert troubles.lasting(work) == []
            assert outbox.waiting(work) == {}

    assert sorted(place.told()) == ["[high] Feed alder fails", "[info] Mended: Feed alder fails"]


def test_what_nobody_could_be_told_for_want_of_a_channel_is_told_once_there_is_one(place: Place) -> None:
    place.web.pages["/alder"] = Page(status=503)
    with_operator = place.channels
    place.channels = with_operator.replace("operator = true\n", "")
    with place.start() as app:
        rounds(app, place.clock, FAILURES)
        with app.store.look() as work:
            assert [one.trouble.key for one in troubles.lasting(work)] == ["feed:alder"]
    place.channels = with_operator

    with place.start() as app:
        app.watch.look()
        app.watch.look()
        app.pipeline.deliver(OPS)

    assert place.told() == ["[high] Feed alder fails"]


def test_alerts_without_a_channel_are_told_and_mended_when_the_channel_is_back(place: Place) -> None:
    whole = place.channels
    with place.start() as app:
        queue(app, "gone", state="waiting")
        app.watch.look()
        app.pipeline.deliver(OPS)
    place.channels = whole + '[[channels]]\nname = "gone"\nurl = "console://"\n'
    with place.start() as app:
        place.clock.move(timedelta(minutes=1))
        app.watch.look()
        app.pipeline.deliver(OPS)

    assert [subject[:40] for subject in place.told()] == [
        "[high] Alerts wait for channel gone, whi", "[info] Mended: Alerts wait for channel g",
    ]  # fmt: skip


def test_an_outage_of_the_database_is_told_past_the_outbox_and_once_more_when_it_is_over(place: Place) -> None:
    away = StoreError("the database m.db can't grow: the disk is full", remedy="make room on its disk")
    with place.start() as app:
        assert app.watch.outage_lasts(NOON, away)
        place.clock.move(timedelta(minutes=7))
        app.watch.outage_over(NOON, away)
        app.pipeline.deliver(OPS)

    assert place.told() == [
        "[high] The database cannot be used",
        "[high] The database could not be used for 7 minutes",
    ]
    assert "make room on its disk" in "".join(path.read_text() for path in place.folder.glob("ops/*.eml"))
