"""The names of log events are the same in the code, in `monitor.log.EVENTS` and in docs/log-events.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from monitor.log import EVENTS
from monitor.resources import PACKAGE

LEVELS = {"debug", "info", "warning", "error", "exception"}
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "log.py"]
NOT_YET_LOGGED: set[str] = set()
"""Named by the style guide; nothing holds an alert back so far."""


def events_in(path: Path) -> Iterator[str]:
    """The events that a file names where it logs or makes a fact."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
            yield from (
                arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            )
        yield from (
            word.value.value
            for word in node.keywords
            if word.arg == "event" and isinstance(word.value, ast.Constant) and isinstance(word.value.value, str)
            and isinstance(node.func, ast.Name) and node.func.id == "Fact"
        )  # fmt: skip


def test_every_event_that_is_logged_has_its_meaning() -> None:
    logged = {event: path.name for path in FILES for event in events_in(path)}

    assert "feed_polled" in logged  # the search itself works
    assert {event: file for event, file in logged.items() if event not in EVENTS} == {}


def test_every_event_with_a_meaning_is_logged_somewhere() -> None:
    texts = "".join(path.read_text() for path in FILES)

    assert {event for event in EVENTS if f'"{event}"' not in texts} <= NOT_YET_LOGGED


def test_the_docs_name_the_same_events_with_the_same_meaning() -> None:
    told = re.findall(r"^\| `(\w+)` \| (.*) \|$", (PACKAGE.parent / "docs" / "log-events.md").read_text(), re.MULTILINE)

    assert told == list(EVENTS.items())


def test_every_event_is_a_noun_with_a_verb_in_snake_case() -> None:
    assert [event for event in EVENTS if not re.fullmatch(r"[a-z]+(_[a-z]+)+", event)] == []
