"""`A NEAR/n B`, `A ONEAR/n B`, `A NOT NEAR/n B`: at most n words between."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node
from monitor.rules.spans import Interval, Key, View, apart, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Near(Node):
    """Two operands at most `words` words apart.

    `is_ordered`: the left one first; `is_negated`: a left with no right that near.
    """

    left: Node
    right: Node
    words: int
    is_ordered: bool = False
    is_negated: bool = False

    def children(self) -> tuple[Node, ...]:
        """Left and right."""
        return (self.left, self.right)

    def find(self, view: View) -> list[Interval]:
        """The shortest stretches with both, or the lefts that stand alone."""
        left = self.left.find(view)
        if not left:
            return []
        right = self.right.find(view)
        if self.is_negated:
            return apart(left, right, within=self.words * view.stretch)
        return joined(left, right, within=self.words * view.stretch, is_ordered=self.is_ordered)

    def needs(self) -> tuple[frozenset[Key], ...]:
        """What both sides need; a negated right side is not needed."""
        return self.left.needs() if self.is_negated else (*self.left.needs(), *self.right.needs())
