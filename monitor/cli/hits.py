"""`hits`: what the rules found, with its evidence, on the screen or as a file."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.asking import asked_by, filters
from monitor.cli.desk import opened
from monitor.cli.exports import csv_lines, form_of, write_lines
from monitor.cli.output import as_json, local, note, plain, say, say_object, say_objects, say_table, style
from monitor.cli.shell import Shell, pass_shell

if TYPE_CHECKING:
    from monitor.model import Names
    from monitor.store.findings import Finding

_SHORT = 12


@click.group()
def command() -> None:
    """See what the rules found, and take it along as a file.

    \b
    For example:
      relations-monitor hits list --since 24h
    """


@command.command("list")
@filters
@click.option("--withdrawn", "with_withdrawn", is_flag=True, help="Those too that a revised article says no more.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many, the newest.")
@click.option("--json", "as_lines", is_flag=True, help="Print one JSON object a hit instead.")
@pass_shell
def list_(shell: Shell, /, *, with_withdrawn: bool, limit: int, as_lines: bool, **wanted: str | None) -> None:
    """List hits, the newest first.

    \b
    For example:
      relations-monitor hits list --rule troop-transfer --actor Russia
      relations-monitor hits list --since yesterday --status denied --json
    """
    from monitor.cli.findings import as_object, who
    from monitor.store import findings

    with opened(shell) as desk:
        asked = asked_by(wanted, desk.now, desk.zone, desk.actors)
        with desk.store.look() as work:
            found = list(findings.found(work, asked, limit, with_withdrawn=with_withdrawn))
    if as_lines:
        say_objects(as_object(one, desk.names) for one in found)
        return
    if not found:
        say("no hits" + (" that fit" if any(wanted.values()) else " yet"))
        return
    rows = [
        (local(one.found_at, desk.zone), one.hit.severity,
         one.hit.status if one.withdrawn_at is None else f"{one.hit.status}, withdrawn", one.hit.title,
         who(one.hit.attribution, desk.names), one.outlet or one.feed, one.hit.rule, one.hit.article[:_SHORT])
        for one in found
    ]  # fmt: skip
    say_table(("found", "severity", "status", "what", "said by", "outlet", "rule", "article"), rows)
    if len(found) == limit:
        say(style(f"the newest {limit}; --limit shows more", "dim"))


@command.command()
@click.argument("article", metavar="ARTICLE")
@click.option("--rule", metavar="ID", help="Only what this rule found.")
@click.option("--json", "as_json_", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def show(shell: Shell, *, article: str, rule: str | None, as_json_: bool) -> None:
    """Tell all hits of one article, withdrawn ones too; the beginning of its id is enough.

    \b
    For example:
      relations-monitor hits show 5c04be
    """
    from monitor.cli.findings import as_object, lines_of
    from monitor.store import findings

    with opened(shell) as desk, desk.store.look() as work:
        one, found = findings.of_article(work, article)
    found = [finding for finding in found if rule is None or finding.hit.rule == rule]
    if as_json_:
        held = {"id": one.id, "feed": one.feed, "url": one.url, "title": one.title, "text": one.text,
                "lang": one.lang, "outlet": one.outlet, "published": one.published, "fetched_at": one.fetched_at,
                "revision": one.revision}  # fmt: skip
        say_object({"article": held, "hits": [as_object(finding, desk.names) for finding in found]})
        return
    say(style(plain(one.title), "bold"))
    say(f"{plain(one.outlet) or one.feed}, {local(one.published, desk.zone)}, read {local(one.fetched_at, desk.zone)}")
    say(f"{one.id}  {plain(one.url)}")
    if not found:
        say("no hits" + (f" of {rule}" if rule else ""))
    for finding in found:
        say()
        for line in lines_of(finding, desk.names, desk.zone):
            say(line)


@command.command()
@filters
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]),
              help="csv for a spreadsheet, jsonl for programs; left out, by the file's ending, else csv.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write to this file, which gets its name when it is whole; left out, standard output.")  # fmt: skip
@click.option("--bom", "has_bom", is_flag=True, help="Begin a CSV with a byte order mark, by which Excel knows UTF-8.")
@click.option("--withdrawn", "with_withdrawn", is_flag=True, help="Those too that a revised article says no more.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many, the newest; left out, all.")
@pass_shell
def export(
    shell: Shell,
    /,
    *,
    form: str | None,
    output: Path | None,
    has_bom: bool,
    with_withdrawn: bool,
    limit: int | None,
    **wanted: str | None,
) -> None:
    """Write hits as CSV or JSON Lines, the newest first, from one moment of the database.

    A CSV (UTF-8, RFC 4180) is for a spreadsheet: no cell can act as a formula, and of evidence it has the words alone.
    JSON Lines hold all that is known of a hit.

    \b
    For example:
      relations-monitor hits export --since 7d --output hits.csv
      relations-monitor hits export --event sanction-imposed --format jsonl
    """
    from monitor.store import findings

    form = form or form_of(output)
    with opened(shell) as desk:
        asked = asked_by(wanted, desk.now, desk.zone, desk.actors)
        with desk.store.look() as work:
            found = findings.found(work, asked, limit, with_withdrawn=with_withdrawn)
            lines = _csv(found, desk.names, has_bom=has_bom) if form == "csv" else _jsonl(found, desk.names)
            count = write_lines(lines, output)
    if output is not None:
        note(f"{count - (form == 'csv')} hits in {output}")


def _csv(found: "Iterable[Finding]", names: "Names", *, has_bom: bool) -> Iterator[str]:
    from monitor.cli.findings import COLUMNS, row_of

    return csv_lines(COLUMNS, (row_of(one, names) for one in found), has_bom=has_bom)


def _jsonl(found: "Iterable[Finding]", names: "Names") -> Iterator[str]:
    from monitor.cli.findings import as_object

    return (as_json(as_object(one, names)) + "\n" for one in found)
