"""What an act in a sentence comes to: who is what, with what status. Found out once for all rules that ask the same.

Many rules see one act (their lexicons share words), and most ask the same of its parties: any state, none required.
"""

from datetime import date
from typing import NamedTuple

from monitor.model import Status
from monitor.rules.compile import CompiledEntry, RuleSet
from monitor.rules.files import HERE
from monitor.rules.parties import actors_of, sides_of
from monitor.rules.roles import assign
from monitor.rules.scene import Scene
from monitor.rules.sentence import Assignment, Core, Named, Sides, Span
from monitor.rules.spans import Interval
from monitor.rules.status import status_of


class Judged(NamedTuple):
    """An act as one entry sees it; `assignment` is None where a role has nobody left."""

    sides: Sides
    assignment: Assignment | None
    sources: tuple[Named, ...] = ()
    targets: tuple[Named, ...] = ()
    status: Status = "asserted"
    because: str = ""
    span: Span = (0, 0)


class Judging:
    """The acts of one article, each judged once for all entries that ask the same (`CompiledEntry.asks`)."""

    def __init__(self, ruleset: RuleSet, day: date) -> None:
        """`day` is that of the article."""
        self.day = day
        self._ruleset = ruleset
        self._known: dict[tuple[int, int, Span, Span | None, Interval | None], Judged] = {}

    def of(self, compiled: CompiledEntry, scene: Scene, core: Core, bound: Interval | None) -> Judged:
        """What an entry makes of an act; `bound` is the interval of a pattern. Raises RunawayError."""
        about = (compiled.asks, scene.index, core.act, core.object, bound)
        known = self._known.get(about)
        if known is None:
            known = self._known[about] = self._judged(compiled, scene, core, bound)
        return known

    def _judged(self, compiled: CompiledEntry, scene: Scene, core: Core, bound: Interval | None) -> Judged:
        ruleset, sentence, language = self._ruleset, scene.sentence, scene.article.language
        is_reciprocal = compiled.rule.event.is_reciprocal
        sides = sides_of(ruleset, compiled, scene, core, bound)
        assignment = assign(
            sentence,
            core,
            sides,
            is_reciprocal=is_reciprocal,
            is_active_only=compiled.entry.is_active_only,
            language=language,
        )
        if assignment is None or (assignment.location is None and HERE in compiled.entry.assume.values()):
            return Judged(sides, None)
        sources = actors_of(ruleset, compiled, "source", scene, assignment)
        targets = actors_of(ruleset, compiled, "target", scene, assignment)
        if is_reciprocal and not (sources or targets):
            return Judged(sides, None)
        status, because = status_of(
            sentence, core, assignment, is_reciprocal=is_reciprocal, published=self.day, language=language
        )
        return Judged(sides, assignment, sources, targets, status, because, _hull(scene, core, assignment, bound))


def _hull(scene: Scene, core: Core, assignment: Assignment, interval: Interval | None) -> Span:
    """The stretch from the first to the last word that made the finding; of a pattern, all that satisfied it."""
    mentions = scene.sentence.mentions
    spans = [core.act, core.object or core.act]
    if interval is not None:
        spans.append((interval.start, interval.end))
    roles = (assignment.source, assignment.target, assignment.location)
    spans += [(mentions[index].first, mentions[index].last) for index in roles if index is not None]
    return min(first for first, _ in spans), max(last for _, last in spans)
