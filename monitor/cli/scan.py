"""`scan`: the rules over articles from files or standard input, with no database."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from monitor.cli.articles import FORMS, Articles, Form
from monitor.cli.explained import hit_told
from monitor.cli.output import note, say
from monitor.cli.shell import Shell, pass_shell
from monitor.model import Article, Fingerprint, Hit, Quantity
from monitor.replay import Matched, Placed, replayed
from monitor.rules.compile import RuleSet
from monitor.rules.match import match
from monitor.rules.recorder import Explained, Recorder
from monitor.text.fingerprint import fingerprint
from monitor.text.tokens import read


@click.command()
@click.option("--rules", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
              help="Rule files to lay over the shipped ones; left out, those of the configuration.")  # fmt: skip
@click.option("--in", "form_in", type=click.Choice(FORMS),
              help="What the files hold; left out, by their endings (.txt, .xml, .html), else jsonl.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["jsonl", "text"]), default="jsonl", show_default=True,
              help="One JSON object a hit, or lines for a reader.")  # fmt: skip
@click.option("--explain", "is_explained", is_flag=True,
              help="Why each hit is one: below it with --format text, else on standard error.")  # fmt: skip
@click.option("--stories", "with_stories", is_flag=True,
              help="Say for each hit which story it belongs to, and whether a person would be told because of it; "
              "all articles are read first.")  # fmt: skip
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@pass_shell
def command(
    shell: Shell,
    *,
    folder: Path | None,
    form_in: Form | None,
    form: str,
    is_explained: bool,
    with_stories: bool,
    files: tuple[Path, ...],
) -> None:
    """Match articles from FILES (- or nothing is standard input) and print the hits.

    As JSON Lines an article is {"id", "title", "text", "lang"?, "published"?, "url"?, "outlet"?}. As text a file is
    one article with its title in the first line, as html one page; as feed each entry of an RSS or Atom document is
    one. What is no article is named on standard error with its line; the others are read, and the exit status is 1.

    \b
    For example:
      echo '{"id": "1", "title": "Iran sends troops to Syria", "text": ""}' | relations-monitor scan
      echo "Iran sends troops to Syria" | relations-monitor scan --in text --format text --explain
    """
    loaded, _ = shell.rules(folder)
    for problem in loaded.problems:
        if not problem.is_warning:
            note(problem.in_full())
    articles = Articles(files, form_in, note)
    scanned = (_scanned(loaded.ruleset, article, is_explained=is_explained) for article in articles)
    for matched, reasons, placed in _with_stories(scanned, loaded.ruleset) if with_stories else _alone(scanned):
        for index, hit in enumerate(matched.hits):
            where = placed[index] if placed else None
            is_json = form == "jsonl"
            say(
                json.dumps(as_json(hit, where), ensure_ascii=False) if is_json else as_text(matched.article, hit, where)
            )
            if reasons and form == "text":
                say(hit_told(reasons[index], sys.stdout))
            elif reasons:
                note(hit_told(reasons[index], sys.stderr))
    if not articles.is_clean:
        sys.exit(1)


Scanned = tuple[Matched, Sequence[Explained]]
"""An article with its hits and, where asked for, the reasons of each."""


def _scanned(ruleset: RuleSet, article: Article, *, is_explained: bool) -> Scanned:
    reading = read(article, ruleset.languages)
    recorder = Recorder() if is_explained else None
    hits = match(ruleset, reading, recorder) if recorder else match(ruleset, reading)
    reasons = [recorder.explained_hit(index) for index in range(len(hits))] if recorder else ()
    return Matched(article=article, hits=hits, fingerprint=fingerprint(reading) if hits else Fingerprint()), reasons


def _alone(scanned: Iterable[Scanned]) -> Iterator[tuple[*Scanned, Sequence[Placed]]]:
    for matched, reasons in scanned:
        yield matched, reasons, ()


def _with_stories(scanned: Iterable[Scanned], ruleset: RuleSet) -> Iterator[tuple[*Scanned, Sequence[Placed]]]:
    """The same in the same order, each hit with its story: all are read first, since stories grow in order of time."""
    found = list(scanned)
    placed = replayed([matched for matched, _ in found], ruleset.names, ruleset.events)
    for (matched, reasons), where in zip(found, placed, strict=True):
        yield matched, reasons, where


def as_json(hit: Hit, placed: Placed | None = None) -> dict[str, Any]:
    """A hit by the contract of `scan`: every key is always there, `story` and `alert` where it was placed."""
    told = {
        "article": hit.article,
        "rule": hit.rule,
        "event": hit.event,
        "severity": hit.severity,
        "status": hit.status,
        "source": hit.source,
        "target": hit.target,
        "reciprocal": hit.is_reciprocal,
        "attribution": list(hit.attribution),
        "score": hit.score,
        "evidence": [
            {"field": one.field, "start": one.start, "end": one.end, "text": one.text} for one in hit.evidence
        ],
        "quantities": [_quantity(one) for one in hit.quantities],
    }
    return told if placed is None else {**told, "story": placed.story, "alert": placed.alert}


def _quantity(quantity: Quantity) -> dict[str, Any]:
    """A quantity by the contract: its value, or its bounds; whole numbers without a point."""
    bounds = {"value": quantity.value, "low": quantity.low, "high": quantity.high}
    told = {name: int(bound) if bound.is_integer() else bound for name, bound in bounds.items() if bound is not None}
    return {"text": quantity.text, **told, "approx": quantity.is_approximate, "unit": quantity.unit}


def as_text(article: Article, hit: Hit, placed: Placed | None = None) -> str:
    """A hit for a reader: what happened, its status, the words that say so, and how many or how much."""
    who = f" ({', '.join(hit.attribution)} says so)" if hit.attribution else ""
    lines = [
        f"{article.id or '-'}: {hit.title} [{hit.status}{who}; {hit.rule}, {hit.severity}, {hit.score:.2f}]",
        *(f"    {one.field} {one.start}-{one.end}: {one.text}" for one in hit.evidence),
    ]
    if hit.quantities:
        lines.append(f"    quantities: {'; '.join(one.text for one in hit.quantities)}")
    if placed is not None:
        told = f", told as {placed.alert}" if placed.alert else ", not told"
        lines.append(f"    story: {placed.story or 'none'}{told if placed.story else ''}: {placed.because}")
    return "\n".join(lines)
