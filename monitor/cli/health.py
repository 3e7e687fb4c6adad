"""`health`: whether the monitor works, for machines: an exit code and one JSON object."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.output import say_object
from monitor.cli.shell import Shell, pass_shell

if TYPE_CHECKING:
    from monitor.store import Work
    from monitor.trouble import Life

BEAT = timedelta(seconds=60)
"""The daemon writes a sign of life every ten seconds: without one for so long it hangs, or is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How old what may be before it is not healthy."""

    poll: timedelta
    waiting: timedelta


@click.command()
@click.option("--poll-within", type=click.IntRange(min=1), default=900, show_default=True, metavar="SECONDS",
              help="How long ago the last round of polls may have ended.")  # fmt: skip
@click.option("--waiting-within", type=click.IntRange(min=1), default=3600, show_default=True, metavar="SECONDS",
              help="How long the oldest delivery may have waited.")  # fmt: skip
@pass_shell
def command(shell: Shell, *, poll_within: int, waiting_within: int) -> int:
    """Print one JSON object, and end with 0 where all is well and with 1 where it is not. For monitoring.

    Looked at are the database, the daemon's sign of life, its last round of polls and the oldest delivery that waits.
    `status` tells people more.

    \b
    For example:
      relations-monitor health --waiting-within 600
    """
    from monitor.clock import SystemClock
    from monitor.errors import StoreError

    now = SystemClock().now()
    limits = Limits(poll=timedelta(seconds=poll_within), waiting=timedelta(seconds=waiting_within))
    try:
        store = shell.store(shell.config())
        try:
            with store.look() as work:
                found = looked_at(work, now, limits)
        finally:
            store.close()
    except StoreError as error:
        found = {"is_healthy": False, "reasons": [f"database: {error.because}"], "database": {"is_reachable": False}}
    say_object({"at": now, **found})
    return 0 if found["is_healthy"] else 1


def looked_at(work: "Work", now: datetime, limits: Limits) -> dict[str, Any]:
    """What there is to be said, with `is_healthy` and the reasons where it is not. Ages are seconds."""
    from monitor.store import life, outbox, troubles

    daemon = life.last(work)
    oldest = outbox.oldest_waiting(work)
    reasons = _daemon_reasons(daemon, now, limits)
    if oldest is not None and now - oldest > limits.waiting:
        reasons.append(f"a delivery waits for {_seconds(now - oldest)} seconds")
    return {
        "is_healthy": not reasons,
        "reasons": reasons,
        "database": {"is_reachable": True},
        "daemon": {
            "is_running": daemon is not None and daemon.ended_at is None and now - daemon.beat_at <= BEAT,
            "started_at": daemon.started_at if daemon else None,
            "beat_at": daemon.beat_at if daemon else None,
            "beat_age": _seconds(now - daemon.beat_at) if daemon else None,
            "polled_at": daemon.polled_at if daemon else None,
            "poll_age": _seconds(now - daemon.polled_at) if daemon and daemon.polled_at else None,
        },
        "oldest_waiting": {"queued_at": oldest, "age": _seconds(now - oldest) if oldest else None},
        "waiting": sum(outbox.waiting(work).values()),
        "troubles": [one.trouble.key for one in troubles.lasting(work)],
    }


def _daemon_reasons(daemon: "Life | None", now: datetime, limits: Limits) -> list[str]:
    if daemon is None:
        return ["no daemon ever worked on this database"]
    if daemon.ended_at is not None:
        return [f"the daemon was stopped at {daemon.ended_at:%Y-%m-%dT%H:%M:%SZ}"]
    if now - daemon.beat_at > BEAT:
        return [f"the daemon gave no sign of life for {_seconds(now - daemon.beat_at)} seconds"]
    polled = daemon.polled_at or daemon.started_at
    if now - polled > limits.poll:
        return [f"no round of polls has ended for {_seconds(now - polled)} seconds"]
    return []


def _seconds(length: timedelta) -> int:
    return max(int(length.total_seconds()), 0)
