"""The values that travel between the rooms.

All are frozen, slotted, keyword-only dataclasses; times are aware and in UTC; codes of states are
ISO 3166-1 alpha-3. Nothing here acts. The answers of the thinking rooms stand in `decisions`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Literal, NewType

FeedId = NewType("FeedId", str)
ArticleId = NewType("ArticleId", str)
RuleId = NewType("RuleId", str)
EventType = NewType("EventType", str)
ActorCode = NewType("ActorCode", str)
StoryId = NewType("StoryId", str)
AlertId = NewType("AlertId", str)
ChannelName = NewType("ChannelName", str)
DeliveryId = NewType("DeliveryId", str)

Status = Literal["asserted", "alleged", "denied", "hypothetical", "historical"]
STATUSES: tuple[Status, ...] = ("asserted", "alleged", "denied", "hypothetical", "historical")
Severity = Literal["info", "low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("info", "low", "medium", "high", "critical")
"""From the least to the most severe."""
Field = Literal["title", "text"]


# --- the door in ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A place that is polled, as the configuration names it. `every` is the wish; `feeds.schedule` decides.

    `zone` is the IANA zone of dates that name none; `country` (ISO 3166-1 alpha-2) settles zone words
    that mean several (CST); `lang` is the language of a feed that names none.
    """

    id: FeedId
    url: str = field(repr=False)
    title: str
    kind: str = "rss"
    every: timedelta = timedelta(minutes=5)
    outlet: str = ""
    lang: str = ""
    zone: str = ""
    country: str = ""
    is_enabled: bool = True
    tags: tuple[str, ...] = ()
    opml: tuple[tuple[str, str], ...] = ()
    """What an OPML list said of it that means nothing to us: names and values, to be written again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """What the store remembers of a feed between two polls. A feed never polled has all defaults."""

    feed: FeedId
    etag: str = ""
    last_modified: str = ""
    body_digest: str = ""
    moved_to: str = field(default="", repr=False)
    """Where a permanent redirect (301, 308) said the feed lives now; asked instead of `Feed.url` while that stays."""
    moved_from: str = field(default="", repr=False)
    """The `Feed.url` of the last poll; another in the configuration makes validators, `moved_to`, `is_gone` void."""
    is_gone: bool = False
    """The server said 410: asked no more until the address changes."""
    failures: int = 0
    """Failed polls in a row."""
    last_error: str = ""
    last_polled: datetime | None = None
    last_success: datetime | None = None
    next_due: datetime | None = None
    because: str = ""
    """Why it is due then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The bytes that a feed answered with, unpacked. `url` is where they came from after redirects."""

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    content_type: str
    fetched_at: datetime
    body_digest: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = field(default="", repr=False)
    max_age: timedelta | None = None
    """How long the server says that the answer stays fresh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The feed has nothing new: a 304, or the same bytes again. May bring fresh validators."""

    fetched_at: datetime
    etag: str = ""
    last_modified: str = ""
    moved_to: str = field(default="", repr=False)
    max_age: timedelta | None = None


FailureKind = Literal[
    "dns", "refused-address", "connect", "tls", "timeout", "too-large", "truncated", "bad-encoding",
    "redirect", "http", "gone", "not-a-feed", "protocol", "internal",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """A poll that brought nothing, and why. `detail` is for a person and holds no secret."""

    fetched_at: datetime
    because: FailureKind
    detail: str
    status: int | None = None
    retry_after: timedelta | None = None
    moved_to: str = field(default="", repr=False)


Polled = Document | NotModified | FetchFailed

DateOrigin = Literal["zone", "feed-zone", "fetched"]
"""Where a date got its zone: from itself, from the feed's setting; or it is the time of fetching."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item as a feed gave it, untrusted: mark-up, addresses and dates as they came."""

    guid: str
    link: str = field(repr=False)
    title: str
    summary: str = field(repr=False)
    content: str = field(default="", repr=False)
    published: str = ""
    """The date as the feed wrote it; empty where it gave none."""
    updated: str = ""
    lang: str = ""
    outlet: str = ""
    """Who published it, where an aggregating feed says so (RSS `source`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What was wrong with a document or one of its entries, though the rest was read."""

    because: str
    entry: str = ""
    """The guid, link or title of the entry; empty for the document as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A document as entries, in the order of the feed, and what was wrong with it."""

    entries: Sequence[Entry]
    complaints: Sequence[Complaint] = ()
    title: str = ""
    lang: str = ""
    ttl: timedelta | None = None
    """How seldom the feed asks to be polled."""


# --- reading ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry after normalising. `title` and `text` are plain text; paragraphs of `text` are parted by blank lines.

    `keys` are the names under which the entry is known (identity.py): guid, address, title with date.
    `published` is the moment of the article by the laws of identity: what the publisher meant, or the
    time of fetching where `date_origin` is "fetched"; `dated` is what the publisher said, however old.
    """

    id: ArticleId
    feed: FeedId
    url: str
    title: str
    text: str = field(repr=False)
    lang: str
    outlet: str
    published: datetime
    fetched_at: datetime
    date_origin: DateOrigin = "zone"
    dated: datetime | None = None
    keys: tuple[str, ...] = ()
    fed_digest: str = ""
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article with its sentences and its letters made comparable.

    `whole` is the title, a blank line and the text; all offsets are characters into it. `folded` is for the
    search (text/fold.py), `origins` its way back: for each byte the character it came from, None for ASCII,
    where byte i is character i - 1. `sentences` are (start, end), ascending and apart, the title being one;
    `paragraphs` gives the number of the paragraph of each, 0 for the title.
    """

    article: Article
    lang: str
    whole: str = field(repr=False)
    text_start: int
    folded: bytes = field(repr=False)
    origins: Sequence[int] | None = field(repr=False)
    sentences: tuple[tuple[int, int], ...] = field(repr=False)
    paragraphs: tuple[int, ...] = field(repr=False)

    @property
    def has_title(self) -> bool:
        """Whether the first sentence is the title."""
        return self.text_start > 0


# --- rules ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """A kind of event of the vocabulary, and how its reports make stories.

    `is_by_pair`: the hits of an article make an occurrence for each pair of parties (two visits of one president are
    two); otherwise those that share a party are one (sanctions on five states are one decision). `window` is how
    long after its last hit a story still takes a report.
    """

    id: EventType
    title: str = ""
    means: str = ""
    is_reciprocal: bool = False
    is_by_pair: bool = False
    window: timedelta = timedelta(days=6)
    hides: frozenset[str] = frozenset()
    """The lesser events that a story of this one hides, where their parties are among its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The stretch of text that satisfied a pattern: character offsets into the article's field as it was given.

    `context` is the whole sentence, for the reader, and `marks` where in it the matched words stand
    (character offsets, ascending, apart).
    """

    field: Field
    start: int
    end: int
    text: str
    context: str = ""
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number, sum of money or date inside the evidence: a `value`, or `low` and `high`.

    `unit` is "soldiers", "USD per year", "%"; of a "date" the value is the number YYYYMMDD. `is_vague` says that a
    word for many stands there ("hundreds"): its bounds are those of the word, and nobody named a number.
    """

    text: str
    unit: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    is_approximate: bool = False
    is_vague: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule satisfied by an article, for one source, target and status.

    Unique by article, rule, source, target and status. In a reciprocal event source and target are
    unordered and stand in alphabetical order of their codes. `score` is 0 to 1.
    """

    article: ArticleId
    rule: RuleId
    rule_digest: str
    event: EventType
    severity: Severity
    title: str
    """What happened as one sentence with the actors' names, for example "North Korea sends troops to Russia"."""
    status: Status
    source: ActorCode | None
    target: ActorCode | None
    is_reciprocal: bool = False
    attribution: tuple[ActorCode, ...] = ()
    agencies: tuple[ActorCode, ...] = ()
    """Those of `attribution` that are media and speak for no state."""
    place: ActorCode | None = None
    persons: tuple[str, ...] = ()
    """Ids of the persons who stood for the source, in a reciprocal event for either party."""
    score: float = 0.5
    evidence: tuple[Evidence, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    tags: tuple[str, ...] = ()
    notify: tuple[str, ...] = ()
    why: str = ""
    may_open: bool = True
    """The rule lets this status open a story; another hit joins and updates one, and never opens."""


# --- stories ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What tells copies of a text: its sentences, and a sample of its short runs of words, as 64-bit hashes."""

    sentences: frozenset[int] = frozenset()
    runs: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """The hits of one article and event: what the article says happened once. Parties are their union."""

    article: Article
    event: EventType
    parties: frozenset[ActorCode]
    hits: tuple[Hit, ...]
    fingerprint: Fingerprint = field(default_factory=Fingerprint, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A status as one side told it. `side` is the code of who said so, or empty for the outlets' own report."""

    status: Status
    side: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article of a story, as far as an alert shows it."""

    article: ArticleId
    outlet: str
    title: str
    url: str = field(repr=False)
    published: datetime
    status: Status
    hit: Hit
    fingerprint: Fingerprint = field(default_factory=Fingerprint, repr=False)
    lang: str = ""
    """The code of the article's language, that of the evidence too; empty where nobody knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The hits and articles that report one event.

    `opened_at` and `last_hit_at` are times of articles; a story takes what comes within 6 days after its
    last hit and 14 days after its opening. `reports` stand in the order in which they came, the opening one first.
    """

    id: StoryId
    event: EventType
    parties: frozenset[ActorCode]
    source: ActorCode | None
    target: ActorCode | None
    is_reciprocal: bool
    title: str
    severity: Severity
    tags: frozenset[str]
    notify: frozenset[str]
    opened_at: datetime
    last_hit_at: datetime
    said: frozenset[Said]
    quantities: Mapping[str, float] = field(default_factory=dict)
    """The highest value told, by unit."""
    reports: tuple[Report, ...] = ()

    @property
    def outlets(self) -> frozenset[str]:
        """Who reported it."""
        return frozenset(report.outlet for report in self.reports)


Material = Literal["status", "denial", "quantity", "severity", "party-confirms"]
"""What a person would want to hear of: a story's opening, a status new from that side, a denial, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes, as far as the actor files know. `state` is the state that an affiliated one speaks for."""

    code: ActorCode
    state: ActorCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """The known media, by name in small letters and by domain."""

    by_name: Mapping[str, Outlet] = field(default_factory=dict, repr=False)
    by_domain: Mapping[str, Outlet] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """Who stands behind a story. `independent` counts voices that speak for no party, `voices` all of them.

    `saying` are the sides that say so (parties and others, no media), `denying` those that deny it, `silent` the
    parties from which there is no word.
    """

    voices: int = 0
    independent: int = 0
    saying: tuple[ActorCode, ...] = ()
    denying: tuple[ActorCode, ...] = ()
    silent: tuple[ActorCode, ...] = ()

    @property
    def sides(self) -> int:
        """How many sides say so."""
        return len(self.saying)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """What one occurrence did to a story. `before` is None where it opened the story.

    `is_backlog` marks an occurrence that the first document of a feed, or a gap, brought too late to
    be news: it is placed and never told. `is_late` marks one that a gap delayed, and that is told.
    """

    before: Story | None
    after: Story
    because: str
    hits: tuple[Hit, ...]
    corroboration: Corroboration = field(default_factory=Corroboration)
    is_backlog: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a channel was last told of a story: enough to see whether there is anything new to tell.

    `was_lost` means that the alert became a dead letter: the next update goes out as the first.
    """

    story: StoryId
    channel: ChannelName
    first_alert: AlertId
    said: frozenset[Said]
    severity: Severity
    quantities: Mapping[str, float] = field(default_factory=dict)
    alerts: int = 1
    was_lost: bool = False
    at: datetime | None = None
    """When it was last told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Which stories a route or a silence means: those that fit everything it names.

    At least this severe; of one of the events; with one of the tags, parties, languages (of a report) and rules, where
    it names some; with so many sides that say so, and so many voices independent of the parties. `parties` are codes
    of actors: `app` has resolved what a person wrote.
    """

    severity: Severity = "info"
    tags: frozenset[str] = frozenset()
    events: frozenset[EventType] = frozenset()
    parties: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    rules: frozenset[RuleId] = frozenset()
    sides: int = 0
    independent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle:
    """At most so many messages of one rule on one channel within this time."""

    count: int
    per: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """The hours in which a channel is left alone, by the reader's clock, and the severity that breaks them."""

    start: time
    end: time
    breaks: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Whom a critical alert goes to next, where nobody acknowledged it for so long."""

    after: timedelta
    channels: tuple[ChannelName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Matcher):
    """Which stories go to which channels, and when.

    `goes_on` lets the routes after it take the story too. `wait` gathers reports before the first alert, `group` after
    each alert of a story before the next; `digest` is the hour of the day at which all goes in one message.
    """

    name: str
    channels: tuple[ChannelName, ...]
    goes_on: bool = True
    wait: timedelta = timedelta(0)
    group: timedelta = timedelta(0)
    digest: time | None = None
    quiet: Quiet | None = None
    throttle: Throttle | None = None
    escalate: Escalation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Matcher):
    """A hold asked for in advance by a person, with an end. It may name one story, or some channels alone."""

    id: str
    author: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    story: StoryId | None = None
    channels: frozenset[ChannelName] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A hold as it stands: since when, until when, and the gate that asked for it last."""

    story: StoryId
    channel: ChannelName
    since: datetime
    until: datetime
    gate: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A person took note of a story's alerts."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What `decide` must know besides the change.

    The routes; what each channel was told of these stories and what is held for it; the silences; when each rule last
    spoke on a channel (for the throttles); the stories that may hide one of these; who took note of it; how many
    sides and independent voices a rule asks for before it breaks quiet hours. `zone` is the reader's.
    """

    routes: tuple[Route, ...]
    told: Mapping[tuple[StoryId, ChannelName], Told] = field(default_factory=dict)
    held: Mapping[tuple[StoryId, ChannelName], Held] = field(default_factory=dict)
    silences: tuple[Silence, ...] = ()
    spoken: Mapping[tuple[ChannelName, RuleId], tuple[datetime, ...]] = field(default_factory=dict)
    bigger: Mapping[StoryId, tuple[Story, ...]] = field(default_factory=dict)
    acknowledged: Mapping[StoryId, Acknowledged] = field(default_factory=dict)
    asks: Mapping[RuleId, tuple[int, int]] = field(default_factory=dict)
    zone: tzinfo = UTC


# --- alerts and the door out ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What a person is told about a story, frozen when it was decided: the first, or an update.

    `lead` is the report that made it an alert; `reports` are all known then, newest last.
    `changes` says, for an update, what is new in words ("now denied by Russia").
    """

    id: AlertId
    story: StoryId
    kind: Literal["first", "update"]
    event: EventType
    title: str
    severity: Severity
    status: Status
    source: ActorCode | None
    target: ActorCode | None
    attribution: tuple[ActorCode, ...]
    lead: Report
    reports: tuple[Report, ...]
    changes: tuple[str, ...] = ()
    corroboration: Corroboration = field(default_factory=Corroboration)
    tags: tuple[str, ...] = ()
    is_late: bool = False
    raised_at: datetime
    first_alert: AlertId
    """The alert that opened the story on this channel (its own id for a first): mail threads on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An actor as a message names it, in the reader's language."""

    code: ActorCode
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a message says in words once more, as values for programs. `source` and `target` may be nobody known."""

    event: EventType
    status: Status
    source: Party | None = None
    target: Party | None = None
    attribution: tuple[Party, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    why: str = ""
    reports: tuple[Report, ...] = ()
    """All reports that were known, the newest first."""
    tags: tuple[str, ...] = ()
    is_late: bool = False
    raised_at: datetime


Answer = Literal["acknowledge", "right", "wrong-event", "wrong-actors", "wrong-status", "wrong-story"]
"""What a reader can answer an alert by a link: that he took note, or whether it is right and in what not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLink:
    """A link that gives one answer. Whoever has it can give it, so it is told to the alert's readers alone."""

    answer: Answer
    label: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is said, before any channel's format. All texts are plain and untrusted; renderers escape them.

    `facts` are label and value, in the order of reading; `links` are label and http(s) address.
    """

    alert: AlertId
    story: StoryId
    first_alert: AlertId
    severity: Severity
    rule: RuleId
    is_update: bool
    headline: str
    """The sentence of what happened, with its status: at most about 120 characters."""
    statement: str
    """The same as a whole sentence, with who says so."""
    changes: tuple[str, ...]
    quote: str
    """The sentence of the article that holds the evidence."""
    marked: tuple[tuple[int, int], ...]
    """Where in `quote` the matched words stand: character offsets, ascending, apart."""
    quote_by: str
    """Whose words these are: outlet and time."""
    facts: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    sent_at: datetime
    may_be_double: bool = False
    quote_lang: str = ""
    """The code of the language of `quote`."""
    first_receipt: str = ""
    """For an update, what the other side said when it took the story's first message; a thread may hang on it."""
    details: Details | None = None
    answers: tuple[AnswerLink, ...] = ()
    """Where a reader can answer it by a click; none where that is off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One place that alerts go to: an Apprise address with a name. `url` is a secret: it may hold a token."""

    name: ChannelName
    kind: str
    url: str = field(repr=False)
    recipient: str = field(default="", repr=False)
    """The one of the address's recipients that this delivery goes to, where it names several."""
    is_operator: bool = False
    """It is told of the monitor's own troubles too."""
    pace: timedelta = timedelta(0)
    """The least time between two messages."""
    drain: int = 0
    """More alerts than these, waiting after an outage, go as one message; 0 for never."""
    trouble: str = ""
    """Why its address can't be used; empty where it can. What is for it waits until it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """How a channel fares, from its attempts.

    `failures` counts attempts in a row without an answer; `since` is when it began to take alerts, or not to.
    It is left alone until `paused_until`, by its own wish or because it is down, and by its pace until `free_at`.
    """

    channel: ChannelName
    failures: int = 0
    since: datetime | None = None
    paused_until: datetime | None = None
    free_at: datetime | None = None
    last_at: datetime | None = None
    last_outcome: str = ""
    last_said: str = ""
    accepted_at: datetime | None = None


DeliveryState = Literal["waiting", "leased", "accepted", "dead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert on its way to one recipient of a channel. `attempts` counts those made before this one.

    `alert` is its id, or that of the notice to an operator that it brings in place of one.

    `is_unknown` says that an earlier attempt was handed over without an answer: it may have arrived.
    """

    id: DeliveryId
    alert: AlertId
    channel: ChannelName
    recipient: str = field(default="", repr=False)
    attempts: int = 0
    first_queued_at: datetime
    is_unknown: bool = False
    first_receipt: str = ""
    """For an update, the receipt of the story's first message to this recipient; empty where there is none."""
    bundle: str = ""
    """Those of one bundle go as one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of actors in the reader's language, by code; a code with no name stands for itself."""

    by_code: Mapping[ActorCode, str] = field(default_factory=dict)

    def of(self, code: ActorCode | None, missing: str = "an unnamed party") -> str:
        """The name of an actor, or `missing` for a role that is empty."""
        return missing if code is None else self.by_code.get(code, str(code))


# --- languages --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How a language counts: its words, in small letters without accents, and what they mean.

    `many` gives the bounds of a word for many ("dozens": 24 to 99); `units` the unit of a word or phrase
    ("troops": "soldiers"), `periods` that of a time ("annually": "year"); `words` the small words around a
    number by what they do ("approximate", "between"), `stops` the grammar words that end a noun phrase.
    """

    decimal: str = "."
    numbers: Mapping[str, float] = field(default_factory=dict, repr=False)
    scales: Mapping[str, float] = field(default_factory=dict, repr=False)
    fractions: Mapping[str, float] = field(default_factory=dict, repr=False)
    many: Mapping[str, tuple[float, float]] = field(default_factory=dict, repr=False)
    units: Mapping[str, str] = field(default_factory=dict, repr=False)
    periods: Mapping[str, str] = field(default_factory=dict, repr=False)
    plural: tuple[str, ...] = ()
    """Endings by which a noun that no table knows is seen to be a plural, and so counted."""
    singular: tuple[str, ...] = ()
    """Endings that only look so."""
    words: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    starts: frozenset[str] = field(default=frozenset(), repr=False)
    """Every word with which a number or a date may begin."""
    hints: frozenset[str] = field(default=frozenset(), repr=False)
    """The words without one of which, and without digits, a sentence counts nothing."""
    stops: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What the program knows of one language, from `rules/languages/CODE.toml`.

    `irregular` maps a base form to its irregular forms (go: goes, went, gone, going). `classes` are the
    grammar words that roles and status read, by name ("by", "auxiliary", "speech"); `cues` the words that
    tell a status, each written as in a lexicon. `pairs` are the words that name several actors at once (한미), with
    the ids of these. `hours` is how far the clock of its papers is ahead of UTC: their "3일" is a day there.
    """

    code: str
    abbreviations: frozenset[str] = frozenset()
    irregular: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    cues: Mapping[Status, tuple[str, ...]] = field(default_factory=dict, repr=False)
    pairs: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    hours: int = 0
    counting: Counting = field(default_factory=Counting, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """All languages by code; one that no file describes is empty and knows only words as written."""

    by_code: Mapping[str, Language] = field(default_factory=dict)

    def of(self, code: str) -> Language:
        """The language of this code, or an empty one."""
        return self.by_code.get(code) or Language(code=code)
