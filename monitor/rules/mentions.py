"""Who is named where: the longest name wins, a list is one mention, a weak name needs its owner near by."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from monitor.model import ActorCode
from monitor.rules.compile import Name
from monitor.rules.sentence import Mention, Named

_AND = frozenset({"and", "nor", "&", "et", "и", "та", "і", "й", "및", "と", "や", "和", "与", "與", "及", "跟"})
_WITH = frozenset({"와", "과"})
"""Korean particles behind a name that join it to the next of its kind ("북한과 러시아가")."""
_TITLE, _PARTICLE = 3, 2
"""The most words of a title between two names, and letters of a word that is more than a particle."""
_ARTICLES = frozenset({"the", "its", "both", "la", "le", "les", "l'"})
_OUT_OF_OFFICE = Named(id="", kind="person", code=ActorCode(""))
"""Who is named where nobody acts: he may speak, and satisfies no side of any rule."""
_POSSESSIVE = frozenset({"'s ", "’s "})
_LIST_GAPS = frozenset({"", ",", "-", "–", "/", "·", "、"})


class Place(NamedTuple):
    """A name found in the whole text, in characters."""

    start: int
    end: int
    name: Name


def standing(
    places: Iterable[Place], whole: str, day: date, strong: frozenset[str] = frozenset()
) -> list[tuple[int, int, tuple[Named, ...]]]:
    """The names that count in an article of that day, as (start, end, actors), ascending and apart.

    Left out: a name of capitals that is written otherwise, one inside a longer name or a false friend,
    a weak one whose owner is not named in full in the same text and whose state does not stand right before it, or
    that two owners could claim.
    `strong` are actors named in full outside these places.
    A person who holds none of his offices on that day still hides the names inside his own and acts for nobody.
    """
    written = [one for one in places if not one.name.cased or whole[one.start : one.end] == one.name.cased]
    strong |= {one.name.actor.id for one in written if not one.name.is_weak and not one.name.is_never}
    ends = {(one.end, one.name.actor.id) for one in written if not one.name.is_weak and not one.name.is_never}
    usable = [
        one for one in written if not one.name.is_weak or one.name.actor.id in strong or _is_led(one, whole, ends)
    ]
    kept: list[tuple[int, int, tuple[Named, ...]]] = []
    for same in _longest(usable):
        first = same[0]
        actors = tuple(dict.fromkeys(one.name.actor for one in same if not one.name.is_never))
        is_doubtful = any(one.name.is_weak for one in same) and len({actor.code for actor in actors}) > 1
        if actors and not is_doubtful and not any(one.name.is_never for one in same):
            acting = dict.fromkeys(one.name.actor for one in same if one.name.owner.is_acting(day))
            kept.append((first.start, first.end, tuple(acting) or (_OUT_OF_OFFICE,)))
    return kept


def _is_led(place: Place, whole: str, ends: Set[tuple[int, str]]) -> bool:
    """The state stands right before its person: "North Korea's Kim" needs no full name elsewhere."""
    before = whole[max(place.start - 3, 0) : place.start]
    return before in _POSSESSIVE and (place.start - len(before), place.name.owner.of) in ends


def _longest(places: Iterable[Place]) -> list[list[Place]]:
    """The places that no longer one overlaps, ascending, those of one stretch together; of two alike the first.

    So "The North Korean army" names North Korea, though "the North" begins before it.
    """
    together: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for one in places:
        together[one.start, one.end].append(one)
    taken: list[tuple[int, int]] = []
    for start, end in sorted(together, key=lambda stretch: (stretch[0] - stretch[1], stretch[0])):
        at = bisect_left(taken, (start, end))
        is_free = (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or end <= taken[at][0])
        if is_free:
            taken.insert(at, (start, end))
    return [together[stretch] for stretch in taken]


def listed(
    mentions: Sequence[Mention], words: Sequence[str], gaps: Sequence[str], *, is_title: bool, has_topic: bool = False
) -> tuple[Mention, ...]:
    """The mentions with every list ("the US, Japan and South Korea") drawn together to one.

    A list ends with "and"; a hyphen joins two ("Russia-North Korea pact"); in a title a comma at its head or end does
    ("Russia, North Korea sign pact"). Where a headline has a topic, one comma behind its head joins nothing
    ("北朝鮮、ロシアに派兵"). Two names of one actor are no list, nor are a place and its state.
    """
    joined: list[Mention] = []
    run: list[Mention] = []
    for mention in mentions:
        is_topic = has_topic and len(run) == 1 and run[0].first == 0 and gaps[mention.first] == "、"
        if run and (is_topic or not _links(run[-1], mention, words, gaps)):
            joined.extend(_closed(run, words, gaps, is_title=is_title))
            run = []
        run.append(mention)
    joined.extend(_closed(run, words, gaps, is_title=is_title))
    return tuple(joined)


def _links(left: Mention, right: Mention, words: Sequence[str], gaps: Sequence[str]) -> bool:
    """Whether two neighbours could stand in one list: nothing but commas, "and" and articles between them."""
    if left.codes & right.codes or left.is_place or right.is_place or _is_media(left) != _is_media(right):
        return False
    between = words[left.last : right.first]
    if _is_titled(between):  # "푸틴 대통령과 김정은이"
        return right.actors[0].kind == "person" and not any(gaps[left.last : right.first + 1])
    if not all(word in _AND or word in _ARTICLES for word in between):
        return False
    if left.tail in _WITH:
        return left.last == right.first and not gaps[right.first] and left.actors[0].kind == right.actors[0].kind
    inside = gaps[left.last : right.first + 1]
    return all(gap in _LIST_GAPS for gap in inside) and (bool(set(between) & _AND) or any(inside))


def _is_titled(between: Sequence[str]) -> bool:
    """Whether the words between two names are a Korean title that joins them."""
    return 0 < len(between) <= _TITLE and len(between[-1]) > _PARTICLE and between[-1][-1] in _WITH


def _closed(run: list[Mention], words: Sequence[str], gaps: Sequence[str], *, is_title: bool) -> list[Mention]:
    """A run of neighbours as one mention if it is a list, else as it was."""
    while len(run) > 1:
        last = run[-1]
        link = words[run[-2].last : last.first]
        mark = gaps[last.first] if not link else ""
        is_pair = len(run) == 2
        is_parted = is_pair and "," in gaps[run[0].last]  # "A, and B did": two clauses
        is_paired = is_title and _is_commas(run, gaps) and _heads_or_ends(run, words, gaps)
        is_linked = set(link) & _AND or run[-2].tail in _WITH or _is_titled(link)
        if (is_linked and not is_parted) or mark in ("-", "–", "/", "·", "、") or is_paired:
            actors = dict.fromkeys(actor for one in run for actor in one.actors if actor != _OUT_OF_OFFICE)
            together = tuple(actors) or (_OUT_OF_OFFICE,)
            return [Mention(first=run[0].first, last=last.last, actors=together, tail=last.tail)]
        # "In Moscow, Seoul and Kyiv said" closes with "and"; a run that does not is names side by side
        return [*_closed(run[:-1], words, gaps, is_title=is_title), last]
    return run


def _is_commas(run: Sequence[Mention], gaps: Sequence[str]) -> bool:
    """Whether nothing but commas stands between the members of a run."""
    pairs = pairwise(run)
    return all(left.last == right.first and gaps[right.first].strip() == "," for left, right in pairs)


def _heads_or_ends(run: list[Mention], words: Sequence[str], gaps: Sequence[str]) -> bool:
    """Whether a run opens a title ("Russia, Iran sign"), or ends it or its part before a dash ("visits Iran, Iraq")."""
    last = run[-1].last
    return run[0].first == 0 or last == len(words) or "—" in gaps[last] or " - " in gaps[last]


def _is_media(mention: Mention) -> bool:
    """A medium speaks: "Russia and North Korea's state media" are no pair."""
    return all(actor.kind == "media" for actor in mention.actors)


def codes_of(actors: Iterable[Named]) -> tuple[ActorCode, ...]:
    """The codes of actors, each once, in order; a person out of office has none."""
    return tuple(dict.fromkeys(actor.code for actor in actors if actor.code))
