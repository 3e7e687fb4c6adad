"""The bigger hides the smaller: the vocabulary of events says which event hides which (`hides`)."""

from datetime import timedelta

from monitor.alerts.gates.case import Case
from monitor.decisions import Drop
from monitor.model import SEVERITIES

NEAR = timedelta(hours=48)
"""The bigger must have been reported so shortly before or after, by the times of the articles."""


def inhibit(case: Case) -> Drop | None:
    """Drop what belongs to a bigger story that this channel was told; never what is more severe than that one."""
    story = case.story
    for bigger in case.standing.bigger.get(story.id, ()):
        told = case.standing.told.get((bigger.id, case.channel))
        is_near = bigger.opened_at - NEAR <= story.last_hit_at <= bigger.last_hit_at + NEAR
        is_part = bool(story.parties) and story.parties <= bigger.parties
        is_lesser = SEVERITIES.index(story.severity) <= SEVERITIES.index(bigger.severity)
        if told is not None and not told.was_lost and is_near and is_part and is_lesser:
            because = f"hidden by the bigger story {bigger.id} ({bigger.title}), which this channel was told"
            return Drop(channel=case.channel, because=because)
    return None
