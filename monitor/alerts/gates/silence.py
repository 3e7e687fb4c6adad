"""What a person silenced waits for the silence to end."""

from monitor.alerts.gates.case import Case
from monitor.alerts.matching import reasons
from monitor.decisions import Hold
from monitor.model import Silence


def silence(case: Case) -> Hold | None:
    """Hold what a silence means until the last such silence ends; what is then still new is told."""
    found = [one for one in case.standing.silences if _means(one, case)]
    last = max(found, key=lambda one: (one.ends_at, one.id), default=None)
    if last is None:
        return None
    because = f"silenced by {last.author}: {last.reason} (silence {last.id})"
    return Hold(channel=case.channel, until=last.ends_at, because=because, gate="silence")


def _means(one: Silence, case: Case) -> bool:
    return (
        one.starts_at <= case.now < one.ends_at
        and one.story in {None, case.story.id}
        and (not one.channels or case.channel in one.channels)
        and reasons(one, case.story, case.corroboration) is not None
    )
