"""Who: actors and groups, from `actors/*.toml` to values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from monitor.errors import Place
from monitor.model import ActorCode

ActorKind = Literal["state", "organisation", "person", "media", "company", "vessel", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that a person holds or held. `since` and `until` are included; None is open."""

    title: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, organisation, person, medium or place. `code` is its own, or that of the actor it acts for (`of`).

    `names`, `weak` and `never` (written `not` in the file) hold terms as written, by language.
    """

    id: str
    code: ActorCode
    kind: ActorKind
    of: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    weak: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    offices: tuple[Office, ...] = ()
    is_affiliated: bool = False
    domains: tuple[str, ...] = ()
    place: Place = field(default=Place(file=""), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """All actors and groups by id. A group's members are ids of actors."""

    by_id: Mapping[str, Actor] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def whole(self, actor: Actor) -> Actor:
        """The actor at the end of the chain of `of`: the state for which a person or ministry acts."""
        seen = {actor.id}
        while actor.of and actor.of in self.by_id and actor.of not in seen:
            actor = self.by_id[actor.of]
            seen.add(actor.id)
        return actor
