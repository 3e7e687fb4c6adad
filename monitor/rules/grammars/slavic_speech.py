"""Who only says so in a Russian or Ukrainian sentence: reporting verbs, `по словам`, headlines with colons."""

from dataclasses import dataclass, field

from monitor.rules.grammars import slavic_words as sw
from monitor.rules.grammars.slavic_clauses import Clause
from monitor.rules.grammars.slavic_parsed import Parsed


@dataclass(slots=True, kw_only=True)
class Speech:
    """The mentions that say so, the words of their clauses, and whether somebody unnamed says it."""

    speakers: set[int] = field(default_factory=set)
    words: set[int] = field(default_factory=set)
    has_unnamed: bool = False


def find_speakers(parsed: Parsed, head: int, clause: Clause) -> Speech:
    """Everybody who says what the clause of the act tells. O(words)."""
    speech = Speech()
    _by_reports(parsed, clause, speech)
    _by_main_clause(parsed, clause, head, speech)
    _by_phrases(parsed, clause, speech)
    return speech


def _by_reports(parsed: Parsed, clause: Clause, speech: Speech) -> None:
    """`..., сообщил министр`, `Лавров: ...`, `... — СМИ`."""
    for one in (clause, *_hanging(clause)):
        for report in one.reports:
            speech.words.update(report.words)
            found = _subjects_in(parsed, report, is_any=report.kind == "label")
            speech.speakers.update(found)
            if not found:
                speech.has_unnamed |= any(parsed.line.has(at, "anonymous") for at in report.words)


def _hanging(clause: Clause) -> list[Clause]:
    """The clauses on which one hangs in any way: what is said of them is said of it."""
    found: list[Clause] = []
    while clause.parent is not None:
        clause = clause.parent
        found.append(clause)
    return found


def _by_main_clause(parsed: Parsed, clause: Clause, head: int, speech: Speech) -> None:
    """`Сеул заявил, что ...` before the act's clause, or `заявил о ...` in it."""
    line = parsed.line
    for one in (clause, *clause.ancestors()):
        said = [at for at in one.verbs(line) if line.has(at, "speech") and at != head]
        if one is clause and not said:
            continue
        if said:
            found = _subjects_in(parsed, one, is_any=False)
            speech.speakers.update(found)
            speech.words.update(said)
            if not found:
                speech.has_unnamed |= any(line.has(at, "anonymous") for at in one.words)


def _by_phrases(parsed: Parsed, clause: Clause, speech: Speech) -> None:
    """`по данным разведки`, `со ссылкой на агентство` anywhere in the sentence."""
    line = parsed.line
    for phrase in parsed.phrases:
        if phrase.prep != "according":
            continue
        other = parsed.clause_of[phrase.start]
        if other is not clause and other not in _hanging(clause) and other.kind not in ("report", "label"):
            continue
        speech.words.update(range(phrase.start, phrase.end))
        speech.speakers.update(phrase.mentions)
        if not phrase.mentions:
            speech.has_unnamed |= any(line.has(at, "anonymous") for at in range(phrase.start, phrase.end))


def _subjects_in(parsed: Parsed, clause: Clause, *, is_any: bool) -> set[int]:
    """Who is the subject of a clause of speech: the phrase in the nominative, `в Сеуле` before an impersonal plural."""
    line = parsed.line
    found: set[int] = set()
    phrases = parsed.phrases_in(clause)
    if is_any:
        for phrase in phrases:
            found.update(phrase.mentions)
        return found
    verbs = clause.verbs(line)
    verb = next((at for at in verbs if line.has(at, "speech")), verbs[0] if verbs else -1)
    subjects = [one for one in phrases if not one.prep and one.cases & sw.N and not _is_time(line, one.head)]
    if clause.kind != "report":
        before = [one for one in subjects if one.start < verb]
        subjects = before[:1] or [one for one in subjects if one.start == verb + 1][:1]
    for phrase in subjects[:2]:
        found.update(phrase.mentions)
    if not found and verb >= 0 and line.kinds[verb] & sw.MANY:
        for phrase in phrases:
            if phrase.prep == "goal_phrase" and phrase.cases & sw.L:
                found.update(mention for mention in phrase.mentions)
    return found


def _is_time(line: sw.Line, head: int) -> bool:
    return head >= 0 and line.owner[head] < 0 and line.has(head, "time")
