"""From an entry to an article."""

from datetime import UTC, datetime

from monitor.model import Article, Entry, Feed, FeedId
from monitor.text.article import article_of

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
FEED = Feed(id=FeedId("wire"), url="https://example.org/rss", title="Wire", outlet="The Wire")


def article_from(entry: Entry) -> Article | None:
    return article_of(FEED, entry, published=NOON, date_origin="zone", dated=NOON, fetched_at=NOON)


def test_mark_up_becomes_text_and_the_outlet_comes_from_the_feed() -> None:
    entry = Entry(guid="1", link="https://example.org/1", title="A &amp; B", summary="<p>One.</p><p>Two.</p>")

    article = article_from(entry)

    assert article is not None
    assert (article.title, article.text, article.outlet) == ("A & B", "One.\n\nTwo.", "The Wire")


def test_a_summary_that_only_begins_the_content_is_not_told_twice() -> None:
    entry = Entry(guid="1", link="", title="T", summary="The beginning…", content="The beginning and the end.")

    article = article_from(entry)

    assert article is not None
    assert article.text == "The beginning and the end."


def test_an_entry_without_words_is_no_article() -> None:
    assert article_from(Entry(guid="1", link="https://example.org/1", title=" ", summary="<img src=x>")) is None


def test_the_same_entry_gets_the_same_id_and_another_text_another_digest() -> None:
    one = article_from(Entry(guid="1", link="https://example.org/1", title="T", summary="a"))
    two = article_from(Entry(guid="1", link="https://example.org/1", title="T", summary="b"))

    assert one is not None
    assert two is not None
    assert one.id == two.id
    assert one.fed_digest != two.fed_digest


def test_half_a_character_in_a_guid_or_link_is_replaced() -> None:
    article = article_from(Entry(guid="g\ud800", link="https://example.org/\udfff", title="T", summary=""))

    assert article is not None
    assert all(key.encode() for key in (*article.keys, article.url))


def test_entries_that_share_a_guid_are_articles_of_their_own() -> None:
    one = article_from(Entry(guid="same", link="https://example.org/1", title="One", summary=""))
    two = article_from(Entry(guid="same", link="https://example.org/2", title="Two", summary=""))

    assert one is not None
    assert two is not None
    assert one.id != two.id
