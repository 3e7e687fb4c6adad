"""An article under the rules: which hits come of it, with what evidence and score."""

import time
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.model import Hit, Languages
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.match import match
from monitor.text.tokens import read
from tests.builders import an_article
from tests.unit.rules.packs import HEAD, RIGHT, a_rule
from tests.unit.rules.test_operators import FURTHER

FRAME = 'act = "#send"\nobject = "#troops"\nsource = "@state"\ntarget = "@state"\n'
RULE = a_rule(entry=FRAME)
PACT = """\
[[rule]]
id = "pact"
title = "{source} and {target} sign"
event = "pact"
severity = "low"
[[rule.match]]
act = "sign"
source = "@state"
target = "@state"
"""


@cache
def compiled(rule: str) -> RuleSet:
    texts = {name: text for name, text in RIGHT.items() if name != "right.toml"}
    pack, problems = load({**texts, **FURTHER, "rule.toml": rule})
    assert problems == ()
    return compile_pack(pack)


def hits(rule: str, text: str, title: str = "", **changes: Any) -> list[Hit]:
    ruleset = compiled(rule)
    return match(ruleset, read(an_article(title=title, text=text, **changes), ruleset.languages))


def told(found: list[Hit]) -> list[str]:
    """Hits as short texts: "PRK > RUS asserted"."""
    return [f"{hit.source or '-'} > {hit.target or '-'} {hit.status}" for hit in found]


def words(found: list[Hit]) -> list[list[str]]:
    return [[one.text for one in hit.evidence] for hit in found]


# --- what makes a hit one ---------------------------------------------------------------------------------------------


def test_a_second_sentence_joins_the_hit_and_raises_its_score() -> None:
    once = hits(RULE, "Iran sent soldiers to Russia.")
    twice = hits(RULE, "Iran sent soldiers to Russia. Soldiers were sent to Russia by Iran.")

    assert told(once) == told(twice) == ["IRN > RUS asserted"]
    assert words(twice) == [["Iran sent soldiers to Russia", "Soldiers were sent to Russia by Iran"]]
    assert twice[0].score == pytest.approx(once[0].score + 0.05)


def test_another_status_is_another_hit() -> None:
    found = hits(RULE, "Iran sent soldiers to Russia. Iran denied that it sent soldiers to Russia.")

    assert told(found) == ["IRN > RUS asserted", "IRN > RUS denied"]


def test_a_list_gives_a_hit_for_each_of_its_actors() -> None:
    found = hits(RULE, "Iran and North Korea sent soldiers to Russia.")

    assert told(found) == ["IRN > RUS asserted", "PRK > RUS asserted"]


def test_nobody_acts_upon_himself() -> None:
    assert hits(RULE, "Iran sent soldiers to Iran.") == []


def test_a_bare_headline_joins_what_the_text_calls_alleged() -> None:
    text = "Norway said that Iran sent soldiers to Russia."

    found = hits(RULE, text, "Iran sends soldiers to Russia")

    assert told(found) == ["IRN > RUS alleged"]
    assert found[0].attribution == ("NOR",)
    assert [one.field for one in found[0].evidence] == ["title", "text"]


def test_a_headline_stands_alone_where_the_text_alleges_something_else() -> None:
    found = hits(RULE, "Norway said that North Korea sent soldiers to Russia.", "Iran sends soldiers to Russia")

    assert told(found) == ["IRN > RUS asserted", "PRK > RUS alleged"]


def test_a_half_filled_reading_gives_way_to_a_filled_one() -> None:
    rule = a_rule(entry=f'act = "#send"\nobject = "#troops"\nsource = "@state"\n\n[[rule.match]]\n{FRAME}')

    assert told(hits(rule, "Iran sent soldiers to Russia.")) == ["IRN > RUS asserted"]
    assert told(hits(rule, "Iran sent soldiers abroad.")) == ["IRN > - asserted"]


def test_a_hit_with_an_empty_role_joins_a_fuller_one_of_the_article() -> None:
    rule = a_rule(entry=f'{FRAME}optional = ["target"]\n')

    found = hits(rule, "Iran sent soldiers abroad. Iran sent soldiers to Russia.")

    assert told(found) == ["IRN > RUS asserted"]
    assert words(found) == [["Iran sent soldiers", "Iran sent soldiers to Russia"]]


def test_evidence_inside_other_evidence_is_dropped() -> None:
    pattern = "source:@state NEAR/1 act:#send NEAR/1 #troops NEAR/5 target:@state"
    rule = a_rule(entry=f"{FRAME}\n[[rule.match]]\npattern = '{pattern}'\n")

    found = hits(rule, "Iran sent soldiers to Russia.")

    assert words(found) == [["Iran sent soldiers to Russia"]]


# --- reciprocal events ------------------------------------------------------------------------------------------------


def test_parties_of_a_reciprocal_event_stand_in_alphabetical_order() -> None:
    there, back = hits(PACT, "Russia signed with Iran."), hits(PACT, "Iran signed with Russia.")

    assert told(there) == told(back) == ["IRN > RUS asserted"]
    assert there[0].is_reciprocal


def test_three_parties_make_every_pair() -> None:
    found = hits(PACT, "Iran, Norway and Russia signed.")

    assert told(found) == ["IRN > NOR asserted", "IRN > RUS asserted", "NOR > RUS asserted"]


# --- keys of an entry -------------------------------------------------------------------------------------------------


def test_what_a_sentence_leaves_to_the_reader_may_be_assumed() -> None:
    rule = a_rule(entry='act = "#send"\nobject = "#troops"\nsource = "@state"\nassume.target = "russia"\n')

    assert told(hits(rule, "Iran sent soldiers.")) == ["IRN > RUS asserted"]


def test_an_act_and_an_object_too_far_apart_are_no_core() -> None:
    near = a_rule(entry=FRAME + "within.object = 1\n")

    assert hits(near, "Iran sent a few of its soldiers to Russia.") == []
    assert told(hits(RULE, "Iran sent a few of its soldiers to Russia.")) == ["IRN > RUS asserted"]


def test_an_entry_for_one_language_is_silent_in_another() -> None:
    rule = a_rule(entry=FRAME + 'lang = "fr"\n')

    assert hits(rule, "Iran sent soldiers to Russia.") == []


def test_the_passive_can_be_switched_off() -> None:
    rule = a_rule(entry=FRAME + 'voice = "active"\n')

    assert hits(rule, "Soldiers were sent to Russia by Iran.") == []
    assert told(hits(rule, "Iran sent soldiers to Russia.")) == ["IRN > RUS asserted"]


def test_exclude_suppresses_the_rule_and_unless_its_entry_alone() -> None:
    both = f'[[rule.match]]\n{FRAME}unless = ["toy"]\n[[rule.match]]\nact = "march"\nsource = "@state"\n'
    rule = f'{HEAD}exclude = ["film"]\n{both}'

    assert told(hits(rule, "Iran sent toy soldiers to Russia and marched.")) == ["IRN > - asserted"]
    assert hits(rule, "In a film Iran sent soldiers to Russia and marched.") == []


@pytest.mark.parametrize(("day", "count"), [(29, 0), (30, 0), (31, 1)])
def test_an_exclusion_holds_until_the_end_of_its_day(day: int, count: int) -> None:
    rule = a_rule(entry=FRAME + 'unless = [{ pattern = "toy", until = 2026-08-30 }]\n')

    found = hits(rule, "Iran sent toy soldiers to Russia.", published=datetime(2026, 8, day, 23, tzinfo=UTC))

    assert len(found) == count


def test_an_exclusion_over_the_whole_article_costs_no_more_than_its_length() -> None:
    rule = f'{HEAD}exclude = ["article:(#troops AND film)"]\n[[rule.match]]\n{FRAME}'
    text = "Iran sent soldiers to Russia. " * 400

    def took(times: int) -> float:
        begun = time.process_time()
        assert told(hits(rule, text * times)) == ["IRN > RUS asserted"]
        return time.process_time() - begun

    took(1)
    assert min(took(5) for _ in range(2)) < 12 * min(took(1) for _ in range(2)), "asked for every sentence it is 25"
    assert hits(rule, f"{text} They saw a film.") == []


def test_status_says_what_may_open_a_story() -> None:
    rule = f'{HEAD}status = ["denied"]\n[[rule.match]]\n{FRAME}'

    assert not hits(rule, "Iran sent soldiers to Russia.")[0].may_open
    assert hits(rule, "Iran denied that it sent soldiers to Russia.")[0].may_open


# --- titles and names -------------------------------------------------------------------------------------------------


def test_a_title_names_the_actors_or_an_unnamed_party() -> None:
    rule = a_rule(entry=f'{FRAME}optional = ["target"]\n')

    assert hits(rule, "Iran sent soldiers to Russia.")[0].title == "Iran arms Russia"
    assert hits(rule, "Iran sent soldiers.")[0].title == "Iran arms an unnamed party"


def test_a_title_without_its_target_may_have_words_of_its_own() -> None:
    head = f'{HEAD}title_without_target = "{{source}} arms somebody"\n'
    rule = f'{head}[[rule.match]]\n{FRAME}optional = ["target"]\n'

    assert hits(rule, "Iran sent soldiers.")[0].title == "Iran arms somebody"


def test_persons_are_told_and_stand_for_their_state() -> None:
    found = hits(RULE, "Kim Jong-un sent soldiers to Russia.")

    assert told(found) == ["PRK > RUS asserted"]
    assert found[0].persons == ("kim-jong-un",)


# --- the score --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text", "score"),
    [
        ("", "Iran sent soldiers to Russia.", 0.35 + 0.30 + 0.10 * (1 - 5 / 40)),
        ("Iran sent soldiers to Russia", "", 0.35 + 0.30 + 0.10 * (1 - 5 / 40) + 0.15),
        ("Iran sent soldiers to Russia", "Iran sent its soldiers to Russia.", 0.35 + 0.30 + 0.0875 + 0.15 + 0.05),
        ("", "Iran sent soldiers to Russia.\n" * 9, 0.35 + 0.30 + 0.0875 + 2 * 0.05),
    ],
)
def test_the_score_is_the_sum_that_the_docs_give(title: str, text: str, score: float) -> None:
    assert hits(RULE, text, title)[0].score == pytest.approx(score, abs=0.006)


# --- laws -------------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from([
    "Iran", "Russia", "North", "Korea", "DPRK", "sent", "send", "soldiers", "troops", "to", "by",
    "and", "were", "The", "denied", "that", "toy", "Kim", "Jong", "-", ",", ".", "!", "…", "\n",
    "\n\n", "  ", "\u00a0", "\u2003", "\t", "\r", "\u00ad", "\u200b", "\ufeff", "U.S.", "3,000",
    "북한이", "러시아에", "병력", "朝鮮", "俄罗斯", "Россия", "Ёлка", "é", "e\u0301", "ﬁ", "İ", "ß", "ᄒ", "ᅡ",
    "“", "’", "\x00", "🚀", "ي",
])  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join), st.text(max_size=80)
)
ALL = f"{RULE}{PACT}" + a_rule(pattern="#send OR soldier").replace('"wrong"', '"words"')


@given(TEXTS, TEXTS)
@example(
    "Iran\u00a0sent  soldiers\tto Russia", "Ir\u00adan sent sol\u200bdiers to Russia. İ Iran sent soldiers to Russia"
)
def test_all_evidence_points_at_its_words_in_the_field_as_given(title: str, text: str) -> None:
    for hit in hits(ALL, text, title):
        for one in hit.evidence:
            field = title if one.field == "title" else text
            assert field[one.start : one.end] == one.text != ""
            assert one.text in one.context
            assert one.context in field
            assert all(0 <= low < high <= len(one.context) for low, high in one.marks)


@given(TEXTS, TEXTS, st.sampled_from(["en", "ko", "ja", "zh", "ru", "xx", ""]))
def test_no_text_makes_the_matcher_raise_and_scores_stay_between_0_and_1(title: str, text: str, lang: str) -> None:
    found = hits(ALL, text, title, lang=lang)

    assert all(0 <= hit.score <= 1 for hit in found)
    assert len({(hit.rule, hit.source, hit.target, hit.status) for hit in found}) == len(found)


def test_an_empty_rule_set_finds_nothing() -> None:
    pack, _ = load({})

    assert match(compile_pack(pack), read(an_article(), Languages())) == []


# --- scope ------------------------------------------------------------------------------------------------------------


def scoped(scope: str, pattern: str, rest: str = "") -> str:
    return f"{HEAD}{rest}scope = \"{scope}\"\nmatch = ['{pattern}']\n"


@pytest.mark.parametrize(
    ("scope", "pattern", "text", "evidence"),
    [
        ("sentence", "act:march AND film", "They marched. A film was made.", []),
        ("paragraph", "act:march AND film", "They marched. A film was made.", ["marched"]),
        ("paragraph", "act:march AND film", "They marched.\n\nA film was made.", []),
        ("article", "act:march AND film", "They marched.\n\nA film was made.", ["marched"]),
        ("article", "act:march AND film", "They marched in a film.", ["marched in a film"]),
        ("article", "act:march AND film AND war", "They marched.\n\nA film was made.\n\nWar began.", ["marched"]),
        ("article", "act:march AND film NEAR/1 war", "They marched.\n\nA film was made. War began.", []),
        ("article", "act:march AND (film OR war)", "They marched.\n\nWar began.", ["marched"]),
        ("article", "act:march NOT film", "They marched.\n\nA film was made.", []),
        ("paragraph", "act:march NOT film", "They marched.\n\nA film was made.", ["marched"]),
        ("article", "march", "They marched.\n\nA film was made.", ["marched"]),
        ("article", "act:march AND source:@iran", "They marched.\n\nIran spoke.", []),
    ],
)
def test_and_and_not_look_as_far_as_the_scope(scope: str, pattern: str, text: str, evidence: list[str]) -> None:
    assert [one for each in words(hits(scoped(scope, pattern), text)) for one in each] == evidence


@pytest.mark.parametrize(("scope", "count"), [("sentence", 1), ("paragraph", 1), ("article", 0)])
def test_exclusions_look_as_far_as_the_scope(scope: str, count: int) -> None:
    rule = scoped(scope, "march", 'exclude = ["film"]\n')

    assert len(hits(rule, "They marched.\n\nA film was made.")) == count
