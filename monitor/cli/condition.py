"""How the monitor stands, as values: what `status` tells, and whether anything of it needs a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:  # at run time they are read late: `--help` needs none of them
    from monitor.store.care import Counts

SOUND: Final = ("ok", "new", "off", "paused")

DaemonState = Literal["never", "alive", "silent", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaemonLine:
    """What the daemon wrote of itself. `never`: none has worked here, as where `once` is run by cron."""

    state: DaemonState = "never"
    since: datetime | None = None
    polled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """One feed as it is shown; times are aware, None where there is none."""

    feed: str
    state: str
    failures: int = 0
    last_success: datetime | None = None
    next_due: datetime | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLine:
    """One channel: what waits for it, the oldest queued at `since`, and the last answer from there."""

    name: str
    kind: str
    state: str = "ok"
    waiting: int = 0
    since: datetime | None = None
    answered_at: datetime | None = None
    outcome: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One of the last alerts."""

    id: str
    raised_at: datetime
    severity: str
    title: str
    channel: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A delivery that was given up."""

    alert: str
    channel: str
    attempts: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailment:
    """A trouble of the monitor's own that lasts, as the daemon knows it."""

    kind: str
    title: str
    place: str
    problem: str
    remedy: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What there is to be told: of daemon, store, rules, feeds, channels and alerts."""

    database: str
    counts: "Counts"
    rules: int
    rejected: tuple[str, ...]
    stale: tuple[str, ...]
    feeds: tuple[FeedLine, ...]
    channels: tuple[ChannelLine, ...]
    waiting: Mapping[str, int]
    lost: tuple[Lost, ...]
    hidden: int
    broken: int
    daemon: DaemonLine = DaemonLine()
    ailments: tuple[Ailment, ...] = ()
    last_alerts: tuple[AlertLine, ...] = ()

    @property
    def stranded(self) -> dict[str, int]:
        """What waits for channels that are configured no more."""
        known = {channel.name for channel in self.channels}
        return {name: count for name, count in self.waiting.items() if name not in known}

    @property
    def ill_feeds(self) -> tuple[FeedLine, ...]:
        """The feeds that bring nothing."""
        return tuple(feed for feed in self.feeds if feed.state not in SOUND)

    @property
    def ill_channels(self) -> tuple[ChannelLine, ...]:
        """The channels that take nothing."""
        return tuple(channel for channel in self.channels if channel.state not in SOUND)

    @property
    def is_well(self) -> bool:
        """Whether nothing needs a person."""
        is_alive = self.daemon.state in ("alive", "never")
        ill = (self.ill_feeds, self.ill_channels, self.rejected, self.lost, self.stranded, self.broken, self.ailments)
        return is_alive and not any(ill)

    def as_object(self) -> dict[str, Any]:
        """The same as an object for programs."""
        counts = self.counts
        return {
            "is_well": self.is_well, "daemon": fields(self.daemon), "database": self.database,
            "feeds": [fields(one) for one in self.feeds], "rules": self.rules, "rejected": list(self.rejected),
            "stale": list(self.stale), "channels": [fields(one) for one in self.channels],
            "waiting": dict(self.waiting), "stranded": self.stranded,
            "dead_letters": [fields(one) for one in self.lost], "broken_articles": self.broken,
            "troubles": [fields(one) for one in self.ailments], "hidden_stories": self.hidden,
            "last_alerts": [fields(one) for one in self.last_alerts], "articles": counts.articles,
            "hits": counts.hits, "stories": counts.stories, "alerts": counts.alerts,
        }  # fmt: skip


def fields(one: Any) -> dict[str, Any]:
    """The fields of a value by name."""
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def since_of(ailments: Sequence[Ailment], kind: str) -> datetime | None:
    """Since when there has been a trouble of a kind."""
    return min((one.since for one in ailments if one.kind == kind), default=None)
