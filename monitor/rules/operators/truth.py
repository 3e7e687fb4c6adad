"""`title:(...)`, `article:(...)`, `paragraph:(...)`: true if found there; a truth and not a place."""

from dataclasses import dataclass
from typing import Literal

from monitor.rules.operators.node import Node
from monitor.rules.spans import Interval, View

Where = Literal["title", "article", "paragraph"]
WHERES: tuple[Where, ...] = ("title", "article", "paragraph")


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth(Node):
    """Holds where the operand is found in that part of the article."""

    where: Where
    inner: Node

    def children(self) -> tuple[Node, ...]:
        """The one operand."""
        return (self.inner,)

    @property
    def is_placeless(self) -> bool:
        """Always: it is asked by `holds`."""
        return True

    def find(self, view: View) -> list[Interval]:
        """A truth has no place of its own."""
        return []

    def holds(self, views: tuple[View, ...]) -> bool:
        """Whether the operand is found in that part, seen from any of the sentences given."""
        return any(view.is_true(self.where, self.inner) for view in views[:1])
