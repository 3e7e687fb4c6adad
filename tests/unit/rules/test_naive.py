"""The matcher, its sieve on or off, finds what the page of code in tests/naive.py finds."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, example, given, reject, settings
from hypothesis import strategies as st

from monitor.model import Reading
from monitor.resources import shipped
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.files import Entry
from monitor.rules.grammar import PatternError, Use, parse_pattern
from monitor.rules.load import Pack, load
from monitor.rules.match import (  # the cores alone are no one's business but a test's
    CORES_LIMIT,
    _frame_cores,
    findings,
    match,
)
from monitor.rules.operators import Node
from monitor.rules.scene import Scenes
from monitor.text.tokens import read
from tests.builders import an_article
from tests.naive import Naive
from tests.unit.rules.packs import RIGHT
from tests.unit.rules.test_operators import FURTHER

TABLE = tomllib.loads((Path(__file__).parents[2] / "tables" / "operators.toml").read_text(encoding="utf-8"))
ROWS = [row for rows in TABLE.values() for row in rows]
LEXICONS = """\
[lexicons.mixed]
en = ["soldier", "cruise missile", "missile*", "=DPRK!", "солдат", "병사", "军队", "кафе"]
ru = ["солдат", "кафе", "ракет*"]
ko = ["병사", "미사일"]
zh = ["军队", "导弹"]
[lexicons.acts]
en = ["send", "march", "отправ*", "보내", "派"]
ru = ["отправ*", "послал"]
ko = ["보내"]
zh = ["派", "派出"]
"""
# words of the vocabulary, words near to them, and marks, so that random texts hit often and nearly hit often
PIECES = [
    "soldier", "Soldiers", "soldierly", "send", "sent", "SENDING", "visa", "visá", "cruise", "missile", "missiles",
    "cruise missile", "DPRK", "dprk", "march", "North Korea", "Russia", "Iran", "and", "солдат", "отправили", "кафе",
    "Кафе", "ракеты", "послал", "병사가", "병사", "보내다", "미사일을", "军队", "派出", "导弹", "日本へ", "ﬁlm",
    "ёж", "the", "3,000",
]  # fmt: skip
GLUE = [
    " ",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    ".\n\n",
    "-",
    "’s ",
    "  ",
    "\n",
    "。",
    "",
    " \u00ad",
    "\t",
    " “",
    "” ",
    "/",
    "… ",
]
OPERANDS = [
    "soldier", "send", "visa", "missil*", '"cruise missile"', '"=send"', '"=DPRK!"', "#mixed", "#acts", "#troops",
    "@state",    "@north-korea", "@watched", "солдат", "병사", "军队", "派", "кафе", "march", '"3,000"',
]  # fmt: skip

texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GLUE)), max_size=14).map(
    lambda parts: "".join(word + glue for word, glue in parts)
)
languages = st.sampled_from(["en", "en", "ru", "ko", "zh", "xx"])


@st.composite
def operands(draw: st.DrawFn, depth: int = 2, *, binds: bool = True) -> str:
    """Something that has a place in a sentence."""
    kind = draw(st.integers(0, 12 if depth else 2))
    if kind <= 2:
        operand = draw(st.sampled_from(OPERANDS))
    elif kind == 3:
        operand = f"({draw(operands(depth - 1, binds=False))})"
    else:
        left, right = (
            draw(operands(depth - 1, binds=binds)),
            draw(operands(depth - 1, binds=binds and kind in (4, 5, 7, 8))),
        )
        joint = [
            "NEAR/n",
            "ONEAR/n",
            "NOT NEAR/n",
            "OR",
            "AND",
            "AND NOT",
            "AND title:",
            "AND article:",
            "AND paragraph:",
        ]
        operator = joint[kind - 4].replace("/n", f"/{draw(st.integers(0, 6))}")
        operand = f"({left} {operator}{'' if operator.endswith(':') else ' '}({right}))"
    role = draw(st.sampled_from(["", "", "act", "object", "source", "target"])) if binds and kind <= 3 else ""
    return f"{role}:{operand}" if role else operand


@cache
def small() -> Pack:
    """The small pack with one rule."""
    pack, problems = load({**RIGHT, **FURTHER, "lexicons/mixed.toml": LEXICONS})
    assert problems == ()
    return pack


def pack_with(entry: Entry) -> Pack:
    """The small pack with one rule of that entry."""
    return replace(small(), rules=(replace(small().rules[0], match=(entry,)),))


def parsed(pattern: str, use: Use) -> Node:
    """The pattern's tree; one that the language does not allow is no example."""
    try:
        return parse_pattern(pattern, use=use)
    except PatternError:
        reject()


def by_page(pack: Pack, ruleset: RuleSet, reading: Reading) -> Naive:
    """The article as the page of code sees it."""
    return Naive(
        reading=reading,
        language=pack.languages.of(reading.lang),
        lexicons=dict(pack.lexicons),
        mentions=[scene.sentence.mentions for scene in Scenes(ruleset, reading).scenes],
        allowed=dict(ruleset.allowed),
    )


def assert_pattern_alike(pattern: str, text: str, title: str = "", lang: str = "en") -> None:
    tree = parsed(pattern, "match")
    pack = pack_with(Entry(pattern=tree))
    ruleset = compile_pack(pack)
    reading = read(an_article(title=title, text=text, lang=lang), ruleset.languages)
    page = by_page(pack, ruleset, reading)
    expected = {at: found for at in range(len(reading.sentences)) if (found := page.find(tree, at))}

    for sieve in (True, False):
        told = {
            scene.index: {(one.start, one.end, frozenset(one.bound)) for one in intervals}
            for _, scene in Scenes(ruleset, reading).survivors(sieve=sieve)
            if (intervals := tree.find(scene))
        }
        assert told == expected, f"sieve {sieve}"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]} / {row[1][:30]!r}" for row in ROWS])
def test_each_row_of_the_table_is_found_alike(row: list[str]) -> None:
    pattern, text, _, *title = row

    assert_pattern_alike(pattern, text, *title)


@given(pattern=operands(), text=texts, title=st.just("") | texts.filter(lambda one: "\n" not in one), lang=languages)
@settings(max_examples=250, deadline=None)
def test_any_pattern_is_found_alike_in_any_text(pattern: str, text: str, title: str, lang: str) -> None:
    assert_pattern_alike(pattern, text, title, lang)


@given(
    act=operands(1, binds=False), thing=operands(1, binds=False), within=st.integers(0, 9), text=texts, lang=languages
)
@example(act="soldier", thing="missil*", within=0, text="soldier missiles ", lang="zh")
@settings(max_examples=150, deadline=None)
def test_the_cores_of_any_frame_are_found_alike(act: str, thing: str, within: int, text: str, lang: str) -> None:
    entry = Entry(act=parsed(act, "side"), object=parsed(thing, "side"), within_object=within)
    pack = pack_with(entry)
    ruleset = compile_pack(pack)
    reading = read(an_article(title="", text=text, lang=lang), ruleset.languages)
    page = by_page(pack, ruleset, reading)
    sentences = range(len(reading.sentences))
    assert entry.act is not None
    assume(all(len(page.find(entry.act, at)) <= CORES_LIMIT for at in sentences))  # the page knows no limit
    expected = {at: found for at in sentences if (found := page.cores(entry, at))}

    for sieve in (True, False):
        told = {
            scene.index: {(core.act, core.object) for core, _ in cores}
            for _, scene in Scenes(ruleset, reading).survivors(sieve=sieve)
            if (cores := list(_frame_cores(entry, scene)))
        }
        assert told == expected, f"sieve {sieve}"


@cache
def shipped_rules() -> RuleSet:
    root = shipped("rules")
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.toml")}
    return compile_pack(load(texts)[0])


NEWS = st.lists(
    st.sampled_from([
        "North Korea sent 3,000 soldiers to Russia.", "Seoul denied that it had supplied shells to Ukraine.",
        "The U.S. imposed sanctions on a bank in Iran.", "Russia and North Korea signed a treaty in Pyongyang.",
        "Kim Jong Un visited Moscow, KCNA said.", "В Москве подписали договор.", "북한이 러시아에 병력을 보냈다.",
        "朝鲜向俄罗斯派兵。", "China may lift the ban on coal.", "Analysts doubt it.\n\n",
        "Missiles were tested by Iran.",
    ]),
    max_size=90,
)  # fmt: skip


@given(
    sentences=NEWS,
    title=st.sampled_from(["", "North Korea sends troops to Russia"]),
    lang=st.sampled_from(["en", "ru", "ko"]),
)
@settings(max_examples=25, deadline=None)
def test_the_shipped_rules_hit_alike_with_the_sieve_and_without(sentences: list[str], title: str, lang: str) -> None:
    ruleset = shipped_rules()
    reading = read(an_article(title=title, text=" ".join(sentences), lang=lang), ruleset.languages)

    def told(*, sieve: bool) -> list[tuple[object, ...]]:
        found = findings(ruleset, reading, sieve=sieve)
        return [(one.rule.id, one.scene.index, one.core, one.span, one.status) for one in found]

    assert told(sieve=True) == told(sieve=False)
    match(ruleset, reading)
