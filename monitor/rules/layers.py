"""Files to definitions: which rule, actor or lexicon stands where, and the user's folder laid over the shipped one.

Knows ids and nothing of what a definition means. The same id in the upper layer replaces the whole table;
with `extends = true` it adds to it, with `enabled = false` it switches it off. What it could not read it
notes, named where a name could be read, so that `past` can tell what is broken from what was deleted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.errors import Place, Problem
from monitor.rules.tables import Kind, Name, Part, Report, Table
from monitor.toml import Path_, Toml, TomlError, closest, parse

Texts = Mapping[str, str | None]
"""Files by their name inside a folder. None: it is there and can't be read; so is the whole folder `name/`."""
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
_SINGULAR: dict[str, Kind] = {"actors": "actor", "lexicons": "lexicon", "events": "event"}


@dataclass(frozen=True, slots=True)
class _Found:
    """One definition in one file."""

    kind: Kind
    id: str
    part: Part

    @property
    def owner(self) -> str:
        """How messages name it; a rule without an id by its place, a language without a code by its file."""
        return (
            f"the rule at {self.id}" if self.kind == "rule" and not _ID.fullmatch(self.id) else f"{self.kind} {self.id}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Torn:
    """A stretch of a file that could not be read, and that may hold more definitions than its mistake names.

    `owner` is the one that messages name. An empty `text` may have held any definition of that file (and `kind`).
    """

    layer: int
    name: str
    file: str
    owner: str = ""
    text: str = ""
    kind: Kind | None = None

    def may_have_held(self, definition: Name, part: Part) -> bool:
        """Whether a part of an earlier reading may have stood here."""
        kind, id_ = definition
        is_folder = not self.name or self.name.endswith("/")
        is_here = part.name.startswith(self.name) if is_folder else part.name == self.name
        if part.layer != self.layer or not is_here or self.kind not in (None, kind):
            return False
        return not self.text or re.search(rf"(?<![\w-]){re.escape(id_)}(?![\w-])", self.text) is not None


@dataclass(slots=True)
class Definitions:
    """Every definition by kind and id, ready to be read, and what was wrong on the way to them."""

    tables: dict[Kind, dict[str, Table]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    problems: list[Problem] = field(default_factory=list)
    off: dict[Name, Part] = field(default_factory=dict)
    """Switched off, by which part."""
    given: set[tuple[int, Name]] = field(default_factory=set)
    """Which layer gives which definition, right or wrong."""
    broken: set[Name] = field(default_factory=set)
    """Wrong before they could be read, by name; no upper layer replaces them."""
    torn: list[Torn] = field(default_factory=list)

    def bad(self) -> Iterator[tuple[Name, Table]]:
        """What was read and is wrong."""
        for kind in KINDS:
            for id_, table in self.tables[kind].items():
                if table.report.is_bad:
                    yield (kind, id_), table

    def afresh(self, left_out: Mapping[Name, Sequence[Problem]]) -> None:
        """Forget what was found wrong in the tables, so that they can be read again; but not of these."""
        for kind, tables in self.tables.items():
            for id_, table in tables.items():
                tables[id_] = unread(table.parts, table.report.owner, is_old=table.report.is_old)
                tables[id_].report.problems += left_out.get((kind, id_), ())


def unread(parts: Sequence[Part], owner: str, *, is_old: bool = False) -> Table:
    """A table that nobody has read."""
    table = Table(parts, Report(owner, is_old=is_old))
    table.raw("extends"), table.raw("enabled")  # known to every kind, read here
    return table


def definitions_in(layers: Sequence[tuple[str, Texts]]) -> Definitions:
    """All definitions of the layers, the lowest first; each layer is a prefix for messages and texts by name."""
    found = Definitions()
    for number, (prefix, texts) in enumerate(layers):
        first: dict[Name, _Found] = {}
        layer = _Layer(number, prefix, found)
        for one in layer.read(texts):
            before = first.setdefault((one.kind, one.id), one)
            if before is not one:
                because = f"{one.kind} {one.id} is defined twice, first at {_place(before)}"
                found.problems.append(
                    Problem(place=_place(one), because=because, expected="each id once in a folder", owner=one.owner)
                )
                layer.broken.add((one.kind, one.id))
            else:
                _lay_over(found, one)
        found.broken |= layer.broken
    return found


def the_one_in(layer: int, prefix: str, name: str, text: str) -> tuple[Name, Part]:
    """The definition that a text holds alone, as `past` writes them. Raises ValueError where it holds none."""
    for one in _Layer(layer, prefix, Definitions()).read({name: text}):
        return (one.kind, one.id), one.part
    raise ValueError("a text without a definition")


def _place(one: _Found) -> Place:
    toml, path = one.part.toml, one.part.path
    if one.kind == "rule":
        return toml.place((*path, "id"))
    return toml.place((*path, one.id), key=True) if path == ("groups",) else toml.place(path)


def _lay_over(found: Definitions, one: _Found) -> None:
    tables, name = found.tables[one.kind], (one.kind, one.id)
    found.given.add((one.part.layer, name))
    own = Table((one.part,), Report(one.owner))
    extends, is_enabled = own.flag("extends"), own.flag("enabled", default=True)
    below = tables.get(one.id)
    if extends and is_enabled and below is None:
        expected, hint = f"the id of a {one.kind} of the folder below", closest(one.id, tables)
        own.fail("extends", f"no {one.kind} {one.id} to extend", expected, hint, of_key=True)
    if not is_enabled or own.report.is_bad:
        if own.report.is_bad:
            found.broken.add(name)
        if not is_enabled:
            tables.pop(one.id, None)
            found.broken.discard(name)
            found.off[name] = one.part
        found.problems += own.report.problems
        return
    if extends and below is not None:
        tables[one.id] = unread((*below.parts, one.part), one.owner)
        return
    tables[one.id] = unread((one.part,), one.owner)
    found.broken.discard(name)
    found.off.pop(name, None)


# --- one layer --------------------------------------------------------------------------------------------------------


class _Layer:
    """Reads the files of one folder; what is wrong goes to the definitions."""

    def __init__(self, number: int, prefix: str, found: Definitions) -> None:
        self._number = number
        self._prefix = prefix
        self._found = found
        self._name = ""
        self.broken: set[Name] = set()

    def read(self, texts: Texts) -> Iterator[_Found]:
        for self._name in sorted(texts):
            text = texts[self._name]
            if text is None:
                self._tear()
                continue
            folder = self._name.split("/")[-2] if "/" in self._name else ""
            for toml in self._readable(self._prefix + self._name, text):
                if folder == "languages":
                    code = toml.values.get("code")
                    id_ = code if isinstance(code, str) else self._name
                    one = _Found("language", id_, self._part(toml, (), toml.values))
                    if id_ is not code and toml.values.get("enabled") is not False:
                        self._tear(one.owner)
                    yield one
                elif folder in _TABLES:
                    yield from self._in_tables(toml, folder)
                else:
                    yield from self._in_rule_file(toml)

    def _part(self, toml: Toml, path: Path_, values: dict[str, object]) -> Part:
        return Part(toml, path, values, self._number, self._name)

    def _tear(self, owner: str = "", text: str = "", kind: Kind | None = None) -> None:
        file = self._prefix + self._name
        self._found.torn.append(
            Torn(layer=self._number, name=self._name, file=file, owner=owner, text=text, kind=kind)
        )  # fmt: skip

    def _readable(self, file: str, text: str) -> Iterator[Toml]:
        """The file; where it is not TOML, those of its definitions that are by themselves, each at its own line.

        One missing quote so costs one rule and not its neighbours.
        """
        try:
            yield parse(file, text)
        except TomlError as error:
            starts = [header.start() for header in _HEADER.finditer(text)]
            if not starts:
                self._found.problems.append(error.problem)
                self._tear()
                return
            for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
                lines_before = text.count("\n", 0, start)
                chunk = text[start:end]
                try:
                    yield parse(file, "\n" * lines_before + chunk)
                except TomlError as mistake:
                    owner = self._owner_of(chunk)
                    self._tear(owner, chunk if owner else "")
                    self._found.problems.append(replace(mistake.problem, owner=owner))

    def _owner_of(self, chunk: str) -> str:
        """Which definition a stretch that is not TOML was meant to be, or nothing."""
        named = _NAMED.search(chunk)
        if named is None:
            return ""
        kind = _SINGULAR.get(named[1]) if named[1] else "rule"
        id_ = named[2] or named[3]
        if kind is None or not _ID.fullmatch(id_):
            return ""
        self.broken.add((kind, id_))
        return f"{kind} {id_}"

    def _in_tables(self, toml: Toml, folder: str) -> Iterator[_Found]:
        tables = _TABLES[folder]
        known = {name for name, _ in tables}
        for key in toml.values:
            if key not in known:
                expected = _belongs(key) or " or ".join(f"[{name}.ID]" for name in sorted(known))
                hint = "" if _belongs(key) else closest(key, known)
                self._fail(toml, (key,), f"unknown key {key}", expected, hint)
                self._tear()
        for name, kind in tables:
            values = toml.values.get(name)
            if values is None:
                continue
            if not isinstance(values, dict):
                self._fail(toml, (name,), f"{name} is no table", f"[{name}]")
                self._tear(kind=kind)
                continue
            for id_, value in values.items():
                yield from self._in_table(toml, name, kind, id_, value)

    def _in_table(self, toml: Toml, name: str, kind: Kind, id_: str, value: object) -> Iterator[_Found]:
        path: Path_ = (name, id_)
        if kind == "group" and isinstance(value, list):
            part = self._part(toml, (name,), {id_: value})  # a list alone: the group is its own key
            yield _Found(kind, id_, part)
        elif not isinstance(value, dict):
            shape, expected = "table", f"[{name}.{id_}]"
            if kind == "group":
                shape, expected = "list", f'the ids of actors: {id_} = ["..."]'
            self._fail(toml, path, f"{id_} is no {shape}", expected, owner=f"{kind} {id_}")
            self.broken.add((kind, id_))
        elif not _ID.fullmatch(id_):
            meant = re.sub(r"[^a-z0-9]+", "-", id_.casefold()).strip("-")
            owner = f"{kind} {id_}"
            self._fail(toml, path, f'"{id_}" is no id', "small letters, digits and hyphens", meant, owner=owner)
            self._tear(owner, kind=kind)
        else:
            yield _Found(kind, id_, self._part(toml, path, value))

    def _in_rule_file(self, toml: Toml) -> Iterator[_Found]:
        for key in toml.values:
            if key != "rule":
                elsewhere = _belongs(key)
                hint = "" if elsewhere else closest(key, ("rule",))
                self._fail(toml, (key,), f"unknown key {key}", elsewhere or "[[rule]]", hint)
                self._tear()
        rules = toml.values.get("rule", [])
        if isinstance(rules, dict):
            self._fail(toml, ("rule",), "[rule] is one table", "two brackets, since a file holds many", "[[rule]]")
            self._tear()
            return
        if not isinstance(rules, list):
            self._fail(toml, ("rule",), "rule is no table", "[[rule]]")
            self._tear()
            return
        for index, values in enumerate(rules):
            path: Path_ = ("rule", index)
            if not isinstance(values, dict):
                self._fail(toml, path, "rule is no table", "[[rule]]")
                self._tear()
                continue
            id_ = values.get("id")
            if not isinstance(id_, str) or not _ID.fullmatch(id_):
                id_ = str(toml.place(path))
                if values.get("enabled") is not False:
                    self._tear(f"the rule at {id_}")
            yield _Found("rule", id_, self._part(toml, path, values))

    def _fail(
        self, toml: Toml, path: Path_, because: str, expected: str, hint: str = "", *, owner: str = ""
    ) -> None:  # fmt: skip
        place = toml.place(path, key=True)
        self._found.problems.append(
            Problem(place=place, because=because, expected=expected, hint=hint, owner=owner)
        )  # fmt: skip


def _belongs(key: str) -> str:
    """Where a key belongs that stands at the top of a file of the wrong folder, or nothing."""
    folder = next((other for other, names in _TABLES.items() if key in {name for name, _ in names}), "")
    return f"it in a file of the folder {folder}/" if folder else ""
