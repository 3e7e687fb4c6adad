"""How well rules are covered in a language."""

from monitor.rules.coverage import covers, languages_of
from monitor.rules.load import load
from tests.unit.rules.packs import RIGHT

LEXICONS = """\
[lexicons.troops]
en = ["troop", "soldier"]
ru = ["солдат"]
[lexicons.send]
en = ["send"]
"""
EITHER = """\
[[rule]]
id = "either"
title = "{source} arms {target}"
event = "arms-supply"
severity = "high"
match = ["source:@state act:(#send OR #troops) target:@state"]
[[rule.test]]
lang = "ru"
text = "Один."
expect = "none"
"""


def test_a_lexicon_without_words_is_named_where_an_entry_needs_it_and_not_where_another_branch_holds() -> None:
    pack, _ = load({**RIGHT, "lexicons/right.toml": LEXICONS, "either.toml": EITHER})

    assert languages_of(pack) == ("en", "ru")
    lacking = {(str(one.rule), one.lang): one.wordless for one in covers(pack, ("en", "ru"))}
    assert lacking["right", "ru"] == ("send",)
    assert lacking["either", "ru"] == lacking["right", "en"] == ()


def test_tests_are_counted_by_kind_and_language() -> None:
    pack, _ = load({**RIGHT, "either.toml": EITHER})

    found = next(one for one in covers(pack, ("ru",)) if one.rule == "either")

    assert (found.hits, found.misses) == (0, 1)
    assert found.is_hole
