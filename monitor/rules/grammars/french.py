"""Who did what to whom in French: subject, prepositions, passives, deverbal nouns, relative clauses, who only says so.

A shallow reading around one act. It finds how the act word is used (verb, passive, participle behind its noun,
infinitive, noun of action) and gives each mention of its clause a claim to a side, with the reason. `roles` decides
about rules.
"""

from monitor.rules.grammars import french_words as fw
from monitor.rules.grammars.claims import Claims
from monitor.rules.grammars.french_clause import Clauses, Phrase, Subject
from monitor.rules.grammars.french_reach import FrenchReach, reach_of
from monitor.rules.grammars.french_speech import Speech, find_speakers, war_of_the_headline
from monitor.rules.grammars.french_words import Line, lexis_of
from monitor.rules.grammars.judgement import Judgement, Side
from monitor.rules.grammars.kept import Judgements
from monitor.rules.sentence import Core

_OWN = ("son", "sa", "ses", "leur", "leurs")
_WHEN = ("veille", "lendemain", "avant", "apres", "lors", "heures", "jours", "marge", "issue", "occasion", "terme")
_SIDES: tuple[Side, Side] = ("source", "target")


def _judged(clauses: Clauses, core: Core, is_reciprocal: bool) -> Judgement:
    return _Judging(clauses, core, is_reciprocal=is_reciprocal).result()


judge = Judgements(lambda sentence, language: Clauses(Line(sentence, lexis_of(language))), _judged).of
"""The judgement of the act at a core of a French sentence."""


class _Judging(Claims):
    """The work on one act: collects claims while it walks over the phrases of its clause."""

    def __init__(self, clauses: Clauses, core: Core, *, is_reciprocal: bool) -> None:
        super().__init__(clauses.line.sentence.mentions)
        self.clauses = clauses
        self.line = clauses.line
        self.core = core
        self.is_reciprocal = is_reciprocal
        self.head = self._head()
        self.form = self.line.verb[self.head]
        is_inverted = self.has("inverted")
        self.is_inverted = is_inverted
        self.agent: Side = "target" if is_inverted else "source"
        self.patient: Side = "source" if is_inverted else "target"
        self.is_passive = self.line.is_passive(self.head)

    def has(self, name: str) -> bool:
        """Whether the act's word belongs to a class."""
        return any(self.line.has(at, name) for at in range(*self.core.act))

    def _head(self) -> int:
        first, last = self.core.act
        verbs = [at for at in range(first, min(last, self.line.n)) if self.line.verb[at]]
        return verbs[-1] if verbs else first

    @property
    def is_bare(self) -> bool:
        """Whether the act is a participle without an auxiliary ("soldats envoyés en Russie")."""
        if not self.form & fw.PARTICIPLE or self.line.owner[self.head] >= 0:
            return False
        start = min(self.line.group_start(self.head), self.core.act[0])
        return not any(self.line.names[at] & {"be", "have"} for at in range(start, self.head))

    # --- claims

    def claim_all(self, mentions: list[int], side: Side, strength: float, reason: str) -> bool:
        """Claims for some mentions, the first most."""
        for at, mention in enumerate(mentions):
            self.claim(mention, side, strength - 0.2 * at, reason)
        return bool(mentions)

    def refuse(self, mentions: list[int], why: str) -> None:
        """Let none of these mentions be a party."""
        for mention in mentions:
            if self.line.sentence.mentions[mention].is_place:
                self.location = mention if self.location is None else self.location
            else:
                self.refused.setdefault(mention, why)

    # --- the work

    def result(self) -> Judgement:
        """Judge the act as the verb, the participle or the noun that it is."""
        if not self.form:
            self._judge_noun()
        elif self.is_bare:
            self._judge_participle()
        else:
            self._judge_verb()
        for mention in war_of_the_headline(self.clauses, self.core.act[0]):
            self.claims = {key: claim for key, claim in self.claims.items() if key[0] != mention}
            self.refused[mention] = "the war that the headline tells of"
        speech = find_speakers(self.clauses, self.core)
        self._heed(speech)
        reach = reach_of(self.clauses, self.core, self.head, speech)
        return self._judgement(speech, reach)

    def _judgement(self, speech: Speech, reach: FrenchReach) -> Judgement:
        return Judgement(
            claims=self.claims,
            refused={mention: why for mention, why in self.refused.items() if not self._is_named(mention)},
            speakers=tuple(sorted(speech.speakers)),
            unnamed=frozenset(self.unnamed - {side for _, side in self.claims}),
            is_passive=self.is_passive or (self.is_bare and not self.has("arriving")),
            is_foreign=self._is_foreign(),
            location=self.location,
            governing=frozenset(reach.governing),
            near=frozenset(reach.near),
            background=frozenset(reach.background),
            is_negated=reach.is_negated,
            is_future=reach.is_future,
            is_past_before=reach.is_past_before,
            is_tenseless=reach.is_tenseless,
            has_unnamed_speaker=speech.has_unnamed or reach.is_hearsay,
        )

    def _is_named(self, mention: int) -> bool:
        return any(one == mention and claim.strength >= 1 for (one, _), claim in self.claims.items())

    def _is_foreign(self) -> bool:
        """Whether the object hangs on another verb, or stands beyond the clause."""
        obj = self.core.object
        if obj is None:
            return False
        low, high = (self.core.act[1], obj[0]) if obj[0] >= self.core.act[1] else (obj[1], self.core.act[0])
        if any(self.line.marks[at] == fw.HARD for at in range(low, high + 1) if at < self.line.n):
            return True
        if obj[0] >= self.core.act[1]:
            is_cut = any(
                self.line.names[at] & {"relative", "subordinator"} for at in range(low, high) if self.line.owner[at] < 0
            )
            verbs = fw.FINITE | fw.INFINITIVE if self.form else fw.FINITE
            return is_cut or any(self.line.verb[at] & verbs for at in range(low, high))
        others = [at for at in range(low, self.line.group_start(self.head)) if self.line.verb[at] & fw.FINITE]
        return bool(others) and not self.form & (fw.INFINITIVE | fw.PARTICIPLE)

    # --- verbs

    def _judge_verb(self) -> None:
        subject = self.clauses.subject(self.head)
        end = self.clauses.end(self.core.act[1])
        phrases = self.clauses.phrases(max(self.core.act[1], self.head + 1), end, self.core.object or (-1, -1))
        if self.is_passive:
            self._claim_patient(subject)
        else:
            self._claim_agent(subject)
        self._claim_phrases(phrases)
        self._claim_before(subject)

    def _claim_agent(self, subject: Subject) -> None:
        strength = 2.4 if subject.is_outer else 3.0
        found = self.claim_all(
            list(subject.mentions),
            self.agent,
            strength,
            "subject" if not subject.is_outer else "subject of the main verb",
        )
        mentions = [one for one in subject.inside if one not in subject.mentions]
        inner = 2.6 if not found else 1.2
        found = (
            self.claim_all(
                mentions, self.agent, inner if not subject.is_outer else inner - 0.6, "of-phrase of the subject"
            )
            or found
        )
        obj = self.core.object
        if obj is not None and obj[1] <= self.core.act[0] and found:
            return
        if not found and subject.is_lexical and not subject.is_outer:
            self.unnamed.add(self.agent)

    def _claim_patient(self, subject: Subject) -> None:
        mentions = [*subject.mentions, *subject.inside]
        obj = self.core.object
        is_thing = obj is not None and obj[1] <= self.head
        if is_thing and not (self.has("affecting") or self.has("hosting")):
            self.claim_all(mentions, "source", 2.0, "adjective of the object")
            return
        self.claim_all(mentions, self.patient, 3.0, "subject of the passive")

    def _claim_before(self, subject: Subject) -> None:
        """Phrases with a preposition before the verb: `A Moscou, Kim a ...`, `Selon ...`, `En Russie, ...`."""
        opening = self.clauses.opening(self.head)
        start = self.line.group_start(self.head)
        taken = {*subject.mentions, *subject.inside}
        for phrase in self.clauses.phrases(opening.start, start):
            mentions = [one for one in self.clauses.mentions_in(phrase.first, phrase.last) if one not in taken]
            if phrase.kind in ("to_phrase", "place_phrase") and not self.is_reciprocal and self._moves():
                self.claim_all(mentions, self.patient, 1.4, "where")
            elif phrase.kind in ("against_phrase", "between_phrase", "with_phrase"):
                self._claim_phrase(phrase, mentions)
            elif phrase.kind:
                self.refuse(mentions, "a circumstance")

    def _moves(self) -> bool:
        return not self.has("static") and not self.has("fighting")

    # --- what depends on the act

    def _claim_phrases(self, phrases: list[Phrase]) -> None:
        obj = self.core.object
        before: Phrase | None = None
        for phrase in phrases:
            mentions = self.clauses.mentions_in(phrase.first, phrase.last)
            holds = obj is not None and phrase.first < obj[1] and obj[0] < phrase.last
            if holds and phrase.kind != "by_phrase":
                self._claim_object(phrase, mentions)
            elif (
                phrase.kind == "of_phrase"
                and before is not None
                and before.kind in ("topic_phrase", "according", "verb", "fight")
            ):
                self.refuse(mentions, "a circumstance")
                continue
            elif phrase.kind == "harm":
                self.claim_all(mentions, "target", 2.4, "who is to be harmed")
            elif phrase.kind == "of_phrase" and self._is_harm_before(phrase.at):
                self.claim_all(mentions, "target", 2.3, "who is to be harmed")
            elif phrase.kind == "of_phrase" and before is not None and self._is_goal(before):
                self.claim_all(mentions, "target", 2.4, "whose the goal is")
            else:
                self._claim_phrase(phrase, mentions)
            before = phrase

    def _is_harm_before(self, at: int) -> bool:
        """Whether "de" follows the infinitive that is the object ("jure de se venger d'Israël")."""
        obj = self.core.object
        return obj is not None and obj[1] == at and bool(self.line.verb[obj[0]] & fw.INFINITIVE)

    def _is_goal(self, before: Phrase) -> bool:
        """Whether a phrase says to whom without a name, so that "de" tells whose it is ("au zoo de Pyongyang")."""
        return before.kind in (
            "to_phrase",
            "place_phrase",
            "against_phrase",
            "with_phrase",
            "for_phrase",
        ) and not self.clauses.mentions_in(before.first, before.last)

    def _claim_object(self, phrase: Phrase, mentions: list[int]) -> None:
        is_hit = self.has("affecting") and not self.is_inverted and not self._is_penalty()
        if not mentions:
            return
        obj = self.core.object
        for mention in mentions:
            one = self.line.sentence.mentions[mention]
            is_name = not self.clauses.is_adjective(mention)
            if self.is_inverted and self.has("hosting"):
                self.claim(mention, "source", 3.0, "who is received")
            elif is_hit:
                self.claim(mention, "target", 2.6, "direct object")
            elif is_name and obj is not None and one.last <= obj[0] and phrase.kind == "" and one.first == phrase.first:
                self.claim(mention, "target", 1.5, "before the object")
            else:
                self.claim(mention, "source", 2.1 if not self.is_inverted else 2.2, "adjective of the object")

    def _is_penalty(self) -> bool:
        spans = (self.core.act, self.core.object or self.core.act)
        return any(self.line.has(at, "penalty") for span in spans for at in range(*span))

    def _claim_phrase(self, phrase: Phrase, mentions: list[int]) -> None:  # noqa: PLR0912 (one branch a preposition)
        kind = phrase.kind
        if kind == "":
            self._claim_direct(phrase, mentions)
        elif kind == "to_phrase":
            self._claim_to(mentions)
        elif kind == "place_phrase":
            self._claim_place(phrase, mentions)
        elif kind == "of_phrase":
            self._claim_of(mentions)
        elif kind == "by_phrase":
            if self.is_passive or self.is_bare or not self.form:
                self.claim_all(mentions, self.agent, 3.0, "par")
        elif kind == "from_phrase":
            self.claim_all(mentions, "source", 2.8, "where it comes from")
        elif kind == "with_phrase":
            is_beside = self.has("fighting") or self.line.words[phrase.at] in ("au", "aux", "aupres")
            side: Side = "source" if self.is_inverted and self.line.words[phrase.at] == "aupres" else "target"
            self.claim_all(mentions, side, 2.8 if self.is_reciprocal or is_beside else 1.4, "with whom")
            if not self.form and not self.is_reciprocal and self.has("meeting"):
                self.claim_all(mentions, "source", 2.0, "who comes to the meeting")
        elif kind == "for_phrase" and self._is_penalty():
            self.refuse(mentions, "why it is done")
        elif kind == "for_phrase":
            self.claim_all(mentions, "target", 2.3, "for whom")
        elif kind == "help":
            self.claim_all(mentions, "target", 2.4, "who is helped")
        elif kind == "against_phrase":
            if self.has("fighting") or self._is_war_before(phrase.at):
                self.refuse(mentions, "enemy")
            else:
                self.claim_all(mentions, "target", 2.8, "against whom")
        elif kind == "between_phrase":
            self.claim_all(mentions, "target", 2.9, "between")
            self.claim_all(mentions, "source", 2.9, "between")
        else:
            self.refuse(mentions, "a circumstance")

    def _is_war_before(self, at: int) -> bool:
        return any(
            self.line.has(one, "war") or self.line.has(one, "fighting")
            for one in range(max(at - 4, self.core.act[1]), at)
        )

    def _claim_direct(self, phrase: Phrase, mentions: list[int]) -> None:
        if self.is_passive or not mentions:
            return
        if self.clauses.is_adjective(mentions[0]) and phrase.first < self.line.sentence.mentions[mentions[0]].first:
            # "une délégation chinoise": whose the object is
            side = self.patient if self.has("affecting") or self.is_inverted else "source"
            self.claim_all(mentions, side, 2.0, "adjective of the object")
            return
        is_close = phrase.first <= self.core.act[1] + 1
        if not self.form:
            self.claim_all(mentions, "source", 2.6 if is_close else 1.0, "adjective of the act")
        else:
            self.claim_all(mentions, self.patient, 2.8 if is_close else 1.2, "direct object")

    def _claim_to(self, mentions: list[int]) -> None:
        if self.is_inverted and self.has("hosting"):
            self.claim_all(mentions, "target", 1.8, "where")
        elif self.is_inverted:
            self.claim_all(mentions, "source", 2.6, "from whom")
        else:
            self.claim_all(mentions, "target", 3.0 if not self.has("static") else 1.6, "to whom")

    def _claim_place(self, phrase: Phrase, mentions: list[int]) -> None:
        is_war = any(self.line.has(at, "war") for at in range(phrase.first, phrase.last))
        if self.has("owning"):
            self.claim_all(mentions, "target", 2.0, "whom it concerns")
            return
        if (self.is_reciprocal and not self._is_penalty()) or is_war or self.has("fighting") or self.has("static"):
            self.refuse(mentions, "where it happens")
        elif self.is_inverted:
            self.claim_all(mentions, "target", 1.8, "where")
        else:
            self.claim_all(mentions, "target", 2.8, "where to")

    def _claim_of(self, mentions: list[int]) -> None:
        is_hit = self._is_penalty() and self.has("relieving")
        if is_hit:
            self.claim_all(mentions, "target", 1.8, "whose sanctions")
        elif self.has("affecting") and self.form and not self.is_inverted:
            self.claim_all(mentions, "target", 2.2, "whose the object is")
        else:
            self.claim_all(mentions, "source", 2.7 if not self.form else 2.3, "de")

    # --- participles behind their noun

    def _judge_participle(self) -> None:
        noun = self.clauses._antecedent(min(self.core.act[0], self.head))
        if not (noun.mentions or noun.inside or noun.is_lexical):
            noun = self.clauses.subject(self.head)
        mentions = [*noun.mentions, *noun.inside]
        obj = self.core.object
        if self.has("arriving"):
            self.claim_all(mentions, self.agent, 2.6, "what the participle describes")
        elif obj is not None and obj[1] <= self.core.act[0] and not self.has("affecting") and not self.has("hosting"):
            self.claim_all(mentions, "source", 2.1, "adjective of the object")
        else:
            self.claim_all(mentions, self.patient, 2.6, "what the participle describes")
        end = self.clauses.end(self.core.act[1])
        self._claim_phrases(self.clauses.phrases(self.core.act[1], end))

    # --- nouns of action

    def _judge_noun(self) -> None:
        end = self.clauses.end(self.core.act[1])
        self._claim_phrases(self.clauses.phrases(self.core.act[1], end))
        inside = self.clauses.mentions_in(*self.core.act)
        self.claim_all(inside, "source", 2.4, "adjective of the act")
        self._claim_share(end)
        if not self._is_told_apart():
            self._claim_governor()
        if self._is_owned() and any(claim.reason == "who comes to the meeting" for claim in self.claims.values()):
            claimed = {mention for mention, _ in self.claims}
            known = {code for mention in claimed for code in self.line.sentence.mentions[mention].codes}
            others = [one for one in self.clauses.mentions_in(0, self.core.act[0]) if one not in claimed]
            strangers = [one for one in others if known.isdisjoint(self.line.sentence.mentions[one].codes)]
            self.refuse([one for one in strangers if self.clauses.chain(one)[0]], "not of the meeting")

    def _is_owned(self) -> bool:
        """Whether a word says whose the noun is: "sa rencontre avec ..."."""
        start = self.clauses.phrase_start(self.core.act[0])
        return any(self.line.words[at] in _OWN for at in range(start, self.core.act[0]))

    def _is_told_apart(self) -> bool:
        """Whether the noun's own words tell whose it is, or it only dates the clause: "à la veille de la rencontre"."""
        if any(claim.reason == "between" for claim in self.claims.values()) and not self.is_reciprocal:
            return True
        if not self.has("meeting"):
            return False
        start = self.clauses.phrase_start(self.core.act[0])
        kind, at = self.clauses.preposition_before(start)
        is_time = self.line.words[at - 1] in _WHEN if kind == "of_phrase" else kind == "topic_phrase"
        return is_time and not self._is_owned()

    def _claim_share(self, end: int) -> None:
        """`Une visite est prévue à Moscou`: what follows the noun's own verb is still about it."""
        line = self.line
        verb = next((at for at in range(end, line.n) if line.verb[at] and not line.marks[at]), -1)
        if (
            verb < 0
            or any(line.marks[end + 1 : verb + 1])
            or not (line.is_passive(verb) or line.has(verb, "happening"))
        ):
            return
        for phrase in self.clauses.phrases(verb + 1, self.clauses.end(verb + 1)):
            mentions = self.clauses.mentions_in(phrase.first, phrase.last)
            if phrase.kind == "by_phrase":
                self.claim_all(mentions, "source", 2.4, "par")
            elif phrase.kind:
                self._claim_phrase(phrase, mentions)

    def _claim_governor(self) -> None:
        """The subject of the verb on which the noun hangs: its agent, unless it only speaks of the act."""
        line = self.line
        start = self.core.act[0]
        verb = self.clauses.governor(start, start)
        if verb < 0:
            self._claim_topic()
            return
        if any(line.has(at, "relative") for at in range(verb, start)):
            return
        subject = self.clauses.subject(verb)
        mentions = [*subject.mentions, *subject.inside]
        is_speech, is_light = line.has(verb, "speech"), line.has(verb, "light")
        if line.has(verb, "accusing") or line.has(verb, "steering"):
            named = [
                one
                for phrase in self.clauses.phrases(verb + 1, start)
                for one in self.clauses.mentions_in(phrase.first, phrase.last)
            ]
            if named:
                self.claim_all(named[:1], self.agent, 2.8, "who is accused")
                return
        is_own = any(line.has(at, "own_word") for at in range(*self.core.act))
        strength = 2.3 if is_light or (is_own and not line.has(verb, "accusing")) else 1.2 if is_speech else 1.8
        is_turned = line.has(verb, "inverted") and not self.is_inverted and not line.has(verb, "asking")
        if line.is_passive(verb):
            return
        self.claim_all(mentions, self.patient if is_turned else self.agent, strength, "subject of the clause")

    def _claim_topic(self) -> None:
        """`Corée du Nord : essai d'un missile`: who stands before the colon, if nobody else is named."""
        opening = self.clauses.opening(self.core.act[0])
        if opening.by == ":" and self.line.sentence.is_title:
            self.claim_all(
                self.clauses.mentions_in(max(opening.start - 4, 0), opening.start)[-1:],
                self.agent,
                1.3,
                "topic of the headline",
            )

    def _heed(self, speech: Speech) -> None:
        """Who only says so has no claim by the clause alone."""
        for mention in speech.speakers:
            for side in _SIDES:
                claim = self.claims.get((mention, side))
                if claim is not None and claim.strength < 1.4:
                    del self.claims[mention, side]
            if not self._is_named(mention):
                self.refused.setdefault(mention, "only says so")
