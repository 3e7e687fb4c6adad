"""What the ledger knows of one thing, with what belongs to it: the articles of an alert, the alerts of an article."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, select

from monitor.errors import StoreError
from monitor.store import keeps, ledger
from monitor.store.tables import ledger as table
from monitor.store.tables import rule_versions
from monitor.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The rows that tell of one thing, in the order in which they were written. `is_cut`: there are older ones."""

    kind: Literal["alert", "story", "article", "rule", "all"]
    id: str
    rows: tuple[ledger.LedgerRow, ...]
    is_cut: bool


def story_of(work: Work, name: str | None, *, since: datetime | None, limit: int) -> Told:
    """The story of an alert, a story, an article (by the beginning of its id) or a rule; of all without a name.

    Raises StoreError where nothing is called so.
    """
    if name is None:
        rows, is_cut = ledger.about(work, since=since, limit=limit)
        return Told(kind="all", id="", rows=tuple(rows), is_cut=is_cut)
    if _is_rule(work, name):
        rows, is_cut = ledger.about(work, rules=[name], since=since, limit=limit)
        return Told(kind="rule", id=name, rows=tuple(rows), is_cut=is_cut)
    try:
        kind, whole = keeps.subject(work, name)
    except StoreError as error:
        if "beginning of several" in error.because:
            raise
        remedy = "`alerts list`, `hits list` and `rules list` name them"
        raise StoreError(f"there is no alert, story, article or rule {name}", remedy=remedy) from None
    if kind == "story":
        articles = _beside(work, table.c.story == whole, "article")
        rows, is_cut = ledger.about(work, stories=[whole], articles=articles, since=since, limit=limit)
    elif kind == "article":
        alerts = _beside(work, table.c.article == whole, "alert")
        rows, is_cut = ledger.about(work, articles=[whole], alerts=alerts, since=since, limit=limit)
    else:
        rows, is_cut = _of_alert(work, whole, since, limit)
    return Told(kind=kind, id=whole, rows=tuple(rows), is_cut=is_cut)


def _of_alert(work: Work, alert: str, since: datetime | None, limit: int) -> tuple[list[ledger.LedgerRow], bool]:
    """What led to an alert and what became of it: its story up to then, without the other alerts of the story."""
    mine = work.rows(select(table).where(table.c.alert == alert).order_by(table.c.id))
    stories = {row.story for row in mine if row.story}
    raised = max((row.id for row in mine if row.kind == "alert_raised"), default=0)
    articles: set[str] = set()
    for story in stories:
        articles |= _beside(work, (table.c.story == story) & (table.c.id <= raised), "article")
    rows, is_cut = ledger.about(work, alerts=[alert], articles=articles, since=since, limit=limit)
    return [row for row in rows if row.alert in (None, alert) and (row.alert or row.story in stories | {None})], is_cut


def _beside(work: Work, condition: ColumnElement[bool], column: str) -> set[str]:
    """What rows name in a column."""
    asked = select(table.c[column]).where(condition, table.c[column].is_not(None)).distinct()
    return {str(row[0]) for row in work.rows(asked)}


def _is_rule(work: Work, name: str) -> bool:
    known = select(rule_versions.c.rule).where(rule_versions.c.rule == name).limit(1)
    return bool(work.rows(known) or work.rows(select(table.c.id).where(table.c.rule == name).limit(1)))
