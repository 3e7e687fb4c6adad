"""The clauses of a Russian or Ukrainian sentence: where each begins and ends, and what it hangs on.

Commas part clauses there far more strictly than in English, so most is told by the mark and the word behind it.
"""

from dataclasses import dataclass, field
from typing import Literal

from monitor.rules.grammars import slavic_words as sw
from monitor.rules.grammars.slavic_words import Line

Kind = Literal["main", "complement", "relative", "participle", "gerund", "report", "label"]
_LABEL_LIMIT = 8


@dataclass(slots=True, kw_only=True)
class Clause:
    """A clause: its words, what kind it is, and the clause on which it hangs.

    A "report" says who says the rest ("..., сообщил министр"), a "label" does so without a verb ("Лавров: ...").
    """

    kind: Kind
    parent: "Clause | None" = None
    words: list[int] = field(default_factory=list)
    reports: list["Clause"] = field(default_factory=list)
    """The reports and labels that say this clause."""
    block: int = 0
    """Which of the sentences of a headline that holds several."""

    def verbs(self, line: Line) -> list[int]:
        """Its finite verbs."""
        return [at for at in self.words if line.kinds[at] & sw.VERB and line.owner[at] < 0]

    def ancestors(self) -> list["Clause"]:
        """What it hangs on, the nearest first; a relative clause and a participle hang on a noun alone."""
        found: list[Clause] = []
        one = self
        while one.parent is not None and one.kind in ("complement", "gerund"):
            one = one.parent
            found.append(one)
        return found


def clauses_of(line: Line) -> tuple[list[Clause], list[Clause]]:
    """All clauses, and the clause of each word."""
    work = _Clauses(line)
    work.run()
    return work.clauses, work.of_word


class _Clauses:
    def __init__(self, line: Line) -> None:
        self.line = line
        self.clauses: list[Clause] = []
        self.of_word: list[Clause] = []
        self.block = 0
        self.now = self.new("main", None)

    def new(self, kind: Kind, parent: Clause | None) -> Clause:
        """A further clause."""
        clause = Clause(kind=kind, parent=parent, block=self.block)
        self.clauses.append(clause)
        return clause

    def run(self) -> None:
        line = self.line
        starts = [at for at in range(line.n) if at == 0 or line.marks[at]]
        bounds = list(zip(starts, [*starts[1:], line.n], strict=True))
        for index, (start, end) in enumerate(bounds):
            clause = self._clause(start, end, is_last=index == len(bounds) - 1)
            clause.words.extend(range(start, end))
            self.of_word.extend([clause] * (end - start))
            if clause.kind not in ("report", "label"):
                self.now = clause

    def _clause(self, start: int, end: int, *, is_last: bool) -> Clause:  # noqa: PLR0911 (early returns, one a case)
        line, now = self.line, self.now
        if start == 0:
            # "Как сообщил министр, ..." says what follows
            is_report = line.has(0, "subordinator") and any(line.has(at, "speech") for at in range(1, min(3, end)))
            return self._report(now) if is_report else now
        gap = line.sentence.gaps[start]
        has_verb = self._has_verb(start, end)
        if line.marks[start] == sw.HARD:
            return self._behind_hard(start, end, gap, has_verb=has_verb, is_last=is_last)
        first = self._first(start, end)
        if self._is_relative(first, end):
            return self.new("relative", now)
        if line.has(first, "complementizer"):
            return self.new("complement", now)
        if line.has(first, "subordinator"):
            if any(line.has(at, "speech") for at in range(first, min(first + 3, end))):
                return self._report(now)
            return self.new("complement" if has_verb else "main", now if has_verb else None) if has_verb else now
        if line.has(first, "coordinator"):
            return self._sibling(now) if has_verb else now
        kinds = line.kinds[first]
        if kinds & sw.PARTICIPLE and line.owner[first] < 0 and not has_verb:
            return self.new("participle", now)
        if kinds & sw.GERUND and line.owner[first] < 0:
            return self.new("gerund", now)
        if self._is_report(start, end) and (now.verbs(line) or any(mark in gap for mark in '»"”')):
            return self._report(self._said(now))
        return self._plain(now, has_verb=has_verb)

    def _plain(self, now: Clause, *, has_verb: bool) -> Clause:
        """A stretch with no word that opens a clause: the clause goes on, is resumed, or another stands beside it."""
        base = now
        while base.kind in ("relative", "participle", "gerund") and base.parent is not None:
            base = base.parent
            if not base.verbs(self.line):
                return base
        if has_verb and base.verbs(self.line):
            return self._sibling(base)
        if has_verb and base is now:
            return now
        return base if has_verb or now.kind in ("participle", "gerund") else now

    def _behind_hard(  # noqa: PLR0911 (early returns, one a case)
        self, start: int, end: int, gap: str, *, has_verb: bool, is_last: bool
    ) -> Clause:
        line, now = self.line, self.now
        if any(mark in gap for mark in ".;?!"):
            self.block += 1
            return self.new("main", None)
        if ":" in gap:
            if self._is_label(now.words):
                now.kind = "label"
                following = self.new("main", None)
                following.reports.append(now)
                return following
            return self.new("complement", now) if self._speaks(now) else self.new("main", None)
        if is_last and not has_verb and end - start <= _LABEL_LIMIT and self._names_speaker(start, end):
            label = self.new("label", None)
            self._said(now).reports.append(label)
            return label
        if self._is_report(start, end):
            return self._report(self._said(now))
        if not has_verb or not now.verbs(line):
            return now
        return self.new("main", None)

    def _said(self, clause: Clause) -> Clause:
        """The whole that a report behind it says: not only its last clause."""
        while clause.parent is not None and clause.kind != "main":
            clause = clause.parent
        return clause

    def _report(self, of: Clause) -> Clause:
        report = self.new("report", None)
        of.reports.append(report)
        return report

    def _sibling(self, clause: Clause) -> Clause:
        kind: Kind = "complement" if clause.kind == "complement" else "main"
        sibling = self.new(kind, clause.parent if kind == "complement" else None)
        sibling.reports = clause.reports
        return sibling

    def _first(self, start: int, end: int) -> int:
        at = start
        while at + 1 < end and self.line.has(at, "conjunction"):
            at += 1
        return at

    def _is_relative(self, first: int, end: int) -> bool:
        """Whether a clause opens with a relative word, a preposition before it or not; `где` and `куда` count."""
        line = self.line
        stop = min(first + 3, end)
        return any(line.has(at, "relative") for at in range(first, stop) if at == first or first in line.preps)

    def _has_verb(self, start: int, end: int) -> bool:
        line = self.line
        return any(line.kinds[at] & sw.VERB and line.owner[at] < 0 for at in range(start, end))

    def _is_report(self, start: int, end: int) -> bool:
        """Whether a stretch only says who says the rest: a verb of speech near its head, and no clause behind it."""
        line = self.line
        for at in range(start, min(start + 7, end)):
            if line.kinds[at] & sw.VERB and line.owner[at] < 0:
                if not line.has(at, "speech"):
                    return False
                following = end < line.n and line.has(end, "complementizer") and at >= end - 4
                return not following
        return False

    def _is_label(self, words: list[int]) -> bool:
        return (
            bool(words)
            and len(words) <= _LABEL_LIMIT
            and not any(self.line.kinds[at] & sw.VERB and self.line.owner[at] < 0 for at in words)
            and self._names_speaker(words[0], words[-1] + 1)
        )

    def _names_speaker(self, start: int, end: int) -> bool:
        line = self.line
        return any(
            line.owner[at] >= 0 or line.has(at, "anonymous") or line.has(at, "official") for at in range(start, end)
        )

    def _speaks(self, clause: Clause) -> bool:
        return any(self.line.has(at, "speech") for at in clause.words)
