"""Noun phrases and clauses of Japanese: what particle closes the phrase of a name, and how far an act's clause goes."""

import re
from functools import cached_property
from typing import NamedTuple

from monitor.rules.grammars.unspaced import CoreOfRun, Run
from monitor.rules.sentence import Core

SUBJECT, TOPIC, DIRECT, GENITIVE, GOAL, ORIGIN, COMPANY, SEAT, AGENT, SPEAKING, BARE, HEADLINE, QUOTING = (
    "subject", "topic", "direct", "genitive", "goal", "origin", "company", "seat", "agent", "speaking",
    "bare", "headline", "quoting",
)  # fmt: skip
_CASES = (SPEAKING, AGENT, GOAL, ORIGIN, COMPANY, SEAT, TOPIC, SUBJECT, DIRECT, GENITIVE)
_NOUN = re.compile(r"(?:[々〆ヶァ-ヴー・A-Za-z0-9０-９一-龥\-–／/]|(?<=[0-9０-９一二三四五六七八九])つ)+")
_SUFFIX = re.compile(r"(?:ら|など|さん|たち|を含む)")
_PAREN = re.compile(r"[（(][^（）()]{0,30}[）)]")
_BREAK = re.compile(r"(?:[てでしりきみえけい]|れば|たら|ため|ので|ながら|つつ)、|[たる](?=[一-龥ァ-ヴ]{2})|が、")
_LINK = re.compile(r"(?:[しりきみえ]|って|んで|いて|れて|して)、")
_PLANNED = re.compile(r"(?:予定|方針|見通し|意向|計画|考え)(?:だ|です|で|を|と|$)|へ$")
_MARK = re.compile(r"[。；;]|が、|ものの|一方で|一方、|のに対し|けれど|ため、|ので、|として、")
_HEADLINE_MARK = re.compile(r"[ 。…！？]")
_ADNOMINAL = re.compile(
    r"[^、。 ]{0,7}?(?:した|する|された|される|ている|ていた|れた|いた|った|れる|る|た)(?=[一-龥ァ-ヴA-Za-z])"
)
_FUTURE = re.compile(
    r"(?:を|に|へ|して|が|も|する|の)?[^、。がは]{0,8}?"
    r"(?<!て)(?<!き)(?:する|します|行う|行います|行われる|行われます|訪れる|訪れます|入る|入ります|開く|開きます|開かれる|会う|会います|向かう|向かいます"
    r"|送る|送ります|渡す|結ぶ|始める|始まる|贈る|迎える|迎えます|科す|課す)"
    r"(?:$|[。」”、 ]|と(?:し|発|述|明|表|伝|報|語|み|決|の)|方|予|見|意|考|計|可能|用|構|ことを|こと(?:に|で)|か$)"
)
_TO_COME = re.compile(r"(?:を|に|も)?へ(?=$|[ 」”])|[^ 。、]{0,10}(?:へ|目指す|に意欲)(?=$|[ 」”])")
_GOING_ON = re.compile(r"[^、。]{0,6}?(?:ている|ています|ていて|ていた|中の|中だ|中$)")
_DONE = re.compile(
    r"[^、。]{0,6}?(?:した|しました|った|りました|れた|れました|いた|きました|えた|えました|んだ|みました)"
)
_TOLD = re.compile(
    r"と(?:い|述|し|発|明|伝|報|語|主|指|強|説|表|警|非|批|言|公|訴|否|認|分|推|断|判|確|宣|約|話|の見方|みて|見て)|」と|”と"
    # to whom or where: と国会に報告した, と記者団に語った, と会見で述べた
    r"|と[一-龥ァ-ヴー]{1,10}[にで](?:述|発表|明らか|伝|報告|報じ|主張|指摘|説明|表明|話|語|証言|訴)|ことを明|こと(?:が|を)(?:明|確認|認|発)|を(?:発表|明ら|認|否定|表明|公表)"
)
_UNADMITTED = re.compile("(?:認め|確認し|公表し)(?:てい(?:ない|ません)|ておらず|ず)")
_QUESTION = re.compile(r"か(?=$|[ 」”？])")
_LONG = 40
"""Letters from a name to the end of its noun phrase; a longer way is no phrase any more."""


class Phrase(NamedTuple):
    """The case of a name's noun phrase, its last letter (exclusive), whether it leads to the object or is an aside."""

    case: str
    end: int
    is_of_object: bool = False
    is_aside: bool = False


class Clause(CoreOfRun):
    """The clause of one act in a sentence."""

    def __init__(self, run: Run, core: Core) -> None:
        super().__init__(run, core)
        self._stops = dict(self.spans)

    # --- the noun phrase of a name

    def case(self, index: int) -> Phrase:  # noqa: PLR0911, PLR0912 (early returns, one a case)
        """The case of a mention by what closes its noun phrase."""
        run, text = self.run, self.run.text
        own = run.mention(index).codes
        start, at = run.names[index]
        is_led = False
        while at < len(text) and at - start < _LONG:
            if run.begins("aside", at):
                return Phrase(BARE, at, is_aside=not self._is_core(at))
            if at in self._stops and at > start:
                is_object = self.object is not None and at == self.object[0]
                after = self._after_object(at) if is_object else None
                if after is not None and after.case == DIRECT:
                    return Phrase(GENITIVE if is_led else BARE, at, is_of_object=True)
                return after if after is not None else Phrase(GENITIVE if is_led else BARE, at)
            if paren := _PAREN.match(text, at):
                at = paren.end()
                continue
            other = run.name_at(at)
            if other >= 0 and at > start and not run.mention(other).codes & own and run.mention(other).codes:
                return Phrase(GENITIVE if is_led else BARE, at)
            if other >= 0 and at > start:
                at, is_led = run.names[other][1], False
                continue
            found = self._particle(at)
            if found is None:
                noun = self._noun(at)
                if noun <= at:
                    return self._by_mark(at)
                at = noun
            elif found[0] == GENITIVE:
                at, is_led = found[1], True
            elif found[0] == COMPANY and text.startswith("や", at):
                at = found[1]
                if (other := run.name_at(at)) >= 0:  # プーチン大統領や北朝鮮の金総書記が: both
                    return self.case(other)
            else:
                is_aside = run.begins("aside", found[1]) is not None and not self._is_core(found[1])
                return Phrase(found[0], found[1], is_aside=is_aside)
        return self._by_mark(min(at, len(text)))

    def _after_object(self, at: int) -> Phrase | None:
        """The phrase that the object closes: "ロシア軍の砲弾の約半分は" is about the object, not its owner."""
        assert self.object is not None
        end = self.object[1]
        noun = re.compile(r"(?:の|[一-龥ァ-ヴー0-9]){0,14}").match(self.run.text, end)
        stop = noun.end() if noun else end
        found = self._particle(stop)
        if found is None or found[0] in (DIRECT, TOPIC) or (found[0] == SUBJECT and self.act[0] >= stop):
            is_people = self.run.has("men", self.run.told(self.object))
            if found is not None and found[0] in (SUBJECT, TOPIC) and is_people:
                return Phrase(SUBJECT, found[1])  # 北朝鮮の兵士が: who sends them
            return Phrase(DIRECT, at, is_of_object=True)
        return None

    def _is_core(self, at: int) -> bool:
        return any(start <= at < end for start, end in self._stops.items())

    def _particle(self, at: int) -> tuple[str, int] | None:
        """The case that the particle at letter `at` says, and where it ends; the longest wins."""
        if self.run.text.startswith("や", at):
            return COMPANY, at + 1
        best: tuple[str, int] | None = None
        for case in _CASES:
            match = self.run.begins(case, at)
            if match and (best is None or match.end() > best[1]):
                best = case, match.end()
        return best

    def _noun(self, at: int) -> int:
        """Where the noun at letter `at` ends: before the next name, the act or the object."""
        text = self.run.text
        found = _NOUN.match(text, at) or _SUFFIX.match(text, at)
        if not found:
            return at
        ends = [found.end(), *self._stops, *(start for start, _ in self.run.names)]
        limit = min(one for one in ends if one > at)
        for size in range(at + 1, limit):
            if self.run.begins("aside", size) and size not in self._stops:
                return size
            found_particle = next((c for c in (ORIGIN, GOAL) if self.run.begins(c, size)), None)
            if found_particle and text[size] in "向宛製産発" and size > at:
                return size
        return limit

    def _by_mark(self, at: int) -> Phrase:
        """What the mark behind a phrase without a particle says."""
        text, run = self.run.text, self.run
        mark = text[at : at + 1]
        if mark in ("「", "“", "『") or (mark == " " and text[at + 1 : at + 2] in ("「", "“", "『")):
            place = at if mark != " " else at + 1
            short = HEADLINE if run.sentence.is_title and " " not in text[:at] else BARE
            return Phrase(QUOTING if run.quote[place] else short, place)
        if mark in (" ", "、", "＝", "="):
            is_head = run.sentence.is_title or mark == "、"
            return Phrase(HEADLINE if is_head else BARE, at)
        return Phrase(BARE, at)

    # --- how far it goes

    @cached_property
    def end(self) -> int:
        """Where what governs the act ends."""
        text, at = self.run.text, self.act[1]
        if self.run.sentence.is_title:
            found = _HEADLINE_MARK.search(text, at)
            stop = found.start() if found else len(text)
        else:
            found = _MARK.search(text, at)
            stop = found.start() if found else len(text)
        described = self._adnominal
        linked = _LINK.search(text, at, stop)
        if described >= 0:
            return min(stop, described)
        return linked.start() if linked and not _PLANNED.search(text, linked.end(), stop) else stop

    @cached_property
    def _adnominal(self) -> int:
        """Where the noun begins that the act's verb describes ("派遣した|部隊"); -1 if none, or a light one."""
        found = _ADNOMINAL.match(self.run.text, self.act[1])
        if not found or self.run.begins("light", found.end()) or "と" in found.group()[:-1]:
            return -1
        return found.end()

    @cached_property
    def start(self) -> int:
        """Where the clause of the act begins."""
        text = self.run.text
        marks = "。；;" if not self.run.sentence.is_title else " 。；;"
        at = max(text.rfind(mark, 0, self.span[0]) for mark in marks)
        broken = [found.end() for found in re.finditer("が、|ものの、|一方、|ため、|として、", text[: self.span[0]])]
        return max(at + 1, *broken, 0) if broken else at + 1

    def describes(self, index: int) -> bool:
        """Whether a mention behind the act is, or leads to, the noun that its clause describes."""
        start = self.run.names[index][0]
        return (
            self._adnominal >= 0
            and self._adnominal <= start <= self._adnominal + 8
            and "、" not in self.run.text[self._adnominal : start]
        )

    def is_relative_after(self, at: int) -> bool:
        """Whether between a letter and the act a verb describes a noun."""
        return bool(
            re.search(r"(?:した|された|する|ている|る|た)(?=[一-龥ァ-ヴ]{2})", self.run.text[at : self.span[0]])
        )

    def is_of_its_object(self, end: int) -> bool:
        """Whether a verb between a letter and the object describes it ("ロシア軍が|使用する|砲弾")."""
        return (
            self.object is not None
            and bool(re.search(r"(?:する|した|ている|いた)[^、。がはを]{0,6}$", self.run.text[end : self.object[0]]))
            and end <= self.object[0] <= self.act[0]
        )

    def distance(self, end: int, case: str) -> float:
        """What a claim loses by what parts the name from the act."""
        between = self.run.text[end : self.span[0]]
        each = 0.15 if case in (TOPIC, HEADLINE) else 0.5
        lost = each * len(_BREAK.findall(between))
        if self.run.sentence.is_title:
            lost += (0.1 if case in (HEADLINE, TOPIC) else 0.5) * between.count(" ")
        elif case in (GENITIVE, AGENT, BARE):
            lost += 0.4 * len(re.findall("[をがには](?=[^ぁ-ん])|、", between))
        return min(lost, 2.2)

    # --- what governs it

    @cached_property
    def governing(self) -> frozenset[int]:
        """The words in whose reach the act stands."""
        return frozenset(self.run.words(self.act[0], self.end)) - self.unadmitted

    @cached_property
    def unadmitted(self) -> frozenset[int]:
        """The words that say that nobody admits it (認めていない), which is no denial of it."""
        found = _UNADMITTED.search(self.run.text, self.act[1], self.end)
        return frozenset(self.run.words(*found.span())) if found else frozenset()

    @cached_property
    def near(self) -> frozenset[int]:
        """Those that belong to the act itself."""
        return frozenset(self.run.words(self.act[0], min(self.act[1] + 8, self.end))) - self.unadmitted

    @cached_property
    def background(self) -> frozenset[int]:
        """The words of its clause before it."""
        return frozenset(self.run.words(self.start, self.act[0]))

    @property
    def tail(self) -> str:
        """What stands behind the act in its reach."""
        return self.run.text[self.act[1] : self.end]

    @cached_property
    def is_asked(self) -> bool:
        """Whether a verb of asking stands next above the act ("支援を要請した")."""
        return self.run.has("asking", self.tail[:5])

    @cached_property
    def is_future(self) -> bool:
        """Said to come by the form of the verb: 訪問する, 会談へ; not 訪問している."""
        if _GOING_ON.match(self.tail) or self._adnominal >= 0:
            return False
        if self.run.sentence.is_title and _TO_COME.match(self.tail):
            return True
        if _FUTURE.match(self.tail):
            return True
        linked = re.match(r"[^、。]{0,4}(?:し|って|て|れ|い)、(.*)", self.tail)
        if linked is None or re.search("が|は|ています|ました", linked[1]):
            return False
        return bool(re.search(r"(?:する|ます)(?:。|$)", linked[1]))

    @cached_property
    def is_past(self) -> bool:
        """Told as done by the form of the verb."""
        return bool(_DONE.match(self.tail))

    @cached_property
    def is_tenseless(self) -> bool:
        """A noun that ends its part of a headline."""
        return self.run.sentence.is_title and not _DONE.match(self.tail) and not self.is_future

    @cached_property
    def is_asked_in_headline(self) -> bool:
        """`派兵か`: a headline that reports what others say."""
        return self.run.sentence.is_title and bool(_QUESTION.search(self.tail[-2:]))

    @cached_property
    def is_told(self) -> bool:
        """Whether the act stands in what somebody says."""
        return self.speech >= 0

    @cached_property
    def speech(self) -> int:
        """Where the verb of saying begins in whose words the act stands; -1 if none."""
        found = _TOLD.search(self.run.text, self.act[1])
        return found.start() if found else -1

    def is_said_behind(self, index: int) -> bool:
        """Whether a name in the last part of a headline says what stands before it ("“…” 米報道官")."""
        text, (start, end) = self.run.text, self.run.names[index]
        space = max(text.rfind(mark, 0, start) for mark in " ”」")
        last = text[end:]
        return space >= self.act[1] and " " not in last and start - space < _LONG and not re.search("[がをにへ]", last)
