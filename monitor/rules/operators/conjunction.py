"""`A AND B`, or just `A B`: both in one scope; its interval is the hull."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node
from monitor.rules.spans import Interval, Key, View, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class And(Node):
    """All operands in one scope."""

    parts: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        """The operands, in the order of the text."""
        return self.parts

    @property
    def is_placeless(self) -> bool:
        """Where all its operands are."""
        return all(part.is_placeless for part in self.parts)

    def find(self, view: View) -> list[Interval]:
        """The hulls of all operands that have a place; the others (NOT, truths) must hold."""
        found: list[Interval] | None = None
        for part in self.parts:
            places = [] if part.is_placeless else part.find(view)
            if not places:
                if not part.holds_anyway(view):
                    return []
                continue
            found = places if found is None else joined(found, places, within=None, is_ordered=False)
            if not found:
                return []
        return found or []

    def holds_anyway(self, view: View) -> bool:
        """Whether every operand is true by a branch without a place."""
        return all(part.holds_anyway(view) for part in self.parts)

    def holds(self, views: tuple[View, ...]) -> bool:
        """Whether every operand is true of the part, each anywhere in it."""
        return all(part.holds(views) for part in self.parts)

    def needs(self) -> tuple[frozenset[Key], ...]:
        """What all operands need."""
        return tuple(need for part in self.parts for need in part.needs())
