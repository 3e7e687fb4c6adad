"""Names and clauses of Chinese: what stands before a name, where a clause begins and ends, and what governs it."""

import re
from functools import cached_property
from typing import NamedTuple

from monitor.rules.grammars.unspaced import CoreOfRun, any_of

SUBJECT, GOAL, AGENT, ORIGIN, SEAT, COMPANY, GENITIVE, SPEAKING, BARE = (
    "subject", "goal", "agent", "origin", "seat", "company", "genitive", "speaking", "bare",
)  # fmt: skip
_END = re.compile(r"[，,。；;：:！!？?]|\s(?=\S)")
_HARD = "。；;！!？?"
_TITLE = re.compile(r"[^，,。；;：:、\s的向对對在与與和同被由将將称稱]{0,10}")
"""Letters between a state and its person ("俄罗斯总统|普京"): one phrase."""
_FUTURE = re.compile(
    r"(?<![主副大上中少名])[将將](?![军軍领領士官])|(?<![模虚虛])[拟擬]|即将|即將|计划|計劃|准备|準備|打算|考虑|考慮|有意|欲(?=[向对對访訪派])|[会會](?=[向对對派访訪继])|要(?=[向对對派访訪])|愿|願|有望|可望|或(?=[将將会會向对對访訪])|料(?=将|將)"
)
_NEGATED = re.compile(r"(?:没有|沒有|从未|從未|并未|並未|未曾|不会|不會|不再|绝不|拒绝|拒絕|未|不)$")
_UNADMITTED = re.compile(
    r"(?:没有|沒有|尚未|从未|從未|并未|並未|未|不)(?:公开|公開|正式)?(?:承认|承認|证实|證實|确认|確認)"
)
_PASSIVE = re.compile(r"被(?![指曝爆认認视視])|遭|受到")
_ASKS = re.compile(r"[^，,。；;：:、]{0,4}?(?:要求|请求|請求|希望|敦促|呼吁|呼籲|促使|说服|說服)")
_REFERRING = re.compile(r"对此|對此|这一说法|這一說法|此事|该说法|该报道|上述")


class Phrase(NamedTuple):
    """How a name stands: its case, its first and last letter with titles before and behind, whether it is an aside."""

    case: str
    start: int
    end: int
    is_aside: bool = False


class Clause(CoreOfRun):
    """The clause of one act in a sentence."""

    # --- the phrase of a name

    def phrase(self, index: int) -> Phrase:
        """The case of a mention by the word before its phrase, else by its place."""
        run, text = self.run, self.run.text
        start, end = run.names[index]
        start = self._head(index, start)
        end = self._tail(index, end)
        is_before = end <= self.act[0]
        case = self._by_word_before(start)
        if case == "aside" and is_before and re.fullmatch(r"[^，,。；;：:、\s的]{0,8}", text[end : self.act[0]]):
            case = SUBJECT  # 关于|俄罗斯防长|访问朝鲜的问题
        if case == "aside":
            return Phrase(BARE, start, end, is_aside=True)
        if is_before:
            if case == GOAL and self._leads_on(end) and not text[:start].endswith(("向", "给", "給")):
                case = SUBJECT  # 对|朝鲜|向俄罗斯派兵: what is spoken of is the clause
            if case in (BARE, SUBJECT):
                case = self._by_place(end)
        return Phrase(case, start, end)

    def _head(self, index: int, start: int) -> int:
        """Where the phrase begins: with the state of a person, or of a ministry."""
        run = self.run
        for other in range(index - 1, -1, -1):
            first, last = run.names[other]
            between = run.text[last:start]
            if not run.mention(other).codes & run.mention(index).codes or not _TITLE.fullmatch(between):
                return start
            if last <= self.act[0] < start or run.has("speech", between):
                return start
            start = first
        return start

    def _tail(self, index: int, end: int) -> int:
        """Where the phrase ends: behind the person who follows his state."""
        run = self.run
        for other in range(index + 1, len(run.names)):
            first, last = run.names[other]
            between = run.text[end:first]
            if not run.mention(other).codes & run.mention(index).codes or not _TITLE.fullmatch(between):
                return end
            if first >= self.act[0] >= end:
                return end
            end = last
        return end

    def _by_word_before(self, start: int) -> str:
        run = self.run
        if run.ends("according", start):
            return SPEAKING
        goal, agent = run.ends("toward", start), run.ends("agent", start)
        origin, company = run.ends("origin", start), run.ends("company", start)
        if run.ends("aside", start) and len(run.ends("aside", start)) >= len(goal):
            return "aside"
        for case, word in ((AGENT, agent), (ORIGIN, origin), (GOAL, goal), (COMPANY, company)):
            if word and len(word) == max(len(one) for one in (agent, origin, goal, company)):
                return case
        return SEAT if run.ends("seat", start) else BARE

    def _by_place(self, end: int) -> str:
        """Of a name with no word before it: whose the act is, or who does it."""
        text = self.run.text
        if text.startswith("的", end) and end + 1 >= self.span[0] - 2:
            return GENITIVE
        return SUBJECT

    def _leads_on(self, end: int) -> bool:
        """Whether another name with 向 or the like stands between a letter and the act."""
        return any(
            end <= first and last <= self.act[0] and self.run.ends("toward", first) for first, last in self.run.names
        )

    def says(self, phrase: Phrase) -> bool:
        """Whether a subject's next verb is one of saying, and the act stands in what is said."""
        speech = any_of(self.run.classes.get("speech", frozenset())).search(self.run.text, phrase.end)
        if speech is None or speech.start() >= self.act[0]:
            return False
        between = self.run.text[phrase.end : speech.start()]
        return len(between) <= _NEAR_SPEECH and not any(mark in between for mark in _HARD)

    # --- where it begins and ends

    @cached_property
    def start(self) -> int:
        """Where the part of the sentence begins in which the act stands."""
        return max([found.end() for found in _END.finditer(self.run.text, 0, self.span[0])], default=0)

    @cached_property
    def end(self) -> int:
        """Where the clause ends."""
        found = _END.search(self.run.text, self.span[1])
        return found.start() if found else len(self.run.text)

    @cached_property
    def _described(self) -> int:
        """Where the noun begins that the clause describes ("访问朝鲜的|俄罗斯防长"); -1 if none."""
        found = re.compile(r"[^，,。；;：:、\s的了]{0,9}的").match(self.run.text, self.act[1])
        return found.end() if found else -1

    def describes(self, index: int) -> bool:
        """Whether the clause of the act describes a mention."""
        start = self.run.names[index][0]
        return (
            0 <= self._described <= start <= self._described + 6
            and start < self.end
            and not (self.object is not None and start < self.object[0])
        )

    def is_next(self, index: int) -> bool:
        """Whether a mention stands right behind the act, a number or title between them at most."""
        between = self.run.text[self.act[1] : self.run.names[index][0]]
        return bool(re.fullmatch(r"了?[^，,。；;：:、\s的]{0,6}", between))

    def is_owner(self, index: int) -> bool:
        """Whether a mention is whose object it is ("购买|朝鲜|炮弹")."""
        end = self.run.names[index][1]
        return self.object is not None and self.object[0] >= end and self.object[0] - end <= 3 and self.act[1] <= end

    def owns_object(self, index: int) -> bool:
        """Whether the object before the act is a mention's own ("朝鲜|士兵已被派往")."""
        end = self.run.names[index][1]
        return self.object is not None and end <= self.object[0] <= end + 3 and self.object[1] <= self.act[0]

    def is_adjacent(self, end: int) -> bool:
        """Whether a name ends right before the act or its object."""
        between = self.run.text[end : self.span[0]]
        return end >= self.span[0] or (len(between) <= 8 and not _END.search(between))

    def distance(self, phrase: Phrase) -> float:
        """What a claim loses by what parts the name from the act."""
        between = self.run.text[phrase.end : self.span[0]]
        each = 0.3 if phrase.case == SUBJECT else 0.8
        lost = each * len(_END.findall(between))
        if re.search(r"[^，。]的[^，。]", between) and phrase.case not in (SUBJECT, GENITIVE):
            lost += 0.4
        return min(lost, 2.2)

    # --- what governs it

    @cached_property
    def governing(self) -> frozenset[int]:
        """The words in whose reach the act stands: its part of the sentence, and a next one that speaks of it."""
        end = self.end
        following = _END.search(self.run.text, end + 1)
        stop = following.start() if following else len(self.run.text)
        if _REFERRING.search(self.run.text, end, stop):
            end = stop
        return frozenset(self.run.words(self.start, end)) - self.unadmitted

    @cached_property
    def unadmitted(self) -> frozenset[int]:
        """The words that say that nobody admits it (没有承认), which is no denial of it."""
        found = _UNADMITTED.search(self.run.text, self.start, self.act[0])
        return frozenset(self.run.words(*found.span())) if found else frozenset()

    @cached_property
    def near(self) -> frozenset[int]:
        """Those right before and behind the act."""
        reach = self.run.words(max(self.start, self.act[0] - 6), min(self.act[1] + 4, self.end))
        return frozenset(reach) - self.unadmitted

    @cached_property
    def background(self) -> frozenset[int]:
        """The words of the sentence before its clause, as far as the same mark."""
        text = self.run.text
        hard = max(text.rfind(mark, 0, self.start) for mark in _HARD)
        return frozenset(self.run.words(max(hard + 1, self.start - 14), self.start))

    @cached_property
    def _left(self) -> str:
        return self.run.text[self.start : self.act[0]]

    def is_pivot(self, phrase: Phrase) -> bool:
        """Whether a subject asks somebody else to do it: 朝鲜要求|俄罗斯|提供."""
        found = _ASKS.match(self.run.text, phrase.end)
        return bool(found and found.end() <= self.act[0] and self.run.name_at(found.end()) >= 0)

    @cached_property
    def has_pronoun(self) -> bool:
        """Whether a pronoun stands for who speaks: 俄罗斯否认朝鲜向其派兵."""
        return bool(re.search("(?:向|对|對|给|給|为|為)(?:其|他们|他們)", self._left))

    @cached_property
    def is_asked(self) -> bool:
        """Whether a verb of asking stands before the act, and whoever is asked would do it."""
        return bool(re.search(r"(?:向|对|對)[^，。]{2,10}(?:要求|请求|請求|寻求|尋求|索要)", self._left))

    @cached_property
    def is_passive(self) -> bool:
        """Whether a word of the passive stands between the subject and the act."""
        return bool(_PASSIVE.search(self._left)) or self.run.told(self.act).startswith(("被", "遭"))

    @cached_property
    def is_negated(self) -> bool:
        """Whether the act itself is negated: 从未向, 没有派."""
        left = re.sub(r"(?:向|对|對|给|給|与|與)[^，。]{1,12}$", "", self._left)
        return bool(_NEGATED.search(left) or _NEGATED.search(self._left))

    @cached_property
    def is_future(self) -> bool:
        """Said to come by the word before the act: 将, 拟, 计划."""
        found = list(_FUTURE.finditer(self._left))
        behind = re.sub(r"\S{0,14}", "", self.run.text[self.act[1] : self.act[1] + 14], count=1)
        return bool(found) and not self.is_past and "了" not in self._left[found[-1].end() :] + behind

    @cached_property
    def is_past(self) -> bool:
        """Told as done: 了, 已."""
        return self.run.text.startswith(("了", "过"), self.act[1]) or bool(
            re.search(r"已经?$|已(?=向|对|對|从|从)", self._left)
        )

    @cached_property
    def is_tenseless(self) -> bool:
        """A headline's act, which tells no tense."""
        return self.run.sentence.is_title and not self.is_past and not self.is_future


_NEAR_SPEECH = 18
"""Letters from a subject to its verb of saying, a day and a place between them."""
