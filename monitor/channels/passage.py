"""How far one delivery has come, known both to the thread that does it and to the one that waits for it."""

import threading
from collections.abc import Callable
from contextlib import suppress

from monitor.decisions import Outcome


class Passage:
    """Settles between a worker and its impatient caller whether a message was handed over.

    The worker asks `may_commit()` right before the step that can't be taken back; the caller calls
    `abandon()` when time is up. Exactly one of them comes first, so a message that was given up in
    time is never handed over afterwards, and one handed over is never taken for unsent.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_abandoned = False
        self._is_committed = False
        self._on_abandon: Callable[[], None] | None = None
        self.outcome: Outcome | None = None
        self.error: Exception | None = None

    @property
    def is_committed(self) -> bool:
        """The message was handed over, or is being so."""
        return self._is_committed

    def when_abandoned(self, act: Callable[[], None]) -> None:
        """What frees the worker from a wait (closing its connection) if the caller gives up."""
        with self._lock:
            self._on_abandon = act
            is_late = self._is_abandoned
        if is_late:
            self._free()

    def may_commit(self) -> bool:
        """Whether the message may still be handed over; from then on it counts as handed over."""
        with self._lock:
            if self._is_abandoned:
                return False
            self._is_committed = True
            return True

    def abandon(self) -> bool:
        """Give up waiting. True if the message was not handed over, and now never will be."""
        with self._lock:
            self._is_abandoned = True
            is_committed = self._is_committed
        self._free()
        return not is_committed

    def _free(self) -> None:
        if self._on_abandon is not None:
            with suppress(OSError):
                self._on_abandon()
