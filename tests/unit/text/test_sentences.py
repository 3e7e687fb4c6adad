"""Where sentences end, in seven languages."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from monitor.model import Languages
from monitor.rulebook import load_rules
from monitor.text.tokens import read
from tests.builders import an_article

TABLE = Path(__file__).parents[2] / "tables" / "sentences.toml"
ROWS = [row for part in tomllib.loads(TABLE.read_text(encoding="utf-8")).values() for row in part]


@cache
def languages() -> Languages:
    """The shipped languages, with their abbreviations."""
    return load_rules().pack.languages


@pytest.mark.parametrize(("lang", "text", "expected"), ROWS)
def test_a_sentence_ends_where_a_reader_says(lang: str, text: str, expected: list[str]) -> None:
    reading = read(an_article(title="", text=text, lang=lang), languages())

    assert [reading.whole[start:end] for start, end in reading.sentences] == expected
