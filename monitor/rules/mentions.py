"""Who is named where: the longest name wins, a list is one mention, a weak name needs its owner near by."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from monitor.model import ActorCode
from monitor.rules.compile import Name
from monitor.rules.sentence import Mention, Named

_AND = frozenset({"and", "&", "et", "и", "та", "і", "й"})
_ARTICLES = frozenset({"the", "its", "both"})
_LIST_GAPS = frozenset({"", ",", "-", "–", "/", "·", "、"})


class Place(NamedTuple):
    """A name found in the whole text, in characters."""

    start: int
    end: int
    name: Name


def standing(places: Iterable[Place], whole: str) -> list[tuple[int, int, tuple[Named, ...]]]:
    """The names that count, as (start, end, actors), ascending and apart.

    Left out: a name of capitals that is written otherwise, one inside a longer name or a false friend,
    a weak one whose owner is not named in full in the same text, or that two owners could claim.
    """
    written = [one for one in places if not one.name.cased or whole[one.start : one.end] == one.name.cased]
    strong = {one.name.actor.id for one in written if not one.name.is_weak and not one.name.is_never}
    usable = [one for one in written if not one.name.is_weak or one.name.actor.id in strong]
    usable.sort(key=lambda one: (one.start, -one.end))
    kept: list[tuple[int, int, tuple[Named, ...]]] = []
    position = index = 0
    while index < len(usable):
        first = usable[index]
        same = [one for one in usable[index:] if (one.start, one.end) == (first.start, first.end)]
        index += len(same)
        if first.start < position:
            continue
        position = first.end
        actors = tuple(dict.fromkeys(one.name.actor for one in same if not one.name.is_never))
        is_doubtful = any(one.name.is_weak for one in same) and len({actor.code for actor in actors}) > 1
        if actors and not is_doubtful and not any(one.name.is_never for one in same):
            kept.append((first.start, first.end, actors))
    return kept


def listed(
    mentions: Sequence[Mention], words: Sequence[str], gaps: Sequence[str], *, is_title: bool
) -> tuple[Mention, ...]:
    """The mentions with every list ("the US, Japan and South Korea") drawn together to one.

    A list ends with "and"; a hyphen joins two ("Russia-North Korea pact"); in a title a comma at its head does
    ("Russia, North Korea sign pact"). Two names of one actor are no list, nor are a place and its state.
    """
    joined: list[Mention] = []
    run: list[Mention] = []
    for mention in mentions:
        if run and not _links(run[-1], mention, words, gaps):
            joined.extend(_closed(run, words, gaps, is_title=is_title))
            run = []
        run.append(mention)
    joined.extend(_closed(run, words, gaps, is_title=is_title))
    return tuple(joined)


def _links(left: Mention, right: Mention, words: Sequence[str], gaps: Sequence[str]) -> bool:
    """Whether two neighbours could stand in one list: nothing but commas, "and" and articles between them."""
    if left.codes & right.codes or _is_place(left) or _is_place(right):
        return False
    between = words[left.last : right.first]
    if not all(word in _AND or word in _ARTICLES for word in between):
        return False
    inside = gaps[left.last : right.first + 1]
    return all(gap in _LIST_GAPS for gap in inside) and (bool(set(between) & _AND) or any(inside))


def _closed(run: list[Mention], words: Sequence[str], gaps: Sequence[str], *, is_title: bool) -> list[Mention]:
    """A run of neighbours as one mention if it is a list, else as it was."""
    while len(run) > 1:
        last = run[-1]
        link = words[run[-2].last : last.first]
        mark = gaps[last.first] if not link else ""
        heads_title = is_title and run[0].first == 0 and mark == "," and len(run) == 2
        if set(link) & _AND or mark in ("-", "–", "/", "·", "、") or heads_title:
            actors: tuple[Named, ...] = tuple(dict.fromkeys(actor for one in run for actor in one.actors))
            return [Mention(first=run[0].first, last=last.last, actors=actors)]
        # "In Moscow, Seoul and Kyiv said" closes with "and"; a run that does not is names side by side
        return [*_closed(run[:-1], words, gaps, is_title=is_title), last]
    return run


def _is_place(mention: Mention) -> bool:
    return all(actor.kind == "place" for actor in mention.actors)


def codes_of(actors: Iterable[Named]) -> tuple[ActorCode, ...]:
    """The codes of actors, each once, in order."""
    return tuple(dict.fromkeys(actor.code for actor in actors))
