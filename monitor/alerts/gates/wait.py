"""The first alert of a story waits a while for further reports: one better message in the place of several."""

from monitor.alerts.gates.case import Case
from monitor.decisions import Hold


def wait(case: Case) -> Hold | None:
    """Hold the first alert until the route's `wait` is over."""
    until = case.since + case.route.wait
    if case.told is not None or case.now >= until:
        return None
    return Hold(channel=case.channel, until=until, because="waits for further reports", gate="wait")
