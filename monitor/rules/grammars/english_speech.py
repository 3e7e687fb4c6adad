"""Who only says so in an English sentence: reporting verbs before and behind, "according to", headline colons."""

from dataclasses import dataclass, field

from monitor.rules.grammars import shallow as sh
from monitor.rules.grammars.english_clause import Clause, Subject


@dataclass(slots=True, kw_only=True)
class Speech:
    """The words of reporting clauses behind the act, and whether somebody unnamed reports ("sources")."""

    words: set[int] = field(default_factory=set)
    has_unnamed: bool = False


def find_speakers(clause: Clause, subject: Subject) -> tuple[set[int], Speech]:
    """The mentions that say so, and the reporting words that stand behind the act."""
    speakers: set[int] = set()
    speech = Speech()
    _reporting_verbs(clause, subject, speakers, speech)
    if clause.read.any_tags & sh.ACCORDING:
        _according_to(clause, speakers, speech)
    if clause.read.any_tags & sh.REPORT:
        _report_nouns(clause, speakers)
    _colons(clause, speakers, speech)
    return speakers, speech


def _reporting_verbs(clause: Clause, subject: Subject, speakers: set[int], speech: Speech) -> None:
    read = clause.read
    first, last = clause.core.act
    for at, form in enumerate(read.verb):
        if not form or first <= at < last or read.owner[at] >= 0:
            continue
        is_accusing = at in subject.chain and (clause.has(at, "accusing") or clause.has(at, "punishing"))
        if not clause.has(at, "speech") and not is_accusing:
            continue
        if at < first:
            _leading(clause, at, speakers, speech)
        else:
            _trailing(clause, at, speakers, speech)


def _leading(clause: Clause, at: int, speakers: set[int], speech: Speech) -> None:
    """`A said that ...` before the act: A speaks, where no full break parts the two."""
    read = clause.read
    if any(
        clause.mark(probe) == sh.HARD and ":" not in read.sentence.gaps[probe] for probe in range(at + 1, clause.head)
    ):
        return
    if read.is_passive_at(at):
        return
    start = read.group_start(at)
    found = clause.subject(start)
    named = found.mentions or found.inside or _seated(clause, found, start)
    speakers.update(named)
    if not named and found.is_lexical:
        first, last = found.span
        speech.has_unnamed |= any(clause.has(probe, "anonymous") for probe in range(first, last))


def _trailing(clause: Clause, at: int, speakers: set[int], speech: Speech) -> None:
    """`..., A said` or `..., said A` behind the act."""
    read = clause.read
    start = read.group_start(at)
    found = clause.subject(start)
    first, last = found.span
    end = clause.verb_end
    if first < last and first >= end and (clause.mark(first) or _has_mark(clause, end, first)):
        if _is_parted(clause, end, first):
            return
        named = found.mentions or found.inside or _seated(clause, found, start)
        speakers.update(named)
        speech.words.update(range(first, at + 1))
        if not named:
            speech.has_unnamed |= any(clause.has(probe, "anonymous") for probe in range(first, last))
        return
    if clause.mark(start) and start >= end:
        stop = at + 1
        while stop < read.n and clause.is_plain(stop) and not (stop > at + 1 and clause.mark(stop)):
            stop += 1
        if stop < read.n and clause.mark(stop) == sh.COMMA and read.tags[stop] & sh.DETERMINER:
            stop = _end_of_apposition(clause, stop)
        speakers.update(clause.mentions_in(at + 1, stop))
        speech.words.update(range(at, stop))
        if not clause.mentions_in(at + 1, stop):
            speech.has_unnamed |= any(clause.has(probe, "anonymous") for probe in range(at + 1, stop))


def _seated(clause: Clause, found: Subject, start: int) -> list[int]:
    """Whom "state media in Pyongyang" speaks for, where the speaker's own words name nobody."""
    last = found.span[1]
    if not found.is_lexical or not found.span[0] < last <= start or not clause.has(last, "place_phrase"):
        return []
    speaks = clause.has(last - 1, "spokesperson") or clause.has(last - 1, "anonymous")
    return clause.mentions_in(last, start) if speaks else []


def _end_of_apposition(clause: Clause, at: int) -> int:
    """The end of what a speaker is called behind his name: "said Orlov, the adviser of Russia's president, ..."."""
    read = clause.read
    stop = at + 1
    while stop < read.n and not clause.mark(stop) and (clause.is_plain(stop) or read.words[stop] == "of"):
        stop += 1
    return stop


def _is_parted(clause: Clause, start: int, end: int) -> bool:
    """Whether a semicolon stands between: what is said behind it is another matter."""
    return any(";" in clause.read.sentence.gaps[at] for at in range(start, end + 1))


def _has_mark(clause: Clause, start: int, end: int) -> bool:
    return any(clause.mark(at) for at in range(start, end + 1))


def _according_to(clause: Clause, speakers: set[int], speech: Speech) -> None:
    read = clause.read
    for at in range(read.n - 2):
        if read.tags[at] & sh.ACCORDING and read.words[at + 1] == "to":
            stop = at + 2
            while stop < read.n and (clause.is_plain(stop) or read.words[stop] == "of") and not clause.mark(stop):
                stop += 1
            found = clause.mentions_in(at + 2, stop)
            speakers.update(found)
            if not found:
                speech.has_unnamed |= any(
                    clause.has(probe, "anonymous") or clause.has(probe, "spoken_of") for probe in range(at + 2, stop)
                )


def _report_nouns(clause: Clause, speakers: set[int]) -> None:
    """`Seoul's claim that ...` before the act."""
    read = clause.read
    for at in range(min(clause.core.act[0], read.n - 1)):
        if read.tags[at] & sh.REPORT and read.owner[at] < 0 and read.words[at + 1] == "that":
            speakers.update(clause.mentions_in(clause.modifiers_start(at), at))


def _colons(clause: Clause, speakers: set[int], speech: Speech) -> None:
    """`Kyiv: ...` and `... - Tusk`: a short stretch without a verb beside a colon or a dash."""
    read = clause.read
    first, last = clause.core.act
    if sh.HARD not in read.marks:
        return
    for at in range(1, read.n):
        if clause.mark(at) != sh.HARD:
            continue
        if at <= first and ":" in read.sentence.gaps[at]:
            _short_stretch(clause, _start_of_stretch(clause, at), at, speakers, speech, is_before=True)
        elif at >= last:
            end = _end_of_stretch(clause, at)
            _short_stretch(clause, at, end, speakers, speech, is_before=False)


def _start_of_stretch(clause: Clause, at: int) -> int:
    at -= 1
    while at > 0 and clause.mark(at) != sh.HARD:
        at -= 1
    return at


def _end_of_stretch(clause: Clause, at: int) -> int:
    at += 1
    while at < clause.read.n and clause.mark(at) != sh.HARD:
        at += 1
    return at


def _short_stretch(
    clause: Clause, start: int, end: int, speakers: set[int], speech: Speech, *, is_before: bool
) -> None:
    read = clause.read
    if end - start > 8 or any(read.verb[at] for at in range(start, end)):
        return
    found = clause.mentions_in(start, end)
    is_person = read.owner[end - 1] >= 0 or clause.has(end - 1, "spokesperson") or clause.has(end - 1, "report_noun")
    if is_person or not is_before:
        speakers.update(found)
        if not found:
            speech.has_unnamed |= any(clause.has(probe, "anonymous") for probe in range(start, end))
