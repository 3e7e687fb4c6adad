"""What `match` finds on its way, and whom it tells: a collector that `explain` fills, and that is silent otherwise."""

from dataclasses import dataclass
from typing import Final, Protocol

from monitor.model import Hit, Status
from monitor.rules.compile import CompiledEntry
from monitor.rules.files import Exclusion, Rule
from monitor.rules.scene import Scene
from monitor.rules.sentence import Assignment, Core, Named, Sides, Span
from monitor.rules.spans import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One entry of a rule holding in one sentence: who is what, where, with what status."""

    rule: Rule
    scene: Scene
    core: Core
    span: Span
    assignment: Assignment
    sources: tuple[Named, ...]
    targets: tuple[Named, ...]
    status: Status
    because: str


class Collector(Protocol):
    """Looks on while `match` walks; what it is told changes nothing."""

    def refused(self, compiled: CompiledEntry, scene: Scene, core: Core, bound: Interval | None, sides: Sides) -> None:
        """An entry's act and object stand in a sentence, and a role has nobody left."""

    def found(self, compiled: CompiledEntry, finding: Finding, bound: Interval | None, sides: Sides) -> None:
        """An entry holds in a sentence; an exclusion may still stop it."""

    def excluded(self, finding: Finding, exclusion: Exclusion) -> None:
        """An exclusion stopped a finding."""

    def hit(self, hit: Hit, findings: tuple[Finding, ...]) -> None:
        """Findings became a hit."""


class _Silent:
    """Told everything, keeps nothing."""

    def refused(
        self, compiled: CompiledEntry, scene: Scene, core: Core, bound: Interval | None, sides: Sides
    ) -> None: ...

    def found(self, compiled: CompiledEntry, finding: Finding, bound: Interval | None, sides: Sides) -> None: ...

    def excluded(self, finding: Finding, exclusion: Exclusion) -> None: ...

    def hit(self, hit: Hit, findings: tuple[Finding, ...]) -> None: ...


SILENT: Final[Collector] = _Silent()
"""The collector of the daemon."""
