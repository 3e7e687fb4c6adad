"""`act:X`, `source:X`, `target:X`, `object:X`, `place:X`: X, in that role."""

from dataclasses import dataclass
from typing import Literal

from monitor.rules.operators.node import Node
from monitor.rules.spans import Interval, Key, View

Role = Literal["act", "source", "target", "object", "place"]
ROLES: tuple[Role, ...] = ("act", "source", "target", "object", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleOf(Node):
    """An operand that must be able to be this role; grammar decides which mention it is."""

    role: Role
    inner: Node

    def children(self) -> tuple[Node, ...]:
        """The one operand."""
        return (self.inner,)

    def find(self, view: View) -> list[Interval]:
        """Every place of the operand, bound to the role."""
        return [
            Interval(one.start, one.end, ((self.role, (one.start, one.end)), *one.bound))
            for one in self.inner.find(view)
        ]

    def needs(self) -> tuple[frozenset[Key], ...]:
        """What the operand needs."""
        return self.inner.needs()
