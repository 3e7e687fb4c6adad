"""What docs/rules.md shows of `rules explain` is what it says."""

import io
import re

import pytest

from monitor.cli.explained import told
from monitor.resources import PACKAGE, shipped
from monitor.rulebook import texts_in
from monitor.rules.compile import compile_pack
from monitor.rules.explain import explain
from monitor.rules.load import load
from monitor.text.tokens import read
from tests.builders import an_article

PAGE = (PACKAGE.parent / "docs" / "rules.md").read_text(encoding="utf-8")
SHOWN = re.findall(r'^```text explain\n\$ [^\n]* --text "([^"\n]*)"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_an_explanation_is_told_as_the_document_shows(text: str, shown: str) -> None:
    rule = re.search(r"^```toml rule\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert rule is not None
    pack, _ = load(texts_in(shipped("rules"))[0], {"spare-parts.toml": rule[1]})
    ruleset = compile_pack(pack)
    spare_parts = next(one for one in pack.rules if one.id == "spare-parts")

    explanation = explain(ruleset, pack.lexicons, read(an_article(title="", text=text), ruleset.languages), spare_parts)

    assert told(explanation, io.StringIO()) + "\n" == shown


def test_the_document_shows_a_hit_and_two_misses() -> None:
    assert len(SHOWN) == 3
