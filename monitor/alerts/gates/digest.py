"""Everything of a route goes together at an hour of the day."""

from monitor.alerts.daytime import next_at
from monitor.alerts.gates.case import Case
from monitor.decisions import Hold


def digest(case: Case) -> Hold | None:
    """Hold until the first digest after the story began to wait; at that hour, or after it, the way is free."""
    at = case.route.digest
    if at is None:
        return None
    until = next_at(at, case.since, case.standing.zone)
    if case.now >= until:
        return None
    return Hold(channel=case.channel, until=until, because=f"goes with the digest of {at:%H:%M}", gate="digest")
