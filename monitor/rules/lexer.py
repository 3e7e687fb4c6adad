"""The words and signs of a pattern's text, each with its place; `grammar` makes a tree of them."""

import re
from typing import Literal, NamedTuple, cast

import regex

from monitor.rules.operators import ROLES, WHERES
from monitor.rules.operators.regex import LITERAL_LENGTH, compiled, literal_of
from monitor.toml import closest

WORDS_LIMIT = 250
"""The largest n of NEAR/n: no sentence of prose is longer."""
OPERAND = 'a word, "a phrase", @actor, #lexicon, a role or ( ... )'
_PREFIXES = (*(f"{name}:" for name in ROLES), *(f"{name}:" for name in WHERES))


class PatternError(Exception):
    """A pattern that can't be read. `offset` counts characters into the pattern's text."""

    def __init__(self, offset: int, because: str, expected: str = "", hint: str = "") -> None:
        super().__init__(because)
        self.offset = offset
        self.because = because
        self.expected = expected
        self.hint = hint


Kind = Literal["(", ")", "word", "regex", "actor", "lexicon", "prefix", "AND", "OR", "NOT", "NEAR"]


class Token(NamedTuple):
    """A sign, or a word without its marks (`text`), and where it stands."""

    kind: Kind
    text: str
    start: int
    end: int


_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(r'"([^"]*)"')
_REGEX = re.compile(r"/((?:[^/\\]|\\.)+)/", re.DOTALL)
_BARE = re.compile(r'[^\s()"]+')
_PREFIX = re.compile(r"([A-Za-z_-]+):")
_DISTANCE = re.compile(r"([A-Za-z]+)/(\S*)")
_CURLY = re.compile("[“”„«»‟]")
_UNQUOTED = re.compile(r"[,;:\[\]{}<>|\\^?]")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_ALIEN = {
    "&": "AND", "&&": "AND", "+": "AND", "|": "OR", "||": "OR", "XOR": "OR", "ANDNOT": "NOT", "BUTNOT": "NOT",
    "ADJ": "ONEAR/0", "NEXT": "ONEAR/0", "WITHIN": "NEAR/5", "PRE": "ONEAR/5", "W": "NEAR/5",
}  # fmt: skip
"""How other search tools spell our operators."""


def tokens_of(text: str) -> list[Token]:
    """The tokens of a pattern. Raises PatternError at the first that means nothing."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        token = _token(text, at)
        found.append(token)
        at = token.end
    return found


def _token(text: str, at: int) -> Token:
    letter = text[at]
    if letter in "()":
        return Token("(" if letter == "(" else ")", letter, at, at + 1)
    if letter == '"':
        quoted = _QUOTED.match(text, at)
        if quoted is None:
            raise PatternError(at, "the quotation is not closed", 'a second "')
        return Token("word", quoted[1], at, quoted.end())
    if letter == "/":
        return _regex(text, at)
    if _CURLY.match(letter):
        raise PatternError(at, f"{letter} does not open a phrase", 'straight quotes, "a phrase"')
    prefix = _PREFIX.match(text, at)
    if prefix is not None:
        if prefix[0] not in _PREFIXES:
            raise PatternError(
                at, f"unknown role {prefix[0]}", f"one of {' '.join(_PREFIXES)}", closest(prefix[0], _PREFIXES)
            )
        return Token("prefix", prefix[1], at, prefix.end())
    bare = _BARE.match(text, at)
    assert bare is not None
    word = bare[0]
    if letter in "@#":
        return _reference(word, at)
    return _bare(word, at)


def _regex(text: str, at: int) -> Token:
    """A regular expression, from slash to slash; a slash inside it is written \\/."""
    found = _REGEX.match(text, at)
    if found is None:
        raise PatternError(at, "the regular expression is not closed", "a second /")
    expression = found[1].replace("\\/", "/")
    try:
        compiled(expression)
    except regex.error as error:
        place = at + 1 + (error.pos or 0)
        raise PatternError(min(place, found.end() - 1), f"not a regular expression: {error.msg}", OPERAND) from None
    literal = literal_of(expression)
    if len(literal) < (LITERAL_LENGTH if literal.isascii() else LITERAL_LENGTH - 1):
        expected = (
            "three letters or digits in a row outside groups and classes, so that it need not be tried on every text"
        )
        raise PatternError(at, "a regular expression without a literal", expected)
    return Token("regex", expression, at, found.end())


def _reference(word: str, at: int) -> Token:
    name = word[1:]
    what = "an actor" if word[0] == "@" else "a lexicon"
    if _NAME.fullmatch(name) is None:
        meant = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
        raise PatternError(
            at,
            f"{word} names no {what[2:].strip()}",
            f"{word[0]} and the id of {what}: small letters, digits and hyphens",
            word[0] + meant if meant else "",
        )
    return Token("actor" if word[0] == "@" else "lexicon", name, at, at + len(word))


def _bare(word: str, at: int) -> Token:
    """A word, or an operator between operands."""
    end = at + len(word)
    if word in {"AND", "OR", "NOT"}:
        return Token(cast(Kind, word), word, at, end)
    if word.upper() in ("AND", "OR", "NOT"):
        expected = f'operators in capitals, or the word itself in quotes, "{word}"'
        raise PatternError(at, f'"{word}" in small letters is no operator', expected, word.upper())
    if distance := _DISTANCE.fullmatch(word):
        return _near(distance[1], distance[2], at, end)
    if word.upper() in ("NEAR", "ONEAR"):
        raise PatternError(
            at, f"{word} without a distance", f"{word.upper()}/n, n being the most words between", f"{word.upper()}/5"
        )
    if word in _ALIEN:
        raise PatternError(at, f"unknown operator {word}", "AND, OR, NOT, NEAR/n, ONEAR/n", _ALIEN[word])
    if word[0] == "~":
        number = word[1:] if word[1:].isdecimal() else "5"
        raise PatternError(at, f"unknown operator {word}", "NEAR/n between two operands", f"NEAR/{number}")
    if word[0] in "-!" and len(word) > 1:
        raise PatternError(at, f"{word[0]} excludes nothing here", "NOT before the word", f"NOT {word[1:]}")
    if curly := _CURLY.search(word):
        raise PatternError(at + curly.start(), f"{curly[0]} closes no phrase", 'straight quotes, "a phrase"')
    if odd := _UNQUOTED.search(word):
        raise PatternError(at + odd.start(), f"a {odd[0]} in a word without quotes", f'quotes around it, "{word}"')
    return Token("word", word, at, end)


def _near(name: str, distance: str, at: int, end: int) -> Token:
    upper = name.upper()
    if upper not in ("NEAR", "ONEAR"):
        number = distance if distance.isdecimal() and distance.isascii() else "5"
        meant = _ALIEN.get(upper, "").partition("/")[0] or closest(upper, ("NEAR", "ONEAR"))
        if name != upper and not meant:
            return Token("word", f"{name}/{distance}", at, end)
        hint = f"{meant}/{number}" if meant else ""
        raise PatternError(at, f"unknown operator {name}/{distance}", "AND, OR, NOT, NEAR/n, ONEAR/n", hint)
    if not (distance.isascii() and distance.isdecimal()):
        raise PatternError(
            at, f"{name}/{distance} has no distance", f"{upper}/n, n being the most words between", f"{upper}/5"
        )
    if name != upper:
        raise PatternError(
            at, f'"{name}/{distance}" in small letters is no operator', "operators in capitals", f"{upper}/{distance}"
        )
    if len(distance) > 6 or int(distance) > WORDS_LIMIT:
        raise PatternError(at, f"{name}/{distance[:12]} is wider than any sentence", f"0 to {WORDS_LIMIT} words")
    return Token("NEAR", f"{name}/{int(distance)}", at, end)
