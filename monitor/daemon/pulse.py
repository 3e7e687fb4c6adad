"""The pulse of our loops: each says that it makes progress, and one that has not for too long is late.

systemd's watchdog is fed only while none is late: a process whose main thread is well may hang all the same.
"""

from collections.abc import Callable


class Pulse:
    """The last beat of each loop. Loops beat from their own threads; a dict's single steps need no lock."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        """`seconds` is a monotonic clock."""
        self._seconds = seconds
        self._beats: dict[str, tuple[float, float]] = {}

    def beat(self, loop: str, patience: float) -> None:
        """This loop makes progress, and will again within so many seconds."""
        self._beats[loop] = (self._seconds(), patience)

    def end(self, loop: str) -> None:
        """This loop has ended as it should."""
        self._beats.pop(loop, None)

    def late(self) -> list[str]:
        """The loops whose time is over."""
        now = self._seconds()
        return sorted(loop for loop, (last, patience) in list(self._beats.items()) if now - last > patience)
