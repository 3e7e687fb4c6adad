"""What is remembered of each feed between two polls, and which worker polls it now."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, select, update

from monitor.model import Feed, FeedId, PollState
from monitor.store.pauses import all_of, resting
from monitor.store.tables import feeds as table
from monitor.store.work import Work, chunks

CLOCK_STEP = timedelta(minutes=5)
"""How far a clock may be set back before what it said of the last poll counts for nothing."""

_STATE = tuple(
    column for column in table.c if column.name not in {"url", "lease_owner", "lease_until"}
)  # the columns that are fields of PollState, by the same names


def register(work: Work, feeds: Sequence[Feed], now: datetime) -> None:
    """Remember the feeds of the configuration: one that is new is due at once, one that is gone keeps its state.

    Under another address a feed starts anew: what the old server said (validators, moved, gone) is void, and a
    poll of the old address that is under way can no longer be settled.
    """
    known: dict[str, str] = {row.feed: row.url for row in work.rows(select(table.c.feed, table.c.url))}
    fresh = [_unpolled(feed, now, "new feed") for feed in feeds if feed.id not in known]
    if fresh:
        work.run(work.insert(table).on_conflict_do_nothing(), fresh)
    moved = [_unpolled(feed, now, "new address") for feed in feeds if known.get(feed.id, feed.url) != feed.url]
    for values in moved:
        work.run(update(table).where(table.c.feed == values["feed"]).values(**values))


def _unpolled(feed: Feed, now: datetime, because: str) -> dict[str, Any]:
    state = PollState(feed=feed.id, next_due=now, because=because)
    return {**_values(state), "url": feed.url, "lease_owner": None, "lease_until": None}


def claim_due(  # noqa: PLR0917 (who takes what, when and for how long: one sentence)
    work: Work, feeds: Mapping[FeedId, Feed], now: datetime, worker: str, lease: timedelta, limit: int
) -> list[tuple[Feed, PollState]]:
    """Take the feeds that are due and that nobody polls, the longest due first, at most `limit`.

    Only those in `feeds` that are switched on and that nobody lets rest. They are the worker's until `now + lease`,
    or until it settles or releases them. A feed that was polled in the future is due: the clock was set back since.
    """
    asleep = resting(work, now)
    is_due = or_(table.c.next_due <= now, and_(table.c.next_due.is_not(None), table.c.last_polled > now + CLOCK_STEP))
    of_the_future = table.c.lease_until > now + lease + CLOCK_STEP  # taken before the clock was set back
    is_free = and_(is_due, or_(table.c.lease_until.is_(None), table.c.lease_until <= now, of_the_future))
    asked = select(table.c.feed).where(is_free).order_by(table.c.next_due, table.c.feed)
    known = (feeds.get(row.feed) for row in work.rows(asked))
    due = [feed for feed in known if feed is not None and feed.is_enabled and feed.id not in asleep]
    found: dict[str, PollState] = {}
    for chunk in chunks(feed.id for feed in due):
        # what another worker takes at this moment is passed over, and the next one taken
        mine = asked.where(table.c.feed.in_(chunk)).limit(limit - len(found)).with_for_update(skip_locked=True)
        taken = table.c.feed.in_([row.feed for row in work.rows(mine)])
        work.run(update(table).where(taken).values(lease_owner=worker, lease_until=now + lease))
        found |= {row.feed: _state(row) for row in work.rows(select(*_STATE).where(taken))}
        if len(found) >= limit:
            break
    return [(feed, found[feed.id]) for feed in due if feed.id in found]


def settle_polls(work: Work, states: Sequence[PollState], worker: str) -> int:
    """Write what polls brought and end their leases, all in one statement; returns how many were the worker's.

    A poll whose lease was lost (it ran out and another took it, or the address changed) is not written.
    """
    statement = (
        update(table)
        .where(table.c.feed == bindparam("of_feed"), table.c.lease_owner == bindparam("by_worker"))
        .values({column.name: bindparam(column.name) for column in _STATE if column.name != "feed"})
        .values(lease_owner=None, lease_until=None)
    )
    values = [_values(state) for state in states]
    return work.run(statement, [{**one, "of_feed": one.pop("feed"), "by_worker": worker} for one in values])


def holders(work: Work) -> set[str]:
    """The workers that hold feeds."""
    asked = select(table.c.lease_owner).where(table.c.lease_owner.is_not(None)).distinct()
    return {row.lease_owner for row in work.rows(asked)}


def release(work: Work, worker: str) -> int:
    """Give back the feeds that a worker holds unpolled; they stay due. Returns how many."""
    held = table.c.lease_owner == worker
    return work.run(update(table).where(held).values(lease_owner=None, lease_until=None))


def hasten(work: Work, feeds: Mapping[FeedId, Feed], now: datetime) -> None:
    """Make these feeds due at once, because a person asked for it; one that is gone stays so."""
    is_mine = table.c.feed.in_(list(feeds)) & table.c.is_gone.is_(False)
    work.run(update(table).where(is_mine).values(next_due=now, because="asked for"))


def states(work: Work) -> list[PollState]:
    """What is remembered of every feed, in the order of their ids."""
    return [_state(row) for row in work.rows(select(*_STATE).order_by(table.c.feed))]


def next_due(work: Work, feeds: Mapping[FeedId, Feed]) -> datetime | None:
    """When the next of these feeds is to be polled; None where none ever is."""
    rows = work.rows(select(table.c.feed, table.c.next_due).where(table.c.next_due.is_not(None)))
    pauses = all_of(work)
    found: list[datetime] = []
    for row in rows:
        if row.feed not in feeds or not feeds[row.feed].is_enabled:
            continue
        pause = pauses.get(row.feed)
        if pause is None or pause.until is not None:
            found.append(row.next_due if pause is None or pause.until is None else max(row.next_due, pause.until))
    return min(found, default=None)


def _state(row: Row[Any]) -> PollState:
    return PollState(**{column.name: getattr(row, column.name) for column in _STATE})


def _values(state: PollState) -> dict[str, Any]:
    return {column.name: getattr(state, column.name) for column in _STATE}
