"""`/re/`: a regular expression on the original text of one sentence."""

import re
from dataclasses import dataclass
from functools import lru_cache

import regex

from monitor.rules.operators.node import Node
from monitor.rules.spans import Interval, Key, View

TIME_LIMIT = 0.25
"""Seconds of one search. A sane one takes microseconds, so only a runaway meets it, however loaded the machine."""
LITERAL_LENGTH = 3
"""Letters, digits, blanks and hyphens in a row that an expression must contain (one less outside ASCII, where words are
as short): the one search over the article finds them, and only a sentence that holds them pays for the expression.
Without any it would cost 9 to 44 µs an article."""
_QUANTIFIERS = frozenset("*?{")
_JOINTS = " -"
_ESCAPE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[pPN](?:\{[^}]*\}|.)|[gk]<[^>]*>|[0-9]+|.|$)", re.DOTALL
)


class RunawayError(Exception):
    """A regular expression that took longer than its time limit. `expression` is its text."""

    def __init__(self, expression: str) -> None:
        super().__init__(f"/{expression}/ took longer than {TIME_LIMIT} s on one sentence")
        self.expression = expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Regex(Node):
    """A regular expression, without its slashes; upper and lower case differ as `(?i)` says."""

    expression: str

    def keys(self) -> tuple[Key, ...]:
        """The literal that any match holds."""
        return (("literal", literal_of(self.expression)),)

    def find(self, view: View) -> list[Interval]:
        """The words that each match touches. Raises RunawayError."""
        if not view.spans_of(self.keys()[0]):
            return []
        try:
            spans = [match.span() for match in compiled(self.expression).finditer(view.text, timeout=TIME_LIMIT)]
        except TimeoutError:
            raise RunawayError(self.expression) from None
        return [Interval(*view.words_at(start, end)) for start, end in spans if start < end]


@lru_cache(maxsize=1024)
def compiled(expression: str) -> "regex.Pattern[str]":
    """The expression ready to search with. Raises regex.error where it is none."""
    return regex.compile(expression)


def literal_of(expression: str) -> str:
    """The longest run of letters, digits, blanks and hyphens that every match holds; "" if there is none.

    Read from the top level alone: what stands in groups, classes and alternatives, or before a `*`, `?` or `{`,
    may be missing from a match.
    """
    if _has_alternatives(expression):
        return ""
    best = run = ""
    at = 0
    while at < len(expression):
        letter = expression[at]
        following = expression[at + 1 : at + 2] or " "
        if letter in "([":
            at, letter = _past_group(expression, at), ""
        elif escape := _ESCAPE.match(expression, at):
            at, letter = escape.end() - 1, ""
        is_plain = letter.isalnum() or letter in _JOINTS
        if is_plain and letter and following not in _QUANTIFIERS:
            run += letter
        else:
            best, run = max(best, run, key=len), ""
        if is_plain and letter and following == "+":
            best, run = max(best, run, key=len), ""
        at += 1
    return max(best, run, key=len)


def _has_alternatives(expression: str) -> bool:
    """Whether a | stands outside every group and class."""
    at = 0
    while at < len(expression):
        if expression[at] == "|":
            return True
        if expression[at] in "([":
            at = _past_group(expression, at)
        elif expression[at] == "\\":
            at += 1
        at += 1
    return False


def _past_group(expression: str, at: int) -> int:
    """The place of the sign that closes the group or class which opens at `at`; the end where none does."""
    closing = {"(": ")", "[": "]"}
    waiting = [closing[expression[at]]]
    at += 1
    if expression[at : at + 1] == "^":
        at += 1
    if waiting == ["]"] and expression[at : at + 1] == "]":
        at += 1  # a ] that comes first in a class is one of its letters
    while at < len(expression):
        letter = expression[at]
        if letter == "\\":
            at += 1
        elif letter == waiting[-1]:
            waiting.pop()
            if not waiting:
                return at
        elif waiting[-1] == ")" and letter in "([":
            waiting.append(closing[letter])
        at += 1
    return len(expression)
