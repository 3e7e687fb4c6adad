"""`rules docs` and `rules schema`: the reference as Markdown, and a JSON Schema for each kind of rule file."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from monitor.cli.output import note, say
from monitor.errors import UsageError
from monitor.rulebook import load_rules
from monitor.rules.reference import reference
from monitor.rules.schema import KINDS, Kind, schema_of
from monitor.toml import closest


@click.command("docs")
def docs() -> None:
    """Print the reference of operators, keys, warnings and events as Markdown.

    \b
    For example:
      relations-monitor rules docs > docs/rules-reference.md
    """
    say(reference(load_rules().pack.events).removesuffix("\n"))


@click.command("schema")
@click.argument("kind", required=False, metavar="[KIND]")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Write every schema into this folder, as KIND.json.")  # fmt: skip
def schema(kind: str | None, into: Path | None) -> None:
    """Print the JSON Schema of one KIND of rule file: rules, actors, lexicons, events or languages.

    An editor for TOML completes and checks by it where the first line of a file names it:
    `#:schema ./schema/rules.json`, a path from the file's own folder.

    \b
    For example:
      relations-monitor rules schema rules
      relations-monitor rules schema --into ~/my-rules/schema
    """
    if into is not None:
        _write_all(into)
        return
    if kind is None:
        raise UsageError("which kind of file?", remedy=f"say one of {', '.join(KINDS)}, or --into DIR for all")
    say(_spelled(_kind(kind), load_rules().pack.events))


def _kind(asked: str) -> Kind:
    for kind in KINDS:
        if kind == asked:
            return kind
    meant = closest(asked, KINDS)
    guess = f" (did you mean {meant}?)" if meant else ""
    raise UsageError(f"there is no kind of file {asked}{guess}", remedy=f"say one of {', '.join(KINDS)}")


def _spelled(kind: Kind, events: Iterable[str]) -> str:
    return json.dumps(schema_of(kind, events), indent=2, ensure_ascii=False)


def _write_all(folder: Path) -> None:
    """Every schema as a file, a new one in place of an old."""
    events = load_rules().pack.events
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in KINDS:
            (folder / f"{kind}.json").write_text(_spelled(kind, events) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}", remedy="name a folder that can be written") from None
    note(f"{folder}: {len(KINDS)} schemas; the first line of a rule file there: #:schema ./{folder.name}/rules.json")
