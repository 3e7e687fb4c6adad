"""`silences`: what nobody wants to hear of for a while, who said so, and why. What is still new is told at the end."""

import secrets
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.desk import opened
from monitor.cli.matching import end_of, matcher_of, matchers
from monitor.cli.output import local, plain, say, say_object, say_objects, say_table
from monitor.cli.shell import Shell, pass_shell
from monitor.cli.whoami import whoami
from monitor.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.model import Silence


@click.group()
def command() -> None:
    """Hold alerts for a while, and see what is held by whom.

    \b
    For example:
      relations-monitor silences list
    """


@command.command()
@click.option("--for", "until", metavar="TIME", required=True, help="So long (8h, 3d), or until a moment.")
@click.option("--reason", metavar="TEXT", required=True, help="Why; it stands in every verdict.")
@click.option("--author", metavar="NAME", help="Who asks for it; left out, who runs the command.")
@matchers
@click.option("--story", metavar="ID", help="This story alone; the beginning of its id is enough.")
@click.option("--channel", "channels", multiple=True, metavar="NAME", help="On this channel alone; may be named again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def add(shell: Shell, /, *, until: str, reason: str, author: str | None, as_json: bool, **options: Any) -> None:
    """Hold the alerts that fit all that is named, until an end. What is then still new is told.

    \b
    For example:
      relations-monitor silences add --for 8h --party PRK --event weapons-test --reason "the yearly exercise"
    """
    from monitor.model import ChannelName, Silence
    from monitor.store import silences, stories

    if not any(options.values()):
        raise UsageError("this would silence everything", remedy="name what is meant, or --severity info for all of it")
    if not reason.strip():
        raise UsageError("--reason is empty", remedy="say why: whoever looks for an alert reads it")
    with opened(shell) as desk:
        ends_at = end_of(until, desk.now, desk.zone)
        known = {channel.name for channel in desk.config.channels}
        for name in options["channels"]:
            if name not in known:
                raise UsageError(f"no channel is named {name}", remedy=f"name one of {', '.join(sorted(known))}")
        with desk.store.work() as work:
            silence = Silence(
                id=secrets.token_hex(4),
                author=author or whoami(),
                reason=" ".join(reason.split()),
                starts_at=desk.now,
                ends_at=ends_at,
                story=stories.named(work, options["story"]).id if options["story"] else None,
                channels=frozenset(map(ChannelName, options["channels"])),
                **matcher_of(options, desk.actors),
            )
            silences.add(work, silence, desk.now)
    if as_json:
        say_object(_as_object(silence, "", desk.now))
    else:
        say(f"silence {silence.id} until {local(silence.ends_at, desk.zone)}: {means(silence)}")


@command.command("list")
@click.option("--all", "with_ended", is_flag=True, help="Those that have ended too.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many.")
@click.option("--json", "as_objects", is_flag=True, help="Print one JSON object a silence instead.")
@pass_shell
def list_(shell: Shell, *, with_ended: bool, limit: int, as_objects: bool) -> None:
    """List the silences in force: until when, by whom, why, and what they mean.

    \b
    For example:
      relations-monitor silences list
      relations-monitor silences list --all --json
    """
    from monitor.store import silences

    with opened(shell) as desk, desk.store.look() as work:
        found = [
            (one, by) for one, by in silences.latest(work, limit) if with_ended or one.ends_at > desk.now
        ]  # fmt: skip
    if as_objects:
        say_objects(_as_object(one, by, desk.now) for one, by in found)
    elif not found:
        say("no silences" if with_ended else "no silence is in force")
    else:
        rows = [
            [one.id, local(one.ends_at, desk.zone), plain(one.author), plain(one.reason), means(one),
             f"ended by {plain(by)}" if by else "in force" if one.ends_at > desk.now else "ended"]
            for one, by in found
        ]  # fmt: skip
        say_table(("id", "until", "author", "reason", "means", "state"), rows)


@command.command()
@click.argument("silence", metavar="ID")
@click.option("--author", metavar="NAME", help="Who ends it; left out, who runs the command.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def expire(shell: Shell, *, silence: str, author: str | None, as_json: bool) -> None:
    """End a silence now; the beginning of its ID is enough. What it held is decided again at once.

    \b
    For example:
      relations-monitor silences expire 3f9a1c20
    """
    from monitor.store import silences

    by = author or whoami()
    with opened(shell) as desk, desk.store.work() as work:
        ended = silences.expire(work, silence, by, desk.now)
    if as_json:
        say_object(_as_object(ended, by, desk.now))
    else:
        say(f"silence {ended.id} has ended: {means(ended)}")


def means(silence: "Silence") -> str:
    """What a silence holds, in words."""
    told = [f"at least {silence.severity}"] if silence.severity != "info" else []
    for noun, names in (
        ("tag", silence.tags), ("party", silence.parties), ("event", silence.events), ("language", silence.languages),
        ("rule", silence.rules), ("channel", silence.channels),
    ):  # fmt: skip
        told += [f"{noun} {' or '.join(sorted(names))}"] if names else []
    told += [f"story {silence.story}"] if silence.story else []
    return ", ".join(told) or "everything"


def _as_object(one: "Silence", expired_by: str, now: "datetime") -> dict[str, Any]:
    return {
        "id": one.id, "author": one.author, "reason": one.reason, "starts_at": one.starts_at, "ends_at": one.ends_at,
        "in_force": one.starts_at <= now < one.ends_at, "expired_by": expired_by or None, "severity": one.severity,
        "tags": sorted(one.tags), "parties": sorted(one.parties), "events": sorted(one.events),
        "languages": sorted(one.languages), "rules": sorted(one.rules), "channels": sorted(one.channels),
        "story": one.story,
    }  # fmt: skip
