"""An article is new once, revised when the feed says something else, and news only while it is young."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decisions import New, Revised, Seen
from monitor.feeds.novelty import GAP, Known, backlog, further_names, novelties, novelty
from monitor.model import Article, ArticleId, FeedId, PollState

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def an_article(  # noqa: PLR0917 (a row of a table reads best by place)
    guid: str = "", url: str = "", title: str = "t", digest: str = "d", article: str = "a", feed: str = "alder"
) -> Article:
    keys = [f"feed:{feed}:title:{title}"]
    keys += [f"feed:{feed}:guid:{guid}"] if guid else []
    keys += [f"feed:{feed}:url:{url}", f"url:{url}"] if url else []
    return Article(
        id=ArticleId(article),
        feed=FeedId(feed),
        url=url,
        title=title,
        text="",
        lang="en",
        outlet="Alder Wire",
        published=NOW,
        fetched_at=NOW,
        keys=tuple(keys),
        fed_digest=digest,
    )


def known(*articles: Article) -> Known:
    return Known(by_key={key: (a.id, a.fed_digest, a.revision) for a in articles for key in a.keys})


def test_an_article_with_no_known_key_is_new() -> None:
    assert isinstance(novelty(an_article("g1", "https://n.example/1"), known(an_article("g2", title="u"))), New)


@pytest.mark.parametrize(
    "again",
    [
        an_article("g1", "https://n.example/1"),
        an_article("random", "https://n.example/1", title="u"),
        an_article("g1", "", title="u"),
        an_article("other", "https://n.example/9"),
    ],
    ids=["all keys", "address alone", "guid alone, with no address", "title and date"],
)
def test_any_key_that_is_known_in_the_feed_makes_it_seen(again: Article) -> None:
    answer = novelty(again, known(an_article("g1", "https://n.example/1")))

    assert isinstance(answer, Seen)
    assert answer.article == "a"


def test_what_the_feed_says_anew_of_a_known_article_is_a_revision() -> None:
    stored = an_article("g1", "https://n.example/1", title="Accord")

    answer = novelty(an_article("g1", "https://n.example/1", title="Accord (corrected)", digest="e"), known(stored))

    assert isinstance(answer, Revised)
    assert (answer.article, answer.revision) == ("a", 2)


def test_a_guid_used_again_for_another_address_and_title_is_a_new_article() -> None:
    stored = an_article("latest", "https://n.example/day-1", title="Ferry strike ends")

    answer = novelty(
        an_article("latest", "https://n.example/day-2", title="Steel quota agreed", digest="e"), known(stored)
    )

    assert isinstance(answer, New)


def test_three_articles_with_one_guid_are_three() -> None:
    three = [an_article("same", f"https://n.example/{n}", title=f"t{n}", article=f"a{n}") for n in range(3)]

    first = [answer for _, answer in novelties(three, Known())]
    second = [answer for _, answer in novelties(three, known(*three))]

    assert [type(answer) for answer in first] == [New, New, New]
    assert [type(answer) for answer in second] == [Seen, Seen, Seen]


def test_an_entry_that_repeats_another_of_its_document_is_seen() -> None:
    twice = [an_article("g1", "https://n.example/1"), an_article("g1", "https://n.example/1", article="b")]

    answers = [answer for _, answer in novelties(twice, Known())]

    assert [type(answer) for answer in answers] == [New, Seen]


def test_an_address_known_from_another_feed_is_seen_and_revises_nothing() -> None:
    stored = an_article("g1", "https://n.example/1", feed="birch", article="b")

    answer = novelty(an_article("g1", "https://n.example/1", digest="shorter summary"), known(stored))

    assert isinstance(answer, Seen)
    assert answer.article == "b"


def test_a_guid_of_another_feed_says_nothing() -> None:
    assert isinstance(novelty(an_article("g1"), known(an_article("g1", feed="birch"))), New)


articles = st.builds(
    an_article,
    guid=st.sampled_from(["", "g1", "g2"]),
    url=st.sampled_from(["", "https://n.example/1", "https://n.example/2"]),
    title=st.sampled_from(["t", "u"]),
    digest=st.sampled_from(["d", "e"]),
    article=st.sampled_from(["a", "b", "c"]),
    feed=st.sampled_from(["alder", "birch"]),
)


@given(article=articles, others=st.lists(articles, max_size=4))
def test_what_was_taken_in_a_moment_ago_is_never_new_again(article: Article, others: list[Article]) -> None:
    answers = novelties([*others, article, article], Known())

    assert not isinstance(answers[-1][1], New)


@pytest.mark.parametrize(
    ("last_success", "dated", "answer"),
    [
        (None, NOW - timedelta(hours=1), "fresh"),
        (None, NOW - timedelta(hours=25), "backlog"),
        (None, None, "backlog"),
        (NOW - GAP, NOW - timedelta(hours=1), "late"),
        (NOW - GAP, NOW - GAP, "late"),
        (NOW - GAP, NOW - timedelta(hours=25), "backlog"),
        (NOW - GAP, None, "backlog"),
        (NOW - timedelta(hours=23), NOW - timedelta(days=700), "fresh"),
        (NOW - timedelta(hours=23), None, "fresh"),
    ],
)
def test_what_a_first_document_or_a_gap_brings_is_told_only_while_it_is_young(
    last_success: datetime | None, dated: datetime | None, answer: str
) -> None:
    article = Article(
        id=ArticleId("a"), feed=FeedId("alder"), url="", title="t", text="", lang="en", outlet="", published=NOW,
        fetched_at=NOW, dated=dated,
    )  # fmt: skip

    assert backlog(article, PollState(feed=FeedId("alder"), last_success=last_success), NOW) == answer


def test_a_seen_article_lends_its_new_names_to_the_one_that_stands() -> None:
    stored = an_article("g1", "https://n.example/1")
    again = an_article("g2", "https://n.example/1", article="b")
    before = known(stored)

    assert further_names(novelties([again], before), before) == [("feed:alder:guid:g2", "a")]


def test_an_article_seen_in_another_feed_alone_lends_it_no_names() -> None:
    before = known(an_article("g1", "https://n.example/1"))
    elsewhere = an_article("g2", "https://n.example/1", title="u", article="b", feed="birch")

    assert further_names(novelties([elsewhere], before), before) == []
