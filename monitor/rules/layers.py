"""Files to definitions: which rule, actor or lexicon stands where, and the user's folder laid over the shipped one.

Knows ids and nothing of what a definition means. The same id in the upper layer replaces the whole table;
with `extends = true` it adds to it, with `enabled = false` it switches it off.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from monitor.errors import Place, Problem
from monitor.rules.tables import Part, Report, Table
from monitor.toml import Path_, Toml, TomlError, closest, parse

Kind = Literal["actor", "group", "lexicon", "event", "language", "rule"]
KINDS: tuple[Kind, ...] = ("actor", "group", "lexicon", "event", "language", "rule")
_TABLES: dict[str, tuple[tuple[str, Kind], ...]] = {
    "actors": (("actors", "actor"), ("groups", "group")),
    "lexicons": (("lexicons", "lexicon"),),
    "events": (("events", "event"),),
}
"""By folder: the tables its files may hold, and what each holds."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_HEADER = re.compile(
    r"^(?:\[\[rule\]\]|\[(?:actors|lexicons|events)\.[^.\]\n]+\]|\[groups\])[ \t]*(?:#.*)?$", re.MULTILINE
)
_NAMED = re.compile(r"^\[(\w+)\.([^.\]\n]+)\]|^id\s*=\s*[\"']([^\"'\n]*)[\"']", re.MULTILINE)
_SINGULAR = {"actors": "actor", "lexicons": "lexicon", "events": "event"}


@dataclass(frozen=True, slots=True)
class _Found:
    """One definition in one file."""

    kind: Kind
    id: str
    part: Part

    @property
    def owner(self) -> str:
        """How messages name it; a rule without an id by its place."""
        return f"{self.kind} {self.id}" if _ID.fullmatch(self.id) else f"the rule at {self.id}"


@dataclass(slots=True)
class Definitions:
    """Every definition by kind and id, ready to be read, and what was wrong on the way to them."""

    tables: dict[Kind, dict[str, Table]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    problems: list[Problem] = field(default_factory=list)


def definitions_in(layers: Sequence[tuple[str, Mapping[str, str]]]) -> Definitions:
    """All definitions of the layers, the lowest first; each layer is a prefix for messages and texts by name."""
    found = Definitions()
    for prefix, texts in layers:
        first: dict[tuple[Kind, str], _Found] = {}
        for one in _in_layer(prefix, texts, found.problems):
            before = first.setdefault((one.kind, one.id), one)
            if before is not one:
                because = f"{one.kind} {one.id} is defined twice, first at {_place(before)}"
                found.problems.append(
                    Problem(place=_place(one), because=because, expected="each id once in a folder", owner=one.owner)
                )
            else:
                _lay_over(found, one)
    return found


def _place(one: _Found) -> Place:
    toml, path = one.part.toml, one.part.path
    if one.kind == "rule":
        return toml.place((*path, "id"))
    return toml.place((*path, one.id), key=True) if path == ("groups",) else toml.place(path)


def _lay_over(found: Definitions, one: _Found) -> None:
    tables = found.tables[one.kind]
    own = Table((one.part,), Report(one.owner))
    extends, is_enabled = own.flag("extends"), own.flag("enabled", default=True)
    below = tables.get(one.id)
    if extends and is_enabled and below is None:
        expected, hint = f"the id of a {one.kind} of the folder below", closest(one.id, tables)
        own.fail("extends", f"no {one.kind} {one.id} to extend", expected, hint, of_key=True)
    if not is_enabled or own.report.is_bad:
        if not is_enabled:
            tables.pop(one.id, None)
        found.problems += own.report.problems
        return
    parts = (*below.parts, one.part) if extends and below is not None else (one.part,)
    table = Table(parts, own.report)
    table.raw("extends"), table.raw("enabled")  # known to every kind, read here
    tables[one.id] = table


# --- one layer --------------------------------------------------------------------------------------------------------


def _in_layer(prefix: str, texts: Mapping[str, str], problems: list[Problem]) -> Iterator[_Found]:
    for name in sorted(texts):
        folder = name.split("/")[-2] if "/" in name else ""
        for toml in _readable(prefix + name, texts[name], problems):
            if folder == "languages":
                code = toml.values.get("code")
                yield _Found("language", code if isinstance(code, str) else name, Part(toml, (), toml.values))
            elif folder in _TABLES:
                yield from _in_tables(toml, folder, problems)
            else:
                yield from _in_rule_file(toml, problems)


def _readable(file: str, text: str, problems: list[Problem]) -> Iterator[Toml]:
    """The file; where it is not TOML, those of its definitions that are by themselves, each at its own line.

    One missing quote so costs one rule and not its neighbours.
    """
    try:
        yield parse(file, text)
    except TomlError as error:
        starts = [header.start() for header in _HEADER.finditer(text)]
        if not starts:
            problems.append(error.problem)
            return
        for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
            lines_before = text.count("\n", 0, start)
            chunk = text[start:end]
            try:
                yield parse(file, "\n" * lines_before + chunk)
            except TomlError as mistake:
                named = _NAMED.search(chunk)
                owner = ""
                if named is not None:
                    owner = f"{_SINGULAR.get(named[1], named[1])} {named[2]}" if named[1] else f"rule {named[3]}"
                problem = mistake.problem
                problems.append(
                    Problem(place=problem.place, because=problem.because, expected=problem.expected,
                            hint=problem.hint, owner=owner)
                )  # fmt: skip


def _in_tables(toml: Toml, folder: str, problems: list[Problem]) -> Iterator[_Found]:
    tables = _TABLES[folder]
    known = {name for name, _ in tables}
    for key in toml.values:
        if key not in known:
            elsewhere = next((other for other, names in _TABLES.items() if key in {name for name, _ in names}), "")
            expected = (
                f"it in a file of the folder {elsewhere}/"
                if elsewhere
                else " or ".join(f"[{name}.ID]" for name in sorted(known))
            )
            problems.append(
                _problem(toml, (key,), f"unknown key {key}", expected, "" if elsewhere else closest(key, known))
            )
    for name, kind in tables:
        values = toml.values.get(name)
        if values is None:
            continue
        if not isinstance(values, dict):
            problems.append(_problem(toml, (name,), f"{name} is no table", f"[{name}]"))
            continue
        for id_, value in values.items():
            path: Path_ = (name, id_)
            if kind == "group" and isinstance(value, list):
                yield _Found(kind, id_, Part(toml, (name,), {id_: value}))  # a list alone: the group is its own key
            elif not isinstance(value, dict):
                shape, expected = "table", f"[{name}.{id_}]"
                if kind == "group":
                    shape, expected = "list", f'the ids of actors: {id_} = ["..."]'
                problems.append(_problem(toml, path, f"{id_} is no {shape}", expected, owner=f"{kind} {id_}"))
            elif not _ID.fullmatch(id_):
                meant = re.sub(r"[^a-z0-9]+", "-", id_.casefold()).strip("-")
                expected = "small letters, digits and hyphens"
                problems.append(_problem(toml, path, f'"{id_}" is no id', expected, meant, owner=f"{kind} {id_}"))
            else:
                yield _Found(kind, id_, Part(toml, path, value))


def _in_rule_file(toml: Toml, problems: list[Problem]) -> Iterator[_Found]:
    for key in toml.values:
        if key != "rule":
            elsewhere = next((other for other, names in _TABLES.items() if key in {name for name, _ in names}), "")
            expected = f"it in a file of the folder {elsewhere}/" if elsewhere else "[[rule]]"
            hint = "" if elsewhere else closest(key, ("rule",))
            problems.append(_problem(toml, (key,), f"unknown key {key}", expected, hint))
    rules = toml.values.get("rule", [])
    if isinstance(rules, dict):
        problems.append(
            _problem(toml, ("rule",), "[rule] is one table", "two brackets, since a file holds many", "[[rule]]")
        )
        return
    if not isinstance(rules, list):
        problems.append(_problem(toml, ("rule",), "rule is no table", "[[rule]]"))
        return
    for index, values in enumerate(rules):
        if not isinstance(values, dict):
            problems.append(_problem(toml, ("rule", index), "rule is no table", "[[rule]]"))
            continue
        path: Path_ = ("rule", index)
        id_ = values.get("id")
        id_ = id_ if isinstance(id_, str) and _ID.fullmatch(id_) else str(toml.place(path))
        yield _Found("rule", id_, Part(toml, path, values))


def _problem(toml: Toml, path: Path_, because: str, expected: str, hint: str = "", *, owner: str = "") -> Problem:
    return Problem(place=toml.place(path, key=True), because=because, expected=expected, hint=hint, owner=owner)
