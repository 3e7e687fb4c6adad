"""A sentence as grammar sees it: its words, the marks between them, and who is mentioned where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.model import ActorCode

Span = tuple[int, int]
"""Word positions in the sentence, end exclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One actor that a mention names: its own id and kind ("kim-jong-un", "person"), and the code it acts for ("PRK").

    A place ("kursk") has kind "place" and fills neither source nor target. A person out of office has neither id
    nor code: he may speak, and acts for nobody.
    """

    id: str
    kind: str
    code: ActorCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of words that names one actor, or several at once ("the US, Japan and South Korea" is one mention)."""

    first: int
    last: int
    """Exclusive."""
    actors: tuple[Named, ...]
    tail: str = ""
    """What its last word holds behind the name: a possessive, the particles of Korean (북한"에서")."""
    codes: frozenset[ActorCode] = field(init=False, repr=False, compare=False)
    """The codes of all it names."""
    is_place: bool = field(init=False, repr=False, compare=False)
    """Whether it names places and nobody who acts."""

    def __post_init__(self) -> None:
        """Find out once what each act in the sentence asks again."""
        object.__setattr__(self, "codes", frozenset([actor.code for actor in self.actors if actor.code]))
        object.__setattr__(self, "is_place", {actor.kind for actor in self.actors} <= {"place"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence (the title is one): n words and n + 1 gaps.

    `words` are folded (case, accents), `raw` as written. `gaps[i]` holds the marks before word i with white
    space taken out ("," or "" or '"'), `gaps[n]` those after the last word.
    """

    lang: str
    words: tuple[str, ...]
    raw: tuple[str, ...]
    gaps: tuple[str, ...]
    mentions: tuple[Mention, ...]
    is_title: bool = False
    cues: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """Where the cue words of each status stand in this sentence: status -> spans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """What happens in a clause: the act, and the object where the rule names one."""

    act: Span
    object: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What each role must be able to be: for source, target and place the mentions (indexes) that satisfy the rule.

    None: the rule does not ask for that role. `optional` roles may stay empty.
    """

    source: frozenset[int] | None
    target: frozenset[int] | None
    location: frozenset[int] | None = None
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who is what in one clause, and why. Roles are indexes of mentions; None is empty.

    `reasons` names the grammar for each role ("subject", "by-phrase", "to-phrase", "order"); `certainty` is 1
    where grammar named both sides, less where order decided.
    """

    source: int | None
    target: int | None
    location: int | None = None
    speakers: tuple[int, ...] = ()
    """Mentions that only say so."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    certainty: float = 1.0
