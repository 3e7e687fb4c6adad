"""How things stand before a verdict: all that `alerts.decide` must know besides the change, in few questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo

from sqlalchemy import select

from monitor.model import ChannelName, EventKind, EventType, Held, Route, RuleId, Standing, Story, StoryId
from monitor.store import acknowledged, outbox, silences, stories
from monitor.store.tables import holds, ledger, story_parties
from monitor.store.tables import stories as story_table
from monitor.store.work import Work, chunks

NEAR = timedelta(hours=48)
"""How far apart a bigger story may be from one that it hides; `alerts.gates.inhibit` judges it anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What does not change while changes are decided: routes, vocabulary, what rules ask for, the reader's zone."""

    routes: tuple[Route, ...]
    events: Mapping[EventType, EventKind] = field(default_factory=dict)
    asks: Mapping[RuleId, tuple[int, int]] = field(default_factory=dict)
    zone: tzinfo = UTC


def standing(work: Work, ground: Ground, changed: Sequence[Story], now: datetime) -> Standing:
    """How things stand for these stories; told rows stay as they are until the end of the transaction."""
    names = {story.id for story in changed}
    bigger = _bigger(work, ground.events, changed)
    told = outbox.standing(work, ground.routes, names | {one.id for found in bigger.values() for one in found})
    throttled = [route for route in ground.routes if route.throttle is not None]
    return replace(
        told,
        held=_held(work, names),
        silences=silences.active(work, now),
        spoken=_spoken(work, throttled, now),
        bigger=bigger,
        acknowledged=acknowledged.of_stories(work, names),
        asks=ground.asks,
        zone=ground.zone,
    )


def _held(work: Work, names: Iterable[StoryId]) -> dict[tuple[StoryId, ChannelName], Held]:
    found = {}
    for chunk in chunks(set(names)):
        for row in work.rows(select(holds).where(holds.c.story.in_(chunk))):
            story, channel = StoryId(row.story), ChannelName(row.channel)
            found[story, channel] = Held(
                story=story, channel=channel, since=row.since, until=row.until, gate=row.gate or "", because=row.because
            )
    return found


def _spoken(
    work: Work, throttled: Sequence[Route], now: datetime
) -> dict[tuple[ChannelName, RuleId], tuple[datetime, ...]]:
    """When each rule spoke on the channels that count it; what went in one message with others is not counted."""
    if not throttled:
        return {}
    since = now - max(route.throttle.per for route in throttled if route.throttle is not None)
    names = {channel for route in throttled for channel in route.channels}
    asked = select(ledger.c.at, ledger.c.channel, ledger.c.rule, ledger.c.detail).where(
        ledger.c.kind == "alert_raised", ledger.c.at > since, ledger.c.channel.in_(names)
    )
    found: dict[tuple[ChannelName, RuleId], tuple[datetime, ...]] = {}
    for row in work.rows(asked.order_by(ledger.c.id)):
        if row.rule is not None and not (row.detail or {}).get("bundle"):
            key = (ChannelName(row.channel), RuleId(row.rule))
            found[key] = (*found.get(key, ()), row.at)
    return found


def _bigger(
    work: Work, events: Mapping[EventType, EventKind], changed: Sequence[Story]
) -> dict[StoryId, tuple[Story, ...]]:
    """For each story of an event that others hide, the stories of those that share a party, in its time."""
    hiders = {story.id: {kind.id for kind in events.values() if story.event in kind.hides} for story in changed}
    hidden = [story for story in changed if hiders[story.id] and story.parties]
    if not hidden:
        return {}
    wanted = {event for story in hidden for event in hiders[story.id]}
    asked = (
        select(story_parties.c.story)
        .join(story_table)
        .where(
            story_table.c.event.in_(wanted),
            story_table.c.merged_into.is_(None),
            story_table.c.last_hit_at >= min(story.last_hit_at for story in hidden) - NEAR,
            story_table.c.opened_at <= max(story.last_hit_at for story in hidden) + NEAR,
        )
    )
    names = {
        StoryId(row.story)
        for chunk in chunks({party for story in hidden for party in story.parties})
        for row in work.rows(asked.where(story_parties.c.party.in_(chunk)))
    }
    found = sorted(stories.get(work, names).values(), key=lambda story: (story.opened_at, story.id))
    return {story.id: tuple(one for one in found if one.event in hiders[story.id]) for story in hidden}
