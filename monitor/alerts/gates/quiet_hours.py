"""The hours in which nobody is woken, save by what is severe enough and well enough confirmed."""

from monitor.alerts.daytime import quiet_until
from monitor.alerts.gates.case import Case
from monitor.decisions import Hold
from monitor.model import SEVERITIES


def quiet_hours(case: Case) -> Hold | None:
    """Hold until the quiet hours end. A severity may break them, if the rule's `sides` and `independent` are there."""
    quiet = case.route.quiet
    if quiet is None:
        return None
    until = quiet_until(quiet.start, quiet.end, case.now, case.standing.zone)
    if until is None:
        return None
    because = f"quiet hours {quiet.start:%H:%M}-{quiet.end:%H:%M}"
    if quiet.breaks is not None and SEVERITIES.index(case.story.severity) >= SEVERITIES.index(quiet.breaks):
        missing = _missing(case)
        if not missing:
            return None
        because = f"{because}; {case.story.severity} may break them, but rule {case.rule} asks for {missing}"
    return Hold(channel=case.channel, until=until, because=because, gate="quiet_hours")


def _missing(case: Case) -> str:
    """What the rule asks for before it wakes anybody, and is not there yet."""
    sides, independent = case.standing.asks.get(case.rule, (0, 0))
    found = case.corroboration
    missing = [f"{sides} sides ({found.sides} so far)"] if found.sides < sides else []
    missing += [f"{independent} independent voices ({found.independent} so far)"] * (found.independent < independent)
    return " and ".join(missing)
