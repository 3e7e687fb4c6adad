"""`notify down`: tell operators that the service is down, and why; what OnFailure= of the unit starts."""

import os
import time
from typing import TYPE_CHECKING

import click

from monitor.cli.output import note, say
from monitor.cli.shell import Shell, pass_shell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from monitor.model import Channel
    from monitor.trouble import Notice

TRIES = 3
PAUSE_SECONDS = 20.0
"""Between two tries: what is down may be the network, and systemd gives this command five minutes."""


@click.command()
@click.option("--unit", default="relations-monitor.service", show_default=True, help="The unit that is down.")
@pass_shell
def command(shell: Shell, *, unit: str) -> None:
    """Tell the channels with `operator = true` that the service is down, and why. Goes past the database.

    Ends with 1 where nobody could be told. relations-monitor-failure@.service runs it when the service has given up.

    \b
    For example:
      relations-monitor notify down --unit relations-monitor.service
    """
    from monitor.app import recipients_of
    from monitor.channels.send import Sender
    from monitor.clock import SystemClock
    from monitor.daemon.journal import down_unit, why
    from monitor.errors import MonitorError
    from monitor.watch import addressed, send_now

    reason = why(down_unit(unit, os.environ))
    say(reason)
    operators, zone, mistakes = _operators(shell)
    if mistakes:
        reason = f"{reason} The configuration can't be used: {mistakes}."
    if not operators:
        note("no channel has operator = true: nobody is told")
        return
    now = SystemClock().now()
    notice = _notice(unit, reason, now)
    sender = Sender(operators)
    left = [one for channel in operators for one in addressed(channel, recipients_of(channel))]
    for number in range(TRIES):
        left = [one for one in left if not send_now(sender, [one], notice, now, zone)]
        if not left:
            break
        if number + 1 < TRIES:
            time.sleep(PAUSE_SECONDS)
    if left:
        names = ", ".join(dict.fromkeys(channel.name for channel in left))
        raise MonitorError(f"not told by: {names}", remedy="`relations-monitor notify test` shows what they answer")


def _operators(shell: Shell) -> "tuple[Sequence[Channel], tzinfo, str]":
    """Whom to tell, in which zone, and what is wrong where the configuration itself is why the service is down."""
    from datetime import UTC

    from monitor.config import operators_in
    from monitor.errors import ConfigError

    try:
        config = shell.config()
    except ConfigError as error:
        mistakes = "; ".join(str(problem) for problem in error.problems[:3])
        return operators_in(shell.find(), os.environ), UTC, mistakes
    return [channel for channel in config.channels if channel.is_operator], config.display.zone, ""


def _notice(unit: str, reason: str, when: "datetime") -> "Notice":
    from monitor.trouble import Notice, Trouble

    trouble = Trouble(
        key="daemon:down",
        title="The monitor is down",
        place=unit,
        problem=f"{reason} No feed is read and nobody is told of anything until it is started.",
        remedy=f"`journalctl -u {unit} -e` shows all it said; then `systemctl restart {unit}`",
    )
    return Notice(
        id=f"down-{when:%Y%m%dT%H%M%S}", first=f"down-{when:%Y%m%dT%H%M%S}", thread="operator:daemon:down",
        says="trouble", troubles=(trouble,), since=when, raised_at=when,
    )  # fmt: skip
