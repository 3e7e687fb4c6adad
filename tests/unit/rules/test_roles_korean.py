"""Who did what to whom in Korean, with what status: headlines and sentences through the shipped pack."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.rules.match import match
from monitor.text.tokens import read
from tests.builders import an_article
from tests.unit.rules.test_seed_korean import ruleset

TABLE = tomllib.loads((Path(__file__).parents[2] / "tables" / "roles_ko.toml").read_text(encoding="utf-8"))
ROWS = [(text, expected) for rows in TABLE.values() for text, expected in rows]


def told(text: str) -> list[str]:
    """The hits of a text as the table writes them."""
    is_title = not text.endswith(".")
    article = an_article(
        title=text if is_title else "",
        text="" if is_title else text,
        lang="ko",
        published=datetime(2026, 3, 15, 3, tzinfo=UTC),
    )
    hits = match(ruleset(), read(article, ruleset().languages))
    return sorted(f"{hit.event} {hit.source or '-'} {hit.target or '-'} {hit.status}" for hit in hits)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_grammar_says_who_did_it_to_whom(text: str, expected: list[str]) -> None:
    assert told(text) == sorted(expected)
