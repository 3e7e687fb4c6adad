"""Who took note of which alert, and when."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from monitor.model import Acknowledged, Alert, AlertId, ChannelName, StoryId
from monitor.store import ledger
from monitor.store.tables import acknowledgements as table
from monitor.store.work import Work, chunks


def add(
    work: Work, alert: Alert, by: str, note: str, now: datetime, *, channel: ChannelName | None = None
) -> Acknowledged:
    """Note that a person took note of an alert; the first who did stays. Gives who it was and when.

    `channel` is the one whose link it came by, where it did.
    """
    before = find(work, alert.id)
    if before is not None:
        return before
    values = {"alert": alert.id, "story": alert.story, "at": now, "by": by, "note": note}
    work.run(work.insert(table).values(values))
    because = f"{by}: {note}" if note else by
    ledger.add(
        work, now, "alert_acknowledged", story=alert.story, alert=alert.id, channel=channel, because=because
    )  # fmt: skip
    return Acknowledged(at=now, by=by)


def find(work: Work, alert: AlertId) -> Acknowledged | None:
    """Who took note of an alert, and when."""
    rows = work.rows(select(table).where(table.c.alert == alert))
    return Acknowledged(at=rows[0].at, by=rows[0].by) if rows else None


def of_stories(work: Work, stories: Iterable[StoryId]) -> dict[StoryId, Acknowledged]:
    """The newest acknowledgement of an alert of each story."""
    found: dict[StoryId, Acknowledged] = {}
    for chunk in chunks(set(stories)):
        for row in work.rows(select(table).where(table.c.story.in_(chunk)).order_by(table.c.at)):
            found[StoryId(row.story)] = Acknowledged(at=row.at, by=row.by)
    return found
