"""`stories`: what happened, who reported it and who was told; and a person's correction of how it is grouped."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.desk import Desk, opened
from monitor.cli.output import local, plain, say, say_object, say_objects, say_table, style
from monitor.cli.shell import Shell, pass_shell
from monitor.cli.whoami import whoami

if TYPE_CHECKING:
    from monitor.correction import Events
    from monitor.model import Story
    from monitor.store.ledger import LedgerRow

_SHORT = 12
_HISTORY = 1000


@click.group()
def command() -> None:
    """List stories, show one and its course, correct how they are grouped.

    \b
    For example:
      relations-monitor stories list
    """


@command.command("list")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many, the newest.")
@click.option("--json", "as_objects", is_flag=True, help="Print one JSON object a story instead.")
@pass_shell
def list_(shell: Shell, *, limit: int, as_objects: bool) -> None:
    """List the stories with the newest reports: when, how severe, what, by how many outlets.

    \b
    For example:
      relations-monitor stories list --limit 20
    """
    from monitor.store import stories

    with opened(shell) as desk, desk.store.look() as work:
        found = stories.latest(work, limit)
    if as_objects:
        say_objects(_as_object(story, desk) for story in found)
    elif not found:
        say("no stories yet")
    else:
        rows = [
            [local(story.last_hit_at, desk.zone), story.severity, plain(story.title), str(len(story.reports)),
             str(len(story.outlets)), story.id]
            for story in found
        ]  # fmt: skip
        say_table(("last report", "severity", "what", "reports", "outlets", "id"), rows)


@command.command()
@click.argument("story", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def show(shell: Shell, *, story: str, as_json: bool) -> None:
    """Tell all of one story: what was said by whom, quantities, its reports. The beginning of its ID is enough.

    \b
    For example:
      relations-monitor stories show troop-transfer-3f9a
    """
    from monitor.store import corrections, stories

    with opened(shell) as desk, desk.store.look() as work:
        found = stories.named(work, story)
        others = corrections.of_story(work, found.id)
    if as_json:
        say_object({**_as_object(found, desk), "merged": others})
        return
    for line in _lines(found, desk):
        say(line)
    for other in others:
        say(f"merged into it: {other}")


@command.command()
@click.argument("story", metavar="ID")
@click.option("--json", "as_objects", is_flag=True, help="Print one JSON object a row instead.")
@pass_shell
def timeline(shell: Shell, *, story: str, as_objects: bool) -> None:
    """Tell the course of one story: reports, verdicts, alerts, corrections, the first first.

    \b
    For example:
      relations-monitor stories timeline troop-transfer-3f9a
    """
    from monitor.store import corrections, ledger, stories

    with opened(shell) as desk, desk.store.look() as work:
        found = stories.named(work, story)
        names = [found.id, *corrections.of_story(work, found.id)]
        rows = sorted(
            (row for name in names for row in ledger.read(work, story=name, limit=_HISTORY)[::-1]),
            key=lambda row: row.at,
        )
    if as_objects:
        say_objects(_row_object(row) for row in rows)
        return
    say(style(plain(found.title), "bold"))
    for row in rows:
        about = " ".join(str(one)[:_SHORT] for one in (row.channel, row.alert or row.article) if one)
        because = f": {plain(row.because)}" if row.because else ""
        say(f"  {local(row.at, desk.zone)}  {row.kind.replace('_', ' ')} {about}{because}")


@command.command()
@click.argument("story", metavar="ID")
@click.argument("other", metavar="OTHER")
@click.option("--author", metavar="NAME", help="Who says so; left out, who runs the command.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def merge(shell: Shell, *, story: str, other: str, author: str | None, as_json: bool) -> None:
    """Make one story of two: all that OTHER holds goes into the first, which keeps its ID.

    Both must be of one event. A channel that was told of either is told only what is new to it. Placing respects it
    from then on, and it stands in the ledger.

    \b
    For example:
      relations-monitor stories merge troop-transfer-3f9a troop-transfer-77b0
    """
    from monitor import correction

    with opened(shell) as desk:
        events = _events(desk)
        with desk.store.place() as work:
            after = correction.merge(work, story, other, author or whoami(), desk.now, events)
    _tell([after], desk, as_json=as_json)


@command.command()
@click.argument("story", metavar="ID")
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@click.option("--author", metavar="NAME", help="Who says so; left out, who runs the command.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def split(shell: Shell, *, story: str, articles: tuple[str, ...], author: str | None, as_json: bool) -> None:
    """Make a story of its own of some articles of another; the beginning of an id is enough (`stories show`).

    Whoever was told of the whole is not told of the part again. `stories merge` gives it back.

    \b
    For example:
      relations-monitor stories split troop-transfer-3f9a 5b1e 77c0
    """
    from monitor import correction

    with opened(shell) as desk:
        events = _events(desk)
        with desk.store.place() as work:
            both = correction.split(work, story, articles, author or whoami(), desk.now, events)
    _tell(both, desk, as_json=as_json)


def _events(desk: Desk) -> "Events":
    """The vocabulary of events in force."""
    from monitor.rulebook import load_rules

    rules = desk.config.rules
    return load_rules(rules.dir, with_shipped=rules.with_shipped).ruleset.events


def _tell(found: "list[Story] | tuple[Story, ...]", desk: Desk, *, as_json: bool) -> None:
    if as_json:
        say_object({"stories": [_as_object(story, desk) for story in found]})
        return
    for story in found:
        say(f"{story.id}: {plain(story.title)}, {len(story.reports)} report{'s' if len(story.reports) > 1 else ''}")


def _lines(story: "Story", desk: Desk) -> Iterator[str]:
    from monitor.material import number_in_words, sayings_in_words

    yield style(plain(story.title), "bold")
    yield f"  {story.id}, {story.event}, {story.severity}" + (
        f", tags {', '.join(sorted(story.tags))}" if story.tags else ""
    )
    yield f"  parties: {', '.join(desk.names.of(code) for code in sorted(story.parties)) or 'nobody named'}"
    yield f"  said: {sayings_in_words(story.said, story.parties, desk.names) or 'background'}"
    amounts = [f"{number_in_words(value)} {unit}" for unit, value in sorted(story.quantities.items())]
    if amounts:
        yield f"  quantities: {', '.join(amounts)}"
    for report in story.reports:
        said = f"{plain(report.outlet)}: {plain(report.title)}"
        yield f"  {local(report.published, desk.zone)}  {report.article[:_SHORT]}  {said}"


def _as_object(story: "Story", desk: Desk) -> dict[str, Any]:
    return {
        "id": story.id, "event": story.event, "title": story.title, "severity": story.severity,
        "parties": sorted(story.parties), "party_names": [desk.names.of(code) for code in sorted(story.parties)],
        "source": story.source, "target": story.target, "reciprocal": story.is_reciprocal,
        "tags": sorted(story.tags), "opened_at": story.opened_at, "last_hit_at": story.last_hit_at,
        "said": [{"status": one.status, "side": one.side or None} for one in
                 sorted(story.said, key=lambda one: (one.status, one.side))],
        "quantities": dict(sorted(story.quantities.items())),
        "reports": [
            {"article": one.article, "outlet": one.outlet, "title": one.title, "url": one.url,
             "published": one.published, "status": one.status, "lang": one.lang}
            for one in story.reports
        ],
    }  # fmt: skip


def _row_object(row: "LedgerRow") -> dict[str, Any]:
    return {
        "at": row.at, "kind": row.kind, "article": row.article, "story": row.story, "alert": row.alert,
        "channel": row.channel, "rule": row.rule, "because": row.because, "detail": row.detail,
    }  # fmt: skip
