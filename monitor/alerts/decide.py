"""Whether a channel is told of a change to a story: one verdict for each, with its reason."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from monitor.alerts.routes import channels_for
from monitor.decisions import Drop, Send, Verdict
from monitor.material import material_since, new_sayings, said_of
from monitor.model import (
    SEVERITIES,
    Alert,
    AlertId,
    ChannelName,
    Names,
    Report,
    Said,
    Standing,
    Story,
    StoryChange,
    Told,
)


def decide(change: StoryChange, standing: Standing, now: datetime, names: Names) -> tuple[Verdict, ...]:
    """One verdict for each channel whose route takes the story; one without a channel where nobody is asked.

    Compared is what each channel was told with the story as it is now, so a change that one channel missed
    is still news to it. Deciding the same again gives the same alerts with the same ids.
    """
    if change.is_backlog:
        return (Drop(channel=None, because="backlog"),)
    routed = channels_for(change.after, standing.routes)
    if not routed:
        return (Drop(channel=None, because="no route takes it"),)
    return tuple(
        _verdict(change, standing.told.get((change.after.id, channel)), now, names, channel=channel, route=route)
        for channel, route in routed
    )


def _verdict(
    change: StoryChange, told: Told | None, now: datetime, names: Names, *, channel: ChannelName, route: str
) -> Verdict:
    if told is None:
        alert = _alert(change, channel, None, (), now)
        return Send(channel=channel, alert=alert, because=f"first time told here; {route}")
    if told.was_lost:
        alert = _alert(change, channel, told, (), now)
        return Send(channel=channel, alert=alert, because=f"the alert before it was never delivered; {route}")
    changes = tuple(words for _, words in material_since(told, change.after, names))
    if not changes:
        return Drop(channel=channel, because="nothing new to tell")
    alert = _alert(change, channel, told, changes, now)
    return Send(channel=channel, alert=alert, because=f"new: {'; '.join(changes)}; {route}")


def told_after(change: StoryChange, verdict: Send, told: Told | None) -> Told:
    """What the channel knows of the story once the alert went out; `told` is what it knew before."""
    story, alert = change.after, verdict.alert
    before = told if told is not None and not told.was_lost else None
    return Told(
        story=story.id,
        channel=verdict.channel,
        first_alert=alert.first_alert,
        said=story.said | (before.said if before else frozenset()),
        severity=max(story.severity, before.severity if before else story.severity, key=SEVERITIES.index),
        quantities={
            unit: max(quantities[unit] for quantities in _both(story, before) if unit in quantities)
            for unit in sorted({unit for quantities in _both(story, before) for unit in quantities})
        },
        alerts=(told.alerts if told else 0) + 1,
    )


def _both(story: Story, before: Told | None) -> tuple[dict[str, float], ...]:
    return (dict(story.quantities), *((dict(before.quantities),) if before else ()))


def _alert(
    change: StoryChange, channel: ChannelName, told: Told | None, changes: tuple[str, ...], now: datetime
) -> Alert:
    story = change.after
    kind: Literal["first", "update"] = "update" if changes else "first"
    alert_id = _alert_id(story, channel, kind, told.alerts if told else 0)
    lead = _lead(change, told.said if told and changes else frozenset())
    return Alert(
        id=alert_id,
        story=story.id,
        kind=kind,
        event=story.event,
        title=story.title,
        severity=story.severity,
        status=lead.status,
        source=story.source,
        target=story.target,
        attribution=lead.hit.attribution,
        lead=lead,
        reports=story.reports,
        changes=changes,
        corroboration=change.corroboration,
        tags=tuple(sorted(story.tags)),
        is_late=change.is_late,
        raised_at=now,
        first_alert=told.first_alert if told is not None and changes else alert_id,
    )


def _lead(change: StoryChange, told: Iterable[Said]) -> Report:
    """The report that made it an alert, by the hit that says what is new where one does."""
    reports = change.after.reports
    articles = {hit.article for hit in change.hits}
    report = next((one for one in reversed(reports) if one.article in articles), reports[-1])
    if not told:
        return report
    news = new_sayings(told, change.after.said, change.after.parties)
    for status in ("denied", "asserted", "alleged", "hypothetical"):
        for hit in change.hits:
            if hit.article == report.article and hit.status == status and said_of(hit) & news:
                return replace(report, hit=hit, status=hit.status)
    return report


def _alert_id(story: Story, channel: ChannelName, kind: str, alerts: int) -> AlertId:
    """Made from story, channel and what is told: the same decision gives the same id, a later alert another.

    `alerts` counts those told before, so that one that replaces a lost alert is not taken for it.
    """
    said = sorted(f"{one.status}/{one.side}" for one in story.said)
    quantities = sorted(f"{unit}={value!r}" for unit, value in story.quantities.items())
    made_of = "\x1f".join((story.id, channel, kind, str(alerts), story.severity, *said, *quantities))
    return AlertId(sha256(made_of.encode()).hexdigest()[:24])
