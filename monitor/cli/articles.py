"""Articles from files and standard input, as `scan` and `rules explain` take them: JSON Lines, text, a feed, a page."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final, Literal, get_args

from monitor.errors import InputError
from monitor.feeds.articles import articles_of
from monitor.feeds.kinds import parse
from monitor.feeds.letters import decoded
from monitor.model import Article, ArticleId, Document, Feed, FeedId, FetchFailed, PollState
from monitor.text.article import TEXT_LIMIT, TITLE_LIMIT
from monitor.text.language import language_of
from monitor.text.markup import page_of

Form = Literal["jsonl", "text", "feed", "html"]
FORMS: tuple[Form, ...] = get_args(Form)

FIXED_DATE = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""The moment of an article that names none, so that a scan gives the same answer on every day."""
STDIN: Final = Path("-")

_BY_ENDING: Mapping[str, Form] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".xml": "feed", ".rss": "feed", ".atom": "feed", ".rdf": "feed",
    ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
"""Any other ending is JSON Lines."""


class Articles:
    """The articles of some files, in order; what is none is told to `complain` with its place, and skipped.

    Raises InputError for a file that can't be read.
    """

    def __init__(self, files: Sequence[Path], form: Form | None, complain: Callable[[str], None]) -> None:
        self._files = tuple(files) or (STDIN,)
        self._form = form
        self._complain = complain
        self.is_clean = True
        """Everything so far was an article."""

    def __iter__(self) -> Iterator[Article]:
        for path in self._files:
            name = "standard input" if path == STDIN else str(path)
            form = self._form or _BY_ENDING.get(path.suffix.lower(), "jsonl")
            match form:
                case "jsonl":
                    yield from self._lines(path, name)
                case "feed":
                    yield from self._entries(path, name)
                case _:
                    yield from self._whole(path, name, form)

    def _skip(self, message: str) -> None:
        self.is_clean = False
        self._complain(message)

    def _lines(self, path: Path, name: str) -> Iterator[Article]:
        for number, line in enumerate(_lines_in(path), 1):
            if not line.strip():
                continue
            try:
                yield article_from(line.decode("utf-8-sig" if number == 1 else "utf-8", "replace"))
            except InputError as error:
                self._skip(f"{name}:{number}: {error}")

    def _entries(self, path: Path, name: str) -> Iterator[Article]:
        """The entries of a feed through its real parser; their moment is what the feed says, or the fixed date."""
        feed = Feed(id=FeedId("scan"), url="", title="")
        body = _bytes_of(path)
        document = Document(url="", body=body, content_type="", fetched_at=FIXED_DATE)
        parsed = parse(feed, PollState(feed=feed.id), document)
        if isinstance(parsed, FetchFailed):
            self._skip(f"{name}: {parsed.detail}")
            return
        found, broken = articles_of(replace(feed, title=parsed.title), document, parsed)
        for complaint in parsed.complaints:
            self._skip(f"{name}: {complaint.entry or 'the feed'}: {complaint.because}")
        for one in broken:
            self._skip(f"{name}: {one.entry}: {one.error!r}")
        for article in found:
            moment = article.dated or FIXED_DATE
            yield replace(article, published=moment, fetched_at=moment)

    def _whole(self, path: Path, name: str, form: Form) -> Iterator[Article]:
        """The file as one article: text with its title in the first line, or a page with its <title>."""
        content = decoded(_bytes_of(path), "")
        lang = ""
        if form == "html":
            title, text, lang = page_of(content)
        else:
            title, _, text = content.strip().partition("\n")
        title, text = title.strip()[:TITLE_LIMIT], text.strip()[:TEXT_LIMIT]
        if not title and not text:
            self._skip(f"{name}: no text in it")
            return
        yield article_of_text(title, text, id_=name, lang=lang)


def article_of_text(
    title: str, text: str, *, id_: str = "", lang: str = "", published: str = "", url: str = "", outlet: str = ""
) -> Article:
    """An article of a title and a text as they are. Raises InputError for a date that is none."""
    moment = _moment_of(published)
    return Article(
        id=ArticleId(id_),
        feed=FeedId("scan"),
        url=url,
        title=title,
        text=text,
        lang=language_of(f"{title} {text}", lang),
        outlet=outlet,
        published=moment,
        fetched_at=moment,
    )


def article_from(line: str) -> Article:
    """The article of one line of JSON. Raises InputError that says what is wrong with it."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from None
    if not isinstance(given, dict):
        raise InputError(f"expected an object with id, title and text, not {type(given).__name__}")
    title, text = _text_of(given, "title"), _text_of(given, "text")
    if not title.strip() and not text.strip():
        raise InputError("neither title nor text")
    return article_of_text(
        title,
        text,
        id_=_text_of(given, "id"),
        lang=_text_of(given, "lang"),
        published=_text_of(given, "published"),
        url=_text_of(given, "url"),
        outlet=_text_of(given, "outlet"),
    )


def form_of(path: Path) -> Form:
    """What a file holds, by its ending, else by its first sign: a brace opens JSON. Raises InputError."""
    ending = path.suffix.lower()
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if path == STDIN or ending in (".jsonl", ".ndjson", ".json"):
        return "jsonl"
    return "jsonl" if _bytes_of(path).lstrip()[:1] == b"{" else "text"


def _lines_in(path: Path) -> Iterator[bytes]:
    if path == STDIN:
        yield from sys.stdin.buffer
        return
    try:
        with path.open("rb") as stream:
            yield from stream
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None


def _bytes_of(path: Path) -> bytes:
    return b"".join(_lines_in(path))


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
