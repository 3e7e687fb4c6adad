"""Who did what to whom in Korean: particles, noun compounds, words that hold their state, and who only says so.

The case of a name is that of its noun phrase ("러시아 외무장관이": subject). Each case gives a claim to a side, and
why; a clause is read to the left for its arguments and to the right for what governs it. Headlines leave particles
out: there a comma marks the topic, and a name before the act is whom it concerns.
"""

from functools import cached_property

from monitor.rules.grammars import korean_words as kw
from monitor.rules.grammars.claims import Claims
from monitor.rules.grammars.judgement import Judgement, Side
from monitor.rules.grammars.kept import Judgements
from monitor.rules.grammars.korean_acts import kind_of
from monitor.rules.grammars.korean_clause import Clause
from monitor.rules.grammars.korean_speech import has_later_subject, is_medium, speakers_of
from monitor.rules.sentence import Core, Mention

_COMPARED = ("보다", "보다는", "보다도")
"""Endings of what something is held against, and not done: "위협보다는 입장 표명"."""
_HELD = ("열린", "열리", "개최", "마련된")
"""A meeting that is held at a place; any other verb has the place for itself."""
_AFTER = ("뒤", "후", "다음", "직후", "뒤에", "후에")
"""Behind a verb: what follows happens at the same place."""
_AT_HAND = 6
"""Words before a visit in which its visitor is looked for."""
_FAR = 0.6
"""What a claim loses for each verb or mark between a name and the act."""


def _judged(words: kw.Words, core: Core, is_reciprocal: bool) -> Judgement:
    work = _Judging(Clause(words, core), is_reciprocal=is_reciprocal)
    work.run()
    return work.result()


judge = Judgements(lambda sentence, language: kw.Words(sentence, kw.lexis_of(language)), _judged).of
"""The judgement of the act at a core of a Korean sentence."""


class _Judging(Claims):
    """The work on one act: collects claims while it looks at each name."""

    def __init__(self, clause: Clause, *, is_reciprocal: bool) -> None:
        super().__init__(clause.read.sentence.mentions)
        self.clause = clause
        self.read = clause.read
        self.lexis = clause.read.lexis
        self.is_reciprocal = is_reciprocal
        self.speakers = speakers_of(clause)
        self.act = kind_of(clause, is_reciprocal=is_reciprocal)
        self.agent, self.patient = self.act.agent, self.act.patient
        self.unnamed = set() if is_reciprocal else {"source", "target"}
        self.has_subject = False

    def run(self) -> None:
        """Look at every name: before the act, in it, behind it."""
        self.described = self.clause.described()
        self._find_seat()
        if self.act.is_stay:
            self._stay()
            return
        if self.read.words[self.clause.act[1] - 1].endswith(_COMPARED):
            return
        mentions = self.read.sentence.mentions
        first, last = self.clause.act
        obj = self.clause.core.object
        for index, mention in enumerate(mentions):
            if mention.is_place:
                self.location = index if self.location is None else self.location
            elif because := self._no_party(index):
                self.refused[index] = because
            elif mention.first < last and first < mention.last:
                self._in_act(index)
            elif obj is not None and mention.first < obj[1] and obj[0] < mention.last and not self._is_visitor(mention):
                self._in_object(index)
            elif mention.last <= first:
                self._before(index)
        for index, mention in enumerate(mentions):
            if mention.first >= last and not (mention.is_place or index in self.speakers or index in self.refused):
                self._behind(index)
        if self.is_reciprocal:
            self._let_pair_stand_alone()

    def _no_party(self, index: int) -> str:
        """Why a name in the sentence can't be a party, whatever its case; empty where it can."""
        if index in self.speakers and is_medium(self.clause, index):
            return "it only reports"
        if self._is_own_of_speaker(index):
            return "whoever is quoted means his own"
        if self._is_of_bystander(index) and not self.act.is_affecting:
            return "of a newspaper or a private person there"
        return ""

    def _is_own_of_speaker(self, index: int) -> bool:
        """`북 "한국, 우리 군에 경고사격"`: our army, in the mouth of somebody of another state."""
        read = self.read
        mention = read.sentence.mentions[index]
        if not read.quote[mention.first] or not read.words[mention.first].startswith("우리"):
            return False
        return any(not read.sentence.mentions[one].codes & mention.codes for one in self.speakers)

    def _is_of_bystander(self, index: int) -> bool:
        """`영국 매체`, `영국 BBC`, `중국 누리꾼`: a state that only says where somebody is from."""
        read = self.read
        mention = read.sentence.mentions[index]
        at = mention.last
        if at >= read.n or mention.tail or read.parted[at] or any(actor.kind == "media" for actor in mention.actors):
            return False
        if read.owner[at] >= 0:
            return is_medium(self.clause, read.owner[at])
        is_private = self.lexis.has("bystander", read.words[at]) and not self.act.is_visiting
        return is_private or self.lexis.has("outlet", read.words[at])

    def _is_visitor(self, mention: Mention) -> bool:
        """Whether a name in the words for officials stands before a visit: it has the part that its particle says."""
        return self.act.is_visiting and mention.last <= self.clause.act[0]

    def _find_seat(self) -> None:
        """The state at whose place they meet, by a name of the place ("알래스카에서", "도쿄 회담")."""
        self.seat: frozenset[str] = frozenset()
        self.delegation = -1
        if not self.act.is_meeting:
            return
        for index, mention in enumerate(self.read.sentence.mentions):
            case, end = self.read.case(index, self.clause.stops)
            is_capital = end == self.clause.act[0] and self.lexis.has("capital", self.read.words[mention.first])
            is_seat = case == kw.SEAT and not self.read.is_about(index, end, "occasion")
            is_there = is_capital or (is_seat and not self._is_seat_of_another(end))
            if is_there and mention.last <= self.clause.act[0] and not self.seat and not self._is_pair(index):
                self.seat = frozenset(actor.code for actor in mention.actors if actor.code)
            is_subject = case in (kw.SUBJECT, kw.TOPIC, kw.HEADLINE) and mention.last <= self.clause.act[0]
            if is_subject and self.read.is_about(index, end, "delegation"):
                self.delegation = index
        if self.seat:
            self.delegation = -1

    def _is_seat_of_another(self, end: int) -> bool:
        """Whether a verb stands between a place and the act that has the place for itself ("한국에서 일어나는 일")."""
        read = self.read
        first = self.clause.act[0]
        between = [at for at in range(end, first) if read.form[at] in (kw.ADNOMINAL, kw.LINK)]
        return any(not read.words[at].startswith(_HELD) and read.words[at + 1] not in _AFTER for at in between)

    def _stay(self) -> None:
        """Whoever does something in another's capital ("25일 워싱턴에서 동포들을 만났다")."""
        read, clause = self.read, self.clause
        at = clause.act[1] - 1
        is_open = at + 1 >= read.n or read.form[at + 1] != kw.ADNOMINAL
        for index, mention in enumerate(read.sentence.mentions):
            case, end = read.case(index, frozenset())
            if mention.first < clause.act[1] and clause.act[0] < mention.last:
                if case == kw.SEAT and end == clause.act[1] and is_open:
                    self.claim(index, "target", 3.4, "에서: where he is")
            elif read.quote[mention.first] != read.quote[at]:
                self.refused[index] = "outside the quotation"
            elif mention.last <= clause.act[0] and case in (kw.SUBJECT, kw.TOPIC, kw.HEADLINE):
                self.claim(index, "source", 3.0 - 2 * self._distance(end, case), case)
            elif mention.first >= clause.act[1]:
                self.refused[index] = "behind the place"

    # --- names before the act

    def _before(self, index: int) -> None:  # noqa: PLR0912 (a branch a case)
        read, clause = self.read, self.clause
        mention = read.sentence.mentions[index]
        case, end = read.case(index, clause.stops)
        penalty = self._distance(end, case)
        if self.act.is_visiting and case == kw.BARE and end in self.clause.stops and end < self.clause.act[0]:
            whole = read.case(index, frozenset(range(*clause.act)))  # "김정은 북한 국무위원장이": the title's particle
            case, end = whole if whole[0] in (kw.SUBJECT, kw.TOPIC) else (case, end)
        if self._is_aside(case, end) or self._is_theme(mention.last, end):
            self.refused[index] = "로, 관련, 대해: what it is about"
            return
        if self._is_toward(index):
            self.claim(index, "target", 3.0 - penalty, "대: towards")
            return
        if not self.is_reciprocal and not self.act.is_visiting and read.is_about(index, end, "war"):
            self.refused[index] = "where the war is"
            return
        if self.is_reciprocal:
            self._party(index, case, penalty)
            return
        if self.act.is_meeting:
            self._meets(index, case, penalty)
            return
        is_own_plan = case == kw.QUOTING and clause.is_future()  # 트럼프 "러 제재할 것"
        only_says = index in self.speakers and (case == kw.QUOTING or has_later_subject(self.clause, index))
        only_says = only_says and not is_own_plan
        if case in (kw.SUBJECT, kw.TOPIC, kw.HEADLINE, kw.QUOTING):
            strength = {kw.SUBJECT: 3.0, kw.TOPIC: 2.8, kw.HEADLINE: 2.7, kw.QUOTING: 1.9}[case]
            if self.act.is_visiting and self._is_pair_word(mention):
                strength = 0.9  # "한일, 한미 정상회담을 위해 출국한다": no visitors
            if self.act.is_visiting and self._is_visit_of_later(index):
                strength = 1.0  # "조현 장관, 김정은 중국 방문에 ...": he speaks of it
            if self.described >= 0 and self._has_object_after(end):
                strength = 0.8
                self.unnamed.add(self.patient)  # "김정은이 평양을 방문한 대표단을": of the verb to come
            self.claim(index, self.agent, (1.2 if only_says else strength) - penalty, case)
            self.has_subject = self.has_subject or not (only_says or (self.act.is_hosting and case == kw.QUOTING))
        elif case == kw.GOAL:
            side: Side = "source" if self.act.is_asked else "target"
            self.claim(index, side, 2.9 - penalty, "에, 로: whither")
        elif case == kw.DIRECT:
            self.claim(index, self.patient, 2.7 - penalty, "을: the object")
        elif case == kw.ORIGIN:
            self.claim(index, "source", 2.8 - penalty, "로부터: whence")
        elif case == kw.SEAT:
            self.claim(
                index,
                "source" if self.act.is_inverted else "target",
                (2.4 if self.act.is_inverted else 1.6) - penalty,
                "에서: where",
            )
        elif case == kw.GENITIVE and self._is_of_another(end):
            self.claim(index, self.agent, 0.5, "의: of another noun")
        elif case == kw.GENITIVE:
            self.claim(index, self.agent, 2.4 - penalty, "의: whose")
            self.claim(index, self.patient, 0.9 - penalty, "의: whose")
        elif case == kw.COMPANY:
            goes_along = self.act.is_visiting or self._joins_subject(end)
            self.claim(index, self.agent if goes_along else "target", 1.6 - penalty, "와: with")
        else:
            self._bare(index, mention.first, end, penalty)

    def _meets(self, index: int, case: str, penalty: float) -> None:
        """Of those who meet: where they do is the host's, and whoever is of another state has come.

        A delegation has come wherever they meet.
        """
        mention = self.read.sentence.mentions[index]
        if self.seat and mention.codes <= self.seat:
            self.claim(index, "target", 3.4 - penalty, "에서: where they meet")
        elif index == self.delegation:
            self.claim(index, "source", 3.0, "a delegation has come")
        elif self.delegation >= 0 and case in (kw.DIRECT, kw.COMPANY, kw.GOAL, kw.BARE):
            self.claim(index, "target", 2.0 - penalty, "whom a delegation meets")
        else:
            strength = {kw.SUBJECT: 3.0, kw.TOPIC: 2.8, kw.HEADLINE: 2.8, kw.COMPANY: 2.6}.get(case, 1.8)
            self.claim(index, "source", strength - penalty, case)

    def _party(self, index: int, case: str, penalty: float) -> None:
        """A party of an act that two do together."""
        only_says = index in self.speakers and (case == kw.QUOTING or has_later_subject(self.clause, index))
        is_of_main_clause = case == kw.TOPIC and self.clause.form == kw.ADNOMINAL and not self._is_pair(index)
        obj = self.clause.core.object
        if is_of_main_clause and obj is not None and obj[0] >= self.clause.act[1]:
            self.refused[index] = "of the main clause"  # "북한은 일본에서 열린 한미 훈련을 비난했다"
        elif case == kw.SEAT:
            self.refused[index] = "에서: where they meet"
        elif only_says and len(self.read.sentence.mentions[index].codes) < 2:
            self.claim(index, "source", 1.1 - penalty, "who says so")
        else:
            if self._is_pair(index):
                penalty -= 0.6
            strength = {
                kw.COMPANY: 3.0,
                kw.SUBJECT: 3.0,
                kw.TOPIC: 2.8,
                kw.HEADLINE: 2.8,
                kw.GENITIVE: 2.4,
                kw.BARE: 2.6,
            }
            self.claim(index, "source", strength.get(case, 1.6) - penalty, case)

    def _is_aside(self, case: str, end: int) -> bool:
        """`미국과 관련해`, `북한에 대해`: what something is about, and no party."""
        if case == kw.MEANS:
            return True
        if case not in (kw.GOAL, kw.COMPANY) or end >= self.read.n or self.act.is_affecting:
            return False
        return self.read.words[end].startswith(
            (
                "관련",
                "대해",
                "대한",
                "관한",
                "관해",
                "달리",
                "별개",
                "맞서",
                "맞선",
                "대항",
                "이어",
                "앞서",
                "비해",
                "반해",
                "따르",
            )
        )

    def _is_theme(self, first: int, end: int) -> bool:
        """`북한 관련 발언을`: whether the noun that a name's phrase ends with is about it."""
        return any(self.read.words[at].startswith("관련") for at in range(first, min(end, self.clause.act[0])))

    def _is_visit_of_later(self, index: int) -> bool:
        """Whether a visit that is a noun with a particle has a person of its own, and a name stands before him."""
        own = self.read.sentence.mentions[index]
        later = self._visitor_at_hand
        return later is not None and own.last <= later.first and not later.codes & own.codes

    @cached_property
    def _visitor_at_hand(self) -> Mention | None:
        """The person who stands bare right before such a visit ("김정은 중국 방문에")."""
        read, clause = self.read, self.clause
        if read.form[clause.verb] != kw.NOUN or read.lexis.case_of(read.words[clause.verb]) == kw.BARE:
            return None
        first = clause.act[0]
        for at in range(first - 1, max(first - _AT_HAND, 0) - 1, -1):
            index = read.owner[at]
            if index >= 0 and all(actor.kind == "person" for actor in read.sentence.mentions[index].actors):
                case, end = read.case(index, clause.stops)
                is_at_hand = case in (kw.BARE, kw.GENITIVE) and first - end <= 1
                return read.sentence.mentions[index] if is_at_hand else None
        return None

    def _is_of_another(self, end: int) -> bool:
        """Whether a genitive belongs to a noun with a particle of its own before the act ("중국의 반발로")."""
        return any(
            self.read.owner[at] < 0
            and self.read.lexis.case_of(self.read.words[at]) in (kw.GOAL, kw.SEAT, kw.SUBJECT, kw.TOPIC, kw.COMPANY)
            for at in range(end, self.clause.span[0])
        )

    def _has_object_after(self, end: int) -> bool:
        """Whether a name with the particle of an object or goal stands between a word and the act."""
        read, clause = self.read, self.clause
        before = clause.span[0] - 1
        if before >= end and read.owner[before] < 0 and read.lexis.case_of(read.words[before]) in (kw.DIRECT, kw.GOAL):
            return True
        return any(
            mention.first >= end
            and mention.last <= clause.span[0]
            and read.case(index, clause.stops)[0] in (kw.DIRECT, kw.GOAL)
            for index, mention in enumerate(read.sentence.mentions)
        )

    def _has_goal_before_act(self) -> bool:
        """Whether the word right before the act says whither ("일본을 방문한", "알래스카로 향했다")."""
        read, before = self.read, self.clause.act[0] - 1
        if before < 0:
            return False
        owner = read.owner[before]
        case = read.case(owner, self.clause.stops)[0] if owner >= 0 else read.lexis.case_of(read.words[before])
        return case in (kw.DIRECT, kw.GOAL)

    def _joins_subject(self, end: int) -> bool:
        """`푸틴과 김정은이`: whether another name's subject follows at once."""
        read = self.read
        if end < read.n and read.owner[end] >= 0:
            case, _ = read.case(read.owner[end], self.clause.stops)
            return case in (kw.SUBJECT, kw.TOPIC)
        return False

    def _bare(self, index: int, first: int, end: int, penalty: float) -> None:
        """A name without a particle: right before the act whom it concerns, at a headline's head who does it."""
        clause, read = self.clause, self.read
        obj = clause.core.object
        mention = read.sentence.mentions[index]
        is_person = all(actor.kind == "person" for actor in mention.actors)
        if self.lexis.has("own_men", read.words[first]) and not (
            self.act.is_affecting or self.act.is_visiting or self.act.is_admitting
        ):
            self.claim(index, "source", 3.0 - penalty, "whose men they are")
        elif self.act.is_visiting and self.lexis.has("host_word", read.words[first]):
            self.refused[index] = "of another visit"
        elif self.act.is_hosted_word or (self.act.is_visiting and is_person) or self._takes_part(mention.last):
            self.claim(index, self.agent, 2.2 - penalty, "before the visit")
        elif self.act.is_hosting and not self.has_subject:
            self.claim(index, self.patient, 0.5, "bare")
        elif self.act.is_visiting and self._is_pair(index) and self._has_goal_before_act():
            self.refused[index] = "whose meeting it is"
        elif self.act.is_visiting and obj is not None and end == obj[0] - 1:
            self.claim(index, self.patient, 2.0 - penalty, "before the object")
        elif obj is not None and obj[1] <= clause.act[0] and end >= obj[0] - 1 and end <= obj[0]:
            is_owner = self.lexis.has("men", read.words[obj[0]]) or not self.has_subject
            self.claim(index, "source" if is_owner else self.patient, 1.9 - penalty, "before the object")
            self.claim(index, self.patient, 1.6 - penalty, "before the object")
        elif end >= clause.act[0]:
            self.claim(index, self.patient, 2.5 - penalty, "before the act")
        elif first == clause.reach.start and read.sentence.is_title:
            self.claim(index, self.agent, 2.0 - penalty, "head of the headline")
            self.has_subject = True
        else:
            self.claim(index, self.patient, 0.9 - penalty, "bare")

    def _takes_part(self, last: int) -> bool:
        """`러·중 참가`: who stands right before it is among the guests."""
        first = self.clause.act[0]
        return self.act.is_visiting and last == first and self.read.words[first].startswith(("참가", "참석"))

    def _distance(self, end: int, case: str) -> float:
        """What a claim loses by what parts the name from the act."""
        clause, read = self.clause, self.read
        lost = 0.0
        for at in range(end, clause.span[0]):
            if read.parted[at]:
                lost += _FAR
            if read.form[at] in (kw.LINK, kw.QUOTED, kw.FINAL):
                lost += 0.3 if case in (kw.TOPIC, kw.HEADLINE) else _FAR
            elif read.form[at] == kw.ADNOMINAL:
                lost += 0.2 if case in (kw.TOPIC, kw.HEADLINE, kw.SUBJECT) else 1.9
        return min(lost, 2.2)

    # --- names in the act and behind it

    def _in_act(self, index: int) -> None:
        word = self.read.words[self.read.sentence.mentions[index].first]
        if self.is_reciprocal:
            self.claim(index, "source", 2.8, "in the word")
        elif word.startswith(kw.prefixes(self.lexis.classes.get("host_word", frozenset()))):
            self.claim(index, "target", 3.4, "방: the host is in the word")
        else:
            self.claim(index, "target", 2.2, "in the word")

    def _in_object(self, index: int) -> None:
        side: Side = "target" if self.act.is_affecting else "source"
        if self._is_toward(index):
            side = "target"
        is_own = side == "source" and self.lexis.has(
            "own_men", self.read.words[self.read.sentence.mentions[index].first]
        )
        self.claim(index, side, 3.3 if is_own else 2.4, "in the object")

    def _behind(self, index: int) -> None:
        """A name behind the act: the noun that it describes, or who its phrase belongs to; else another clause's."""
        clause, read = self.clause, self.read
        mention = read.sentence.mentions[index]
        between = range(clause.act[1], mention.first)
        is_next = all(read.owner[at] < 0 and not read.parted[at] for at in between) and len(between) <= 2
        form = read.form[clause.verb]
        if is_next and form == kw.ADNOMINAL and mention.first <= clause.verb + 2:
            is_gap = self.has_subject and not any(
                side == self.patient and claim.strength >= 2.0 for (_, side), claim in self.claims.items()
            )
            side: Side = self.patient if is_gap else self.agent
            self.claim(index, side, 2.6, "whom the clause describes")
        elif is_next and not between and form == kw.NOUN and not read.sentence.gaps[mention.first]:
            is_bare = self.lexis.case_of(read.words[clause.verb]) == kw.BARE
            if (
                self.act.is_hosted_word and is_bare
            ):  # "北, 방미 李대통령 비난": who stands before it does something else
                self.claims = {key: claim for key, claim in self.claims.items() if key[1] != self.agent}
            self.claim(index, self.agent, 3.2 if self.act.is_visiting and is_bare else 1.4, "behind the act")
        elif self.is_reciprocal and mention.first < clause.reach.end:
            self.claim(index, "source", 1.2, "behind the act")
        elif mention.first >= clause.reach.end:
            self.refused[index] = "in another clause"

    def _let_pair_stand_alone(self) -> None:
        """Where one word right at the act names both parties ("한미훈련에 반발"), nobody else is one."""
        mentions = self.read.sentence.mentions
        first, last = self.clause.span
        for index, mention in enumerate(mentions):
            _, end = self.read.case(index, self.clause.stops)
            if self._is_pair(index) and mention.first < last and end >= first:
                others = [one for one in range(len(mentions)) if one != index]
                self.refused |= dict.fromkeys(others, "the parties are in one word")
                self.claims = {key: claim for key, claim in self.claims.items() if key[0] == index}
                return

    def _is_pair(self, index: int) -> bool:
        """Whether one word names the parties ("한미"): then nobody else is one."""
        return len(self.read.sentence.mentions[index].codes) > 1

    def _is_pair_word(self, mention: Mention) -> bool:
        """Whether two states are one word without a mark between them (한미)."""
        word = self.read.sentence.raw[mention.first]
        return mention.last - mention.first == 1 and len(mention.codes) > 1 and word.isalpha()

    def _is_toward(self, index: int) -> bool:
        word = self.read.words[self.read.sentence.mentions[index].first]
        return word.startswith(kw.prefixes(self.lexis.classes.get("toward", frozenset())))

    def _is_under_way(self) -> bool:
        """`협상`, `논의`: an agreement that is not there yet."""
        act = self.read.words[self.clause.act[1] - 1]
        return self.lexis.has("tentative", act)

    def result(self) -> Judgement:
        """What was found, as the other rooms read it."""
        reach = self.clause.reach
        return Judgement(
            claims=self.claims,
            refused=self.refused,
            speakers=tuple(self.speakers),
            unnamed=frozenset(self.unnamed),
            is_passive=self.act.is_passive,
            is_negated=self.clause.is_negated(),
            location=self.location,
            governing=reach.governing,
            near=reach.near,
            background=reach.background,
            is_future=self.clause.is_future() or (self.is_reciprocal and self._is_under_way()),
            is_past=self.clause.is_past(),
            is_past_before=self.clause.is_ground(),
            is_tenseless=self.clause.is_tenseless(),
        )
