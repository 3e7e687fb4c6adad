"""Pruning takes what is old, class by class, and nothing that is held, under way or needed."""

from datetime import datetime, timedelta

import pytest

from monitor.decisions import Accepted, Send, Settled
from monitor.errors import StoreError
from monitor.model import AlertId, ArticleId, ChannelName, StoryId
from monitor.store import Store, articles, care, hits, keeps, ledger, outbox, prune, seals, stories
from monitor.store.prune import Pruned, Retention
from tests.builders import NOON, a_change, a_hit, a_report, a_story, an_alert, an_article, days, minutes

DESK = ChannelName("desk")
LATER = NOON + days(400)
ALL = Retention(articles=days(100), alerts=days(100), ledger=days(100))


def told(store: Store, name: str, at: datetime, *, is_sent: bool = True) -> None:
    """An article with its hit, its story and an alert that the desk took."""
    article, story, alert = ArticleId(f"a{name}"), StoryId(f"s{name}"), AlertId(f"l{name}")
    hit = a_hit(article=article)
    report = a_report(article, hit=hit)
    made = a_story(id=story, reports=(report,), opened_at=at, last_hit_at=at)
    with store.work() as work:
        stored = an_article(article, published=at, fetched_at=at, keys=(f"k{name}",))
        articles.add(work, [stored])
        ledger.add(work, at, "article_stored", article=article)
        hits.add(work, [hit], at)
        stories.save(work, a_change(made))
        raised = an_alert(id=alert, first_alert=alert, story=story, lead=report, raised_at=at)
        send = Send(channel=DESK, alert=raised, because="new")
        outbox.record(work, a_change(made), [send], {DESK: ("ann@x.org",)}, at)
        if is_sent:
            [(delivery, _)] = outbox.claim(work, DESK, at, "w1", minutes(5), 1)
            outbox.settle(work, delivery, Settled(receipt="250"), Accepted(receipt="250"), at, "w1")


def sealed(store: Store) -> None:
    with store.place() as work:
        seals.seal_due(work, LATER)


def pruned(store: Store, retention: Retention = ALL) -> Pruned:
    would = prune.prune(store, retention, LATER, is_dry=True)
    did = prune.prune(store, retention, LATER)
    assert did == would  # the dry run tells the truth
    return did


def judgements(store: Store) -> list[str]:
    with store.look() as work:
        return [day.judgement for day in seals.verify(work)]


def test_what_is_old_goes_and_what_is_young_stays(store: Store) -> None:
    told(store, "old", NOON)
    told(store, "new", LATER - days(5))
    sealed(store)

    did = pruned(store)

    with store.look() as work:
        counted = care.counts(work)
        kept = articles.get(work, [ArticleId("aold"), ArticleId("anew")])
    assert (did.articles, did.stories, did.days) == (1, 1, 1)
    assert (counted.stories, counted.alerts, counted.accepted, counted.hits) == (1, 1, 1, 1)
    assert (kept[ArticleId("aold")].text, kept[ArticleId("aold")].keys) == ("", ("kold",))
    assert kept[ArticleId("anew")].text
    assert judgements(store) == ["pruned", "sound", "open"]
    assert pruned(store).is_nothing


def test_an_article_that_a_feed_still_lists_is_no_news_after_it_was_pruned(store: Store) -> None:
    told(store, "old", NOON)
    pruned(store)

    with store.work() as work:
        assert articles.add(work, [an_article("aold", keys=("kold",))]) == set()
        assert "kold" in articles.known(work, ["kold"])


def test_nothing_goes_without_an_end(store: Store) -> None:
    told(store, "old", NOON)
    sealed(store)

    assert pruned(store, Retention()).is_nothing


def test_what_waits_to_be_sent_stays(store: Store) -> None:
    told(store, "old", NOON, is_sent=False)

    assert pruned(store).stories == 0


def test_a_day_that_is_not_sealed_stays(store: Store) -> None:
    told(store, "old", NOON)

    assert pruned(store).rows == 0


def test_a_day_that_does_not_fit_its_seal_stays_and_is_told(store: Store) -> None:
    told(store, "old", NOON)
    sealed(store)
    with store.work() as work:
        work.connection.exec_driver_sql("DELETE FROM ledger WHERE kind = 'hit_found'")

    did = pruned(store)

    assert (did.rows, did.days_unsound) == (0, 1)
    assert judgements(store)[0] == "missing"


@pytest.mark.parametrize("held", ["aheld", "sheld", "lheld"])
def test_a_hold_on_an_article_a_story_or_an_alert_keeps_all_of_the_story(store: Store, held: str) -> None:
    told(store, "held", NOON)
    told(store, "old", NOON)
    sealed(store)
    with store.work() as work:
        kind, whole = keeps.subject(work, held)
        keep = keeps.add(work, kind, whole, reason="inquiry", who="ann", now=LATER - minutes(1))

    did = pruned(store)

    with store.look() as work:
        rows = ledger.about(work, stories=["sheld"], articles=["aheld"], alerts=["lheld"])[0]
        counted = care.counts(work)
        text = articles.get(work, [ArticleId("aheld")])[ArticleId("aheld")].text
    assert (did.articles, did.stories, did.days, counted.stories, counted.hits) == (1, 1, 1, 1, 1)
    assert text
    assert {"article_stored", "hit_found", "alert_raised", "delivery_accepted"} <= {row.kind for row in rows}
    assert judgements(store) == ["sound", "open"]  # the digests of what went are kept beside what stayed

    with store.work() as work:
        keeps.release(work, keep.id, "ann", LATER)
    did = pruned(store)

    assert (did.articles, did.stories, did.days) == (1, 1, 1)
    assert judgements(store) == ["pruned", "open"]


def test_a_change_of_what_was_held_is_found_though_the_rest_was_pruned(store: Store) -> None:
    told(store, "held", NOON)
    told(store, "old", NOON)
    sealed(store)
    with store.work() as work:
        keeps.add(work, "story", "sheld", reason="inquiry", who="ann", now=LATER)
    pruned(store)
    with store.work() as work:
        work.connection.exec_driver_sql("UPDATE ledger SET because = 'other' WHERE kind = 'alert_raised'")

    assert judgements(store)[0] == "changed"


def test_the_rules_that_are_in_force_are_known_after_their_row_is_old(store: Store) -> None:
    with store.work() as work:
        hits.remember_rules(work, "p1", b"first", {}, NOON)
        hits.remember_rules(work, "p2", b"second", {}, NOON)
    sealed(store)

    assert pruned(store).rows == 1
    with store.look() as work:
        assert hits.newest_pack(work) == b"second"


def test_a_hold_is_released_once(store: Store) -> None:
    told(store, "old", NOON)
    with store.work() as work:
        keep = keeps.add(work, "story", "sold", reason="inquiry", who="ann", now=NOON)
        keeps.release(work, keep.id, "bob", NOON + timedelta(days=1))

        with pytest.raises(StoreError, match=f"no hold {keep.id}"):
            keeps.release(work, keep.id, "bob", LATER)
        assert keeps.every(work) == []
        assert [one.released_by for one in keeps.every(work, with_released=True)] == ["bob"]
        assert [row.kind for row in ledger.read(work, story=StoryId("sold"))][:2] == ["hold_released", "hold_added"]


def test_more_than_one_batch_goes_in_one_call(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prune, "BATCH", 2)
    for number in range(5):
        told(store, str(number), NOON)

    assert pruned(store).stories == 5
