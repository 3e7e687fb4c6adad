"""The composition root: Config + Clock -> App, every part wired, each by its constructor."""

import os
import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Self, TextIO

from monitor import log
from monitor.channels.kinds import KINDS, kind_of
from monitor.channels.send import Sender
from monitor.clock import Clock
from monitor.config import Config
from monitor.facts import Fact
from monitor.feeds.fetch import Fetcher
from monitor.http import Client, Limits
from monitor.model import Channel, ChannelName, Feed, FeedId
from monitor.pipeline import Pipeline
from monitor.publish.folder import Place, Publisher
from monitor.rulebook import LoadedRules, load_rules
from monitor.store import feeds as feed_rows
from monitor.store import hits as hit_rows
from monitor.store import outbox
from monitor.store.engine import claim_database, database_path
from monitor.store.opened import Store


class App:
    """Every part, wired. A face (daemon, demo, a command) uses those it needs; `close` ends what was opened."""

    def __init__(
        self, config: Config, clock: Clock, *, is_daemon: bool, worker: str, console: TextIO | None = None
    ) -> None:
        self.config = config
        self.clock = clock
        self.worker = worker
        self._listeners: list[Callable[[Fact], None]] = [_logged]
        with ExitStack() as opened:
            url = config.database.url.reveal()
            if is_daemon:
                opened.enter_context(claim_database(database_path(url)))
            self.store = Store.open(url)
            opened.callback(self.store.close)
            self.rules = self._rules_as_they_are()
            self.feeds: Mapping[FeedId, Feed] = {feed.id: feed for feed in config.feeds}
            self.channels: Mapping[ChannelName, Channel] = {channel.name: channel for channel in config.channels}
            self.client = opened.enter_context(_client(config, clock))
            self.fetcher = opened.enter_context(Fetcher(self.client, threads=config.fetch.threads))
            self.sender = Sender(config.channels, console=console)
            self.pipeline = self._pipeline()
            self.publisher = Publisher(
                self.store,
                clock,
                place=lambda: published_at(self.config),
                names=lambda: self.rules.ruleset.names,
                zone=lambda: self.config.display.zone,
            )
            self.listen(self.publisher.hear)
            if is_daemon:
                self.release(everybody=True)
            self._introduce()
            self._opened = opened.pop_all()

    def listen(self, listener: Callable[[Fact], None]) -> None:
        """Let somebody look on at what the pipeline does."""
        self._listeners.append(listener)

    def publish(self) -> None:
        """Bring the published feeds of alerts up to date, where there is anything new. Raises StoreError."""
        fact = self.publisher.catch_up()
        if fact is not None:
            self._observe(fact)

    def summary(self) -> str:
        """One line for the service manager and the log."""
        with self.store.look() as work:
            waiting = sum(outbox.waiting(work).values())
            failing = sum(1 for state in feed_rows.states(work) if state.failures and state.feed in self.feeds)
        return f"feeds {len(self.feeds)}, failing {failing}; deliveries waiting {waiting}"

    def stranded(self) -> Mapping[ChannelName, int]:
        """How many deliveries wait for channels that are configured no more; they go out once one is back."""
        with self.store.look() as work:
            return {name: count for name, count in outbox.waiting(work).items() if name not in self.channels}

    def release(self, *, everybody: bool = False) -> None:
        """Give back every lease of this worker, so that the next start takes them up at once.

        `everybody`: of all workers, for a daemon that starts, and by its claim on the database is the only one;
        what a killed one held is then taken up at once.
        """
        worker = None if everybody else self.worker
        with self.store.work() as work:
            feed_rows.release(work, worker)
            outbox.release(work, worker)

    def close(self) -> None:
        """Close what was opened, in reverse order."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _pipeline(self) -> Pipeline:
        return Pipeline(
            store=self.store,
            fetcher=self.fetcher,
            ruleset=lambda: self.rules.ruleset,
            sender=self.sender,
            clock=self.clock,
            worker=self.worker,
            feeds=self.feeds,
            routes=self.config.routes,
            channels=self.channels,
            recipients={name: recipients_of(channel) for name, channel in self.channels.items()},
            zone=self.config.display.zone,
            observe=self._observe,
        )

    def _rules_as_they_are(self) -> LoadedRules:
        """The rules from the files; what is broken there as it was when it was last in force."""
        with self.store.look() as work:
            last = hit_rows.newest_pack(work)
        rules = self.config.rules
        return load_rules(
            rules.dir, with_shipped=rules.with_shipped, names_in=self.config.display.language, last=last
        )  # fmt: skip

    def _introduce(self) -> None:
        """Tell the store which feeds and rules are in force, and the log what was wrong with the rules."""
        now = self.clock.now()
        for problem in self.rules.problems:
            if not problem.is_warning:
                log.get().warning("rule_rejected", place=str(problem.place), owner=problem.owner, because=str(problem))
        with self.store.work() as work:
            feed_rows.register(work, self.config.feeds, now)
            digests = {rule.id: rule.digest for rule in self.rules.pack.rules}
            hit_rows.remember_rules(work, self.rules.pack.digest, self.rules.pack.blob, digests, now)
        for name, count in self.stranded().items():
            log.get().warning("deliveries_stranded", channel=name, waiting=count, remedy="configure that channel again")
        if self.rules.past_ignored:
            log.get().warning("last_rules_ignored", because=self.rules.past_ignored)
        pack = self.rules.pack
        stale = {"stale": list(pack.stale)} if pack.stale else {}
        log.get().info("rules_loaded", rules=len(digests), digest=pack.digest[:12], **stale)

    def _observe(self, fact: Fact) -> None:
        for listener in self._listeners:
            listener(fact)


def build(config: Config, clock: Clock, *, is_daemon: bool = False, console: TextIO | None = None) -> App:
    """Construct every part. `is_daemon` makes this process the one that works on the database.

    Alerts for the terminal go to `console`, standard output if left out.

    Raises StoreError for a database that can't be used, AlreadyRunningError for one that has its daemon.
    """
    worker = f"{socket.gethostname()}:{os.getpid()}"
    return App(config, clock, is_daemon=is_daemon, worker=worker, console=console)


def recipients_of(channel: Channel) -> tuple[str, ...]:
    """Whom one alert on a channel goes to, a delivery each; ("",) where the kind of channel knows nobody by name."""
    return KINDS[kind_of(channel.url)].recipients(channel.url)


def published_at(config: Config) -> Place | None:
    """Where the feeds of alerts go; None where the configuration names no folder."""
    wanted = config.publish
    if wanted.dir is None:
        return None
    return Place(folder=wanted.dir, limit=wanted.limit, title=wanted.title, url=wanted.url)


def _client(config: Config, clock: Clock) -> Client:
    limits = Limits(total=config.fetch.timeout, body_bytes=config.fetch.size_limit_bytes)
    return Client(
        clock=clock,
        allow=[f"{host}:{port}" for host, port in sorted(config.fetch.allow)],
        limits=limits,
        connections=config.fetch.threads,
        user_agent=config.fetch.user_agent,
    )


def _logged(fact: Fact) -> None:
    """Write a fact to the log: trouble as a warning, an error of ours with its traceback."""
    logger = log.get()
    if fact.error is not None:
        logger.error(fact.event, **fact.values, exc_info=fact.error)
    elif fact.is_trouble:
        logger.warning(fact.event, **fact.values)
    else:
        logger.info(fact.event, **fact.values)
