"""Articles, their names, their revisions."""

from dataclasses import replace

from monitor.store import Store, articles
from tests.builders import NOON, an_article, minutes


def test_what_no_database_takes_is_replaced_in_a_text(store: Store) -> None:
    article = an_article(title="a\0b \ud83d", text="\0", keys=("guid\0",))
    with store.work() as work:
        articles.add(work, [article])
        found = articles.get(work, [article.id])[article.id]

        assert articles.known(work, ["guid\0"]).keys() == {"guid\ufffd"}
    assert (found.title, found.text) == ("a\ufffdb ?", "\ufffd")


def test_an_article_comes_back_as_it_was(store: Store) -> None:
    article = an_article(keys=("z", "a", "m"), dated=NOON - minutes(9), date_origin="feed-zone", fed_digest="d",
                         title="김정은 \U0001f680 'quoted'", text="first\n\nsecond")  # fmt: skip
    with store.work() as work:
        assert articles.add(work, [article]) == {article.id}
        assert articles.get(work, [article.id]) == {article.id: article}


def test_any_name_of_an_article_makes_it_known(store: Store) -> None:
    with store.work() as work:
        articles.add(work, [an_article(keys=("guid", "url"), fed_digest="d")])

        assert articles.known(work, ["url", "guid", "other"]) == {"guid": ("a1", "d", 1), "url": ("a1", "d", 1)}


def test_thousands_of_names_can_be_asked_at_once(store: Store) -> None:
    with store.work() as work:
        articles.add(work, [an_article(f"a{n}", keys=(f"k{n}",)) for n in range(2500)])

        assert len(articles.known(work, (f"k{n}" for n in range(5000)))) == 2500
        assert len(articles.get(work, [an_article(f"a{n}").id for n in range(2500)])) == 2500


def test_an_article_stored_before_is_not_new(store: Store) -> None:
    with store.work() as work:
        articles.add(work, [an_article(keys=("k",))])

        assert articles.add(work, [an_article(keys=("k",)), an_article("a2", keys=("k2",))]) == {"a2"}


def test_of_two_workers_with_the_same_entry_one_is_told_that_it_is_new(store: Store, url: str) -> None:
    other = Store.open(url)
    with store.work() as work:
        mine = articles.add(work, [an_article(keys=("k",))])
    with other.work() as work:
        theirs = articles.add(work, [an_article(keys=("k",))])
    other.close()

    assert (mine, theirs) == ({"a1"}, set())


def test_an_article_that_shares_a_name_with_a_stored_one_is_that_one(store: Store) -> None:
    with store.work() as work:
        articles.add(work, [an_article("first", keys=("f1:guid", "url"), fed_digest="d")])

        assert articles.add(work, [an_article("second", keys=("f2:guid", "url"))]) == set()
        assert articles.known(work, ["f2:guid"]) == {"f2:guid": ("first", "d", 1)}
        assert set(articles.get(work, [an_article("first").id, an_article("second").id])) == {"first"}


def test_two_entries_of_one_document_that_share_a_name_are_one_article(store: Store) -> None:
    with store.work() as work:
        assert articles.add(work, [an_article("a", keys=("1", "url")), an_article("b", keys=("2", "url"))]) == {"a"}
        assert {found[0] for found in articles.known(work, ["1", "2", "url"]).values()} == {"a"}


def test_entries_that_share_a_guid_and_have_addresses_of_their_own_are_articles_of_their_own(store: Store) -> None:
    guid = "feed:f1:guid:same"
    mine = [an_article(name, keys=(guid, f"feed:f1:url:{name}", name)) for name in ("a", "b")]
    nameless = an_article("c", keys=(guid,))
    with store.work() as work:
        assert articles.add(work, [*mine, nameless]) == {"a", "b"}
        assert articles.add(work, [an_article("d", keys=(guid, "feed:f1:url:d", "d"))]) == {"d"}
        assert {key: found[0] for key, found in articles.known(work, [guid, "a", "b", "d"]).items()} == {
            guid: "a", "a": "a", "b": "b", "d": "d",
        }  # fmt: skip


def test_a_chain_of_shared_names_ends_at_the_article_that_stood_first(store: Store) -> None:
    chain = [an_article("a", keys=("1", "old")), an_article("b", keys=("2", "1")), an_article("c", keys=("3", "2"))]
    with store.work() as work:
        articles.add(work, [an_article("old", keys=("old",))])

        assert articles.add(work, chain) == set()
        assert {found[0] for found in articles.known(work, ["1", "2", "3", "old"]).values()} == {"old"}


def test_articles_without_names_are_stored(store: Store) -> None:
    with store.work() as work:
        assert articles.add(work, [an_article()]) == {"a1"}


def test_a_revision_updates_the_article_and_keeps_what_it_said(store: Store) -> None:
    first = an_article(keys=("k",), fed_digest="d1", text="denies")
    second = replace(first, fed_digest="d2", text="confirms", revision=2, fetched_at=NOON + minutes(5))
    with store.work() as work:
        articles.add(work, [first])

        assert articles.add(work, [second]) == {first.id}
        assert articles.get(work, [first.id]) == {first.id: second}
        assert articles.revisions_of(work, first.id) == [first]
        assert articles.known(work, ["k"]) == {"k": (first.id, "d2", 2)}


def test_the_same_revision_twice_is_one(store: Store) -> None:
    first = an_article(keys=("k",), fed_digest="d1")
    second = replace(first, fed_digest="d2", revision=2)
    with store.work() as work:
        articles.add(work, [first])
        articles.add(work, [second])

        assert articles.add(work, [second]) == set()
        assert articles.add(work, [replace(second, revision=3)]) == set()
        assert len(articles.revisions_of(work, first.id)) == 1


def test_a_revision_of_an_article_that_is_not_stored_is_nothing(store: Store) -> None:
    with store.work() as work:
        assert articles.add(work, [an_article(revision=2)]) == set()


def test_further_names_are_added_and_a_name_that_is_taken_stays(store: Store) -> None:
    with store.work() as work:
        articles.add(work, [an_article("a", keys=("1",)), an_article("b", keys=("2",))])
        articles.add_sightings(work, [("more", an_article("a").id), ("2", an_article("a").id)])

        assert {key: found[0] for key, found in articles.known(work, ["1", "2", "more"]).items()} == {
            "1": "a", "2": "b", "more": "a",
        }  # fmt: skip
        assert articles.get(work, [an_article("a").id])[an_article("a").id].keys == ("1", "more")
