"""Holds: what a person asked to be kept, and all that belongs to it, until it is released. Pruning respects them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Column, insert, select, update

from monitor.errors import StoreError
from monitor.store import ledger
from monitor.store.tables import alerts, articles, stories, story_reports
from monitor.store.tables import keeps as table
from monitor.store.tables import ledger as ledger_table
from monitor.store.work import Work, chunks

SubjectKind = Literal["alert", "story", "article"]
_FEW: Final = 6
"""How many ids an error names where the beginning of one fits several."""
_IDS: Final[tuple[tuple[SubjectKind, Column[str], Column[str]], ...]] = (
    ("alert", alerts.c.id, ledger_table.c.alert),
    ("story", stories.c.id, ledger_table.c.story),
    ("article", articles.c.id, ledger_table.c.article),
)
"""Where the ids of each kind are: in its own table, and in the ledger, which outlives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """A hold on one story, alert or article. It counts until it is released."""

    id: int
    kind: SubjectKind
    subject: str
    reason: str
    added_by: str
    since: datetime
    released_by: str | None
    released_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that holds keep: those that they name, and what belongs to the same story."""

    alerts: frozenset[str]
    stories: frozenset[str]
    articles: frozenset[str]


def subject(work: Work, begins: str) -> tuple[SubjectKind, str]:
    """The alert, story or article whose id begins so, be it pruned. Raises StoreError for none and for several."""
    found: dict[str, SubjectKind] = {}
    for kind, *columns in _IDS:
        for column in columns:
            asked = select(column).where(column.startswith(begins, autoescape=True)).distinct()
            for row in work.rows(asked.order_by(column).limit(_FEW + 1)):
                found.setdefault(str(row[0]), kind)
    if begins in found:
        return found[begins], begins
    if not begins or not found:
        raise StoreError(
            f"there is no alert, story or article {begins}", remedy="`alerts list` and `hits list` name them"
        )
    if len(found) > 1:
        names = ", ".join(f"{kind} {one}" for one, kind in sorted(found.items())[:_FEW])
        raise StoreError(f"{begins} is the beginning of several: {names}", remedy="write more of it")
    [(one, kind)] = found.items()
    return kind, one


def add(work: Work, kind: SubjectKind, subject: str, *, reason: str, who: str, now: datetime) -> Keep:
    """Hold a story, alert or article and all that belongs to it; the ledger says who asked and why."""
    values = {"kind": kind, "subject": subject, "reason": reason, "added_by": who, "since": now}
    [row] = work.rows(insert(table).values(values).returning(table))
    _note(work, "hold_added", kind, subject, f"{reason} (asked for by {who})", int(row.id), now)
    return _keep(row)


def release(work: Work, number: int, who: str, now: datetime) -> Keep:
    """End a hold. Raises StoreError for one that is not there or has ended."""
    is_it = (table.c.id == number, table.c.released_at.is_(None))
    rows = work.rows(update(table).where(*is_it).values(released_by=who, released_at=now).returning(table))
    if not rows:
        raise StoreError(f"there is no hold {number} that lasts", remedy="`audit hold list` names them")
    keep = _keep(rows[0])
    _note(work, "hold_released", keep.kind, keep.subject, f"released by {who}", keep.id, now)
    return keep


def _note(work: Work, kind: str, of: SubjectKind, subject: str, because: str, number: int, now: datetime) -> None:  # noqa: PLR0917 (what happened to which hold: one sentence)
    row = {"alert": None, "story": None, "article": None, of: subject, "because": because, "detail": {"hold": number}}
    ledger.add_all(work, now, kind, [row])


def every(work: Work, *, with_released: bool = False) -> list[Keep]:
    """The holds that last, or all that ever were, the oldest first."""
    asked = select(table).order_by(table.c.id)
    rows = work.rows(asked if with_released else asked.where(table.c.released_at.is_(None)))
    return [_keep(row) for row in rows]


def kept(work: Work) -> Kept:
    """What must not be pruned. A hold on an alert or an article holds its stories, and a story all that it is made of.

    What was pruned before is found in the ledger as well.
    """
    named: dict[SubjectKind, set[str]] = {"alert": set(), "story": set(), "article": set()}
    for one in every(work):
        named[one.kind].add(one.subject)
    whole = set(named["story"])
    whole |= _others(work, alerts.c.id, alerts.c.story, named["alert"])
    whole |= _others(work, ledger_table.c.alert, ledger_table.c.story, named["alert"])
    whole |= _others(work, story_reports.c.article, story_reports.c.story, named["article"])
    whole |= _others(work, ledger_table.c.article, ledger_table.c.story, named["article"])
    told = _others(work, alerts.c.story, alerts.c.id, whole)
    told |= _others(work, ledger_table.c.story, ledger_table.c.alert, whole)
    read = _others(work, story_reports.c.story, story_reports.c.article, whole)
    read |= _others(work, ledger_table.c.story, ledger_table.c.article, whole)
    return Kept(
        alerts=frozenset(told | named["alert"]),
        stories=frozenset(whole),
        articles=frozenset(read | named["article"]),
    )


def _others(work: Work, given: Column[str], wanted: Column[str], values: Iterable[str]) -> set[str]:
    """What stands in one column beside these values of another."""
    found: set[str] = set()
    for chunk in chunks(sorted(values)):
        rows = work.rows(select(wanted).where(given.in_(chunk), wanted.is_not(None)).distinct())
        found |= {str(row[0]) for row in rows}
    return found


def _keep(row: object) -> Keep:
    return Keep(**{name: getattr(row, name) for name in Keep.__dataclass_fields__})
