"""One act of a Russian or Ukrainian sentence: what its word is, and who has a claim to a side of it."""

from monitor.rules.grammars import slavic_words as sw
from monitor.rules.grammars.claims import Claims
from monitor.rules.grammars.judgement import Side
from monitor.rules.grammars.slavic_parsed import Parsed
from monitor.rules.grammars.slavic_phrases import Phrase
from monitor.rules.grammars.slavic_speech import find_speakers
from monitor.rules.sentence import Core


class Act(Claims):
    """The act with what is claimed of it so far."""

    def __init__(self, parsed: Parsed, core: Core, *, is_reciprocal: bool) -> None:
        super().__init__(parsed.line.sentence.mentions)
        self.parsed = parsed
        self.line = parsed.line
        self.core = core
        self.is_reciprocal = is_reciprocal
        self.head = self._head()
        self.kinds = self._kinds()
        self.clause = parsed.clause_of[self.head]
        is_inverted = self.has("inverted")
        self.agent: Side = "target" if is_inverted else "source"
        self.patient: Side = "source" if is_inverted else "target"
        self.is_passive = bool(self.kinds & sw.PASSIVE) or self._is_reflexive_passive()
        self.subject: Phrase | None = None
        self.speech = find_speakers(parsed, self.head, self.clause)

    def has(self, name: str) -> bool:
        """Whether the act's word belongs to a class."""
        return any(self.line.has(at, name) for at in range(*self.core.act))

    def _head(self) -> int:
        """The word of the act that is a verb, else its first."""
        first, last = self.core.act
        for at in range(first, min(last, self.line.n)):
            if self._as_verb(at):
                return at
        return first

    def _as_verb(self, at: int) -> int:
        """What an act's word is if it is any form of a verb; 0 for a noun of action."""
        kinds = self.line.kinds[at]
        if kinds & (sw.VERB | sw.INFINITIVE | sw.PARTICIPLE | sw.GERUND):
            return kinds
        return self.line.lexis.as_act(self.line.words[at]) if kinds & sw.NOUN else 0

    def _kinds(self) -> int:
        found = self._as_verb(self.head)
        if found and self.line.owner[self.head] < 0:
            self.line.kinds[self.head] = found
        return found or self.line.kinds[self.head]

    def _is_reflexive_passive(self) -> bool:
        """`поставляются`: a reflexive of a verb that otherwise takes an object."""
        if not self.kinds & sw.REFLEXIVE:
            return False
        return self.core.object is not None and not (self.has("arriving") or self.has("fighting"))

    @property
    def is_noun(self) -> bool:
        """Whether the act is a noun of action."""
        return not self.kinds & (sw.VERB | sw.INFINITIVE | sw.PARTICIPLE | sw.GERUND)

    def claim_phrase(self, phrase: Phrase, side: Side, strength: float, reason: str) -> bool:
        """Claims for all mentions of a phrase: its head most, what stands inside less."""
        for mention, depth in phrase.mentions.items():
            self.claim(mention, side, strength - 0.15 * abs(depth), reason)
        return bool(phrase.mentions)

    def refuse(self, phrase: Phrase, why: str) -> None:
        """Let no mention of a phrase be a party."""
        for mention in phrase.mentions:
            if mention in self.speech.speakers and self.is_owned_up():
                continue  # "в Кремле опровергли поставки ракет из Ирана"
            if not self.line.sentence.mentions[mention].is_place:
                self.refused.setdefault(mention, why)
            elif self.location is None:
                self.location = mention

    def is_object(self, phrase: Phrase) -> bool:
        return self.core.object is not None and phrase.start <= self.core.object[0] < phrase.end

    def is_time(self, phrase: Phrase) -> bool:
        return phrase.head >= 0 and self.line.owner[phrase.head] < 0 and self.line.has(phrase.head, "time")

    def is_named(self, mention: int) -> bool:
        return any(one == mention and claim.strength >= 1 for (one, _), claim in self.claims.items())

    def is_owned_up(self) -> bool:
        """Whether the clause denies or owns up to the act: who does so is mostly a party to it."""
        return self.is_noun and any(self.line.has(at, "owning") for at in self.clause.verbs(self.line))
