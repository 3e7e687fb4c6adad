"""Who did what to whom in English: subject, by-phrase, prepositions, possessives, and who only says so.

A shallow parser around one act. It finds how the act word is used (active, passive, reduced passive, noun),
walks left to its subject and right over its objects and prepositional phrases, and gives each mention it
meets there a claim to a side, with the reason. It decides nothing about rules: `roles` does.
"""

from monitor.rules.grammars import shallow as sh
from monitor.rules.grammars.claims import Claims
from monitor.rules.grammars.english_after import Phrase, phrases_after
from monitor.rules.grammars.english_clause import Clause, Governor, Subject
from monitor.rules.grammars.english_reach import reach_of
from monitor.rules.grammars.english_speech import find_speakers
from monitor.rules.grammars.judgement import Judgement, Side
from monitor.rules.grammars.kept import Judgements
from monitor.rules.sentence import Core

SIDES: tuple[Side, Side] = ("source", "target")
_TO_COME = frozenset({"for-phrase of the infinitive", "on-phrase of the infinitive", "object that is told to"})
"""Subjects of an infinitive that only names what somebody is to do."""

_ARRIVAL = "in-phrase of an arrival"
_MET = frozenset({"direct object", "indirect object", "with-phrase", "alongside-phrase", "of-phrase of the object"})
"""Why somebody is the other of a meeting; what it is on or for is neither."""

_Subjects = dict[tuple[int, int, int], Subject]
"""The subjects of the verbs of a sentence, found once for all its acts."""


def _judged(read: tuple[sh.Shallow, _Subjects], core: Core, is_reciprocal: bool) -> Judgement:
    shallow, subjects = read
    work = _Judging(Clause(shallow, core, subjects), is_reciprocal=is_reciprocal)
    work.run()
    return work.result()


judge = Judgements(lambda sentence, language: (sh.Shallow(sentence, sh.lexis_of(language)), _Subjects()), _judged).of
"""The judgement of the act at a core of an English sentence."""


class _Judging(Claims):
    """The work on one act: collects claims while it walks."""

    def __init__(self, clause: Clause, *, is_reciprocal: bool) -> None:
        super().__init__(clause.read.sentence.mentions)
        self.read = clause.read
        self.core = clause.core
        self.is_reciprocal = is_reciprocal
        self.clause = clause
        self.is_passive = False
        self.is_future = False
        self.subject = Subject()
        self.head = self.clause.head

    def has(self, at: int, name: str) -> bool:
        """Whether the word at `at` belongs to a class."""
        return name in self.read.names[at]

    def run(self) -> None:
        """Judge the act as the verb or the noun that it is."""
        if self.clause.is_verb:
            self._judge_verb()
        elif self.has(self.head, "place_phrase") and self.clause.is_preposition(self.head):
            self._judge_whereabouts()
        else:
            self._judge_noun()

    def claim_all(self, start: int, end: int, side: Side, strength: float, reason: str) -> bool:
        """Claims for all mentions in a noun phrase, the last (its head, or nearest to it) first."""
        found = False
        for mention in self.clause.mentions_in(start, end)[::-1]:
            self.claim(mention, side, strength, reason)
            strength -= 0.2
            found = True
        return found

    # --- the act as a verb

    def _judge_verb(self) -> None:
        read, head = self.read, self.head
        start = read.group_start(head)
        is_inverted = self.has(head, "inverted") and not self._is_earned()
        is_reduced = self.clause.is_reduced_passive()
        self.is_passive = is_reduced or read.is_passive_at(head)
        agent: Side = "target" if is_inverted else "source"
        patient: Side = "source" if is_inverted else "target"
        self.subject = self.clause.subject(start)
        self.is_future = self.subject.is_headline_future or self.subject.reason in _TO_COME
        if self.is_passive:
            self._claim_patient(patient, is_reduced=is_reduced)
        else:
            self._claim_agent(agent)
        self._claim_arguments(self.clause.verb_end, agent, patient, is_inverted=is_inverted)
        if self.has(head, "mutual") and not self.is_passive:
            self._share()
        if self.is_passive and self.has(head, "affecting") and not is_inverted and not self._is_agent_named():
            self.unnamed.add("source")

    def _share(self) -> None:
        """`Xi met the minister in Beijing`: who meets whom tells nothing of who came; the place may."""
        for (mention, side), claim in list(self.claims.items()):
            if side == "source":
                self.claim(mention, "target", claim.strength, claim.reason)
            elif claim.reason in _MET:
                self.claim(mention, "source", claim.strength, claim.reason)

    def _is_earned(self) -> bool:
        """`The war earns Iran a fortune`: who stands right behind the verb gets it."""
        end = self.clause.verb_end
        return self.has(self.head, "earning") and end < self.read.n and self.read.owner[end] >= 0

    def _claim_agent(self, agent: Side) -> None:
        subject = self.subject
        found = False
        strength = 3.0 - subject.doubt
        for mention in subject.mentions[::-1]:
            self.claim(mention, agent, strength, subject.reason)
            strength -= 0.2
            found = True
        for mention in subject.inside:
            self.claim(mention, agent, 2.6 - subject.doubt if not found else 1.2, "of-phrase of the subject")
            found = True
        if not found and subject.is_lexical and not subject.is_stand_in:
            self.unnamed.add(agent)

    def _is_agent_named(self) -> bool:
        return any(side == "source" for _, side in self.claims)

    def _claim_patient(self, patient: Side, *, is_reduced: bool) -> None:
        """What a passive's subject is: the receiver, or the thing with whose adjective its giver is named."""
        obj = self.core.object
        first, last = self.subject.span
        is_thing = obj is not None and obj[1] <= self.head
        owner: Side = "source" if patient == "target" else "target"
        if is_thing and obj is not None:
            owner = "source"
            low = (
                min(first, self.clause.modifiers_start(obj[0])) if first < last else self.clause.modifiers_start(obj[0])
            )
            if is_reduced:
                low = self.clause.modifiers_start(obj[0])
            self.claim_all(low, obj[1], owner, 2.1, "adjective of the object")
            for mention in self.subject.inside:
                self.claim(mention, owner, 2.0, "phrase of the object")
            for phrase in phrases_after(self.clause, obj[1], is_noun=True):
                if phrase.last > self.head:
                    break
                self._claim_phrase(phrase, is_inverted=patient == "source", is_noun=True)
            return
        strength = 3.0 if not is_reduced else 2.8
        for mention in self.subject.mentions[::-1]:
            self.claim(mention, patient, strength, "subject of the passive")
            strength -= 0.2

    def _claim_arguments(self, start: int, agent: Side, patient: Side, *, is_inverted: bool) -> None:
        obj = self.core.object
        is_affecting = self.has(self.head, "affecting")
        has_direct = False
        goal = held = -1
        for phrase in phrases_after(self.clause, start):
            prep, at, first, last, penalty = phrase
            holds_object = obj is not None and first < obj[1] and obj[0] < last
            is_hit = at == held and is_affecting and not is_inverted
            if (at == goal and self._claim_seat(phrase, is_inverted=is_inverted)) or (
                is_hit and self._claim_hit(phrase)
            ):
                continue
            goal = last if prep == "to" and not self.clause.mentions_in(first, last) else -1
            held = last if holds_object else -1
            if prep == "of" and not has_direct and not self.is_passive and not holds_object:
                has_direct = self.claim_all(first, last, patient, 2.6 - penalty, "of-phrase of the object")
                continue
            if prep == "":
                if self.is_passive and not holds_object and has_direct:
                    continue
                if holds_object and obj is not None:
                    self._claim_object_phrase(first, last, obj, is_affecting=is_affecting, is_inverted=is_inverted)
                    has_direct = True
                elif not has_direct and not self.clause.mentions_in(first, last):
                    is_goal = obj is None and (is_affecting or self.has(self.head, "arriving"))
                    if is_goal and not self.clause.is_stand_in(first, last):
                        self.unnamed.add(patient)
                elif not has_direct:
                    reason = "direct object" if obj is None or obj[1] <= self.head else "indirect object"
                    has_direct = self.claim_all(first, last, patient, 3.0 - penalty, reason)
                continue
            if holds_object and obj is not None:
                is_by = self.is_passive and "by_phrase" in self.read.lexis.names.get(prep, ())
                if is_by:
                    self.claim_all(first, obj[0], agent, 3.0, "by-phrase")
                else:
                    self.claim_all(first, obj[0], "source", 2.2 if is_inverted else 1.5, "adjective of the object")
                has_direct = has_direct or prep == "of"
                continue
            self._claim_phrase(phrase, is_inverted=is_inverted)

    def _claim_seat(self, phrase: Phrase, *, is_inverted: bool) -> bool:
        """`to a zoo in Pyongyang`: where the goal stands is whose it is, unless it is a war or its front."""
        prep, at, first, last, penalty = phrase
        if prep not in ("in", "of") or is_inverted or self.clause.is_war(at - 1):
            return False
        return self.claim_all(first, last, "target", 2.0 - penalty, "where the goal stands")

    def _claim_hit(self, phrase: Phrase) -> bool:
        """`froze the assets of Russian firms`: whose the object is, is hit."""
        prep, _, first, last, penalty = phrase
        return prep == "of" and self.claim_all(first, last, "target", 2.2 - penalty, "of-phrase of the object")

    def _claim_object_phrase(
        self, first: int, last: int, obj: tuple[int, int], *, is_affecting: bool, is_inverted: bool
    ) -> None:
        """Mentions in the noun phrase of the object: a double object before it, an owner or origin within it."""
        begin = self.clause.modifiers_start(obj[0])
        side: Side = "source"
        if is_affecting and not is_inverted:
            side = "target"
        for mention in self.clause.mentions_in(first, last):
            span = self.read.sentence.mentions[mention]
            is_before = span.last <= obj[0] and not self.read.is_possessive(span.last - 1)
            is_receiver = span.last <= begin or not (is_affecting or self.clause.is_adjective(mention))
            if is_before and is_receiver and not is_inverted and not self.is_reciprocal:
                self.claim(mention, "target", 2.9, "indirect object")
            elif span.first < obj[1]:
                self.claim(mention, side, 2.0 if not self.is_reciprocal else 2.4, "adjective of the object")

    def _claim_phrase(self, phrase: Phrase, *, is_inverted: bool, is_noun: bool = False) -> None:
        """What a prepositional phrase after the act tells of the mentions in it."""
        prep, at, first, last, penalty = phrase
        names = self.read.lexis.names.get(prep, frozenset())
        if prep == "fight" or ("against_phrase" in names and self.clause.is_enemy(at)):
            self._refuse(first, last, "enemy")
        elif prep == "harm":
            self.claim_all(first, last, "target", 2.4 - penalty, "whom the threat names")
        elif prep == "help":
            self.claim_all(first, last, "target", 2.4 - penalty, "who is helped")
        elif "by_phrase" in names:
            if self.is_passive or is_noun:
                self.claim_all(first, last, "target" if is_inverted else "source", 3.0 - penalty, "by-phrase")
        elif "from_phrase" in names:
            self.claim_all(first, last, "source", 2.8 - penalty, "from-phrase")
        elif self.clause.is_envoy(at - 1):
            self._refuse(first, last, "where the envoy serves")
        elif "place_phrase" in names:
            self._claim_place(first, last, penalty)
        elif "topic_phrase" in names:
            self._refuse(first, last, f"{prep}-phrase: a circumstance")
        else:
            self._claim_goal(phrase, names, is_noun=is_noun)

    def _claim_goal(self, phrase: Phrase, names: frozenset[str], *, is_noun: bool) -> None:
        """Phrases that say to whom, for whom, on whom, against whom, with whom."""
        prep, at, first, last, penalty = phrase
        reason = f"{prep}-phrase"
        if "to_phrase" in names:
            is_found = self.claim_all(first, last, "target", 3.0 - penalty, reason)
            if not is_found and at <= self.core.act[1] + 1 and not self.clause.is_stand_in(first, last):
                self.unnamed.add("target")
        elif "against_phrase" in names or "on_phrase" in names:
            self.claim_all(first, last, "target", (2.8 if is_noun or self.core.object else 2.0) - penalty, reason)
        elif "for_phrase" in names:
            side: Side = "source" if self.has(self.head, "asking") else "target"
            self.claim_all(first, last, side, 2.2 - penalty, reason)
        elif "beside_phrase" in names:
            self.claim_all(first, last, "target", 2.2 - penalty, reason)
        elif "with_phrase" in names:
            strength = 2.8 if self.is_reciprocal or prep == "between" else 1.2
            self.claim_all(first, last, "target", strength - penalty, reason)
            if prep == "between":
                self.claim_all(first, last, "source", strength - penalty, reason)

    def _claim_place(self, first: int, last: int, penalty: float) -> None:
        """An `in`-phrase: whose war it is, where a visitor arrives; else where, and nobody."""
        is_war = self.clause.is_war(last - 1) or self.clause.is_war(last)
        if is_war and any(self.has(self.head, name) for name in ("placing", "fighting", "helping")):
            self.claim_all(first, last, "target", 2.2 - penalty, "whose war it is")
        elif not self.clause.is_verb and self.has(self.head, "stationed"):
            self.claim_all(first, last, "target", 2.2 - penalty, "where they are stationed")
        elif not self.is_reciprocal and (self.has(self.head, "arriving") or self.has(self.head, "arrival")):
            self.claim_all(first, last, "target", 2.6 - penalty, _ARRIVAL)
        else:
            for mention in self.clause.mentions_in(first, last):
                if self.location is None:
                    self.location = mention
            if self.has(self.head, "placing") and not self.has(self.head, "fighting"):
                self.claim_all(first, last, "target", 0.6, "in-phrase of a deployment")
            else:
                self._refuse(first, last, "in-phrase: a place")

    def _refuse(self, first: int, last: int, reason: str) -> None:
        for mention in self.clause.mentions_in(first, last):
            self.refused.setdefault(mention, reason)

    # --- the act as a preposition

    def _judge_whereabouts(self) -> None:
        """`Putin in Tehran`: a headline without a verb tells where somebody is."""
        at = self.head
        self.claim_all(self.clause.modifiers_start(at), at, "source", 3.0, "who is there")
        end = at + 1
        while end < self.read.n and self.clause.is_plain(end) and not self.clause.mark(end):
            end += 1
        self.claim_all(at + 1, end, "target", 3.0, "where he is")

    # --- the act as a noun

    def _judge_noun(self) -> None:
        head, clause = self.head, self.clause
        is_inverted = self.has(head, "inverted_noun")
        agent: Side = "target" if is_inverted else "source"
        begin = clause.modifiers_start(self.core.act[0])
        if self.has(head, "attributive"):
            self._judge_attribute(begin)
            return
        owned = self._claim_owners(begin, agent)
        self._claim_noun_phrases(agent, is_inverted=is_inverted)
        governor = clause.governor_of_noun(clause.joined_start(begin))
        self.subject = governor.subject
        if governor.verb is not None and not self._claim_others(governor, governor.verb):
            self._claim_from_governor(governor, governor.verb, agent, owned=owned)
        elif governor.subject.mentions and not owned:
            for mention in governor.subject.mentions:
                self.claim(mention, agent, 2.0, governor.subject.reason)
        elif not owned and self.has(head, "visit_noun") and self.has(begin - 1, "while_there"):
            for mention in clause.main_subject(begin).mentions:
                self.claim(mention, agent, 1.6, "subject while he is there")
        self.is_future = governor.subject.is_headline_future

    def _judge_attribute(self, begin: int) -> None:
        """`the visiting minister`: who is so described visits whoever deals with him."""
        end = self.core.act[1]
        while end < self.read.n and self.clause.is_plain(end) and not self.clause.mark(end):
            end += 1
        self.claim_all(self.core.act[1], end, "source", 3.0, "described by the act")
        self.subject = self.clause.governor_of_noun(begin).subject
        for mention in self.subject.mentions:
            self.claim(mention, "target", 2.0, "deals with the visitor")

    def _claim_owners(self, begin: int, agent: Side) -> bool:
        """Who stands before the noun: its owner; before a visit a country's bare name is where it goes."""
        owned = False
        strength = 3.0
        for mention in self.clause.mentions_in(begin, self.core.act[0])[::-1]:
            span = self.read.sentence.mentions[mention]
            is_goal = (
                self.has(self.head, "visit_noun")
                and span.actors[0].kind == "state"
                and not any(self.read.is_possessive(at) for at in range(span.last - 1, self.core.act[0]))
                and (not self.clause.is_adjective(mention) or self.has(span.last - 1, "short_name"))
            )
            if is_goal:
                self.claim(mention, "target", 2.6, "name before the visit")
            else:
                self.claim(mention, agent, strength, "possessive or adjective of the act")
                strength -= 0.2
                owned = True
        return owned

    def _claim_noun_phrases(self, agent: Side, *, is_inverted: bool) -> None:
        obj = self.core.object
        for phrase in phrases_after(self.clause, self.core.act[1], is_noun=True):
            prep, _, first, last, penalty = phrase
            holds_object = obj is not None and first < obj[1] and obj[0] < last
            if prep == "":
                continue
            if prep == "of":
                if holds_object and obj is not None:
                    self.claim_all(first, obj[1], "source", 2.4, "adjective of the object")
                elif obj is None or obj[1] <= self.core.act[0]:
                    self.claim_all(first, last, agent, 2.2 - penalty, "of-phrase")
                continue
            if holds_object and obj is not None:
                self.claim_all(first, obj[0], "source", 1.5, "adjective of the object")
                continue
            self._claim_phrase(phrase, is_inverted=is_inverted, is_noun=True)

    def _claim_from_governor(self, governor: Governor, verb: int, agent: Side, *, owned: bool) -> None:
        """The subject of the verb whose object the act is: who imposes sanctions, pays a visit, faces sanctions."""
        subject = self.subject
        if governor.is_passive:
            if self.has(verb, "affecting") or self.has(verb, "suffering"):
                for mention in subject.mentions:
                    self.claim(mention, "target", 2.6, "subject that is hit")
            return
        if self.has(verb, "suffering"):
            for mention in subject.mentions:
                self.claim(mention, "target", 2.6, "subject that is hit")
            return
        if self.has(verb, "judging") or self.has(verb, "accusing"):
            for mention in subject.mentions:
                self.refused.setdefault(mention, "only judges it")
            return
        is_receiver = governor.is_direct and (self.has(verb, "inverted") or self._is_wished_for(verb, owned=owned))
        side: Side = "target" if is_receiver else agent
        is_light = governor.is_direct or self.has(self.head, "arrival")
        for mention in subject.mentions:
            if owned and not is_receiver and not self.is_reciprocal:
                self.refused.setdefault(mention, "only governs it")
            else:
                strength = (2.6 if is_light else 0.9) - subject.doubt
                self.claim(mention, side, strength, subject.reason + " of the light verb")
        if not owned and not subject.mentions and subject.is_lexical and not subject.is_stand_in:
            self.unnamed.add(side)

    def _claim_others(self, governor: Governor, verb: int) -> bool:
        """`Iran asked Russia for help`: who is asked gives. `Threatened Russia with sanctions`: who is hit."""
        for mention in governor.patient:
            self.claim(mention, "target", 2.8, "hit with the act")
        asked = self.clause.mentions_in(verb + 1, self.core.act[0])
        if governor.is_direct or not asked or not self.has(verb, "asking"):
            return False
        for mention in governor.subject.mentions:
            self.claim(mention, "target", 2.6, "who asks for it")
        for mention in asked:
            self.claim(mention, "source", 2.6, "who is asked for it")
        return True

    def _is_wished_for(self, verb: int, *, owned: bool) -> bool:
        """Whether the act is what another has and who wishes is to receive ("Iran wants Russian help")."""
        if not self.has(verb, "wishing") or self.has(self.head, "affecting"):
            return False
        return owned or any(claim.reason == "from-phrase" for claim in self.claims.values())

    # --- what comes out

    def _is_due(self) -> bool:
        """`Is due in Seoul`, `is going to Alaska`: on the way or expected, and not there."""
        first, last = self.core.act
        if any(self.has(at, "to_come") for at in range(first, last)):
            return True
        is_going = self.clause.is_verb and self.has(self.head, "motion") and bool(self.read.verb[self.head] & sh.ING)
        return is_going and self.has(self.head - 1, "present")

    def _mentions_beyond(self) -> list[int]:
        """The mentions in a clause of its own behind the act; of an agreement they may be its parties."""
        return [] if self.is_reciprocal else self.clause.mentions_in(self.clause.next_clause(), self.read.n)

    def result(self) -> Judgement:
        """All that was found, with the speakers and the words that govern the act."""
        speakers, speech = find_speakers(self.clause, self.subject)
        named = {mention for (mention, _), claim in self.claims.items() if claim.strength >= 2.0}
        for mention in self._mentions_beyond():
            if mention not in speakers and not any((mention, side) in self.claims for side in SIDES):
                self.refused.setdefault(mention, "in another clause")
        for mention in speakers:
            if mention not in named:
                self.refused.setdefault(mention, "speaks only")
        reach = reach_of(self.clause, self.subject, speech.words)
        return Judgement(
            claims=self.claims,
            refused=self.refused,
            speakers=tuple(sorted(speakers)),
            unnamed=frozenset(self.unnamed),
            is_passive=self.is_passive,
            location=self.location,
            governing=frozenset(reach.governing),
            near=frozenset(reach.near),
            background=frozenset(reach.background),
            is_foreign=self.clause.is_object_foreign(),
            is_negated=reach.is_negated,
            is_future=self.is_future or reach.is_future or self._is_due(),
            is_past_before=reach.is_past_before,
            has_unnamed_speaker=speech.has_unnamed,
        )
