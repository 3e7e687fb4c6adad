"""`NOT A`: A occurs nowhere in the scope; only beside something positive."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node
from monitor.rules.spans import Interval, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    """Holds where the operand is nowhere in the scope."""

    inner: Node

    def children(self) -> tuple[Node, ...]:
        """The one operand."""
        return (self.inner,)

    @property
    def is_placeless(self) -> bool:
        """Always: it is asked by `holds`."""
        return True

    def find(self, view: View) -> list[Interval]:
        """What is absent has no place."""
        return []

    def holds(self, views: tuple[View, ...]) -> bool:
        """Whether the operand is nowhere in the part."""
        return not self.inner.holds(views)
