"""Why a unit of systemd is down: what its manager hands to OnFailure=, and the last words in the journal.

Both are for people; what is not there is left out, and nothing here raises.
"""

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.log import redact

LINES = 200
"""How much of the journal is read: an end with a traceback fits."""
LONGEST = 300
"""Characters of one line of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Down:
    """How a unit ended. `result` is systemd's word for it, `words` its last complaints, the newest last."""

    unit: str
    result: str = ""
    code: str = ""
    status: str = ""
    words: tuple[str, ...] = ()


_RESULTS: Mapping[str, str] = {
    "exit-code": "it ended by itself with an error",
    "signal": "it was killed",
    "core-dump": "it was killed or broke, and left a core",
    "watchdog": "it gave no sign of life for too long, a loop of it hung",
    "timeout": "it took too long to start or to stop",
    "start-limit-hit": "it was started anew too often within too short a time",
    "oom-kill": "it needed more memory than it may have",
    "resources": "systemd could not start it: something that the unit names is missing",
    "protocol": "it ended before it said that it was ready",
}


def why(down: Down) -> str:
    """How it ended, as a sentence."""
    told = _RESULTS.get(down.result, f"systemd says {down.result or 'nothing'} of it")
    how = f" ({down.code} {down.status})" if down.code and down.status else ""
    last = f"; its last words: {' / '.join(down.words)}" if down.words else ""
    return f"{told[0].upper()}{told[1:]}{how}{last}."


def down_unit(unit: str, environ: Mapping[str, str], *, invocation: str = "") -> Down:
    """What is known of a unit that is down. `environ` is that of a service started by OnFailure= (systemd 251)."""
    wanted = invocation or environ.get("MONITOR_INVOCATION_ID", "")
    return Down(
        unit=unit,
        result=environ.get("MONITOR_SERVICE_RESULT", ""),
        code=environ.get("MONITOR_EXIT_CODE", ""),
        status=environ.get("MONITOR_EXIT_STATUS", ""),
        words=last_words(_journal(unit, wanted)),
    )


def last_words(lines: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The last complaints among lines of the log: errors and warnings of ours, and what is no log line of ours."""
    found: list[str] = []
    for line in lines:
        said = _complaint(line.strip())
        if said and said not in found:
            found.append(said[:LONGEST])
    return tuple(found[-limit:])


def _complaint(line: str) -> str:
    try:
        event = json.loads(line)
    except ValueError:
        return redact(line) if line.startswith("error:") or "Error" in line or "Fatal Python error" in line else ""
    if not isinstance(event, dict) or event.get("level") not in ("error", "critical"):
        return ""
    told = [str(event.get("event", ""))]
    told += [f"{name} {event[name]}" for name in ("place", "because", "error", "loops", "remedy") if event.get(name)]
    return redact(": ".join(told[:1]) + (" (" + "; ".join(told[1:]) + ")" if told[1:] else ""))


def _journal(unit: str, invocation: str) -> list[str]:
    asked = ["journalctl", "--no-pager", "--quiet", "--output=cat", f"--lines={LINES}"]
    asked += [f"_SYSTEMD_INVOCATION_ID={invocation}"] if invocation else [f"--unit={unit}"]
    try:
        ran = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False, errors="replace")  # noqa: S603 (a fixed command; the unit's name is one argument)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return ran.stdout.splitlines()
