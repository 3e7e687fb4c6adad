"""Which hits of an article tell of one occurrence, and the keys by which its candidate stories are found."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from monitor.model import ActorCode, Article, EventKind, EventType, Fingerprint, Hit, Occurrence

_UNKNOWN = Fingerprint()
Keys = tuple[EventType, frozenset[ActorCode], datetime]
"""Event, parties, and the moment of the article."""


def parties_of(hit: Hit) -> frozenset[ActorCode]:
    """The actors between whom it happens: source and target, as far as they are known."""
    return frozenset(code for code in (hit.source, hit.target) if code is not None)


def occurrences_of(
    article: Article,
    hits: Sequence[Hit],
    events: Mapping[EventType, EventKind],
    fingerprint: Fingerprint = _UNKNOWN,
) -> tuple[Occurrence, ...]:
    """What the article says happened, each once: its hits by event, and apart where they share no actor.

    "The US sanctions Iran" and "China sanctions a Philippine firm" in one article are two occurrences; sanctions
    on five states are one. An event that goes by pairs has one for each pair of parties: one president who visits
    Tokyo and then Washington makes two visits. Hits that name nobody go with the others where these are one, else
    by themselves. The order of `hits` doesn't matter; the answer is sorted by event and parties.
    """
    by_event: dict[EventType, list[Hit]] = {}
    for hit in hits:
        by_event.setdefault(hit.event, []).append(hit)
    return tuple(
        Occurrence(
            article=article,
            event=event,
            parties=parties,
            hits=tuple(sorted(joined, key=order_of)),
            fingerprint=fingerprint,
        )
        for event, found in sorted(by_event.items())
        for parties, joined in sorted(_grouped(found, events.get(event)), key=_turn)
    )


def _turn(group: tuple[frozenset[ActorCode], list[Hit]]) -> tuple[list[ActorCode], list[tuple[str, str, str, str]]]:
    parties, hits = group
    return sorted(parties), sorted(map(order_of, hits))


def _grouped(hits: Sequence[Hit], kind: EventKind | None) -> list[tuple[frozenset[ActorCode], list[Hit]]]:
    return _pairs(hits) if kind is not None and kind.is_by_pair else _components(hits)


def _pairs(hits: Iterable[Hit]) -> list[tuple[frozenset[ActorCode], list[Hit]]]:
    """The hits of one event by their pair; one that names a single party goes with a pair that holds it.

    There and back are two, where neither is but a plan: a plan is told with the other.
    """
    groups: dict[tuple[ActorCode | None, ActorCode | None], list[Hit]] = {}
    for hit in hits:
        groups.setdefault((hit.source, hit.target), []).append(hit)
    for pair in sorted(groups, key=lambda one: (None not in one, [code or "" for code in one])):
        mine = frozenset(code for code in pair if code is not None)
        hosts = [
            other
            for other in groups
            if other != pair
            and (mine < {*other} - {None} or (other == pair[::-1] and _is_plan(groups[pair]) and None not in pair))
        ]
        if hosts:
            groups[min(hosts, key=lambda one: [code or "" for code in one])] += groups.pop(pair)
    return [(frozenset(code for code in pair if code is not None), joined) for pair, joined in groups.items()]


def _is_plan(hits: Iterable[Hit]) -> bool:
    return all(hit.status == "hypothetical" for hit in hits)


def _components(hits: Iterable[Hit]) -> list[tuple[frozenset[ActorCode], list[Hit]]]:
    """The hits of one event in groups that share no actor with each other."""
    groups: list[tuple[frozenset[ActorCode], list[Hit]]] = []
    nameless: list[Hit] = []
    for hit in hits:
        parties, joined = parties_of(hit), [hit]
        if not parties:
            nameless.append(hit)
            continue
        apart = []
        for others, theirs in groups:
            if others & parties:
                parties, joined = parties | others, theirs + joined
            else:
                apart.append((others, theirs))
        groups = [*apart, (parties, joined)]
    if nameless and len(groups) == 1:
        parties, joined = groups[0]
        return [(parties, joined + nameless)]
    return [*groups, (frozenset(), nameless)] if nameless else groups


def order_of(hit: Hit) -> tuple[str, str, str, str]:
    """What tells the hits of one article apart, as a key to sort them by."""
    return (hit.rule, hit.source or "", hit.target or "", hit.status)


def keys_of(occurrence: Occurrence) -> Keys:
    """By what the stories that it may join are found, in SQL and in memory alike."""
    return (occurrence.event, occurrence.parties, occurrence.article.published)
