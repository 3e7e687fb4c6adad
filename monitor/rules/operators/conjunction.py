"""`A AND B`, or just `A B`: both in one scope; its interval is the hull."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class And(Node):
    """All operands in one scope."""

    parts: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        """The operands, in the order of the text."""
        return self.parts
