"""Every key of config.toml: kind, default and one sentence. The reference and config.example.toml follow this table."""

import functools
import tomllib
from dataclasses import dataclass
from typing import Generic, TypeVar

from monitor.config import kinds
from monitor.config.addresses import CHANNEL_ADDRESS, DATABASE_ADDRESS, PUBLIC_ADDRESS
from monitor.config.kinds import Kind
from monitor.config.secrets import SIGNING_SECRET
from monitor.model import SEVERITIES

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(Generic[T_co]):
    """A key of a section. `default` is written as in TOML; empty means that the key is needed or that
    `otherwise` says in words what holds without it.
    """

    name: str
    kind: Kind[T_co]
    sentence: str
    default: str = ""
    otherwise: str = ""
    is_secret: bool = False

    @property
    def is_needed(self) -> bool:
        """There is nothing to assume where it is missing."""
        return not self.default and not self.otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table of the file, or an array of tables, which are told apart by the key `named_by`."""

    name: str
    sentence: str
    keys: tuple[Key[object], ...]
    is_array: bool = False
    named_by: str = ""

    def key(self, name: str) -> Key[object] | None:
        """The key of that name, if the section has one."""
        return next((key for key in self.keys if key.name == name), None)

    @property
    def header(self) -> str:
        """The section's header as it stands in the file."""
        return f"[[{self.name}]]" if self.is_array else f"[{self.name}]"


@functools.cache
def default_of(key: Key[T_co]) -> T_co | None:
    """The value that holds where the key is missing; None where `otherwise` decides."""
    return key.kind.read(tomllib.loads(f"value = {key.default}")["value"]) if key.default else None


DATABASE_URL = Key(
    name="url", kind=DATABASE_ADDRESS, is_secret=True,
    otherwise="monitor.db in $STATE_DIRECTORY, else in relations-monitor in $XDG_STATE_HOME or ~/.local/state",
    sentence="Where everything is remembered: a SQLite file (a relative path counts from the folder of config.toml), "
    "or with the extra `postgres` the database of a server, postgresql://USER:PASSWORD@HOST/DATABASE.",
)  # fmt: skip
DATABASE = Section(name="database", sentence="The memory.", keys=(DATABASE_URL,))

FETCH_EVERY = Key(
    name="every", kind=kinds.INTERVAL, default='"5m"',
    sentence="How often a feed is asked that says nothing else.",
)  # fmt: skip
FETCH_TIMEOUT = Key(
    name="timeout", kind=kinds.PATIENCE, default='"30s"',
    sentence="How long one poll may take, redirects and all.",
)  # fmt: skip
FETCH_SIZE_LIMIT = Key(
    name="size_limit", kind=kinds.BODY_SIZE, default='"10 MiB"',
    sentence="How large an answer may be, unpacked.",
)  # fmt: skip
FETCH_THREADS = Key(
    name="threads", kind=kinds.THREADS, default="16",
    sentence="How many feeds are asked at the same time.",
)  # fmt: skip
FETCH_ALLOW = Key(
    name="allow", kind=kinds.several(kinds.HOST_PORT), default="[]",
    sentence="Hosts and ports off the public web that feeds may nevertheless live on, each as host:port.",
)  # fmt: skip
FETCH_USER_AGENT = Key(
    name="user_agent", kind=kinds.TEXT, otherwise="relations-monitor and its version",
    sentence="How the monitor names itself to the servers that it asks.",
)  # fmt: skip
FETCH = Section(
    name="fetch", sentence="How feeds are asked.",
    keys=(FETCH_EVERY, FETCH_TIMEOUT, FETCH_SIZE_LIMIT, FETCH_THREADS, FETCH_ALLOW, FETCH_USER_AGENT),
)  # fmt: skip

RULES_DIR = Key(
    name="dir", kind=kinds.TEXT, otherwise="no rules but the shipped ones",
    sentence="A folder with rule files of your own, laid over the shipped ones; "
    "a relative path counts from the folder of config.toml.",
)  # fmt: skip
RULES_SHIPPED = Key(
    name="shipped", kind=kinds.FLAG, default="true",
    sentence="Whether the rules that ship with the program are used.",
)  # fmt: skip
RULES = Section(name="rules", sentence="What is looked for.", keys=(RULES_DIR, RULES_SHIPPED))

DISPLAY_ZONE = Key(
    name="zone", kind=kinds.ZONE, default='"UTC"',
    sentence="The time zone in which alerts and commands show times.",
)  # fmt: skip
DISPLAY_LANGUAGE = Key(
    name="language", kind=kinds.LANGUAGE, default='"en"',
    sentence="The language in which alerts name states and organisations.",
)  # fmt: skip
DISPLAY = Section(name="display", sentence="How people read it.", keys=(DISPLAY_ZONE, DISPLAY_LANGUAGE))

PUBLISH_DIR = Key(
    name="dir", kind=kinds.TEXT, otherwise="nothing is published",
    sentence="A folder that gets the newest alerts as alerts.atom and alerts.json (JSON Feed), for a web server "
    "to show; a relative path counts from the folder of config.toml.",
)  # fmt: skip
PUBLISH_LIMIT = Key(
    name="limit", kind=kinds.ENTRIES, default="100",
    sentence="How many alerts these feeds hold.",
)  # fmt: skip
PUBLISH_TITLE = Key(
    name="title", kind=kinds.TEXT, default='"Alerts of relations-monitor"',
    sentence="What these feeds are called.",
)  # fmt: skip
PUBLISH_URL = Key(
    name="url", kind=kinds.WEB_ADDRESS, otherwise="the feeds don't say where they live",
    sentence="The address of that folder on the web; its host owns the ids of alerts, so choose it once.",
)  # fmt: skip
PUBLISH = Section(
    name="publish", sentence="Alerts as feeds for others to read.",
    keys=(PUBLISH_DIR, PUBLISH_LIMIT, PUBLISH_TITLE, PUBLISH_URL),
)  # fmt: skip

WEB_PUBLIC_URL = Key(
    name="public_url", kind=PUBLIC_ADDRESS, otherwise="messages carry no links, and nothing listens",
    sentence="The address at which readers reach the pages, through your web server; messages then carry links to "
    "acknowledge an alert and to say whether it is right.",
)  # fmt: skip
WEB_LISTEN = Key(
    name="listen", kind=kinds.HOST_PORT, default='"127.0.0.1:8399"',
    sentence="Where the daemon listens for your web server, which speaks TLS to the world.",
)  # fmt: skip
WEB_SECRET = Key(
    name="secret", kind=SIGNING_SECRET, is_secret=True, otherwise="public_url can't be used",
    sentence="What the links are signed with: at least 32 random letters; another one makes all links invalid that "
    "were sent.",
)  # fmt: skip
WEB = Section(
    name="web", sentence="Pages on which readers answer alerts; off unless public_url is set.",
    keys=(WEB_PUBLIC_URL, WEB_LISTEN, WEB_SECRET),
)  # fmt: skip

RETENTION_ARTICLES = Key(
    name="articles", kind=kinds.RETENTION, default='"365d"',
    sentence="How long the texts of articles are kept, what they said before, and what was found in them; "
    "their names stay, so that none is news twice.",
)  # fmt: skip
RETENTION_ALERTS = Key(
    name="alerts", kind=kinds.RETENTION, default='"3650d"',
    sentence="How long stories are kept with their alerts and each delivery, from the last that became known of them.",
)  # fmt: skip
RETENTION_LEDGER = Key(
    name="ledger", kind=kinds.RETENTION, default='"3650d"',
    sentence="How long the ledger is kept, which says what happened to each article and alert; "
    "the seals of its days stay.",
)  # fmt: skip
RETENTION = Section(
    name="retention",
    sentence='How long what is remembered is kept ("forever" has no end); what is held (`audit hold`) stays longer.',
    keys=(RETENTION_ARTICLES, RETENTION_ALERTS, RETENTION_LEDGER),
)

LOG_LEVEL = Key(
    name="level", kind=kinds.one_of("level", "debug", "info", "warning", "error"), default='"info"',
    sentence="The least urgent kind of event that is logged.",
)  # fmt: skip
LOG_FORMAT = Key(
    name="format", kind=kinds.one_of("format", "auto", "text", "json"), default='"auto"',
    sentence="The form of the log: text for people, json for programs, auto for text on a terminal and json elsewhere.",
)  # fmt: skip
LOG = Section(
    name="log", sentence="What the monitor says of its own work, on standard error.", keys=(LOG_LEVEL, LOG_FORMAT)
)

FEED_URL = Key(name="url", kind=kinds.WEB_ADDRESS, sentence="The address of the feed: RSS, Atom, RDF or JSON Feed.")
FEED_ID = Key(
    name="id", kind=kinds.NAME, otherwise="made from host and path",
    sentence="The name under which the database remembers the feed; keep it when the address changes.",
)  # fmt: skip
FEED_TITLE = Key(
    name="title", kind=kinds.TEXT, otherwise="its id",
    sentence="The name of the feed as people read it.",
)  # fmt: skip
FEED_KIND = Key(
    name="kind", kind=kinds.one_of("kind of feed", "rss", "jsonfeed"), default='"rss"',
    sentence="The kind of feed: rss (RSS, Atom and RDF) or jsonfeed; where something else comes, that decides.",
)  # fmt: skip
FEED_EVERY = Key(
    name="every", kind=kinds.INTERVAL, otherwise="every of [fetch]",
    sentence="How often this feed is asked.",
)  # fmt: skip
FEED_OUTLET = Key(
    name="outlet", kind=kinds.TEXT, otherwise="its title",
    sentence="Who publishes it, as alerts name it.",
)  # fmt: skip
FEED_LANG = Key(
    name="lang", kind=kinds.LANGUAGE, otherwise="what the feed says",
    sentence="The language of articles in a feed that names none.",
)  # fmt: skip
FEED_ZONE = Key(
    name="zone", kind=kinds.ZONE_NAME, otherwise="such dates are not believed",
    sentence="The time zone of dates that name none.",
)  # fmt: skip
FEED_COUNTRY = Key(
    name="country", kind=kinds.COUNTRY, otherwise="such words are not believed",
    sentence="The country whose clock is meant by zone words that mean several, such as CST or IST.",
)  # fmt: skip
FEED_ENABLED = Key(
    name="enabled", kind=kinds.FLAG, default="true",
    sentence="Whether the feed is asked at all; false keeps what is remembered of it.",
)  # fmt: skip
FEED_TAGS = Key(
    name="tags", kind=kinds.several(kinds.TEXT), default="[]",
    sentence="Words to sort feeds by; the folders of an OPML list are tags such as Asia/Korea.",
)  # fmt: skip
FEED_OPML = Key(
    name="opml", kind=kinds.TEXTS, default="{}",
    sentence="What an OPML list said of the feed beside that, kept to be written again.",
)  # fmt: skip
FEEDS = Section(
    name="feeds", is_array=True, named_by="id", sentence="What is read: one table for each feed.",
    keys=(FEED_URL, FEED_ID, FEED_TITLE, FEED_KIND, FEED_EVERY, FEED_OUTLET, FEED_LANG, FEED_ZONE, FEED_COUNTRY,
          FEED_ENABLED, FEED_TAGS, FEED_OPML),
)  # fmt: skip

CHANNEL_NAME = Key(name="name", kind=kinds.NAME, sentence="The name by which routes call the channel.")
CHANNEL_URL = Key(
    name="url", kind=CHANNEL_ADDRESS, is_secret=True,
    sentence="Where alerts go: console:// for the terminal, mailto:// for mail, or any other Apprise address; "
    "it is a secret and shown nowhere.",
)  # fmt: skip
CHANNEL_EVERY = Key(
    name="every", kind=kinds.PACE, otherwise="what the service bears: 1s for Slack, 0s for mail and webhooks",
    sentence="The least time between two messages of this channel; what comes faster waits its turn.",
)  # fmt: skip
CHANNEL_DRAIN = Key(
    name="drain", kind=kinds.COUNT, otherwise="20, and 0 for webhooks, whose receivers are programs",
    sentence="More alerts than these that wait after an outage go together, ten a message; 0 lets each go alone.",
)  # fmt: skip
CHANNEL_OPERATOR = Key(
    name="operator", kind=kinds.FLAG, default="false",
    sentence="Whether this channel is told of the monitor's own troubles too, such as a feed that fails; "
    "each once, and again when it is mended.",
)  # fmt: skip
CHANNELS = Section(
    name="channels", is_array=True, named_by="name",
    sentence="Where people are told: one table for each channel; without any, alerts go to the terminal.",
    keys=(CHANNEL_NAME, CHANNEL_URL, CHANNEL_EVERY, CHANNEL_DRAIN, CHANNEL_OPERATOR),
)  # fmt: skip

ROUTE_NAME = Key(
    name="name", kind=kinds.NAME, otherwise="route-1, route-2, ... by its place",
    sentence="The name of the route, as messages show it.",
)  # fmt: skip
ROUTE_CHANNELS = Key(
    name="channels", kind=kinds.several(kinds.NAME, at_least=1),
    sentence="The channels that alerts of this route go to.",
)  # fmt: skip
ROUTE_SEVERITY = Key(
    name="severity", kind=kinds.one_of("severity", *SEVERITIES), default='"info"',
    sentence="The least severe alert that goes this way: info, low, medium, high or critical.",
)  # fmt: skip
ROUTE_TAGS = Key(
    name="tags", kind=kinds.several(kinds.TEXT), default="[]",
    sentence="Only alerts with one of these tags go this way; none named, all do.",
)  # fmt: skip
ROUTE_EVENTS = Key(
    name="events", kind=kinds.several(kinds.NAME), default="[]",
    sentence="Only alerts of these events go this way, such as troop-transfer; none named, all do.",
)  # fmt: skip
ROUTE_PARTIES = Key(
    name="parties", kind=kinds.several(kinds.TEXT), default="[]",
    sentence="Only alerts with one of these as a party go this way: a code (PRK), or the id of an actor or a group of "
    "the rule files; none named, all do.",
)  # fmt: skip
ROUTE_LANGUAGES = Key(
    name="languages", kind=kinds.several(kinds.LANGUAGE), default="[]",
    sentence="Only what a report in one of these languages tells goes this way; none named, all does.",
)  # fmt: skip
ROUTE_RULES = Key(
    name="rules", kind=kinds.several(kinds.NAME), default="[]",
    sentence="Only what one of these rules found goes this way; none named, all does.",
)  # fmt: skip
ROUTE_SIDES = Key(
    name="sides", kind=kinds.COUNT, default="0",
    sentence="Only what so many sides say themselves goes this way.",
)  # fmt: skip
ROUTE_INDEPENDENT = Key(
    name="independent", kind=kinds.COUNT, default="0",
    sentence="Only what so many voices independent of the parties report goes this way.",
)  # fmt: skip
ROUTE_CONTINUE = Key(
    name="continue", kind=kinds.FLAG, default="true",
    sentence="Whether the routes below may take an alert too that this one has taken.",
)  # fmt: skip
ROUTE_WAIT = Key(
    name="wait", kind=kinds.WAIT, default='"0s"',
    sentence="How long the first alert of a story gathers further reports before it goes.",
)  # fmt: skip
ROUTE_GROUP = Key(
    name="group", kind=kinds.WAIT, default='"0s"',
    sentence="The least time between two alerts of one story; what is new meanwhile comes as one update.",
)  # fmt: skip
ROUTE_DIGEST = Key(
    name="digest", kind=kinds.TIME_OF_DAY, otherwise="alerts go as they come",
    sentence="The time of day, by the zone of [display], at which everything goes together, ten stories a message.",
)  # fmt: skip
ROUTE_QUIET = Key(
    name="quiet", kind=kinds.HOURS, otherwise="there are none",
    sentence="Hours of the day in which alerts wait for the morning.",
)  # fmt: skip
ROUTE_QUIET_BREAK = Key(
    name="quiet_break", kind=kinds.one_of("severity", *SEVERITIES), otherwise="nothing breaks them",
    sentence="The least severe alert that goes in quiet hours all the same.",
)  # fmt: skip
ROUTE_THROTTLE = Key(
    name="throttle", kind=kinds.THROTTLE, otherwise="there is no limit",
    sentence="At most so many messages of one rule on one channel in a time; what is beyond comes later as one.",
)  # fmt: skip
ROUTE_ESCALATE = Key(
    name="escalate", kind=kinds.ESCALATION, otherwise="nobody else is told",
    sentence="Where a critical alert goes next if nobody acknowledges it (`alerts ack`) in time.",
)  # fmt: skip
ROUTES = Section(
    name="routes", is_array=True, named_by="name",
    sentence="Which alerts go where: one table for each route; without any, every alert goes to every channel.",
    keys=(
        ROUTE_NAME, ROUTE_CHANNELS, ROUTE_SEVERITY, ROUTE_TAGS, ROUTE_EVENTS, ROUTE_PARTIES, ROUTE_LANGUAGES,
        ROUTE_RULES, ROUTE_SIDES, ROUTE_INDEPENDENT, ROUTE_CONTINUE, ROUTE_WAIT, ROUTE_GROUP, ROUTE_DIGEST,
        ROUTE_QUIET, ROUTE_QUIET_BREAK, ROUTE_THROTTLE, ROUTE_ESCALATE,
    ),
)  # fmt: skip

SECTIONS: tuple[Section, ...] = (DATABASE, FETCH, RULES, DISPLAY, PUBLISH, WEB, RETENTION, LOG, FEEDS, CHANNELS, ROUTES)
"""In the order of the example file."""
