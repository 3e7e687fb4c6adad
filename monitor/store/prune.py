"""Pruning: what has been kept as long as the configuration asks goes, class by class, and never what is held.

An article loses its text, what it said before and its hits; its names stay, so that a feed which still lists it tells
no news. A story goes with its alerts and deliveries once all are settled. The ledger goes by whole days that are sealed
and fit their seal: the seal stays, so that it is known what was there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, Table, and_, delete, exists, insert, or_, select, update

from monitor.store import keeps, ledger, seals
from monitor.store.keeps import Kept
from monitor.store.opened import Store
from monitor.store.tables import (
    alerts,
    articles,
    deliveries,
    hits,
    metadata,
    notices,
    revisions,
    seal_gaps,
    stories,
    story_reports,
    troubles,
)
from monitor.store.tables import ledger as ledger_table
from monitor.store.tables import seals as seals_table
from monitor.store.work import Work, chunks

FOREVER: Final = timedelta.max
BATCH: Final = 200
"""Stories or articles that one transaction prunes: nobody else waits long for it."""
_IS_OPEN = deliveries.c.state.in_(("waiting", "leased"))
_IN_FORCE: Final = "rules_changed"
"""The newest row of this kind says which rules are in force; it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long each class of rows is kept; FOREVER is no end."""

    articles: timedelta = FOREVER
    alerts: timedelta = FOREVER
    ledger: timedelta = FOREVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What went, or would go: articles their texts, stories with their alerts, notices, and days of the ledger.

    `days_unsound` are days that don't fit their seal: they stay, so that it can be seen what happened.
    """

    articles: int = 0
    stories: int = 0
    notices: int = 0
    days: int = 0
    rows: int = 0
    days_unsound: int = 0

    @property
    def is_nothing(self) -> bool:
        """Nothing went."""
        return not (self.articles or self.stories or self.notices or self.rows)


def prune(
    store: Store, retention: Retention, now: datetime, *, is_dry: bool = False, should_stop: Callable[[], bool] = bool
) -> Pruned:
    """Prune what is due, a little at a time; with `is_dry` only say what would go. Raises StoreError."""
    cut = {name: _cutoff(now, getattr(retention, name)) for name in ("articles", "alerts", "ledger")}
    if is_dry:
        with store.look() as work:
            kept = keeps.kept(work)
            days = _days(work, cut["ledger"])
            plans = [_plan(work, seal, kept) for seal in days]
            return Pruned(
                articles=len(_old_articles(work, cut["articles"], kept)),
                stories=len(_old_stories(work, cut["alerts"], kept)),
                notices=len(_old_notices(work, cut["alerts"])),
                days=sum(1 for plan in plans if plan),
                rows=sum(len(plan) for plan in plans if plan),
                days_unsound=sum(1 for plan in plans if plan is None),
            )
    counted = {
        "articles": _in_batches(store, lambda work, kept: _old_articles(work, cut["articles"], kept, BATCH),
                                _drop_articles, should_stop),
        "stories": _in_batches(store, lambda work, kept: _old_stories(work, cut["alerts"], kept, BATCH),
                               lambda work, ids: _drop(work, stories.c.id, ids), should_stop),
        "notices": _in_batches(store, lambda work, _: _old_notices(work, cut["alerts"], BATCH),
                               lambda work, ids: _drop(work, notices.c.id, ids), should_stop),
    }  # fmt: skip
    return Pruned(**counted, **_prune_ledger(store, cut["ledger"], now, should_stop))


def _cutoff(now: datetime, kept: timedelta) -> datetime | None:
    return None if kept == FOREVER else now - kept


def _in_batches(
    store: Store,
    find: Callable[[Work, Kept], Sequence[str]],
    drop: Callable[[Work, Sequence[str]], None],
    should_stop: Callable[[], bool],
) -> int:
    count = 0
    while not should_stop():
        with store.place() as work:
            ids = find(work, keeps.kept(work))
            drop(work, ids)
        count += len(ids)
        if len(ids) < BATCH:
            break
    return count


# --- articles ---------------------------------------------------------------------------------------------------------


def _old_articles(work: Work, before: datetime | None, kept: Kept, limit: int | None = None) -> list[str]:
    """The articles that still have their text, were fetched before, and whose stories have ended by then too."""
    if before is None:
        return []
    is_of_living = exists().where(
        story_reports.c.article == articles.c.id,
        stories.c.id == story_reports.c.story,
        stories.c.last_hit_at >= before,
    )
    has_text = or_(articles.c.text != "", articles.c.title != "")
    asked = select(articles.c.id).where(articles.c.fetched_at < before, has_text, ~is_of_living)
    return _but(work.rows(asked.order_by(articles.c.id)), kept.articles, limit)


def _drop_articles(work: Work, ids: Sequence[str]) -> None:
    for chunk in chunks(ids):
        work.run(delete(revisions).where(revisions.c.article.in_(chunk)))
        work.run(delete(hits).where(hits.c.article.in_(chunk)))
        work.run(update(articles).where(articles.c.id.in_(chunk)).values(title="", text=""))


# --- stories, alerts, notices -----------------------------------------------------------------------------------------


def _old_stories(work: Work, before: datetime | None, kept: Kept, limit: int | None = None) -> list[str]:
    """The stories that ended before, were told of before, and of which nothing is under way."""
    if before is None:
        return []
    is_told = exists().where(alerts.c.story == stories.c.id, alerts.c.raised_at >= before)
    is_under_way = exists().where(deliveries.c.story == stories.c.id, _IS_OPEN)
    asked = select(stories.c.id).where(stories.c.last_hit_at < before, ~is_told, ~is_under_way)
    return _but(work.rows(asked.order_by(stories.c.id)), kept.stories, limit)


def _old_notices(work: Work, before: datetime | None, limit: int | None = None) -> list[str]:
    """The notices to operators that were raised before, are settled, and whose trouble is mended."""
    if before is None:
        return []
    is_under_way = exists().where(deliveries.c.notice == notices.c.id, _IS_OPEN)
    lasts = exists().where(troubles.c.notice == notices.c.id, troubles.c.mended_at.is_(None))
    asked = select(notices.c.id).where(notices.c.raised_at < before, ~is_under_way, ~lasts)
    return _but(work.rows(asked.order_by(notices.c.id)), frozenset(), limit)


def _but(rows: Sequence[Any], kept: frozenset[str], limit: int | None) -> list[str]:
    return [str(row[0]) for row in rows if row[0] not in kept][:limit]


def _drop(work: Work, column: Column[str], ids: Iterable[str]) -> None:
    """Delete rows with all rows that refer to them, in whichever table: a new one needs no line here."""
    for chunk in chunks(ids):
        for table, refers, name in _references(column):
            for target in _targets(table):
                rows = work.rows(select(target).where(refers.in_(chunk)))
                _drop(work, target, [row[0] for row in rows])
            work.run(delete(table).where(table.c[name].in_(chunk)))
        work.run(delete(column.table).where(column.in_(chunk)))


def _references(column: Column[str]) -> list[tuple[Table, Column[str], str]]:
    return [
        (table, key.parent, key.parent.name)
        for table in reversed(metadata.sorted_tables)
        for key in table.foreign_keys
        if key.column is column
    ]


def _targets(table: Table) -> set[Column[str]]:
    """The columns of a table to which others refer."""
    return {key.column for other in metadata.sorted_tables for key in other.foreign_keys if key.column.table is table}


# --- the ledger -------------------------------------------------------------------------------------------------------


def _days(work: Work, before: datetime | None) -> list[seals.Seal]:
    """The sealed days that are due, and those of which held rows were left and may be free now."""
    if before is None:
        return []
    has_gaps = exists().where(seal_gaps.c.day == seals_table.c.day)
    asked = select(seals_table.c.day).where(
        seals_table.c.day < ledger.day_of(before), or_(seals_table.c.pruned_at.is_(None), has_gaps)
    )
    due = {str(row[0]) for row in work.rows(asked)}
    return [seal for seal in seals.seals(work) if seal.day in due]


def _plan(work: Work, seal: seals.Seal, kept: Kept) -> dict[int, str] | None:
    """The rows of a day that may go, with their digests; None where the day does not fit its seal."""
    rows = list(ledger.within(work, ledger.day_start(seal.day), ledger.day_end(seal.day)))
    if not seals.fits(work, seal, rows):
        return None
    newest = ledger.read(work, kind=_IN_FORCE, limit=1)
    stays = {row.id for row in newest}
    return {row.id: seals.digest_of(row) for row in rows if row.id not in stays and not _is_held(row, kept)}


def _is_held(row: ledger.LedgerRow, kept: Kept) -> bool:
    return row.alert in kept.alerts or row.story in kept.stories or row.article in kept.articles


def _prune_ledger(
    store: Store, before: datetime | None, now: datetime, should_stop: Callable[[], bool]
) -> dict[str, int]:
    counted = {"days": 0, "rows": 0, "days_unsound": 0}
    with store.look() as work:
        due = _days(work, before)
    last = max((seal.day for seal in due), default="")
    for seal in due:
        if should_stop():
            break
        with store.place() as work:
            plan = _plan(work, seal, keeps.kept(work))
            if plan is None:
                counted["days_unsound"] += 1
            elif plan:
                _drop_day(work, seal, plan, now)
                detail = {"through": last, "day": seal.day, "rows": len(plan)}
                ledger.add(work, now, seals.PRUNED, because="kept as long as the configuration asks", detail=detail)
                counted["days"] += 1
                counted["rows"] += len(plan)
    return counted


def _drop_day(work: Work, seal: seals.Seal, plan: dict[int, str], now: datetime) -> None:
    for chunk in chunks(plan):
        work.run(delete(ledger_table).where(ledger_table.c.id.in_(chunk)))
    of_day = and_(ledger_table.c.at >= ledger.day_start(seal.day), ledger_table.c.at < ledger.day_end(seal.day))
    if work.rows(select(ledger_table.c.id).where(of_day).limit(1)):
        work.run(insert(seal_gaps), [{"row": row, "day": seal.day, "digest": one} for row, one in plan.items()])
    else:
        work.run(delete(seal_gaps).where(seal_gaps.c.day == seal.day))
    work.run(update(seals_table).where(seals_table.c.day == seal.day).values(pruned_at=now))
