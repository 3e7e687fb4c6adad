"""`rules docs` and `rules schema` print what the code knows, and what is written in the tree is what they print."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.cli.main import command
from monitor.errors import UsageError
from monitor.resources import PACKAGE, shipped
from monitor.rulebook import load_rules
from monitor.rules.lint import WARNINGS
from monitor.rules.operators import OPERATORS
from monitor.rules.schema import KINDS, Kind, schema_of


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["rules", *arguments])


def test_the_reference_in_the_tree_is_the_one_that_the_code_prints() -> None:
    written = (PACKAGE.parent / "docs" / "rules-reference.md").read_text(encoding="utf-8")

    assert ran("docs").stdout == written, "run `python -m monitor rules docs > docs/rules-reference.md`"


def test_the_reference_names_every_operator_and_every_warning() -> None:
    told = ran("docs").stdout

    assert [one.spelled for one in OPERATORS if f"| `{one.spelled}` | {one.means} |" not in told] == []
    assert [one.id for one in WARNINGS if f"| `{one.id}` | {one.means} |" not in told] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_that_ships_is_the_one_that_the_code_prints(kind: Kind) -> None:
    written = (shipped("rules") / "schema" / f"{kind}.json").read_text(encoding="utf-8")

    printed = ran("schema", kind).stdout

    assert json.loads(printed) == schema_of(kind, load_rules().pack.events)
    assert printed == written, "run `python -m monitor rules schema --into rules/schema`"


def test_every_schema_is_written_into_a_folder(tmp_path: Path) -> None:
    result = ran("schema", "--into", str(tmp_path / "new" / "schema"))

    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "new" / "schema").iterdir()) == sorted(
        f"{one}.json" for one in KINDS
    )
    assert "#:schema ./schema/rules.json" in result.stderr


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("actor",), "there is no kind of file actor (did you mean actors?)"),
        ((), "which kind of file?; say one of rules, actors, lexicons, events, languages"),
    ],
)
def test_an_unknown_kind_gets_a_guess(asked: tuple[str, ...], message: str) -> None:
    result = ran("schema", *asked)

    assert isinstance(result.exception, UsageError)
    assert str(result.exception).startswith(message)
