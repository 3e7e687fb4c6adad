"""A new thing has all its places: the table of CONTRIBUTING.md, a test a row.

Some rows stand elsewhere: settings in tests/unit/config/test_example.py, columns in
tests/integration/store/test_migrate.py, log events in tests/house/test_log_events.py, golden
renderings in tests/unit/channels/test_kinds.py, the list of warnings in tests/house/test_rules_doc.py,
actors in tests/unit/rules/test_shipped_actors.py.
"""

import ast
import importlib
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from monitor.channels import addresses
from monitor.channels.addresses import AddressError
from monitor.channels.kinds import KINDS as CHANNEL_KINDS
from monitor.channels.kinds import Kind
from monitor.cli.main import COMMANDS, Commands
from monitor.cli.scan import as_json
from monitor.config.addresses import channel_kind
from monitor.config.schema import FEED_KIND, FEEDS
from monitor.demo.run import FEEDS as SAMPLES
from monitor.feeds.kinds import KINDS as FEED_KINDS
from monitor.replay import Placed
from monitor.resources import PACKAGE
from monitor.rules.lint import WARNINGS
from monitor.rules.operators import OPERATORS, Operator
from tests.builders import a_hit

ROOT = PACKAGE.parent
TABLES = ROOT / "tests" / "tables"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMANDS_DOC = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def table(name: str) -> dict[str, Any]:
    """A table of tests/tables."""
    return tomllib.loads((TABLES / name).read_text(encoding="utf-8"))


def modules_in(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.py")} - {"__init__"}


# --- the table itself -------------------------------------------------------------------------------------------------


def test_the_rows_of_the_table_are_those_tested_here() -> None:
    section = CONTRIBUTING.partition("## A new thing")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([a-z ]+) \|", section, re.MULTILINE)[1:]

    assert rows == [
        "rule operator", "lint warning", "actor", "kind of feed", "kind of channel", "setting", "column", "command",
        "log event",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "file", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_every_link_inside_the_documents_leads_somewhere(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    dead = []
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        path, _, heading = link.partition("#")
        target = (ROOT / file).parent / path if path else ROOT / file
        if not target.exists() or (heading and heading not in headings(target)):
            dead.append(link)

    assert dead == []


def headings(file: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    found = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("file", ["CONTRIBUTING.md", "README.md"])
def test_every_file_of_ours_that_a_document_names_is_there(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    named = re.findall(r"`((?:docs|tests|rules|monitor)/[\w./-]+\.\w+)`", text)

    missing = [name for name in named if not ((ROOT / name).exists() or (PACKAGE / name).exists())]
    assert [name for name in missing if "NAME" not in name] == []


# --- rule operator ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operator", [pytest.param(one, id=one.node.__name__) for one in OPERATORS])
def test_an_operator_has_rows_that_find_and_rows_that_find_nothing(operator: Operator) -> None:
    rows = table("operators.toml")[operator.node.__module__.rpartition(".")[2]]

    assert len(rows) >= 4
    assert {bool(row[2]) for row in rows} == {True, False}


def test_every_file_of_an_operator_stands_in_the_table() -> None:
    files = modules_in(PACKAGE / "rules" / "operators") - {"node"}

    assert {one.node.__module__.rpartition(".")[2] for one in OPERATORS} == files


# --- lint warning -----------------------------------------------------------------------------------------------------


def test_every_function_that_gives_a_warning_stands_in_the_table() -> None:
    tree = ast.parse((PACKAGE / "rules" / "lint.py").read_text(encoding="utf-8"))
    given = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_told"
        and isinstance(node.args[0], ast.Constant)
    }  # fmt: skip

    assert given == {warning.id for warning in WARNINGS} == {case["id"] for case in table("rule_warnings.toml")["case"]}


# --- kind of feed -----------------------------------------------------------------------------------------------------

HOSTILE = {"rss": "/xml/billion-laughs", "jsonfeed": "/type/json-feed-odd"}
"""For each kind of feed a hostile document of tests/fixtures/hostile_cases.py."""


@pytest.mark.parametrize("kind", FEED_KINDS)
def test_a_kind_of_feed_has_a_sample_and_a_hostile_document(kind: str) -> None:
    from tests.fixtures.hostile_cases import CASES

    assert [*SAMPLES.glob(f"*.{kind}.xml"), *(ROOT / "tests" / "fixtures").glob(f"*.{kind}.json")]
    assert HOSTILE[kind] in {case.path for case in CASES}


@pytest.mark.parametrize("kind", FEED_KINDS)
def test_a_kind_of_feed_can_be_configured(kind: str) -> None:
    assert FEED_KIND in FEEDS.keys
    assert FEED_KIND.kind.read(kind) == kind


# --- kind of channel --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in CHANNEL_KINDS.values() if kind.schemes])
def test_a_kind_of_channel_is_known_to_the_configuration_and_to_the_docs(kind: Kind) -> None:
    for scheme in kind.schemes:
        assert channel_kind(f"{scheme}://x") == kind.name
        assert f"`{scheme}://`" in COMMANDS_DOC


@pytest.mark.parametrize(
    ("read", "url", "heading"),
    [
        (addresses.screen_address, "console://?zzz=1", "### The terminal"),
        (addresses.mail_address, "mailto://host?zzz=1", "### Mail"),
        (addresses.folder_address, "eml:///folder?zzz=1", "### Files of mail"),
    ],
)
def test_every_setting_of_an_address_is_in_the_docs(read: Callable[[str], object], url: str, heading: str) -> None:
    section = COMMANDS_DOC.partition(heading)[2].partition("\n##")[0]
    documented = {
        name for row in re.findall(r"^\| (`.*?) \| ", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }

    with pytest.raises(AddressError) as refused:
        read(url)

    assert documented == set(str(refused.value).partition("known are ")[2].split(", "))


# --- command ----------------------------------------------------------------------------------------------------------


def leaves() -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its words."""
    group = Commands()
    for name in COMMANDS:
        found = group.get_command(click.Context(group), name)
        if found is not None:
            yield from leaves_of(name, found)


def leaves_of(name: str, found: click.Command) -> Iterator[tuple[str, click.Command]]:
    """A command, or those inside it, each with its words."""
    if not isinstance(found, click.Group):
        yield name, found
        return
    for inner, command in found.commands.items():
        yield from leaves_of(f"{name} {inner}", command)


@pytest.mark.parametrize(("name", "command"), [pytest.param(*leaf, id=leaf[0]) for leaf in leaves()])
def test_a_command_is_in_the_docs_with_all_its_options_and_an_example(name: str, command: click.Command) -> None:
    heading = f"## `{name}`\n"
    assert heading in COMMANDS_DOC
    section = COMMANDS_DOC.partition(heading)[2].partition("\n## ")[0]
    rows = "".join(re.findall(r"^\| (`-.*?) \| ", section, re.MULTILINE))
    options = {option for one in command.params if isinstance(one, click.Option) for option in one.opts} - {
        "--config",
        "--color",
    }

    assert set(re.findall(r"--[a-z-]+", rows)) == options
    assert re.search(rf"^```\n.*relations-monitor {name}\b", section, re.MULTILINE)


def test_the_docs_know_no_command_that_is_gone() -> None:
    documented = set(re.findall(r"^## `(.*)`$", COMMANDS_DOC, re.MULTILINE))

    assert documented == {name for name, _ in leaves()}


def test_the_keys_of_a_hit_are_those_that_scan_prints() -> None:
    section = COMMANDS_DOC.partition("## `scan`\n")[2].partition("\n## ")[0]
    rows = section.partition("| key | is |")[2]
    documented = [
        key for row in re.findall(r"^\| (`.*?) \| ", rows, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)
    ]

    assert set(documented) == set(as_json(a_hit(), Placed(story=None, alert=None)))


def test_every_file_of_a_command_stands_in_the_table() -> None:
    tabled = {module.rpartition(".")[2] for module, _ in COMMANDS.values()}
    has_command = {
        name for name in modules_in(PACKAGE / "cli") - {"main"}
        if hasattr(importlib.import_module(f"monitor.cli.{name}"), "command")
    }  # fmt: skip

    assert tabled <= has_command


# --- setting, column, log event: their rows stand elsewhere -----------------------------------------------------------


@pytest.mark.parametrize(
    "file",
    [
        "tests/unit/config/test_example.py", "tests/integration/store/test_migrate.py",
        "tests/house/test_log_events.py", "tests/unit/channels/test_kinds.py", "tests/house/test_rules_doc.py",
    ],
)  # fmt: skip
def test_the_other_rows_have_their_tests(file: str) -> None:
    assert (ROOT / file).exists()
