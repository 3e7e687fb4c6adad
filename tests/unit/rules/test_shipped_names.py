"""Who the shipped actors see in a sentence: states that sound alike, words that are no state, people by their days."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from monitor.resources import shipped
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.scene import Scenes
from monitor.text.tokens import read
from tests.builders import an_article

TABLE = Path(__file__).parents[2] / "tables" / "names_en.toml"


@cache
def ruleset() -> RuleSet:
    """The shipped actors and languages without the rules."""
    folder = shipped("rules")
    files = (*sorted((folder / "actors").iterdir()), *sorted((folder / "languages").iterdir()))
    pack, problems = load({str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in files})
    assert [problem.in_full() for problem in problems] == []
    return compile_pack(pack)


def rows() -> Iterator[object]:
    for group, cases in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        for text, expected in cases:
            yield pytest.param(text, expected, id=f"{group}: {text}")


def named(text: str) -> list[str]:
    """Every mention as the table writes it."""
    day, bar, rest = text.partition(" | ")
    published = datetime.fromisoformat(day if bar else "2025-03-01").replace(hour=12, tzinfo=UTC)
    article = an_article(title="", text=rest if bar else text, published=published)
    scenes = Scenes(ruleset(), read(article, ruleset().languages))
    return [
        f"{scenes.reading.whole[slice(*scene.characters(mention.first, mention.last))]} = "
        + "+".join(dict.fromkeys(actor.code or "-" for actor in mention.actors))
        for scene in scenes.scenes
        for mention in scene.sentence.mentions
    ]


@pytest.mark.parametrize(("text", "expected"), [*rows()])
def test_who_is_named(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_every_state_is_found_by_its_first_name() -> None:
    states = [actor for actor in ruleset().actors.by_id.values() if actor.kind == "state"]

    lost = {
        state.id: named(f"It was {ruleset().names.of(state.code)} then.")
        for state in states
        if named(f"It was {ruleset().names.of(state.code)} then.")
        != [f"{ruleset().names.of(state.code)} = {state.code}"]
    }

    assert lost == {}
