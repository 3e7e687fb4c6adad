"""`alerts`: what people were told, whom it reached and why, and telling it once more."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.asking import asked_by, filters
from monitor.cli.desk import Desk, opened
from monitor.cli.output import has_colour, local, plain, say, say_object, say_objects, say_table, screen_width, style
from monitor.cli.shell import Shell, pass_shell
from monitor.cli.whoami import whoami
from monitor.errors import MonitorError, UsageError

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.model import AnswerLink, ChannelName, Message
    from monitor.store.alerts import Raised, Sending
    from monitor.store.findings import Finding
    from monitor.store.ledger import LedgerRow

_SHORT = 12
"""How much of an id a table shows; the beginning is enough to name it."""
_STATES = ("waiting", "leased", "accepted", "dead")
_COLOURS = {"dead": "red", "waiting": "yellow", "leased": "yellow", "accepted": "green"}
_VERDICTS = {"alert_raised": "send", "alert_held": "hold", "alert_dropped": "drop"}
"""Kinds of ledger rows that say whether a person is told."""
_TOLD_ELSEWHERE = {
    "delivery_queued", "delivery_begun", "delivery_accepted", "delivery_deferred", "delivery_refused",
    "story_opened", "story_updated",
}  # fmt: skip
"""Kinds of ledger rows that `alerts show` tells with the deliveries and hits; `audit` tells them in order."""
_HISTORY = 5000


@click.group()
def command() -> None:
    """See what people were told, whom it reached and why; tell it once more.

    \b
    For example:
      relations-monitor alerts list --since 24h
    """


# --- list -------------------------------------------------------------------------------------------------------------


@command.command("list")
@filters
@click.option("--state", type=click.Choice(_STATES), help="With a delivery in this state.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many, the newest.")
@click.option("--json", "as_lines", is_flag=True, help="Print one JSON object an alert instead.")
@pass_shell
def list_(shell: Shell, /, *, limit: int, as_lines: bool, **wanted: str | None) -> None:
    """List alerts, the newest first: when, how severe, what is said, to whom, and whether it arrived.

    \b
    For example:
      relations-monitor alerts list --since 24h --severity high
      relations-monitor alerts list --actor "North Korea" --state dead --json
    """
    from monitor.store import alerts

    with opened(shell) as desk:
        asked = asked_by(wanted, desk.now, desk.zone, desk.actors)
        with desk.store.look() as work:
            found = alerts.found(work, asked, limit)
    if as_lines:
        say_objects(as_object(one, desk) for one in found)
        return
    if not found:
        say("no alerts" + (" that fit" if any(wanted.values()) else " yet"))
        return
    say_table(("raised", "severity", "what", "to", "state", "id"), [_row(one, desk) for one in found])
    if len(found) == limit:
        say(style(f"the newest {limit}; --limit shows more", "dim"))


def _row(one: "Raised", desk: Desk) -> list[str]:
    said = message_of(one, desk)
    what = f"Update: {said.headline}" if said.is_update else said.headline
    to = ", ".join(dict.fromkeys(sending.channel for sending in one.sendings))
    return [local(one.alert.raised_at, desk.zone), one.alert.severity, what, to, states(one.sendings),
            one.alert.id[:_SHORT]]  # fmt: skip


def states(sendings: Iterable["Sending"]) -> str:
    """How the deliveries of an alert stand: "accepted", or "2 accepted, 1 dead"."""
    found = [one.state for one in sendings]
    counted = {state: found.count(state) for state in _STATES if state in found}
    if len(found) == 1:
        return found[0]
    return ", ".join(f"{count} {state}" for state, count in counted.items())


def message_of(one: "Raised", desk: Desk) -> "Message":
    """What the alert says, as it is said now."""
    from monitor.alerts.message import compose

    return compose(one.alert, desk.names, desk.now, zone=desk.zone)


def as_object(one: "Raised", desk: Desk) -> dict[str, Any]:
    """An alert for programs, with names of actors beside their codes."""
    alert, said = one.alert, message_of(one, desk)
    return {
        "id": alert.id, "story": alert.story, "kind": alert.kind, "raised_at": alert.raised_at,
        "severity": alert.severity, "event": alert.event, "rule": said.rule, "status": alert.status,
        "source": alert.source, "source_name": desk.names.of(alert.source, "") or None,
        "target": alert.target, "target_name": desk.names.of(alert.target, "") or None,
        "attribution": list(alert.attribution), "title": alert.title, "headline": said.headline,
        "statement": said.statement, "changes": list(alert.changes), "tags": list(alert.tags), "late": alert.is_late,
        "quote": said.quote, "quote_by": said.quote_by, "links": [address for _, address in said.links],
        "deliveries": [_sending_object(sending) for sending in one.sendings],
    }  # fmt: skip


def _sending_object(one: "Sending") -> dict[str, Any]:
    from monitor.log import redact

    return {
        "id": one.id, "channel": one.channel, "recipient": one.recipient, "state": one.state,
        "queued_at": one.queued_at, "next_at": one.next_at if one.is_open else None, "settled_at": one.settled_at,
        "may_be_double": one.is_unknown, "because": redact(one.because),
        "attempts": [
            {"number": tried.number, "at": tried.at, "outcome": tried.outcome, "said": redact(tried.said)}
            for tried in one.attempts
        ],
    }  # fmt: skip


# --- show -------------------------------------------------------------------------------------------------------------


@command.command()
@click.argument("alert", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def show(shell: Shell, *, alert: str, as_json: bool) -> None:
    """Tell all of one alert; the beginning of its ID is enough.

    What was said, to whom, each delivery with its attempts and the answers, every verdict on its story (send, hold
    or drop) with the reason, and the story's hits with the words that are their evidence. With [web] on also the
    links by which its readers answer, made anew.

    \b
    For example:
      relations-monitor alerts show 3f9a1c
    """
    from monitor.store import alerts, findings, ledger

    with opened(shell) as desk, desk.store.look() as work:
        one = alerts.get(work, alert)
        whole = ledger.read(work, story=one.alert.story, limit=_HISTORY)[::-1]
        history = [row for row in whole if row.kind not in _TOLD_ELSEWHERE]
        hits = findings.of_story(work, one.alert.story, one.alert.event)
    if as_json:
        say_object(_whole_object(one, history, hits, desk))
    else:
        _tell(one, history, hits, desk)


def _whole_object(
    one: "Raised", history: Sequence["LedgerRow"], hits: Sequence["Finding"], desk: Desk
) -> dict[str, Any]:
    from monitor.cli.findings import as_object as hit_object

    verdicts = [
        {"at": row.at, "verdict": _VERDICTS[row.kind], "alert": row.alert, "channel": row.channel,
         "article": row.article, "rule": row.rule, "because": row.because,
         "until": (row.detail or {}).get("until")}
        for row in history if row.kind in _VERDICTS
    ]  # fmt: skip
    others = [
        {"at": row.at, "kind": row.kind, "alert": row.alert, "channel": row.channel, "because": row.because}
        for row in history if row.kind not in _VERDICTS
    ]  # fmt: skip
    return {
        **as_object(one, desk), "verdicts": verdicts, "history": others,
        "answers": [{"answer": link.answer, "url": link.url} for link in _answers(one, desk)],
        "hits": [hit_object(hit, desk.names) for hit in hits],
    }  # fmt: skip


def _tell(one: "Raised", history: Sequence["LedgerRow"], hits: Sequence["Finding"], desk: Desk) -> None:
    from monitor.channels import console
    from monitor.cli.findings import lines_of

    alert = one.alert
    say(console.render(message_of(one, desk), columns=screen_width(), is_coloured=has_colour(sys.stdout)))
    say()
    say(style("Alert", "bold"))
    is_mine = "the first of its story here" if alert.kind == "first" else f"an update of {alert.first_alert[:_SHORT]}"
    say(f"  {alert.id}, {is_mine}, raised {local(alert.raised_at, desk.zone)}")
    say(f"  story {alert.story}" + (f", tags {', '.join(alert.tags)}" if alert.tags else ""))
    say(style("Deliveries", "bold"))
    for sending in one.sendings:
        for line in _sending_lines(sending, desk.zone):
            say(f"  {line}")
    links = _answers(one, desk)
    if links:
        say(style("Links to answer it", "bold"))
    for link in links:
        say(f"  {link.label}: {link.url}")
    say(style("Verdicts on its story", "bold"))
    for row in history:
        verdict = _VERDICTS.get(row.kind, row.kind.replace("_", " "))
        until = f" until {row.detail['until']}" if row.detail and "until" in row.detail else ""
        mine = style(" <- this alert", "cyan") if row.alert == alert.id else ""
        to = f" {row.channel}" if row.channel else ""
        say(f"  {local(row.at, desk.zone)}  {verdict}{to}{until}: {plain(row.because) or '-'}{mine}")
    say(style(f"Hits of its story: {len(hits)}", "bold"))
    for hit in hits:
        for line in lines_of(hit, desk.names, desk.zone):
            say(f"  {line}")


def _answers(one: "Raised", desk: Desk) -> "tuple[AnswerLink, ...]":
    """The links of its first channel; none where they are off."""
    from monitor.app import signer_of

    signer = signer_of(desk.config)
    if signer is None or not one.sendings:
        return ()
    return signer.links(one.alert.id, one.sendings[0].channel, desk.now)


def _sending_lines(one: "Sending", zone: tzinfo) -> Iterator[str]:
    from monitor.log import redact

    to = f"{one.channel} ({plain(one.recipient)})" if one.recipient else str(one.channel)
    moment = one.settled_at or one.next_at
    when = f"{'next try' if one.is_open else 'since'} {local(moment, zone)}"
    because = f": {plain(redact(one.because))}" if one.because else ""
    yield f"{to}: {style(one.state, _COLOURS[one.state])}, queued {local(one.queued_at, zone)}, {when}{because}"
    if one.is_unknown:
        yield "    an attempt was handed over without an answer: it may have arrived twice"
    for tried in one.attempts:
        said = f": {plain(redact(tried.said))}" if tried.said else ""
        yield f"    {tried.number}. {local(tried.at, zone)} {tried.outcome}{said}"


# --- ack --------------------------------------------------------------------------------------------------------------


@command.command()
@click.argument("alert", metavar="ID")
@click.option("--by", "author", metavar="NAME", help="Who takes note; left out, who runs the command.")
@click.option("--note", "remark", metavar="TEXT", default="", help="What there is to say.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def ack(shell: Shell, *, alert: str, author: str | None, remark: str, as_json: bool) -> None:
    """Acknowledge an alert: somebody has taken note, so it goes no further. The beginning of its ID is enough.

    A route with `escalate` sends a critical alert to further channels unless this is done in time. Who and when stands
    in the ledger; of several the first counts.

    \b
    For example:
      relations-monitor alerts ack 3f9a1c --note "calling the ministry"
    """
    from monitor.store import acknowledged, alerts

    with opened(shell) as desk, desk.store.work() as work:
        one = alerts.get(work, alert)
        noted = acknowledged.add(work, one.alert, author or whoami(), " ".join(remark.split()), desk.now)
    if as_json:
        say_object({"alert": one.alert.id, "story": one.alert.story, "by": noted.by, "at": noted.at})
    else:
        say(f"alert {one.alert.id[:_SHORT]} acknowledged by {plain(noted.by)}, {local(noted.at, desk.zone)}")


# --- publish ----------------------------------------------------------------------------------------------------------


@command.command()
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Write to this folder; left out, to that of [publish] dir.")  # fmt: skip
@pass_shell
def publish(shell: Shell, *, into: Path | None) -> None:
    """Write the newest alerts as alerts.atom and alerts.json (JSON Feed 1.1), for a web server to show.

    The daemon does so by itself whenever an alert was committed, where the configuration names a folder.

    \b
    For example:
      relations-monitor alerts publish --into public
    """
    from monitor.publish import atom, folder, jsonfeed

    with opened(shell) as desk:
        wanted = desk.config.publish
        where = into or wanted.dir
        if where is None:
            raise UsageError("no folder is named to publish in", remedy="write it after --into, or into [publish] dir")
        place = folder.Place(folder=where, limit=wanted.limit, title=wanted.title, url=wanted.url)
        count = folder.publish(desk.store, place, desk.names, desk.zone, desk.now)
    say(f"{count} alerts in {where / atom.FILE} and {where / jsonfeed.FILE}")


# --- resend -----------------------------------------------------------------------------------------------------------


@command.command()
@click.argument("alert", metavar="ID")
@click.option("--channel", metavar="NAME", help="To this channel; left out, to those it went to.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would be sent to whom, and queue nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def resend(shell: Shell, *, alert: str, channel: str | None, is_dry: bool, as_json: bool) -> int:
    """Queue an alert anew; the beginning of its ID is enough. The daemon sends it, or the next `once`.

    What happened to it before stays on record, and the ledger says who asked. Ends with 1 where nothing is queued:
    all of it is on its way already.

    \b
    For example:
      relations-monitor alerts resend 3f9a1c --channel desk --dry-run
    """
    from monitor.store import alerts

    with opened(shell) as desk:
        with desk.store.look() as work:
            one = alerts.get(work, alert)
        wanted = _channels(one, channel, desk.config)
        because = f"asked for by {whoami()}"
        if is_dry:
            queued = [
                (name, to) for name, everybody in wanted.items() for to in everybody or ("",)
                if not any(sent.is_open and (sent.channel, sent.recipient) == (name, to) for sent in one.sendings)
            ]  # fmt: skip
        else:
            with desk.store.work() as work:
                made = [
                    delivery for name, everybody in wanted.items()
                    for delivery in alerts.send_again(work, one.alert, name, everybody, desk.now, because)
                ]  # fmt: skip
            queued = [(delivery.channel, delivery.recipient) for delivery in made]
    if as_json:
        to = [{"channel": name, "recipient": recipient} for name, recipient in queued]
        say_object({"alert": one.alert.id, "dry_run": is_dry, "queued": to})
    else:
        _tell_queued(one, queued, desk, is_dry=is_dry)
    return 0 if queued else 1


def _channels(one: "Raised", wanted: str | None, config: "Config") -> "dict[ChannelName, tuple[str, ...]]":
    """The channels that it goes to, each with its recipients. Raises UsageError for one that is not configured."""
    from monitor.app import recipients_of
    from monitor.model import ChannelName
    from monitor.toml import closest

    known = {channel.name: channel for channel in config.channels}
    names = [ChannelName(wanted)] if wanted else list(dict.fromkeys(sending.channel for sending in one.sendings))
    for name in names:
        if name not in known:
            near = closest(name, known)
            guess = f" (did you mean {near}?)" if near else ""
            raise UsageError(f"no channel is named {name}{guess}", remedy=f"name one of {', '.join(known)}")
    if not names:
        raise MonitorError(f"alert {one.alert.id} went to no channel", remedy="name one with --channel")
    return {name: recipients_of(known[name]) for name in names}


def _tell_queued(one: "Raised", queued: "Sequence[tuple[ChannelName, str]]", desk: Desk, *, is_dry: bool) -> None:
    if not queued:
        say(f"nothing to queue: alert {one.alert.id[:_SHORT]} is on its way there already")
        return
    to = ", ".join(f"{name} ({plain(recipient)})" if recipient else str(name) for name, recipient in queued)
    what = f"{one.alert.id[:_SHORT]}, {message_of(one, desk).headline!r}"
    say(f"{'would queue' if is_dry else 'queued'} {what} for {to}")
