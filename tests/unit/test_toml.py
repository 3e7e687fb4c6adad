"""TOML with places: every place is where tomllib reads the value, and every mistake has its line and column."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import Place
from monitor.toml import Path_, Toml, TomlError, closest, decode, parse

# --- random documents -------------------------------------------------------------------------------------------------

_LETTERS = st.sampled_from("ab é한\U0001f600\t#=[]{},.'")
_BASIC_PARTS = st.one_of(_LETTERS, st.sampled_from(["\\n", '\\"', "\\\\", "\\u00e9", "\\U0001F600", "\\t"]))
_LONG_PARTS = st.one_of(_BASIC_PARTS, st.sampled_from(["\n", "\\\n   ", '"a', '""a', "\\  \n\n  b"]))
_LITERAL_PARTS = st.sampled_from('ab é한\U0001f600\t#=[]{},."\\')
_GAPS = st.sampled_from(["", " ", "\t "])
_BREAKS = st.sampled_from(["", " ", "\n", " # a comment ]}\"'\n", "\n\n  "])


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, max_size=6).map("".join)


_STRINGS = st.one_of(
    _joined(_BASIC_PARTS).map(lambda content: f'"{content}"'),
    _joined(_LITERAL_PARTS.filter(lambda letter: letter != "'")).map(lambda content: f"'{content}'"),
    st.tuples(st.sampled_from(["", "\n"]), _joined(_LONG_PARTS)).map(lambda both: f'"""{both[0]}x{both[1]}x"""'),
    st.tuples(st.sampled_from(["", "\n"]), _joined(st.one_of(_LITERAL_PARTS, st.sampled_from(["\n", "'a"])))).map(
        lambda both: f"'''{both[0]}x{both[1]}x'''"
    ),
    st.sampled_from(['"""a""""', '"""a"""""', "'''a''''", '""', "''", '""""""', "''''''"]),
)
_SCALARS = st.one_of(
    _STRINGS,
    st.integers().map(str),
    st.sampled_from(
        ["1.5", "-3e10", "true", "false", "0xff", "1_000", "2026-11-24", "10:00:00", "2026-11-24 10:00:00Z"]
    ),
)


def _keys(draw: st.DrawFn, number: int) -> str:
    """A key that no other key of the document is equal to."""
    letters = draw(_joined(st.sampled_from("ab-_7")))
    spaced = draw(_joined(st.sampled_from("a .#]é")))
    return draw(st.sampled_from([f"{letters}{number}", f'"{spaced}\\u00e9{number}"', f"'{spaced}{number}'"]))


class _Writer:
    """Writes one random, valid document."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.count = 0

    def key(self) -> str:
        self.count += 1
        return _keys(self.draw, self.count)

    def dotted(self) -> str:
        parts = [self.key() for _ in range(self.draw(st.integers(1, 3)))]
        return f"{self.draw(_GAPS)}.{self.draw(_GAPS)}".join(parts)

    def pair(self, depth: int) -> str:
        return f"{self.dotted()}{self.draw(_GAPS)}={self.draw(_GAPS)}{self.value(depth)}"

    def value(self, depth: int) -> str:
        kind = self.draw(st.sampled_from(["scalar", "scalar", "array", "table"])) if depth else "scalar"
        many = range(self.draw(st.integers(0, 3)))
        if kind == "array":
            cells = [f"{self.draw(_BREAKS)}{self.value(depth - 1)}{self.draw(_BREAKS)}" for _ in many]
            return f"[{','.join(cells)}{self.draw(st.sampled_from(['', ','])) if cells else ''}{self.draw(_BREAKS)}]"
        if kind == "table":
            cells = [f"{self.draw(_GAPS)}{self.pair(depth - 1)}{self.draw(_GAPS)}" for _ in many]
            return f"{{{','.join(cells)}}}"
        return self.draw(_SCALARS)

    def lines(self) -> str:
        comments = st.sampled_from(["", " # said = 'so'", "\n# [no.table]\n"])
        return "".join(
            f"{self.draw(_GAPS)}{self.pair(2)}{self.draw(comments)}\n" for _ in range(self.draw(st.integers(0, 3)))
        )

    def document(self) -> str:
        text = self.lines()
        arrays: list[str] = []
        for _ in range(self.draw(st.integers(0, 4))):
            kind = self.draw(st.sampled_from(["table", "array", "again", "inner"]))
            if kind == "table" or (not arrays and kind != "array"):
                text += f"[{self.draw(_GAPS)}{self.dotted()}{self.draw(_GAPS)}]\n"
            elif kind == "array":
                arrays.append(self.dotted())
                text += f"[[{arrays[-1]}]]\n"
            elif kind == "again":
                text += f"[[{self.draw(st.sampled_from(arrays))}]] # once more\n"
            else:
                text += f"[{self.draw(st.sampled_from(arrays))}.{self.dotted()}]\n"
            text += self.lines()
        return text.replace("\n", self.draw(st.sampled_from(["\n", "\r\n"])))


@st.composite
def documents(draw: st.DrawFn) -> str:
    return _Writer(draw).document()


def leaves(values: object, path: Path_ = ()) -> Iterator[tuple[Path_, object]]:
    """Every value below, with its path."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(values, dict):
        inner = list(values.items())
    elif isinstance(values, list):
        inner = list(enumerate(values))
    for step, value in inner:
        yield (*path, step), value
        yield from leaves(value, (*path, step))


def cut(toml: Toml, first: Place, last: Place) -> str:
    """The text between two places."""
    lines = toml.text.replace("\r\n", "\n").split("\n")
    if first.line == last.line:
        return lines[first.line - 1][first.column - 1 : last.column - 1]
    middle = lines[first.line : last.line - 1]
    return "\n".join([lines[first.line - 1][first.column - 1 :], *middle, lines[last.line - 1][: last.column - 1]])


@settings(max_examples=60, deadline=None)
@given(documents())
def test_every_place_is_where_tomllib_reads_the_value(text: str) -> None:
    toml = parse("f.toml", text)

    for path, value in leaves(toml.values):
        extent = toml.extent(path)
        assert extent is not None, path
        token = cut(toml, *extent)
        if token.startswith("[") and not isinstance(value, list) and isinstance(value, dict):
            header = tomllib.loads(token)  # a header names its table
            assert str(path[-1] if isinstance(path[-1], str) else path[-2]) in str(header)
        elif token == "":
            assert isinstance(value, dict | list)  # only passed through by the key of another
        elif token.startswith("[["):
            assert isinstance(value, list)
        else:
            assert tomllib.loads(f"x = {token}")["x"] == value


@settings(max_examples=60, deadline=None)
@given(documents())
def test_every_key_has_its_own_place(text: str) -> None:
    toml = parse("f.toml", text)

    for path, _ in leaves(toml.values):
        if isinstance(path[-1], str):
            place = toml.place(path, key=True)
            rest = place.text[place.column - 1 :]
            key = rest[: rest.index(rest[0], 1) + 1] if rest[0] in "\"'" else rest
            assert (
                path[-1] == next(iter(tomllib.loads(f"{key} = 1"))) if rest[0] in "\"'" else rest.startswith(path[-1])
            )


@settings(max_examples=60, deadline=None)
@given(documents())
def test_every_letter_of_a_string_has_its_place(text: str) -> None:
    toml = parse("f.toml", text)

    for path, value in leaves(toml.values):
        if isinstance(value, str):
            for offset, letter in enumerate(value):
                place = toml.place(path, offset=offset)
                assert _reads_as(place, letter), (place, letter)
            closing = toml.place(path, offset=len(value) + 5)
            assert closing.text[closing.column - 1] in "\"'"


def _reads_as(place: Place, letter: str) -> bool:
    rest = place.text[place.column - 1 :] + "\n"
    if rest[0] == letter:
        return True
    length = {"u": 6, "U": 10}.get(rest[1], 2)
    return rest[0] == "\\" and tomllib.loads(f'x = "{rest[:length]}"')["x"] == letter


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab=[]{}\"'.,\n\\#1 \r", max_size=40))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    try:
        parse("f.toml", text)
    except TomlError as error:
        place = error.problem.place
        lines = text.replace("\r\n", "\n").split("\n")
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1


# --- places by example ------------------------------------------------------------------------------------------------

RULES = """\
# rules
[[rule]]
id = "one"

[[rule]]
id = "two"
match = [
  { act = 'send NAER/5 troops', role = "source" },  # here
  { act = "caf\\u00e9 NAER" },
]
why = \"""
first
  second \\
     third\"""
[rule.limits]
days.most = 3
"""


@pytest.mark.parametrize(
    ("path", "is_key", "offset", "line", "column"),
    [
        pytest.param(("rule", 0, "id"), False, None, 3, 6, id="value"),
        pytest.param(("rule", 1, "id"), True, None, 6, 1, id="key"),
        pytest.param(("rule", 0, "id"), False, 0, 3, 7, id="first-letter"),
        pytest.param(("rule", 1), False, None, 5, 1, id="table-of-an-array"),
        pytest.param(("rule", 1, "match", 0, "act"), False, 5, 8, 17, id="inside-a-literal-string"),
        pytest.param(("rule", 1, "match", 1, "act"), False, 5, 9, 22, id="behind-an-escape"),
        pytest.param(("rule", 1, "match", 1, "act"), False, 99, 9, 26, id="past-the-end-is-the-closing-quote"),
        pytest.param(("rule", 1, "why"), False, 6, 13, 1, id="second-line-of-a-long-string"),
        pytest.param(("rule", 1, "why"), False, 15, 14, 6, id="behind-a-folded-line"),
        pytest.param(("rule", 1, "limits", "days", "most"), False, None, 16, 13, id="dotted-key"),
        pytest.param(("rule", 1, "limits", "days"), True, None, 16, 1, id="table-made-by-a-dotted-key"),
        pytest.param(("rule", 1, "match", 7, "act"), False, 3, 7, 9, id="missing-gives-the-nearest-ancestor"),
        pytest.param(("rule", 1, "limits", "weeks"), True, None, 15, 7, id="missing-key-gives-the-key-of-its-table"),
        pytest.param(("nothing",), False, None, 0, 0, id="missing-at-the-top-is-the-file"),
        pytest.param((), False, None, 0, 0, id="the-file"),
    ],
)
def test_place(path: Path_, is_key: bool, offset: int | None, line: int, column: int) -> None:
    toml = parse("rules.toml", RULES)

    place = toml.place(path, key=is_key, offset=offset)

    assert (place.file, place.line, place.column) == ("rules.toml", line, column)


def test_windows_line_ends_do_not_move_places() -> None:
    toml = parse("rules.toml", RULES.replace("\n", "\r\n"))

    place = toml.place(("rule", 1, "match", 1, "act"), offset=5)

    assert (place.line, place.column, place.text) == (9, 22, '  { act = "caf\\u00e9 NAER" },')


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('a = 1\nb = "x\n', 'f:2:5: the string is not closed; expected " at its end', id="open-string"),
        pytest.param('a = """x\ny\nz', 'f:1:5: the string is not closed; expected """', id="open-long-string"),
        pytest.param("a = 1\na = 2", "f:2:1: a is given twice, first in line 1; ", id="key-twice"),
        pytest.param(
            "[t]\nb = 1\n[t]", "f:3:2: t is given twice, first in line 1; ", id="table-twice"
        ),
        pytest.param(
            "a = {b = 1, b = 2}",
            "f:1:13: a.b is given twice, first in line 1; ",
            id="inline-key-twice",
        ),
        pytest.param("x =", "f:1:4: this is no value; ", id="no-value"),
        pytest.param("x = nope", "f:1:5: this is no value; ", id="bare-word"),
        pytest.param("x y = 1", "f:1:3: a key without a value; ", id="key-with-a-space"),
        pytest.param('x = "\\q"', "f:1:8: a lone backslash in a string; ", id="backslash"),
        pytest.param("x = 1 y = 2", "f:1:7: something follows the value; ", id="two-on-a-line"),
        pytest.param("a = [1, 2\nb = 3", 'f:2:1: the array is not closed; expected "," or "]"', id="open-array"),
        pytest.param("[a\nb = 1", "f:1:3: the table's header is not closed; ", id="open-header"),
        pytest.param("\ufeffa = 1", "f:1:1: the file begins with a byte order mark; ", id="byte-order-mark"),
        pytest.param("n = " + "9" * 5000, "f:1:5: a number of too many digits", id="long-number"),
        pytest.param("x = " + "[" * 9000, "f: arrays or tables are nested too deeply", id="nesting"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_place_and_remedy(text: str, said: str) -> None:
    with pytest.raises(TomlError) as raised:
        parse("f", text)

    assert str(raised.value.problem).startswith(said)


def test_a_mistake_is_shown_with_its_line_and_a_caret() -> None:
    with pytest.raises(TomlError) as raised:
        parse("f", "a = 1\nb = nope\n")

    assert raised.value.problem.in_full().endswith("\n  b = nope\n      ^")


def test_bytes_that_are_not_utf8_are_refused_with_their_place() -> None:
    with pytest.raises(TomlError) as raised:
        decode("f", "a = 'é'\nb = '한".encode() + b"\xff'")

    assert str(raised.value.problem) == "f:2:7: byte 0xff is not UTF-8; expected a file in UTF-8"


@pytest.mark.parametrize(
    ("word", "guess"), [("evry", "every"), ("TIMEOUT", "timeout"), ("size-limit", "size_limit"), ("zzz", "")]
)
def test_a_near_word_is_guessed(word: str, guess: str) -> None:
    assert closest(word, ("every", "timeout", "size_limit")) == guess


def test_the_last_of_four_hundred_tables_is_placed() -> None:
    rule = RULES.partition("[[rule]]\n")[2].partition("[[rule]]\n")[2]

    toml = parse("rules.toml", "".join(f"[[rule]]\n{rule}" for _ in range(400)))

    assert toml.place(("rule", 399, "id")).line == 399 * 12 + 2
