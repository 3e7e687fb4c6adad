"""Who did what to whom in Russian and Ukrainian: cases, prepositions, passives, deverbal nouns, and who only says so.

Word order is free there, so the roles of an act are read off the case of each noun phrase of its clause. What an
ending leaves open is decided by what the act is and what the others are. It decides nothing about rules: `roles` does.
"""

from monitor.rules.grammars import slavic_words as sw
from monitor.rules.grammars.judgement import Judgement
from monitor.rules.grammars.kept import Judgements, once_a_language
from monitor.rules.grammars.russian import ENDINGS as RUSSIAN
from monitor.rules.grammars.slavic_clauses import Clause
from monitor.rules.grammars.slavic_dependents import Dependents
from monitor.rules.grammars.slavic_parsed import Parsed
from monitor.rules.grammars.slavic_phrases import Phrase
from monitor.rules.grammars.slavic_speech import Speech
from monitor.rules.grammars.slavic_status import reach_of
from monitor.rules.grammars.slavic_words import Lexis, Line
from monitor.rules.grammars.ukrainian import ENDINGS as UKRAINIAN
from monitor.rules.sentence import Core

_ENDINGS = {"ru": RUSSIAN, "uk": UKRAINIAN}
_lexis_of = once_a_language(lambda language: Lexis(language, _ENDINGS[language.code]))


def _judged(parsed: Parsed, core: Core, is_reciprocal: bool) -> Judgement:
    return _Judging(parsed, core, is_reciprocal=is_reciprocal).result()


judge = Judgements(lambda sentence, language: Parsed(Line(sentence, _lexis_of(language))), _judged).of
"""The judgement of the act at a core of a Russian or Ukrainian sentence."""


class _Judging(Dependents):
    """The work on one act: finds its subject and walks over the phrases of its clause."""

    def result(self) -> Judgement:
        """Judge the act as the verb, the participle or the noun that it is."""
        self._judge()
        self._refuse_beyond()
        speech = self.speech
        self._heed_speech(speech)
        reach = reach_of(self.parsed, self.core, self.head, self.clause, speech)
        return Judgement(
            claims=self.claims,
            refused={mention: why for mention, why in self.refused.items() if not self.is_named(mention)},
            speakers=tuple(sorted(speech.speakers)),
            unnamed=frozenset(self.unnamed - {side for _, side in self.claims}),
            is_passive=self.is_passive,
            is_foreign=self._is_foreign(),
            location=self.location,
            governing=frozenset(reach.governing),
            near=frozenset(reach.near),
            background=frozenset(reach.background),
            is_negated=reach.is_negated,
            is_future=reach.is_future,
            has_unnamed_speaker=speech.has_unnamed,
        )

    def _refuse_beyond(self) -> None:
        """Who stands in a headline's other sentence is no party, nor is an enemy in the object's clause."""
        other = self.parsed.clause_of[self.core.object[0]] if self.core.object is not None else self.clause
        for phrase in self.parsed.phrases:
            clause = self.parsed.clause_of[phrase.start]
            if clause.block != self.clause.block:
                self.refuse(phrase, "in another sentence")
            elif clause is other and other is not self.clause and phrase.prep == "against_phrase":
                self.refuse(phrase, "enemy")

    def _is_foreign(self) -> bool:
        """Whether the object stands in a clause that is not the act's, nor tied to it by a relative or a participle."""
        if self.core.object is None:
            return False
        other = self.parsed.clause_of[self.core.object[0]]
        if other is self.clause:
            return self._is_beyond_verb()
        tied = ("participle", "relative", "gerund")
        return not (
            (self.clause.parent is other and self.clause.kind in tied)
            or (other.parent is self.clause and other.kind in tied)
            or (self.is_noun and other.parent is self.clause)
            or (self.has("owning") and other.parent is self.clause)  # "признала, что её солдаты ..."
        )

    def _is_beyond_verb(self) -> bool:
        """Whether a finite verb joined by `и` stands between act and object of one clause."""
        if self.core.object is None or self.is_noun:
            return False
        low, high = sorted((self.head, self.core.object[0]))
        if self.head < low or self.core.object[0] < self.head:
            return False
        return any(
            self.line.kinds[at] & sw.VERB and self.line.owner[at] < 0 and self.line.has(at - 1, "conjunction")
            for at in range(low + 1, high)
        )

    def _judge(self) -> None:
        is_predicate = self.head > 0 and self.line.has(self.head - 1, "be")
        if self.kinds & sw.PARTICIPLE and is_predicate:
            self._judge_verb()
        elif self.kinds & sw.PARTICIPLE and self.clause.kind != "participle" and not self.is_noun:
            self._judge_attribute()
        elif self.clause.kind == "participle" or self.kinds & sw.PARTICIPLE:
            self._judge_participle()
        elif self.is_noun:
            self._judge_noun()
        else:
            self._judge_verb()

    def _zone(self) -> tuple[int, int]:
        """The words around the act's verb up to other finite verbs that `и` joins to it."""
        words = self.clause.words
        low, high = words[0], words[-1] + 1
        verbs = [at for at in self.clause.verbs(self.line) if at != self.head]
        before = [at for at in verbs if at < self.head and self._is_joined(at, self.head)]
        behind = [at for at in verbs if at > self.head and self._is_joined(self.head, at)]
        if before:
            low = before[-1] + 1
        if behind:
            high = next(at for at in range(behind[0], self.head, -1) if self.line.has(at, "conjunction"))
        return low, high

    def _is_joined(self, left: int, right: int) -> bool:
        return any(self.line.has(at, "conjunction") and self.line.owner[at] < 0 for at in range(left + 1, right))

    def _judge_verb(self) -> None:
        low, high = self._zone()
        phrases = [one for one in self.parsed.phrases_in(self.clause) if low <= one.start < high]
        self.subject = self._subject(phrases, self.clause) or self._hidden(phrases) or self._outer_subject(phrases)
        if self.kinds & sw.INFINITIVE:
            if self._claim_steered(phrases):
                if self.subject is not None:  # who asks for it mostly gets it
                    self.claim_phrase(self.subject, self.patient, 1.3, "who asks for it")
                self.subject = None
            elif self._claim_planner(phrases):
                self.subject = None
        for phrase in phrases:
            if phrase is not self.subject:
                self.claim_dependent(phrase)
        self._claim_subject(phrases)

    def _hidden(self, phrases: list[Phrase]) -> Phrase | None:
        """`За солдат КНДР получает ...`: a name without cases right before the verb is its subject."""
        start = self.head
        while start > 0 and self.line.kinds[start - 1] & sw.CLOSED and not self.line.marks[start]:
            start -= 1
        for phrase in phrases:
            last = self.line.owner[phrase.end - 1]
            if phrase.end == start and last >= 0 and phrase.mentions.get(last, 0) > 0:
                mention = self.line.sentence.mentions[last]
                if self.line.cases[mention.first] == sw.ANY:
                    del phrase.mentions[last]
                    return Phrase(start=mention.first, end=mention.last, head=mention.first, mentions={last: 0})
        return None

    def _outer_subject(self, phrases: list[Phrase]) -> Phrase | None:
        """The subject that the act shares with another verb of its clause, or takes from the clause it hangs on."""
        whole = self.parsed.phrases_in(self.clause)
        if len(whole) > len(phrases):
            found = self._subject([one for one in whole if one.start < self.head], self.clause)
            if found is not None:
                return found
        for outer in self.clause.ancestors():
            found = self._subject(self.parsed.phrases_in(outer), outer)
            if found is not None:
                return found
        return None

    def _subject(self, phrases: list[Phrase], clause: Clause) -> Phrase | None:
        """The phrase in the nominative: one that can be nothing else, else the first one before the verb."""
        open_ones = [
            one for one in phrases if not one.prep and one.cases & sw.N and one.head >= 0 and self._may_be_subject(one)
        ]
        sure = [one for one in open_ones if one.cases == sw.N]
        if sure:
            return sure[0]
        verbs = clause.verbs(self.line)
        first = verbs[0] if verbs else self.head
        before = [one for one in open_ones if one.start < first]
        if before:
            return before[0]
        behind = [one for one in open_ones if one.start > first and one.mentions]
        has_verb_first = bool(behind) and behind[0].start == first + 1
        return behind[0] if has_verb_first else None

    def _may_be_subject(self, phrase: Phrase) -> bool:
        """Whether a phrase is no object and no time; of who travels the object is the subject ("прибыла делегация")."""
        is_traveller = (self.has("arriving") or self.has("affecting")) and phrase.cases & sw.N
        return (not self.is_object(phrase) or bool(is_traveller)) and not self.is_time(phrase)

    def _claim_subject(self, phrases: list[Phrase]) -> None:
        subject = self.subject
        if subject is None:
            if self.kinds & sw.MANY and self.kinds & sw.FINITE and not self.is_passive:
                self._claim_impersonal(phrases)
            return
        side = self.agent
        if self.is_passive:
            side = self.patient
            if self.core.object is not None:
                return
        is_own = self.parsed.clause_of[subject.start] is self.clause
        strength = 3.0 if subject.cases == sw.N else 2.7
        found = self.claim_phrase(
            subject, side, strength if is_own else 2.3, "nominative" if is_own else "subject of the main clause"
        )
        is_lexical = not self.line.kinds[subject.head] & sw.CLOSED
        if not found and is_own and not self.is_passive and subject.start < self.head and is_lexical:
            self.unnamed.add(side)

    def _claim_impersonal(self, phrases: list[Phrase]) -> None:
        """`В Пхеньяне отправили солдат`: who is at home there did it."""
        for phrase in phrases:
            if phrase.prep == "goal_phrase" and phrase.start < self.head:
                self.claim_phrase(phrase, self.agent, 1.6, "impersonal plural")

    def _claim_steered(self, phrases: list[Phrase]) -> bool:
        """`призвал Китай поставить`, `потребовал от США снять`: who is told to is the agent of the infinitive."""
        found = False
        for at in self.clause.verbs(self.line):
            if at < self.head and self.line.has(at, "steering"):
                for phrase in phrases:
                    if at < phrase.start < self.head and phrase.prep in ("", "from_phrase") and phrase.mentions:
                        found = self.claim_phrase(phrase, self.agent, 2.9, "who is told to")
        return found

    def _claim_planner(self, phrases: list[Phrase]) -> bool:
        """`попытки США конфисковать`: who has the plan is to carry it out."""
        for phrase in phrases:
            is_plan = phrase.head >= 0 and self.line.has(phrase.head, "own_word")
            if is_plan and phrase.end == self.head and phrase.mentions:
                return self.claim_phrase(phrase, self.agent, 2.9, "whose plan it is")
        return False

    # --- participles

    def _judge_attribute(self) -> None:
        """`поставленные Кореей снаряды`: a participle before its noun."""
        for phrase in self.parsed.phrases_in(self.clause):
            if phrase.start >= self.head - 1 or phrase.holds(self.core.act) or self.is_object(phrase):
                self.claim_dependent(phrase)

    def _judge_participle(self) -> None:
        """`снаряды, поставленные Кореей в Россию`; `войска, воюющие за Россию`: the noun before is patient or agent."""
        for phrase in self.parsed.phrases_in(self.clause):
            self.claim_dependent(phrase)
        noun = self._antecedent()
        if noun is None:
            return
        if self.is_object(noun):
            self.claim_object(noun)
        elif self.is_passive:
            self.claim_phrase(noun, self.patient, 2.4, "what the participle describes")
        else:
            self.claim_phrase(noun, self.agent, 2.4, "what the participle describes")

    def _antecedent(self) -> Phrase | None:
        """The phrase right before the participle's clause."""
        first = self.clause.words[0]
        before = [one for one in self.parsed.phrases if one.end <= first]
        return before[-1] if before else None

    # --- nouns of action

    def _judge_noun(self) -> None:
        low, high = self._noun_zone()
        phrases = [
            one for one in self.parsed.phrases_in(self.clause) if low <= one.start < high or one.holds(self.core.act)
        ]
        self.subject = None
        for phrase in phrases:
            if (
                phrase.start >= self.core.act[0]
                or phrase.holds(self.core.act)
                or phrase.prep
                or low == self.clause.words[0]
            ):
                self.claim_dependent(phrase)
        for phrase in self.parsed.phrases_in(self.clause):
            if phrase.start < low and phrase.prep == "goal_phrase":
                self.refuse(phrase, "where it happens")
        self._claim_governor()

    def _noun_zone(self) -> tuple[int, int]:
        """From the noun to the next finite verb."""
        words = self.clause.words
        first = self.core.act[0]
        verbs = [at for at in self.clause.verbs(self.line) if at > self.core.act[1]]
        before = [at for at in self.clause.verbs(self.line) if at < first]
        low = before[-1] if before else words[0]
        return low, verbs[0] if verbs else words[-1] + 1

    def _claim_governor(self) -> None:
        """The subject of the verb on which the noun hangs: its agent, unless it only speaks of the act."""
        verbs = self.clause.verbs(self.line)
        phrases = self.parsed.phrases_in(self.clause)
        if not verbs:
            return
        subject = self._subject([one for one in phrases if not one.holds(self.core.act)], self.clause)
        verb = min(verbs, key=lambda at: abs(at - self.head))
        if self.line.has(verb, "accusing") or self.line.has(verb, "steering"):
            self._claim_accused(verb, phrases, subject)
            return
        if subject is None or subject.holds(self.core.act):
            return
        if self.line.has(verb, "judging"):
            self.refuse(subject, "only judges it")
            return
        is_speech = self.line.has(verb, "speech")
        is_own = any(self.line.has(at, "own_word") for at in range(min(verb, self.head), self.head))
        is_light = self.line.has(verb, "light") or self.line.has(verb, "inverted")
        strength = 1.2 if is_speech and not is_own else 2.4 if is_light or is_own else 2.0
        if self.line.has(verb, "owning"):
            strength = 1.4
        is_turned = self.line.has(verb, "inverted") and not self.has("inverted")
        self.claim_phrase(subject, self.patient if is_turned else self.agent, strength, "subject of the clause")

    def _claim_accused(self, verb: int, phrases: list[Phrase], subject: Phrase | None) -> None:
        for phrase in phrases:
            is_other = phrase is not subject and not phrase.prep and phrase.mentions
            if is_other and phrase.start > verb and phrase.end <= self.core.act[0] + 1:
                self.claim_phrase(phrase, self.agent, 2.9, "who is accused")

    def _heed_speech(self, speech: Speech) -> None:
        """Who is accused is no speaker, and who only says so has no claim by the clause alone."""
        for mention in speech.speakers:
            for side in ("source", "target"):
                claim = self.claims.get((mention, side))
                if claim is not None and claim.strength < 1.3:
                    del self.claims[mention, side]
            if not self.is_named(mention) and not self.is_owned_up():
                self.refused.setdefault(mention, "only says so")
