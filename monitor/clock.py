"""The time and chance, asked for here alone; everywhere else both are arguments."""

import random
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What tells the time and draws the jitter."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    def chance(self) -> float:
        """A number from 0 (included) to 1 (excluded)."""

    def seconds(self) -> float:
        """A monotonic reading in seconds, for durations."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)

    def chance(self) -> float:
        """A number from 0 (included) to 1 (excluded)."""
        return random.random()  # noqa: S311 (spreads load; guards nothing)

    def seconds(self) -> float:
        """A monotonic reading in seconds, for durations."""
        return time.monotonic()


class ManualClock:
    """A clock that stands until it is moved, for tests, the demo and replays."""

    def __init__(self, start: datetime, *, chance: float = 0.5) -> None:
        self._now = start.astimezone(UTC)
        self._chance = chance

    def now(self) -> datetime:
        """The moment that the clock was moved to."""
        return self._now

    def chance(self) -> float:
        """Always the number given at the start."""
        return self._chance

    def seconds(self) -> float:
        """Seconds of the real monotonic clock, since durations of real work stay real."""
        return time.monotonic()

    def move(self, by: timedelta) -> datetime:
        """Move the clock on by `by` and return the new moment."""
        self._now += by
        return self._now
