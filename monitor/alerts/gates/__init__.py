"""The reasons to wait or to stay silent, in the order in which they are asked: the first that objects decides.

Each gate looks at a case alone and says Hold, Drop or nothing. A hold always ends: every gate counts from something
that a later hold does not move (`Case.since`, when the first hold began; the last telling; the end of a silence), so
that what two gates hold in turn is told at last. What is hidden for good comes first; then what a person asked for;
then what gathers (wait, group), what spreads (throttle, digest), and the hours of sleep last, since a digest that
falls into them waits for their end.
"""

from collections.abc import Callable

from monitor.alerts.gates.case import Case
from monitor.alerts.gates.digest import digest
from monitor.alerts.gates.group import group
from monitor.alerts.gates.inhibit import inhibit
from monitor.alerts.gates.quiet_hours import quiet_hours
from monitor.alerts.gates.silence import silence
from monitor.alerts.gates.throttle import throttle
from monitor.alerts.gates.wait import wait
from monitor.decisions import Drop, Hold

Gate = Callable[[Case], Hold | Drop | None]

GATES: tuple[Gate, ...] = (inhibit, silence, wait, group, throttle, digest, quiet_hours)


def judged(case: Case) -> Hold | Drop | None:
    """What the first gate that objects says; nothing where the way is free."""
    return next((answer for gate in GATES if (answer := gate(case)) is not None), None)
