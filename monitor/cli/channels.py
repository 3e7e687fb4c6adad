"""`channels list`: how each channel fares: its state, what waits, what it last answered, since when."""

import contextlib
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.output import local, say_objects, say_table
from monitor.cli.shell import Shell, pass_shell

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.model import Channel, ChannelState


@click.group()
def command() -> None:
    """Show how the channels fare.

    \b
    For example:
      relations-monitor channels list
    """


@command.command("list")
@click.option("--json", "as_objects", is_flag=True, help="Print a JSON object a line instead.")
@pass_shell
def list_(shell: Shell, *, as_objects: bool) -> int:
    """List the channels: state, since when, what waits, what was last answered and when one was last taken.

    A channel is ok, new (never tried), failing, down (asked now and then), refusing, or unusable (its address).
    Ends with 1 where one is not ok or new.

    \b
    For example:
      relations-monitor channels list
      relations-monitor channels list --json
    """
    config = shell.config()
    rows = _rows(shell, config)
    if as_objects:
        say_objects(rows)
    else:
        names = ("channel", "kind", "state", "since", "waiting", "last answer", "answered", "last taken")
        say_table(names, [_line(row, config.display.zone) for row in rows])
    return 0 if all(row["state"] in ("ok", "new") for row in rows) else 1


def _rows(shell: Shell, config: "Config") -> list[dict[str, Any]]:
    from monitor.clock import SystemClock
    from monitor.store import channels, outbox

    with contextlib.closing(shell.store(config)) as store, store.look() as work:
        states = channels.states(work, [channel.name for channel in config.channels])
        waiting = outbox.waiting(work)
        tests = channels.failed_tests(work, SystemClock().now())
    rows = [_row(channel, states[channel.name], waiting.get(channel.name, 0)) for channel in config.channels]
    for row in rows:
        if (test := tests.get(row["channel"])) and row["state"] in ("ok", "new"):
            row |= {"state": "failing", "last_outcome": test.outcome, "last_said": test.said, "last_at": test.at}
    return rows


def _row(channel: "Channel", state: "ChannelState", waiting: int) -> dict[str, Any]:
    return {
        "channel": channel.name,
        "kind": channel.kind,
        "state": _word(channel, state),
        "since": state.since,
        "waiting": waiting,
        "last_outcome": state.last_outcome,
        "last_said": channel.trouble or state.last_said,
        "last_at": state.last_at,
        "accepted_at": state.accepted_at,
        "failures": state.failures,
        "paused_until": state.paused_until,
        "is_operator": channel.is_operator,
    }


def _word(channel: "Channel", state: "ChannelState") -> str:
    from monitor.alerts.breaker import is_down

    if channel.trouble:
        return "unusable"
    if is_down(state):
        return "down"
    return {"": "new", "accepted": "ok", "refused": "refusing"}.get(state.last_outcome, "failing")


def _line(row: dict[str, Any], zone: tzinfo) -> list[str]:
    def at(name: str) -> str:
        when: datetime | None = row[name]
        return local(when, zone)

    said = row["last_said"] or "-"
    return [
        row["channel"], row["kind"], row["state"], at("since"), str(row["waiting"]), said, at("last_at"),
        at("accepted_at"),
    ]  # fmt: skip
