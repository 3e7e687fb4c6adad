"""`audit`: the story of one thing from the ledger, the ledger as a file, its seals, and what is held for good."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.asking import moment
from monitor.cli.audit_hold import hold
from monitor.cli.desk import Desk, opened
from monitor.cli.exports import csv_lines, form_of, write_lines
from monitor.cli.output import as_json, local, note, plain, say, say_object, style
from monitor.cli.shell import Shell, pass_shell
from monitor.errors import UsageError

if TYPE_CHECKING:  # at run time they are read late: `--help` needs none of them
    from monitor.store.ledger import LedgerRow
    from monitor.store.seals import DayJudged
    from monitor.store.story_of import Told

_SHORT = 12
_GLOBAL = ("--config", "--color")
_COLUMNS = ("id", "at", "kind", "article", "story", "alert", "channel", "rule", "because", "detail", "digest")
_COLOURS = {"changed": "red", "missing": "red", "added": "red", "open": "dim", "pruned": "dim"}


class Audit(click.Group):
    """`audit 3f9a1c` is `audit tell 3f9a1c`: whoever asks for the story of a thing need not say so."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `tell` before what names no command of ours."""
        at = 0
        while at < len(args) and args[at].partition("=")[0] in _GLOBAL:
            at += 1 if "=" in args[at] else 2
        if at < len(args) and args[at] not in self.commands and args[at] not in ("-h", "--help"):
            args = [*args[:at], "tell", *args[at:]]
        return super().parse_args(ctx, args)


@click.group(cls=Audit)
def command() -> None:
    """Tell what happened to an alert, a story, an article or by a rule; export, seal and verify the ledger.

    \b
    For example:
      relations-monitor audit 3f9a1c
    """


command.add_command(hold)


# --- tell -------------------------------------------------------------------------------------------------------------


@command.command()
@click.argument("subject", metavar="ID", required=False)
@click.option("--since", metavar="WHEN", help="Not before: 90m, 24h, 7d, today, yesterday, or 2026-11-24T09:30.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=1000, show_default=True, help="At most so many, the newest."
)
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def tell(shell: Shell, *, subject: str | None, since: str | None, limit: int, as_object: bool) -> None:
    """Tell the story of one thing in order: an alert, a story, an article (the beginning of its ID) or a rule.

    When it was published and fetched, what found it (rule and version), each verdict with its reason, when it was
    queued and sent, and what the other side answered. `audit ID` is the same. Without an ID all since WHEN.

    \b
    For example:
      relations-monitor audit tell 3f9a1c
      relations-monitor audit --since 24h --json
    """
    from monitor.store.story_of import story_of

    with opened(shell) as desk:
        if subject is None and since is None:
            raise UsageError("audit of what?", remedy="name an alert, story, article or rule, or write --since 24h")
        start = moment(since, desk.now, desk.zone, option="--since") if since else None
        with desk.store.look() as work:
            told = story_of(work, subject, since=start, limit=limit)
    if as_object:
        events = [_object(row) for row in told.rows]
        say_object({"kind": told.kind, "id": told.id, "events": events, "truncated": told.is_cut})
    else:
        _say_story(told, desk)


def _object(row: "LedgerRow") -> dict[str, Any]:
    names = ("id", "at", "kind", "article", "story", "alert", "channel", "rule", "because", "detail")
    return {name: getattr(row, name) for name in names}


def _say_story(told: "Told", desk: Desk) -> None:
    from monitor.cli.audited import sentences

    say(style(f"{told.kind} {told.id}".strip(), "bold"))
    if not told.rows:
        say("nothing is in the ledger of it" + (" since then" if told.kind == "all" else ""))
    if told.is_cut:
        say(style("the newest; --limit shows more", "dim"))
    for row in told.rows:
        for at, what in sentences(row):
            say(f"  {local(at, desk.zone)}  {plain(what)}")


# --- export -----------------------------------------------------------------------------------------------------------


@command.command()
@click.option("--since", metavar="WHEN", help="Not before: 24h, 7d, today, yesterday, or 2026-11-24T09:30.")
@click.option("--until", metavar="WHEN", help="Before this moment, written likewise.")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]),
              help="csv for a spreadsheet, jsonl for programs; left out, by the file's ending, else csv.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write to this file, which gets its name when it is whole; left out, standard output.")  # fmt: skip
@click.option("--bom", "has_bom", is_flag=True, help="Begin a CSV with a byte order mark, by which Excel knows UTF-8.")
@pass_shell
def export(
    shell: Shell, *, since: str | None, until: str | None, form: str | None, output: Path | None, has_bom: bool
) -> None:
    """Write the ledger as CSV or JSON Lines, in the order in which it was written, each row with its digest.

    A CSV (UTF-8, RFC 4180) is for a spreadsheet: no cell can act as a formula.

    \b
    For example:
      relations-monitor audit export --since 2026-11-01 --output ledger.jsonl
    """
    from monitor.store import ledger

    form = form or form_of(output)
    with opened(shell) as desk:
        start = moment(since, desk.now, desk.zone, option="--since") if since else None
        end = moment(until, desk.now, desk.zone, option="--until") if until else None
        with desk.store.look() as work:
            rows = (_exported(row) for row in ledger.within(work, start, end))
            lines = _csv(rows, has_bom=has_bom) if form == "csv" else (as_json(row) + "\n" for row in rows)
            count = write_lines(lines, output)
    if output is not None:
        note(f"{count - (form == 'csv')} rows in {output}")


def _exported(row: "LedgerRow") -> dict[str, Any]:
    from monitor.store.seals import digest_of

    return {**_object(row), "digest": digest_of(row)}


def _csv(rows: Iterator[dict[str, Any]], *, has_bom: bool) -> Iterator[str]:
    from monitor.cli.findings import safe_cell

    def cell(value: object) -> str:
        if value is None:
            return ""
        return safe_cell(value if isinstance(value, str) else as_json(value).strip('"'))

    return csv_lines(_COLUMNS, ([cell(row[name]) for name in _COLUMNS] for row in rows), has_bom=has_bom)


# --- seals ------------------------------------------------------------------------------------------------------------


@command.command()
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def seal(shell: Shell, *, as_object: bool) -> None:
    """Seal the days of the ledger that are over, as the daemon does by itself an hour after midnight (UTC).

    The seal of a day is a SHA-256 over its rows in order and the seal before. Keep a copy of it elsewhere.

    \b
    For example:
      relations-monitor audit seal
    """
    from monitor.store import seals

    with opened(shell) as desk, desk.store.place() as work:
        made = seals.seal_due(work, desk.now)
        newest = seals.seals(work)[-1:]
    if as_object:
        say_object({"sealed": [{"day": one.day, "rows": one.rows, "seal": one.digest} for one in made]})
        return
    for one in made:
        say(f"{one.day}  {one.rows} rows  {one.digest}")
    if not made:
        say("no day is due" + (f"; the newest seal is of {newest[0].day}: {newest[0].digest}" if newest else ""))


@command.command()
@click.option("--seal", "known", metavar="DIGEST", help="A seal that was kept elsewhere; it must be among ours.")
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def verify(shell: Shell, *, known: str | None, as_object: bool) -> int:
    """Check every day of the ledger against its seal; ends with 1 where a row was changed, taken away or added.

    Whoever can write to the database could make all seals anew: with --seal one that was kept elsewhere (the log has
    each as `ledger_sealed`) proves that it and all before it are those of then.

    \b
    For example:
      relations-monitor audit verify
    """
    from monitor.store import seals

    with opened(shell) as desk, desk.store.look() as work:
        days = list(seals.verify(work))
    is_known = known is None or any(day.digest == known.strip().lower() for day in days)
    is_sound = is_known and all(day.is_sound for day in days)
    if as_object:
        judged = [
            {"day": day.day, "judgement": day.judgement, "rows": day.rows, "because": day.because, "seal": day.digest}
            for day in days
        ]
        say_object({"sound": is_sound, "days": judged, "seal_known": is_known if known else None})
        return 0 if is_sound else 1
    for day in days:
        say(f"{day.day}  {style(day.judgement, _COLOURS.get(day.judgement, 'green'))}: {day.because}")
    if not is_known:
        say(style(f"no day has the seal {known}: the seals were made anew, or it is of another database", "red"))
    say(_summary(days))
    return 0 if is_sound else 1


def _summary(days: Sequence["DayJudged"]) -> str:
    bad = [day.day for day in days if not day.is_sound]
    if bad:
        return style(f"{len(bad)} of {len(days)} days are not as they were sealed: {', '.join(bad)}", "red")
    sealed = [day for day in days if day.digest]
    return f"{len(sealed)} sealed days are as they were" + (f"; the newest seal: {sealed[-1].digest}" if sealed else "")
