"""The store as a thing to look after: how much is in it, and a copy of it."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from monitor.errors import StoreError
from monitor.store import engine as database
from monitor.store import postgresql, sqlite, tables
from monitor.store.address import Address
from monitor.store.ownership import hand_over
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


def backup(address: Address, target: Path) -> Path:
    """Copy a database as of one moment, while others may work on it: a SQLite file, or a dump for `pg_restore`.

    The copy gets its name only when it is whole, and no file is ever written over. Raises StoreError where it
    can't be made or is not sound.
    """
    if target.exists():
        raise StoreError(f"there is a file {target} already", remedy="name another, or a folder")
    partly = target.with_name(target.name + ".part")
    try:
        with database.clear_errors(address.name):
            partly.unlink(missing_ok=True)
            partly.touch(mode=0o600)  # addresses of feeds in it may hold tokens
            if address.path is None:
                postgresql.dump(address, partly)
            else:
                sqlite.backup(address.path, partly)
        _make_durable(partly)
        os.replace(partly, target)  # noqa: PTH105 (atomic, and said so)
        _make_durable(target.parent)
    except OSError as error:
        raise StoreError(
            f"no copy of {address.name} can be made at {target}: {error.strerror}",
            remedy="see that its folder is there, may be written to and has room",
        ) from error
    finally:
        with suppress(OSError):
            partly.unlink(missing_ok=True)
    return target


def _make_durable(path: Path) -> None:
    """See that a file, or the names in a folder, survive the loss of power."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if path.is_file():
            hand_over(descriptor, path.parent)  # the service must be able to prune its copies
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def backup_name(address: Address, now: datetime) -> str:
    """How a copy that was made now is called where nobody says otherwise."""
    moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    if address.path is not None:
        return f"{address.path.name}.{moment}.bak"
    return f"{address.url.database or 'relations-monitor'}.{moment}.dump"
