"""How near a rule came to an article that it missed: the nearest sentence of each entry, and what was wanting there."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from monitor.errors import Place
from monitor.model import Reading
from monitor.rules.compile import CompiledEntry, RuleSet
from monitor.rules.files import Entry, Exclusion, Rule
from monitor.rules.grammar import spell
from monitor.rules.lexicons import Lexicon
from monitor.rules.operators import ActorRef, And, Near, Node, RoleOf
from monitor.rules.parties import satisfying
from monitor.rules.recorder import Recorder, Seen, number_of, pieces_of, words_of
from monitor.rules.roles import why_refused
from monitor.rules.scene import Scene, Scenes
from monitor.rules.spans import Interval, words_between
from monitor.rules.unheeded import unheeded
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
class Miss:
    """The sentence in which an entry came nearest to a hit, and what was wanting there."""

    entry: int
    place: Place
    stage: Stage
    because: str
    sentence: Stretch | None = None
    pieces: tuple[Piece, ...] = ()


def misses_of(
    ruleset: RuleSet, lexicons: Mapping[str, Lexicon], reading: Reading, rule: Rule, recorder: Recorder
) -> tuple[Miss, ...]:
    """The nearest miss of each entry of a rule without hits, the nearest of all first."""
    return _Misses(ruleset, lexicons, reading, recorder).of(rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """A miss in one sentence: how far it was from a hit (stage, operands wanting, words too many), and how to tell it.

    It is told of the nearest alone: to look up where every word stands instead is dear.
    """

    stage: Stage
    tell: Callable[[], Miss]
    wanting: int = 0
    words: int = 0
    at: int = 0

    def rank(self) -> tuple[int, int, int, int]:
        """Ascending from the nearest."""
        return -STAGES.index(self.stage), self.wanting, self.words, self.at


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
        nearest = [(min(self._of_entry(one), key=_Near.rank), number_of(one)) for one in compiled]
        return tuple(one.tell() for one, _ in sorted(nearest, key=lambda pair: (*pair[0].rank(), pair[1])))

    def _of_entry(self, compiled: CompiledEntry) -> Iterator[_Near]:
        entry = compiled.entry
        if entry.lang and entry.lang != self.reading.lang:
            because = f"it is for {entry.lang} alone, and the article is in {self.reading.lang}"
            yield _Near(stage="language", tell=partial(_miss, compiled, "language", because))
            return
        seen = [one for one in self.recorder.seen if one.compiled is compiled]
        yield from (self._judged(one) for one in seen)
        judged = {one.scene.index for one in seen}
        for scene in self.scenes:
            if scene.index not in judged:
                yield self._unmet(compiled, scene)
        if not self.scenes:
            yield _Near(stage="words", tell=partial(_miss, compiled, "words", "the article holds no sentence"))

    def _judged(self, seen: Seen) -> _Near:
        """A core that became no hit: refused, or stopped by an exclusion."""
        at = seen.scene.index
        if seen.exclusion is not None:
            return _Near(stage="excluded", tell=partial(_excluded, seen, seen.exclusion), at=at)
        if seen.finding is not None:
            because, pieces = "one actor would be both source and target", tuple(pieces_of(seen, seen.finding))
            return _Near(stage="roles", tell=partial(_miss, seen.compiled, "roles", because, seen.scene, pieces), at=at)
        entry, rule, scene = seen.compiled.entry, seen.compiled.rule, seen.scene
        refusals = why_refused(
            scene.sentence,
            seen.core,
            seen.sides,
            is_reciprocal=rule.event.is_reciprocal,
            is_active_only=entry.is_active_only,
            language=scene.article.language,
        )
        wanting = 1 if "core" in refusals or "parties" in refusals else len(refusals)
        return _Near(stage="roles", tell=partial(self._tell_refused, seen, refusals), wanting=wanting, at=at)

    def _tell_refused(self, seen: Seen, refusals: Mapping[str, str]) -> Miss:
        pieces = tuple(self._refused(seen, refusals))
        whole = refusals.get("core") or refusals.get("parties", "")
        told = whole or "; ".join(f"{piece.role}: {piece.note}" for piece in pieces if not piece.holds)
        return _miss(seen.compiled, "roles", told, seen.scene, pieces)

    def _refused(self, seen: Seen, refusals: Mapping[str, str]) -> Iterator[Piece]:
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

    def _side(self, seen: Seen, role: str, node: Node, refusals: Mapping[str, str]) -> Piece:
        scene = seen.scene
        able = seen.sides.source if role == "source" else seen.sides.target
        mentions = scene.sentence.mentions
        where = tuple(words_of(scene, mentions[index]) for index in sorted(able or ()))
        note = refusals.get(role)
        if note is None:
            return Piece(role=role, operator=spell(node), holds=bool(where), where=where)
        if not note:
            note = self._nobody(seen, node)
        elif isinstance(node, ActorRef) and (hint := unheeded(node, scene)):
            note = f"{note}; {hint}"
        return Piece(role=role, operator=spell(node), holds=False, where=where, note=note)

    def _nobody(self, seen: Seen, node: Node) -> str:
        """Why no mention could be this side: too far away, of another kind, or not in the sentence."""
        scene, reach = seen.scene, seen.compiled.entry.within_actors * seen.scene.stretch
        spans = [seen.core.act, *([seen.core.object] if seen.core.object else [])]
        core = Interval(min(first for first, _ in spans), max(last for _, last in spans))
        fitting = [one for one in scene.sentence.mentions if satisfying(self.ruleset, node, scene, one)]
        if fitting:
            far = min(fitting, key=lambda one: words_between(core, Interval(one.first, one.last)))
            between = words_between(core, Interval(far.first, far.last))
            over = words(between - reach)
            return (
                f'"{words_of(scene, far).text}" stands {words(between)} away, within.actors = {reach}: {over} too far'
            )
        others = ", ".join(f'"{words_of(scene, one).text}"' for one in scene.sentence.mentions[:4])
        is_one = len(scene.sentence.mentions) == 1
        told = f"; {others} {'is' if is_one else 'are'} not {spell(node)}" if others else ""
        return absence(node, scene, self.lexicons) + told

    def _unmet(self, compiled: CompiledEntry, scene: Scene) -> _Near:
        """A sentence in which the entry has no core: operators that found nothing, or too far apart."""
        lacking = [
            one
            for role, node in (*_operands(compiled.entry), *_parties(compiled.entry))
            for one in missing(node, scene, role)
        ]
        if lacking:
            tell = partial(self._tell_lacking, compiled, scene, lacking)
            return _Near(stage="words", tell=tell, wanting=len(lacking), at=scene.index)
        over, because = _distance(compiled.entry, scene)
        found = tuple(self._found(compiled.entry, scene, set()))
        tell = partial(_miss, compiled, "distance", because, scene, found)
        return _Near(stage="distance", tell=tell, words=over, at=scene.index)

    def _tell_lacking(self, compiled: CompiledEntry, scene: Scene, lacking: list[tuple[str, Node]]) -> Miss:
        pieces = [
            Piece(role=role, operator=spell(node), holds=False, note=absence(node, scene, self.lexicons))
            for role, node in lacking
        ]
        found = self._found(compiled.entry, scene, {id(node) for _, node in lacking})
        return _miss(compiled, "words", _grouped(pieces), scene, (*found, *pieces))

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
    reach = entry.within_object * scene.stretch
    over = between - reach
    told = f'"{stretch_of(scene, act[:2]).text}" and "{stretch_of(scene, other[:2]).text}"'
    if over <= 0:
        return 0, f"{told} belong to other words that stand nearer"
    return over, f"{words(between)} stand between {told}, within.object = {reach}: {over} too many"


def _excluded(seen: Seen, exclusion: Exclusion) -> Miss:
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
    pieces = (*pieces_of(seen, seen.finding), piece)
    return _miss(seen.compiled, "excluded", because + (f" ({details})" if details else ""), seen.scene, pieces)


def _miss(
    compiled: CompiledEntry, stage: Stage, because: str, scene: Scene | None = None, pieces: Iterable[Piece] = ()
) -> Miss:
    return Miss(
        entry=number_of(compiled),
        place=compiled.entry.place,
        stage=stage,
        because=because,
        sentence=None if scene is None else stretch_of(scene),
        pieces=tuple(pieces),
    )
