"""With what status an act is told: asserted, alleged, denied, hypothetical or historical, and why.

Cue words are data of the language; its grammar says which words govern the act's clause, and what its form alone tells.
"""

from collections.abc import Iterator
from datetime import date

from monitor.model import Language, Status
from monitor.rules.days import counts_something, is_year, month_number
from monitor.rules.glued_days import glued_days
from monitor.rules.grammars import Judgement, judge
from monitor.rules.roles import codes_of
from monitor.rules.sentence import Assignment, Core, Sentence, Span

TENSELESS = ", without a tense"
"""Ends the reason why a headline that leaves the tense to the reader is asserted; the article may know better."""
_STALE_DAYS = 45
"""What happened this many days before the article is background and no news."""


def status_of(  # noqa: PLR0911 (early returns, one a case)
    sentence: Sentence,
    core: Core,
    assignment: Assignment,
    *,
    is_reciprocal: bool,
    published: date,
    language: Language,
) -> tuple[Status, str]:
    """The status of the act and the reason for it ("cue: denies", "a third party says so").

    The strongest wins: denied, then historical and hypothetical, then alleged. A speaker makes it alleged where
    no code of his is a party to the act. O(cues + words).
    """
    judgement = judge(sentence, core, language, is_reciprocal=is_reciprocal)
    governing = _Cues(sentence, core, judgement, language)
    denied = governing.denial()
    if denied:
        return "denied", f"cue: {denied}"
    if judgement.is_negated:
        return "denied", "negated"
    if judgement.is_future:
        return "hypothetical", "to come by its form"
    if _is_ahead(sentence, core, judgement, published, language):
        return "hypothetical", "to come by its date"
    planned = governing.first("hypothetical", judgement.near)
    if planned:
        return "hypothetical", f"cue: {planned}"
    memory = _memory(sentence, judgement, governing, published, language)
    if memory:
        return "historical", memory
    hypothetical = _plan(sentence, judgement, governing, language)
    if hypothetical:
        return "hypothetical", hypothetical
    tentative = language.classes.get("tentative", frozenset())
    if is_reciprocal and not tentative.isdisjoint(sentence.words[core.act[0] : core.act[1]]):
        return "hypothetical", "under negotiation"
    alleged = governing.first("alleged") or governing.adverb("alleged")
    if alleged:
        return "alleged", f"cue: {alleged}"
    if any(True for _ in governing.spans("denied", judgement.governing)):
        return "alleged", "neither denied nor confirmed"
    status, because = _by_speakers(sentence, assignment, judgement)
    return status, f"{because}{TENSELESS}" if judgement.is_tenseless and status == "asserted" else because


class _Cues:
    """The cue spans of a sentence that stand where they govern the act."""

    def __init__(self, sentence: Sentence, core: Core, judgement: Judgement, language: Language) -> None:
        self.sentence = sentence
        self.negation = language.classes.get("negation", frozenset())
        self.core = core
        self.judgement = judgement

    def spans(self, status: Status, where: frozenset[int]) -> Iterator[Span]:
        """The cues of a status whose first word stands in `where` and that are no part of the core itself."""
        act, obj = self.core.act, self.core.object
        for start, end in self.sentence.cues.get(status, ()):
            is_core = start < act[1] and act[0] < end
            is_core = is_core or (obj is not None and start < obj[1] and obj[0] < end)
            if start in where and not is_core and not self._is_month(start):
                yield start, end

    def first(self, status: Status, where: frozenset[int] | None = None) -> str:
        """The first cue of a status as words; empty if none."""
        for start, end in self.spans(status, self.judgement.governing if where is None else where):
            return " ".join(self.sentence.words[start:end])
        return ""

    def adverb(self, status: Status) -> str:
        """The first cue behind the act that is an adverb of its clause ("reportedly"), and no part of a noun."""
        for start, _ in self.spans(status, self.judgement.background):
            if self.sentence.words[start].endswith("ly"):
                return self.sentence.words[start]
        return ""

    def denial(self) -> str:
        """The first cue of a denial that is not itself denied ("did not rule out", 排除しない); empty if none."""
        planned = self.sentence.cues.get("hypothetical", ())
        for start, end in self.spans("denied", self.judgement.governing):
            if any(first <= start and end <= last and last - first > end - start for first, last in planned):
                continue  # a longer cue says the contrary
            if not self.negation.intersection(self.sentence.words[max(start - 2, 0) : start]):
                return " ".join(self.sentence.words[start:end])
        return ""

    def _is_month(self, at: int) -> bool:
        """`May` the month is no `may`."""
        if self.sentence.raw[at] != "May":
            return False
        following = self.sentence.words[at + 1] if at + 1 < len(self.sentence.words) else ""
        before = self.sentence.words[at - 1] if at else ""
        return following[:1].isdigit() or before[:1].isdigit() or before in ("in", "since", "until", "by", "last", "of")


def _memory(sentence: Sentence, judgement: Judgement, cues: _Cues, published: date, language: Language) -> str:
    """Why the act was over before the story; empty if it was not."""
    cue = cues.first("historical") or cues.first("historical", judgement.background)
    if cue:
        return f"cue: {cue}"
    if judgement.is_past_before:
        return "over before by its form"
    where = judgement.governing | judgement.background
    for day in glued_days(sentence.words, sentence.gaps, published, language):
        if day.at in where and (published - day.high).days > _STALE_DAYS:
            return f"date: {sentence.words[day.at]}"
    for at, (first, last) in _dates(sentence, judgement.governing | judgement.background, published, language):
        if last is not None and (published - last).days > _STALE_DAYS:
            return f"date: {' '.join(sentence.words[first : at + 1])}"
    return ""


def _plan(sentence: Sentence, judgement: Judgement, cues: _Cues, language: Language) -> str:
    """Why the act is yet to come, or only thought of; empty if it is not."""
    cue = cues.first("hypothetical")
    if cue:
        return f"cue: {cue}"
    ahead = language.classes.get("ahead", frozenset())
    for start, end in cues.spans("hypothetical", judgement.background):
        if sentence.words[start] in ahead:
            return f"cue: {' '.join(sentence.words[start:end])}"
    return ""


def _by_speakers(sentence: Sentence, assignment: Assignment, judgement: Judgement) -> tuple[Status, str]:
    parties = codes_of(sentence, assignment.source, assignment.target)
    heard = [at for at in assignment.speakers if any(a.kind != "media" for a in sentence.mentions[at].actors)]
    if any(sentence.mentions[at].codes & parties for at in heard):
        return "asserted", "a party's own word"
    if heard:
        return "alleged", "a third party says so"
    if judgement.has_unnamed_speaker:
        return "alleged", "an unnamed source says so"
    return "asserted", "reported as fact"


def _is_ahead(sentence: Sentence, core: Core, judgement: Judgement, published: date, language: Language) -> bool:
    """Whether the last date named before the act in its clause is still to come, and the act not told as past."""
    if "day_word" not in language.classes or judgement.is_past:
        return False
    before = [
        one
        for one in glued_days(sentence.words, sentence.gaps, published, language)
        if one.at < core.act[1] and one.at in judgement.background | judgement.near
    ]
    return bool(before) and before[-1].low > published


def _dates(
    sentence: Sentence, where: frozenset[int], published: date, language: Language
) -> Iterator[tuple[int, tuple[int, date | None]]]:
    """Years and months that tell when the act was: the last word of each, its first, and the last day it can mean."""
    months = language.classes.get("month", frozenset())
    lasting = language.classes.get("lasting", frozenset())
    leads = language.classes.get("month_before", frozenset({"in", "last", "of"}))
    sign = language.classes.get("year_sign", frozenset())
    words = sentence.words
    for at in sorted(where):
        word = words[at]
        before = words[at - 1] if at else ""
        if is_year(word) and int(word) <= published.year:
            if sign and (words[at + 1] if at + 1 < len(words) else "") not in sign:
                continue  # 2000万 is no year, 2000年 is
            if counts_something(words, sentence.gaps, at, language.counting):
                continue  # "sent 2020 soldiers"
            month = month_number(before, months) or month_number(words[at - 2] if at > 1 else "", months)
            first = at - 1 if month_number(before, months) else at
            lead = words[first - 1] if first else ""
            if lead not in lasting and before not in lasting:
                yield at, (first, date(int(word), month or 12, 28))
        elif word in months and before in leads and (sentence.raw[at][:1].isupper() or not word.isascii()):
            following = words[at + 1] if at + 1 < len(words) else ""
            if not following.isdigit() or len(following) != 4:
                month = month_number(word, months)
                year = published.year if month <= published.month else published.year - 1
                if month:
                    yield at, (at - 1, date(year, month, 28))
