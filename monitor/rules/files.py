"""Rules and kinds of event, from TOML to values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from monitor.errors import Place
from monitor.model import ActorCode, EventKind, RuleId, Severity, Status
from monitor.rules.operators import Node

Scope = Literal["sentence", "paragraph", "article"]
Party = Literal["source", "target", "place"]
OPENS: frozenset[Status] = frozenset({"asserted", "alleged", "denied", "hypothetical"})
"""What may open a story where a rule does not say: all but what is past."""


HERE = "place"
"""Assumed for a side: the state to which the entry's place belongs ("arrives in Tianjin")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A pattern that suppresses a rule or an entry where it holds. After `until` it is void."""

    pattern: Node
    reason: str = ""
    owner: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of `match`: a frame (`act` with its sides) or a `pattern` spelled out. One of the two is None.

    `within_object` and `within_actors` are distances in words. `assume` gives a role that the sentence
    leaves to the reader, as the id of an actor or HERE.
    """

    act: Node | None = None
    object: Node | None = None
    source: Node | None = None
    target: Node | None = None
    location: Node | None = None
    """The frame's `place` side."""
    pattern: Node | None = None
    scope: Scope = "sentence"
    within_object: int = 8
    within_actors: int = 24
    optional: frozenset[Party] = frozenset()
    assume: Mapping[Party, str] = field(default_factory=dict)
    unless: tuple[Exclusion, ...] = ()
    lang: str = ""
    is_active_only: bool = False
    """`voice = "active"`: the passive is switched off."""
    place: Place = field(default=Place(file=""), repr=False)

    @property
    def is_frame(self) -> bool:
        """Judged by grammar around a core, and not by the shortest stretch."""
        return self.pattern is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A hit that a test expects. None for source or target is an empty role.

    None for `attribution` or `quantities` leaves them open; quantities are texts as written, in any order.
    """

    source: ActorCode | None = None
    target: ActorCode | None = None
    status: Status = "asserted"
    attribution: tuple[ActorCode, ...] | None = None
    quantities: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """A text with the hits of this rule that it must give: all of them and no other."""

    text: str
    title: str = ""
    lang: str = "en"
    published: datetime | None = None
    outlet: str = ""
    expect: tuple[Expected, ...] = ()
    place: Place = field(default=Place(file=""), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an analyst wrote, ready to be compiled. `digest` is over the rule and all that decides it."""

    id: RuleId
    title: str
    event: EventKind
    severity: Severity
    match: tuple[Entry, ...]
    digest: str = ""
    title_without_source: str = ""
    title_without_target: str = ""
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    why: str = ""
    exclude: tuple[Exclusion, ...] = ()
    opens: frozenset[Status] = OPENS
    """`status` in the file: what may open a story."""
    notify: tuple[str, ...] = ()
    sides: int = 0
    """So many sides must say so before it breaks quiet hours, and so many `independent` voices report it."""
    independent: int = 0
    tests: tuple[RuleTest, ...] = ()
    place: Place = field(default=Place(file=""), repr=False)
