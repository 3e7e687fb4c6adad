"""Who did what to whom, and with what status, sentence by sentence."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from monitor.rules.roles import assign
from monitor.rules.sentence import Assignment, Sentence, Sides
from monitor.rules.status import status_of
from tests.unit.rules.marked import english, sentence_of

PUBLISHED = date(2026, 3, 15)
TABLE = tomllib.loads((Path(__file__).parents[2] / "tables" / "roles_en.toml").read_text(encoding="utf-8"))
DIRECTED = [(text, expected) for rows in TABLE.values() if isinstance(rows, list) for text, expected in rows]
RECIPROCAL = [(text, expected) for rows in TABLE["reciprocal"].values() for text, expected in rows]


def everybody(sentence: Sentence) -> frozenset[int]:
    """All mentions that are no place: what a rule with `@state` on a side accepts."""
    return frozenset(i for i, m in enumerate(sentence.mentions) if m.actors[0].kind != "place")


def told(marked: str, *, is_reciprocal: bool = False) -> str:
    """What roles and status make of a marked-up sentence, written as the table writes it."""
    sentence, core = sentence_of(marked)
    anybody = everybody(sentence)
    sides = Sides(source=anybody, target=anybody)
    found = assign(sentence, core, sides, is_reciprocal=is_reciprocal, is_active_only=False, language=english())
    if found is None:
        return "none"
    status, _ = status_of(sentence, core, found, is_reciprocal=is_reciprocal, published=PUBLISHED, language=english())
    return f"{_parties(sentence, found, is_reciprocal=is_reciprocal)} {status}{_speakers(sentence, found)}"


def _parties(sentence: Sentence, found: Assignment, *, is_reciprocal: bool) -> str:
    source, target = (
        "-" if at is None else "+".join(sorted(sentence.mentions[at].codes)) for at in (found.source, found.target)
    )
    if is_reciprocal:
        return " & ".join(sorted({*source.split("+"), *target.split("+")}))
    return f"{source} > {target}"


def _speakers(sentence: Sentence, found: Assignment) -> str:
    codes = sorted({code for at in found.speakers for code in sentence.mentions[at].codes})
    return f" by {', '.join(codes)}" if codes else ""


@pytest.mark.parametrize(("text", "expected"), DIRECTED)
def test_grammar_says_who_did_it_to_whom(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), RECIPROCAL)
def test_parties_of_an_agreement_are_unordered(text: str, expected: str) -> None:
    assert told(text, is_reciprocal=True) == expected
