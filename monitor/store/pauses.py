"""Feeds that a person lets rest: kept beside what polls remember, so that no poll under way writes over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select

from monitor.model import FeedId
from monitor.store.tables import pauses as table
from monitor.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A feed is not asked from `since` on, up to `until`; None is until it is resumed."""

    since: datetime
    until: datetime | None

    def holds(self, now: datetime) -> bool:
        """Whether the feed still rests."""
        return self.until is None or now < self.until


def put(work: Work, feed: FeedId, *, until: datetime | None, now: datetime) -> None:
    """Let a feed rest; what was said of it before is void."""
    end(work, feed)
    work.run(work.insert(table), [{"feed": feed, "since": now, "until": until}])


def end(work: Work, feed: FeedId) -> bool:
    """Ask a feed again; whether it rested, or had."""
    return work.run(delete(table).where(table.c.feed == feed)) > 0


def all_of(work: Work) -> Mapping[FeedId, Pause]:
    """Every pause, those that are over too."""
    rows = work.rows(select(table.c.feed, table.c.since, table.c.until))
    return {FeedId(row.feed): Pause(since=row.since, until=row.until) for row in rows}


def resting(work: Work, now: datetime) -> Mapping[FeedId, datetime | None]:
    """The feeds that rest now, each with when that ends; None is until it is resumed."""
    rows = work.rows(select(table.c.feed, table.c.until).where(or_(table.c.until.is_(None), table.c.until > now)))
    return {FeedId(row.feed): row.until for row in rows}
