"""Dates that are one word with their unit: which day a sentence means, seen from the day of the article."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Language
from monitor.rules.glued_days import glued_days

KOREAN = Language(
    code="ko",
    classes={
        "year_word": frozenset({"년"}),
        "month_word": frozenset({"월"}),
        "day_word": frozenset({"일"}),
        "next_month": frozenset({"내달"}),
        "last_month": frozenset({"지난달"}),
    },
)
PUBLISHED = date(2026, 3, 15)


def days(text: str, published: date = PUBLISHED) -> list[tuple[date, date]]:
    words = text.split()
    return [(one.low, one.high) for one in glued_days(words, [""] * (len(words) + 1), published, KOREAN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17일 방문", [(date(2026, 3, 17), date(2026, 3, 17))]),
        ("30일 방문", [(date(2026, 3, 30), date(2026, 3, 30))]),
        ("9월 3일", [(date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 9, 3), date(2026, 9, 3))]),
        ("12월에", [(date(2025, 12, 1), date(2025, 12, 31))]),
        ("2019년", [(date(2019, 1, 1), date(2019, 12, 31))]),
        ("내달 2일", [(date(2026, 4, 1), date(2026, 4, 30)), (date(2026, 4, 2), date(2026, 4, 2))]),
        ("지난달 28일", [(date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 2, 28), date(2026, 2, 28))]),
        ("31일", [(date(2026, 3, 31), date(2026, 3, 31))]),
        ("99일 만에", []),
        ("3일간", []),
        ("1만1천명", []),
    ],
)
def test_a_date_is_the_one_that_a_reader_of_that_day_means(text: str, expected: list[tuple[date, date]]) -> None:
    assert days(text) == expected


def test_a_day_at_the_turn_of_the_month_is_the_nearest() -> None:
    assert days("1일", date(2026, 3, 30)) == [(date(2026, 4, 1), date(2026, 4, 1))]
    assert days("30일", date(2026, 4, 2)) == [(date(2026, 3, 30), date(2026, 3, 30))]


def test_a_range_begins_with_its_first_day() -> None:
    found = list(glued_days(["27", "30일"], ["", "∼", ""], PUBLISHED, KOREAN))

    assert [(one.low, one.high) for one in found] == [(date(2026, 3, 27), date(2026, 3, 30))]


@given(
    st.lists(st.from_regex(r"[0-9]{1,5}[년월일]?에?", fullmatch=True), max_size=6),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
)
def test_a_first_day_is_never_behind_the_last(words: list[str], published: date) -> None:
    for one in glued_days(words, [""] + ["~"] * len(words), published, KOREAN):
        assert one.low <= one.high
