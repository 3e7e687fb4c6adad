"""The alerts as a desk looks at them: found by what they are about, with their deliveries, and sent once more."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, exists, func, insert, select, update

from monitor.errors import StoreError
from monitor.model import Alert, AlertId, ChannelName, Delivery, DeliveryId, DeliveryState
from monitor.store import ledger, outbox
from monitor.store.asked import Asked, equal, names_actor, severe_enough, within
from monitor.store.tables import alerts as table
from monitor.store.tables import attempts, deliveries, told
from monitor.store.values import alert_from_json
from monitor.store.work import Work, chunks

_LEAD_RULE = ("lead", "hit", "rule")
_FEW = 6
"""How many ids an error names where the beginning of one fits several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try of a delivery. `said` is what the other side answered, or why there was no answer."""

    number: int
    at: datetime
    outcome: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One delivery as it stands: to whom, how it went, when it is tried again."""

    id: DeliveryId
    alert: AlertId
    channel: ChannelName
    recipient: str = field(repr=False)
    state: DeliveryState
    queued_at: datetime
    next_at: datetime
    settled_at: datetime | None
    is_unknown: bool
    because: str
    attempts: tuple[Attempt, ...] = ()

    @property
    def is_open(self) -> bool:
        """It waits, or is being sent."""
        return self.state in {"waiting", "leased"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An alert with its deliveries, in the order in which they were queued."""

    alert: Alert
    sendings: tuple[Sending, ...]


def found(work: Work, asked: Asked, limit: int | None = None) -> list[Raised]:
    """The alerts that were asked for, the newest first."""
    wanted = select(table.c.id, table.c.alert).where(*_conditions(asked)).order_by(table.c.raised_at.desc(), table.c.id)
    rows = work.rows(wanted.limit(limit))
    sent = _sendings(work, [AlertId(row.id) for row in rows])
    return [Raised(alert=alert_from_json(row.alert), sendings=tuple(sent.get(row.id, ()))) for row in rows]


def _conditions(asked: Asked) -> Iterator[Any]:
    kept = table.c.alert
    yield from within(asked, table.c.raised_at)
    yield from severe_enough(asked, kept["severity"].as_string())
    yield from equal(
        {
            kept["status"].as_string(): asked.status,
            kept["event"].as_string(): asked.event,
            kept[_LEAD_RULE].as_string(): asked.rule,
        }
    )
    yield from names_actor(asked, kept)
    if asked.story is not None:
        yield table.c.story.startswith(asked.story, autoescape=True)
    of_delivery = equal({deliveries.c.channel: asked.channel, deliveries.c.state: asked.state})
    if of_delivery:
        yield exists().where(deliveries.c.alert == table.c.id, *of_delivery)


def get(work: Work, begins: str) -> Raised:
    """The alert whose id begins so. Raises StoreError where none does, or several do."""
    asked = select(table.c.id, table.c.alert).where(table.c.id.startswith(begins, autoescape=True))
    rows = work.rows(asked.order_by(table.c.id).limit(_FEW + 1))
    exact = [row for row in rows if row.id == begins] or rows
    if not begins or not exact:
        raise StoreError(f"there is no alert {begins}", remedy="`alerts list` names them")
    if len(exact) > 1:
        names = ", ".join(row.id for row in exact[:_FEW])
        raise StoreError(f"{begins} is the beginning of several alerts: {names}", remedy="write more of it")
    alert = alert_from_json(exact[0].alert)
    return Raised(alert=alert, sendings=tuple(_sendings(work, [alert.id]).get(alert.id, ())))


def named(work: Work, name: AlertId) -> list[Alert]:
    """The alert of exactly this id, or those that went as one message of this name; none where there is neither.

    A channel may have sent a bundle to several recipients: each alert is given once.
    """
    rows = work.rows(select(table.c.alert).where(table.c.id == name))
    if not rows:
        members = select(deliveries.c.alert).where(deliveries.c.bundle == name, deliveries.c.alert.is_not(None))
        rows = work.rows(select(table.c.alert).where(table.c.id.in_(members)).order_by(table.c.raised_at, table.c.id))
    return [alert_from_json(row.alert) for row in rows]


def _sendings(work: Work, ids: Sequence[AlertId]) -> dict[AlertId, list[Sending]]:
    """The deliveries of these alerts with every attempt, in the order in which they were queued."""
    by_alert: dict[AlertId, list[Sending]] = {}
    for chunk in chunks(ids):
        of_these = deliveries.c.alert.in_(chunk)
        tries: dict[str, list[Attempt]] = {}
        joined = select(attempts).join(deliveries, deliveries.c.id == attempts.c.delivery).where(of_these)
        for row in work.rows(joined.order_by(attempts.c.number)):
            one = Attempt(number=row.number, at=row.at, outcome=row.outcome, said=row.said)
            tries.setdefault(row.delivery, []).append(one)
        for row in work.rows(select(deliveries).where(of_these).order_by(deliveries.c.ordinal)):
            by_alert.setdefault(AlertId(row.alert), []).append(_sending(row, tuple(tries.get(row.id, ()))))
    return by_alert


def _sending(row: Row[Any], tries: tuple[Attempt, ...]) -> Sending:
    return Sending(
        id=DeliveryId(row.id),
        alert=AlertId(row.alert),
        channel=ChannelName(row.channel),
        recipient=row.recipient,
        state=row.state,
        queued_at=row.queued_at,
        next_at=row.next_at,
        settled_at=row.settled_at,
        is_unknown=row.is_unknown,
        because=row.because,
        attempts=tries,
    )


def last_answers(work: Work) -> dict[ChannelName, tuple[datetime, str, str]]:
    """For each channel its last attempt: when, with what outcome, and what the other side said."""
    later = attempts.alias("later")
    of_later = deliveries.alias("of_later")
    is_last = ~exists(
        select(later.c.id).join(of_later, of_later.c.id == later.c.delivery).where(
            of_later.c.channel == deliveries.c.channel, later.c.id > attempts.c.id
        )
    )  # fmt: skip
    asked: Select[Any] = select(deliveries.c.channel, attempts.c.at, attempts.c.outcome, attempts.c.said)
    rows = work.rows(asked.join(attempts, attempts.c.delivery == deliveries.c.id).where(is_last))
    return {ChannelName(row.channel): (row.at, row.outcome, row.said) for row in rows}


def waiting_since(work: Work, channel: ChannelName) -> datetime | None:
    """When the oldest delivery was queued that a channel has not taken; None where nothing waits."""
    is_open = deliveries.c.state.in_(("waiting", "leased"))
    rows = work.rows(
        select(func.min(deliveries.c.queued_at).label("at")).where(deliveries.c.channel == channel, is_open)
    )
    found: datetime | None = rows[0].at
    return found


# --- once more --------------------------------------------------------------------------------------------------------


def send_again(  # noqa: PLR0917 (what goes to whom, when and why: one sentence)
    work: Work, alert: Alert, channel: ChannelName, recipients: Sequence[str], now: datetime, because: str
) -> list[Delivery]:
    """Queue an alert for a channel anew, a delivery each; what has happened to it before stays on record.

    Who still has one of it under way gets no second one. The alert counts as told there again: one that was lost
    is on its way now.
    """
    queued: list[Delivery] = []
    for recipient in dict.fromkeys(recipients or ("",)):
        to_them = [
            one for one in _sendings(work, [alert.id]).get(alert.id, ())
            if (one.channel, one.recipient) == (channel, recipient)
        ]  # fmt: skip
        if any(one.is_open for one in to_them):
            continue
        new = Delivery(
            id=_nth_id(alert.id, channel, recipient, len(to_them)),
            alert=alert.id,
            channel=channel,
            recipient=recipient,
            first_queued_at=now,
        )
        values: dict[str, Any] = {"id": new.id, "alert": alert.id, "story": alert.story, "channel": channel}
        values |= {"recipient": recipient, "state": "waiting", "attempts": 0, "queued_at": now, "next_at": now}
        work.run(insert(deliveries).values(**values, is_unknown=False, because=because))
        queued.append(new)
    if queued:
        of_story = update(told).where(told.c.story == alert.story, told.c.channel == channel)
        work.run(of_story.values(was_lost=False))
        detail = {"deliveries": len(queued)}
        kind = "alert_sent_again"
        ledger.add(
            work, now, kind, story=alert.story, alert=alert.id, channel=channel, because=because, detail=detail
        )  # fmt: skip
        outbox.note_queued(work, alert.story, queued, now)
    return queued


def _nth_id(alert: AlertId, channel: ChannelName, recipient: str, before: int) -> DeliveryId:
    """The id of one more delivery of the same alert to the same person, after so many."""
    whole = "\x1f".join((alert, channel, recipient, f"again {before}"))
    return DeliveryId(hashlib.sha256(whole.encode()).hexdigest()[:32])
