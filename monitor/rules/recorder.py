"""The collector that keeps what `match` tells it, and every hit with all that made it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from monitor.errors import Place
from monitor.model import ActorCode, Hit, RuleId, Status
from monitor.rules.collector import Finding
from monitor.rules.compile import CompiledEntry
from monitor.rules.files import Exclusion
from monitor.rules.grammar import spell
from monitor.rules.match import score_parts
from monitor.rules.operators import Node, RoleOf
from monitor.rules.scene import Scene
from monitor.rules.sentence import Core, Mention, Sides, Span
from monitor.rules.spans import Interval
from monitor.rules.witness import Piece, Stretch, held, leaf_at, stretch_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One place where an entry of the rule held: which operator held where, who is what, and why."""

    entry: int
    """Which entry of `match`, from 1."""
    place: Place
    sentence: Stretch
    evidence: Stretch
    pieces: tuple[Piece, ...]
    status: Status
    because: str
    """Why this status."""
    speakers: tuple[tuple[Stretch, tuple[ActorCode, ...]], ...] = ()
    certainty: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A hit with everything that made it."""

    hit: Hit
    causes: tuple[Cause, ...]
    score: Mapping[str, float] = field(default_factory=dict)
    """What its score is made of, by name."""


@dataclass(slots=True)
class Seen:
    """A core of an entry in a sentence, and what came of it."""

    compiled: CompiledEntry
    scene: Scene
    core: Core
    bound: Interval | None
    sides: Sides
    finding: Finding | None = None
    exclusion: Exclusion | None = None


@dataclass(slots=True)
class Recorder:
    """The collector that keeps all it is told."""

    seen: list[Seen] = field(default_factory=list)
    hits: list[tuple[Hit, tuple[Finding, ...]]] = field(default_factory=list)
    _by_finding: dict[int, Seen] = field(default_factory=dict)

    def refused(self, compiled: CompiledEntry, scene: Scene, core: Core, bound: Interval | None, sides: Sides) -> None:
        """Keep a core whose roles have nobody left."""
        self.seen.append(Seen(compiled, scene, core, bound, sides))

    def found(self, compiled: CompiledEntry, finding: Finding, bound: Interval | None, sides: Sides) -> None:
        """Keep a finding."""
        one = Seen(compiled, finding.scene, finding.core, bound, sides, finding)
        self.seen.append(one)
        self._by_finding[id(finding)] = one

    def excluded(self, finding: Finding, exclusion: Exclusion) -> None:
        """Keep what stopped a finding."""
        self._by_finding[id(finding)].exclusion = exclusion

    def hit(self, hit: Hit, findings: tuple[Finding, ...]) -> None:
        """Keep a hit with what made it."""
        self.hits.append((hit, findings))

    def explained(self, rule: RuleId) -> tuple[Explained, ...]:
        """The hits of a rule with their causes."""
        return tuple(self.explained_hit(index) for index, (hit, _) in enumerate(self.hits) if hit.rule == rule)

    def explained_hit(self, index: int) -> Explained:
        """One hit, by its number in the order in which they came, with its causes."""
        hit, findings = self.hits[index]
        causes = tuple(_cause(self._by_finding[id(one)], one) for one in findings)
        return Explained(hit=hit, causes=causes, score=score_parts(findings, len(hit.evidence)))


# --- a hit ------------------------------------------------------------------------------------------------------------


def _cause(seen: Seen, finding: Finding) -> Cause:
    scene, assignment = finding.scene, finding.assignment
    mentions = scene.sentence.mentions
    return Cause(
        entry=number_of(seen.compiled),
        place=seen.compiled.entry.place,
        sentence=stretch_of(scene),
        evidence=stretch_of(scene, finding.span),
        pieces=tuple(pieces_of(seen, finding)),
        status=finding.status,
        because=finding.because,
        speakers=tuple(
            (words_of(scene, mentions[index]), tuple(sorted(filter(None, mentions[index].codes))))
            for index in assignment.speakers
        ),
        certainty=assignment.certainty,
    )


def pieces_of(seen: Seen, finding: Finding) -> Iterator[Piece]:
    """The operators of an entry that held, the roles by whom grammar gave them to."""
    entry, scene, core = seen.compiled.entry, finding.scene, finding.core
    spans: list[tuple[str, Node | None, Span | None]] = [
        ("act", entry.act, core.act),
        ("object", entry.object, core.object),
    ]
    for role, node, span in spans:
        if node is not None and span is not None:
            told = spell(leaf_at(node, scene, span))
            yield Piece(role=role, operator=told, holds=True, where=(stretch_of(scene, span),))
    parties = {"source": entry.source, "target": entry.target, "place": entry.location}
    if entry.pattern is not None and seen.bound is not None:
        yield from (one for one in held(entry.pattern, scene, seen.bound) if one.role not in parties)
        parties = {role: _operand(entry.pattern, role) for role in parties}
    for role, node in parties.items():
        piece = _party(seen, finding, role, node)
        if piece is not None:
            yield piece


def _operand(pattern: Node, role: str) -> Node | None:
    return next((one.inner for one in pattern.walk() if isinstance(one, RoleOf) and one.role == role), None)


def _party(seen: Seen, finding: Finding, role: str, node: Node | None) -> Piece | None:
    """Who fills a role and why, or why it is empty; nothing where the rule does not ask for it."""
    assignment = finding.assignment
    index = {"source": assignment.source, "target": assignment.target, "place": assignment.location}[role]
    reason = assignment.reasons.get(role, "")
    if index is None:
        assumed = next((who for party, who in seen.compiled.entry.assume.items() if party == role), "")
        if assumed:
            return Piece(role=role, operator=f"assume.{role}", holds=True, note=f"assumed: {assumed}")
        if node is None:
            return None
        return Piece(role=role, operator=spell(node), holds=True, note=f"empty: {reason or 'nobody left'}")
    mention = finding.scene.sentence.mentions[index]
    told = f"by {reason}: grammar is silent" if reason == "order" else reason
    codes = " and ".join(sorted(filter(None, mention.codes)))
    return Piece(
        role=role,
        operator=spell(node) if node is not None else "any actor",
        holds=True,
        where=(words_of(finding.scene, mention),),
        note=f"{codes}, {told}" if told else codes,
    )


def words_of(scene: Scene, mention: Mention) -> Stretch:
    """The words of a mention."""
    return stretch_of(scene, (mention.first, mention.last))


def number_of(compiled: CompiledEntry) -> int:
    """Which entry of its rule it is, from 1."""
    return next(at for at, entry in enumerate(compiled.rule.match, 1) if entry is compiled.entry)
