"""What is to be told and was told: alerts, deliveries under way, attempts, and what each channel knows of a story.

A delivery is claimed by a lease, begun, sent, settled. Claimed is not done: a worker that dies leaves a lease that
runs out, and the delivery is sent again; had it been begun, it may have arrived, and the next one says so.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Row, and_, case, delete, exists, func, insert, or_, select, update

from monitor.decisions import (
    Accepted,
    Again,
    DeadLetter,
    Drop,
    Fate,
    Hold,
    Outcome,
    Refused,
    Send,
    Settled,
    TryLater,
    Unknown,
    Verdict,
)
from monitor.model import (
    SEVERITIES,
    Alert,
    AlertId,
    ChannelName,
    Delivery,
    DeliveryId,
    Route,
    Standing,
    Story,
    StoryChange,
    StoryId,
    Told,
)
from monitor.store import ledger
from monitor.store.tables import alerts, attempts, deliveries, holds, notices, told
from monitor.store.values import alert_from_json, alert_to_json, notice_from_json, said_from_json, said_to_json
from monitor.store.work import Work, chunks
from monitor.trouble import Notice

_ANSWERS = {
    "accepted": "delivery_accepted", "try-later": "delivery_deferred", "refused": "delivery_refused",
    "unknown": "possible_double",
}  # fmt: skip
"""For each outcome of an attempt the kind of its row in the ledger."""
_EARLIER = deliveries.alias("earlier")
_IS_OPEN = deliveries.c.state.in_(("waiting", "leased"))
CLOCK_STEP = timedelta(minutes=5)
"""How far a clock may be set back before what it said of the future counts for nothing."""
_LAST_AT = (
    select(attempts.c.at).where(attempts.c.delivery == deliveries.c.id).order_by(attempts.c.id.desc()).limit(1)
).scalar_subquery()
_READY_AT = case((deliveries.c.state == "leased", deliveries.c.lease_until), else_=deliveries.c.next_at)
"""When a delivery that is not settled can be claimed: a leased one when its lease runs out."""
_IS_FIRST_IN_LINE = ~exists().where(
    _EARLIER.c.story == deliveries.c.story,
    _EARLIER.c.channel == deliveries.c.channel,
    _EARLIER.c.recipient == deliveries.c.recipient,
    _EARLIER.c.ordinal < deliveries.c.ordinal,
    _EARLIER.c.state.in_(("waiting", "leased")),
    or_(deliveries.c.bundle.is_(None), func.coalesce(_EARLIER.c.bundle, "") != deliveries.c.bundle),
)
"""No earlier message of the same story to the same person is still under way, but for those that go in one message
with it: an update never overtakes."""


def delivery_id(alert: AlertId, channel: ChannelName, recipient: str) -> DeliveryId:
    """The id of a delivery, from what makes it one: the same alert to the same person is the same delivery."""
    whole = "\x1f".join((alert, channel, recipient))
    return DeliveryId(hashlib.sha256(whole.encode()).hexdigest()[:32])


# --- deciding: what a channel knows, and what was decided -------------------------------------------------------------


def standing(work: Work, routes: tuple[Route, ...], stories: Iterable[StoryId]) -> Standing:
    """What `alerts.decide` must know: the routes, and what each channel was told of these stories.

    It stays so until the end of the transaction: that a first alert is lost (`settle`) comes before or after.
    """
    found: dict[tuple[StoryId, ChannelName], Told] = {}
    for chunk in chunks(set(stories)):
        for row in work.rows(select(told).where(told.c.story.in_(chunk)).with_for_update()):
            found[StoryId(row.story), ChannelName(row.channel)] = _told(row)
    return Standing(routes=routes, told=found)


def record(
    work: Work,
    change: StoryChange,
    verdicts: Sequence[Verdict],
    recipients: Mapping[ChannelName, tuple[str, ...]],
    now: datetime,
) -> list[Delivery]:
    """Write what was decided of a change: alerts with their deliveries, holds, and each verdict with its reason.

    A channel without recipients gets one delivery with an empty one. Returns the deliveries that are new.
    """
    queued: list[Delivery] = []
    for verdict in verdicts:
        match verdict:
            case Send():
                _tell(work, change, verdict)
                _note(work, change, verdict, "alert_raised", now, alert=verdict.alert.id)
                queued += _queue(work, verdict, recipients.get(verdict.channel) or ("",), now)
            case Hold():
                _hold(work, change.after.id, verdict, now)
                _note(work, change, verdict, "alert_held", now)
            case Drop():
                _end_hold(work, change.after.id, verdict.channel, until=now)
                _note(work, change, verdict, "alert_dropped", now)
            case _:
                assert_never(verdict)
    return queued


def _note(
    work: Work, change: StoryChange, verdict: Verdict, kind: str, now: datetime, *, alert: AlertId | None = None
) -> None:
    hit = change.hits[0] if change.hits else None
    ledger.add(
        work,
        now,
        kind,
        article=hit.article if hit else None,
        rule=hit.rule if hit else None,
        story=change.after.id,
        alert=alert,
        channel=verdict.channel,
        because=verdict.because,
        detail=_detail(verdict),
    )


def _detail(verdict: Verdict) -> dict[str, str] | None:
    match verdict:
        case Hold():
            return {"until": verdict.until.isoformat(), **({"gate": verdict.gate} if verdict.gate else {})}
        case Send() if verdict.bundle:
            return {"bundle": verdict.bundle}
        case _:
            return None


def _tell(work: Work, change: StoryChange, verdict: Send) -> None:
    alert, story = verdict.alert, change.after
    work.run(
        work.insert(alerts).on_conflict_do_nothing(),
        [
            {
                "id": alert.id,
                "story": alert.story,
                "kind": alert.kind,
                "raised_at": alert.raised_at,
                "alert": alert_to_json(alert),
            }
        ],
    )
    _save_told(work, story, verdict)
    _end_hold(work, story.id, verdict.channel)


def _save_told(work: Work, story: Story, verdict: Send) -> None:
    """What the channel knows from now on: the story as it is, and what it was told before and did reach it.

    The same law as `alerts.decide.told_after`, which stands on this floor too; a test holds them together.
    """
    rows = work.rows(select(told).where(told.c.story == story.id, told.c.channel == verdict.channel))
    before = _told(rows[0]) if rows and not rows[0].was_lost else None
    quantities = dict(story.quantities)
    for unit, value in (before.quantities if before else {}).items():
        quantities[unit] = max(value, quantities.get(unit, value))
    values = {
        "story": story.id,
        "channel": verdict.channel,
        "first_alert": verdict.alert.first_alert,
        "said": said_to_json(story.said | (before.said if before else frozenset())),
        "severity": max(story.severity, before.severity if before else story.severity, key=SEVERITIES.index),
        "quantities": quantities,
        "alerts": 1 + (rows[0].alerts if rows else 0),
        "was_lost": False,
        "at": verdict.alert.raised_at,
    }
    statement = work.insert(told).values(values)
    updated = {name: statement.excluded[name] for name in values}
    work.run(statement.on_conflict_do_update(index_elements=[told.c.story, told.c.channel], set_=updated))


def _queue(work: Work, verdict: Send, recipients: Sequence[str], now: datetime) -> list[Delivery]:
    new = {
        delivery_id(verdict.alert.id, verdict.channel, recipient): recipient for recipient in recipients
    }  # an address named twice is told once
    values = [
        {
            "id": name,
            "alert": verdict.alert.id,
            "story": verdict.alert.story,
            "channel": verdict.channel,
            "recipient": recipient,
            "state": "waiting",
            "attempts": 0,
            "queued_at": now,
            "next_at": now,
            "is_unknown": False,
            "because": verdict.because,
            "bundle": verdict.bundle or None,
        }
        for name, recipient in new.items()
    ]
    statement = work.insert(deliveries).on_conflict_do_nothing(index_elements=[deliveries.c.id])
    queued = [_delivery(row) for row in work.rows(statement.returning(deliveries), values)]
    note_queued(work, verdict.alert.story, queued, now)
    return queued


def note_queued(work: Work, story: str, queued: Sequence[Delivery], now: datetime) -> None:
    """Write down that these deliveries of a story wait to be sent."""
    rows = [
        {"story": story, "alert": one.alert, "channel": one.channel, "detail": {"delivery": one.id}} for one in queued
    ]
    if rows:
        ledger.add_all(work, now, "delivery_queued", rows)


def _hold(work: Work, story: StoryId, verdict: Hold, now: datetime) -> None:
    statement = work.insert(holds).values(
        story=story, channel=verdict.channel, until=verdict.until, because=verdict.because, since=now, gate=verdict.gate
    )
    updated = {name: statement.excluded[name] for name in ("until", "because", "gate")}
    work.run(statement.on_conflict_do_update(index_elements=[holds.c.story, holds.c.channel], set_=updated))


def _end_hold(work: Work, story: StoryId, channel: ChannelName | None, *, until: datetime | None = None) -> None:
    ended = delete(holds).where(holds.c.story == story)
    if channel is not None:
        ended = ended.where(holds.c.channel == channel)
    if until is not None:
        ended = ended.where(holds.c.until <= until)  # one that still runs is decided again at its end
    work.run(ended)


def due_holds(work: Work, now: datetime) -> list[tuple[StoryId, ChannelName]]:
    """The holds that have run out, the longest first: what `review` decides again."""
    rows = work.rows(select(holds).where(holds.c.until <= now).order_by(holds.c.until, holds.c.story, holds.c.channel))
    return [(StoryId(row.story), ChannelName(row.channel)) for row in rows]


# --- sending ----------------------------------------------------------------------------------------------------------


def claim(  # noqa: PLR0917 (who takes what, when and for how long: one sentence)
    work: Work, channel: ChannelName, now: datetime, worker: str, lease: timedelta, limit: int
) -> list[tuple[Delivery, Alert | Notice]]:
    """Take the deliveries of a channel that can be sent now, the first queued first, at most `limit`.

    Of one story and recipient only the first in line. After the clock was set back nothing waits for what it said
    before: what was tried last in the future is ready. A lease that ran out is free again: where its sending
    had been begun that counts as an attempt without an answer, and the delivery comes with `is_unknown`.
    """
    ready = (
        select(deliveries)
        .where(deliveries.c.channel == channel, _IS_OPEN, _is_ready(now, lease), _IS_FIRST_IN_LINE)
        .order_by(deliveries.c.ordinal)
        .limit(limit)
        .with_for_update(of=deliveries, skip_locked=True)
    )
    rows = _whole_bundles(work, work.rows(ready), channel, now, lease)
    if not rows:
        return []
    for row in rows:
        if row.begun_at is not None:
            _note_attempt(
                work, row, row.begun_at, row.lease_owner, Unknown(because="the sender ended before an answer")
            )
    was_begun = deliveries.c.begun_at.is_not(None)
    taken = (
        update(deliveries)
        .where(deliveries.c.ordinal.in_([row.ordinal for row in rows]))
        .values(
            state="leased",
            lease_owner=worker,
            lease_until=now + lease,
            begun_at=None,
            is_unknown=or_(deliveries.c.is_unknown, was_begun),
            attempts=case((was_begun, deliveries.c.attempts + 1), else_=deliveries.c.attempts),
        )
        .returning(deliveries)
    )
    claimed = sorted(work.rows(taken), key=lambda row: int(row.ordinal))
    told_of = _alerts(work, {row.alert for row in claimed if row.alert is not None})
    noticed = _notices(work, {row.notice for row in claimed if row.notice is not None})
    found = [(_delivery(row), noticed[row.notice] if row.alert is None else told_of[row.alert]) for row in claimed]
    receipts = _first_receipts(work, found)
    return [(replace(delivery, first_receipt=receipts.get(delivery.id, "")), what) for delivery, what in found]


def _whole_bundles(
    work: Work, rows: Sequence[Row[Any]], channel: ChannelName, now: datetime, lease: timedelta
) -> Sequence[Row[Any]]:
    """What was found, with all the others that go in one message with one of them, in the order of the queue."""
    begun = {(row.bundle, row.recipient) for row in rows if row.bundle is not None}
    if not begun:
        return rows
    found = {row.ordinal: row for row in rows}
    of_channel = and_(deliveries.c.channel == channel, _IS_OPEN, _is_ready(now, lease), _IS_FIRST_IN_LINE)
    for bundle, recipient in sorted(begun):
        theirs = and_(of_channel, deliveries.c.bundle == bundle, deliveries.c.recipient == recipient)
        asked = select(deliveries).where(theirs).with_for_update(of=deliveries, skip_locked=True)
        found |= {row.ordinal: row for row in work.rows(asked)}
    return [found[ordinal] for ordinal in sorted(found)]


def bundle_backlog(work: Work, channel: ChannelName, before: datetime, limit: int, size: int) -> int:
    """Let what waits for a channel since before that moment go together, `size` deliveries a message.

    Only where it is more than `limit` for a recipient; returns how many. What may have arrived already, or goes with
    others, is left as it is.
    """
    waits = and_(
        deliveries.c.channel == channel,
        deliveries.c.state == "waiting",
        deliveries.c.alert.is_not(None),
        deliveries.c.bundle.is_(None),
        deliveries.c.is_unknown.is_(False),
        deliveries.c.queued_at <= before,
    )
    by_recipient: dict[str, list[int]] = {}
    waiting = select(deliveries.c.recipient, deliveries.c.ordinal).where(waits).order_by(deliveries.c.ordinal)
    for row in work.rows(waiting):
        by_recipient.setdefault(row.recipient, []).append(row.ordinal)
    many = {recipient: ordinals for recipient, ordinals in by_recipient.items() if len(ordinals) > limit}
    for recipient, ordinals in many.items():
        for at in range(0, len(ordinals), size):
            some = ordinals[at : at + size]
            made_of = "\x1f".join((channel, recipient, str(some[-1])))
            name = f"drain-{hashlib.sha256(made_of.encode()).hexdigest()[:18]}"
            work.run(update(deliveries).where(deliveries.c.ordinal.in_(some)).values(bundle=name))
    return sum(map(len, many.values()))


def _is_ready(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    is_of_the_future = or_(
        and_(deliveries.c.state == "waiting", func.coalesce(_LAST_AT, deliveries.c.queued_at) > now + CLOCK_STEP),
        and_(deliveries.c.state == "leased", deliveries.c.lease_until > now + lease + CLOCK_STEP),
    )
    return or_(now >= _READY_AT, is_of_the_future)


def _first_receipts(work: Work, claimed: Sequence[tuple[Delivery, Alert | Notice]]) -> dict[DeliveryId, str]:
    """What the other side said when it took the first message of the story of each update, by delivery."""
    firsts = {
        delivery_id(alert.first_alert, delivery.channel, delivery.recipient): delivery.id
        for delivery, alert in claimed
        if isinstance(alert, Alert) and alert.kind == "update"
    }
    found = {}
    for chunk in chunks(firsts):
        asked = select(deliveries.c.id, deliveries.c.because).where(deliveries.c.id.in_(chunk))
        for row in work.rows(asked.where(deliveries.c.state == "accepted")):
            found[firsts[row.id]] = row.because
    return found


def begin(work: Work, delivery: DeliveryId, worker: str, now: datetime) -> bool:
    """Say that a delivery is handed over from now on; commit it, then send.

    False where it is no longer the worker's: the lease ran out, so another may be sending it, and this one must not.
    """
    begun = update(deliveries).where(
        deliveries.c.id == delivery,
        deliveries.c.state == "leased",
        deliveries.c.lease_owner == worker,
        deliveries.c.lease_until > now,
    )
    rows = work.rows(begun.values(begun_at=now).returning(deliveries))
    for row in rows:
        ledger.add(
            work, now, "delivery_begun", story=row.story, alert=row.alert or row.notice, channel=row.channel,
            detail={"delivery": row.id, "attempt": row.attempts + 1},
        )  # fmt: skip
    return bool(rows)


def settle(  # noqa: PLR0917 (what became of which delivery, by whom and when: one sentence)
    work: Work, delivery: Delivery, fate: Fate, outcome: Outcome, now: datetime, worker: str
) -> bool:
    """Write what became of an attempt; True if it settled the delivery's fate.

    That it was accepted counts from whoever says so while it is not settled; to try again or to give up is said
    only by the worker that still holds it. Every attempt is kept.
    """
    rows = work.rows(select(deliveries).where(deliveries.c.id == delivery.id))
    if not rows:
        return False
    row = rows[0]
    _note_attempt(work, row, now, worker, outcome)
    values: dict[str, Any] = {"lease_owner": None, "lease_until": None, "begun_at": None}
    values["attempts"] = deliveries.c.attempts + 1
    is_mine: ColumnElement[bool] = and_(deliveries.c.state == "leased", deliveries.c.lease_owner == worker)
    match fate:
        case Settled():
            values |= {"state": "accepted", "settled_at": now, "because": fate.receipt}
            is_mine = _IS_OPEN
        case Again():
            values |= {"state": "waiting", "next_at": fate.at, "because": fate.because}
            values |= {"is_unknown": True} if fate.may_have_arrived else {}
        case DeadLetter():
            values |= {"state": "dead", "settled_at": now, "because": fate.because}
        case _:
            assert_never(fate)
    was_settled = work.run(update(deliveries).where(deliveries.c.id == delivery.id, is_mine).values(values)) == 1
    if was_settled and isinstance(fate, DeadLetter):
        _lose(work, row)
        ledger.add(
            work,
            now,
            "dead_letter_added",
            story=StoryId(row.story),
            alert=AlertId(row.alert or row.notice),
            channel=ChannelName(row.channel),
            because=fate.because,
        )
    return was_settled


def _lose(work: Work, row: Row[Any]) -> None:
    """Where nothing of a story reached anybody of a channel, nor is on its way, the next change goes as the first."""
    is_theirs = and_(told.c.story == row.story, told.c.channel == row.channel)
    work.rows(select(told.c.story).where(is_theirs).with_for_update())  # what others settle or queue waits or is seen
    alive = select(deliveries.c.ordinal).where(
        deliveries.c.story == row.story, deliveries.c.channel == row.channel, deliveries.c.state != "dead"
    )
    if not work.rows(alive.limit(1)):
        work.run(update(told).where(is_theirs).values(was_lost=True))


def _note_attempt(work: Work, row: Row[Any], at: datetime, worker: str | None, outcome: Outcome) -> None:
    match outcome:
        case Accepted():
            kind, said = "accepted", outcome.receipt
        case TryLater():
            kind, said = "try-later", outcome.because
        case Refused():
            kind, said = "refused", outcome.because
        case Unknown():
            kind, said = "unknown", outcome.because
        case _:
            assert_never(outcome)
    ledger.add(
        work, at, _ANSWERS[kind], story=row.story, alert=row.alert or row.notice, channel=row.channel, because=said,
        detail={"delivery": row.id, "attempt": row.attempts + 1},
    )  # fmt: skip
    number = select(func.count() + 1).where(attempts.c.delivery == row.id).scalar_subquery()
    values = {"delivery": row.id, "at": at, "worker": worker or "", "outcome": kind, "said": said}
    work.run(insert(attempts).values(number=number, **values))


def holders(work: Work) -> set[str]:
    """The workers that hold deliveries."""
    asked = select(deliveries.c.lease_owner).where(deliveries.c.lease_owner.is_not(None)).distinct()
    return {row.lease_owner for row in work.rows(asked)}


def release(work: Work, worker: str, *, channel: ChannelName | None = None, is_gone: bool = False) -> int:
    """Give back the deliveries that a worker holds and has not begun, of one `channel` or of all; returns how many.

    One that was begun stays what it is, perhaps arrived; of a worker that `is_gone` it can be claimed at once.
    """
    held = and_(deliveries.c.state == "leased", deliveries.c.lease_owner == worker)
    if channel is not None:
        held = and_(held, deliveries.c.channel == channel)
    if is_gone:
        begun = update(deliveries).where(held, deliveries.c.begun_at.is_not(None))
        work.run(begun.values(lease_until=deliveries.c.queued_at))
    back = update(deliveries).where(held, deliveries.c.begun_at.is_(None))
    return work.run(back.values(state="waiting", lease_owner=None, lease_until=None))


def name_recipients(work: Work, channel: ChannelName, recipients: Sequence[str]) -> int:
    """Give what was queued for a channel while nobody knew its recipients to each of them; returns how many rows.

    An alert that waits for nobody by name, because the address could not be read then, becomes a delivery each.
    """
    if "" in recipients:
        return 0
    nameless = and_(deliveries.c.channel == channel, deliveries.c.recipient == "", deliveries.c.state == "waiting")
    rows = work.rows(select(deliveries).where(nameless).order_by(deliveries.c.ordinal))
    if not rows:
        return 0
    kept = [column.name for column in deliveries.c if column.name not in ("ordinal", "id", "recipient")]
    values = [
        {
            **{column: getattr(row, column) for column in kept},
            "id": delivery_id(AlertId(row.alert or row.notice), channel, recipient),
            "recipient": recipient,
        }
        for row in rows
        for recipient in recipients
    ]
    work.run(work.insert(deliveries).on_conflict_do_nothing(index_elements=[deliveries.c.id]), values)
    ids = [row.id for row in rows]
    for chunk in chunks(ids):
        work.run(delete(attempts).where(attempts.c.delivery.in_(chunk)))
        work.run(delete(deliveries).where(deliveries.c.id.in_(chunk)))
    return len(values)


# --- looking ----------------------------------------------------------------------------------------------------------


def next_at(work: Work, channel: ChannelName) -> datetime | None:
    """When `claim` will next find something for a channel; None where nothing waits."""
    ready = select(_READY_AT.label("at")).where(deliveries.c.channel == channel, _IS_OPEN, _IS_FIRST_IN_LINE)
    rows = work.rows(ready.order_by(_READY_AT).limit(1))
    return rows[0].at if rows else None


def waiting(work: Work) -> dict[ChannelName, int]:
    """How many deliveries of each channel are not settled."""
    asked = select(deliveries.c.channel, func.count().label("waiting")).where(_IS_OPEN).group_by(deliveries.c.channel)
    return {ChannelName(row.channel): row.waiting for row in work.rows(asked)}


def oldest_waiting(work: Work) -> datetime | None:
    """When the delivery was queued that waits the longest; None where nothing waits."""
    rows = work.rows(select(func.min(deliveries.c.queued_at).label("since")).where(_IS_OPEN))
    return rows[0].since if rows else None


def dead_letters(work: Work, limit: int) -> list[tuple[Delivery, str]]:
    """The deliveries that were given up, each with the reason, the newest first; `find_alert` tells what was lost.

    Of one that was sent to the same person once more the last delivery counts.
    """
    later = deliveries.alias("later")
    was_sent_again = exists().where(
        later.c.alert == deliveries.c.alert,
        later.c.channel == deliveries.c.channel,
        later.c.recipient == deliveries.c.recipient,
        later.c.ordinal > deliveries.c.ordinal,
    )
    asked = select(deliveries).where(deliveries.c.state == "dead", ~was_sent_again)
    rows = work.rows(asked.order_by(deliveries.c.settled_at.desc(), deliveries.c.ordinal.desc()).limit(limit))
    return [(_delivery(row), row.because) for row in rows]


def find_alert(work: Work, alert: AlertId) -> Alert | None:
    """The alert of this id, as it was told."""
    return _alerts(work, {alert}).get(alert)


def attempts_of(work: Work, delivery: DeliveryId) -> list[tuple[datetime, str, str]]:
    """Each attempt of a delivery, the first first: when, with what outcome, and what the other side said."""
    asked = select(attempts.c.at, attempts.c.outcome, attempts.c.said).join(deliveries)
    rows = work.rows(asked.where(deliveries.c.id == delivery).order_by(attempts.c.number))
    return [(row.at, row.outcome, row.said) for row in rows]


def _alerts(work: Work, ids: set[AlertId]) -> dict[AlertId, Alert]:
    found = {}
    for chunk in chunks(ids):
        for row in work.rows(select(alerts.c.id, alerts.c.alert).where(alerts.c.id.in_(chunk))):
            found[AlertId(row.id)] = alert_from_json(row.alert)
    return found


def _notices(work: Work, ids: set[str]) -> dict[str, Notice]:
    found = {}
    for chunk in chunks(ids):
        for row in work.rows(select(notices.c.id, notices.c.notice).where(notices.c.id.in_(chunk))):
            found[row.id] = notice_from_json(row.notice)
    return found


def _told(row: Row[Any]) -> Told:
    return Told(
        story=StoryId(row.story),
        channel=ChannelName(row.channel),
        first_alert=AlertId(row.first_alert),
        said=said_from_json(row.said),
        severity=row.severity,
        quantities=dict(row.quantities),
        alerts=row.alerts,
        was_lost=row.was_lost,
        at=row.at,
    )


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        alert=AlertId(row.alert or row.notice),
        channel=ChannelName(row.channel),
        recipient=row.recipient,
        attempts=row.attempts,
        first_queued_at=row.queued_at,
        is_unknown=row.is_unknown,
        bundle=row.bundle or "",
    )
