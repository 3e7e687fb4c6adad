"""The reference of the rule language as Markdown, from the code's own tables: operators, keys, warnings, events."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from monitor.model import SEVERITIES, STATUSES, EventKind
from monitor.rules.keys import TABLES, Keys, Shape
from monitor.rules.lint import WARNINGS
from monitor.rules.operators import OPERATORS

_NOTE: Final = "<!-- Made by `relations-monitor rules docs`; a test compares them. Edit the code, not this page. -->"


def reference(events: Mapping[str, EventKind]) -> str:
    """The whole page. It ends with a line end."""
    return "\n".join(_lines(events)) + "\n"


def _lines(events: Mapping[str, EventKind]) -> Iterator[str]:
    yield from (
        "# Reference of the rule language",
        "",
        _NOTE,
        "",
        "What it all means, with examples: [rules.md](rules.md).",
        "",
    )
    yield from ("## Operators", "Tightest first.", "")
    yield from _table(("form", "means"), ((_code(one.spelled), one.means) for one in OPERATORS))
    yield from ("", "## Keys", "A key marked * is needed.")
    for keys in TABLES.values():
        yield from ("", f"### `{keys.header}`", *_keys(keys))
    yield from ("", "### `[groups]`", 'Lists of the ids of actors: `watched = ["north-korea", "russia"]`.')
    yield from ("", "## Statuses and severities", "")
    yield f"A status is one of {_listed(STATUSES)}; a severity, from the least, one of {_listed(SEVERITIES)}."
    yield from ("", "## Warnings", "Of `rules check`; a warning is told and fails nothing.", "")
    yield from _table(("id", "means"), ((_code(one.id), one.means) for one in WARNINGS))
    yield from ("", "## Events", "")
    rows = ((_code(one.id), one.title, "yes" if one.is_reciprocal else "", one.means) for one in events.values())
    yield from _table(("event", "title", "reciprocal", "means"), rows)


def _keys(keys: Keys) -> Iterator[str]:
    rows = [
        (_code(name) + ("*" if key.is_needed else ""), _told(key.shape), key.means) for name, key in keys.keys.items()
    ]
    rows += [("code of a language", _told(key.shape), key.means) for key in (keys.by_pattern or {}).values()]
    yield from _table(("key", "holds", "is"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _told(shape: Shape) -> str:  # noqa: PLR0911 (a return a kind of shape)
    """What a value may be, in words."""
    match shape:
        case {"enum": list() as names}:
            return _listed(map(str, names))
        case {"anyOf": list() as shapes}:
            return ", or ".join(_told(one) for one in shapes)
        case {"type": "array", "items": {"type": "string", **rest}} if "enum" not in rest:
            return "a list of texts"
        case {"type": "array", "items": inner} if isinstance(inner, Mapping):
            return f"a list: {_told(inner)}"
        case {"$ref": str() as name}:
            return f"a table `{TABLES[name.rpartition('/')[2]].header}`"
        case {"type": "object"}:
            return "a table of lists"
        case {"type": "integer", "minimum": low, "maximum": high}:
            return f"a whole number, {low} to {high}"
        case {"type": "boolean"}:
            return "true or false"
        case {"format": "date"}:
            return "a date without quotes"
        case {"format": "date-time"}:
            return "a date with a time, without quotes"
        case _:
            return "a text"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_code, names))


def _code(text: str) -> str:
    return f"`{text}`"
