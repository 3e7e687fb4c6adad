"""Signals as values: caught from the first moment on, read when there is time for them.

A handler of ours does nothing at all. Python writes the number of each signal into a pipe, and the main thread reads
it between two pieces of work: so a signal never interrupts a transaction, a migration or a line of the log, and one
that comes while the daemon starts is not lost.
"""

import os
import select
import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Final, Self

WOKEN: Final = 0
"""What `wait` gives where `wake` was called: no signal has this number."""


class Signals:
    """Catches signals from entering to leaving its `with`; entered in the main thread, which alone gets them."""

    def __init__(self, *numbers: signal.Signals) -> None:
        self._numbers = numbers
        self._before: list[Callable[[], object]] = []
        self._reader, self._writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def __enter__(self) -> Self:
        old = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        self._before.append(lambda: signal.set_wakeup_fd(old))
        self.catch(*self._numbers)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, self._numbers)  # those that waited since `__main__`
        return self

    def catch(self, *numbers: signal.Signals) -> None:
        """Catch these too."""
        for number in numbers:
            handler = signal.signal(number, _ignore)
            self._before.append(lambda number=number, handler=handler: signal.signal(number, handler))  # type: ignore[misc] # the loop's values, bound

    def wait(self, seconds: float) -> list[int]:
        """The signals that came, the first first, waiting for one at most so long; `WOKEN` for each `wake`."""
        select.select([self._reader], [], [], seconds)
        try:
            return list(os.read(self._reader, 256))
        except BlockingIOError:
            return []

    def wake(self) -> None:
        """End a `wait` now; may be called from any thread."""
        try:
            os.write(self._writer, bytes([WOKEN]))
        except BlockingIOError:
            return  # the pipe is full, so whoever waits is awake

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._before:
            self._before.pop()()
        os.close(self._reader)
        os.close(self._writer)


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """The number is in the pipe already."""
