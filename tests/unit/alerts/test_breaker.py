"""A channel that does not answer is left alone for a while, and goes on at its own pace once it does."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.breaker import FAILURES, LONGEST, after_answer, free_from, is_down
from monitor.decisions import Accepted, Outcome, Refused, TryLater, Unknown
from monitor.model import ChannelName, ChannelState
from tests.builders import NOON, hours, minutes

NEW = ChannelState(channel=ChannelName("desk"))
NONE = timedelta(0)
LATER = TryLater(because="busy")


def after(*outcomes: Outcome, state: ChannelState = NEW, pace: timedelta = NONE, jitter: float = 1.0) -> ChannelState:
    """The channel after these, each five minutes after the other."""
    for number, outcome in enumerate(outcomes):
        state = after_answer(state, outcome, NOON + minutes(5 * number), jitter, pace)
    return state


def waits(state: ChannelState) -> datetime | None:
    """From when it may be tried, asked right after its last attempt."""
    assert state.last_at is not None
    return free_from(state, state.last_at)


def test_three_attempts_without_an_answer_pause_a_channel() -> None:
    assert waits(after(LATER, Unknown(because="reset"))) is None

    down = after(LATER, Unknown(because="reset"), LATER)

    assert is_down(down)
    assert waits(down) == NOON + minutes(10.5)


def test_any_answer_ends_it() -> None:
    for answer in (Accepted(receipt="ok"), Refused(because="no such mailbox")):
        state = after(LATER, LATER, LATER, answer)

        assert not is_down(state)
        assert waits(state) is None


def test_a_wait_that_was_asked_for_holds_the_whole_channel_at_once() -> None:
    asked = TryLater(because="429", after=timedelta(seconds=90))

    assert waits(after(asked)) == NOON + timedelta(seconds=90)
    assert waits(after(TryLater(because="429", after=hours(999)))) == NOON + hours(24)


def test_the_pace_is_kept_after_each_attempt() -> None:
    assert waits(after(Accepted(), pace=timedelta(seconds=3))) == NOON + timedelta(seconds=3)


def test_since_is_when_it_began_to_take_alerts_or_not_to() -> None:
    fine = after(Accepted(), Accepted())
    failing = after(Accepted(), LATER, LATER)

    assert (fine.since, fine.accepted_at) == (NOON, NOON + minutes(5))
    assert (failing.since, failing.accepted_at, failing.last_said) == (NOON + minutes(5), NOON, "busy")


@given(st.integers(FAILURES, 5000), st.floats(0, 1))
def test_no_pause_is_longer_than_five_minutes_nor_over_at_once(failures: int, jitter: float) -> None:
    down = after_answer(ChannelState(channel=NEW.channel, failures=failures - 1), LATER, NOON, jitter, NONE)

    assert down.paused_until is not None
    assert timedelta(seconds=15) <= down.paused_until - NOON <= LONGEST


def test_after_a_clock_that_was_set_back_nothing_waits_for_the_old_future() -> None:
    assert free_from(after(LATER, LATER, LATER), NOON - hours(48)) is None
