"""The laws of intervals, whatever the operands."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.spans import INTERVAL_LIMIT, Interval, apart, joined, minimal, words_between

ROLES = st.sampled_from([(), (("act", (1, 2)),), (("act", (3, 4)),), (("source", (0, 2)),)])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """An interval of at least one word, with or without a role bound in it."""
    start = draw(st.integers(0, 30))
    return Interval(start, start + draw(st.integers(1, 8)), draw(ROLES))


MANY = st.lists(intervals(), max_size=12)
DISTANCE = st.integers(0, 12)


def holds(outer: Interval, inner: Interval) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@given(MANY)
def test_minimal_intervals_hold_no_other_with_the_same_roles(found: list[Interval]) -> None:
    kept = minimal(found)

    assert not any(
        one is not other and one.bound == other.bound and holds(one, other) for one in kept for other in kept
    )


@given(MANY)
def test_every_interval_holds_a_minimal_one(found: list[Interval]) -> None:
    kept = minimal(found)

    assert set(kept) <= set(found)
    assert all(any(one.bound == small.bound and holds(one, small) for small in kept) for one in found)


@given(MANY)
def test_minimal_twice_is_once_and_by_start(found: list[Interval]) -> None:
    kept = minimal(found)

    assert minimal(kept) == kept
    assert [one.start for one in kept] == sorted(one.start for one in kept)


def test_what_is_kept_of_one_operand_has_a_limit() -> None:
    found = [Interval(at, at + 1) for at in range(INTERVAL_LIMIT + 50)]

    assert minimal(found) == found[:INTERVAL_LIMIT]


@given(MANY, MANY, st.none() | DISTANCE)
def test_joining_unordered_is_the_same_from_both_sides(
    left: list[Interval], right: list[Interval], within: int | None
) -> None:
    assert joined(left, right, within=within, is_ordered=False) == joined(right, left, within=within, is_ordered=False)


@given(MANY, MANY, DISTANCE)
def test_what_is_joined_in_order_is_joined_without_it_too(
    left: list[Interval], right: list[Interval], within: int
) -> None:
    ordered = joined(left, right, within=within, is_ordered=True)
    unordered = joined(left, right, within=within, is_ordered=False)

    assert all(any(one.bound == small.bound and holds(one, small) for small in unordered) for one in ordered)


@given(MANY, MANY, DISTANCE)
def test_a_wider_distance_loses_nothing(left: list[Interval], right: list[Interval], within: int) -> None:
    narrow = joined(left, right, within=within, is_ordered=False)
    wide = joined(left, right, within=within + 1, is_ordered=False)

    assert all(any(one.bound == small.bound and holds(one, small) for small in wide) for one in narrow)


@given(MANY, MANY, DISTANCE)
def test_the_lefts_are_parted_into_those_with_a_right_near_and_those_without(
    left: list[Interval], right: list[Interval], within: int
) -> None:
    alone = apart(left, right, within=within)
    near = [one for one in left if any(words_between(one, other) <= within for other in right)]

    assert sorted([*alone, *near]) == sorted(left)


@given(intervals(), intervals())
def test_the_words_between_are_the_same_from_both_sides(one: Interval, other: Interval) -> None:
    assert words_between(one, other) == words_between(other, one) >= 0


def test_words_between_counts_words_and_not_steps() -> None:
    assert words_between(Interval(0, 1), Interval(3, 4)) == 2
    assert words_between(Interval(0, 2), Interval(2, 3)) == 0
    assert words_between(Interval(0, 5), Interval(2, 3)) == 0


def test_a_role_bound_on_both_sides_to_different_words_makes_no_match() -> None:
    left, right = Interval(0, 1, (("act", (0, 1)),)), Interval(2, 3, (("act", (2, 3)),))

    assert joined([left], [right], within=5, is_ordered=False) == []
