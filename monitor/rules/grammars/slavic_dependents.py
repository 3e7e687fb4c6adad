"""What depends on an act in Russian and Ukrainian: each noun phrase of its clause, by its case and its preposition."""

from monitor.rules.grammars import slavic_words as sw
from monitor.rules.grammars.judgement import Side
from monitor.rules.grammars.slavic_act import Act
from monitor.rules.grammars.slavic_phrases import Phrase

_REFUSED = {"according": "who says so", "topic_phrase": "a circumstance"}
_TOLD = {
    "to_phrase": ("to whom", 0.0), "for_phrase": ("for whom", 0.4), "against_phrase": ("against whom", 0.0),
    "between_phrase": ("between", 0.0),
}  # fmt: skip
"""What a preposition tells of the target, and how much less firmly than the plainest does."""


class Dependents(Act):
    """An act that asks of each noun phrase what it is to it."""

    def claim_dependent(self, phrase: Phrase) -> None:
        """What a noun phrase of the clause is to the act, by its preposition and its case."""
        is_beyond = phrase.prep and self.core.act[0] <= phrase.prep_at < self.core.act[1] <= phrase.head
        if self.is_object(phrase):
            self.claim_object(phrase)
        elif phrase.holds(self.core.act) and not is_beyond:
            self._claim_inside_act(phrase)
        elif phrase.prep:
            self._claim_by_preposition(phrase)
        elif phrase.head >= 0 and not self.is_time(phrase):
            self._claim_by_case(phrase)

    def _claim_by_case(self, phrase: Phrase) -> None:
        cases, owner = phrase.cases, self.line.owner[phrase.head]
        is_actor = owner >= 0 or self.line.has(phrase.head, "official") or bool(phrase.mentions)
        if not is_actor:
            return
        if cases == sw.I:
            if self.is_passive or self.is_noun:
                self.claim_phrase(phrase, self.agent, 3.0, "instrumental")
            return
        if cases == sw.ANY:
            self._claim_unmarked(phrase)
            return
        if cases & sw.D and not cases & (sw.N | sw.A):
            strength = 3.0 if cases & ~(sw.D | sw.L) == 0 else 2.4
            self.claim_phrase(phrase, self.patient if not self.has("inverted") else "target", strength, "dative")
            return
        if cases & (sw.A | sw.G) and not self.is_noun and not self.is_passive:
            is_direct = self.core.object is None or self.has("affecting")
            if is_direct:
                self.claim_phrase(phrase, self.patient, 2.8, "accusative")
        elif cases & sw.G and self.is_noun:
            self._claim_genitive(phrase)

    def _claim_unmarked(self, phrase: Phrase) -> None:
        """A name without cases (КНДР, США): before the verb its subject, behind it what the act still lacks."""
        if phrase.start < self.head and self.subject is None and not self.is_noun:
            self.claim_phrase(phrase, self.agent, 2.6, "nominative, by its place")
            self.subject = phrase
        elif self.is_noun:
            self._claim_genitive(phrase)
        else:
            side = self.patient if self.subject is not None else self.agent
            self.claim_phrase(phrase, side, 2.2, "behind the verb")

    def _claim_genitive(self, phrase: Phrase) -> None:
        """`визит Путина`, `посещение Китая`: who does it, or with some nouns to whom it is done."""
        is_next = phrase.start >= self.core.act[1]
        if self.has("taking"):
            self.claim_phrase(phrase, self.patient, 2.6, "genitive")
        elif is_next:
            self.claim_phrase(phrase, self.agent, 2.4, "genitive")

    def _claim_inside_act(self, phrase: Phrase) -> None:
        """Mentions in the phrase whose head is the act: an adjective before it, genitives behind it."""
        for mention, depth in phrase.mentions.items():
            span = self.line.sentence.mentions[mention]
            if span.last <= self.core.act[0]:
                if depth == -1 or self.line.kinds[span.first] & sw.ADJECTIVE:
                    self.claim(mention, self.agent, 2.6, "adjective of the act")
                continue
            obj = self.core.object
            is_behind_object = obj is not None and obj[0] < span.first and obj[0] >= self.core.act[0]
            mask = self.line.cases[span.first]
            if is_behind_object:
                self._claim_behind_object(mention, mask)
            elif self.has("taking"):
                self.claim(mention, self.patient, 2.6, "genitive")
            else:
                self.claim(mention, self.agent, 2.6 - 0.2 * max(depth - 1, 0), "genitive")

    def _claim_behind_object(self, mention: int, mask: int) -> None:
        """`поставки снарядов России`: to whom, where the form may be a dative; of whom, where it can't be one."""
        if self._hits_object():
            self.claim(mention, "target", 2.2, "genitive of the object")
        elif mask & sw.D and mask != sw.ANY and not self._has_goal():
            self.claim(mention, "target", 2.2, "dative behind the object")
        elif mask == sw.ANY and not self._has_goal():
            self.claim(mention, "source", 1.3, "genitive of the object")
        else:
            self.claim(mention, "source", 2.2, "genitive of the object")

    def _has_goal(self) -> bool:
        """Whether a phrase of the clause says to whom, by a preposition."""
        return any(
            phrase.prep in ("goal_phrase", "to_phrase", "for_phrase")
            and phrase.mentions
            and not phrase.holds(self.core.act)
            for phrase in self.parsed.phrases_in(self.clause)
        )

    def claim_object(self, phrase: Phrase) -> None:
        """Whose the object is gives it away, or is hit where the act hits what it has."""
        obj = self.core.object
        assert obj is not None
        side: Side = "target" if self._hits_object() else "source"
        if not phrase.prep and phrase.cases == sw.D:
            self.claim_phrase(phrase, "target", 2.8, "dative")
            return
        for mention, depth in phrase.mentions.items():
            span = self.line.sentence.mentions[mention]
            is_adjective = bool(self.line.kinds[span.first] & sw.ADJECTIVE)
            if phrase.holds(self.core.act) and span.first >= self.core.act[1] and not is_adjective:
                mask = self.line.cases[span.first]
                if span.first > obj[0]:
                    self._claim_behind_object(mention, mask)
                else:
                    self.claim(mention, self.agent, 2.4, "genitive")
            elif is_adjective or depth > 0:
                mask = self.line.cases[span.first]
                is_told = self.subject is not None or self.is_noun
                is_dative = not is_adjective and mask & sw.D and mask != sw.ANY and is_told
                if is_dative and not self._has_goal() and not self.is_passive:
                    self.claim(mention, "target", 2.2, "dative behind the object")
                else:
                    self.claim(
                        mention, side, 2.1, "adjective of the object" if is_adjective else "genitive of the object"
                    )
            else:
                self.claim(mention, side, 2.1, "object")

    def _claim_by_preposition(self, phrase: Phrase) -> None:
        """Who is meant by a phrase with a preposition, most of it told by the preposition alone."""
        prep = phrase.prep
        strength = 2.8 - 0.05 * max(phrase.start - self.core.act[1], 0) / 4
        if prep in ("with_phrase", "instrument_with"):
            self._claim_with(phrase, strength)
        elif prep == "goal_phrase":
            self._claim_goal(phrase, strength)
        elif prep == "against_phrase" and self.has("fighting"):
            self.refuse(phrase, "enemy")
        elif prep == "topic_phrase" and self._is_side(self.line.words[phrase.prep_at]):
            self.claim_phrase(phrase, "target", strength - 0.4, "for whom")
        elif prep == "topic_phrase" and any(self.line.has(at, "penalty") for at in range(phrase.start, phrase.end)):
            self.claim_phrase(phrase, "source", strength, "whose sanctions they are")
        elif prep in _REFUSED:
            self.refuse(phrase, _REFUSED[prep])
        elif prep == "from_phrase":
            is_hit = self.has("relieving") or self._is_penalty()
            self.claim_phrase(phrase, "target" if is_hit else "source", strength, "where it comes from")
        else:
            reason, less = _TOLD[prep]
            self.claim_phrase(phrase, "target", strength - less, reason)
            if prep == "between_phrase":
                self.claim_phrase(phrase, "source", strength, reason)

    def _is_side(self, word: str) -> bool:
        """`воюют за Россию`, `обходит санкции через Казахстан`: prepositions that elsewhere tell a circumstance."""
        return (word == "за" and self.has("fighting")) or (word == "через" and self._is_penalty())

    def _claim_with(self, phrase: Phrase, strength: float) -> None:
        """`с`: with whom, in the instrumental; from where, in the genitive."""
        if phrase.cases & sw.I:
            side = self.patient if self.has("inverted") else "target"
            self.claim_phrase(phrase, side, strength if self.is_reciprocal else 1.2, "with whom")
        elif phrase.prep == "instrument_with":
            is_hit = self.has("relieving") or self._is_penalty()
            self.claim_phrase(phrase, "target" if is_hit else "source", strength - 0.4, "where it comes from")

    def _is_penalty(self) -> bool:
        """Whether sanctions are what it is about: whose people and firms are named is hit, wherever they come from."""
        return any(self.line.has(at, "penalty") for at in self.clause.words)

    def _hits_object(self) -> bool:
        """Whether whose the object is suffers by the act: `заморозили активы РФ`."""
        if self.has("affecting"):
            return True
        obj = self.core.object
        return obj is not None and self._is_penalty() and not any(self.line.has(at, "penalty") for at in range(*obj))

    def _claim_goal(self, phrase: Phrase, strength: float) -> None:
        """`в` and `на`: where to, in the accusative; where, in the locative; against whom, after a word that hits."""
        word = self.line.words[phrase.prep_at]
        is_goal = bool(phrase.cases & sw.A)
        is_place = bool(phrase.cases & sw.L)
        if (
            self.has("inverted")
            and phrase.cases & sw.G
            and word in ("у", "в")
            and self.line.lexis.language.code == "uk"
        ):
            self.claim_phrase(phrase, "source", strength, "from whom")  # "закупить у США"
        elif self._is_war(phrase):
            self.refuse(phrase, "the war")
        elif is_goal and is_place:
            is_goal = not self._stays()
            is_place = not is_goal
        if phrase.mentions and not any(phrase.mentions.get(one) is not None for one in self.refused):
            if is_goal and not self.has("fighting"):
                self.claim_phrase(phrase, "target", strength if word != "на" else strength - 0.3, "where to")
            elif self.has("arriving") or self.has("placing"):
                self.claim_phrase(phrase, "target", strength - 0.6, "where")
            else:
                self.refuse(phrase, "where it happens")

    def _stays(self) -> bool:
        """Whether the act is one that happens at a place and goes nowhere."""
        return self.has("fighting") or (self.has("placing") and not self.has("arriving"))

    def _is_war(self, phrase: Phrase) -> bool:
        return any(self.line.has(at, "war") for at in range(phrase.start, phrase.end))
