"""Channels that fail, against their sinks with a moved clock: nothing lost, order and pace kept, no other delayed."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.app import App, build
from monitor.clock import ManualClock
from monitor.config import config_of
from monitor.decisions import Send
from monitor.facts import Fact
from monitor.model import AlertId, ChannelName, StoryId
from monitor.store import articles, outbox, stories
from monitor.store import channels as channel_rows
from tests.builders import NOON, a_change, a_story, an_alert, an_article
from tests.fixtures.alert_sinks import Sinks, serve

HOOK, MAIL, SCREEN = ChannelName("hook"), ChannelName("mail"), ChannelName("screen")


class Outage:
    """An App with a webhook that fails on request and a screen that never does."""

    def __init__(self, sinks: Sinks, folder: Path, *, every: str = "0s") -> None:
        text = f"""
            [database]
            url = "sqlite:///monitor.db"
            [rules]
            shipped = false
            [[channels]]
            name = "hook"
            url = "webhook://127.0.0.1:{sinks.http_port}/hook"
            every = "{every}"
            [[channels]]
            name = "mail"
            url = "mailto://127.0.0.1:{sinks.smtp_port}?from=m@x.org&to=ana@x.org,bob@x.org,eve@x.org"
            [[channels]]
            name = "screen"
            url = "console://"
            operator = true
        """
        self.sinks = sinks
        self.clock = ManualClock(NOON)
        self.screen = io.StringIO()
        self.facts: list[Fact] = []
        config = config_of(text, "config.toml", beside=folder, environ={})
        self.app: App = build(config, self.clock, is_daemon=True, console=self.screen)
        self.app.listen(self.facts.append)
        with self.app.store.work() as work:
            articles.add(work, [an_article()])

    def queue(self, first: int, last: int, *names: ChannelName) -> None:
        """Queue alerts of these numbers, each of its own story."""
        for number in range(first, last):
            story = a_story(id=StoryId(f"s{number}"))
            with self.app.store.work() as work:
                stories.save(work, a_change(story))
                for name in names or (HOOK,):
                    alert_id = AlertId(f"{name}{number:04}")
                    alert = an_alert(id=alert_id, first_alert=alert_id, story=story.id)
                    send = Send(channel=name, alert=alert, because="new")
                    outbox.record(work, a_change(story), [send], self.app.pipeline.recipients, self.clock.now())

    def deliver(self, name: ChannelName = HOOK) -> int:
        return self.app.pipeline.deliver(name)

    def run(self, span: timedelta, step: timedelta) -> None:
        """Let time pass, delivering at every step."""
        end = self.clock.now() + span
        while self.clock.now() < end:
            self.deliver()
            self.clock.move(step)

    def arrived(self) -> list[str]:
        return [record["body"]["id"] for record in self.sinks.accepted("webhook")]

    def said(self, event: str) -> list[Fact]:
        return [fact for fact in self.facts if fact.event == event]


@pytest.fixture
def sinks() -> Iterator[Sinks]:
    with serve() as running:
        yield running


@pytest.fixture
def outage(sinks: Sinks, tmp_path: Path) -> Iterator[Outage]:
    made = Outage(sinks, tmp_path)
    yield made
    made.app.close()


def test_after_a_days_outage_all_that_waited_arrives_once_and_in_order(outage: Outage) -> None:
    outage.sinks.fault("webhook", "503", times=-1)
    outage.queue(0, 20)
    outage.run(timedelta(hours=24), timedelta(hours=1))
    outage.sinks.reset()

    outage.run(timedelta(minutes=10), timedelta(minutes=5))

    assert outage.arrived() == [f"hook{number:04}" for number in range(20)]
    assert len(outage.said("channel_paused")) == 1
    assert [fact.values["channel"] for fact in outage.said("channel_recovered")] == ["hook"]


def test_a_channel_that_is_down_is_tried_by_few_and_now_and_then(outage: Outage) -> None:
    outage.sinks.fault("webhook", "503", times=-1)
    outage.queue(0, 20)

    outage.run(timedelta(hours=1), timedelta(minutes=2))

    assert len(outage.sinks.all()) <= 60  # each of 20 at each of 30 rounds without a pause


def test_a_channel_that_is_down_delays_no_other(outage: Outage) -> None:
    outage.sinks.fault("webhook", "reset", times=-1)
    outage.queue(0, 5, HOOK, SCREEN)
    outage.deliver()

    outage.deliver(SCREEN)

    assert outage.screen.getvalue().count("CRITICAL") == 5


def test_a_message_that_a_channel_can_not_take_holds_back_no_other(outage: Outage) -> None:
    outage.sinks.fault("webhook", "503", times=-1, match="hook0000")
    outage.queue(0, 6)

    outage.run(timedelta(minutes=2), timedelta(seconds=30))

    assert outage.arrived() == [f"hook{number:04}" for number in range(1, 6)]


def test_the_pace_is_kept_before_and_after_an_outage(sinks: Sinks, tmp_path: Path) -> None:
    outage = Outage(sinks, tmp_path, every="2s")
    outage.queue(0, 6)
    outage.run(timedelta(seconds=4), timedelta(seconds=1))
    assert len(outage.arrived()) == 2

    sinks.fault("webhook", "503", times=3)
    outage.run(timedelta(minutes=2), timedelta(seconds=1))
    outage.app.close()

    assert outage.arrived() == [f"hook{number:04}" for number in range(6)]


def test_the_wait_that_a_channel_asks_for_holds_all_that_is_for_it(outage: Outage) -> None:
    outage.sinks.fault("webhook", "429", retry_after=120)
    outage.queue(0, 20)
    outage.deliver()
    tried = len(outage.sinks.all())

    outage.run(timedelta(seconds=100), timedelta(seconds=10))
    assert len(outage.sinks.all()) == tried
    outage.clock.move(timedelta(seconds=30))
    outage.deliver()

    assert sorted(outage.arrived()) == [f"hook{number:04}" for number in range(20)]


def test_what_was_taken_without_an_answer_comes_again_marked(outage: Outage) -> None:
    outage.sinks.fault("webhook", "accept-then-reset")
    outage.queue(0, 1)

    outage.run(timedelta(minutes=3), timedelta(minutes=1))

    assert [record["body"]["may_be_double"] for record in outage.sinks.accepted("webhook")] == [False, True]


def test_a_revoked_address_is_given_up_at_once_and_told_through_another_channel(outage: Outage) -> None:
    outage.sinks.fault("webhook", "404", times=-1)
    outage.queue(0, 1)
    outage.deliver()

    outage.app.watch.look()
    outage.deliver(SCREEN)

    with outage.app.store.look() as work:
        assert len(outbox.dead_letters(work, 5)) == 1
    assert "hook" in outage.screen.getvalue()


@pytest.mark.parametrize("code", ["421", "451", "550", "552"])
def test_a_recipient_that_is_refused_costs_no_other_his_mail(outage: Outage, code: str) -> None:
    outage.sinks.fault("smtp", code, stage="rcpt", times=-1, match="bob")
    outage.queue(0, 1, MAIL)
    outage.deliver(MAIL)

    reached = sorted(one for record in outage.sinks.accepted("smtp") for one in record["rcpt_tos"])
    with outage.app.store.look() as work:
        lost = [delivery.recipient for delivery, _ in outbox.dead_letters(work, 5)]
        waiting = outbox.waiting(work)

    assert reached == ["ana@x.org", "eve@x.org"]
    assert (lost, waiting) == ((["bob@x.org"], {}) if code[0] == "5" else ([], {MAIL: 1}))


def test_the_state_of_a_channel_is_kept(outage: Outage) -> None:
    outage.sinks.fault("webhook", "500", after=1)
    outage.queue(0, 2)
    outage.deliver()

    with outage.app.store.look() as work:
        state = channel_rows.states(work, [HOOK, SCREEN])

    assert (state[HOOK].last_outcome, state[HOOK].failures, state[HOOK].accepted_at) == ("unknown", 1, NOON)
    assert state[SCREEN].last_at is None
