"""How many, in Korean: numbers that are one word with their scale and with what they count."""

from functools import cache

import pytest

from monitor.model import Language
from monitor.resources import shipped
from monitor.rules.glued_numbers import glued_at
from monitor.rules.line import Line
from monitor.rules.load import load
from monitor.text.tokens import words_in


@cache
def korean() -> Language:
    """Korean as it ships, read from its file."""
    text = (shipped("rules") / "languages" / "ko.toml").read_text(encoding="utf-8")
    pack, problems = load({"languages/ko.toml": text})
    assert not problems
    return pack.languages.of("ko")


def line_of(text: str) -> Line:
    places = words_in(text, 0, len(text))
    words = tuple(text[start:end] for start, end in places)
    return Line(
        text=text,
        words=words,
        raw=words,
        gaps=("",) * (len(words) + 1),
        places=tuple(places),
        named=frozenset(),
        is_title=False,
    )


@pytest.mark.parametrize(
    ("text", "value", "unit", "written"),
    [
        ("1만1천명이", 11_000, "people", "1만1천명"),
        ("1만1천 명", 11_000, "people", "1만1천 명"),
        ("3천명", 3_000, "people", "3천명"),
        ("3억2천만 달러를", 320_000_000, "USD", "3억2천만 달러"),
        ("13억달러", 1_300_000_000, "USD", "13억달러"),
        ("100만발", 1_000_000, "shells", "100만발"),
        ("11,000명", 11_000, "people", "11,000명"),
        ("1.5조원", 1.5e12, "KRW", "1.5조원"),
        ("70여 마리", 70, "animals", "70여 마리"),
    ],
)
def test_a_number_is_read_with_what_it_counts(text: str, value: float, unit: str, written: str) -> None:
    line = line_of(text)

    numeral = glued_at(line, 0, korean().counting)

    assert numeral is not None
    assert (numeral.low, numeral.unit, text[numeral.start : numeral.end]) == (value, unit, written)


def test_a_range_has_the_unit_of_its_second_number() -> None:
    line = line_of("3억2천만 13억 달러")._replace(gaps=("", "∼", "", ""))

    numeral = glued_at(line, 0, korean().counting)

    assert numeral is not None
    assert (numeral.low, numeral.high, numeral.unit) == (320_000_000, 1_300_000_000, "USD")


@pytest.mark.parametrize("text", ["2024년", "3일", "240㎜", "9월", "1.2.3명", "18일간", "5원칙", "3명제"])
def test_what_is_no_quantity_is_none(text: str) -> None:
    assert glued_at(line_of(text), 0, korean().counting) is None
