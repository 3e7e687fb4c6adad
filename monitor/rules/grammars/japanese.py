"""Who did what to whom in Japanese: particles, nouns that lead to the act, headlines without particles.

The case of a name is that of its noun phrase ("ロシアのプーチン大統領が": subject). A clause is read to the left for
its arguments and to the right for what governs it. In a headline a space is the only mark: what stands first is whom
it is about, and what stands last may be who says so.
"""

from monitor.rules.grammars import japanese_phrases as jp
from monitor.rules.grammars.claims import Claims
from monitor.rules.grammars.judgement import Judgement, Side
from monitor.rules.grammars.kept import Judgements
from monitor.rules.grammars.unspaced import Run
from monitor.rules.sentence import Core

_APART = 0.5
"""What a claim loses where another clause parts it from the act."""
_SUBJECTS = (jp.SUBJECT, jp.TOPIC, jp.HEADLINE)


def _judged(run: Run, core: Core, is_reciprocal: bool) -> Judgement:
    work = _Judging(jp.Clause(run, core), is_reciprocal=is_reciprocal)
    work.run()
    return work.result()


judge = Judgements(Run, _judged).of
"""The judgement of the act at a core of a Japanese sentence."""


class _Judging(Claims):
    """The work on one act: collects claims while it looks at each name."""

    def __init__(self, clause: jp.Clause, *, is_reciprocal: bool) -> None:
        super().__init__(clause.run.sentence.mentions)
        self.clause = clause
        self.letters = clause.run
        self.is_reciprocal = is_reciprocal
        self.speakers: list[int] = []
        run, act = self.letters, clause.run.told(clause.act)
        verb = act + run.text[clause.act[1] : clause.act[1] + 4]
        self.is_inverted = run.has("receiving", act)
        self.is_hosting = run.has("hosting", act)
        self.is_visiting = run.has("visiting", act)
        self.is_meeting = not is_reciprocal and not self.is_visiting and run.has("meeting", act)
        whole = act + (run.told(clause.object) if clause.object else "")
        self.is_affecting = run.has("affecting", whole)
        self.is_hosted_word = run.has("host_word", act)
        self.is_passive = run.has("passive", verb) and not self.is_inverted
        self.is_asked = not self.is_inverted and not self.is_visiting and clause.is_asked
        flips = self.is_inverted or self.is_hosting or self.is_asked
        self.agent: Side = "target" if flips else "source"
        self.patient: Side = "source" if flips else "target"
        self.unnamed = set() if is_reciprocal else {"source", "target"}

    def run(self) -> None:
        """Look at every name: before the act, in it, behind it."""
        run, clause = self.letters, self.clause
        self.cases = [clause.case(index) for index in range(len(run.names))]
        before = [index for index, (_, end) in enumerate(run.names) if end <= clause.act[0]]
        self.subjects = [
            index for index in before if self.cases[index].case in _SUBJECTS and not self.cases[index].is_of_object
        ]
        self.speakers = [index for index in range(len(run.names)) if self._speaks(index)]
        self._find_seat(before)
        for index, (start, end) in enumerate(run.names):
            mention = run.mention(index)
            if mention.is_place:
                self.location = index if self.location is None else self.location
            elif run.is_medium(index):
                self.refused[index] = "it only reports"
            elif start < clause.act[1] and clause.act[0] < end:
                self._in_act(index)
            elif clause.object and start < clause.object[1] and clause.object[0] < end:
                self._in_object(index)
            elif end <= clause.act[0]:
                self._before(index)
            else:
                self._behind(index)
        if self.is_reciprocal:
            self._let_pair_stand_alone()

    # --- who only says so

    def _speaks(self, index: int) -> bool:  # noqa: PLR0911 (early returns, one a case)
        run, clause, found = self.letters, self.clause, self.cases[index]
        if run.is_medium(index):
            return True
        start, _end = run.names[index]
        if found.case == jp.SPEAKING:
            return True
        if start >= clause.act[1] and found.case in (jp.SUBJECT, jp.TOPIC) and run.begins("speech", found.end):
            return True
        if run.sentence.is_title and start >= clause.act[1]:
            return clause.is_said_behind(index)
        if found.case == jp.QUOTING:
            return run.quote[clause.act[0]] == run.quote[found.end] != 0
        if found.case not in (jp.TOPIC, jp.SUBJECT) or not clause.is_told:
            return False
        if start >= clause.act[1]:
            return found.end <= clause.speech and self.cases[index].case == jp.TOPIC
        return run.quote[clause.act[0]] != run.quote[start] or found.case == jp.TOPIC

    def _has_later_subject(self, index: int) -> bool:
        """Whether another name between this one and the act is the act's subject."""
        own = self.letters.mention(index).codes
        return any(
            self.cases[other].case in (jp.SUBJECT, jp.TOPIC, jp.AGENT)
            and other > index
            and not self.letters.mention(other).codes & own
            and not self.clause.is_relative_after(self.cases[other].end)
            for other in self.subjects + [i for i, one in enumerate(self.cases) if one.case == jp.AGENT]
        )

    def _find_seat(self, before: list[int]) -> None:
        """The state at whose place they meet, by a name of the place ("北京で", "東京で")."""
        self.seat: frozenset[str] = frozenset()
        if self.is_meeting:
            for index in before:
                run = self.letters
                is_capital = run.has("capital", run.told(run.names[index])) and self.cases[index].case == jp.BARE
                is_near = self.clause.distance(self.cases[index].end, jp.SEAT) < _APART
                if (self.cases[index].case == jp.SEAT or is_capital) and is_near and not self.seat:
                    self.seat = frozenset(run.mention(index).codes)

    # --- names before the act

    def _before(self, index: int) -> None:
        found = self.cases[index]
        told = self.letters.told(self.letters.names[index])
        lost = self.clause.distance(found.end, found.case)
        if found.is_aside:
            self.refused[index] = "what it is about"
        elif any(told.startswith(one) for one in self.letters.classes.get("toward", ())):
            self.claim(index, "target", 3.0 - lost, "対: towards")
        elif self.letters.has("host_word", told):
            self.claim(index, "target", 1.8 - lost, "訪: the host is in the word")
        elif self.is_reciprocal:
            self._party(index, found.case, lost)
        elif self.is_meeting:
            self._meets(index, found.case, lost)
        else:
            self._argument(index, found, lost)

    def _argument(self, index: int, found: jp.Phrase, lost: float) -> None:
        only_says = index in self.speakers and self._has_later_subject(index)
        case = found.case
        is_of_object = case in (jp.SUBJECT, jp.GENITIVE) and self.clause.is_of_its_object(found.end)
        if found.is_of_object or (is_of_object and self.subjects[-1:] != [index]):
            self._owner(index, lost)
        elif case in _SUBJECTS or case == jp.QUOTING:
            strength = {jp.SUBJECT: 3.0, jp.TOPIC: 2.8, jp.HEADLINE: 2.6, jp.QUOTING: 1.6}[case]
            if case == jp.HEADLINE and self.is_visiting and self._has_guest(index):
                self.claim(index, self.patient, 1.8 - lost, "head of the headline, where they go")
                return
            side = self.patient if self.is_passive and self._has_agent() and case != jp.QUOTING else self.agent
            self.claim(index, side, (1.1 if only_says else strength) - lost, case)
        elif case == jp.GOAL:
            self.claim(index, "source" if self.is_asked else "target", 2.9 - lost, "に, へ: whither")
        elif case == jp.DIRECT:
            self.claim(index, self.patient, 2.7 - lost, "を: the object")
        elif case == jp.ORIGIN:
            self.claim(index, "source", 2.8 - lost, "から: whence")
        elif case == jp.AGENT:
            self.claim(index, self.agent, 3.0 - lost * 2, "による: by whom")
        elif case == jp.SEAT:
            self.claim(index, self.patient if self.is_visiting else "target", 1.8 - lost, "で: where")
        elif case == jp.GENITIVE:
            self.claim(index, self.agent, 2.4 - lost * 2, "の: whose")
            self.claim(index, self.patient, 1.1 - lost * 2, "の: whose")
        elif case == jp.COMPANY:
            self.claim(index, self.agent if self.is_visiting else "target", 1.6 - lost, "と: with")
        elif case == jp.SPEAKING:
            self.claim(index, self.agent, 0.6, "who says so")
        else:
            self._bare(index, found.end, lost)

    def _owner(self, index: int, lost: float) -> None:
        """Whose the object is: the giver's, unless somebody else gives it; then the receiver's."""
        others = [
            one for one in self.subjects if not self.letters.mention(one).codes & self.letters.mention(index).codes
        ]
        self.claim(index, self.agent, (1.2 if others else 2.2) - lost, "の: whose object")
        self.claim(index, self.patient, 1.7 - lost, "の: whose object")

    def _bare(self, index: int, end: int, lost: float) -> None:
        """A name without a particle: right before the act it is who goes or whom it concerns."""
        is_person = self.letters.is_person(index)
        if self.is_hosted_word or (self.is_visiting and is_person):
            self.claim(index, self.agent, 2.3 - lost, "before the visit")
        elif self.is_visiting:
            self.claim(index, self.patient, 2.2 - lost, "before the visit")
        elif end >= self.clause.span[0]:
            side: Side = self.patient if self.subjects else self.agent
            self.claim(index, side, 2.2 - lost, "before the act")
            self.claim(index, self.patient, 2.0 - lost, "before the act")
        else:
            self.claim(index, self.patient, 0.9 - lost, "bare")

    def _has_guest(self, index: int) -> bool:
        """Whether a person who goes there stands behind the head of a headline."""
        own = self.letters.mention(index).codes
        return any(
            self.letters.is_person(other) and not self.letters.mention(other).codes & own
            for other, (_, end) in enumerate(self.letters.names)
            if other > index and end <= self.clause.act[0]
        )

    def _has_agent(self) -> bool:
        return any(one.case == jp.AGENT for one in self.cases)

    def _meets(self, index: int, case: str, lost: float) -> None:
        """Of those who meet: where they do is the host's, and whoever is of another state has come."""
        codes = self.letters.mention(index).codes
        if case == jp.SEAT or (self.seat and codes <= self.seat):
            self.claim(index, "target", 3.4 - lost, "で: where they meet")
        else:
            strength = {jp.SUBJECT: 3.0, jp.TOPIC: 2.8, jp.HEADLINE: 2.8, jp.COMPANY: 2.6}.get(case, 1.8)
            self.claim(index, "source", strength - lost, case)

    def _party(self, index: int, case: str, lost: float) -> None:
        """A party of an act that two do together."""
        is_pair = len(self.letters.mention(index).codes) > 1
        only_says = index in self.speakers and self._has_later_subject(index)
        if case == jp.SEAT and not is_pair:  # 日米で合意した: who, not where
            self.refused[index] = "で: where they meet"
        elif (only_says or case in (jp.QUOTING, jp.SPEAKING)) and not is_pair:
            self.claim(index, "source", 1.1 - lost, "who says so")
        else:
            strength = {
                jp.COMPANY: 3.0,
                jp.SUBJECT: 3.0,
                jp.TOPIC: 2.8,
                jp.HEADLINE: 2.8,
                jp.GENITIVE: 2.6,
                jp.BARE: 2.6,
            }
            self.claim(index, "source", strength.get(case, 1.8) - lost + (0.6 if is_pair else 0), case)

    # --- names in the act and behind it

    def _in_act(self, index: int) -> None:
        told = self.letters.told(self.letters.names[index])
        if self.is_reciprocal:
            self.claim(index, "source", 2.8, "in the word")
        elif self.letters.has("host_word", told):
            self.claim(index, "target", 3.4, "訪: the host is in the word")
        else:
            self.claim(index, "target", 2.2, "in the word")

    def _in_object(self, index: int) -> None:
        told = self.letters.told(self.letters.names[index])
        is_toward = any(told.startswith(one) for one in self.letters.classes.get("toward", ()))
        self.claim(index, "target" if is_toward or self.is_affecting else "source", 2.4, "in the object")

    def _behind(self, index: int) -> None:
        """A name behind the act: the noun that its clause describes; else another clause's."""
        clause = self.clause
        if index in self.speakers and self.cases[index].case == jp.TOPIC and not self.is_reciprocal:
            self.claim(index, self.patient, 1.2, "は: who says so of himself")  # 北朝鮮兵の派遣、ロシアは否定
        elif index in self.speakers:
            self.refused[index] = "it only says so"
        elif clause.describes(index):
            is_gap = any(side == self.agent and claim.strength >= 2.0 for (_, side), claim in self.claims.items())
            side: Side = self.patient if is_gap or self.is_passive else self.agent
            self.claim(index, side, 2.6, "whom the clause describes")
        elif self.is_reciprocal and self.letters.names[index][0] < clause.end:
            self.claim(index, "source", 1.2, "behind the act")
        elif self.letters.sentence.is_title and self.cases[index].case in (jp.SUBJECT, jp.GOAL):
            side = self.agent if self.cases[index].case == jp.SUBJECT else "target"
            self.claim(index, side, 1.3, self.cases[index].case)
        else:
            self.refused[index] = "in another clause"

    def _let_pair_stand_alone(self) -> None:
        """Where one word right at the act names both parties ("米韓演習に反発"), nobody else is one."""
        names = self.letters.names
        for index, (start, _) in enumerate(names):
            is_pair = len(self.letters.mention(index).codes) > 1
            if is_pair and start < self.clause.span[1] and self.cases[index].end >= self.clause.span[0]:
                self.refused |= dict.fromkeys(
                    [i for i in range(len(names)) if i != index], "the parties are in one word"
                )
                self.claims = {key: claim for key, claim in self.claims.items() if key[0] == index}
                return

    def result(self) -> Judgement:
        """What was found, as the other rooms read it."""
        clause = self.clause
        return Judgement(
            claims=self.claims,
            refused=self.refused,
            speakers=() if clause.unadmitted else tuple(self.speakers),
            unnamed=frozenset(self.unnamed),
            is_passive=self.is_passive,
            location=self.location,
            governing=clause.governing,
            near=clause.near,
            background=clause.background,
            is_future=clause.is_future,
            is_past=clause.is_past,
            is_tenseless=clause.is_tenseless,
            has_unnamed_speaker=clause.is_asked_in_headline or bool(clause.unadmitted),
        )
