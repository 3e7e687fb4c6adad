"""`NOT A`: A occurs nowhere in the scope; only beside something positive."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    """Holds where the operand is nowhere in the scope."""

    inner: Node

    def children(self) -> tuple[Node, ...]:
        """The one operand."""
        return (self.inner,)
