"""Every warning has an example that triggers it, and a right pack triggers none but for its missing test."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.rules.lint import WARNINGS, lint
from monitor.rules.load import load
from tests.unit.rules.packs import RIGHT

TABLE = Path(__file__).parents[2] / "tables" / "rule_warnings.toml"
CASES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_an_example_triggers_its_warning_at_its_line(case: dict[str, Any]) -> None:
    file = str(case.get("file", "odd.toml"))

    pack, problems = load({**RIGHT, file: case["text"]})

    assert problems == ()
    told = [one for one in lint(pack, TODAY) if one.lint == case["id"] and "right" not in one.owner]
    assert [one.place.line for one in told] == [case["on"]]
    assert all(one.is_warning for one in told)


def test_every_warning_has_an_example() -> None:
    assert {warning.id for warning in WARNINGS} == {case["id"] for case in CASES}


def test_a_pack_with_nothing_odd_is_told_nothing() -> None:
    tests = """
[[rule.test]]
text = "Iran sent soldiers to Russia."
expect = { source = "IRN", target = "RUS" }
[[rule.test]]
text = "Iran sent a postcard."
expect = "none"
"""
    pack, _ = load({**RIGHT, "right.toml": RIGHT["right.toml"] + tests})

    assert lint(pack, TODAY) == ()
