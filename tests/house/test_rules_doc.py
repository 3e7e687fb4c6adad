"""docs/rules.md can't lie: its rules run, its examples are matched, its lists are those of the code."""

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from monitor.model import Hit
from monitor.resources import PACKAGE, shipped
from monitor.rulebook import LoadedRules, texts_in
from monitor.rules.compile import compile_pack
from monitor.rules.lint import WARNINGS, lint
from monitor.rules.load import load
from monitor.rules.match import match
from monitor.rules.operators import OPERATORS
from monitor.rules.selftest import FIXED_DATE, test_failures
from monitor.text.tokens import read
from tests.builders import an_article

TEXT = (PACKAGE.parent / "docs" / "rules.md").read_text(encoding="utf-8")
OPERATORS_HEADER, ROWS_HEADER, KEYS_HEADER = "| form | means |", "| pattern | finds |", "| key | is |"


def blocks(kind: str) -> list[str]:
    """The fenced blocks with that mark behind their opening fence."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def tables(header: str) -> list[list[list[str]]]:
    """The rows of every table under that header, cells without white space around."""
    found = re.findall(rf"^{re.escape(header)}\n\|[-|]+\|\n((?:\|.*\n?)*)", TEXT, re.MULTILINE)
    return [[[cell.strip() for cell in row.strip("|").split("|")] for row in rows.splitlines()] for rows in found]


def of_rows() -> list[dict[str, Any]]:
    """The rows that show a pattern and, in bold, what it finds."""
    return [
        {"pattern": form.strip("`"), "text": shown.replace("**", ""), "evidence": re.findall(r"\*\*(.*?)\*\*", shown)}
        for table in tables(ROWS_HEADER)
        for form, shown in table
    ]  # fmt: skip


RULES, MISTAKES = blocks("toml rule"), blocks("toml mistake")
EXAMPLES = [*(tomllib.loads(text) for text in blocks("toml example")), *of_rows()]


def spelled(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {spelled(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(spelled, value))}]"
    return json.dumps(value, ensure_ascii=False)


def a_rule(number: int, example: Mapping[str, Any]) -> str:
    """The rule of an example."""
    keys = {
        "id": f"example-{number}",
        "title": "{source} to {target}",
        "event": example.get("event", "arms-supply"),
        "severity": "low",
        "match": example.get("match") or [example["pattern"]],
    } | {key: example[key] for key in ("scope", "exclude") if key in example}
    return "[[rule]]\n" + "".join(f"{key} = {spelled(value)}\n" for key, value in keys.items())


@cache
def loaded() -> LoadedRules:
    """The shipped actors, lexicons, events and English with every rule of the document."""
    texts = {name: text for name, text in texts_in(shipped("rules"))[0].items() if "/" in name}
    overlay = {f"rule-{number}.toml": text for number, text in enumerate(RULES)}
    overlay["examples.toml"] = "".join(a_rule(number, one) for number, one in enumerate(EXAMPLES))
    pack, problems = load(texts, overlay)
    return LoadedRules(ruleset=compile_pack(pack), pack=pack, problems=problems)


def told(hit: Hit) -> str:
    """A hit as the document writes it."""
    said = f" by {', '.join(hit.attribution)}" if hit.attribution else ""
    return f"{hit.source or 'nobody'} {'&' if hit.is_reciprocal else '->'} {hit.target or 'nobody'} {hit.status}{said}"


def test_every_rule_of_the_document_is_right_and_passes_its_tests() -> None:
    assert loaded().problems == ()
    assert [str(failure) for failure in test_failures(loaded().pack, loaded().ruleset)] == []
    assert sum(len(rule.tests) for rule in loaded().pack.rules) >= 15


@pytest.mark.parametrize(
    ("number", "example"),
    [pytest.param(*pair, id=f"{pair[1].get('pattern', 'frames')} / {pair[1]['text']}") for pair in enumerate(EXAMPLES)],
)
def test_an_example_finds_what_the_document_says(number: int, example: Mapping[str, Any]) -> None:
    article = an_article(title=example.get("title", ""), text=example["text"], published=FIXED_DATE)

    hits = [
        hit
        for hit in match(loaded().ruleset, read(article, loaded().ruleset.languages))
        if hit.rule == f"example-{number}"
    ]

    evidence = sorted({one for hit in hits for one in hit.evidence}, key=lambda one: (one.field != "title", one.start))
    assert example.get("hits") in (None, [told(hit) for hit in hits])
    assert example.get("evidence") in (None, [one.text for one in evidence])
    assert example.get("score") in (None, max((hit.score for hit in hits), default=0))


def test_every_kind_of_example_is_there() -> None:
    assert len(RULES) >= 3
    assert len(MISTAKES) >= 2
    assert len(of_rows()) >= 30
    assert all({"hits", "evidence", "score"} & set(example) for example in EXAMPLES)


def test_the_operators_are_those_of_the_code() -> None:
    (rows,) = tables(OPERATORS_HEADER)

    assert [(form.strip("`"), means) for form, means in rows] == [(one.spelled, one.means) for one in OPERATORS]


def test_the_warnings_are_those_of_the_code() -> None:
    (rows,) = tables("| warning | means |")

    assert [(id_.strip("`"), means) for id_, means in rows] == [(one.id, one.means) for one in WARNINGS]


@pytest.mark.parametrize(
    ("at", "file", "wrong"),
    [
        pytest.param(0, "r.toml", '[[rule]]\nzzz = 1', id="rule"),
        pytest.param(1, "r.toml", '[[rule]]\nmatch = [{ zzz = 1 }]', id="entry"),
        pytest.param(2, "r.toml", '[[rule]]\ntest = [{ zzz = 1 }]', id="test"),
        pytest.param(3, "actors/a.toml", "[actors.a]\nzzz = 1", id="actor"),
        pytest.param(4, "events/e.toml", "[events.e]\nzzz = 1", id="event"),
        pytest.param(5, "languages/l.toml", "zzz = 1", id="language"),
    ],
)  # fmt: skip
def test_the_keys_are_those_that_the_code_reads(at: int, file: str, wrong: str) -> None:
    documented = {key for row in tables(KEYS_HEADER)[at] for key in re.findall(r"`([a-z_]+)`", row[0])}

    _, problems = load({file: wrong})

    (unknown,) = (one for one in problems if one.because == "unknown key zzz")
    read_by_code = set(unknown.expected.removeprefix("one of ").split(", "))
    assert documented == read_by_code


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_as_the_document_shows(text: str) -> None:
    shown = re.search(rf"^```toml mistake\n{re.escape(text)}```\n```text\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    texts = {name: content for name, content in texts_in(shipped("rules"))[0].items() if "/" in name}

    _, problems = load(texts, {"fishing.toml": text})

    assert shown is not None
    assert "\n".join(problem.in_full() for problem in problems) == shown[1].rstrip("\n")


def test_the_rules_of_the_document_are_lint_free_but_for_what_they_leave_out() -> None:
    warned = [one for one in lint(loaded().pack, FIXED_DATE.date()) if one.place.file.startswith("rule-")]

    assert {one.lint for one in warned} <= {"one-sided-tests"}
