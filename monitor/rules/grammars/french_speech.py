"""Who only says so in a French sentence: a main verb with "que", an inserted clause, "selon", a headline's colon."""

from dataclasses import dataclass, field

from monitor.rules.grammars import french_words as fw
from monitor.rules.grammars.french_clause import Clauses
from monitor.rules.sentence import Core

_COLON_LIMIT = 8
"""The most words before a colon that tell who speaks."""


@dataclass(slots=True, kw_only=True)
class Speech:
    """The mentions that only say so, the words of their clauses, and whether somebody unnamed reports."""

    speakers: set[int] = field(default_factory=set)
    words: set[int] = field(default_factory=set)
    has_unnamed: bool = False


def find_speakers(clauses: Clauses, core: Core) -> Speech:
    """Who says so, and the reporting words that stand behind the act."""
    speech = Speech()
    _verbs(clauses, core, speech)
    _according(clauses, core, speech)
    _colon(clauses, core, speech)
    return speech


def war_of_the_headline(clauses: Clauses, act: int) -> list[int]:
    """Who is named before a headline's colon as the theatre of a war: "En direct, guerre en Ukraine : Macron ..."."""
    line = clauses.line
    colon = next((at for at in range(act, 0, -1) if line.marks[at] and ":" in line.sentence.gaps[at]), 0)
    if not line.sentence.is_title or any(line.verb[at] & fw.FINITE for at in range(colon) if line.owner[at] < 0):
        return []
    if not any(line.has(at, "war") for at in range(colon)):
        return []
    return [one for one in clauses.mentions_in(0, colon) if clauses.chain(one)[0] == "place_phrase"]


def _verbs(clauses: Clauses, core: Core, speech: Speech) -> None:
    line = clauses.line
    first, last = core.act
    for at in range(line.n):
        if line.owner[at] >= 0 or not line.has(at, "speech") or first <= at < last:
            continue
        if not line.verb[at] & (fw.FINITE | fw.PARTICIPLE) or (
            line.verb[at] & fw.PARTICIPLE and line.group_start(at) == at
        ):
            continue
        if at < first:
            _leading(clauses, at, first, speech)
        else:
            _trailing(clauses, at, speech)


def _leading(clauses: Clauses, at: int, first: int, speech: Speech) -> None:
    """`Séoul affirme que ...`; `accuse Pyongyang de ...`; a verb beyond a hard mark is of another clause."""
    line = clauses.line
    if any(line.marks[probe] == fw.HARD and not _opens_quote(clauses, probe) for probe in range(at + 1, first + 1)):
        return
    if line.has(at, "owning") and any(line.has(one, "negation") for one in range(line.group_start(at), at)):
        return  # who does not own up to it says nothing
    subject = clauses.subject(at)
    if not (subject.mentions or subject.inside):
        speech.has_unnamed = speech.has_unnamed or any(line.has(one, "anonymous") for one in range(max(at - 4, 0), at))
    speech.speakers.update(subject.mentions or subject.inside)


def _opens_quote(clauses: Clauses, at: int) -> bool:
    return ":" in clauses.line.sentence.gaps[at] and any(one in clauses.line.sentence.gaps[at] for one in '«“"')


def _trailing(clauses: Clauses, at: int, speech: Speech) -> None:
    """`..., a déclaré Moscou`; `..., affirme le ministère russe`; `..., Séoul l'a confirmé`."""
    line = clauses.line
    start = line.group_start(at)
    if not line.marks[start] and not any(line.marks[max(start - 6, 0) : start]):
        return
    if not line.marks[start]:
        opening = clauses.opening(at)
        if opening.by not in (",", "", "."):
            return
        subject = clauses.subject(at)
        speech.speakers.update(subject.mentions or subject.inside)
        return
    speech.words.update(range(start, at + 1))
    phrases = clauses.phrases(at + 1, clauses.end(at + 1))
    named = [
        one
        for phrase in phrases[:3]
        if phrase.kind in ("", "of_phrase")
        for one in clauses.mentions_in(phrase.first, phrase.last)
    ]
    speech.speakers.update(named[:2])
    if not named and phrases:
        speech.has_unnamed = True


def _according(clauses: Clauses, core: Core, speech: Speech) -> None:
    line = clauses.line
    for at, prep in line.preps.items():
        if prep.kind != "according" and line.words[at] != "selon":
            continue
        end = at + prep.size
        while (
            end < line.n
            and (line.is_plain(end) or (end in line.preps and line.preps[end].kind == "of_phrase"))
            and not line.marks[end]
        ):
            end += 1
        if core.act[0] < end and at < core.act[0]:
            continue
        speech.words.update(range(at, end))
        named = clauses.mentions_in(at, end)
        speech.speakers.update(named)
        speech.has_unnamed = speech.has_unnamed or not named


def _colon(clauses: Clauses, core: Core, speech: Speech) -> None:
    """`Séoul : Pyongyang a envoyé ...`; `Pyongyang a envoyé ...: Séoul`. A topic has a noun behind the colon."""
    line = clauses.line
    for at in range(1, line.n):
        if ":" not in line.sentence.gaps[at]:
            continue
        before, behind = (0, at), (at, line.n)
        if core.act[0] >= at and at <= _COLON_LIMIT and _is_name(clauses, *before) and _has_verb(clauses, *behind):
            others = {one for one in clauses.mentions_in(*behind) if not line.sentence.mentions[one].is_place}
            named = clauses.mentions_in(*before)
            codes = {code for one in named for code in line.sentence.mentions[one].codes}
            if any(not line.sentence.mentions[one].codes & codes for one in others):
                speech.speakers.update(named)
        elif core.act[1] <= at and line.n - at <= _COLON_LIMIT and _is_name(clauses, *behind):
            speech.speakers.update(clauses.mentions_in(*behind))


def _is_name(clauses: Clauses, start: int, end: int) -> bool:
    line = clauses.line
    return bool(clauses.mentions_in(start, end)) and all(
        line.is_plain(at) or (at in line.preps and line.preps[at].kind == "of_phrase") for at in range(start, end)
    ) and not any(line.has(at, "war") for at in range(start, end))  # fmt: skip


def _has_verb(clauses: Clauses, start: int, end: int) -> bool:
    line = clauses.line
    return any(
        line.verb[at] & fw.FINITE or line.names[at] & {"be", "have"} for at in range(start, end) if line.owner[at] < 0
    )
