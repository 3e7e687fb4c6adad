"""`rules coverage`: a table of rules by languages."""

from collections.abc import Sequence
from pathlib import Path

import click

from monitor.cli.output import say, say_object, say_table, style
from monitor.cli.shell import Shell, pass_shell
from monitor.rules.coverage import COMPLETE, Cover, covers, languages_of

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command("coverage")
@click.argument("folder", required=False, type=_FOLDER, metavar="[PATH]")
@click.option("--json", "is_json", is_flag=True, help="One JSON object.")
@pass_shell
def command(shell: Shell, folder: Path | None, is_json: bool) -> None:
    """Show how each rule is covered in each language.

    Each cell is the number of tests that must hit, a slash, and of those that must not. "!" says that a lexicon
    which the rule needs has no words in the language; which one stands below the table.

    \b
    For example:
      relations-monitor rules coverage
      relations-monitor rules coverage --json ~/my-rules
    """
    loaded, _ = shell.rules(folder)
    langs = languages_of(loaded.pack)
    found = covers(loaded.pack, langs)
    if is_json:
        say_object({"complete": list(COMPLETE), "coverage": [_as_object(cover) for cover in found]})
        return
    say_table(("rule", *langs), [_row(cells) for cells in _rows(found, len(langs))])
    for cover in found:
        if cover.wordless:
            say(f"{style('no words', 'yellow')}: {cover.rule} in {cover.lang}: {_names(cover.wordless)}")
    say(f"complete: {', '.join(COMPLETE)}")


def _rows(found: Sequence[Cover], width: int) -> list[Sequence[Cover]]:
    return [found[at : at + width] for at in range(0, len(found), width)]


def _row(cells: Sequence[Cover]) -> tuple[object, ...]:
    return (cells[0].rule, *(f"{one.hits}/{one.misses}{'!' if one.wordless else ''}" for one in cells))


def _names(wordless: Sequence[str]) -> str:
    return ", ".join(f"#{name}" for name in wordless)


def _as_object(cover: Cover) -> dict[str, object]:
    return {
        "rule": cover.rule,
        "lang": cover.lang,
        "hits": cover.hits,
        "misses": cover.misses,
        "wordless": list(cover.wordless),
        "is_hole": cover.is_hole,
    }
