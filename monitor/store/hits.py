"""Which rules each article satisfied, and the versions of the rules that found it."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from sqlalchemy import null, select, tuple_, update

from monitor.model import ActorCode, ArticleId, Hit, RuleId, Status
from monitor.store import ledger
from monitor.store.tables import hits as table
from monitor.store.tables import packs, rule_versions
from monitor.store.values import hit_from_json, hit_to_json
from monitor.store.work import Work

_IN_FORCE = "rules_changed"
"""The kind of a ledger row that says which rule set came into force."""
Which = tuple[RuleId, ActorCode | None, ActorCode | None, Status]
"""Rule, source, target and status: what tells the hits of one article apart."""

_KEY = (table.c.article, table.c.rule, table.c.source, table.c.target, table.c.status)


def add(work: Work, hits: Sequence[Hit], now: datetime) -> list[Hit]:
    """Store hits; returns those that are new, in their order.

    One that stands already stays as it was found; one that was withdrawn and holds again counts as new.
    """
    wanted = {(hit.article, *_stored(which(hit))): hit for hit in reversed(hits)}
    if not wanted:
        return []
    statement = work.insert(table)
    statement = statement.on_conflict_do_update(
        index_elements=_KEY,
        set_={
            "withdrawn_at": null(),
            "found_at": statement.excluded.found_at,
            "rule_digest": statement.excluded.rule_digest,
            "event": statement.excluded.event,
            "hit": statement.excluded.hit,
        },
        where=table.c.withdrawn_at.is_not(None),
    )
    rows = work.rows(statement.returning(*_KEY), [_values(hit, now) for hit in wanted.values()])
    fresh = {tuple(row) for row in rows}
    new = [hit for key, hit in reversed(wanted.items()) if key in fresh]
    if new:
        ledger.add_all(work, now, "hit_found", [_noted(hit) for hit in new])
    return new


def _noted(hit: Hit) -> dict[str, Any]:
    detail = {"rule_digest": hit.rule_digest, "source": hit.source, "target": hit.target, "status": hit.status}
    return {"article": hit.article, "rule": hit.rule, "because": hit.title, "detail": detail}


def withdraw(work: Work, article: ArticleId, keep: AbstractSet[Which], now: datetime) -> list[Hit]:
    """Withdraw the hits of a revised article that no longer hold: all but `keep`. Returns those it withdrew."""
    kept = {_stored(one) for one in keep}
    standing = work.rows(select(table).where(table.c.article == article, table.c.withdrawn_at.is_(None)))
    gone = [row for row in standing if (row.rule, row.source, row.target, row.status) not in kept]
    if gone:
        keys = [(row.article, row.rule, row.source, row.target, row.status) for row in gone]
        work.run(update(table).where(tuple_(*_KEY).in_(keys)).values(withdrawn_at=now))
    return [hit_from_json(row.hit) for row in gone]


def of_article(work: Work, article: ArticleId) -> list[Hit]:
    """The hits of an article that hold, in the order of their rules."""
    asked = select(table.c.hit).where(table.c.article == article, table.c.withdrawn_at.is_(None))
    return [hit_from_json(row.hit) for row in work.rows(asked.order_by(*_KEY))]


def latest(work: Work, limit: int) -> list[Hit]:
    """The hits that were found last and hold, the newest first."""
    asked = select(table.c.hit).where(table.c.withdrawn_at.is_(None))
    asked = asked.order_by(table.c.found_at.desc(), *_KEY).limit(limit)
    return [hit_from_json(row.hit) for row in work.rows(asked)]


def which(hit: Hit) -> Which:
    """What tells a hit apart from the others of its article."""
    return (hit.rule, hit.source, hit.target, hit.status)


def _stored(one: Which) -> tuple[str, str, str, str]:
    rule, source, target, status = one
    return (rule, source or "", target or "", status)


def _values(hit: Hit, now: datetime) -> dict[str, Any]:
    return {
        "article": hit.article,
        "rule": hit.rule,
        "source": hit.source or "",
        "target": hit.target or "",
        "status": hit.status,
        "rule_digest": hit.rule_digest,
        "event": hit.event,
        "hit": hit_to_json(hit),
        "found_at": now,
    }


# --- the rules that found them ----------------------------------------------------------------------------------------


def remember_rules(work: Work, pack_digest: str, blob: bytes, rules: Mapping[RuleId, str], now: datetime) -> None:
    """Keep a rule set that comes into force, once by content, and the versions (rule -> digest) of its rules.

    The ledger says when another one came into force than before.
    """
    work.run(work.insert(packs).on_conflict_do_nothing(), [{"digest": pack_digest, "blob": blob, "first_seen": now}])
    work.run(
        work.insert(rule_versions).on_conflict_do_nothing(),
        [{"digest": digest, "rule": rule, "pack": pack_digest, "first_seen": now} for rule, digest in rules.items()],
    )
    if _in_force(work) != pack_digest:
        ledger.add(work, now, _IN_FORCE, detail={"pack": pack_digest})


def newest_pack(work: Work) -> bytes | None:
    """The rule set that was last in force, or None where none ever was."""
    rows = work.rows(select(packs.c.blob).where(packs.c.digest == _in_force(work)))
    return bytes(rows[0].blob) if rows else None


def _in_force(work: Work) -> str | None:
    """The digest of the rule set that was last in force."""
    told = ledger.read(work, kind=_IN_FORCE, limit=1)
    return str(told[0].detail["pack"]) if told and told[0].detail else None


def pack_of(work: Work, rule_digest: str) -> bytes | None:
    """The rule set in which a version of a rule was first in force, so that an old hit can still be explained."""
    asked = select(packs.c.blob).join(rule_versions, rule_versions.c.pack == packs.c.digest)
    rows = work.rows(asked.where(rule_versions.c.digest == rule_digest))
    return bytes(rows[0].blob) if rows else None
