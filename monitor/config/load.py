"""From config.toml, the files of config.d and the environment to a `Config`, or to every problem in them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from monitor import __version__, log
from monitor.config import schema
from monitor.config.addresses import channel_kind, feed_secrets, settle_database, usual_drain, usual_pace
from monitor.config.check import Complaint, Reader, Table, Tables, feed_id
from monitor.config.find import Found, credentials_folder, find, state_folder
from monitor.config.layers import Origin
from monitor.config.masking import mask_broken
from monitor.config.schema import SECTIONS
from monitor.config.secrets import Secret, Vault
from monitor.config.values import (
    Config,
    DatabaseSettings,
    DisplaySettings,
    FetchSettings,
    LogFormat,
    LogLevel,
    LogSettings,
    PublishSettings,
    RetentionSettings,
    RuleSettings,
    WebSettings,
)
from monitor.errors import ConfigError, Place, Problem
from monitor.model import (
    Channel,
    ChannelName,
    Escalation,
    EventType,
    Feed,
    FeedId,
    Quiet,
    Route,
    RuleId,
    Severity,
    Throttle,
)
from monitor.toml import Path_, Toml, TomlError, decode, parse

DATABASE_NAME = "monitor.db"


def load(
    explicit: Path | None, environ: Mapping[str, str], *, folder: Path, complaint: Complaint | None = None
) -> Config:
    """The configuration that holds here: from --config (`explicit`), else the first file that `find` finds.

    `folder` is the working directory. `complaint` says why a channel's address can't be used, or nothing; its words
    must hold no secret, and what it says costs that channel alone (`Config.troubles`). Passwords are hidden from the
    log from now on.
    Raises ConfigError with all that is wrong.
    """
    return read(find(explicit, environ, folder=folder), environ, complaint=complaint)


def read(found: Found, environ: Mapping[str, str], *, complaint: Complaint | None = None) -> Config:
    """The configuration in the files that were found, with the environment; without any, all defaults.

    Raises ConfigError.
    """
    return read_texts(found, texts_of(found), environ, complaint=complaint)


def texts_of(found: Found) -> "list[Text]":
    """The files that were found, the lowest first. Raises ConfigError for what can't be read."""
    texts: list[Text] = []
    problems: list[Problem] = []
    for name, path in found.files:
        try:
            texts.append(Text(name=name, text=decode(name, path.read_bytes())))
        except OSError as error:
            because = f"can't be read: {(error.strerror or str(error)).lower()}"
            problems.append(Problem(place=Place(file=name), because=because))
        except TomlError as error:
            problems.append(error.problem)
    if problems:
        raise ConfigError(problems)
    return texts


def read_texts(
    found: Found, texts: "Sequence[Text]", environ: Mapping[str, str], *, complaint: Complaint | None = None
) -> Config:
    """The configuration that these texts make in the place of the files that were found. Raises ConfigError."""
    main, overlays = (texts[0], texts[1:]) if texts else (Text(name=found.name, text=""), [])
    config = config_of(
        main.text, main.name, beside=found.beside, environ=environ, complaint=complaint, overlays=overlays
    )
    _hide_secrets(config)
    return replace(config, file=found.path and found.path.absolute())


def _hide_secrets(config: Config) -> None:
    """Keep out of the log what nobody should read there: addresses of channels, passwords, tokens of feeds, the
    secret of the links.
    """
    addresses = [channel.url for channel in config.channels if channel.kind != "console"]
    for url in addresses:
        log.hide(url)
    for url in (*addresses, config.database.url.reveal()):
        password = urlsplit(url).password
        if password:
            log.hide(password)
            log.hide(unquote(password))
    for feed in config.feeds:
        for secret in feed_secrets(feed.url):
            log.hide(secret)
    if config.web.secret is not None:
        log.hide(config.web.secret.reveal())


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A file of the configuration as it was read; `name` is what messages call it."""

    name: str
    text: str


def config_of(
    text: str,
    file: str,
    *,
    beside: Path,
    environ: Mapping[str, str],
    complaint: Complaint | None = None,
    overlays: Sequence[Text] = (),
) -> Config:
    """The configuration in a text. `beside` is the folder that relative paths count from, `complaint` as in `load`.

    `overlays` are laid over it in their order, and over them the variables of `environ`.
    Raises ConfigError with every problem found, in the order of files and lines; no secret is shown.
    """
    layers = _parsed((Text(name=file, text=text), *overlays))
    reader = Reader(layers, environ, Vault(beside=beside, credentials=credentials_folder(environ)))
    tables = reader.tables
    reader.refuse(folder=_rule_folder(tables["rules"][0], beside), complaint=complaint, implied=[_console().name])
    if reader.problems:
        raise ConfigError(reader.everything)
    config = _build(tables, beside, environ)
    channels = tuple(replace(one, trouble=reader.unusable.get(one.name, "")) for one in config.channels)
    return replace(config, channels=channels, troubles=tuple(reader.troubles), warnings=tuple(reader.warnings))


def _parsed(texts: Sequence[Text]) -> list[Toml]:
    layers: list[Toml] = []
    problems: list[Problem] = []
    for one in texts:
        try:
            layers.append(parse(one.name, one.text))
        except TomlError as error:
            problems.append(mask_broken(error.problem))
    if problems:
        raise ConfigError(problems)
    return layers


# --- from checked tables to values ------------------------------------------------------------------------------------


def _build(tables: Tables, beside: Path, environ: Mapping[str, str]) -> Config:
    fetch, display, logs = tables["fetch"][0], tables["display"][0], tables["log"][0]
    every = fetch.get(schema.FETCH_EVERY)
    channels = tuple(_channel(table) for table in tables["channels"]) or (_console(),)
    routes = tuple(_route(table, number) for number, table in enumerate(tables["routes"], 1))
    everywhere = Route(name="everything", channels=tuple(channel.name for channel in channels))
    return Config(
        file=None,
        database=_database(tables["database"][0], beside, environ),
        fetch=FetchSettings(
            every=every,
            timeout=fetch.get(schema.FETCH_TIMEOUT),
            size_limit_bytes=fetch.get(schema.FETCH_SIZE_LIMIT),
            threads=fetch.get(schema.FETCH_THREADS),
            allow=frozenset(fetch.get(schema.FETCH_ALLOW)),
            user_agent=fetch.find(schema.FETCH_USER_AGENT) or f"relations-monitor/{__version__}",
        ),
        rules=_rules(tables["rules"][0], beside),
        display=DisplaySettings(zone=display.get(schema.DISPLAY_ZONE), language=display.get(schema.DISPLAY_LANGUAGE)),
        publish=_publish(tables["publish"][0], beside),
        web=_web(tables["web"][0]),
        retention=RetentionSettings(
            articles=tables["retention"][0].get(schema.RETENTION_ARTICLES),
            alerts=tables["retention"][0].get(schema.RETENTION_ALERTS),
            ledger=tables["retention"][0].get(schema.RETENTION_LEDGER),
        ),
        log=LogSettings(
            level=cast(LogLevel, logs.get(schema.LOG_LEVEL)), format=cast(LogFormat, logs.get(schema.LOG_FORMAT))
        ),
        feeds=tuple(_feed(table, every=every) for table in tables["feeds"]),
        channels=channels,
        routes=routes or (everywhere,),
        origins=_origins(tables),
    )


def _origins(tables: Tables) -> dict[Path_, Origin]:
    """Where each value was written, by section, number in an array, and key; what is not there is a default.

    As it is, not in words: those would cost a walk over the files at every start.
    """
    found: dict[Path_, Origin] = {}
    for section in SECTIONS:
        for number, table in enumerate(tables[section.name]):
            path: Path_ = (section.name, number) if section.is_array else (section.name,)
            found |= {(*path, name): origin for name, origin in table.origins.items()}
    every = found.get((schema.FETCH.name, schema.FETCH_EVERY.name))
    if every is not None:  # a feed that says nothing else is asked as often
        for number in range(len(tables[schema.FEEDS.name])):
            found.setdefault((schema.FEEDS.name, number, schema.FEED_EVERY.name), every)
    return found


def _console() -> Channel:
    return Channel(name=ChannelName("console"), kind="console", url="console://")


def _database(table: Table, beside: Path, environ: Mapping[str, str]) -> DatabaseSettings:
    given = table.find(schema.DATABASE_URL)
    url = settle_database(given, beside) if given else f"sqlite:///{state_folder(environ).absolute() / DATABASE_NAME}"
    return DatabaseSettings(url=Secret(url))


def _rules(table: Table, beside: Path) -> RuleSettings:
    return RuleSettings(dir=_rule_folder(table, beside), with_shipped=table.get(schema.RULES_SHIPPED))


def _rule_folder(table: Table, beside: Path) -> Path | None:
    given = table.find(schema.RULES_DIR)
    return beside / Path(given).expanduser() if given else None


def _publish(table: Table, beside: Path) -> PublishSettings:
    given = table.find(schema.PUBLISH_DIR)
    return PublishSettings(
        dir=beside / Path(given).expanduser() if given else None,
        limit=table.get(schema.PUBLISH_LIMIT),
        title=table.get(schema.PUBLISH_TITLE),
        url=table.find(schema.PUBLISH_URL) or "",
    )


def _web(table: Table) -> WebSettings:
    secret = table.find(schema.WEB_SECRET)
    return WebSettings(
        public_url=table.find(schema.WEB_PUBLIC_URL) or "",
        listen=table.get(schema.WEB_LISTEN),
        secret=Secret(secret) if secret else None,
    )


def _feed(table: Table, *, every: timedelta) -> Feed:
    name = feed_id(table)
    title = table.find(schema.FEED_TITLE) or name
    return Feed(
        id=FeedId(name),
        url=table.get(schema.FEED_URL),
        title=title,
        kind=table.get(schema.FEED_KIND),
        every=table.find(schema.FEED_EVERY) or every,
        outlet=table.find(schema.FEED_OUTLET) or title,
        lang=table.find(schema.FEED_LANG) or "",
        zone=table.find(schema.FEED_ZONE) or "",
        country=table.find(schema.FEED_COUNTRY) or "",
        is_enabled=table.get(schema.FEED_ENABLED),
        tags=table.get(schema.FEED_TAGS),
        opml=table.get(schema.FEED_OPML),
    )


def _channel(table: Table) -> Channel:
    url = table.get(schema.CHANNEL_URL)
    return Channel(
        name=ChannelName(table.get(schema.CHANNEL_NAME)),
        kind=channel_kind(url),
        url=url,
        pace=pace if (pace := table.find(schema.CHANNEL_EVERY)) is not None else usual_pace(url),
        drain=_drain(table, channel_kind(url)),
        is_operator=table.get(schema.CHANNEL_OPERATOR),
    )


def _drain(table: Table, kind: str) -> int:
    given = table.find(schema.CHANNEL_DRAIN)
    return given if given is not None else usual_drain(kind)


def _route(table: Table, number: int) -> Route:
    return Route(
        name=table.find(schema.ROUTE_NAME) or f"route-{number}",
        channels=tuple(ChannelName(name) for name in dict.fromkeys(table.get(schema.ROUTE_CHANNELS))),
        severity=cast(Severity, table.get(schema.ROUTE_SEVERITY)),
        tags=frozenset(table.get(schema.ROUTE_TAGS)),
        events=frozenset(EventType(event) for event in table.get(schema.ROUTE_EVENTS)),
        parties=frozenset(table.get(schema.ROUTE_PARTIES)),
        languages=frozenset(table.get(schema.ROUTE_LANGUAGES)),
        rules=frozenset(RuleId(rule) for rule in table.get(schema.ROUTE_RULES)),
        sides=table.get(schema.ROUTE_SIDES),
        independent=table.get(schema.ROUTE_INDEPENDENT),
        goes_on=table.get(schema.ROUTE_CONTINUE),
        wait=table.get(schema.ROUTE_WAIT),
        group=table.get(schema.ROUTE_GROUP),
        digest=table.find(schema.ROUTE_DIGEST),
        quiet=_quiet(table),
        throttle=Throttle(count=limit[0], per=limit[1]) if (limit := table.find(schema.ROUTE_THROTTLE)) else None,
        escalate=_escalation(table),
    )


def _quiet(table: Table) -> Quiet | None:
    hours = table.find(schema.ROUTE_QUIET)
    if hours is None:
        return None
    return Quiet(start=hours[0], end=hours[1], breaks=cast(Severity | None, table.find(schema.ROUTE_QUIET_BREAK)))


def _escalation(table: Table) -> Escalation | None:
    wanted = table.find(schema.ROUTE_ESCALATE)
    if wanted is None:
        return None
    return Escalation(after=wanted[0], channels=tuple(ChannelName(name) for name in dict.fromkeys(wanted[1])))
