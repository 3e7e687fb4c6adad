"""Headlines and leads of languages other than English, through the whole shipped pack: what it tells of each."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from monitor.model import Hit
from monitor.resources import shipped
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.match import match
from monitor.text.tokens import read
from tests.builders import an_article

TABLES = Path(__file__).parents[2] / "tables"


@cache
def ruleset() -> RuleSet:
    """The shipped pack."""
    folder = shipped("rules")
    texts = {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.toml")}
    pack, problems = load(texts)
    assert problems == ()
    return compile_pack(pack)


def rows(name: str) -> list[tuple[str, str, str]]:
    """All rows of the tables of that name: language, text, what is expected."""
    found = []
    for path in sorted(TABLES.glob(f"{name}_*.toml")):
        lang = path.stem.removeprefix(f"{name}_")
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [(lang, text, expected) for part in table.values() for text, expected in part]
    return found


def told(lang: str, text: str) -> str:
    """What the shipped rules tell of a text, written as the table writes it."""
    title, _, lead = text.partition("|")
    article = an_article(title=title.strip(), text=lead.strip(), lang=lang)
    return "; ".join(sorted(_written(hit) for hit in match(ruleset(), read(article, ruleset().languages))))


def _written(hit: Hit) -> str:
    joined = "&" if hit.is_reciprocal else ">"
    by = f" by {', '.join(hit.attribution)}" if hit.attribution else ""
    return f"{hit.event} {hit.source or '-'}{joined}{hit.target or '-'} {hit.status}{by}"


@pytest.mark.parametrize(("lang", "text", "expected"), rows("news"))
def test_a_headline_tells_who_did_what_to_whom(lang: str, text: str, expected: str) -> None:
    assert told(lang, text) == "; ".join(sorted(expected.split("; ")))


@pytest.mark.parametrize(("lang", "text", "expected"), rows("seeds"))
def test_what_a_known_report_says_is_told_and_nothing_else(lang: str, text: str, expected: str) -> None:
    assert told(lang, f"|{text}") == "; ".join(sorted(expected.split("; ")))
