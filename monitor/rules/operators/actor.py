"""`@north-korea`, `@watched`, `@state`: an actor, one of a group, any actor of that kind."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node
from monitor.rules.spans import Interval, Key, View


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRef(Node):
    """An actor's id, a group's id or a kind of actor (`state`, `organisation`, ...), without the @."""

    name: str

    def keys(self) -> tuple[Key, ...]:
        """The one key."""
        return (("actor", self.name),)

    def find(self, view: View) -> list[Interval]:
        """Every place of it."""
        return [Interval(*span) for span in view.spans_of(("actor", self.name))]
