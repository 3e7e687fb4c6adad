"""What a grammar says of one act: who can be what, and which words govern it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from monitor.model import Language
from monitor.rules.sentence import Core, Sentence

Side = Literal["source", "target"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Grammar names a mention for a side. `strength` is 3 where it is sure, below 1 where it only hints."""

    strength: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The clause of an act as grammar sees it. Mentions are indexes into `Sentence.mentions`, words into `words`.

    `claims` says who is named for which side; `refused` who can be neither, and why; `speakers` who only says so
    (one of them may still have a claim: "Moscow said it would send"). `unnamed` are the sides that grammar gave
    to somebody who is no mention ("smugglers sent ..."), so that order must not fill them.
    `governing` are the words in whose reach the act stands (its verb group, what governs its clause), `near` those
    of them that belong to the act itself; `background` words reach it only as a memory ("honouring troops who ...").
    """

    claims: Mapping[tuple[int, Side], Claim] = field(default_factory=dict)
    refused: Mapping[int, str] = field(default_factory=dict)
    speakers: tuple[int, ...] = ()
    unnamed: frozenset[Side] = frozenset()
    is_passive: bool = False
    is_foreign: bool = False
    """The object belongs to another verb: this act and this object are no core."""
    location: int | None = None
    governing: frozenset[int] = frozenset()
    near: frozenset[int] = frozenset()
    background: frozenset[int] = frozenset()
    is_negated: bool = False
    is_future: bool = False
    """Said to come by form alone: a headline's infinitive, a question."""
    is_past: bool = False
    """Told as done by form alone."""
    is_tenseless: bool = False
    """A headline's noun, which tells no tense."""
    is_past_before: bool = False
    """Over before the story by form alone: a past perfect that no reporting verb made, a relative clause."""
    has_unnamed_speaker: bool = False


class Grammar(Protocol):
    """Reads the clause of an act in one language."""

    def __call__(self, sentence: Sentence, core: Core, language: Language, *, is_reciprocal: bool) -> Judgement:
        """The judgement of the act at `core`; pure, linear in the sentence."""
