"""Why a rule hit an article, or missed it: the walk of `match` with a collector that keeps what it is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from monitor.errors import Place
from monitor.model import ActorCode, Article, Hit, Reading, RuleId, Status
from monitor.rules.collector import Finding
from monitor.rules.compile import CompiledEntry, RuleSet
from monitor.rules.files import Entry, Exclusion, Rule
from monitor.rules.grammar import spell
from monitor.rules.lexicons import Lexicon
from monitor.rules.match import match, satisfying
from monitor.rules.operators import And, Near, Node, RoleOf
from monitor.rules.roles import why_refused
from monitor.rules.scene import Scene, Scenes
from monitor.rules.sentence import Core, Mention, Sides, Span
from monitor.rules.spans import Interval, words_between
from monitor.rules.witness import (
    Piece,
    Stretch,
    absence,
    failing,
    held,
    leaf_at,
    missing,
    stretch_of,
    stretches_of,
    words,
)

Stage = Literal["language", "words", "distance", "roles", "excluded"]
STAGES: tuple[Stage, ...] = ("language", "words", "distance", "roles", "excluded")
"""How far an entry came, from the farthest to the nearest miss."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """The sentence in which an entry came nearest to a hit, and what was wanting there."""

    entry: int
    place: Place
    stage: Stage
    because: str
    sentence: Stretch | None = None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a rule made of an article: its hits, or for each entry its nearest miss, the nearest of all first."""

    rule: RuleId
    article: Article
    hits: tuple[Explained, ...] = ()
    misses: tuple[Miss, ...] = ()


def explain(ruleset: RuleSet, lexicons: Mapping[str, Lexicon], reading: Reading, rule: Rule) -> Explanation:
    """Why a rule of the set hits an article, or what kept it from it. O(rules' own cost + sentences x operators)."""
    recorder = Recorder()
    match(ruleset, reading, recorder)
    hits = recorder.explained(rule.id)
    misses = () if hits else _Misses(ruleset, lexicons, reading, recorder).of(rule)
    return Explanation(rule=rule.id, article=reading.article, hits=hits, misses=misses)


@dataclass(slots=True)
class _Seen:
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

    seen: list[_Seen] = field(default_factory=list)
    hits: list[tuple[Hit, tuple[Finding, ...]]] = field(default_factory=list)
    _by_finding: dict[int, _Seen] = field(default_factory=dict)

    def refused(self, compiled: CompiledEntry, scene: Scene, core: Core, bound: Interval | None, sides: Sides) -> None:
        """Keep a core whose roles have nobody left."""
        self.seen.append(_Seen(compiled, scene, core, bound, sides))

    def found(self, compiled: CompiledEntry, finding: Finding, bound: Interval | None, sides: Sides) -> None:
        """Keep a finding."""
        one = _Seen(compiled, finding.scene, finding.core, bound, sides, finding)
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
        return Explained(hit=hit, causes=tuple(_cause(self._by_finding[id(one)], one) for one in findings))


# --- a hit ------------------------------------------------------------------------------------------------------------


def _cause(seen: _Seen, finding: Finding) -> Cause:
    scene, assignment = finding.scene, finding.assignment
    mentions = scene.sentence.mentions
    return Cause(
        entry=_number(seen.compiled),
        place=seen.compiled.entry.place,
        sentence=stretch_of(scene),
        evidence=stretch_of(scene, finding.span),
        pieces=tuple(_pieces(seen, finding)),
        status=finding.status,
        because=finding.because,
        speakers=tuple(
            (_stretch(scene, mentions[index]), tuple(sorted(mentions[index].codes))) for index in assignment.speakers
        ),
        certainty=assignment.certainty,
    )


def _pieces(seen: _Seen, finding: Finding) -> Iterator[Piece]:
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


def _party(seen: _Seen, finding: Finding, role: str, node: Node | None) -> Piece | None:
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
    codes = " and ".join(sorted(mention.codes))
    return Piece(
        role=role,
        operator=spell(node) if node is not None else "any actor",
        holds=True,
        where=(_stretch(finding.scene, mention),),
        note=f"{codes}, {told}" if told else codes,
    )


def _stretch(scene: Scene, mention: Mention) -> Stretch:
    return stretch_of(scene, (mention.first, mention.last))


def _number(compiled: CompiledEntry) -> int:
    return next(at for at, entry in enumerate(compiled.rule.match, 1) if entry is compiled.entry)


# --- a miss -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Near:
    """A miss in one sentence, with how far it was from a hit: the stage, operands wanting, words too many."""

    miss: Miss
    wanting: int = 0
    words: int = 0
    at: int = 0

    def rank(self) -> tuple[int, int, int, int]:
        """Ascending from the nearest."""
        return -STAGES.index(self.miss.stage), self.wanting, self.words, self.at


class _Misses:
    """Looks at every sentence with every entry of a rule, and keeps the nearest."""

    def __init__(self, ruleset: RuleSet, lexicons: Mapping[str, Lexicon], reading: Reading, recorder: Recorder) -> None:
        self.ruleset = ruleset
        self.lexicons = lexicons
        self.reading = reading
        self.recorder = recorder
        self.scenes = recorder.seen[0].scene.article.scenes if recorder.seen else Scenes(ruleset, reading).scenes

    def of(self, rule: Rule) -> tuple[Miss, ...]:
        """The nearest miss of each entry, the nearest of all first."""
        compiled = [one for one in self.ruleset.entries if one.rule is rule]
        nearest = [min(self._of_entry(one), key=_Near.rank) for one in compiled]
        return tuple(one.miss for one in sorted(nearest, key=lambda one: (*one.rank(), one.miss.entry)))

    def _of_entry(self, compiled: CompiledEntry) -> Iterator[_Near]:
        entry = compiled.entry
        if entry.lang and entry.lang != self.reading.lang:
            because = f"it is for {entry.lang} alone, and the article is in {self.reading.lang}"
            yield _Near(_miss(compiled, "language", because))
            return
        seen = [one for one in self.recorder.seen if one.compiled is compiled]
        yield from (self._judged(one) for one in seen)
        judged = {one.scene.index for one in seen}
        for scene in self.scenes:
            if scene.index not in judged:
                yield self._unmet(compiled, scene)
        if not self.scenes:
            yield _Near(_miss(compiled, "words", "the article holds no sentence"))

    def _judged(self, seen: _Seen) -> _Near:
        """A core that became no hit: refused, or stopped by an exclusion."""
        if seen.exclusion is not None:
            return _Near(_excluded(seen, seen.exclusion), at=seen.scene.index)
        if seen.finding is not None:
            because = "one actor would be both source and target"
            pieces = tuple(_pieces(seen, seen.finding))
            return _Near(_miss(seen.compiled, "roles", because, seen.scene, pieces), at=seen.scene.index)
        entry, rule, scene = seen.compiled.entry, seen.compiled.rule, seen.scene
        refusals = why_refused(
            scene.sentence,
            seen.core,
            seen.sides,
            is_reciprocal=rule.event.is_reciprocal,
            is_active_only=entry.is_active_only,
            language=scene.article.language,
        )
        pieces = tuple(self._refused(seen, refusals))
        wanting = sum(not piece.holds for piece in pieces)
        whole = refusals.get("core") or refusals.get("parties", "")
        told = whole or "; ".join(f"{piece.role}: {piece.note}" for piece in pieces if not piece.holds)
        return _Near(_miss(seen.compiled, "roles", told, scene, pieces), wanting=wanting, at=scene.index)

    def _refused(self, seen: _Seen, refusals: Mapping[str, str]) -> Iterator[Piece]:
        entry, scene, core = seen.compiled.entry, seen.scene, seen.core
        if entry.pattern is not None and seen.bound is not None:
            for piece in held(entry.pattern, scene, seen.bound):
                why = refusals.get(piece.role)
                yield piece if why is None else replace(piece, holds=False, note=why or "no actor stands there")
            return
        for role, node, span in (("act", entry.act, core.act), ("object", entry.object, core.object)):
            if node is not None and span is not None:
                yield Piece(
                    role=role, operator=spell(leaf_at(node, scene, span)), holds=True, where=(stretch_of(scene, span),)
                )
        for role, node in (("source", entry.source), ("target", entry.target)):
            if node is not None:
                yield self._side(seen, role, node, refusals)

    def _side(self, seen: _Seen, role: str, node: Node, refusals: Mapping[str, str]) -> Piece:
        scene = seen.scene
        able = seen.sides.source if role == "source" else seen.sides.target
        mentions = scene.sentence.mentions
        where = tuple(_stretch(scene, mentions[index]) for index in sorted(able or ()))
        note = refusals.get(role)
        if note is None:
            return Piece(role=role, operator=spell(node), holds=bool(where), where=where)
        if not note:
            note = self._nobody(seen, node)
        return Piece(role=role, operator=spell(node), holds=False, where=where, note=note)

    def _nobody(self, seen: _Seen, node: Node) -> str:
        """Why no mention could be this side: too far away, of another kind, or not in the sentence."""
        scene, reach = seen.scene, seen.compiled.entry.within_actors
        spans = [seen.core.act, *([seen.core.object] if seen.core.object else [])]
        core = Interval(min(first for first, _ in spans), max(last for _, last in spans))
        fitting = [one for one in scene.sentence.mentions if satisfying(self.ruleset, node, scene, one)]
        if fitting:
            far = min(fitting, key=lambda one: words_between(core, Interval(one.first, one.last)))
            between = words_between(core, Interval(far.first, far.last))
            over = words(between - reach)
            return (
                f'"{_stretch(scene, far).text}" stands {words(between)} away, within.actors = {reach}: {over} too far'
            )
        others = ", ".join(f'"{_stretch(scene, one).text}"' for one in scene.sentence.mentions[:4])
        is_one = len(scene.sentence.mentions) == 1
        told = f"; {others} {'is' if is_one else 'are'} not {spell(node)}" if others else ""
        return absence(node, scene, self.lexicons) + told

    def _unmet(self, compiled: CompiledEntry, scene: Scene) -> _Near:
        """A sentence in which the entry has no core: operators that found nothing, or too far apart."""
        operands = list(_operands(compiled.entry))
        lacking = [one for role, node in operands for one in missing(node, scene, role)]
        parties = [one for role, node in _parties(compiled.entry) for one in missing(node, scene, role)]
        pieces = [
            Piece(role=role, operator=spell(node), holds=False, note=absence(node, scene, self.lexicons))
            for role, node in (*lacking, *parties)
        ]
        gone = {id(node) for _, node in (*lacking, *parties)}
        found = tuple(self._found(compiled.entry, scene, gone))
        wanting = len(lacking) + len(parties)
        if wanting:
            told = _grouped(pieces)
            miss = _miss(compiled, "words", told, scene, (*found, *pieces))
            return _Near(miss, wanting=wanting, at=scene.index)
        over, because = _distance(compiled.entry, scene)
        miss = _miss(compiled, "distance", because, scene, (*found, *pieces))
        return _Near(miss, wanting=wanting, words=over, at=scene.index)

    def _found(self, entry: Entry, scene: Scene, gone: set[int]) -> Iterator[Piece]:
        for role, node in (*_operands(entry), *_parties(entry)):
            for inner, name in _leaves(node, role):
                if id(inner) not in gone and (where := stretches_of(inner, scene)):
                    yield Piece(role=name, operator=spell(inner), holds=True, where=where)


def _grouped(pieces: Iterable[Piece]) -> str:
    """What found nothing as one clause, operators with one reason together: "#send and #troops: no words in ko"."""
    by_note: dict[str, dict[str, None]] = defaultdict(dict)
    for piece in pieces:
        by_note[piece.note][piece.operator] = None
    return "; ".join(
        f"{' and '.join(operators)}{' found' if note.startswith('nothing') else ':'} {note}"
        for note, operators in by_note.items()
    )


def _operands(entry: Entry) -> Iterator[tuple[str, Node]]:
    """What an entry needs found for a core."""
    for role, node in (("act", entry.act), ("object", entry.object), ("", entry.pattern)):
        if node is not None:
            yield role, node


def _parties(entry: Entry) -> Iterator[tuple[str, Node]]:
    """The sides that a frame can't do without."""
    for role, node in (("source", entry.source), ("target", entry.target)):
        if node is not None and role not in entry.optional and role not in entry.assume:
            yield role, node


def _leaves(node: Node, role: str) -> Iterator[tuple[Node, str]]:
    """The operands of a pattern with their roles; an OR of operands is one."""
    inner = node.inner if isinstance(node, RoleOf) else node
    name = node.role if isinstance(node, RoleOf) else role
    is_operand = not isinstance(inner, Near | And) and not any(child.children() for child in inner.children())
    if is_operand and not inner.is_placeless:
        yield inner, name
        return
    for child in inner.children():
        yield from _leaves(child, name)


def _distance(entry: Entry, scene: Scene) -> tuple[int, str]:
    """By how many words the operands of an entry are too far apart, and which."""
    if entry.pattern is not None:
        over, because = failing(entry.pattern, scene)
        return over, because or "its operators hold, but not together"
    assert entry.act is not None
    acts, objects = entry.act.find(scene), entry.object.find(scene) if entry.object is not None else []
    if not acts or not objects:
        return 0, "its operators hold, but not together"
    act, other = min(((one, two) for one in acts for two in objects), key=lambda pair: words_between(*pair))
    between = words_between(act, other)
    over = between - entry.within_object
    told = f'"{stretch_of(scene, act[:2]).text}" and "{stretch_of(scene, other[:2]).text}"'
    if over <= 0:
        return 0, f"{told} belong to other words that stand nearer"
    return over, f"{words(between)} stand between {told}, within.object = {entry.within_object}: {over} too many"


def _excluded(seen: _Seen, exclusion: Exclusion) -> Miss:
    assert seen.finding is not None
    key = "exclude" if exclusion in seen.compiled.rule.exclude else "unless"
    scope, scene = seen.compiled.entry.scope, seen.scene
    views = [scene] if scope == "sentence" else [scene, *(one for one in scene.part(scope) if isinstance(one, Scene))]
    where = next(filter(None, (stretches_of(exclusion.pattern, one) for one in views)), ())
    told = ", ".join(f'"{one.text}"' for one in where)
    details = "; ".join(
        filter(None, (exclusion.reason, exclusion.owner and f"by {exclusion.owner}",
                      f"until {exclusion.until}" if exclusion.until else ""))
    )  # fmt: skip
    because = f"stopped by {key} {spell(exclusion.pattern)}" + (f": {told}" if told else "")
    piece = Piece(role=key, operator=spell(exclusion.pattern), holds=False, where=where, note=details or "excludes")
    pieces = (*_pieces(seen, seen.finding), piece)
    return _miss(seen.compiled, "excluded", because + (f" ({details})" if details else ""), seen.scene, pieces)


def _miss(
    compiled: CompiledEntry, stage: Stage, because: str, scene: Scene | None = None, pieces: Iterable[Piece] = ()
) -> Miss:
    return Miss(
        entry=_number(compiled),
        place=compiled.entry.place,
        stage=stage,
        because=because,
        sentence=None if scene is None else stretch_of(scene),
        pieces=tuple(pieces),
    )
