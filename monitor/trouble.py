"""The monitor's own troubles, as values: what is wrong, what is known of it, and what an operator is told.

A trouble is a state that lasts until it is mended; one that is over when it is seen (a kill, a night without a
database) is *passing*. `alerts.operator` decides, `store.troubles` remembers, the outbox carries.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from monitor.model import ChannelName

TroubleKind = Literal["config", "rules", "feed", "channel", "stranded", "database", "daemon", "listener"]

SILENCE: Final = timedelta(minutes=1)
"""Without a sign of life for so long a daemon counts as dead or hung; it writes one every ten seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something wrong with the monitor itself: place, problem, remedy, each for a person.

    `key` is what makes it the same trouble tomorrow; its first part, before the colon, is the kind. While it lasts
    it is told again when `version` changes: another mistake in the same file. `mark` grows with each occurrence of
    what leaves a trace for ever (a dead letter): one that was told and mended is not raised again by the old trace.
    `about` is the channel that is itself the trouble, and so a poor bearer of the news.
    """

    key: str
    title: str
    place: str
    problem: str
    remedy: str
    version: str = ""
    mark: str = ""
    about: ChannelName | None = None
    is_passing: bool = False

    @property
    def kind(self) -> str:
        """What sort of trouble it is: the part of the key before its colon."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTrouble:
    """A trouble as it is remembered. `mended_at` is None while it lasts; `notice` is what first told of it."""

    trouble: Trouble
    since: datetime
    notice: str
    mended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """It lasts."""
        return self.mended_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What an operator is told: troubles of one kind that came, changed or ended, frozen when it was decided.

    `first` is the notice that told of the trouble first: mail threads on it. `thread` orders the deliveries: of one
    thread none overtakes another.
    """

    id: str
    first: str
    thread: str
    says: Literal["trouble", "changed", "mended", "passing"]
    troubles: tuple[Trouble, ...]
    since: datetime
    raised_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHealth:
    """How a channel fares, from its deliveries.

    `failing` counts those that wait and were tried at least `alerts.operator.ATTEMPTS` times, `since` is when the
    oldest of them was queued, `because` why the last was not taken. Of dead letters: how many there are, when the
    last was given up and why. `last_accepted` is when the newest delivery that was taken was taken.
    """

    channel: ChannelName
    failing: int = 0
    since: datetime | None = None
    because: str = ""
    dead: int = 0
    last_dead: datetime | None = None
    dead_because: str = ""
    last_accepted: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What the daemon last wrote of itself. `ended_at` is None while it lives, and after an end nobody asked for."""

    worker: str
    started_at: datetime
    beat_at: datetime
    polled_at: datetime | None = None
    ended_at: datetime | None = None
