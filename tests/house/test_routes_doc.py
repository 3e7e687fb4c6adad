"""docs/routes.md shows what the program does: each configuration, each command, each verdict."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.app import routes_of
from monitor.cli.routes import _told_by, _tried, _words
from monitor.config import config_of
from monitor.model import Standing
from monitor.resources import PACKAGE
from monitor.rulebook import load_rules
from monitor.rules.compile import RuleSet

DOC = (PACKAGE.parent / "docs" / "routes.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```toml\n(.*?)```\n\n```\n(.*?)```", DOC, re.DOTALL)
COMMAND = "$ relations-monitor routes test "
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return load_rules().ruleset


def test_the_document_shows_each_kind_of_route() -> None:
    assert len(SHOWN) == 5


@pytest.mark.parametrize(("toml", "screen"), SHOWN)
def test_a_route_does_what_the_document_shows(toml: str, screen: str, ruleset: RuleSet) -> None:
    config = config_of(toml, "config.toml", beside=Path("/"), environ={"HOME": "/"})
    for shown in screen.split(COMMAND)[1:]:
        line, _, expected = shown.partition("\n")
        text, *options = shlex.split(line)
        now = datetime.fromisoformat(options[1]) if options else NOON
        (change,) = _told_by(text, "en", ruleset, now)
        standing = Standing(routes=routes_of(config, ruleset.actors), zone=config.display.zone)

        tried = _tried(change, standing, ruleset, now)

        assert [f"{one.channel}: {_words(one)}" for one in tried.verdicts] == expected.split("\n")[:-1]
