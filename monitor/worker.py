"""Who works: the name under which this process holds leases, and whether the process behind another name is gone."""

import os
import socket
from contextlib import suppress
from pathlib import Path

_MACHINES = (Path("/proc/sys/kernel/random/boot_id"), Path("/etc/machine-id"))
"""What tells this machine from others: its boot, or where a sandbox hides that, its own id."""


def worker_name() -> str:
    """`host:pid@place`: no other process that lives has the same."""
    return f"{socket.gethostname()}:{os.getpid()}@{_place()}"


def is_gone(worker: str) -> bool:
    """Whether the process of that name has ended for certain. Of one elsewhere nothing can be known: False."""
    host, _, rest = worker.rpartition(":")
    number, _, place = rest.partition("@")
    if host != socket.gethostname() or not number.isdecimal() or not place or place != _place():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):  # it lives, and is somebody else's
        return False
    return False


def _place() -> str:
    """The machine, and in it the container, in which a process id means what it means here; "" where not known."""
    for file in _MACHINES:
        with suppress(OSError):
            if machine := file.read_text(encoding="ascii").strip().replace("-", ""):
                return f"{machine[:12]}.{Path('/proc/self/ns/pid').stat().st_ino:x}"
    return ""
