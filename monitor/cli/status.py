"""`status`: what works, what does not, since when, and what to do about it, on one screen."""

import contextlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from monitor.cli.condition import (
    Ailment,
    AlertLine,
    ChannelLine,
    Condition,
    DaemonLine,
    FeedLine,
    Lost,
)
from monitor.cli.output import say, say_object
from monitor.cli.shell import Shell, pass_shell

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.model import PollState
    from monitor.store import Store, Work
    from monitor.store.pauses import Pause
    from monitor.trouble import Life

RECENTLY = timedelta(days=1)
"""How far back it tells what was hidden or broke."""
_ALERTS = 5


@click.command()
@click.option("--json", "is_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def command(shell: Shell, *, is_object: bool) -> int:
    """Tell on one screen what works, what does not, since when and what to do. Reads alone; the daemon may be at work.

    Ends with 1 where something needs a person: a daemon that gives no sign of life, a failing feed, a rejected rule, a
    channel that takes nothing, an alert that could not be delivered or waits for a channel that is gone, an article
    that could not be taken in.

    \b
    For example:
      relations-monitor status --config config.toml
    """
    from monitor.clock import SystemClock

    config, now = shell.config(), SystemClock().now()
    with contextlib.closing(shell.store(config)) as store:
        found = _looked_up(config, store, now)
    if is_object:
        say_object(found.as_object())
    else:
        from monitor.cli.status_screen import lines_of

        for line in lines_of(found, config.display.zone, now):
            say(line)
    return 0 if found.is_well else 1


def _looked_up(config: "Config", store: "Store", now: datetime) -> Condition:
    """All of it from one moment of the database. Raises StoreError."""
    from monitor.log import redact
    from monitor.rulebook import load_rules
    from monitor.store import care, feeds, hits, ledger, life, outbox, pauses, troubles

    with store.look() as work:
        last = hits.newest_pack(work)
    loaded = load_rules(config.rules.dir, with_shipped=config.rules.with_shipped, last=last)
    since = now - RECENTLY
    with store.look() as work:
        states = {state.feed: state for state in feeds.states(work)}
        rest = {name: pause for name, pause in pauses.all_of(work).items() if pause.holds(now)}
        waiting = {str(name): count for name, count in outbox.waiting(work).items()}
        ailments = tuple(
            Ailment(kind=one.trouble.kind, title=one.trouble.title, place=one.trouble.place, since=one.since,
                    problem=redact(one.trouble.problem), remedy=one.trouble.remedy)
            for one in troubles.lasting(work)
        )  # fmt: skip
        return Condition(
            database=store.address.name,
            counts=care.counts(work),
            rules=len(loaded.pack.rules),
            rejected=tuple(str(problem) for problem in loaded.problems if not problem.is_warning),
            stale=loaded.pack.stale,
            feeds=tuple(
                _feed(one.id, states.get(one.id), rest.get(one.id), is_enabled=one.is_enabled) for one in config.feeds
            ),
            channels=_channels(config, work, waiting, now),
            waiting=waiting,
            lost=tuple(
                Lost(alert=one.alert, channel=one.channel, attempts=one.attempts, because=redact(because))
                for one, because in outbox.dead_letters(work, limit=20)
            ),
            hidden=ledger.hidden_stories(work, since),
            broken=ledger.broken_articles(work, since),
            daemon=daemon_line(life.last(work), now),
            ailments=ailments,
            last_alerts=_last_alerts(work),
        )


def daemon_line(last: "Life | None", now: datetime) -> DaemonLine:
    """What is to be said of a daemon that wrote this of itself."""
    from monitor.trouble import SILENCE

    if last is None:
        return DaemonLine()
    if last.ended_at is not None:
        return DaemonLine(state="stopped", since=last.ended_at, polled_at=last.polled_at)
    if now - last.beat_at > SILENCE:
        return DaemonLine(state="silent", since=last.beat_at, polled_at=last.polled_at)
    return DaemonLine(state="alive", since=last.started_at, polled_at=last.polled_at)


def _feed(name: str, state: "PollState | None", pause: "Pause | None", *, is_enabled: bool) -> FeedLine:
    """What is told of a feed; `pause` is one that holds now."""
    from monitor.log import redact

    if is_enabled and pause is not None:
        because = f"until {pause.until:%Y-%m-%d %H:%M UTC}" if pause.until else "until it is resumed"
        last = state.last_success if state is not None else None
        return FeedLine(feed=name, state="paused", last_success=last, next_due=pause.until, because=because)
    if not is_enabled or state is None:
        return FeedLine(feed=name, state="new" if is_enabled else "off")
    word = "gone" if state.is_gone else "failing" if state.failures else "ok" if state.last_success else "new"
    return FeedLine(
        feed=name,
        state=word,
        failures=state.failures,
        last_success=state.last_success,
        next_due=state.next_due,
        because=redact(state.last_error or state.because),
    )


def _channels(config: "Config", work: "Work", waiting: dict[str, int], now: datetime) -> tuple[ChannelLine, ...]:
    from monitor.alerts.troubles import ATTEMPTS
    from monitor.log import redact
    from monitor.store import alerts, channels, troubles

    names = [channel.name for channel in config.channels]
    health = {one.channel: one for one in troubles.healths(work, names, ATTEMPTS)}
    answers = alerts.last_answers(work)
    tests = channels.failed_tests(work, now)
    found = []
    for channel in config.channels:
        at, outcome, said = answers.get(channel.name, (None, "", ""))
        word = "failing" if health[channel.name].failing else "ok" if at is not None else "new"
        if test := tests.get(channel.name):
            at, outcome, said, word = test.at, f"a test was {test.outcome}", test.said, "failing"
        found.append(
            ChannelLine(
                name=channel.name,
                kind=channel.kind,
                state=word,
                waiting=waiting.get(channel.name, 0),
                since=alerts.waiting_since(work, channel.name),
                answered_at=at,
                outcome=outcome,
                said=redact(said),
            )
        )
    return tuple(found)


def _last_alerts(work: "Work") -> tuple[AlertLine, ...]:
    from monitor.cli.alerts import states
    from monitor.store import alerts
    from monitor.store.asked import Asked

    return tuple(
        AlertLine(
            id=one.alert.id,
            raised_at=one.alert.raised_at,
            severity=one.alert.severity,
            title=one.alert.title,
            channel=", ".join(dict.fromkeys(sending.channel for sending in one.sendings)),
            state=states(one.sendings),
        )
        for one in alerts.found(work, Asked(), _ALERTS)
    )
