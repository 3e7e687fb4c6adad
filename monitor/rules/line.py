"""A sentence as numbers are read in it: its words with the characters that they take."""

from collections.abc import Sequence
from typing import NamedTuple

from monitor.rules.sentence import Sentence, Span


class Line(NamedTuple):
    """A sentence's words, folded and as written, the marks between them, and where they stand in `text`."""

    text: str
    places: Sequence[Span]
    words: Sequence[str]
    raw: Sequence[str]
    gaps: Sequence[str]
    named: frozenset[int]
    """Words that name an actor."""
    is_title: bool


def line_of(sentence: Sentence, text: str, places: Sequence[Span]) -> Line:
    """A sentence with the characters that its words take in `text`."""
    named = frozenset(at for one in sentence.mentions for at in range(one.first, one.last))
    return Line(text, places, sentence.words, sentence.raw, sentence.gaps, named, sentence.is_title)
