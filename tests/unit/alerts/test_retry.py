"""When a delivery is tried again, and when it is given up."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.retry import (
    ASKED_AT_MOST,
    ATTEMPTS_AT_LEAST,
    GIVE_UP_AFTER,
    LONGEST,
    SHORTEST,
    after_attempt,
    ceiling,
)  # fmt: skip
from monitor.decisions import Accepted, Again, DeadLetter, Outcome, Refused, Settled, TryLater, Unknown
from tests.builders import NOON, a_delivery, days, hours, minutes


def test_what_was_taken_is_settled_with_its_receipt() -> None:
    assert after_attempt(a_delivery(), Accepted(receipt="250 ok"), NOON, 0.5) == Settled(receipt="250 ok")


def test_what_was_refused_is_a_dead_letter_at_once() -> None:
    fate = after_attempt(a_delivery(), Refused(because="550 no such user"), NOON, 0.5)

    assert fate == DeadLetter(because="refused: 550 no such user")


@pytest.mark.parametrize(
    ("attempts", "jitter", "seconds"),
    [(0, 0.0, 30), (0, 0.999999, 60), (1, 0.0, 60), (2, 0.5, 180), (5, 0.0, 960), (6, 0.0, 1800), (400, 0.0, 1800)],
)
def test_delays_double_from_half_a_minute_to_an_hour(attempts: int, jitter: float, seconds: float) -> None:
    fate = after_attempt(a_delivery(attempts=attempts), TryLater(because="451"), NOON, jitter)

    assert isinstance(fate, Again)
    assert (fate.at - NOON).total_seconds() == pytest.approx(seconds, abs=0.01)
    assert fate.because == "451"


def test_a_delay_that_was_asked_for_is_kept() -> None:
    fate = after_attempt(a_delivery(), TryLater(because="429", after=hours(2)), NOON, 0.5)

    assert fate == Again(at=NOON + hours(2), because="429")


def test_a_delay_of_years_is_cut_to_a_day() -> None:
    fate = after_attempt(a_delivery(), TryLater(because="429", after=days(4000)), NOON, 0.5)

    assert fate == Again(at=NOON + ASKED_AT_MOST, because="429")


def test_what_may_have_arrived_is_tried_again_and_marked() -> None:
    fate = after_attempt(a_delivery(), Unknown(because="timeout"), NOON, 0.0)

    assert fate == Again(at=NOON + SHORTEST, because="timeout", may_have_arrived=True)


def test_the_mark_stays_once_an_attempt_may_have_arrived() -> None:
    fate = after_attempt(a_delivery(attempts=1, is_unknown=True), TryLater(because="451"), NOON, 0.0)

    assert isinstance(fate, Again)
    assert fate.may_have_arrived


def test_it_is_given_up_after_three_days_and_enough_attempts() -> None:
    fate = after_attempt(a_delivery(attempts=90), TryLater(because="451"), NOON + days(3), 0.5)

    assert fate == DeadLetter(because="given up after 91 attempts in 3 days; last: 451")


def test_a_dead_letter_says_that_it_may_have_arrived() -> None:
    fate = after_attempt(a_delivery(attempts=90), Unknown(because="timeout"), NOON + days(4), 0.5)

    assert fate == DeadLetter(because="given up after 91 attempts in 4 days; last: timeout; it may have arrived")


@pytest.mark.parametrize(
    ("attempts", "age"),
    [(ATTEMPTS_AT_LEAST - 2, days(30)), (500, GIVE_UP_AFTER - minutes(1))],
    ids=["a daemon that stood still for a month", "many attempts in less than three days"],
)
def test_both_time_and_attempts_are_needed_to_give_up(attempts: int, age: timedelta) -> None:
    fate = after_attempt(a_delivery(attempts=attempts), TryLater(because="451"), NOON + age, 0.5)

    assert isinstance(fate, Again)


OUTCOMES = st.builds(Unknown, because=st.just("timeout")) | st.builds(
    TryLater, because=st.just("429"), after=st.none() | st.timedeltas(timedelta(days=-9), timedelta(days=9))
)
FRACTIONS = st.floats(0, 1, exclude_max=True)
AGES = st.timedeltas(timedelta(0), timedelta(days=9))


@given(st.integers(0, 10_000), OUTCOMES, AGES, FRACTIONS)
def test_nothing_is_due_in_the_past_nor_sooner_than_asked(
    attempts: int, outcome: Outcome, age: timedelta, jitter: float
) -> None:
    now = NOON + age

    fate = after_attempt(a_delivery(attempts=attempts), outcome, now, jitter)

    if isinstance(fate, Again):
        asked = outcome.after if isinstance(outcome, TryLater) and outcome.after else timedelta(0)
        assert fate.at - now >= max(SHORTEST, min(asked, ASKED_AT_MOST))
        assert fate.at - now <= max(LONGEST, min(asked, ASKED_AT_MOST))


@given(st.integers(0, 10_000))
def test_the_ceiling_never_falls(attempts: int) -> None:
    assert SHORTEST < ceiling(attempts) <= ceiling(attempts + 1) <= LONGEST


@given(OUTCOMES, FRACTIONS)
def test_no_delivery_is_tried_for_ever(outcome: Outcome, jitter: float) -> None:
    now, attempts = NOON, 0
    fate = after_attempt(a_delivery(), outcome, now, jitter)
    while isinstance(fate, Again):
        now, attempts = fate.at, attempts + 1
        fate = after_attempt(a_delivery(attempts=attempts), outcome, now, jitter)

    assert isinstance(fate, DeadLetter)
    assert now - NOON <= GIVE_UP_AFTER + ASKED_AT_MOST * ATTEMPTS_AT_LEAST
