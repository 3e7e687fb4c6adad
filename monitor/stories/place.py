"""Places occurrences: each opens a story, joins one, or finds none, and why.

The laws stand in ARCHITECTURE.md ("Story", "Occurrence"); what makes a story out of hits stands in `telling`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Literal

from monitor.material import material_since
from monitor.model import (
    ArticleId,
    EventKind,
    EventType,
    Hit,
    Names,
    Occurrence,
    Outlets,
    Story,
    StoryChange,
    StoryId,
)
from monitor.stories.evidence import Against, Weight, weighed
from monitor.stories.keys import order_of, parties_of
from monitor.stories.sides import corroboration
from monitor.stories.telling import joined, opened

_NO_OUTLETS = Outlets()
Fate = Literal["fresh", "late", "backlog"]


def place(
    occurrences: Sequence[Occurrence],
    stories: Sequence[Story],
    *,
    events: Mapping[EventType, EventKind],
    outlets: Outlets = _NO_OUTLETS,
    fates: Mapping[ArticleId, Fate],
) -> tuple[list[StoryChange], list[tuple[Occurrence, str]]]:
    """Place occurrences in the order of their articles' (published, id), whatever order they come in.

    `stories` are the candidates that the store found, `events` the vocabulary with the window of each, `outlets` the
    known media; a story opened here is a candidate for what follows. A story changed twice gives two changes, the
    second upon the first. Gives the changes, and the occurrences that found no story and may open none, each with
    the reason. An occurrence that adds nothing to its story (placed before, or the same again) is in neither. An
    article without a fate is fresh.
    """
    known = {story.id: story for story in stories}
    changes: list[StoryChange] = []
    unplaced: list[tuple[Occurrence, str]] = []
    in_order = sorted(occurrences, key=_order)
    for (_, article_id, _), same in groupby(in_order, key=lambda one: _order(one)[:3]):
        fate = fates.get(article_id, "fresh")
        for before, mine, because in _chosen(list(same), list(known.values()), events, unplaced):
            after = opened(mine) if before is None else joined(before, mine)
            if after == before:
                continue
            known[after.id] = after
            changes.append(
                StoryChange(
                    before=before,
                    after=after,
                    because=because if before is None else because + _brought(before, after),
                    hits=tuple(hit for occurrence in mine for hit in occurrence.hits),
                    corroboration=corroboration(after, outlets),
                    is_backlog=fate == "backlog",
                    is_late=fate == "late",
                )
            )
    return changes, unplaced


def _order(occurrence: Occurrence) -> tuple[datetime, ArticleId, str, tuple[object, ...]]:
    article = occurrence.article
    told = (sorted(occurrence.parties), sorted(map(order_of, occurrence.hits)))
    return (article.published, article.id, occurrence.event, told)


def _chosen(
    same: Sequence[Occurrence],
    stories: Sequence[Story],
    events: Mapping[EventType, EventKind],
    unplaced: list[tuple[Occurrence, str]],
) -> list[tuple[Story | None, list[Occurrence], str]]:
    """For the occurrences of one article and event: the story of each, those of one story together.

    They share no actor, so none can join what another opens, and all may choose at once.
    """
    joining: dict[StoryId, tuple[Story | None, list[Occurrence], str]] = {}
    opening: list[tuple[Story | None, list[Occurrence], str]] = []
    for occurrence in same:
        story, because = _story_for(occurrence, stories, events.get(occurrence.event))
        if story is not None:
            joining.setdefault(story.id, (story, [], because))[1].append(occurrence)
        elif any(may_open(hit, occurrence) for hit in occurrence.hits):
            opening.append((None, [occurrence], because))
        else:
            unplaced.append((occurrence, f"{because}, and {_why_not_opened(occurrence)}"))
    return [*joining.values(), *opening]


def may_open(hit: Hit, occurrence: Occurrence) -> bool:
    """The rule lets this status open a story. Background never does, nor a hit that names nobody where others do."""
    return hit.may_open and hit.status != "historical" and bool(parties_of(hit) or not occurrence.parties)


def _why_not_opened(occurrence: Occurrence) -> str:
    named = [hit for hit in occurrence.hits if parties_of(hit)] or occurrence.hits
    statuses = ", ".join(sorted({hit.status for hit in named}))
    return f"what is {statuses} opens none by its rule" if statuses != "historical" else "background opens none"


def _story_for(occurrence: Occurrence, stories: Iterable[Story], kind: EventKind | None) -> tuple[Story | None, str]:
    """The story that the occurrence joins, or None, and why."""
    found = [
        weight
        for one in sorted(stories, key=lambda one: one.id)
        if (weight := weighed(occurrence, one, kind)) is not None
    ]
    if best := max((one for one in found if isinstance(one, Weight)), key=lambda one: one.rank, default=None):
        return best.story, best.because
    parties = ", ".join(sorted(occurrence.parties)) or "nobody named"
    apart = [one for one in found if isinstance(one, Against)]
    if not apart:
        return None, f"no story of {occurrence.event} between {parties}"
    nearest = max(apart, key=lambda one: (one.story.last_hit_at, one.story.id))
    return None, f"no story of {occurrence.event} between {parties} fits; the last one is {nearest.because}"


def _brought(before: Story, after: Story) -> str:
    """What the article brought, in codes, for whoever looks up why."""
    news = "; ".join(words for _, words in material_since(before, after, Names()))
    return f"; brings {news}" if news else "; brings nothing new to tell"
