"""`act:X`, `source:X`, `target:X`, `object:X`, `place:X`: X, in that role."""

from dataclasses import dataclass
from typing import Literal

from monitor.rules.operators.node import Node

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
