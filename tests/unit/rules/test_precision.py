"""How often a rule is right, and how sure that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.precision import precision_of


@pytest.mark.parametrize(
    ("right", "wrong", "low", "high"),
    [(8, 2, 0.490, 0.943), (10, 0, 0.722, 1.0), (0, 10, 0.0, 0.278), (1, 0, 0.207, 1.0), (80, 20, 0.711, 0.867)],
)
def test_the_interval_is_that_of_wilson(right: int, wrong: int, low: float, high: float) -> None:
    found = precision_of(right, wrong)

    assert found.share == right / (right + wrong)
    assert found.low == pytest.approx(low, abs=1e-3)
    assert found.high == pytest.approx(high, abs=1e-3)


def test_without_a_verdict_nothing_is_known() -> None:
    assert precision_of(0, 0).share is None


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_share_lies_in_its_interval(right: int, wrong: int) -> None:
    found = precision_of(right, wrong)

    if found.share is not None and found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.share + 1e-9 <= found.high + 2e-9 <= 1 + 3e-9
