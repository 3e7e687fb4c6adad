"""Every mistake that a rule file can hold is named at its letter, with a remedy."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from monitor.rules.load import load
from tests.unit.rules.packs import RIGHT, a_rule

TABLE = Path(__file__).parents[2] / "tables" / "rule_errors.toml"
CASES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]
MARK = "‸"


def _marked_text(case: dict[str, Any]) -> str:
    """The wrong file with its mark."""
    if "text" in case:
        return str(case["text"])
    text = a_rule(pattern=case.get("pattern", ""), entry=case.get("entry", ""), rest=case.get("rule", ""))
    return text.replace("[[rule.match]]", f"{MARK}[[rule.match]]") if case.get("place_of_entry") else text


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_mistake_is_named_at_its_letter_with_a_remedy(case: dict[str, Any]) -> None:
    marked = _marked_text(case)
    file = str(case.get("file", "wrong.toml"))
    before = marked[: marked.index(MARK)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")

    pack, problems = load({**RIGHT, file: marked.replace(MARK, "")})

    told = [problem for problem in problems if problem.place.file == file]
    assert case["because"] in [one.because for one in told]
    assert len(told) == 1 + case.get("more", 0), [str(one) for one in told]
    first = next(one for one in told if one.because == case["because"])
    assert (first.place.line, first.place.column) == (line, column)
    assert first.hint == case.get("hint", "")
    assert case.get("expected", "") in first.expected
    assert first.place.text == marked.replace(MARK, "").split("\n")[line - 1]
    if "left_out" in case:
        assert sorted({one.owner for one in problems}) == case["left_out"]
    assert [rule.id for rule in pack.rules] == case.get("in_force", ["right"])


def test_the_table_holds_at_least_thirty_kinds_of_mistake() -> None:
    assert len({case["because"] for case in CASES}) >= 30


def test_the_pack_beside_which_mistakes_are_laid_is_right() -> None:
    pack, problems = load(RIGHT)

    assert problems == ()
    assert [rule.id for rule in pack.rules] == ["right"]
