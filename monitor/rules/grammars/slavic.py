"""Who did what to whom in Russian and Ukrainian: cases, prepositions, passives, deverbal nouns, and who only says so.

Word order is free there, so the roles of an act are read off the case of each noun phrase of its clause. What an
ending leaves open is decided by what the act is and what the others are. It decides nothing about rules: `roles` does.
"""

from typing import NamedTuple

from monitor.model import Language
from monitor.rules.grammars import slavic_words as sw
from monitor.rules.grammars.judgement import Claim, Judgement, Side
from monitor.rules.grammars.russian import ENDINGS as RUSSIAN
from monitor.rules.grammars.slavic_clauses import Clause
from monitor.rules.grammars.slavic_parsed import Parsed
from monitor.rules.grammars.slavic_phrases import Phrase
from monitor.rules.grammars.slavic_speech import Speech, find_speakers
from monitor.rules.grammars.slavic_status import reach_of
from monitor.rules.grammars.slavic_words import Line, lexis_of
from monitor.rules.grammars.ukrainian import ENDINGS as UKRAINIAN
from monitor.rules.sentence import Core, Sentence, Span

_ENDINGS = {"ru": RUSSIAN, "uk": UKRAINIAN}
_KEPT_LIMIT = 64
_REFUSED = {"according": "who says so", "topic_phrase": "a circumstance"}
_TOLD = {
    "to_phrase": ("to whom", 0.0), "for_phrase": ("for whom", 0.4), "against_phrase": ("against whom", 0.0),
    "between_phrase": ("between", 0.0),
}  # fmt: skip
"""What a preposition tells of the target, and how much less firmly than the plainest does."""


class _Kept(NamedTuple):
    """A sentence as read, with the judgements of its acts."""

    parsed: Parsed
    judgements: dict[tuple[Span, Span | None, bool], Judgement]


_KEPT: dict[int, _Kept] = {}
"""The sentences last asked about, by identity."""


def judge(sentence: Sentence, core: Core, language: Language, *, is_reciprocal: bool) -> Judgement:
    """The judgement of the act at `core`."""
    lexis = lexis_of(language, _ENDINGS)
    kept = _KEPT.get(id(sentence))
    if kept is None or kept.parsed.line.sentence is not sentence or kept.parsed.line.lexis is not lexis:
        if len(_KEPT) >= _KEPT_LIMIT:
            _KEPT.clear()
        kept = _KEPT[id(sentence)] = _Kept(Parsed(Line(sentence, lexis)), {})
    act = (core.act, core.object, is_reciprocal)
    judgement = kept.judgements.get(act)
    if judgement is None:
        judgement = kept.judgements[act] = _Judging(kept.parsed, core, is_reciprocal=is_reciprocal).result()
    return judgement


class _Judging:
    """The work on one act: collects claims while it walks over the phrases of its clause."""

    def __init__(self, parsed: Parsed, core: Core, *, is_reciprocal: bool) -> None:
        self.parsed = parsed
        self.line = parsed.line
        self.core = core
        self.is_reciprocal = is_reciprocal
        self.claims: dict[tuple[int, Side], Claim] = {}
        self.refused: dict[int, str] = {}
        self.unnamed: set[Side] = set()
        self.location: int | None = None
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

    # --- claims

    def claim(self, mention: int, side: Side, strength: float, reason: str) -> None:
        """Note a claim, unless the mention has a better one to that side."""
        if self.line.sentence.mentions[mention].actors[0].kind == "place":
            if self.location is None:
                self.location = mention
            return
        old = self.claims.get((mention, side))
        if old is None or old.strength < strength:
            self.claims[mention, side] = Claim(strength=strength, reason=reason)

    def claim_phrase(self, phrase: Phrase, side: Side, strength: float, reason: str) -> bool:
        """Claims for all mentions of a phrase: its head most, what stands inside less."""
        for mention, depth in phrase.mentions.items():
            self.claim(mention, side, strength - 0.15 * abs(depth), reason)
        return bool(phrase.mentions)

    def refuse(self, phrase: Phrase, why: str) -> None:
        """Let no mention of a phrase be a party."""
        for mention in phrase.mentions:
            if mention in self.speech.speakers and self._is_owned_up():
                continue  # "в Кремле опровергли поставки ракет из Ирана"
            if not self.line.sentence.mentions[mention].is_place:
                self.refused.setdefault(mention, why)
            elif self.location is None:
                self.location = mention

    # --- the work

    def result(self) -> Judgement:
        """Judge the act as the verb, the participle or the noun that it is."""
        self._judge()
        self._refuse_beyond()
        speech = self.speech
        self._heed_speech(speech)
        reach = reach_of(self.parsed, self.core, self.head, self.clause, speech)
        return Judgement(
            claims=self.claims,
            refused={mention: why for mention, why in self.refused.items() if not self._is_named(mention)},
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

    def _is_named(self, mention: int) -> bool:
        return any(one == mention and claim.strength >= 1 for (one, _), claim in self.claims.items())

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
            self._claim_steered(phrases)
            if self._claim_planner(phrases):
                self.subject = None
        for phrase in phrases:
            if phrase is not self.subject:
                self._claim_dependent(phrase)
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
        return (not self._is_object(phrase) or bool(is_traveller)) and not self._is_time(phrase)

    def _is_object(self, phrase: Phrase) -> bool:
        return self.core.object is not None and phrase.start <= self.core.object[0] < phrase.end

    def _is_time(self, phrase: Phrase) -> bool:
        return phrase.head >= 0 and self.line.owner[phrase.head] < 0 and self.line.has(phrase.head, "time")

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

    def _claim_steered(self, phrases: list[Phrase]) -> None:
        """`призвал Китай поставить`: who is told to is the agent of the infinitive."""
        for at in self.clause.verbs(self.line):
            if at < self.head and self.line.has(at, "steering"):
                for phrase in phrases:
                    if at < phrase.start < self.head and not phrase.prep and phrase.mentions:
                        self.claim_phrase(phrase, self.agent, 2.9, "who is told to")

    def _claim_planner(self, phrases: list[Phrase]) -> bool:
        """`попытки США конфисковать`: who has the plan is to carry it out."""
        for phrase in phrases:
            is_plan = phrase.head >= 0 and self.line.has(phrase.head, "own_word")
            if is_plan and phrase.end == self.head and phrase.mentions:
                return self.claim_phrase(phrase, self.agent, 2.9, "whose plan it is")
        return False

    # --- what depends on the act

    def _claim_dependent(self, phrase: Phrase) -> None:
        """What a noun phrase of the clause is to the act, by its preposition and its case."""
        is_beyond = phrase.prep and self.core.act[0] <= phrase.prep_at < self.core.act[1] <= phrase.head
        if self._is_object(phrase):
            self._claim_object(phrase)
        elif phrase.holds(self.core.act) and not is_beyond:
            self._claim_inside_act(phrase)
        elif phrase.prep:
            self._claim_by_preposition(phrase)
        elif phrase.head >= 0 and not self._is_time(phrase):
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

    def _claim_object(self, phrase: Phrase) -> None:
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
            self.claim_phrase(phrase, "target", strength if self.is_reciprocal else 1.2, "with whom")
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
        if self._is_war(phrase):
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

    # --- participles

    def _judge_attribute(self) -> None:
        """`поставленные Кореей снаряды`: a participle before its noun."""
        for phrase in self.parsed.phrases_in(self.clause):
            if phrase.start >= self.head - 1 or phrase.holds(self.core.act) or self._is_object(phrase):
                self._claim_dependent(phrase)

    def _judge_participle(self) -> None:
        """`снаряды, поставленные Кореей в Россию`; `войска, воюющие за Россию`: the noun before is patient or agent."""
        for phrase in self.parsed.phrases_in(self.clause):
            self._claim_dependent(phrase)
        noun = self._antecedent()
        if noun is None:
            return
        if self._is_object(noun):
            self._claim_object(noun)
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
                self._claim_dependent(phrase)
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
            if not self._is_named(mention) and not self._is_owned_up():
                self.refused.setdefault(mention, "only says so")

    def _is_owned_up(self) -> bool:
        """Whether the clause denies or owns up to the act: who does so is mostly a party to it."""
        return self.is_noun and any(self.line.has(at, "owning") for at in self.clause.verbs(self.line))
