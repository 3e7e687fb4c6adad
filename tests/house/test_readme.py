"""README.md shows what is so: its alert is one of the demo, its rule passes its test, its commands run."""

import io
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from monitor.config import config_of
from monitor.demo.run import Outcome, play
from monitor.resources import PACKAGE
from monitor.rulebook import load_rules, texts_in
from monitor.rules.lint import lint
from monitor.rules.selftest import FIXED_DATE, test_failures

ROOT = PACKAGE.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [
    re.sub(rf"^{indent}", "", block, flags=re.MULTILINE)
    for indent, block in re.findall(r"^( *)```(?:toml)?\n(.*?)^ *```$", TEXT, re.MULTILINE | re.DOTALL)
]


def the_block(beginning: str) -> str:
    """The one fenced block that begins so."""
    (found,) = (block for block in BLOCKS if block.lstrip().startswith(beginning))
    return found


class Played(NamedTuple):
    """The demo, played once for all tests of this file."""

    screen: str
    outcome: Outcome


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """What the demo shows and what came of it."""
    screen = io.StringIO()
    outcome = play(tmp_path_factory.mktemp("demo"), screen=screen)
    return Played(screen.getvalue(), outcome)


def test_a_story_that_four_more_languages_carry_is_told_once(played: Played) -> None:
    told_first = re.findall(r"^[A-Z]+ · (?!Update: ).*North Korea sends troops", played.screen, re.MULTILINE)

    assert played.outcome.is_expected, played.outcome.expected
    assert (played.outcome.stories, played.outcome.articles) == (16, 83)
    assert len(told_first) == 1
    assert all(outlet in played.screen for outlet in ("Заречный листок", "청계일보", "灯影晨报", "潮騒新聞"))


def test_the_picture_that_it_shows_says_what_an_alert_of_the_demo_says(played: Played) -> None:
    """Letter by letter, but not place by place: how it is drawn, and where a line breaks, is no promise."""
    (name,) = re.findall(r"!\[[^\]]*\]\((docs/[\w.-]+\.svg)\)", TEXT)
    drawn = ElementTree.fromstring((ROOT / name).read_text(encoding="utf-8"))
    letters = "".join("".join(text.text or "" for text in drawn.iter("{http://www.w3.org/2000/svg}text")).split())

    told = ["".join(alert.replace("*", "").split()) for alert in re.split(r"\n\n(?=[A-Z]+ · )", played.screen)]

    assert letters in told, "run `make docs`"
    assert "://" not in re.sub(r"<text.*?</text>|xmlns=\S+", "", (ROOT / name).read_text(encoding="utf-8"))


def test_the_rule_that_it_shows_passes_its_test(tmp_path: Path) -> None:
    (tmp_path / "fishing.toml").write_text(the_block("[[rule]]"), encoding="utf-8")

    loaded = load_rules(tmp_path)

    ours = next(rule for rule in loaded.pack.rules if rule.id == "fishing-rights")
    assert not [one for one in loaded.problems if one.place.file.startswith(str(tmp_path))]
    assert len(ours.tests) == 2
    assert not [failure for failure in test_failures(loaded.pack, loaded.ruleset) if failure.rule == ours.id]
    assert not ours.event.is_reciprocal  # its title has a direction
    assert not [one.lint for one in lint(loaded.pack, FIXED_DATE.date()) if one.owner.endswith("fishing-rights")]


def test_the_configuration_that_it_shows_is_right() -> None:
    config = config_of(the_block("[[feeds]]"), "config.toml", beside=Path("/"), environ={"HOME": "/home/ann"})

    assert [feed.title for feed in config.feeds] == ["BBC News, world"]
    assert [channel.name for channel in config.channels] == ["desk"]


def test_the_sentence_that_it_tries_is_a_hit() -> None:
    command = the_block("echo").strip().replace("relations-monitor", f"{sys.executable} -m monitor")

    ran = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert ran.stdout.startswith("1: North Korea sends troops to Russia [asserted; troop-transfer, critical, ")


def test_the_make_targets_that_the_documents_name_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {
        target
        for file in ("README.md", "CONTRIBUTING.md", "docs/tutorial.md", ".ci/run")
        for target in re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert named
    assert {target for target in named if not re.search(rf"^{target}:.*## ", makefile, re.MULTILINE)} == set()


def test_the_python_versions_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["requires-python"].startswith(">=3.11")
    assert "Python 3.11 to 3.13" in TEXT


def test_the_shipped_rules_can_be_read_by_whoever_reads_this() -> None:
    texts, problems = texts_in(ROOT / "rules")

    assert problems == ()
    assert "troop-transfer.toml" in texts
