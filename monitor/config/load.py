"""From the text of config.toml to a `Config`, or to every problem in it at once."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import unquote, urlsplit

from monitor import __version__, log
from monitor.config import schema
from monitor.config.addresses import channel_kind, settle_sqlite
from monitor.config.find import Found, find, state_folder
from monitor.config.kinds import WrongError
from monitor.config.masking import mask, mask_broken
from monitor.config.schema import Key, Section, default_of
from monitor.config.secrets import Secret
from monitor.config.values import (
    Config,
    DatabaseSettings,
    DisplaySettings,
    FetchSettings,
    LogFormat,
    LogLevel,
    LogSettings,
    RuleSettings,
)
from monitor.errors import ConfigError, Place, Problem
from monitor.model import Channel, ChannelName, EventType, Feed, FeedId, Route, Severity
from monitor.toml import Path_, Toml, TomlError, closest, decode, parse

T = TypeVar("T")

DATABASE_NAME = "monitor.db"
Complaint = Callable[[str], str]


def load(
    explicit: Path | None, environ: Mapping[str, str], *, folder: Path, complaint: Complaint | None = None
) -> Config:
    """The configuration that holds here: from --config (`explicit`), else the first file that `find` finds.

    `folder` is the working directory. `complaint` says what else is wrong with a channel's address, or nothing;
    its words must hold no secret. Passwords are hidden from the log from now on.
    Raises ConfigError with all that is wrong.
    """
    return read(find(explicit, environ, folder=folder), environ, complaint=complaint)


def read(found: Found, environ: Mapping[str, str], *, complaint: Complaint | None = None) -> Config:
    """The configuration in the file that was found; without one, all defaults. Raises ConfigError."""
    if found.path is None:
        return config_of("", found.name, beside=Path("/"), environ=environ)
    try:
        text = decode(found.name, found.path.read_bytes())
    except OSError as error:
        because = f"can't be read: {(error.strerror or str(error)).lower()}"
        raise ConfigError([Problem(place=Place(file=found.name), because=because)]) from None
    except TomlError as error:
        raise ConfigError([error.problem]) from None
    path = found.path.absolute()
    config = config_of(text, found.name, beside=path.parent, environ=environ, complaint=complaint)
    for channel in config.channels:
        if channel.kind != "console":
            _hide(channel.url)
    return replace(config, file=path)


def _hide(url: str) -> None:
    """Keep the password of an address out of the log, and the address as a whole."""
    log.hide(url)
    password = urlsplit(url).password
    if password:
        log.hide(password)
        log.hide(unquote(password))


def config_of(
    text: str, file: str, *, beside: Path, environ: Mapping[str, str], complaint: Complaint | None = None
) -> Config:
    """The configuration in a text. `beside` is the folder that relative paths count from, `complaint` as in `load`.

    Raises ConfigError with every problem found, in the order of the file; no secret is shown.
    """
    try:
        toml = parse(file, text)
    except TomlError as error:
        raise ConfigError([mask_broken(error.problem)]) from None
    reader = _Reader(toml)
    tables = {section.name: reader.tables(section) for section in schema.SECTIONS}
    reader.refuse_unknown_sections()
    reader.refuse_doubles(tables)
    reader.refuse_lost_routes(tables)
    reader.refuse_lost_rules(tables["rules"][0], beside)
    if complaint is not None:
        reader.refuse_addresses(tables["channels"], complaint)
    if reader.problems:
        at = sorted(reader.problems, key=lambda problem: (problem.place.line, problem.place.column))
        raise ConfigError([mask(problem, toml) for problem in at])
    return _build(tables, beside, environ)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file after checking: the values of its keys that are right, by name."""

    path: Path_
    values: Mapping[str, object]

    def find(self, key: Key[T]) -> T | None:
        """The value of a key, its default, or None."""
        return cast(T, self.values[key.name]) if key.name in self.values else default_of(key)

    def get(self, key: Key[T]) -> T:
        """The value of a key that is needed or has a default."""
        value = self.find(key)
        assert value is not None, f"{key.name} has neither value nor default"
        return value


class _Reader:
    """Reads the tables of one file and collects what is wrong with them."""

    def __init__(self, toml: Toml) -> None:
        self.toml = toml
        self.problems: list[Problem] = []

    def _note(self, path: Path_, because: str, *, expected: str = "", hint: str = "", key: bool = False) -> None:
        place = self.toml.place(path, key=key)
        self.problems.append(Problem(place=place, because=because, expected=expected, hint=hint))

    def tables(self, section: Section) -> list[_Table]:
        """The tables of a section: exactly one where it is no array."""
        raw = self.toml.values.get(section.name, [] if section.is_array else {})
        if section.is_array and isinstance(raw, list) and all(isinstance(table, dict) for table in raw):
            return [self._table(section, (section.name, index), table) for index, table in enumerate(raw)]
        if not section.is_array and isinstance(raw, dict):
            return [self._table(section, (section.name,), raw)]
        self._note((section.name,), f"{section.name} stands as something else", expected=section.header, key=True)
        return [] if section.is_array else [_Table((section.name,), {})]

    def _table(self, section: Section, path: Path_, raw: Mapping[str, object]) -> _Table:
        values: dict[str, object] = {}
        meant: set[str] = set()
        for name, value in raw.items():
            key = section.key(name)
            if key is None:
                meant.add(self._refuse_key(section, (*path, name), taken=raw))
                continue
            try:
                values[name] = key.kind.read(value)
            except WrongError as wrong:
                for one in (wrong, *wrong.others):
                    at = (*path, name) if one.index is None else (*path, name, one.index)
                    self._note(at, one.because, expected=one.expected or key.kind.expected, hint=one.hint)
        for key in section.keys:
            if key.is_needed and key.name not in raw and key.name not in meant:
                self._note(path, f"{section.header} without {key.name}", expected=f"{key.name} = {key.kind.expected}")
        return _Table(path, values)

    def _refuse_key(self, section: Section, path: Path_, *, taken: Mapping[str, object]) -> str:
        """Note an unknown key; the name that was probably meant."""
        name = str(path[-1])
        free = [key.name for key in section.keys if key.name not in taken]
        near = closest(name, free) or closest(name, (key.name for key in section.keys))
        known = ", ".join(key.name for key in section.keys)
        self._note(path, f"unknown key {name} in {section.header}", expected=f"one of {known}", hint=near, key=True)
        return near

    def refuse_unknown_sections(self) -> None:
        """Note every table or key at the top that no section knows."""
        by_name = {section.name: section for section in schema.SECTIONS}
        for name, value in self.toml.values.items():
            if name in by_name:
                continue
            near = closest(name, by_name)
            hint = by_name[near].header if near else ""
            what = "table" if isinstance(value, dict | list) else "key"
            owners = [section.header for section in schema.SECTIONS if section.key(name) is not None]
            if what == "key" and owners and not near:
                hint = f"{name} in {owners[0]}"
            expected = "one of " + ", ".join(section.header for section in schema.SECTIONS)
            self._note((name,), f"unknown {what} {name}", expected=expected, hint=hint, key=True)

    def refuse_doubles(self, tables: Mapping[str, list[_Table]]) -> None:
        """Note feeds, channels and routes of one name, and feeds of one address."""
        ids = [(feed, "id" if "id" in feed.values else "url", feed_id(feed)) for feed in tables["feeds"]]
        self._refuse_doubles(ids, "an id of its own for each feed")
        with_id = [feed for feed in tables["feeds"] if "id" in feed.values]
        self._refuse_doubles([(feed, "url", feed.find(schema.FEED_URL) or "") for feed in with_id], "each address once")
        for section in ("channels", "routes"):
            named = [(table, "name", str(table.values.get("name", ""))) for table in tables[section]]
            self._refuse_doubles(named, "names that differ")

    def _refuse_doubles(self, named: Iterable[tuple[_Table, str, str]], remedy: str) -> None:
        first: dict[str, tuple[_Table, str]] = {}
        for table, key, name in named:
            before, its_key = first.setdefault(name, (table, key))
            if not name or before is table:
                continue
            line = self.toml.place((*before.path, its_key)).line
            shown = "this address" if name.startswith("http") else f"the {'id' if key == 'url' else key} {name}"
            self._note((*table.path, key), f"{shown} is taken by the one in line {line}", expected=remedy)

    def refuse_lost_routes(self, tables: Mapping[str, list[_Table]]) -> None:
        """Note every route to a channel that does not exist."""
        known = {str(channel.values["name"]) for channel in tables["channels"] if "name" in channel.values}
        if not tables["channels"]:
            known = {_console().name}
        for route in tables["routes"]:
            for index, name in enumerate(route.find(schema.ROUTE_CHANNELS) or ()):
                if name not in known:
                    near = closest(name, known)
                    expected = "one of " + ", ".join(sorted(known)) if known else "a channel that [[channels]] names"
                    path = (*route.path, "channels", index)
                    self._note(path, f"no channel is named {name}", expected=expected, hint=f'"{near}"' if near else "")

    def refuse_lost_rules(self, rules: _Table, beside: Path) -> None:
        """Note a folder of rules that is not there."""
        folder = _rule_folder(rules, beside)
        if folder is not None and not folder.is_dir():
            self._note((*rules.path, "dir"), f"there is no folder {folder}", expected="a folder with rule files")

    def refuse_addresses(self, channels: Iterable[_Table], complaint: Complaint) -> None:
        """Note what `complaint` says of the addresses of channels."""
        for channel in channels:
            said = complaint(str(channel.values["url"])) if "url" in channel.values else ""
            if said:
                self._note((*channel.path, "url"), said)


def feed_id(feed: _Table) -> str:
    """The id of a feed: as given, else host and path with everything but letters and digits as a hyphen."""
    given = feed.find(schema.FEED_ID)
    if given or "id" in feed.values:
        return given or ""
    parts = urlsplit(feed.find(schema.FEED_URL) or "")
    host = (parts.hostname or "").removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", f"{host}{parts.path}".lower()).strip("-")


# --- from checked tables to values ------------------------------------------------------------------------------------


def _build(tables: Mapping[str, list[_Table]], beside: Path, environ: Mapping[str, str]) -> Config:
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
        log=LogSettings(
            level=cast(LogLevel, logs.get(schema.LOG_LEVEL)), format=cast(LogFormat, logs.get(schema.LOG_FORMAT))
        ),
        feeds=tuple(_feed(table, every=every) for table in tables["feeds"]),
        channels=channels,
        routes=routes or (everywhere,),
    )


def _console() -> Channel:
    return Channel(name=ChannelName("console"), kind="console", url="console://")


def _database(table: _Table, beside: Path, environ: Mapping[str, str]) -> DatabaseSettings:
    given = table.find(schema.DATABASE_URL)
    url = settle_sqlite(given, beside) if given else f"sqlite:///{state_folder(environ).absolute() / DATABASE_NAME}"
    return DatabaseSettings(url=Secret(url))


def _rules(table: _Table, beside: Path) -> RuleSettings:
    return RuleSettings(dir=_rule_folder(table, beside), with_shipped=table.get(schema.RULES_SHIPPED))


def _rule_folder(table: _Table, beside: Path) -> Path | None:
    given = table.find(schema.RULES_DIR)
    return beside / Path(given).expanduser() if given else None


def _feed(table: _Table, *, every: timedelta) -> Feed:
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
    )


def _channel(table: _Table) -> Channel:
    url = table.get(schema.CHANNEL_URL)
    return Channel(
        name=ChannelName(table.get(schema.CHANNEL_NAME)),
        kind=channel_kind(url),
        url=url,
    )


def _route(table: _Table, number: int) -> Route:
    return Route(
        name=table.find(schema.ROUTE_NAME) or f"route-{number}",
        channels=tuple(ChannelName(name) for name in dict.fromkeys(table.get(schema.ROUTE_CHANNELS))),
        severity=cast(Severity, table.get(schema.ROUTE_SEVERITY)),
        tags=frozenset(table.get(schema.ROUTE_TAGS)),
        events=frozenset(EventType(event) for event in table.get(schema.ROUTE_EVENTS)),
    )
