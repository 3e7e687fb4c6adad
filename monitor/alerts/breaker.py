"""How a channel fares after each attempt: when it may be tried again, and whether it counts as down.

Pure. A channel that does not answer is tried now and then by a few deliveries, so that thousands that wait neither
hammer it nor use up their attempts; the first that is taken lets all go on, in their order and at the channel's pace.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.decisions import Accepted, Outcome, Refused, TryLater
from monitor.model import ChannelState
from monitor.waits import LONGEST_RETRY_AFTER

FAILURES = 3
"""So many attempts in a row without an answer make a channel count as down."""
PROBES = 3
"""Deliveries that try a channel that is down, each time: one of them may be what it can't take, and not the channel."""
SHORTEST = timedelta(seconds=30)
LONGEST = timedelta(minutes=5)
"""Of the pauses of a channel that is down: a channel that came back is found within this time."""


def after_answer(state: ChannelState, outcome: Outcome, now: datetime, jitter: float, pace: timedelta) -> ChannelState:
    """The channel after one more attempt. `jitter` is 0 to 1 and spreads a pause over the upper half of its length.

    A refusal is an answer: the channel lives, though it did not want that message.
    """
    lives = isinstance(outcome, Accepted | Refused)
    failures = 0 if lives else state.failures + 1
    paused_until = None if lives else _paused_until(state, outcome, failures, now, jitter)
    word = _word(outcome)
    has_changed = (word == "accepted") != (state.last_outcome == "accepted") or not state.last_outcome
    return replace(
        state,
        failures=failures,
        since=now if has_changed or state.since is None else state.since,
        paused_until=paused_until,
        free_at=max(now + pace, state.free_at or now) if pace else None,
        last_at=now,
        last_outcome=word,
        last_said=outcome.receipt if isinstance(outcome, Accepted) else outcome.because,
        accepted_at=now if isinstance(outcome, Accepted) else state.accepted_at,
    )


def is_down(state: ChannelState) -> bool:
    """Whether the channel counts as down."""
    return state.failures >= FAILURES


def free_from(state: ChannelState, now: datetime) -> datetime | None:
    """The moment from which it may be tried; None for at once.

    After a clock that was set back nothing waits for the old future.
    """
    if state.last_at is not None and state.last_at > now:
        return None
    times = [at for at in (state.paused_until, state.free_at) if at is not None]
    return max(times, default=None)


def _paused_until(
    state: ChannelState, outcome: Outcome, failures: int, now: datetime, jitter: float
) -> datetime | None:
    asked = outcome.after if isinstance(outcome, TryLater) else None
    times = [at for at in (state.paused_until,) if at is not None and at > now]
    if asked is not None:
        times.append(now + min(asked, LONGEST_RETRY_AFTER))
    if failures >= FAILURES:
        rounds = min((failures - FAILURES) // PROBES, 16)
        times.append(now + min(SHORTEST * (1 << rounds), LONGEST) * (0.5 + min(max(jitter, 0.0), 1.0) / 2))
    return max(times, default=None)


def _word(outcome: Outcome) -> str:
    match outcome:
        case Accepted():
            return "accepted"
        case Refused():
            return "refused"
        case TryLater():
            return "try-later"
        case _:
            return "unknown"
