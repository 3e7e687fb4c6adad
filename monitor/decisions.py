"""The answers of the thinking rooms, each with its reason in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model import Alert, ArticleId, ChannelName


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a feed is to be polled next. `at` is None for never (the feed is gone)."""

    at: datetime | None
    because: str


# --- novelty: is an article new? --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """No key of the article is known."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """The article is known and what the feed says of it has changed. `revision` is the number of this one."""

    article: ArticleId
    revision: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The article is known as it is. `is_elsewhere`: from another feed alone, whose words are its own."""

    article: ArticleId
    because: str
    is_elsewhere: bool = False


Novelty = New | Revised | Seen


# --- verdicts: is a person told? --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Tell this channel, now. Those of one `bundle` go as one message."""

    channel: ChannelName
    alert: Alert
    because: str
    bundle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Decide again at `until`. `gate` is the name of the one that asked for it."""

    channel: ChannelName
    until: datetime
    because: str
    gate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Stay silent, for a reason that can be looked up."""

    channel: ChannelName | None
    because: str


Verdict = Send | Hold | Drop


# --- an attempt to deliver --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The other side took the message. `receipt` is what it said."""

    receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TryLater:
    """Not taken, and it may be later. `after` is the delay that the other side asked for."""

    because: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Not taken, and it never will be as it is."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Handed over without an answer: perhaps it arrived."""

    because: str


Outcome = Accepted | TryLater | Refused | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The delivery is done."""

    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """To be tried again at `at`. `may_have_arrived` marks the next attempt as a possible double."""

    at: datetime
    because: str
    may_have_arrived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """Given up: kept, shown and reported."""

    because: str


Fate = Settled | Again | DeadLetter
