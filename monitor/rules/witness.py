"""Which operator held where in a sentence, and which did not and why: the operators' own answers, put into words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.model import Field
from monitor.rules.grammar import spell
from monitor.rules.lexicons import Lexicon
from monitor.rules.operators import ActorRef, And, LexiconRef, Near, Node, Not, Or, RoleOf, Truth, Word
from monitor.rules.scene import Scene
from monitor.rules.spans import Interval, Span, View, words_between
from monitor.rules.unheeded import unheeded

_PLACES = 3
"""Places named of one operator: more would hide the one that matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words of the article: character offsets into its field as it was given."""

    field: Field
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An operator of a rule in one sentence: where it held, or why it did not."""

    role: str
    """act, object, source, target, place; empty for an operator without one."""
    operator: str
    """As it is spelled in a rule."""
    holds: bool
    where: tuple[Stretch, ...] = ()
    note: str = ""


def stretch_of(scene: Scene, span: Span | None = None) -> Stretch:
    """Words of a sentence, or all of it, as a stretch of the article's field."""
    reading = scene.article.reading
    start, end = reading.sentences[scene.index] if span is None else scene.characters(*span)
    offset = 0 if scene.is_title else reading.text_start
    return Stretch(
        field="title" if scene.is_title else "text",
        start=start - offset,
        end=end - offset,
        text=reading.whole[start:end],
    )


def stretches_of(node: Node, scene: Scene, inside: Span | None = None) -> tuple[Stretch, ...]:
    """Where an operator holds in a sentence, in a part of it at most; of a truth, where in its part of the article."""
    if isinstance(node, Truth):
        return tuple(one for part in _scenes(scene.part(node.where)) for one in stretches_of(node.inner, part))[
            :_PLACES
        ]
    if isinstance(node, Not):
        return stretches_of(node.inner, scene)
    if isinstance(node, And | Or) and not node.find(scene):
        return tuple(one for part in node.parts for one in stretches_of(part, scene))[:_PLACES]
    spans = dict.fromkeys((one.start, one.end) for one in node.find(scene))
    kept = [one for one in spans if inside is None or (inside[0] <= one[0] and one[1] <= inside[1])]
    return tuple(stretch_of(scene, one) for one in kept[:_PLACES])


def _scenes(views: Iterable[View]) -> Iterator[Scene]:
    return (view for view in views if isinstance(view, Scene))


# --- a pattern that held ----------------------------------------------------------------------------------------------


def held(pattern: Node, scene: Scene, interval: Interval) -> Iterator[Piece]:
    """Every operator of a pattern that made a match, with its place in it; branches that did not hold left out."""
    inside = (interval.start, interval.end)
    yield from _held(pattern, scene, inside, "")


def _held(node: Node, scene: Scene, inside: Span, role: str) -> Iterator[Piece]:
    match node:
        case RoleOf():
            yield from _held(node.inner, scene, inside, node.role)
        case Or():
            held_at: set[Span] = set()
            for part in node.parts:  # a wider scope adds a truth beside an operand, at the same place in the pattern
                if part.at not in held_at and (part.find(scene) or part.holds_anyway(scene)):
                    held_at.add(part.at)
                    yield from _held(part, scene, inside, role)
        case And():
            for part in node.parts:
                yield from _held(part, scene, inside, role)
        case Near():
            yield from _held(node.left, scene, inside, role)
            if not node.is_negated:
                yield from _held(node.right, scene, inside, role)
            yield Piece(role="", operator=operator_of(node), holds=True, note=_nearness(node, scene, inside))
        case Not():
            yield Piece(role="", operator=spell(node), holds=True, note="nowhere in the sentence")
        case Truth():
            yield Piece(role="", operator=spell(node), holds=True, where=stretches_of(node, scene))
        case _:
            where = stretches_of(node, scene, inside)
            if where:
                yield Piece(role=role, operator=spell(node), holds=True, where=where)


def operator_of(node: Near) -> str:
    """The sign of a nearness: NEAR/5, ONEAR/5, NOT NEAR/5."""
    return ("NOT " if node.is_negated else "") + ("ONEAR" if node.is_ordered else "NEAR") + f"/{node.words}"


def _nearness(node: Near, scene: Scene, inside: Span) -> str:
    if node.is_negated:
        return f"no {spell(node.right)} that near"
    pairs = [
        words_between(left, right)
        for left in node.left.find(scene) if inside[0] <= left.start and left.end <= inside[1]
        for right in node.right.find(scene) if inside[0] <= right.start and right.end <= inside[1]
        if not node.is_ordered or left.end <= right.start
    ]  # fmt: skip
    return f"{words(min(pairs))} between" if pairs else ""


def words(number: int) -> str:
    """A number of words, in words."""
    return "1 word" if number == 1 else f"{number} words"


def leaf_at(node: Node, scene: Scene, span: Span) -> Node:
    """The operand of a side that found this stretch: the branch of an OR that held, or the side itself."""
    if isinstance(node, Or):
        for part in node.parts:
            if any((one.start, one.end) == span for one in part.find(scene)):
                return leaf_at(part, scene, span)
    return node


# --- what did not hold ------------------------------------------------------------------------------------------------


def missing(node: Node, scene: Scene, role: str = "") -> list[tuple[str, Node]]:  # noqa: PLR0911 (one return a kind of node)
    """The operands without which a pattern found nothing, each with its role; of an OR those of its nearest branch."""
    match node:
        case RoleOf():
            return missing(node.inner, scene, node.role)
        case Near():
            right = [] if node.is_negated else missing(node.right, scene, role)
            return [*missing(node.left, scene, role), *right]
        case And():
            return [one for part in node.parts for one in missing(part, scene, role)]
        case Or():
            if all(isinstance(part, Word | LexiconRef | ActorRef) for part in node.parts):
                return [] if node.find(scene) else [(role, node)]
            return min((missing(part, scene, role) for part in node.parts), key=len)
        case Not() | Truth():
            return [] if node.holds((scene,)) else [(role, node)]
        case _:
            return [] if node.find(scene) else [(role, node)]


def failing(node: Node, scene: Scene) -> tuple[int, str]:
    """The innermost nearness that failed though both its sides stand in the sentence: by how many words, and a clause.

    (0, "") where none did.
    """
    told = [failing(child, scene) for child in node.children()]
    if isinstance(node, Or) and any(
        not why and part.find(scene) for part, (_, why) in zip(node.parts, told, strict=True)
    ):
        return 0, ""
    inner = [one for one in told if one[1]]
    if inner:
        return min(inner) if isinstance(node, Or) else (sum(by for by, _ in inner), "; ".join(why for _, why in inner))
    if not isinstance(node, Near) or node.find(scene):
        return 0, ""
    left, right = node.left.find(scene), node.right.find(scene)
    if not left or not right:
        return 0, ""
    return _failure(node, scene, left, right)


def _failure(node: Near, scene: Scene, left: list[Interval], right: list[Interval]) -> tuple[int, str]:
    ordered = [(one, other) for one in left for other in right if not node.is_ordered or one.end <= other.start]
    pairs = ordered or [(one, other) for one in left for other in right]
    one, other = min(pairs, key=lambda pair: words_between(*pair))
    between = words_between(one, other)
    told = f"{_quoted(scene, one)} and {_quoted(scene, other)}"
    sign = operator_of(node)
    if node.is_negated:
        return 1, f"{sign}: {told} are {words(between)} apart"
    if not ordered:
        return 1, f"{sign}: {told} stand in the other order"
    return between - node.words, f"{sign}: {words(between)} stand between {told}, {between - node.words} too many"


def _quoted(scene: Scene, interval: Interval) -> str:
    return f'"{stretch_of(scene, (interval.start, interval.end)).text}"'


def absence(node: Node, scene: Scene, lexicons: Mapping[str, Lexicon]) -> str:
    """Why an operand found nothing in a sentence: no words in this language, or where they stand instead."""
    if isinstance(node, Not):
        return "it must not stand there: " + _told(stretches_of(node, scene))
    lang = scene.article.reading.lang
    leaves = list(_leaves(node))
    if leaves and all(_is_wordless(leaf, scene, lexicons) for leaf in leaves):
        return f"{'no names' if isinstance(node, ActorRef) else 'no words'} in {lang}"
    if isinstance(node, Truth):
        return f"nowhere in the {node.where}"
    hint = unheeded(node, scene) if isinstance(node, ActorRef) else ""
    told = "; ".join(filter(None, ("nothing in this sentence", hint, _elsewhere(node, scene))))
    return told if ";" in told else "nothing in the whole article"


def _elsewhere(node: Node, scene: Scene) -> str:
    """Where else in the article an operand stands; empty if nowhere."""
    found = [
        f"{_told(where)} in {_named(other)}"
        for other in scene.article.scenes if other is not scene and (where := stretches_of(node, other)[:1])
    ]  # fmt: skip
    more = f", and in {len(found) - 2} more" if len(found) > 2 else ""
    return ", ".join(found[:2]) + more


def _leaves(node: Node) -> Iterator[Node]:
    return (one for one in node.walk() if isinstance(one, Word | LexiconRef | ActorRef))


def _is_wordless(leaf: Node, scene: Scene, lexicons: Mapping[str, Lexicon]) -> bool:
    """Whether an operand can't be found in the language of the article, whatever the text says."""
    lang, ruleset = scene.article.reading.lang, scene.article.ruleset
    if isinstance(leaf, LexiconRef):
        return leaf.name in lexicons and not lexicons[leaf.name].terms.get(lang)
    if isinstance(leaf, ActorRef):
        ids = ruleset.allowed.get(leaf.name, frozenset())
        return not any(ruleset.actors.by_id[id_].names.get(lang) for id_ in ids if id_ in ruleset.actors.by_id)
    return False


def _told(found: Iterable[Stretch]) -> str:
    return ", ".join(f'"{one.text}"' for one in found)


def _named(scene: Scene) -> str:
    """A sentence by its number, as a reader counts."""
    if scene.is_title:
        return "the title"
    return f"sentence {scene.index + 1 - scene.article.reading.has_title}"
