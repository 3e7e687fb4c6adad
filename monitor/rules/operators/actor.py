"""`@north-korea`, `@watched`, `@state`: an actor, one of a group, any actor of that kind."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRef(Node):
    """An actor's id, a group's id or a kind of actor (`state`, `organisation`, ...), without the @."""

    name: str
