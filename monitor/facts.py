"""What the pipeline tells of its work: facts for logs and metrics, and counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from monitor.decisions import Accepted, Again, Drop, Fate, Hold, Outcome, Send, Settled, Verdict
from monitor.model import Alert, ArticleId, Delivery, Feed, FetchFailed, NotModified, PollState, StoryId
from monitor.trouble import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened, for logs and metrics: the name of a log event and its values."""

    event: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_trouble: bool = False
    error: BaseException | None = None


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a round of polling brought."""

    polled: int = 0
    failed: int = 0
    entries: int = 0
    articles: int = 0
    hits: int = 0
    stories: int = 0
    alerts: int = 0
    updates: int = 0

    def add(self, other: "Tally") -> None:
        """Count what `other` counted too."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a transaction brought; counted and told when it is committed, and not before."""

    tally: Tally = field(default_factory=Tally)
    facts: list[Fact] = field(default_factory=list)

    def note(self, story: StoryId, verdict: Verdict) -> None:
        """Count a verdict, and tell it."""
        match verdict:
            case Send():
                self.tally.alerts += verdict.alert.kind == "first"
                self.tally.updates += verdict.alert.kind == "update"
                values = {"alert": verdict.alert.id, "channel": verdict.channel, "title": verdict.alert.title}
                self.facts.append(Fact(event="alert_raised", values={**values, "because": verdict.because}))
            case Hold():
                held = {"story": story, "channel": verdict.channel, "until": verdict.until, "because": verdict.because}
                self.facts.append(Fact(event="alert_held", values=held))
            case Drop():
                dropped = {"story": story, "channel": verdict.channel or "", "because": verdict.because}
                self.facts.append(Fact(event="alert_dropped", values=dropped))

    def add(self, other: "Recorded") -> None:
        """What `other` brought too."""
        self.tally.add(other.tally)
        self.facts.extend(other.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An article on which we broke: not stored, so that it comes as new again, and told."""

    article: ArticleId
    error: Exception


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempted:
    """A delivery that was tried, and what is to be written of it."""

    delivery: Delivery
    alert: Alert | Notice
    outcome: Outcome
    fate: Fate
    at: datetime
    is_counted: bool = True
    """Of several that went as one message the first counts as an attempt on the channel."""


def articles_broke(feed: Feed, broken: Sequence[Broken]) -> Iterator[Fact]:
    """The articles on which we broke, each with its traceback."""
    for one in broken:
        values = {"feed": feed.id, "article": one.article}
        yield Fact(event="article_broke", values=values, is_trouble=True, error=one.error)


def backlog_kept(feed: Feed, facts: Iterable[Fact]) -> Iterator[Fact]:
    """One fact for all stories that a document told too late for an alert."""
    dropped = (fact.values for fact in facts if fact.event == "alert_dropped")
    hidden = {values["story"] for values in dropped if values["because"] == "backlog"}
    if hidden:
        yield Fact(event="backlog_kept", values={"feed": feed.id, "stories": len(hidden)})


def attempt_settled(done: Attempted) -> Fact:
    """What became of an attempt, as a fact."""
    delivery, alert, outcome, fate = done.delivery, done.alert, done.outcome, done.fate
    values: dict[str, object] = {"alert": alert.id, "channel": delivery.channel, "attempt": delivery.attempts + 1}
    if isinstance(fate, Settled):
        receipt = outcome.receipt if isinstance(outcome, Accepted) else ""
        return Fact(event="delivery_accepted", values={**values, "receipt": receipt})
    if isinstance(fate, Again):
        return Fact(
            event="delivery_deferred", values={**values, "next_at": fate.at, "because": fate.because}, is_trouble=True
        )
    return Fact(event="dead_letter_added", values={**values, "because": fate.because}, is_trouble=True)


def quiet_poll(feed: Feed, polled: FetchFailed | NotModified, after: PollState) -> Fact:
    """A poll that brought no document: failed, or nothing has changed."""
    values: dict[str, object] = {"feed": feed.id, "next_due": after.next_due, "because": after.because}
    if isinstance(polled, NotModified):
        return Fact(event="feed_polled", values={**values, "entries": 0, "new": 0})
    told = {"reason": polled.because, "detail": polled.detail, "failures": after.failures}
    return Fact(event="feed_failed", values={**values, **told}, is_trouble=True)
