"""The thinking of the pipeline over articles in memory, with no database: `scan --stories`.

What would have been told, had these articles come in the order of their time, to one channel that takes everything
at once. The same rooms decide as in `pipeline`; only the memory is another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from monitor.alerts.decide import decide, told_after
from monitor.decisions import Send
from monitor.model import (
    ActorCode,
    Article,
    ArticleId,
    ChannelName,
    EventKind,
    EventType,
    Fingerprint,
    Hit,
    Names,
    Occurrence,
    Route,
    Standing,
    Story,
    StoryChange,
    StoryId,
    Told,
)
from monitor.stories.keys import occurrences_of
from monitor.stories.place import place

_CHANNEL = ChannelName("everything")
_ROUTES = (Route(name="everything", channels=(_CHANNEL,)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a hit went: its story, None where it neither opened nor joined one, and what its article told of it."""

    story: StoryId | None
    alert: Literal["first", "update"] | None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """An article with what the rules found in it."""

    article: Article
    hits: Sequence[Hit]
    fingerprint: Fingerprint = field(default_factory=Fingerprint, repr=False)


class Replay:
    """Stories as they grow while articles are taken, one after the other, each once."""

    def __init__(self, names: Names, events: Mapping[EventType, EventKind]) -> None:
        self._names = names
        self._events = events
        self._stories: dict[StoryId, Story] = {}
        self._by_party: dict[tuple[EventType, ActorCode | None], dict[StoryId, None]] = {}
        self._told: dict[tuple[StoryId, ChannelName], Told] = {}

    def take(self, matched: Matched) -> list[Placed]:
        """Place the hits of one article and decide who is told; the answers stand in their order."""
        occurrences = occurrences_of(matched.article, matched.hits, self._events, matched.fingerprint)
        changes, unplaced = place(occurrences, self._near(occurrences), events=self._events, fates={})
        found: dict[int, Placed] = {}
        for occurrence, because in unplaced:
            found.update({id(hit): Placed(story=None, alert=None, because=because) for hit in occurrence.hits})
        for change in changes:
            found.update(self._follow(change))
        return [found.get(id(hit), Placed(story=None, alert=None)) for hit in matched.hits]

    def _near(self, occurrences: Iterable[Occurrence]) -> list[Story]:
        """The stories that share event and a party with any of these; `place` judges their time."""
        wanted: dict[StoryId, None] = {}
        for occurrence in occurrences:
            for party in occurrence.parties or (None,):
                wanted.update(self._by_party.get((occurrence.event, party), {}))
        return [self._stories[story] for story in wanted]

    def _follow(self, change: StoryChange) -> dict[int, Placed]:
        """Keep a change, and what it tells: on the hit that leads the alert, and on no other."""
        story = change.after
        self._stories[story.id] = story
        for party in story.parties or (None,):
            self._by_party.setdefault((story.event, party), {})[story.id] = None
        moment = story.reports[-1].published
        told = self._told.get((story.id, _CHANNEL))
        standing = Standing(routes=_ROUTES, told={} if told is None else {(story.id, _CHANNEL): told})
        alert: Literal["first", "update"] | None = None
        spoken = change.hits[0]
        for verdict in decide(change, standing, moment, self._names):
            if isinstance(verdict, Send):
                self._told[(story.id, _CHANNEL)] = told_after(change, verdict, told)
                alert = verdict.alert.kind
                spoken = next((hit for hit in change.hits if hit is verdict.alert.lead.hit), spoken)
        return {
            id(hit): Placed(story=story.id, alert=alert if hit is spoken else None, because=change.because)
            for hit in change.hits
        }


def replayed(found: Sequence[Matched], names: Names, events: Mapping[EventType, EventKind]) -> list[list[Placed]]:
    """Where each hit of these articles went, had they come by the minute of their publication, then by id.

    The answers stand in the order of `found`.
    """
    replay = Replay(names, events)
    placed: list[list[Placed]] = [[] for _ in found]
    for index in sorted(range(len(found)), key=lambda index: _turn(found[index].article)):
        placed[index] = replay.take(found[index])
    return placed


def _turn(article: Article) -> tuple[datetime, ArticleId]:
    return article.published.replace(second=0, microsecond=0), article.id
