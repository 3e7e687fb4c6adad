"""Rules become one set of needles, and each means what it means in its language."""

from functools import cache

import pytest

from monitor.model import ActorCode
from monitor.rules.compile import ANY_LANGUAGE, RuleSet, allowed_ids, compile_pack, names_of
from monitor.rules.load import Pack, load
from tests.unit.rules.packs import RIGHT, a_rule
from tests.unit.rules.test_operators import FURTHER

KOREAN = {
    "actors/korean.toml": '[actors.china]\ncode = "CHN"\nkind = "state"\nnames.en = ["China"]\nnames.ko = ["중국"]\n',
    "lexicons/korean.toml": '[lexicons.move]\nen = ["move"]\nko = ["이동"]\n',
}


@cache
def pack_of(*rules: str) -> Pack:
    texts = {name: text for name, text in RIGHT.items() if name != "right.toml"}
    numbered = {f"rule-{n}.toml": rule.replace('"wrong"', f'"wrong-{n}"') for n, rule in enumerate(rules)}
    pack, problems = load({**texts, **FURTHER, **KOREAN, **numbered})
    assert problems == ()
    return pack


def needles(ruleset: RuleSet, lang: str = "en") -> set[str]:
    """What is looked for in a language, as words."""
    return {needle.decode().strip() for needle in ruleset.vocabulary_in(lang).needles}


def test_a_lexicon_that_no_rule_uses_is_not_looked_for() -> None:
    unused = compile_pack(pack_of(a_rule(pattern="soldier")))
    used = compile_pack(pack_of(a_rule(pattern="#send")))

    assert "dispatched" not in needles(unused)
    assert "dispatched" in needles(used)


def test_a_needle_that_two_rules_share_is_one() -> None:
    one = compile_pack(pack_of(a_rule(pattern="#send")))
    two = compile_pack(pack_of(a_rule(pattern="#send"), a_rule(pattern="#send NEAR/3 #troops")))

    assert len(set(two.vocabulary_in("en").needles)) == len(two.vocabulary_in("en").needles)
    assert {"troops", "soldier"} <= needles(two) - needles(one)


def test_words_of_one_language_mean_nothing_in_another() -> None:
    ruleset = compile_pack(pack_of(a_rule(pattern="#move")))

    assert {"이동", "중국", "china"} <= needles(ruleset, "ko")
    assert "이동" not in needles(ruleset, "en")
    assert "moved" not in needles(ruleset, "ko")


def test_a_language_that_nobody_describes_still_knows_the_names() -> None:
    ruleset = compile_pack(pack_of(a_rule(pattern="#move")))

    assert ruleset.vocabulary_in("xx") is ruleset.vocabulary_in(ANY_LANGUAGE)
    assert "china" in needles(ruleset, "xx")


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("iran", {"iran"}),
        ("north-korea", {"north-korea", "kim-jong-un"}),
        ("person", {"kim-jong-un"}),
        ("place", {"kursk"}),
        ("company", {"dprk-restaurant"}),
        ("watched", {"north-korea", "russia", "iran", "kim-jong-un"}),
        ("state", {"north-korea", "russia", "iran", "norway", "china", "kim-jong-un"}),
    ],
)
def test_whom_a_name_after_an_at_sign_means(name: str, ids: set[str]) -> None:
    assert allowed_ids(pack_of(a_rule(pattern="#send")).actors, name) == ids


def test_actors_are_named_in_the_language_asked_for_else_in_english() -> None:
    actors = pack_of(a_rule(pattern="#send")).actors

    assert names_of(actors, "ko").of(ActorCode("CHN")) == "중국"
    assert names_of(actors, "ko").of(ActorCode("RUS")) == "Russia"


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("#send", [{"#send"}]),
        ("#send NEAR/3 soldier", [{"#send"}, {"soldier"}]),
        ("#send AND soldier", [{"#send"}, {"soldier"}]),
        ("#send OR soldier", [{"#send", "soldier"}]),
        ("#send NOT soldier", [{"#send"}]),
        ("#send NOT NEAR/3 soldier", [{"#send"}]),
        ("#send title:(soldier)", [{"#send"}]),
        ("#send (title:(soldier) OR gun)", [{"#send"}]),
    ],
)
def test_the_sieve_asks_for_no_more_than_the_pattern_needs(pattern: str, needs: list[set[str]]) -> None:
    ruleset = compile_pack(pack_of(a_rule(pattern=pattern)))

    told = [{f"#{name}" if kind == "lexicon" else name for kind, name in keys} for keys in ruleset.entries[0].needs]

    assert told == needs


def test_the_same_texts_compile_to_the_same_needles() -> None:
    pack = pack_of(a_rule(pattern="#send NEAR/3 soldier"))

    assert compile_pack(pack).vocabulary_in("en") == compile_pack(pack).vocabulary_in("en")
    assert compile_pack(pack).digest == pack.digest
