"""Hits are the same by article, rule, source, target and status."""

import pytest

from monitor.model import ActorCode, Hit, RuleId
from monitor.store import Store, articles, hits, ledger
from monitor.store.hits import which
from tests.builders import NOON, a_hit, an_article, minutes


@pytest.fixture(autouse=True)
def article(store: Store) -> None:
    with store.work() as work:
        articles.add(work, [an_article()])


def test_a_hit_comes_back_as_it_was(store: Store) -> None:
    with store.work() as work:
        assert hits.add(work, [a_hit()], NOON) == [a_hit()]
        assert hits.of_article(work, an_article().id) == [a_hit()]


@pytest.mark.parametrize(
    "same",
    [a_hit(rule_digest="d2"), a_hit(score=0.9, title="other words"), a_hit(severity="low", evidence=())],
    ids=["rule-edited", "told-otherwise", "other-evidence"],
)
def test_the_same_hit_again_is_not_new_and_stays_as_it_was(store: Store, same: Hit) -> None:
    with store.work() as work:
        hits.add(work, [a_hit()], NOON)

        assert hits.add(work, [same], NOON) == []
        assert hits.of_article(work, an_article().id) == [a_hit()]


@pytest.mark.parametrize(
    "other",
    [
        a_hit(rule=RuleId("other")),
        a_hit(source=None),
        a_hit(target=ActorCode("UKR")),
        a_hit(status="denied"),
    ],
    ids=["rule", "source", "target", "status"],
)
def test_a_hit_of_another_rule_party_or_status_is_new(store: Store, other: Hit) -> None:
    with store.work() as work:
        hits.add(work, [a_hit()], NOON)

        assert hits.add(work, [other], NOON) == [other]


def test_hits_that_name_no_party_are_the_same(store: Store) -> None:
    nameless = a_hit(source=None, target=None)
    with store.work() as work:
        hits.add(work, [nameless], NOON)

        assert hits.add(work, [nameless, nameless], NOON) == []
        assert hits.of_article(work, an_article().id) == [nameless]


def test_new_hits_come_in_their_order_and_each_once(store: Store) -> None:
    given = [a_hit(status=status) for status in ("denied", "asserted", "denied", "alleged")]
    with store.work() as work:
        hits.add(work, [a_hit(status="asserted")], NOON)

        assert [hit.status for hit in hits.add(work, given, NOON)] == ["denied", "alleged"]


def test_what_a_revision_no_longer_says_is_withdrawn(store: Store) -> None:
    kept, gone = a_hit(status="alleged", source=None), a_hit(status="asserted", source=None)
    with store.work() as work:
        hits.add(work, [kept, gone], NOON)

        assert hits.withdraw(work, an_article().id, {which(kept)}, NOON) == [gone]
        assert hits.of_article(work, an_article().id) == [kept]
        assert hits.latest(work, 10) == [kept]
        assert hits.withdraw(work, an_article().id, {which(kept)}, NOON) == []


def test_a_withdrawn_hit_that_holds_again_is_new_and_as_it_is_now(store: Store) -> None:
    again = a_hit(score=0.9)
    with store.work() as work:
        hits.add(work, [a_hit()], NOON)
        hits.withdraw(work, an_article().id, set(), NOON)

        assert hits.add(work, [again], NOON) == [again]
        assert hits.of_article(work, an_article().id) == [again]


def test_the_latest_hits_come_first(store: Store) -> None:
    with store.work() as work:
        hits.add(work, [a_hit(status="alleged")], NOON)
        hits.add(work, [a_hit(status="denied")], NOON + minutes(1))

        assert [hit.status for hit in hits.latest(work, 1)] == ["denied"]


def test_a_rule_set_is_kept_once_and_found_by_the_digest_of_a_rule(store: Store) -> None:
    rule, other = RuleId("r1"), RuleId("r2")
    with store.work() as work:
        hits.remember_rules(work, "p1", b"first \xff", {rule: "r1v1", other: "r2v1"}, NOON)
        hits.remember_rules(work, "p1", b"ignored", {rule: "r1v1", other: "r2v1"}, NOON)
        hits.remember_rules(work, "p2", b"second", {rule: "r1v2", other: "r2v1"}, NOON + minutes(1))

        assert [hits.pack_of(work, digest) for digest in ("r1v1", "r1v2", "r2v1", "unknown")] == [
            b"first \xff", b"second", b"first \xff", None,
        ]  # fmt: skip


def test_the_newest_rule_set_is_the_one_that_was_last_in_force(store: Store) -> None:
    with store.work() as work:
        newest = [hits.newest_pack(work)]
        for minute, (digest, blob) in enumerate([("p1", b"first"), ("p2", b"second"), ("p1", b"first")]):
            hits.remember_rules(work, digest, blob, {}, NOON + minutes(minute))
            newest.append(hits.newest_pack(work))

    assert newest == [None, b"first", b"second", b"first"]


def test_the_ledger_says_when_other_rules_came_into_force(store: Store) -> None:
    with store.work() as work:
        for minute, digest in enumerate(["p1", "p1", "p2", "p2", "p1"]):
            hits.remember_rules(work, digest, b"", {}, NOON + minutes(minute))

        rows = ledger.read(work, kind="rules_changed")

    assert [(row.at, row.detail) for row in rows] == [
        (NOON + minutes(minute), {"pack": digest}) for minute, digest in ((4, "p1"), (2, "p2"), (0, "p1"))
    ]
