"""`once`: poll every feed that is due, tell people, and end; for cron and for trying a configuration."""

import threading
from typing import TYPE_CHECKING

import click

from monitor.cli.output import NO_FEEDS, note, say, say_object
from monitor.cli.shell import Shell, pass_shell

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.facts import Fact
    from monitor.model import ChannelName

LONGEST_TURN = 5.0
"""Seconds that it waits for a channel's next turn; a longer pause is a later call's."""


@click.command()
@click.option("--now", "is_forced", is_flag=True, help="Poll every feed, due or not; one that failed too.")
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def command(shell: Shell, *, is_forced: bool, as_object: bool) -> int:
    """Poll every feed that is due, send what waits, and end.

    Ends with 1 where a feed failed or an alert was not taken; a later call tries both again when they are due.

    \b
    For example:
      relations-monitor once --config config.toml
      relations-monitor once --now
    """
    from monitor.app import build
    from monitor.clock import SystemClock
    from monitor.store import feeds, outbox

    failures: list[str] = []
    with build(shell.config(), SystemClock(), is_daemon=True) as app:
        app.listen(lambda fact: failures.append(_failure(fact)) if fact.event == "feed_failed" else None)
        if not app.feeds:
            note(NO_FEEDS)
        if is_forced:
            with app.store.work() as work:
                feeds.hasten(work, app.feeds, app.clock.now())
        tally = app.pipeline.poll()
        tally.add(app.pipeline.review())
        app.publish()
        attempts = sum(_drained(app, name) for name in app.channels)
        app.release()
        with app.store.look() as work:
            waiting = sum(outbox.waiting(work).values())
            due = feeds.next_due(work, app.feeds)
        zone = app.config.display.zone
    for line in failures:
        note(line)
    if not tally.polled and due is not None:
        note(f"no feed is due before {due.astimezone(zone):%d %b %H:%M %Z}; --now polls all the same")
    fields = {
        "feeds": tally.polled, "failed": tally.failed, "entries": tally.entries, "articles": tally.articles,
        "hits": tally.hits, "stories": tally.stories, "alerts": tally.alerts, "updates": tally.updates,
        "attempts": attempts, "waiting": waiting,
    }  # fmt: skip
    if as_object:
        say_object(fields)
    else:
        say(", ".join(f"{name} {value}" for name, value in fields.items()))
    return 1 if tally.failed or waiting else 0


def _drained(app: "App", name: "ChannelName") -> int:
    """Send what waits on one channel, each in its turn where the channel has a pace; what failed is left to later."""
    attempts = sent = app.pipeline.deliver(name)
    while sent and app.channels[name].pace and (rest := app.pipeline.rest(name, LONGEST_TURN)) < LONGEST_TURN:
        threading.Event().wait(rest)
        sent = app.pipeline.deliver(name)
        attempts += sent
    return attempts


def _failure(fact: "Fact") -> str:
    """Why a feed brought nothing, as a line for a person."""
    return f"{fact.values['feed']}: {fact.values['reason']}: {fact.values['detail']}"
