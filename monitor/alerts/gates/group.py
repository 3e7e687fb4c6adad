"""What comes soon after an alert of the same story is gathered for one update."""

from monitor.alerts.gates.case import Case
from monitor.decisions import Hold


def group(case: Case) -> Hold | None:
    """Hold an update until the route's `group` is over since the story was last told here."""
    at = case.told.at if case.told is not None else None
    if at is None or not at <= case.now < at + case.route.group:
        return None
    because = "the story was told here a short while ago; what is new is gathered"
    return Hold(channel=case.channel, until=at + case.route.group, because=because, gate="group")
