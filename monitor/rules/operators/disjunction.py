"""`A OR B`: either; each branch binds its own roles."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Or(Node):
    """Any of the operands."""

    parts: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        """The operands, in the order of the text."""
        return self.parts
