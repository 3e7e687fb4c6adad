"""`notify test`: send a sample alert to one channel now, and say what the other side really answered."""

import contextlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.output import note, say, say_object, style
from monitor.cli.shell import Shell, pass_shell
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.decisions import Outcome
    from monitor.model import Channel, Message


@click.command()
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Print what would be sent, and send nothing.")
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object for each recipient instead.")
@pass_shell
def command(shell: Shell, name: str, *, dry_run: bool, as_object: bool) -> int:
    """Send a sample alert to the channel NAME now, and print the answer of the other side.

    Each recipient of the channel gets one. It goes past the outbox; where there is a database the answer is noted in
    its ledger, and `status` tells of a channel that did not take it. Ends with 0 where all was accepted, and with 1
    otherwise.

    \b
    For example:
      relations-monitor notify test desk
      relations-monitor notify test desk --dry-run
    """
    from monitor.alerts.sample import sample
    from monitor.clock import SystemClock

    config = shell.config()
    channel = _named(config, name)
    if channel.trouble:
        note(f"{style('unusable', 'red')}: {channel.trouble}; mend its address in the configuration")
        return 1
    message = sample(name, SystemClock().now(), config.display.zone)
    addressed = [replace(channel, recipient=one) for one in _recipients(channel)]
    if dry_run:
        for one in addressed:
            say(_payload(one, message))
        return 0
    outcomes = [_try(one, message, as_object=as_object) for one in addressed]
    _note(shell, config, channel, outcomes)
    return 0 if all(map(_is_taken, outcomes)) else 1


def _note(shell: Shell, config: "Config", channel: "Channel", outcomes: "list[Outcome]") -> None:
    """Write the worst of the answers into the ledger, so that `status` knows; a test needs no database, though."""
    from monitor.cli.whoami import whoami
    from monitor.clock import SystemClock
    from monitor.errors import StoreError
    from monitor.store import channels

    word, said, _ = _told(next((one for one in outcomes if not _is_taken(one)), outcomes[0]))
    with contextlib.suppress(StoreError), contextlib.closing(shell.store(config)) as store, store.work() as work:
        channels.note_test(work, channel.name, word, said, who=whoami(), now=SystemClock().now())


def _is_taken(outcome: "Outcome") -> bool:
    from monitor.decisions import Accepted

    return isinstance(outcome, Accepted)


def _named(config: "Config", name: str) -> "Channel":
    """Raises UsageError for a name that no channel has."""
    from monitor.toml import closest

    known = {str(channel.name): channel for channel in config.channels}
    if name not in known:
        near = closest(name, known)
        guess = f" (did you mean {near}?)" if near else ""
        raise UsageError(f"no channel is named {name}{guess}; expected one of {', '.join(known)}")
    return known[name]


def _recipients(channel: "Channel") -> tuple[str, ...]:
    from monitor.channels.kinds import KINDS, kind_of

    return KINDS[kind_of(channel.url)].recipients(channel.url)


def _payload(channel: "Channel", message: "Message") -> str:
    from monitor.channels.kinds import render

    payload = render(channel, message)
    try:
        body = json.dumps(json.loads(payload.body), ensure_ascii=False, indent=2)
    except ValueError:
        body = payload.body
    return f"{payload.title}\n\n{body}" if payload.title and not body.startswith("From:") else body


def _try(channel: "Channel", message: "Message", *, as_object: bool) -> "Outcome":
    from monitor.channels.send import Sender
    from monitor.clock import SystemClock

    clock, sender = SystemClock(), Sender([channel])
    sender.warm()
    begun = clock.seconds()
    outcome = sender.send(channel, message)
    seconds = clock.seconds() - begun
    is_taken = _is_taken(outcome)
    word, said, wait = _told(outcome)
    if as_object:
        fields: dict[str, Any] = {"channel": channel.name, "is_accepted": is_taken, "outcome": word, "said": said}
        say_object({**fields, "retry_after": wait, "seconds": round(seconds, 3), "alert": message.alert})
    else:
        to = f" to {channel.recipient}" if channel.recipient else ""
        later = f", to be asked again after {wait:g} s" if wait is not None else ""
        shown = style(word, "green" if is_taken else "red")
        say(f"{channel.name}{to}: {shown} in {seconds:.2f} s: {said or 'no more was said'}{later}")
    return outcome


def _told(outcome: "Outcome") -> tuple[str, str, float | None]:
    """The outcome in a word, what was said, and the seconds that were asked for."""
    from monitor.decisions import Accepted, Refused, TryLater

    match outcome:
        case Accepted():
            return "accepted", outcome.receipt, None
        case TryLater():
            wait = None if outcome.after is None else outcome.after.total_seconds()
            return "not taken now", outcome.because, wait
        case Refused():
            return "refused", outcome.because, None
        case _:
            return "unknown", outcome.because, None
