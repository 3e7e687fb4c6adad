"""The configuration as frozen values, checked: whoever holds a `Config` need not doubt it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from monitor.config.layers import Origin
from monitor.config.secrets import Secret
from monitor.errors import Problem
from monitor.model import Channel, Feed, Route
from monitor.toml import Path_

LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["auto", "text", "json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSettings:
    """Where the memory is: an SQLAlchemy address with an absolute path. Its folder may not exist yet."""

    url: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How feeds are asked. `allow` are the exact hosts and ports off the public web that may be asked too."""

    every: timedelta
    timeout: timedelta
    size_limit_bytes: int
    threads: int
    allow: frozenset[tuple[str, int]]
    user_agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSettings:
    """Which rule files are read: the shipped ones, and the user's folder laid over them."""

    dir: Path | None
    with_shipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplaySettings:
    """How people read times and names."""

    zone: ZoneInfo
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """The feeds of alerts; without a folder there are none. `url` is where that folder is on the web, or empty."""

    dir: Path | None
    limit: int
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """The pages on which readers answer alerts. Without a public address, or while its secret can't be read, none."""

    public_url: str = ""
    listen: tuple[str, int] = ("127.0.0.1", 8399)
    secret: Secret | None = None

    @property
    def is_on(self) -> bool:
        """Whether messages carry links and the daemon listens."""
        return bool(self.public_url) and self.secret is not None

    @property
    def listens_at(self) -> str:
        """Host and port as one text."""
        return host_port_text(*self.listen)


def host_port_text(host: str, port: int) -> str:
    """A host with its port, as the configuration writes them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """How long each class of what is remembered is kept; `timedelta.max` is no end."""

    articles: timedelta
    alerts: timedelta
    ledger: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """How much is logged, and in which form."""

    level: LogLevel
    format: LogFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that the user may set. `file` is where it came from; None where there was none and all is default.

    There is at least one channel and one route, and every channel that a route names exists.
    """

    file: Path | None
    database: DatabaseSettings
    fetch: FetchSettings
    rules: RuleSettings
    display: DisplaySettings
    publish: PublishSettings
    web: WebSettings = WebSettings()
    retention: RetentionSettings
    log: LogSettings
    feeds: tuple[Feed, ...]
    channels: tuple[Channel, ...]
    routes: tuple[Route, ...]
    troubles: tuple[Problem, ...] = ()
    """Addresses of channels, and the secret of the links, that can't be used: told, and the rest works."""
    warnings: tuple[Problem, ...] = ()
    """What works and is probably not meant so."""
    origins: Mapping[Path_, Origin] = field(default_factory=dict, repr=False, compare=False)
    """Where a value was written, by section, number in an array, and key; a value that is not there is a default."""
