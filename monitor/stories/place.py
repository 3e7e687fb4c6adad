"""Places occurrences: each opens a story, joins one, or finds none, and why.

The laws stand in ARCHITECTURE.md ("Story", "Occurrence"); what makes a story out of hits stands in `telling`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal

from monitor.material import material_since
from monitor.model import (
    ActorCode,
    Article,
    ArticleId,
    EventKind,
    EventType,
    Hit,
    Names,
    Occurrence,
    Story,
    StoryChange,
    StoryId,
)
from monitor.stories.keys import parties_of
from monitor.stories.telling import joined, opened

_LASTING = timedelta(days=6)
"""The window of an event that the vocabulary doesn't know (any more). (On labelled stories perfect grouping by this
window keeps 98 % of the pairs; 72 hours kept 91.)"""
AGE = timedelta(days=14)
"""After a story's opening it takes nothing more."""

Fate = Literal["fresh", "late", "backlog"]


def place(
    occurrences: Sequence[Occurrence],
    stories: Sequence[Story],
    *,
    events: Mapping[EventType, EventKind],
    fates: Mapping[ArticleId, Fate],
) -> tuple[list[StoryChange], list[tuple[Occurrence, str]]]:
    """Place occurrences in the order of their articles' (published, id), whatever order they come in.

    `stories` are the candidates that the store found, `events` the vocabulary with the window of each; a story
    opened here is one for what follows. A story changed twice gives two changes, the second upon the first. Gives
    the changes, and the occurrences that found no story and may open none, each with the reason. An occurrence that
    adds nothing to its story (placed before, or the same again) is in neither. An article without a fate is fresh.
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
                    is_backlog=fate == "backlog",
                    is_late=fate == "late",
                )
            )
    return changes, unplaced


def _order(occurrence: Occurrence) -> tuple[datetime, ArticleId, str, list[ActorCode]]:
    article = occurrence.article
    return (article.published, article.id, occurrence.event, sorted(occurrence.parties))


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
    similar = [
        one
        for one in stories
        if one.event == occurrence.event and (_fits(occurrence.parties, one.parties) or _tells(one, occurrence))
    ]
    moment, window = occurrence.article.published, kind.window if kind is not None else _LASTING
    candidates = [one for one in similar if _holds(one, occurrence.article) or _is_open(one, moment, window)]
    if not candidates:
        parties = ", ".join(sorted(occurrence.parties)) or "nobody named"
        missing = "no story" if not similar else "no story near enough in time"
        return None, f"{missing} of {occurrence.event} between {parties}"
    best = min(candidates, key=lambda story: _preference(occurrence, story))
    if _holds(best, occurrence.article):
        return best, "the article is part of it"
    if best.parties == occurrence.parties:
        return best, "same event and parties"
    return best, f"same event, parties {'part of' if occurrence.parties < best.parties else 'beyond'} its own"


def _fits(parties: frozenset[ActorCode], others: frozenset[ActorCode]) -> bool:
    """One is part of the other. Nobody is part of nobody alone: an event without names joins no story by chance."""
    return parties == others if not parties or not others else parties <= others or others <= parties


def _is_open(story: Story, moment: datetime, window: timedelta) -> bool:
    """The story takes an article of this moment: within the window after its last hit, or before it opened."""
    last = min(story.last_hit_at + window, story.opened_at + AGE)
    return story.opened_at - window <= moment <= last


def _holds(story: Story, article: Article) -> bool:
    return any(report.article == article.id for report in story.reports)


def _tells(story: Story, occurrence: Occurrence) -> bool:
    """The story holds this occurrence already, though its other party was learned since, or a revision changed it."""
    reports = [report for report in story.reports if report.article == occurrence.article.id]
    return any(parties_of(report.hit) & occurrence.parties for report in reports)


def _preference(occurrence: Occurrence, story: Story) -> tuple[int, float, float, str]:
    """Least is best: the story that tells this already, then the best fit, the most recently hit, the id."""
    rank = 2 - _holds(story, occurrence.article) - _tells(story, occurrence)
    shared = len(occurrence.parties & story.parties)
    fit = shared / (len(occurrence.parties | story.parties) or 1)
    return (rank, -fit, -story.last_hit_at.timestamp(), story.id)


def _brought(before: Story, after: Story) -> str:
    """What the article brought, in codes, for whoever looks up why."""
    news = "; ".join(words for _, words in material_since(before, after, Names()))
    return f"; brings {news}" if news else "; brings nothing new to tell"
