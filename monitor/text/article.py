"""From an entry to an article: plain text, a language, a moment, names."""

from datetime import datetime

from monitor.model import Article, DateOrigin, Entry, Feed
from monitor.text.identity import article_id, digest_of, keys_of
from monitor.text.language import language_of
from monitor.text.markup import line_of, paragraphs_of

TITLE_LIMIT = 1_000
"""Characters of a title that are kept; longer ones are a feed's mistake."""
TEXT_LIMIT = 200_000
"""Characters of a text that are kept: some 30,000 words, far above any news article."""


def article_of(
    feed: Feed,
    entry: Entry,
    *,
    published: datetime,
    date_origin: DateOrigin,
    dated: datetime | None,
    fetched_at: datetime,
    said_lang: str = "",
) -> Article | None:
    """The article that an entry means, or None where it has neither title nor text.

    `published` is the moment by the laws of identity, `dated` what the publisher said (`feeds.dates`
    judges both); `said_lang` is the language that the document names.
    """
    title = line_of(entry.title)[:TITLE_LIMIT].rstrip()
    text = _fuller(paragraphs_of(entry.summary), paragraphs_of(entry.content))[:TEXT_LIMIT].rstrip()
    if not title and not text:
        return None
    if text == title:
        text = ""
    guid, link = _storable(entry.guid), _storable(entry.link)
    keys = keys_of(feed.id, guid=guid, link=link, title=title or text[:200], dated=dated)
    return Article(
        id=article_id(keys),
        feed=feed.id,
        url=link,
        title=title,
        text=text,
        lang=language_of(f"{title} {text}", entry.lang or feed.lang or said_lang),
        outlet=line_of(entry.outlet) or feed.outlet or feed.title,
        published=published,
        fetched_at=fetched_at,
        date_origin=date_origin,
        dated=dated,
        keys=keys,
        fed_digest=digest_of(title, text),
    )


def _storable(text: str) -> str:
    """The text without half characters (lone surrogates) and NUL, which databases refuse."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _fuller(summary: str, content: str) -> str:
    """Summary and content as one text: the summary stands first where the content does not tell it too."""
    if not content or content in summary:
        return summary
    if not summary or summary.rstrip(" .…[]")[:200] in content:
        return content
    return f"{summary}\n\n{content}"
