"""Document + Parsed -> articles: dates judged, mark-up gone, each entry by itself."""

from dataclasses import dataclass

from monitor.feeds.dates import date_of, moment_of
from monitor.model import Article, ArticleId, Document, Entry, Feed, Parsed
from monitor.text.article import article_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenEntry:
    """An entry on which we broke: an unforeseen error of ours, which costs this entry alone."""

    entry: str
    error: Exception


def articles_of(feed: Feed, document: Document, parsed: Parsed) -> tuple[list[Article], list[BrokenEntry]]:
    """The articles of a document in order, each once, and the entries that broke. An entry without words is none."""
    found: dict[ArticleId, Article] = {}
    broken: list[BrokenEntry] = []
    for entry in parsed.entries:
        try:
            article = _article(feed, document, parsed.lang, entry)
        except Exception as error:
            broken.append(BrokenEntry(entry=entry.guid or entry.link or entry.title, error=error))
            continue
        if article is not None:
            found.setdefault(article.id, article)
    return list(found.values()), broken


def _article(feed: Feed, document: Document, lang: str, entry: Entry) -> Article | None:
    said = entry.published or entry.updated
    dated, origin = date_of(said, fetched_at=document.fetched_at, zone=feed.zone, country=feed.country)
    published, origin = moment_of(dated, document.fetched_at, origin)
    return article_of(
        feed,
        entry,
        published=published,
        date_origin=origin,
        dated=dated,
        fetched_at=document.fetched_at,
        said_lang=lang,
    )
