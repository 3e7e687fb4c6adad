"""The store as a thing to look after: how much is in it, and a copy of it."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from monitor.errors import StoreError
from monitor.store import engine as database
from monitor.store import tables
from monitor.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the store holds. `waiting` and `dead` are deliveries; `hits` are those that still hold."""

    feeds: int
    failing_feeds: int
    articles: int
    hits: int
    stories: int
    alerts: int
    waiting: int
    accepted: int
    dead: int


def counts(work: Work) -> Counts:
    """How much there is of everything, in one question."""
    by_state = tables.deliveries.c.state
    questions = {
        "feeds": select(func.count()).select_from(tables.feeds),
        "failing_feeds": select(func.count()).where(tables.feeds.c.failures > 0),
        "articles": select(func.count()).select_from(tables.articles),
        "hits": select(func.count()).where(tables.hits.c.withdrawn_at.is_(None)),
        "stories": select(func.count()).select_from(tables.stories),
        "alerts": select(func.count()).select_from(tables.alerts),
        "waiting": select(func.count()).where(by_state.in_(("waiting", "leased"))),
        "accepted": select(func.count()).where(by_state == "accepted"),
        "dead": select(func.count()).where(by_state == "dead"),
    }
    row = work.rows(select(*(question.scalar_subquery().label(name) for name, question in questions.items())))[0]
    return Counts(**row._mapping)


def backup(path: Path, target: Path) -> Path:
    """Copy a SQLite database as it was last committed, while others may work on it; the copy is checked.

    The copy gets its name only when it is whole. Raises StoreError where it can't be made or is not sound.
    """
    partly = target.with_name(target.name + ".part")
    try:
        with database.clear_errors(str(path)):
            partly.unlink(missing_ok=True)
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partly)) as copy:
                source.backup(copy)
                if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
                    raise StoreError(f"the database {path} is damaged", remedy="put the newest backup in its place")
                copy.execute("PRAGMA journal_mode=DELETE").fetchone()  # one file, without a -wal beside it
        os.replace(partly, target)  # noqa: PTH105 (atomic, and said so)
    except OSError as error:
        raise StoreError(f"no copy of {path} can be made: {error.strerror}", remedy="make room beside it") from error
    finally:
        partly.unlink(missing_ok=True)
    return target
