"""The clause of an act in Korean: where it begins and ends, what governs it, and who only says so.

The verb stands last and what governs it stands behind it: denial, plan and report are read from the act to the right,
its arguments to the left.
"""

import re
from functools import cached_property
from typing import NamedTuple

from monitor.rules.grammars import korean_words as kw
from monitor.rules.sentence import Core

_TO_COME = re.compile(
    r"(?:[가-힣]*(?:할|할수도|할수|될|갈|올|만날|보낼|찾을|열릴|맺을|나설|줄|벌일|가질|받을|보일|팔|내릴|맞을)$"
    r"|.*(?:[가-힣]기로|키로|려고?|하려는|하도록|하자|해야|하라|하면|되면|할까|겠다|겠다고|겠다며|할게)$)"
)
_PRESENT = re.compile(
    r"(?:(?:[가-힣]*(?:한|된|간|온|난|낸|린|연|진|선|준|떠난|만난|보낸))|.*[는])다(?:고|며|면서|는)?$"
)
_DONE = re.compile(r"[했됐갔왔났냈렸켰췄쳤쐈봤꿨줬탔팔샀았었였]")
_GOING_ON = re.compile(r"(?:중$|중이|중인|있다|있는|있던|있다고)")
_SHARED = re.compile(r"(?:해|해서|돼|하고|하며|되고|만나|찾아|보내|위해|가|와|아|어|려고|하기|하여|마치고)$")


_DESCRIBED = 4
"""Words behind a clause that describes a noun, in which what is remembered of it stands ("파병된 장병의 희생을")."""


class Reach(NamedTuple):
    """What governs an act: words to the right in whose reach it stands, and where its clause begins."""

    governing: frozenset[int]
    near: frozenset[int]
    background: frozenset[int]
    end: int
    start: int


class Clause:
    """The clause of one act in a sentence that has been read."""

    def __init__(self, read: kw.Words, core: Core) -> None:
        self.read = read
        self.core = core
        self.act = core.act
        first, last = core.act
        if core.object is not None:
            first, last = min(first, core.object[0]), max(last, core.object[1])
        self.span = (first, last)
        self.stops = frozenset((*range(*core.act), *range(*(core.object or core.act))))
        self.verb = self._verb()
        self.form = read.form[self.verb]
        self.reach = self._reach()

    def _verb(self) -> int:
        """The word that carries the act's ending: the act, or the verb that a noun leads to ("방문을 시작한")."""
        read, at = self.read, self.act[1] - 1
        if read.form[at] != kw.NOUN or at + 1 >= read.n or read.parted[at + 1] or "," in read.sentence.gaps[at + 1]:
            return at
        case = read.lexis.case_of(read.words[at])
        if case in (kw.DIRECT, kw.BARE) and read.owner[at + 1] < 0 and read.form[at + 1] != kw.NOUN:
            return at + 1 if read.quote[at + 1] == read.quote[at] else at
        return at

    def _reach(self) -> Reach:
        """The words to the right that govern the act, up to the end of what its clause hangs on."""
        read = self.read
        governing = set(range(self.act[0], self.act[1]))
        near = set(governing)
        at = self.act[1]
        quote = read.quote[self.act[0]]
        while at < read.n and not self._ends_before(at, quote):
            if at - 1 >= self.verb and read.form[at - 1] == kw.LINK:
                at = self._last_verb(at)  # what the next clause is about does not govern this one, its ending does
                governing.add(at - 1)
            governing.add(at)
            if at <= self.verb + 2:
                near.add(at)
            at += 1
        start = self._start()
        background = set(range(start, self.act[0]))
        if self.form == kw.ADNOMINAL:
            background |= set(range(at, min(self._segment_end(at), at + _DESCRIBED)))
        return Reach(frozenset(governing), frozenset(near), frozenset(background), at, start)

    def _ends_before(self, at: int, quote: int) -> bool:
        """Whether what governs the act ends before word `at`."""
        read = self.read
        previous = at - 1
        if read.parted[at] or (read.quote[at] and read.quote[at] != quote):
            return True
        form = read.form[previous]
        if form == kw.ADNOMINAL and previous >= self.verb:
            return not read.is_light(at)
        if form == kw.LINK and previous >= self.verb:
            return not _SHARED.search(read.words[previous])
        if "," in read.sentence.gaps[at]:
            return form in (kw.NOUN, kw.LINK)
        return read.sentence.is_title and form == kw.FINAL and read.quote[at] == quote

    def _last_verb(self, at: int) -> int:
        """The verb on which a clause goes on to hang, from word `at` on."""
        read = self.read
        while at + 1 < read.n and not read.parted[at + 1] and read.form[at] not in (kw.FINAL, kw.QUOTED):
            at += 1
        return at

    def _segment_end(self, at: int) -> int:
        """Where the part of the sentence ends that no mark parts."""
        while at < self.read.n and not self.read.parted[at]:
            at += 1
        return at

    def _start(self) -> int:
        """Where the clause of the act begins: behind the last mark that parts, its own quotation, a linking verb."""
        read = self.read
        at = self.span[0]
        quote = read.quote[self.act[0]]
        while at > 0:
            if read.parted[at] or (quote and read.quote[at - 1] != quote):
                return at
            if read.form[at - 1] in (kw.LINK, kw.QUOTED, kw.FINAL):
                return at
            at -= 1
        return at

    def relative_before(self, at: int) -> bool:
        """Whether between word `at` and the act a verb describes a noun: what stands before it is that verb's."""
        return any(self.read.form[probe] == kw.ADNOMINAL for probe in range(at, self.span[0]))

    def is_future(self) -> bool:
        """Said to come by the form of the verb: 방문할, 방문한다, 보내기로; not 방문하고 있다."""
        read = self.read
        verb = read.words[self.verb]
        following = read.words[self.verb + 1] if self.verb + 1 < read.n else ""
        if _GOING_ON.search(following) or _GOING_ON.search(verb):
            return False
        if _TO_COME.search(verb):
            return True
        return bool(self.form in (kw.FINAL, kw.QUOTED) and _PRESENT.search(verb))

    def is_negated(self) -> bool:
        """The verb itself denied: 보내지 않았다, 인정하지 못했다."""
        read = self.read
        return any(
            read.words[at].endswith(("지", "지는", "지도")) and read.words[at + 1].startswith(("않", "못", "말"))
            for at in {self.verb, self.act[1] - 1}
            if at + 1 < read.n
        )

    def is_past(self) -> bool:
        """Told as done by the form of the verb: 방문했다, 보냈다."""
        return bool(_DONE.search(self.read.words[self.verb]))

    def is_tenseless(self) -> bool:
        """A noun that ends its part of a headline: 푸틴 방북."""
        return self.read.sentence.is_title and self.form == kw.NOUN

    def is_ground(self) -> bool:
        """Whether the act only grounds another: "무역 합의에 따라"."""
        behind = self.act[1]
        return behind < self.read.n and self.read.words[behind].startswith(
            ("따라", "따른", "따르면", "의해", "의거", "근거")
        )

    def is_presupposed(self) -> bool:
        """Whether the act is only the topic of what is said ("한미훈련, 전쟁 도발"): whoever says so grants it."""
        read = self.read
        if self.form != kw.NOUN or self.verb != self.act[1] - 1 or self.act[1] >= read.n:
            return False
        case = read.lexis.case_of(read.words[self.verb])
        return case in (kw.TOPIC, kw.SUBJECT, kw.GOAL, kw.COMPANY, kw.ORIGIN) or "," in read.sentence.gaps[self.act[1]]

    def described(self) -> int:
        """The mention that the clause of the act describes ("평양을 방문한 러시아 대표단"); -1 if none."""
        if self.form != kw.ADNOMINAL:
            return -1
        for at in range(self.verb + 1, min(self.verb + 4, self.read.n)):
            if self.read.parted[at] or self.read.is_light(at):
                return -1
            if self.read.owner[at] >= 0:
                return self.read.owner[at]
            if self.read.lexis.case_of(self.read.words[at]) not in (kw.BARE, kw.GENITIVE):
                return -1
        return -1

    def is_governed_by(self, name: str) -> bool:
        """Whether a verb of a class stands next above the act ("지원을 요청했다")."""
        read = self.read
        for at in range(self.act[1], min(self.act[1] + 3, self.reach.end)):
            if read.owner[at] >= 0:
                return False
            if read.lexis.has(name, read.words[at]):
                return True
        return False

    @cached_property
    def speech_at(self) -> int:
        """The verb of saying in whose words the act stands; -1 if none."""
        read = self.read
        quote = read.quote[self.act[0]]
        for at in range(self.act[1] - 1, read.n):
            if not read.lexis.has("speech", read.words[at]) and not (
                read.sentence.is_title and read.words[at] in read.lexis.classes.get("says", frozenset())
            ):
                continue
            behind_quote = bool(quote) and read.quote[at] != quote
            is_told = any(read.form[probe] == kw.QUOTED for probe in range(self.verb, at))
            if behind_quote or is_told or read.words[at].startswith(("따르면", "보도", "발표")):
                return at
        return -1
