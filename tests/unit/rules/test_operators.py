"""Every operator finds what the table says, alone and inside others."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from monitor.model import Evidence
from monitor.resources import shipped
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.match import match
from monitor.rules.operators import OPERATORS
from monitor.text.tokens import read
from tests.builders import an_article
from tests.unit.rules.packs import RIGHT, a_rule

TABLE = tomllib.loads((Path(__file__).parents[2] / "tables" / "operators.toml").read_text(encoding="utf-8"))
ROWS = [
    pytest.param(row, id=f"{section}: {row[0]} / {row[1][:30]!r}") for section, rows in TABLE.items() for row in rows
]
FURTHER = {
    "actors/further.toml": """\
[actors.norway]
code = "NOR"
kind = "state"
names.en = ["Norway"]
[actors.kim-jong-un]
of = "north-korea"
kind = "person"
names.en = ["Kim Jong Un"]
[actors.kursk]
of = "russia"
kind = "place"
names.en = ["Kursk"]
[actors.dprk-restaurant]
of = "north-korea"
kind = "company"
names.en = ["Pyongyang Grill"]
not.en = ["North Korean restaurant"]
""",
    "languages/en.toml": (shipped("rules") / "languages" / "en.toml").read_text(encoding="utf-8"),
    "lexicons/further.toml": '[lexicons.both]\nen = ["#troops", "#send"]\n',
}


@cache
def compiled(pattern: str) -> RuleSet:
    """The small pack with one rule of that pattern."""
    texts = {name: text for name, text in RIGHT.items() if name != "right.toml"}
    pack, problems = load({**texts, **FURTHER, "row.toml": a_rule(pattern=pattern)})
    assert problems == ()
    return compile_pack(pack)


def found(pattern: str, text: str, title: str = "") -> list[Evidence]:
    """The evidence of all hits, in the order of the text."""
    ruleset = compiled(pattern)
    hits = match(ruleset, read(an_article(title=title, text=text), ruleset.languages))
    return sorted({one for hit in hits for one in hit.evidence}, key=lambda one: (one.field != "title", one.start))


@pytest.mark.parametrize("row", ROWS)
def test_an_operator_finds_what_the_table_says(
    row: tuple[str, str, list[str], str] | tuple[str, str, list[str]],
) -> None:
    pattern, text, evidence, *title = row

    told = [f"# {one.text}" if one.field == "title" else one.text for one in found(pattern, text, *title)]

    assert told == evidence


def test_the_table_is_long_enough_and_its_sections_are_the_operators() -> None:
    modules = {operator.node.__module__.rpartition(".")[2] for operator in OPERATORS}

    assert len(ROWS) >= 70
    assert set(TABLE) == modules
