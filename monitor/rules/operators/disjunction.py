"""`A OR B`: either; each branch binds its own roles."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node
from monitor.rules.spans import Interval, Key, View, minimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Or(Node):
    """Any of the operands."""

    parts: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        """The operands, in the order of the text."""
        return self.parts

    @property
    def is_placeless(self) -> bool:
        """Where all its operands are."""
        return all(part.is_placeless for part in self.parts)

    def find(self, view: View) -> list[Interval]:
        """The places of every operand."""
        return minimal(interval for part in self.parts for interval in part.find(view))

    def holds(self, views: tuple[View, ...]) -> bool:
        """Whether any operand is true of the part."""
        return any(part.holds(views) for part in self.parts)

    def holds_anyway(self, view: View) -> bool:
        """Whether a branch without a place is true."""
        return any(part.holds_anyway(view) for part in self.parts)

    def needs(self) -> tuple[frozenset[Key], ...]:
        """One key of any branch: of each its first need. A branch that needs nothing leaves nothing needed."""
        first = [part.needs()[:1] for part in self.parts]
        if not all(first) or any(part.is_placeless for part in self.parts):
            return ()
        return (frozenset(key for need in first for key in need[0]),)
