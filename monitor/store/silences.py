"""The silences that people asked for: rows <-> values. What one held is decided again when it ends."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from monitor.errors import StoreError
from monitor.model import ChannelName, EventType, RuleId, Silence, StoryId
from monitor.store import ledger
from monitor.store.tables import holds
from monitor.store.tables import silences as table
from monitor.store.work import Work

_SETS = ("tags", "events", "parties", "languages", "rules", "channels")


def add(work: Work, silence: Silence, now: datetime) -> None:
    """Keep a silence, with its author in the ledger."""
    matcher: dict[str, Any] = {name: sorted(getattr(silence, name)) for name in _SETS}
    matcher |= {"severity": silence.severity, "sides": silence.sides, "independent": silence.independent}
    matcher |= {"story": silence.story}
    values = {"id": silence.id, "author": silence.author, "reason": silence.reason, "matcher": matcher}
    work.run(insert(table).values(**values, starts_at=silence.starts_at, ends_at=silence.ends_at))
    detail = {"silence": silence.id, "until": silence.ends_at.isoformat(), "matcher": matcher}
    because = f"{silence.author}: {silence.reason}"
    ledger.add(work, now, "silence_added", story=silence.story, because=because, detail=detail)


def active(work: Work, now: datetime) -> tuple[Silence, ...]:
    """The silences that have not ended, those to come included, by their end."""
    rows = work.rows(select(table).where(table.c.ends_at > now).order_by(table.c.ends_at, table.c.id))
    return tuple(map(_silence, rows))


def latest(work: Work, limit: int) -> list[tuple[Silence, str]]:
    """All silences, the last to end first, each with who ended it early."""
    rows = work.rows(select(table).order_by(table.c.ends_at.desc(), table.c.id).limit(limit))
    return [(_silence(row), row.expired_by or "") for row in rows]


def expire(work: Work, begins: str, author: str, now: datetime) -> Silence:
    """End the silence whose id begins so, now; what it held is decided again at once.

    Raises StoreError where no silence is named so, several are, or it has ended.
    """
    rows = work.rows(select(table).where(table.c.id.startswith(begins, autoescape=True)).order_by(table.c.id))
    if len(rows) != 1 or not begins:
        what = "is the beginning of several silences" if rows and begins else "names no silence"
        raise StoreError(f"{begins or 'an empty id'} {what}", remedy="`silences list` names them")
    found = _silence(rows[0])
    if found.ends_at <= now:
        raise StoreError(f"silence {found.id} has ended already", remedy="`silences list` shows those in force")
    work.run(update(table).where(table.c.id == found.id).values(ends_at=now, expired_by=author))
    work.run(update(holds).where(holds.c.gate == "silence", holds.c.until > now).values(until=now))
    because = f"{author} ended it early; {found.author} had said: {found.reason}"
    ledger.add(work, now, "silence_expired", story=found.story, because=because, detail={"silence": found.id})
    return replace(found, ends_at=now)


def _silence(row: Row[Any]) -> Silence:
    kept = row.matcher
    return Silence(
        id=row.id,
        author=row.author,
        reason=row.reason,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        story=StoryId(kept["story"]) if kept.get("story") else None,
        channels=frozenset(map(ChannelName, kept["channels"])),
        severity=kept["severity"],
        tags=frozenset(kept["tags"]),
        events=frozenset(map(EventType, kept["events"])),
        parties=frozenset(kept["parties"]),
        languages=frozenset(kept["languages"]),
        rules=frozenset(map(RuleId, kept["rules"])),
        sides=kept["sides"],
        independent=kept["independent"],
    )
