"""What waits, from the feed to the screen: held, decided again at its end, told once; and what goes as one message."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config import Config, config_of
from monitor.model import ChannelName, Silence
from monitor.store import acknowledged, alerts, ledger, outbox, silences, stories
from tests.builders import minutes
from tests.fixtures.small_web import serve
from tests.integration.pipeline.test_pipeline import NOON, QUIET, SCREEN, TROOPS, Desk, rss

PHONE = ChannelName("phone")
MANY = [
    (f"{state} sends 3,000 soldiers to Russia", "") for state in ("Iran", "China", "Cuba", "Laos", "Vietnam", "Belarus")
]


class Waiting(Desk):
    """A desk with a route of its own."""

    route = ""

    def config(self) -> Config:
        text = f"""
            database.url = "sqlite:///{self.folder}/m.db"
            fetch.allow = ["{self.web.host}"]
            feeds = [{{ id = "alder", url = "{self.web.url("/feed")}", title = "Alder" }}]
            channels = [{{ name = "screen", url = "console://" }}, {{ name = "phone", url = "console://" }}]
            [[routes]]
            channels = ["screen"]
            {self.route}
        """
        return config_of(text, "config.toml", beside=self.folder, environ={})

    def under(self, route: str) -> None:
        """Go on with this route."""
        self.route = route
        self.app.reload(self.config)

    def passed(self, by: timedelta) -> str:
        """Let time pass, decide again, send; gives what was printed meanwhile."""
        self.clock.move(by)
        before = len(self.screen.getvalue())
        self.app.pipeline.review()
        for channel in (SCREEN, PHONE):
            self.app.pipeline.deliver(channel)
        return self.screen.getvalue()[before:]

    def verdicts(self) -> list[tuple[str, str]]:
        """Kind and reason of every verdict, the first first."""
        with self.app.store.look() as work:
            rows = ledger.read(work, limit=1000)[::-1]
        kinds = ("alert_raised", "alert_held", "alert_dropped")
        return [(row.kind, row.because.split(";")[0]) for row in rows if row.kind in kinds]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Waiting]:
    with serve({"/feed": rss(TROOPS, QUIET)}) as web:
        desk = Waiting(web, tmp_path)
        yield desk
        desk.app.close()


def test_a_first_alert_gathers_reports_and_goes_once(desk: Waiting) -> None:
    desk.under('wait = "10m"')

    assert desk.round(minutes(1)) == ""
    assert desk.passed(minutes(8)) == ""
    assert "North Korea sends troops to Russia" in desk.passed(minutes(1))
    assert desk.passed(minutes(60)) == ""
    assert [kind for kind, _ in desk.verdicts()] == ["alert_held", "alert_raised"]


def test_quiet_hours_end_with_one_message_of_what_the_night_brought(desk: Waiting) -> None:
    desk.web.pages["/feed"] = rss(*MANY)
    desk.under('quiet = "11:00-18:00"')

    assert desk.round(minutes(60)) == ""
    printed = desk.passed(timedelta(hours=5))

    assert printed.count("CRITICAL") + printed.count("HIGH") == 1
    assert f"Digest: {len(MANY)} stories" in printed
    assert all(title.split()[0] in printed for title, _ in MANY)
    assert desk.passed(timedelta(hours=24)) == ""


def test_a_digest_of_one_story_is_that_story(desk: Waiting) -> None:
    desk.under('digest = "14:00"')

    assert desk.round(minutes(60)) == ""
    printed = desk.passed(minutes(60))

    assert "Digest" not in printed
    assert "North Korea sends troops to Russia" in printed


def test_a_silence_holds_until_somebody_ends_it_and_all_of_it_is_on_record(desk: Waiting) -> None:
    with desk.app.store.work() as work:
        silence = Silence(
            id="abcd", author="ann", reason="a drill", starts_at=NOON, ends_at=NOON + timedelta(days=2),
            parties=frozenset({"PRK"}),
        )  # fmt: skip
        silences.add(work, silence, NOON)

    assert desk.round(minutes(5)) == ""
    with desk.app.store.work() as work:
        silences.expire(work, "ab", "bob", desk.clock.now())
    assert "North Korea" in desk.passed(minutes(0))
    assert desk.passed(timedelta(days=3)) == ""
    assert desk.verdicts()[0] == ("alert_held", "silenced by ann: a drill (silence abcd)")
    with desk.app.store.look() as work:
        kinds = {row.kind for row in ledger.read(work, limit=100)}
    assert {"silence_added", "silence_expired"} <= kinds


def test_a_route_that_is_gone_ends_a_hold_with_a_verdict(desk: Waiting) -> None:
    desk.under('wait = "10m"')
    desk.round(minutes(1))
    desk.under('events = ["gift"]')

    assert desk.passed(minutes(20)) == ""
    assert desk.verdicts()[-1] == ("alert_dropped", "no route takes it any more")
    with desk.app.store.look() as work:
        assert outbox.due_holds(work, desk.clock.now()) == []


@pytest.mark.parametrize("is_noted", [True, False])
def test_what_nobody_acknowledges_goes_to_the_phone(desk: Waiting, *, is_noted: bool) -> None:
    desk.under('escalate = { after = "15m", channels = ["phone"] }')
    desk.round(minutes(5))
    with desk.app.store.work() as work:
        (story,) = stories.latest(work, 5)
        assert outbox.due_holds(work, NOON + minutes(15)) == [(story.id, PHONE)]
        if is_noted:
            (alert,) = [
                alerts.get(work, row.alert).alert for row in ledger.read(work, kind="alert_raised") if row.alert
            ]
            acknowledged.add(work, alert, "ann", "", desk.clock.now())

    printed = desk.passed(minutes(11))

    assert ("North Korea" in printed) is not is_noted
    last = ("alert_dropped", "acknowledged by ann") if is_noted else ("alert_raised", "first time told here")
    assert desk.verdicts()[-1] == last


def test_the_drain_after_an_outage_is_few_messages_and_settles_each_delivery(desk: Waiting) -> None:
    desk.web.pages["/feed"] = rss(*MANY)
    desk.app.pipeline.poll()
    desk.clock.move(minutes(10))
    with desk.app.store.work() as work:
        assert outbox.waiting(work) == {SCREEN: len(MANY)}
        assert outbox.bundle_backlog(work, SCREEN, desk.clock.now(), len(MANY), len(MANY)) == 0
        assert outbox.bundle_backlog(work, SCREEN, desk.clock.now(), len(MANY) - 1, len(MANY) - 2) == len(MANY)

    printed = desk.passed(minutes(0))

    assert printed.count("Digest:") == 2
    assert "the channel could not be reached for a while" in printed
    with desk.app.store.look() as work:
        assert outbox.waiting(work) == {}
        assert len(ledger.read(work, kind="delivery_accepted", limit=50)) == len(MANY)
