"""A table of a rule file, read key by key, with everything wrong in it collected.

A definition of the user's folder may extend a shipped one: then a table has two parts, single values come
from the last that gives them, and lists are those of all parts in order. Each value keeps its place.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Literal, NamedTuple, TypeVar

from monitor.errors import Place, Problem
from monitor.toml import Path_, Toml, closest

_T = TypeVar("_T")
_LANGUAGES = {
    "english": "en", "russian": "ru", "ukrainian": "uk", "korean": "ko", "japanese": "ja", "chinese": "zh",
    "french": "fr",
}  # fmt: skip
Kind = Literal["actor", "group", "lexicon", "event", "language", "rule"]
Name = tuple[Kind, str]
"""A definition by its kind and id."""


@dataclass(slots=True)
class Report:
    """What is wrong with one definition, named by `owner` ("rule troop-transfer")."""

    owner: str
    problems: list[Problem] = field(default_factory=list)
    misses: list[Name] = field(default_factory=list)
    """What it names and there is not, a problem each."""
    knock_ons: list[Name] = field(default_factory=list)
    """What it names and was left out for a mistake of its own, a problem each."""
    is_old: bool = False
    """It is a last good version, in the place of one that is broken."""

    @property
    def is_bad(self) -> bool:
        """The definition is left out."""
        return bool(self.problems)

    @property
    def has_own_mistake(self) -> bool:
        """It would be left out even if all that it names were right."""
        return len(self.problems) > len(self.knock_ons)

    def add(self, place: Place, because: str, expected: str = "", hint: str = "") -> None:
        """Note one mistake."""
        self.problems.append(Problem(place=place, because=because, expected=expected, hint=hint, owner=self.owner))


class Written(NamedTuple):
    """A text as it stands in a file."""

    text: str
    toml: Toml
    path: Path_

    def place(self) -> Place:
        """Where the value stands."""
        return self.toml.place(self.path)

    def at(self, offset: int) -> Place:
        """Where its letter number `offset` stands, its quotes not counted."""
        if offset:
            return self.toml.place(self.path, offset=offset)
        start = self.toml.place(self.path)
        opened = start.text[start.column - 1 :]
        quotes = 3 if opened.startswith(('"""', "'''")) else 1
        return replace(start, column=start.column + quotes)


@dataclass(frozen=True, slots=True)
class Part:
    """One file's share of a table."""

    toml: Toml
    path: Path_
    values: dict[str, object]
    layer: int = 0
    """0 for the shipped files, 1 for the user's folder."""
    name: str = ""
    """Of the file, inside its folder."""


class Table:
    """A table and its parts. Reading a key marks it as known; `close` reports the others."""

    def __init__(self, parts: Iterable[Part], report: Report) -> None:
        self.parts = tuple(parts)
        self.report = report
        self._read: dict[str, None] = {}

    def keys(self) -> tuple[str, ...]:
        """All keys, in the order of the files."""
        return tuple(dict.fromkeys(key for part in self.parts for key in part.values))

    def has(self, key: str) -> bool:
        """Whether any part gives the key."""
        return any(key in part.values for part in self.parts)

    def place(self, key: str = "", *, of_key: bool = False) -> Place:
        """Where the table stands, or the value of a key, or the key itself."""
        part = self._giver(key) if key else None
        if part is None:
            part = self.parts[-1]
            return part.toml.place(part.path)
        return part.toml.place((*part.path, key), key=of_key)

    def fail(self, key: str, because: str, expected: str = "", hint: str = "", *, of_key: bool = False) -> None:
        """Note a mistake at a key's value; with no key, at the table."""
        self.report.add(self.place(key, of_key=of_key), because, expected, hint)

    # --- single values ---

    def written(self, key: str) -> Written | None:
        """A text with its place, or None."""
        self._read[key] = None
        part = self._giver(key)
        if part is None:
            return None
        value = part.values[key]
        if not isinstance(value, str):
            self.fail(key, f"{key} is {_told(value)}", "a text in quotes")
            return None
        return Written(value, part.toml, (*part.path, key))

    def text(self, key: str, default: str = "") -> str:
        """A text, or the default."""
        written = self.written(key)
        return default if written is None else written.text

    def needed(self, key: str, expected: str) -> str:
        """A text that must be there and not be empty."""
        if not self.has(key):
            self._read[key] = None
            self.fail("", f"{key} is missing", expected)
            return ""
        text = self.text(key)
        if isinstance(self.raw(key), str) and not text.strip():
            self.fail(key, f"{key} is empty", expected)
        return text

    def choice(self, key: str, known: Iterable[_T], default: _T) -> _T:
        """One of a closed set of texts."""
        written = self.written(key)
        if written is None:
            return default
        for one in known:
            if one == written.text:
                return one
        names = [str(one) for one in known]
        self.fail(key, f"unknown {key} {written.text}", f"one of {', '.join(names)}", closest(written.text, names))
        return default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """true or false."""
        value = self._typed(key, bool, "true or false, without quotes")
        return default if value is None else value

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number between two bounds."""
        expected = f"a whole number from {least} to {most}"
        number = self._typed(key, int, expected)
        if number is None:
            return default
        if isinstance(number, bool) or not least <= number <= most:
            self.fail(key, f"{key} is {_told(number)}", expected)
            return default
        return number

    def day(self, key: str) -> date | None:
        """A date without quotes; of a date with a time, its day."""
        value = self._typed(key, date, "a date without quotes, like 2027-06-30")
        return value.date() if isinstance(value, datetime) else value

    def moment(self, key: str) -> datetime | None:
        """A date, with a time or without (then noon UTC); no zone is UTC."""
        value = self._typed(key, date, "a date like 2026-01-15 or 2026-01-15T12:00:00Z, without quotes")
        if value is None:
            return None
        if not isinstance(value, datetime):
            return datetime.combine(value, time(12), UTC)
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)

    def raw(self, key: str) -> object:
        """A value of any type, or None."""
        self._read[key] = None
        part = self._giver(key)
        return None if part is None else part.values[key]

    # --- lists and tables ---

    def texts(self, key: str) -> list[Written]:
        """A list of texts with their places, those of all parts; nothing where the key is not there."""
        self._read[key] = None
        found: list[Written] = []
        for part, item, path in self._items(key):
            if isinstance(item, str):
                found.append(Written(item, part.toml, path))
            else:
                self.report.add(part.toml.place(path), f"{key} holds {_told(item)}", "texts in quotes")
        return found

    def choices(self, key: str, known: Iterable[_T]) -> list[_T]:
        """A list of words of a closed set."""
        found: list[_T] = []
        by_name = {str(one): one for one in known}
        for written in self.texts(key):
            if written.text in by_name:
                found.append(by_name[written.text])
            else:
                expected = f"any of {', '.join(by_name)}"
                hint = closest(written.text, by_name)
                self.report.add(written.place(), f"unknown {key} {written.text}", expected, hint)
        return found

    def table(self, key: str, expected: str = "a table") -> "Table | None":
        """A table inside this one."""
        self._read[key] = None
        parts: list[Part] = []
        for part in self.parts:
            if key not in part.values:
                continue
            value = part.values[key]
            if isinstance(value, dict):
                parts.append(Part(part.toml, (*part.path, key), value))
            else:
                self.report.add(part.toml.place((*part.path, key)), f"{key} is {_told(value)}", expected)
        return Table(parts, self.report) if parts else None

    def items(self, key: str) -> "list[Table | Written]":
        """A list whose entries are tables or texts."""
        self._read[key] = None
        found: list[Table | Written] = []
        for part, item, path in self._items(key):
            if isinstance(item, dict):
                found.append(Table((Part(part.toml, path, item),), self.report))
            elif isinstance(item, str):
                found.append(Written(item, part.toml, path))
            else:
                self.report.add(part.toml.place(path), f"{key} holds {_told(item)}", "texts in quotes, or tables")
        return found

    def by_language(self, key: str) -> dict[str, list[Written]]:
        """Lists of texts under the codes of languages: `names.en = [...]`."""
        inner = self.table(key, f'a list for each language: {key}.en = ["..."]')
        return {} if inner is None else {code: inner.texts(code) for code in inner.languages()}

    def languages(self, *besides: str) -> list[str]:
        """The keys that are codes of languages; a key that is none, and not one of `besides`, is a mistake."""
        found = []
        for key in self.keys():
            if key in (*besides, "extends", "enabled"):
                continue
            if 2 <= len(key) <= 3 and key.isascii() and key.isalpha() and key.islower():
                found.append(key)
            else:
                self._read[key] = None
                expected = "a code of a language, like en, ru or ko" + "".join(f", or {name}" for name in besides)
                hint = _LANGUAGES.get(key.lower()) or (key.lower() if len(key) == 2 else closest(key, besides))
                self.fail(key, f"unknown key {key}", expected, hint, of_key=True)
        return found

    def close(self, elsewhere: "dict[str, str] | None" = None) -> None:
        """Report every key that nobody read. `elsewhere` says where a key belongs that is often put here."""
        known = tuple(self._read)
        for key in self.keys():
            if key in self._read:
                continue
            where = (elsewhere or {}).get(key)
            hint = "" if where else closest(key, known)
            self.fail(key, f"unknown key {key}", where or f"one of {', '.join(sorted(known))}", hint, of_key=True)

    def canonical(self, *without: str) -> str:
        """The merged values as JSON, whatever the order of keys or the file they come from."""
        return json.dumps(
            {key: self._merged(key) for key in self.keys() if key not in without},
            sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str,
        )  # fmt: skip

    def _merged(self, key: str) -> object:
        values = [part.values[key] for part in self.parts if key in part.values]
        if len(values) > 1 and all(isinstance(value, list) for value in values):
            return [item for value in values if isinstance(value, list) for item in value]
        return values if len(values) > 1 and isinstance(values[-1], dict) else values[-1]

    def _giver(self, key: str) -> Part | None:
        for part in reversed(self.parts):
            if key in part.values:
                return part
        return None

    def _items(self, key: str) -> Iterator[tuple[Part, object, Path_]]:
        for part in self.parts:
            if key not in part.values:
                continue
            value = part.values[key]
            if isinstance(value, list):
                for index, item in enumerate(value):
                    yield part, item, (*part.path, key, index)
            else:
                expected, hint = "a list in [ ]", ""
                if isinstance(value, str) and '"' not in value:
                    hint = f'["{value}"]'
                elif isinstance(value, dict):
                    header = ".".join(str(step) for step in (*part.path, key) if isinstance(step, str))
                    expected, hint = "two brackets, since there may be many", f"[[{header}]]"
                self.report.add(part.toml.place((*part.path, key)), f"{key} is {_told(value)}", expected, hint)

    def _typed(self, key: str, kind: type[_T], expected: str) -> _T | None:
        value = self.raw(key)
        if value is None or isinstance(value, kind):
            return value
        self.fail(key, f"{key} is {_told(value)}", expected)
        return None


_KINDS: tuple[tuple[type, Callable[[object], str]], ...] = (
    (bool, lambda value: "true" if value else "false"),
    (int, lambda value: f"the number {value}"),
    (float, lambda value: f"the number {value}"),
    (str, lambda value: f'the text "{str(value)[:40]}"'),
    (list, lambda _: "a list"),
    (dict, lambda _: "a table"),
    (date, lambda value: f"the date {value}"),
)


def _told(value: object) -> str:
    """A value of the wrong type, in words."""
    return next((told(value) for kind, told in _KINDS if isinstance(value, kind)), str(value))
