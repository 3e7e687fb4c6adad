"""What becomes of a delivery after an attempt: done, tried again at a time, or given up."""

from datetime import datetime, timedelta
from typing import assert_never

from monitor.decisions import Accepted, Again, DeadLetter, Fate, Outcome, Refused, Settled, TryLater, Unknown
from monitor.model import Delivery

SHORTEST = timedelta(seconds=30)
LONGEST = timedelta(hours=1)
"""Of the delays between attempts that nobody asked for."""
ASKED_AT_MOST = timedelta(hours=24)
"""A longer delay asked for is cut to this: a wrong header must not silence a channel for good."""
GIVE_UP_AFTER = timedelta(days=3)
ATTEMPTS_AT_LEAST = 6
"""A delivery is given up only after both: a daemon that stood still for a week still tries."""


def after_attempt(delivery: Delivery, outcome: Outcome, now: datetime, jitter: float) -> Fate:
    """What follows from the outcome of an attempt made at `now`.

    `delivery.attempts` counts those before it; `jitter` is 0 to 1 and spreads a delay over the upper half of
    its ceiling. Once an attempt may have arrived, every later one may be a double.
    """
    match outcome:
        case Accepted(receipt=receipt):
            return Settled(receipt=receipt)
        case Refused(because=because):
            return DeadLetter(because=f"refused: {because}")
        case TryLater(because=because, after=after):
            return _again(delivery, now, jitter, because, after, may_have_arrived=delivery.is_unknown)
        case Unknown(because=because):
            return _again(delivery, now, jitter, because, None, may_have_arrived=True)
        case _:
            assert_never(outcome)


def _again(
    delivery: Delivery,
    now: datetime,
    jitter: float,
    because: str,
    asked: timedelta | None,
    *,
    may_have_arrived: bool,
) -> Again | DeadLetter:
    attempts = delivery.attempts + 1
    if now - delivery.first_queued_at >= GIVE_UP_AFTER and attempts >= ATTEMPTS_AT_LEAST:
        doubt = "; it may have arrived" if may_have_arrived else ""
        days = (now - delivery.first_queued_at).days
        return DeadLetter(because=f"given up after {attempts} attempts in {days} days; last: {because}{doubt}")
    delay = ceiling(delivery.attempts) * (0.5 + min(max(jitter, 0.0), 1.0) / 2)
    if asked is not None:
        delay = max(delay, min(asked, ASKED_AT_MOST))
    return Again(at=now + delay, because=because, may_have_arrived=may_have_arrived)


def ceiling(attempts: int) -> timedelta:
    """The longest delay after this many earlier attempts: a minute, doubled each time, at most an hour."""
    return min(SHORTEST * (2 << min(max(attempts, 0), 16)), LONGEST)
