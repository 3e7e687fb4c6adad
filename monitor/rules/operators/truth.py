"""`title:(...)`, `article:(...)`, `paragraph:(...)`: true if found there; a truth and not a place."""

from dataclasses import dataclass
from typing import Literal

from monitor.rules.operators.node import Node

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
