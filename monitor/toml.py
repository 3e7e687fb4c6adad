"""TOML with the place of every key and value, for configuration and rule files alike.

`tomllib` reads the values and decides what is TOML; the scanner here only says where in the text each
key and value stands. It trusts that the text is valid, so it is short; on invalid text it stops early.
What a key means is for the reader of the file to say.
"""

import difflib
import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from monitor.errors import MonitorError, Place, Problem

Path_ = tuple[str | int, ...]
"""The way to a value: keys of tables and indexes of arrays, for example ("rule", 0, "match", 2, "act")."""


class TomlError(MonitorError):
    """A text that is not TOML, with the place of the first mistake."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.in_full())
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Toml:
    """A TOML file as values, each with its place."""

    file: str
    text: str = field(repr=False)
    values: dict[str, object] = field(repr=False)
    _lines: "_Lines" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lines", _Lines(self.file, self.text))

    def place(self, path: Path_, *, key: bool = False, offset: int | None = None) -> Place:
        """Where the value at `path` stands, or its key.

        `offset` counts characters into a string's content, escapes as the one character they stand for; without
        it the place is the opening quote.
        The value of a table is the bracket that opens its header. A path that is not there gives the
        place of its nearest ancestor that is; the empty path is the whole file. The first question
        costs a walk over the file, the others nothing.
        """
        spots = self._lines.spots()
        known = path
        while known and known not in spots:
            known = known[:-1]
        if not known:
            return Place(file=self.file)
        spot = spots[known]
        if key:
            return self._lines.place(spot.key)
        if offset is not None and known == path:
            return self._lines.place(_letter_at(self._lines.text, spot.value, offset))
        return self._lines.place(spot.value)

    def extent(self, path: Path_) -> tuple[Place, Place] | None:
        """The places of a value's first letter and of the one after its last, or None where there is no such value.

        For whoever must leave a value out when a line is shown (secrets).
        """
        spot = self._lines.spots().get(path)
        return None if spot is None else (self._lines.place(spot.value), self._lines.place(spot.end))


def parse(file: str, text: str) -> Toml:
    """Read a TOML text; `file` is the name that messages show.

    Raises TomlError with line, column and what was expected.
    """
    if text.startswith("\ufeff"):
        place = Place(file=file, line=1, column=1, text=text[1:].partition("\n")[0].rstrip("\r"))
        raise TomlError(
            Problem(place=place, because="the file begins with a byte order mark", expected="UTF-8 without one (BOM)")
        )
    try:
        return Toml(file=file, text=text, values=tomllib.loads(text))
    except RecursionError:
        problem = Problem(place=Place(file=file), because="arrays or tables are nested too deeply")
    except ValueError as error:  # tomllib lets the one for a number of too many digits through as it is
        problem = _explain(file, text, str(error))
    raise TomlError(problem)


def decode(file: str, raw: bytes) -> str:
    """The bytes of a file as text, line ends as they are.

    Raises TomlError where they are not UTF-8, with the line and column of the first byte that is wrong.
    """
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode()
        place = Place(file=file, line=good.count("\n") + 1, column=len(good) - good.rfind("\n"))
        problem = Problem(
            place=place, because=f"byte 0x{raw[error.start]:02x} is not UTF-8", expected="a file in UTF-8"
        )
    raise TomlError(problem)


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or nothing if none is near."""
    by_fold = {name.casefold().replace("_", "-"): name for name in known}
    near = difflib.get_close_matches(word.casefold().replace("_", "-"), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else ""


# --- what is wrong, for a person --------------------------------------------------------------------------------------

_AT = re.compile(r"^(?P<message>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.DOTALL)

_EXPLAINED: tuple[tuple[str, str, str], ...] = (
    ("Invalid statement", "this is neither a key nor a table", 'key = value, [table], or a comment after "#"'),
    ("Expected newline or end of document", "something follows the value",
     "one key and value a line; a text that holds \" in single quotes, '...'"),
    ("Expected ']' at the end", "the table's header is not closed", '"]" at its end'),
    ("Expected ']]' at the end", "the header is not closed", '"]]" at its end'),
    ("Expected '=' after a key", "a key without a value", 'key = value; a key with spaces or other signs in "quotes"'),
    ("Invalid initial character for a key part", "this can't begin a key", "letters, digits, - and _, or quotes"),
    ("Unclosed array", "the array is not closed", '"," or "]"'),
    ("Unclosed inline table", "the inline table is not closed", '"," or "}", all on one line'),
    ("Unescaped '\\'", "a lone backslash in a string", r"\\ for a backslash, or the string in 'single quotes'"),
    ("Invalid hex value", "an escape that is not hexadecimal", r"\uXXXX or \UXXXXXXXX"),
    ("Escaped character is not a Unicode", "an escape that stands for no character", r"a character, as in \u00e9"),
    ("Invalid date or datetime", "no such date or time", "a date like 2026-11-24 or a time like 10:00:00"),
    ("Invalid value", "this is no value", '"a text", 12, true, [an array] or {an = "inline table"}'),
)  # fmt: skip

_REPEATS = ("Cannot declare", "Cannot overwrite", "Cannot mutate", "Cannot redefine", "Duplicate inline")


def _explain(file: str, text: str, message: str) -> Problem:
    lines = _Lines(file, text)
    found = _AT.match(message)
    if found is None:
        long = re.search(r"[0-9][0-9_]{4000,}", lines.text)
        place = lines.place(long.start()) if long else Place(file=file)
        return Problem(place=replace(place, text=""), because="a number of too many digits")
    told = found["message"]
    at = lines.position(int(found["line"]), int(found["column"])) if found["line"] else len(lines.text)
    if told.startswith(_REPEATS):
        return _explain_repeat(lines, at)
    if told.startswith(("Found invalid character", "Illegal character")):
        if lines.text[at : at + 1] == "\n":
            return _explain_open_string(lines, at)
        return Problem(
            place=lines.place(at), because=f"a control character {lines.text[at]!r} that TOML does not allow"
        )
    for begins, because, expected in _EXPLAINED:
        if told.startswith(begins):
            return Problem(place=lines.place(at), because=because, expected=expected)
    return _explain_open_string(lines, at)


def _explain_open_string(lines: "_Lines", at: int) -> Problem:
    """Point at the quote that opens it: the end, where it is missed, may be many lines below."""
    scan = _Scan(lines.text)
    scan.run()
    last = list(scan.spots.values())[-1:]
    opened = last[0].value if last and lines.text[last[0].value] in "\"'" else at
    begins = lines.text[opened : opened + 3]
    quote = begins if begins in ('"""', "'''") else begins[:1]
    return Problem(place=lines.place(opened), because="the string is not closed", expected=f"{quote} at its end")


def _explain_repeat(lines: "_Lines", at: int) -> Problem:
    scan = _Scan(lines.text)
    scan.run()
    for path, first, again in scan.repeats:
        name = ".".join(str(part) for part in path)
        because = f"{name} is given twice, first in line {lines.place(first).line}"
        return Problem(place=lines.place(again), because=because, expected="each key and table once")
    return Problem(place=lines.place(at), because="a key or table is given twice", expected="each key and table once")


# --- where things stand -----------------------------------------------------------------------------------------------


class _Spot(NamedTuple):
    """Offsets of a key, of its value's first letter and of the end of the value."""

    key: int
    value: int
    end: int
    is_stated: bool
    """False where another key only passes through it: `a` in `a.b = 1` and `[a.b]`."""


class _Lines:
    """A text by lines, and its spots once they are asked for."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text.replace("\r\n", "\n")
        self._starts: list[int] = []
        self._spots: Mapping[Path_, _Spot] | None = None

    def spots(self) -> Mapping[Path_, _Spot]:
        if self._spots is None:
            scan = _Scan(self.text)
            scan.run()
            self._spots = scan.spots
        return self._spots

    def place(self, at: int) -> Place:
        if not self._starts:
            self._starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        row = bisect_right(self._starts, at) - 1
        start = self._starts[row]
        end = self.text.find("\n", start)
        line = self.text[start:] if end < 0 else self.text[start:end]
        return Place(file=self.file, line=row + 1, column=at - start + 1, text=line)

    def position(self, line: int, column: int) -> int:
        start = 0
        for _ in range(line - 1):
            start = self.text.index("\n", start) + 1
        return start + column - 1


class _StuckError(Exception):
    """The text is not valid TOML from here on."""


_TRIVIA = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_HEADER_END = re.compile(r"[ \t]*\]\]?")
_KEY = re.compile(r"""[ \t]*+(?:([A-Za-z0-9_-]++)|("(?:[^"\\\n]++|\\.)*+")|'([^'\n]*+)')(?:[ \t]*+(\.))?+""")
_BASIC = r'"(?:[^"\\\n]++|\\.)*+"'
_LITERAL = r"'[^'\n]*+'"
_LONG_BASIC = r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*"{3,5}'
_LONG_LITERAL = r"'''(?:[^']++|'{1,2}(?!'))*'{3,5}"
_SCALAR = re.compile(
    rf"{_LONG_BASIC}|{_LONG_LITERAL}|{_BASIC}|{_LITERAL}|[^\s,\]}}#\"'\[{{]+(?: [0-9][^\s,\]}}#]*)?", re.DOTALL
)
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LINE_FOLD = re.compile(r"\\[ \t]*\n[ \t\n]*")


class _Scan:
    """One walk over a text, noting where each key and value stands, and which are given twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spots: dict[Path_, _Spot] = {}
        self.repeats: list[tuple[Path_, int, int]] = []
        self._counts: dict[Path_, int] = {}

    def run(self) -> None:
        base: Path_ = ()
        try:
            at = self._skip(_TRIVIA, 0)
            while at < len(self.text):
                if self.text[at] == "[":
                    base, at = self._header(at)
                else:
                    at = self._pair(base, at)
                at = self._skip(_TRIVIA, at)
        except (_StuckError, IndexError, RecursionError):
            return  # what was found so far still has its place

    def _skip(self, pattern: re.Pattern[str], at: int) -> int:
        found = pattern.match(self.text, at)
        if found is None:
            raise _StuckError
        return found.end()

    def _keys(self, at: int) -> tuple[list[tuple[str, int]], int]:
        """The parts of a dotted key, each with where it begins, and where the last one ends."""
        parts: list[tuple[str, int]] = []
        while True:
            found = _KEY.match(self.text, at)
            if found is None:
                raise _StuckError
            bare, basic, literal, dot = found.groups()
            if basic is not None:
                parts.append((_unescaped(basic[1:-1]), found.start(2)))
            elif bare is not None:
                parts.append((bare, found.start(1)))
            else:
                parts.append((literal, found.start(3) - 1))
            at = found.end()
            if dot is None:
                return parts, at

    def _header(self, opened: int) -> tuple[Path_, int]:
        is_array = self.text[opened + 1] == "["
        parts, at = self._keys(opened + 1 + is_array)
        path: Path_ = ()
        for name, start in parts[:-1]:
            path = (*path, name)
            self.spots.setdefault(path, _Spot(start, start, start, False))
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        name, start = parts[-1]
        path = (*path, name)
        end = self._skip(_HEADER_END, at)
        if is_array:
            before = self.spots.get(path)
            index = self._counts.get(path, 0)
            if before is not None and index == 0:
                self.repeats.append((path, before.key, start))
            self.spots.setdefault(path, _Spot(start, opened, end, True))
            self._counts[path] = index + 1
            path = (*path, index)
        elif path in self.spots and self.spots[path].is_stated:
            self.repeats.append((path, self.spots[path].key, start))
        self.spots[path] = _Spot(start, opened, end, True)
        return path, end

    def _pair(self, base: Path_, at: int) -> int:
        parts, at = self._keys(at)
        path = base
        for name, start in parts[:-1]:
            path = (*path, name)
            self.spots.setdefault(path, _Spot(start, start, start, False))
        name, start = parts[-1]
        path = (*path, name)
        at = self._skip(_EQUALS, at)
        if path in self.spots:
            self.repeats.append((path, self.spots[path].key, start))
        return self._value(path, start, at)

    def _value(self, path: Path_, key: int, at: int) -> int:
        self.spots[path] = _Spot(key, at, at, True)
        first = self.text[at]
        if first == "[":
            end = self._array(path, at + 1)
        elif first == "{":
            end = self._inline_table(path, at + 1)
        else:
            end = self._skip(_SCALAR, at)
        self.spots[path] = _Spot(key, at, end, True)
        return end

    def _array(self, path: Path_, at: int) -> int:
        at = self._skip(_TRIVIA, at)
        index = 0
        while self.text[at] != "]":
            at = self._skip(_TRIVIA, self._value((*path, index), at, at))
            if self.text[at] == ",":
                at = self._skip(_TRIVIA, at + 1)
            index += 1
        return at + 1

    def _inline_table(self, path: Path_, at: int) -> int:
        at = self._skip(_TRIVIA, at)
        while self.text[at] != "}":
            at = self._skip(_TRIVIA, self._pair(path, at))
            if self.text[at] == ",":
                at = self._skip(_TRIVIA, at + 1)
        return at + 1


# --- inside strings ---------------------------------------------------------------------------------------------------


def _unescaped(content: str) -> str:
    if "\\" not in content:
        return content
    return _ESCAPE.sub(_meant, content)


def _meant(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code is None:
        return _ESCAPED.get(found[4], found[4])
    number = int(code, 16)
    return chr(number) if number < 0x110000 else found[0]


def _letter_at(text: str, start: int, offset: int) -> int:
    """Where the letter number `offset` of the string that begins at `start` stands; past its end, the closing quote.

    A value that is no string gives its start.
    """
    at = start
    for count, at in enumerate(_letters(text, start)):  # noqa: B007 (the last one is the answer)
        if count == offset:
            break
    return at


def _letters(text: str, start: int) -> Iterator[int]:
    """Where each letter of a string's content stands, and then its closing quote."""
    found = _SCALAR.match(text, start)
    if found is None or text[start] not in "\"'":
        yield start
        return
    quote = text[start]
    is_long = found.end() - start >= 6 and text.startswith(quote * 3, start)
    at = start + (3 if is_long else 1)
    end = found.end() - (3 if is_long else 1)
    if is_long and text[at] == "\n":
        at += 1
    while at < end:
        if quote == '"' and text[at] == "\\":
            fold = _LINE_FOLD.match(text, at) if is_long else None
            if fold is not None:
                at = fold.end()
                continue
            yield at
            escape = _ESCAPE.match(text, at)
            at = end if escape is None else escape.end()
        else:
            yield at
            at += 1
    yield end
