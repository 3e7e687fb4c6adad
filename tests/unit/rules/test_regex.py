"""Regular expressions: their literal, and what becomes of one that runs away."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Hit
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.match import match
from monitor.rules.operators.regex import literal_of
from monitor.text.tokens import read
from tests.builders import an_article
from tests.unit.rules.packs import RIGHT


@pytest.mark.parametrize(
    ("expression", "literal"),
    [
        (r"KN-\d{2}", "KN-"),
        (r"Hwasong-\d+", "Hwasong-"),
        (r"troops?", "troop"),
        (r"ab*cde", "cde"),
        (r"abc+de", "abc"),
        (r"one|two", ""),
        (r"(one|two)three", "three"),
        (r"[abc]def[^]x]ghij", "ghij"),
        (r"\x41\u0041\p{Lu}abc", "abc"),
        (r"a{2}bcd", "bcd"),
        (r"\bКНДР\b", "КНДР"),
        (r"(unclosed", ""),
        ("\\", ""),
    ],
)
def test_the_literal_is_what_every_match_holds(expression: str, literal: str) -> None:
    assert literal_of(expression) == literal


@given(
    st.text(st.sampled_from("abc1()[]|?*+{}2,^\\dx."), max_size=12), st.text(st.sampled_from("abc12dx."), max_size=12)
)
def test_whatever_matches_holds_the_literal(expression: str, text: str) -> None:
    literal = literal_of(expression)
    try:
        found = regex.search(expression, text)
    except regex.error:
        return

    assert found is None or literal in found.group()


def a_ruleset(pattern: str) -> RuleSet:
    rule = f"""
        [[rule]]
        id = "other"
        title = "t"
        event = "arms-supply"
        severity = "low"
        match = ['''{pattern}''']
    """
    pack, problems = load({**RIGHT, "other.toml": rule})
    assert not [problem for problem in problems if not problem.is_warning]
    return compile_pack(pack)


def hits_of(ruleset: RuleSet, text: str) -> list[Hit]:
    return match(ruleset, read(an_article(title="", text=text), ruleset.languages))


def test_a_runaway_expression_switches_its_own_rule_off_and_no_other() -> None:
    ruleset = a_ruleset("/xyz(a|aa)+$/")
    sentence = f"Iran sent soldiers to Russia, xyz{'a' * 60}!"

    first = hits_of(ruleset, sentence)

    assert {hit.rule for hit in first} == {"right"}
    assert set(ruleset.switched_off) == {"other"}
    assert hits_of(ruleset, "xyza") == []
