"""`scan`: the rules over articles from files or standard input, with no database."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any

import click

from monitor.app import load_rules
from monitor.errors import InputError
from monitor.model import Article, ArticleId, FeedId, Hit
from monitor.rules.match import match
from monitor.text.language import language_of
from monitor.text.tokens import read

FIXED_DATE = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""The moment of an article that names none, so that a scan gives the same answer on every day."""


@click.command()
@click.option("--rules", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
              help="Rule files to lay over the shipped ones.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["jsonl", "text"]), default="jsonl", show_default=True,
              help="One JSON object a hit, or lines for a reader.")  # fmt: skip
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
def command(folder: Path | None, form: str, files: tuple[Path, ...]) -> None:
    """Match articles from FILES (JSON Lines; - or nothing is standard input) and print the hits.

    An article is a line {"id", "title", "text", "lang"?, "published"?, "url"?, "outlet"?}. A line that is not
    one is named on standard error with its number; the others are read, and the exit status is 1.

    \b
    For example:
      echo '{"id": "1", "title": "Iran sends troops to Syria", "text": ""}' | relations-monitor scan
    """
    loaded = load_rules(folder)
    for problem in loaded.problems:
        if not problem.is_warning:
            click.echo(problem.in_full(), err=True)
    is_clean = True
    for name, number, line in _lines(files):
        try:
            article = article_from(line)
        except InputError as error:
            click.echo(f"{name}:{number}: {error}", err=True)
            is_clean = False
            continue
        for hit in match(loaded.ruleset, read(article, loaded.ruleset.languages)):
            click.echo(json.dumps(as_json(hit), ensure_ascii=False) if form == "jsonl" else as_text(article, hit))
    if not is_clean:
        sys.exit(1)


def _lines(files: tuple[Path, ...]) -> Iterator[tuple[str, int, str]]:
    """Every line that is not blank, with its file and number. Raises InputError for a file that can't be read."""
    for path in files or (Path("-"),):
        if str(path) == "-":
            yield from _numbered("standard input", sys.stdin.buffer)
            continue
        try:
            with path.open("rb") as stream:
                yield from _numbered(str(path), stream)
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from None


def _numbered(name: str, stream: IO[bytes]) -> Iterator[tuple[str, int, str]]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield name, number, line.decode("utf-8-sig" if number == 1 else "utf-8", "replace")


def article_from(line: str) -> Article:
    """The article of one line. Raises InputError that says what is wrong with it."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from None
    if not isinstance(given, dict):
        raise InputError(f"expected an object with id, title and text, not {type(given).__name__}")
    title, text = _text_of(given, "title"), _text_of(given, "text")
    if not title.strip() and not text.strip():
        raise InputError("neither title nor text")
    published = _moment_of(_text_of(given, "published"))
    return Article(
        id=ArticleId(_text_of(given, "id")),
        feed=FeedId("scan"),
        url=_text_of(given, "url"),
        title=title,
        text=text,
        lang=language_of(f"{title} {text}", _text_of(given, "lang")),
        outlet=_text_of(given, "outlet"),
        published=published,
        fetched_at=published,
    )


def _text_of(given: dict[str, Any], key: str) -> str:
    """A key's text; missing, null and empty are the same."""
    value = given.get(key)
    if value is None:
        return ""
    if isinstance(value, int | float) and key == "id":
        return str(value)
    if not isinstance(value, str):
        raise InputError(f"{key} is {type(value).__name__}, expected a text")
    return value


def _moment_of(published: str) -> datetime:
    """ISO 8601, RFC 822 or a bare day (noon UTC); missing, the fixed date. Raises InputError for anything else."""
    text = published.strip()
    if not text:
        return FIXED_DATE
    try:
        moment = _dated(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # a year of 20 digits, or the first day of the year 1 east of Greenwich
        raise InputError(f"published {text[:40]!r} is no date; expected ISO 8601, RFC 822 or a day") from None


def _dated(text: str) -> datetime:
    if len(text) == len("2024-11-21"):
        return datetime.combine(date.fromisoformat(text), time(12), tzinfo=UTC)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(text)


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
        "quantities": [],
    }


def as_text(article: Article, hit: Hit) -> str:
    """A hit for a reader: what happened, its status, and the words that say so."""
    who = f" ({', '.join(hit.attribution)} says so)" if hit.attribution else ""
    quotes = "\n".join(f"    {one.field} {one.start}-{one.end}: {one.text}" for one in hit.evidence)
    return (
        f"{article.id or '-'}: {hit.title} [{hit.status}{who}; {hit.rule}, {hit.severity}, {hit.score:.2f}]\n{quotes}"
    )
