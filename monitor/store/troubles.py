"""The monitor's own troubles as they are remembered, and what an operator is told of them, queued in the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from monitor.model import AlertId, ChannelName
from monitor.store import ledger
from monitor.store.outbox import delivery_id
from monitor.store.tables import deliveries, notices
from monitor.store.tables import troubles as table
from monitor.store.values import notice_to_json, trouble_from_json, trouble_to_json
from monitor.store.work import Work
from monitor.trouble import ChannelHealth, KnownTrouble, Notice

_OPEN = ("waiting", "leased")


def known(work: Work) -> dict[str, KnownTrouble]:
    """Every trouble that there ever was, by its key, those that are mended too."""
    return {row.key: _known(row) for row in work.rows(select(table).order_by(table.c.key))}


def lasting(work: Work) -> list[KnownTrouble]:
    """The troubles that last, the oldest first."""
    asked = select(table).where(table.c.mended_at.is_(None)).order_by(table.c.since, table.c.key)
    return [_known(row) for row in work.rows(asked)]


def remember(work: Work, found: Iterable[KnownTrouble]) -> None:
    """Write what is known of these troubles from now on."""
    for one in found:
        values = {
            "key": one.trouble.key, "since": one.since, "mended_at": one.mended_at, "notice": one.notice,
            "trouble": trouble_to_json(one.trouble),
        }  # fmt: skip
        statement = work.insert(table).values(values)
        updated = {name: statement.excluded[name] for name in values}
        work.run(statement.on_conflict_do_update(index_elements=[table.c.key], set_=updated))


def queue(
    work: Work,
    notice: Notice,
    channels: Sequence[ChannelName],
    recipients: Mapping[ChannelName, tuple[str, ...]],
    now: datetime,
) -> None:
    """Put a notice into the outbox, a delivery for each recipient of each channel; queued twice is once."""
    values = {"id": notice.id, "thread": notice.thread, "raised_at": notice.raised_at, "notice": notice_to_json(notice)}
    work.run(work.insert(notices).values(values).on_conflict_do_nothing())
    for channel in channels:
        rows = [
            {
                "id": delivery_id(AlertId(notice.id), channel, recipient), "notice": notice.id, "story": notice.thread,
                "channel": channel, "recipient": recipient, "state": "waiting", "attempts": 0, "queued_at": now,
                "next_at": now, "is_unknown": False, "because": f"operator; {notice.says}",
            }
            for recipient in dict.fromkeys(recipients.get(channel) or ("",))
        ]  # fmt: skip
        work.run(work.insert(deliveries).on_conflict_do_nothing(index_elements=[deliveries.c.id]), rows)
        ledger.add_all(
            work, now, "delivery_queued",
            [{"story": notice.thread, "alert": notice.id, "channel": channel, "detail": {"delivery": row["id"]}}
             for row in rows],
        )  # fmt: skip
    titles = "; ".join(trouble.title for trouble in notice.troubles[:3])
    ledger.add(work, now, f"operator_{notice.says}", because=titles, detail={"notice": notice.id})


def healths(work: Work, channels: Iterable[ChannelName], attempts: int) -> list[ChannelHealth]:
    """How each channel fares; one that waits counts as failing from so many `attempts`. Costs a few rows a channel."""
    failing = _grouped(work, deliveries.c.state.in_(_OPEN) & (deliveries.c.attempts >= attempts))
    dead = _grouped(work, deliveries.c.state == "dead")
    found = []
    for name in channels:
        waits, lost = failing.get(name), dead.get(name)
        last_waiting = _newest(work, name, _OPEN, least=attempts) if waits else None
        last_dead = _newest(work, name, ("dead",)) if lost else None
        last_taken = _newest(work, name, ("accepted",)) if lost else None
        found.append(
            ChannelHealth(
                channel=name,
                failing=waits.count_ if waits else 0,
                since=waits.since if waits else None,
                because=last_waiting.because if last_waiting else "",
                dead=lost.count_ if lost else 0,
                last_dead=lost.until if lost else None,
                dead_because=last_dead.because if last_dead else "",
                last_accepted=last_taken.settled_at if last_taken else None,
            )
        )
    return found


def _grouped(work: Work, condition: Any) -> dict[ChannelName, Row[Any]]:
    asked = select(
        deliveries.c.channel,
        func.count().label("count_"),
        func.min(deliveries.c.queued_at).label("since"),
        func.max(deliveries.c.settled_at).label("until"),
    )
    return {ChannelName(row.channel): row for row in work.rows(asked.where(condition).group_by(deliveries.c.channel))}


def _newest(work: Work, channel: ChannelName, states: Sequence[str], *, least: int = 0) -> Row[Any] | None:
    """The delivery that was queued last, of those in one of these states that were tried at least so often."""
    asked = select(deliveries.c.because, deliveries.c.settled_at).where(
        deliveries.c.state.in_(states), deliveries.c.channel == channel, deliveries.c.attempts >= least
    )
    rows = work.rows(asked.order_by(deliveries.c.ordinal.desc()).limit(1))
    return rows[0] if rows else None


def _known(row: Row[Any]) -> KnownTrouble:
    return KnownTrouble(
        trouble=trouble_from_json(row.trouble), since=row.since, notice=row.notice, mended_at=row.mended_at
    )
