"""What the service manager is told: a line on its socket, nothing where there is none."""

import os
import socket
from collections.abc import Mapping


def notify(*lines: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Tell systemd one or more states ("READY=1", "STATUS=..."). Gives whether anybody was there to be told.

    Protocol: sd_notify(3), a datagram to $NOTIFY_SOCKET; a leading @ means the abstract name space.
    """
    address = environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as outlet:
            outlet.connect(address)
            outlet.sendall("\n".join(lines).encode())
    except OSError:
        return False
    return True


def watchdog_seconds(environ: Mapping[str, str] = os.environ) -> float | None:
    """Within how many seconds systemd wants a sign of life each time; None where it wants none from this process.

    Protocol: sd_watchdog_enabled(3).
    """
    micros, owner = environ.get("WATCHDOG_USEC", ""), environ.get("WATCHDOG_PID", "")
    if not micros.isdecimal() or not int(micros) or (owner and owner != str(os.getpid())):
        return None
    return int(micros) / 1e6


def reloading(monotonic_seconds: float) -> tuple[str, str]:
    """The lines that announce a reload, for `notify`; READY=1 ends it. The time is that of CLOCK_MONOTONIC."""
    return "RELOADING=1", f"MONOTONIC_USEC={int(monotonic_seconds * 1e6)}"
