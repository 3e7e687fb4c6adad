"""The algebra of intervals that all operators share.

An interval is a stretch of words (end exclusive) with the roles that were bound inside it. A match of a
pattern is a minimal interval: none holds another with the same bindings. Method: Clarke, Cormack and
Burkowski, "An Algebra for Structured Text Search", 1995.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

Span = tuple[int, int]
Key = tuple[str, str]
"""What the automaton looks for: ("lexicon", id), ("word", term as written) or ("actor", id, group or kind)."""

INTERVAL_LIMIT = 256
"""Intervals kept of one operand in one sentence, from the left. A sentence holds at most some 750 words
(text/tokens.py), so only a text made to hurt reaches it; the work of an operator stays below 65,536 pairs."""


class Interval(NamedTuple):
    """A stretch of words with the roles bound in it, in order of binding."""

    start: int
    end: int
    bound: tuple[tuple[str, Span], ...] = ()


class View(Protocol):
    """The sentence under the operators, and its article around it."""

    @property
    def text(self) -> str:
        """The sentence as it was written."""

    @property
    def stretch(self) -> int:
        """How many words of the sentence count as one where distances are measured: 2 in unspaced writing, else 1."""

    def words_at(self, start: int, end: int) -> Span:
        """The words that characters `start` to `end` of `text` touch."""

    def spans_of(self, key: Key) -> Sequence[Span]:
        """Where the words of a key stand in the sentence, ascending."""

    def part(self, where: str) -> Sequence["View"]:
        """The sentences of a part of the article: "sentence" (itself), "title", "paragraph" (its own) or "article"."""

    def is_true(self, where: str, asked: "Asked") -> bool:
        """Whether a part of the article, seen from this sentence, satisfies a pattern; found out once for each part."""


class Asked(Protocol):
    """A pattern that is true or false of a part of an article."""

    def holds(self, views: tuple[View, ...]) -> bool:
        """Whether it is true of a part, given as its sentences."""


def minimal(intervals: Iterable[Interval]) -> list[Interval]:
    """Those that hold no other with the same bindings, by start. O(n log n)."""
    best: list[Interval] = []
    least_end: dict[tuple[tuple[str, Span], ...], int] = {}
    for interval in sorted(set(intervals), key=lambda one: (-one.start, one.end, one.bound)):
        if interval.end < least_end.get(interval.bound, 1 << 30):
            least_end[interval.bound] = interval.end
            best.append(interval)
    best.reverse()
    return best[:INTERVAL_LIMIT]


def words_between(left: Interval, right: Interval) -> int:
    """How many words stand between two intervals; 0 where they touch or overlap."""
    return max(max(left.start, right.start) - min(left.end, right.end), 0)


def joined(
    left: Sequence[Interval], right: Sequence[Interval], *, within: int | None, is_ordered: bool
) -> list[Interval]:
    """The hulls of a left and a right at most `within` words apart (None: anywhere in the sentence).

    One word may serve both sides. A role bound on both sides to different stretches makes no match.
    """
    found = []
    for one in left[:INTERVAL_LIMIT]:
        for other in right[:INTERVAL_LIMIT]:
            if is_ordered and other.start < one.end:
                continue
            if within is not None and words_between(one, other) > within:
                continue
            bound = tuple(sorted({*one.bound, *other.bound}))
            if len({role for role, _ in bound}) < len(bound):
                continue
            found.append(Interval(min(one.start, other.start), max(one.end, other.end), bound))
    return minimal(found)


def apart(left: Sequence[Interval], right: Sequence[Interval], *, within: int) -> list[Interval]:
    """The lefts with no right at most `within` words away."""
    return [one for one in left if all(words_between(one, other) > within for other in right)]
