"""An explanation says of a hit what made it, and of a miss what was wanting, in the sentence that came nearest."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.resources import shipped
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.explain import Explanation, explain
from monitor.rules.load import Pack, load
from monitor.rules.match import match
from monitor.rules.recorder import Recorder
from monitor.text.tokens import read
from tests.builders import an_article
from tests.unit.rules.packs import RIGHT, a_rule

ENGLISH = {"languages/en.toml": (shipped("rules") / "languages" / "en.toml").read_text(encoding="utf-8")}
"""With the grammar words of the shipped language: why a role was refused is for grammar to say."""


@cache
def compiled(rule: str) -> tuple[Pack, RuleSet]:
    pack, problems = load({**RIGHT, **ENGLISH, "actors/others.toml": OTHERS, "wrong.toml": rule})
    assert problems == ()
    return pack, compile_pack(pack)


def an_explanation(
    text: str, *, title: str = "", pattern: str = "", entry: str = "", rest: str = "", lang: str = "en"
) -> Explanation:
    """What the rule "wrong" of `packs` makes of a text."""
    pack, ruleset = compiled(a_rule(pattern=pattern, entry=entry) + rest)
    article = an_article(title=title, text=text, lang=lang)
    rule = next(one for one in pack.rules if one.id == "wrong")
    return explain(ruleset, pack.lexicons, read(article, ruleset.languages), rule)


OTHERS = """\
[actors.desk]
kind = "organisation"
code = "DSK"
names.en = ["WHO", "Desk"]
not.en = ["Iran Desk"]
[actors.chief]
kind = "person"
of = "desk"
names.en = ["The old chief"]
[[actors.chief.office]]
title = "chief"
until = 2020-01-01
[actors.northerners]
kind = "organisation"
code = "NOR"
names.en = ["Northern Land"]
weak.en = ["The North"]
[groups]
others = ["desk", "chief", "northerners"]
"""

FRAME = 'act = "#send"\nobject = "#troops"\nsource = "@state"\ntarget = "@state"\n'


def test_a_hit_names_each_operator_with_its_words_and_each_role_with_its_reason() -> None:
    told = an_explanation("Yesterday Iran sent some soldiers to Russia.", entry=FRAME)

    (explained,) = told.hits
    (cause,) = explained.causes
    rows = [(one.role, one.operator, [each.text for each in one.where], one.note) for one in cause.pieces]
    assert rows == [
        ("act", "#send", ["sent"], ""),
        ("object", "#troops", ["soldiers"], ""),
        ("source", "@state", ["Iran"], "IRN, subject"),
        ("target", "@state", ["Russia"], "RUS, to-phrase"),
    ]
    assert (cause.status, cause.because) == ("asserted", "reported as fact")
    assert told.misses == ()


def test_the_words_of_an_explanation_stand_where_it_says() -> None:
    title, text = "Iran sends troops to Russia", "“Iran sent soldiers to Russia,” it said."
    told = an_explanation(text, title=title, entry=FRAME)

    fields = {"title": title, "text": text}
    found = [one for each in told.hits for cause in each.causes for piece in cause.pieces for one in piece.where]
    assert {one.field for one in found} == {"title", "text"}
    assert all(fields[one.field][one.start : one.end] == one.text for one in found)


def test_a_hit_of_a_pattern_names_the_distances_and_what_is_absent() -> None:
    pattern = "source:@state NEAR/4 act:#send NEAR/3 object:#troops AND NOT film"
    told = an_explanation("Iran quietly sent some soldiers.", pattern=pattern)

    (cause,) = told.hits[0].causes
    notes = {one.operator: one.note for one in cause.pieces}
    assert notes["NEAR/4"] == "1 word between"
    assert notes["NEAR/3"] == "1 word between"
    assert notes['NOT "film"'] == "nowhere in the sentence"


def test_the_parts_of_a_score_make_its_sum() -> None:
    told = an_explanation("Iran sent soldiers to Russia.", title="Iran sends troops to Russia", entry=FRAME)

    (explained,) = told.hits
    assert set(explained.score) == {"base", "certainty of the roles", "tightness", "title", "repetition"}
    assert min(explained.score.values()) > 0
    assert round(sum(explained.score.values()), 2) == explained.hit.score


def test_a_role_that_the_rule_assumes_is_named_as_assumed() -> None:
    entry = 'act = "#send"\nobject = "#troops"\nsource = "@state"\nassume.target = "russia"\n'
    told = an_explanation("Iran sent soldiers.", entry=entry)

    (cause,) = told.hits[0].causes
    assert [(one.operator, one.note) for one in cause.pieces if one.role == "target"] == [
        ("assume.target", "assumed: russia")
    ]


MISSES = [
    pytest.param(
        {"entry": FRAME}, "Iran sent letters to Russia. The soldiers stayed.",
        "words", '#troops found nothing in this sentence; "soldiers" in sentence 2', id="word in another sentence",
    ),
    pytest.param(
        {"entry": FRAME}, "Iran sent letters to Russia.",
        "words", "#troops found nothing in the whole article", id="word nowhere",
    ),
    pytest.param(
        {"entry": FRAME.replace("@state", "@watched") + "within.object = 2\n"},
        "Iran sent a long and angry letter about soldiers to Russia.",
        "distance", '6 words stand between "sent" and "soldiers", within.object = 2: 4 too many', id="frame too wide",
    ),
    pytest.param(
        {"entry": FRAME + "within.actors = 1\n"}, "Iran has now at last sent soldiers to the far coast of Russia.",
        "roles", '"Iran" stands 4 words away, within.actors = 1: 3 words too far', id="actor too far",
    ),
    pytest.param(
        {"pattern": "#send NEAR/2 #troops"}, "Iran sent many of its brave soldiers.",
        "distance", 'NEAR/2: 4 words stand between "sent" and "soldiers", 2 too many', id="near too wide",
    ),
    pytest.param(
        {"pattern": "#troops ONEAR/9 #send"}, "Iran sent soldiers.",
        "distance", 'ONEAR/9: "soldiers" and "sent" stand in the other order', id="order",
    ),
    pytest.param(
        {"pattern": "#send NOT NEAR/3 #troops"}, "Iran sent soldiers.",
        "distance", 'NOT NEAR/3: "sent" and "soldiers" are 0 words apart', id="not near",
    ),
    pytest.param(
        {"pattern": "#send AND NOT #troops"}, "Iran sent soldiers.",
        "words", 'NOT #troops: it must not stand there: "soldiers"', id="not",
    ),
    pytest.param(
        {"pattern": "#send AND article:(film)"}, "Iran sent soldiers.",
        "words", 'article:("film"): nowhere in the article', id="truth",
    ),
    pytest.param(
        {"entry": FRAME + 'unless = [{ pattern = "letter", reason = "post", owner = "desk", until = 2027-06-30 }]\n'},
        "Iran sent soldiers and letters to Russia.",
        "excluded", 'stopped by unless "letter": "letters" (post; by desk; until 2027-06-30)', id="exclusion",
    ),
    pytest.param(
        {"entry": FRAME}, "Soldiers were sent to Russia by a firm.",
        "roles", 'source: "Russia" is refused: it is the target: to-phrase', id="role refused",
    ),
    pytest.param(
        {"entry": FRAME + 'voice = "active"\n'}, "Soldiers were sent to Russia by Iran.",
        "roles", 'the act is in the passive, and the rule says voice = "active"', id="voice",
    ),
    pytest.param(
        {"entry": FRAME}, "Iran sent soldiers to Iran.",
        "roles", "one actor can't be both source and target", id="one actor",
    ),
    pytest.param(
        {"entry": FRAME + 'lang = "ko"\n'}, "Iran sent soldiers to Russia.",
        "language", "it is for ko alone, and the article is in en", id="language of the entry",
    ),
    pytest.param(
        {"entry": FRAME, "lang": "ru"}, "Иран",
        "words", "#send and #troops: no words in ru; @state: no names in ru", id="language without words",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "stage", "because"), MISSES)
def test_a_miss_says_what_was_wanting(rule: dict[str, str], text: str, stage: str, because: str) -> None:
    told = an_explanation(text, **rule)

    assert told.hits == ()
    first = told.misses[0]
    assert first.stage == stage
    assert because in first.because


def test_the_nearest_sentence_is_shown_and_every_entry_has_its_miss() -> None:
    rest = '[[rule.match]]\nact = "#troops"\nobject = "#send"\nsource = "@iran"\ntarget = "@russia"\n'
    told = an_explanation("Nothing here. Iran sent letters to Russia. The end.", entry=FRAME, rest=rest)

    assert [one.entry for one in told.misses] == [1, 2]
    assert told.misses[0].sentence is not None
    assert told.misses[0].sentence.text == "Iran sent letters to Russia."


def test_operators_that_held_are_told_beside_those_that_did_not() -> None:
    told = an_explanation("Iran sent letters to Russia.", entry=FRAME)

    rows = [(one.operator, one.holds) for one in told.misses[0].pieces]
    assert rows == [("#send", True), ("@state", True), ("@state", True), ("#troops", False)]


def test_looking_on_changes_no_hit() -> None:
    pack, _ = load({**RIGHT, **ENGLISH})
    ruleset = compile_pack(pack)
    text = "Iran denied that it sent soldiers to Russia."
    article = an_article(title="Iran sends troops to Russia", text=text, lang="en")
    reading = read(article, ruleset.languages)
    recorder = Recorder()

    assert match(ruleset, reading, recorder) == match(ruleset, reading)
    assert [hit for hit, _ in recorder.hits] == match(ruleset, reading)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("The North sent soldiers to Russia.", '"The North" is a weak name, which counts only beside a full one'),
        ("The old chief sent soldiers to Russia.", '"The old chief" holds no office on'),
        ("A friend of who sent soldiers to Russia.", '"who" counts in capitals alone'),
        ("The Iran Desk sent soldiers to Russia.", '"Iran Desk" names nobody'),
    ],
)
def test_a_name_that_counts_for_nobody_is_told_with_its_reason(text: str, hint: str) -> None:
    told = an_explanation(text, entry=FRAME.replace('source = "@state"', 'source = "@others"'))

    assert hint in told.misses[0].because


RULES = [
    {"entry": FRAME},
    {"entry": 'act = "#send"\nsource = "@iran"\noptional = ["source"]\nvoice = "active"\n'},
    {"entry": FRAME + "within.object = 1\nwithin.actors = 1\n" + 'unless = ["film"]\n'},
    {"pattern": "source:@state NEAR/3 act:#send NEAR/2 object:#troops OR #troops ONEAR/1 target:@russia"},
    {"pattern": "#send NOT NEAR/2 film AND NOT title:(#troops) AND (letter OR article:(#troops))"},
    {"entry": 'pattern = "act:#send AND #troops AND NOT film"\nscope = "article"\n'},
]
WORDS = st.sampled_from(
    ["Iran", "Russia", "North Korea", "sent", "sends", "soldiers", "troops", "to", "by", "were", "film", "letter",
     "and", "said", "that", "denied", "not", ",", ".", "\n\n", "will"]
)  # fmt: skip


@settings(deadline=None)  # the first example of a rule compiles it
@given(rule=st.sampled_from(RULES), words=st.lists(WORDS, max_size=25), title=st.lists(WORDS, max_size=6))
def test_whatever_the_text_there_is_an_explanation(rule: dict[str, str], words: list[str], title: list[str]) -> None:
    told = an_explanation(" ".join(words), title=" ".join(title), **rule)

    assert bool(told.hits) != bool(told.misses)
    assert all(one.because for one in told.misses)
    assert all(piece.note for one in told.misses for piece in one.pieces if not piece.holds)
    assert all(cause.pieces and cause.because for one in told.hits for cause in one.causes)
