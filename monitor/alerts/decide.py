"""Whether a channel is told of a change to a story: one verdict for each, with its reason."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from monitor.alerts.gates import judged
from monitor.alerts.gates.case import Case
from monitor.alerts.routes import Routed, routed
from monitor.decisions import Drop, Hold, Send, Verdict
from monitor.material import material_since, new_sayings, said_of
from monitor.model import (
    SEVERITIES,
    Alert,
    AlertId,
    ChannelName,
    Held,
    Names,
    Report,
    Said,
    Standing,
    Story,
    StoryChange,
    Told,
)

ESCALATE = "escalate"
"""Stands for a gate in a hold: told when it ends, unless somebody took note of the story meanwhile."""


def decide(change: StoryChange, standing: Standing, now: datetime, names: Names) -> tuple[Verdict, ...]:
    """One verdict for each channel whose route takes the story; one without a channel where nobody is asked.

    Compared is what each channel was told with the story as it is now, so a change that one channel missed
    is still news to it. Deciding the same again gives the same alerts with the same ids. Where a critical alert is to
    go further if nobody takes note of it, the channels that it then goes to get a hold.
    """
    if change.is_backlog:
        return (Drop(channel=None, because="backlog"),)
    taken = routed(change.after, change.corroboration, standing.routes)
    if not taken:
        return (Drop(channel=None, because="no route takes it"),)
    verdicts = tuple(_verdict(change, standing, now, names, one) for one in taken)
    return (*verdicts, *_escalations(verdicts, taken, standing, change.after, now))


def decide_again(
    change: StoryChange, channel: ChannelName, standing: Standing, now: datetime, names: Names
) -> tuple[Verdict, ...]:
    """What becomes of a hold that ran out: the verdict for its channel, with the story as it is now."""
    held = standing.held.get((change.after.id, channel))
    if held is not None and held.gate == ESCALATE:
        return (_escalated(change, held, standing, now, names),)
    taken = routed(change.after, change.corroboration, standing.routes)
    mine = next((one for one in taken if one.channel == channel), None)
    if mine is None:
        return (Drop(channel=channel, because="no route takes it any more"),)
    verdict = _verdict(change, standing, now, names, mine)
    if isinstance(verdict, Drop) and verdict.because == _NOTHING_NEW:
        return (Drop(channel=channel, because="already told"),)
    return (verdict, *_escalations((verdict,), taken, standing, change.after, now))


_NOTHING_NEW = "nothing new to tell"


def _verdict(change: StoryChange, standing: Standing, now: datetime, names: Names, to: Routed) -> Verdict:
    key = (change.after.id, to.channel)
    told, held = standing.told.get(key), standing.held.get(key)
    verdict = _news(change, told, now, names, to.channel, to.because)
    if isinstance(verdict, Drop):
        return verdict
    case = Case(
        story=change.after,
        corroboration=change.corroboration,
        channel=to.channel,
        route=to.route,
        told=told if told is not None and not told.was_lost else None,
        rule=verdict.alert.lead.hit.rule,
        since=min(held.since, now) if held is not None and held.gate != ESCALATE else now,
        now=now,
        standing=standing,
    )
    answer = judged(case)
    return replace(answer, because=f"{answer.because}; {to.because}") if answer is not None else verdict


def _news(  # noqa: PLR0917 (what is told to whom, when, in whose names and by which route: one sentence)
    change: StoryChange, told: Told | None, now: datetime, names: Names, channel: ChannelName, route: str
) -> Send | Drop:
    """What the channel would be told, were there nothing to wait for."""
    if told is None:
        alert = _alert(change, channel, None, (), now)
        return Send(channel=channel, alert=alert, because=f"first time told here; {route}")
    if told.was_lost:
        alert = _alert(change, channel, told, (), now)
        return Send(channel=channel, alert=alert, because=f"the alert before it was never delivered; {route}")
    changes = tuple(words for _, words in material_since(told, change.after, names))
    if not changes:
        return Drop(channel=channel, because=_NOTHING_NEW)
    alert = _alert(change, channel, told, changes, now)
    return Send(channel=channel, alert=alert, because=f"new: {'; '.join(changes)}; {route}")


def _escalations(
    verdicts: Iterable[Verdict], taken: Iterable[Routed], standing: Standing, story: Story, now: datetime
) -> list[Hold]:
    """For each critical alert that goes out, a hold on the channels that it goes to if nobody takes note of it."""
    routes = {one.channel: one.route for one in taken}
    found: dict[ChannelName, Hold] = {}
    for verdict in verdicts:
        if not isinstance(verdict, Send) or verdict.alert.severity != "critical":
            continue
        wanted = routes[verdict.channel].escalate
        for channel in wanted.channels if wanted is not None else ():
            assert wanted is not None
            held = standing.held.get((story.id, channel))
            until = now + wanted.after
            because = f"goes here unless somebody acknowledges alert {verdict.alert.id} on {verdict.channel}"
            is_sooner = held is None or until < held.until
            if channel not in routes and is_sooner and (channel not in found or until < found[channel].until):
                found[channel] = Hold(channel=channel, until=until, because=because, gate=ESCALATE)
    return list(found.values())


def _escalated(change: StoryChange, held: Held, standing: Standing, now: datetime, names: Names) -> Verdict:
    noted = standing.acknowledged.get(change.after.id)
    if noted is not None and noted.at >= held.since:
        return Drop(channel=held.channel, because=f"acknowledged by {noted.by}")
    told = standing.told.get((change.after.id, held.channel))
    verdict = _news(change, told, now, names, held.channel, f"nobody acknowledged it since {held.since:%H:%M} UTC")
    return verdict if isinstance(verdict, Send) else Drop(channel=held.channel, because="already told")


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
        at=alert.raised_at,
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
    if change.before is change.after:  # a hold ran out: whichever report brought it
        return next((one for one in reversed(change.after.reports) if said_of(one.hit) & news), report)
    return report


def _alert_id(story: Story, channel: ChannelName, kind: str, alerts: int) -> AlertId:
    """Made from story, channel and what is told: the same decision gives the same id, a later alert another.

    `alerts` counts those told before, so that one that replaces a lost alert is not taken for it.
    """
    said = sorted(f"{one.status}/{one.side}" for one in story.said)
    quantities = sorted(f"{unit}={value!r}" for unit, value in story.quantities.items())
    made_of = "\x1f".join((story.id, channel, kind, str(alerts), story.severity, *said, *quantities))
    return AlertId(sha256(made_of.encode()).hexdigest()[:24])
