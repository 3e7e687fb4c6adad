"""A rule that speaks too often on a channel waits; what waited so goes together."""

from monitor.alerts.gates.case import Case
from monitor.decisions import Hold


def throttle(case: Case) -> Hold | None:
    """Hold what is beyond the route's `throttle` of this rule here until the oldest message is no longer counted.

    Nothing is held so for longer than the throttle's own time, or a rule that never falls silent would starve.
    """
    limit = case.route.throttle
    if limit is None or case.now >= case.since + limit.per:
        return None
    spoken = case.standing.spoken.get((case.channel, case.rule), ())
    counted = sorted(at for at in spoken if case.now - limit.per < at <= case.now)
    if len(counted) < limit.count:
        return None
    until = min(counted[-limit.count] + limit.per, case.since + limit.per)
    because = f"rule {case.rule} spoke {len(counted)} times here in the last {_length(limit.per.total_seconds())}"
    return Hold(channel=case.channel, until=until, because=because, gate="throttle")


def _length(seconds: float) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds >= size and seconds % size == 0:
            return f"{int(seconds // size)}{unit}"
    return f"{seconds:g}s"
