"""Who did what to whom in Chinese: order, the words before a name (向, 对, 与, 由, 被), and what a clause describes.

The subject stands before the act and what it is done to behind it; a preposition before a name says more than order.
A comma parts clauses that share their subject; 称, 表示, 否认 before a clause say who only speaks of it.
"""

from monitor.rules.grammars import chinese_clauses as zh
from monitor.rules.grammars.claims import Claims
from monitor.rules.grammars.judgement import Judgement, Side
from monitor.rules.grammars.kept import Judgements
from monitor.rules.grammars.unspaced import Run
from monitor.rules.sentence import Core


def _judged(run: Run, core: Core, is_reciprocal: bool) -> Judgement:
    work = _Judging(zh.Clause(run, core), is_reciprocal=is_reciprocal)
    work.run()
    return work.result()


judge = Judgements(Run, _judged).of
"""The judgement of the act at a core of a Chinese sentence."""


class _Judging(Claims):
    """The work on one act: collects claims while it looks at each name."""

    def __init__(self, clause: zh.Clause, *, is_reciprocal: bool) -> None:
        super().__init__(clause.run.sentence.mentions)
        self.clause = clause
        self.letters = clause.run
        self.is_reciprocal = is_reciprocal
        run, act = self.letters, clause.run.told(clause.act)
        self.is_inverted = run.has("receiving", act)
        self.is_hosting = run.has("hosting", act)
        self.is_visiting = run.has("visiting", act)
        self.is_meeting = not is_reciprocal and not self.is_visiting and run.has("meeting", act)
        self.is_hosted_word = run.has("host_word", act)
        whole = act + (run.told(clause.object) if clause.object else "")
        self.is_affecting = run.has("affecting", whole)
        self.is_asked = clause.is_asked and not self.is_visiting and not is_reciprocal
        self.is_passive = clause.is_passive
        flips = self.is_inverted or (self.is_hosting and not self.is_meeting) or self.is_asked
        self.agent: Side = "target" if flips else "source"
        self.patient: Side = "source" if flips else "target"
        self.unnamed = set() if is_reciprocal else {"source", "target"}

    def run(self) -> None:
        """Look at every name: before the act, in it, behind it."""
        run, clause = self.letters, self.clause
        self.phrases = [clause.phrase(index) for index in range(len(run.names))]
        before = [index for index, (_, end) in enumerate(run.names) if end <= clause.act[0]]
        self.subjects = [index for index in before if self.phrases[index].case == zh.SUBJECT]
        self.speakers = [index for index in range(len(run.names)) if self._speaks(index)]
        self.seat: frozenset[str] = frozenset()
        if self.is_meeting:
            self._find_seat()
        for index, (start, end) in enumerate(run.names):
            if run.mention(index).is_place:
                self.location = index if self.location is None else self.location
            elif run.is_medium(index):
                self.refused[index] = "it only reports"
            elif start < clause.act[1] and clause.act[0] < end:
                self._in_act(index)
            elif end <= clause.act[0]:
                self._before(index)
            else:
                self._behind(index)
        if self.is_reciprocal:
            self._let_pair_stand_alone()

    def _speaks(self, index: int) -> bool:
        phrase = self.phrases[index]
        if self.letters.is_medium(index) or phrase.case == zh.SPEAKING:
            return True
        return phrase.case == zh.SUBJECT and self.clause.says(phrase)

    def _has_later_subject(self, index: int) -> bool:
        own = self.letters.mention(index).codes
        return any(
            other > index and not self.letters.mention(other).codes & own and not self.letters.is_medium(other)
            for other in self.subjects
        )

    def _find_seat(self) -> None:
        for index in range(len(self.letters.names)):
            if self.phrases[index].case == zh.SEAT and not self.seat:
                self.seat = frozenset(self.letters.mention(index).codes)

    # --- names before the act

    def _before(self, index: int) -> None:
        phrase = self.phrases[index]
        told = self.letters.told(self.letters.names[index])
        lost = self.clause.distance(phrase)
        if phrase.is_aside:
            self.refused[index] = "what it is about"
        elif told[0] in "对對助援" and len(told) > 1:
            self.claim(index, "target", 3.0 - lost, "对: towards")
        elif self.letters.has("host_word", told) and self.is_visiting:
            self.claim(index, "target", 3.0 - lost, "访: the host is in the word")
        elif self.is_reciprocal:
            self._party(index, phrase.case, lost)
        elif self.is_meeting:
            self._meets(index, phrase.case, lost)
        else:
            self._argument(index, phrase, lost)

    def _argument(self, index: int, phrase: zh.Phrase, lost: float) -> None:
        case = phrase.case
        only_says = index in self.speakers and self._has_later_subject(index)
        if only_says and self.clause.has_pronoun:
            self.claim(index, "target", 2.6 - lost, "其: whither")
            return
        has_agent = any(one.case == zh.AGENT for one in self.phrases)
        if case == zh.SUBJECT and self.clause.is_pivot(phrase):
            self.claim(index, self.patient, 2.6 - lost, "要求: who asks for it")
        elif case == zh.SUBJECT and self.is_passive and not has_agent and self.clause.owns_object(index):
            self.claim(index, self.agent, 2.6 - lost, "whose object")
        elif case == zh.SUBJECT:
            side = self.patient if self.is_passive and (has_agent or not self.is_visiting) else self.agent
            self.claim(index, side, (1.1 if only_says else 3.0) - lost, "subject")
        elif case == zh.GOAL:
            self.claim(
                index, "source" if self.is_asked or self.is_inverted else "target", 2.9 - lost, "向, 对: whither"
            )
        elif case == zh.AGENT:
            self.claim(index, self.agent, 3.0 - lost, "由, 被: by whom")
        elif case == zh.ORIGIN:
            self.claim(index, "source", 2.8 - lost, "从: whence")
        elif case == zh.SEAT:
            self.claim(index, self.patient, 1.6 - lost, "在: where")
        elif case == zh.COMPANY:
            self.claim(index, "source" if self.is_inverted else "target", 1.7 - lost, "与: with")
        elif case == zh.GENITIVE:
            self.claim(index, self.agent, 2.2 - lost, "的: whose")
            self.claim(index, self.patient, 1.1 - lost, "的: whose")
        elif case == zh.SPEAKING:
            self.claim(index, self.agent, 0.6, "who says so")
        else:
            self.claim(index, self.agent, 0.8 - lost, "before the act")

    def _meets(self, index: int, case: str, lost: float) -> None:
        """Of those who meet: where they do is the host's, and whoever is of another state has come."""
        codes = self.letters.mention(index).codes
        if case == zh.SEAT or (self.seat and codes <= self.seat):
            self.claim(index, "target", 3.4 - lost, "在: where they meet")
        elif case in (zh.SUBJECT, zh.COMPANY, zh.GOAL, zh.BARE):
            self.claim(index, "source", 2.8 - lost, case)

    def _party(self, index: int, case: str, lost: float) -> None:
        """A party of an act that two do together."""
        is_pair = len(self.letters.mention(index).codes) > 1
        only_says = index in self.speakers and self._has_later_subject(index)
        if case == zh.SEAT:
            self.refused[index] = "在: where they meet"
        elif (only_says or case == zh.SPEAKING) and not is_pair:
            self.claim(index, "source", 1.1 - lost, "who says so")
        else:
            strength = {zh.COMPANY: 3.0, zh.SUBJECT: 3.0, zh.GENITIVE: 2.4, zh.AGENT: 2.6, zh.GOAL: 2.2}
            self.claim(index, "source", strength.get(case, 1.8) - lost + (0.6 if is_pair else 0), case)

    # --- names in the act and behind it

    def _in_act(self, index: int) -> None:
        told = self.letters.told(self.letters.names[index])
        if self.is_reciprocal:
            self.claim(index, "source", 2.8, "in the word")
        elif self.letters.has("host_word", told):
            self.claim(index, "target", 3.4, "访: the host is in the word")
        else:
            self.claim(index, "target", 2.2, "in the word")

    def _behind(self, index: int) -> None:
        """A name behind the act: what it is done to, by the words before it; the noun that the clause describes."""
        clause, phrase = self.clause, self.phrases[index]
        if index in self.speakers and phrase.case == zh.SPEAKING:
            self.refused[index] = "it only says so"
        elif clause.describes(index):
            side = self.patient if self.is_passive or self.subjects else self.agent
            self.claim(index, side, 2.6, "的: whom the clause describes")
        elif self.letters.names[index][0] >= clause.end:
            self.refused[index] = "in another clause"
        elif self.is_reciprocal:
            self.claim(index, "source", 2.6 if clause.is_next(index) else 1.6, "behind the act")
        elif phrase.case == zh.GOAL:
            self.claim(index, "target", 2.9, "给, 往: whither")
        elif phrase.case == zh.ORIGIN or (phrase.case == zh.AGENT and self.is_inverted):
            self.claim(index, "source", 2.8, "自: whence")
        elif phrase.case == zh.SEAT:
            self.claim(index, "target", 1.6, "在: where")
        elif self.is_meeting:
            self.claim(index, "target" if self.seat & self.letters.mention(index).codes else "source", 2.2, "whom")
        elif clause.is_owner(index):
            side = self.patient if self.subjects or self.is_inverted else self.agent
            self.claim(index, side, 2.0, "whose object")
        elif clause.is_next(index):
            self.claim(index, self.patient, 2.7, "the object")
        else:
            self.claim(index, self.patient, 1.2, "behind the act")

    def _let_pair_stand_alone(self) -> None:
        """Where one word right at the act names both parties ("美韩军演"), nobody else is one."""
        names = self.letters.names
        for index, (start, end) in enumerate(names):
            is_pair = len(self.letters.mention(index).codes) > 1
            if is_pair and start < self.clause.span[1] and self.clause.is_adjacent(end):
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
            has_unnamed_speaker=bool(clause.unadmitted),
            is_negated=clause.is_negated,
            is_future=clause.is_future,
            is_past=clause.is_past,
            is_tenseless=clause.is_tenseless,
        )
