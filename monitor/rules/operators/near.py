"""`A NEAR/n B`, `A ONEAR/n B`, `A NOT NEAR/n B`: at most n words between."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node


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
