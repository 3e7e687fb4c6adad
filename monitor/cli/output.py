"""How commands speak: results on standard output, the rest on standard error, colour only where it is seen.

Texts from feeds are untrusted: `plain` keeps their control signs off the terminal.
"""

import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta, tzinfo
from typing import Final, TextIO

import click

SCHEMA_VERSION: Final = 1
"""Of the JSON that commands print; it goes up when a key changes its meaning or leaves."""
NO_FEEDS: Final = "no feeds are configured: `relations-monitor feeds add URL` adds one"
"""Said wherever somebody may wait for alerts that can't come."""

_COLOURS: Final = {
    "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36", "bold": "1", "dim": "2",
}  # fmt: skip
_KEPT_SIGNS: Final = "\n\t\u200c\u200d"
"""Line end, tab, and the joiners that some scripts need."""


_wanted: ContextVar[bool | None] = ContextVar("colour", default=None)


@contextmanager
def colour_asked_for() -> Iterator[None]:
    """Within it, what `want_colour` says holds; afterwards it is forgotten."""
    token = _wanted.set(None)
    try:
        yield
    finally:
        _wanted.reset(token)


def want_colour(is_wanted: bool | None) -> None:
    """Say that colour is wanted or not, whatever the stream; None lets the stream decide."""
    _wanted.set(is_wanted)


def has_colour(stream: TextIO) -> bool:
    """Whether colour is asked for; else whether it would be seen: a terminal, no NO_COLOR, and not a dumb one."""
    wanted = _wanted.get()
    if wanted is not None:
        return wanted
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def style(text: str, colour: str, stream: TextIO | None = None) -> str:
    """The text in a colour of `_COLOURS`, where the stream (standard output) shows it."""
    if not has_colour(stream or sys.stdout):
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def plain(text: str) -> str:
    """A text without the signs that steer a terminal or turn the order of letters around."""
    return "".join(
        letter for letter in text if letter in _KEPT_SIGNS or unicodedata.category(letter) not in ("Cc", "Cf")
    )


def say(text: str = "") -> None:
    """Print a line of result."""
    click.echo(text, color=has_colour(sys.stdout))


def note(text: str) -> None:
    """Print a line that is no result, on standard error."""
    click.echo(text, err=True, color=has_colour(sys.stderr))


def local(when: datetime | None, zone: tzinfo) -> str:
    """A moment as people read it, in their zone: "2026-11-24 09:30 KST"; "-" for none."""
    return when.astimezone(zone).strftime("%Y-%m-%d %H:%M %Z") if when else "-"


def screen_width(default: int = 100) -> int:
    """How many columns there are to write in; `default` where nobody can say, and never so few that nothing fits."""
    return max(shutil.get_terminal_size((default, 24)).columns, 40)


def say_object(fields: Mapping[str, object]) -> None:
    """Print one JSON object on one line, `schema_version` first. Times are ISO 8601, durations seconds."""
    say(as_json({"schema_version": SCHEMA_VERSION, **fields}))


def say_objects(rows: Iterable[Mapping[str, object]]) -> None:
    """Print JSON Lines: one object a line."""
    for row in rows:
        say(as_json(row))


def as_json(value: object) -> str:
    """A value as JSON on one line, letters of all scripts as they are."""
    return json.dumps(value, ensure_ascii=False, default=_jsonable)


def _jsonable(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case set() | frozenset():
            return sorted(value)
        case _:
            return str(value)


def say_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their columns: fitted to a terminal, at full width elsewhere."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    is_wide = not sys.stdout.isatty()
    console = Console(
        file=sys.stdout,
        no_color=not has_colour(sys.stdout),
        force_terminal=has_colour(sys.stdout),
        width=2000 if is_wide else None,
        highlight=False,
    )
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=is_wide)
    for row in rows:
        table.add_row(*(Text(plain(str(cell))) for cell in row))
    console.print(table)
