"""`scan`: the rules over articles from files or standard input, with no database."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from monitor.cli.articles import FORMS, Articles, Form
from monitor.cli.explained import hit_told
from monitor.cli.output import note, say
from monitor.cli.shell import Shell, pass_shell
from monitor.model import Article, Hit, Quantity
from monitor.rules.match import match
from monitor.rules.recorder import Recorder
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
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@pass_shell
def command(
    shell: Shell, *, folder: Path | None, form_in: Form | None, form: str, is_explained: bool, files: tuple[Path, ...]
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
    for article in articles:
        recorder = Recorder()
        reading = read(article, loaded.ruleset.languages)
        hits = match(loaded.ruleset, reading, recorder) if is_explained else match(loaded.ruleset, reading)
        for index, hit in enumerate(hits):
            say(json.dumps(as_json(hit), ensure_ascii=False) if form == "jsonl" else as_text(article, hit))
            if is_explained:
                told = recorder.explained_hit(index)
                if form == "text":
                    say(hit_told(told, sys.stdout))
                else:
                    note(hit_told(told, sys.stderr))
    if not articles.is_clean:
        sys.exit(1)


def as_json(hit: Hit) -> dict[str, Any]:
    """A hit by the contract of `scan`: every key is always there."""
    return {
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


def _quantity(quantity: Quantity) -> dict[str, Any]:
    """A quantity by the contract: its value, or its bounds; whole numbers without a point."""
    bounds = {"value": quantity.value, "low": quantity.low, "high": quantity.high}
    told = {name: int(bound) if bound.is_integer() else bound for name, bound in bounds.items() if bound is not None}
    return {"text": quantity.text, **told, "approx": quantity.is_approximate, "unit": quantity.unit}


def as_text(article: Article, hit: Hit) -> str:
    """A hit for a reader: what happened, its status, the words that say so, and how many or how much."""
    who = f" ({', '.join(hit.attribution)} says so)" if hit.attribution else ""
    lines = [
        f"{article.id or '-'}: {hit.title} [{hit.status}{who}; {hit.rule}, {hit.severity}, {hit.score:.2f}]",
        *(f"    {one.field} {one.start}-{one.end}: {one.text}" for one in hit.evidence),
    ]
    if hit.quantities:
        lines.append(f"    quantities: {'; '.join(one.text for one in hit.quantities)}")
    return "\n".join(lines)
