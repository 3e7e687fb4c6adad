"""What the daemon writes of itself: start, signs of life, end. By it the next one knows how this one ended."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update

from monitor.store.tables import daemon as table
from monitor.store.work import Work
from monitor.trouble import SILENCE, Life

_ONLY = 1
"""One row tells whether a daemon works here; of several on a PostgreSQL database it is the one that started last."""


def last(work: Work) -> Life | None:
    """What is known of the daemon that works here, or worked here last."""
    rows = work.rows(select(table).where(table.c.id == _ONLY))
    return _life(rows[0]) if rows else None


def begin(work: Work, worker: str, now: datetime) -> Life | None:
    """Write that a daemon starts; what is known of the one before it."""
    before = last(work)
    values = {
        "id": _ONLY, "worker": worker, "started_at": now, "beat_at": now, "polled_at": None, "ended_at": None,
    }  # fmt: skip
    statement = work.insert(table).values(values)
    updated = {name: statement.excluded[name] for name in values}
    work.run(statement.on_conflict_do_update(index_elements=[table.c.id], set_=updated))
    return before


def beat(work: Work, worker: str, started_at: datetime, now: datetime, polled_at: datetime | None) -> Life | None:
    """Write that the daemon lives, and when it last had been through the feeds that were due.

    Where another daemon wrote last and has ended or fallen silent, this one takes its place: while one of several
    works, nobody is told that none does. Gives the one that fell silent, where it was not told to end.
    """
    before = last(work)
    is_free = or_(table.c.worker == worker, table.c.ended_at.is_not(None), table.c.beat_at < now - SILENCE)
    mine = update(table).where(table.c.id == _ONLY, is_free)
    values = {"worker": worker, "started_at": started_at, "beat_at": now, "polled_at": polled_at, "ended_at": None}
    is_taken = work.run(mine.values(values)) == 1  # of several beside it one alone
    is_other = before is not None and before.worker != worker and before.ended_at is None
    return before if is_taken and is_other else None


def end(work: Work, worker: str, now: datetime) -> None:
    """Write that the daemon ends as it was told to."""
    work.run(update(table).where(table.c.id == _ONLY, table.c.worker == worker).values(beat_at=now, ended_at=now))


def _life(row: Row[Any]) -> Life:
    return Life(
        worker=row.worker,
        started_at=row.started_at,
        beat_at=row.beat_at,
        polled_at=row.polled_at,
        ended_at=row.ended_at,
    )
