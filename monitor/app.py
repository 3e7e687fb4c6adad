"""The composition root: Config + Clock -> App, every part wired, each by its constructor."""

from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self, TextIO

from monitor import log
from monitor.alerts.links import Signer
from monitor.channels.addresses import AddressError
from monitor.channels.kinds import KINDS, kind_of
from monitor.channels.send import Sender
from monitor.clock import Clock
from monitor.config import Config, FetchSettings
from monitor.errors import ConfigError, Problem
from monitor.facts import Attempted, Fact
from monitor.feeds.fetch import Fetcher
from monitor.http import Client, Limits
from monitor.model import Channel, ChannelName, Feed, FeedId, Route
from monitor.pipeline import Pipeline
from monitor.publish.folder import Place, Publisher
from monitor.rulebook import LoadedRules, load_rules
from monitor.rules.actors import Actors
from monitor.store import feeds as feed_rows
from monitor.store import hits as hit_rows
from monitor.store import outbox
from monitor.store.address import address_of
from monitor.store.engine import check, claim_database
from monitor.store.opened import Store
from monitor.store.prune import Retention
from monitor.watch import Watch
from monitor.worker import is_gone, worker_name

Reread = Callable[[], Config]
"""Reads the configuration as it stands now; raises ConfigError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The way in: what asks feeds, made for the settings of one configuration, and closed as a whole."""

    settings: FetchSettings
    fetcher: Fetcher
    opened: ExitStack


class App:
    """Every part, wired. A face (daemon, demo, a command) uses those it needs; `close` ends what was opened.

    `reload` puts others in place of most parts. Whoever works takes `pipeline` once for a piece of work, and
    finishes that with what it took.
    """

    def __init__(
        self, config: Config, clock: Clock, *, is_daemon: bool, worker: str, console: TextIO | None = None
    ) -> None:
        self.clock = clock
        self.worker = worker
        self._console = console
        self._listeners: list[Callable[[Fact], None]] = [_logged]
        self._unwritten: dict[ChannelName, list[Attempted]] = {}
        self._retired: list[Doors] = []
        with ExitStack() as opened:
            url = config.database.url.reveal()
            if is_daemon:
                opened.enter_context(claim_database(address_of(url)))
                check(address_of(url))
            self.store = Store.open(url)
            opened.callback(self.store.close)
            self._doors = _doors(config, clock)
            opened.callback(self._close_doors)
            self._take_up(config, self._rules_as_they_are(config), self._doors)
            self.publisher = Publisher(
                self.store,
                clock,
                place=lambda: published_at(self.config),
                names=lambda: self.rules.ruleset.names,
                zone=lambda: self.config.display.zone,
            )
            self.listen(self.publisher.hear)
            if is_daemon:
                self._release_the_dead()
            self._introduce(self.config, self.rules)
            self._opened = opened.pop_all()

    def reload(self, reread: Reread | None = None) -> tuple[Problem, ...]:
        """Put the configuration and the rules as they stand now in force; gives what is wrong with the configuration.

        All is built aside and then swapped: until then, and where it fails, what was in force stays. A configuration
        that can't be used leaves the one in force; the rules are read all the same, and what is wrong with them is in
        `rules`. Another database needs a restart; that is logged, and the old one stays. Raises StoreError.
        """
        config, mistakes = self.config, tuple[Problem, ...]()
        try:
            config = reread() if reread is not None else config
        except ConfigError as error:
            mistakes = error.problems
        if config.database.url.reveal() != self.config.database.url.reveal():
            log.get().warning(
                "setting_kept", setting="database.url", remedy="restart the daemon to let it work on that database"
            )
            config = replace(config, database=self.config.database)
        rules = self._rules_as_they_are(config)
        self._introduce(config, rules)
        before, doors = self._doors, self._doors
        if config.fetch != before.settings:
            doors = _doors(config, self.clock)
        self._take_up(config, rules, doors)
        if doors is not before:
            self._doors = doors
            self._retired.append(before)
        return tuple(dict.fromkeys(mistakes + config.troubles))

    def close_retired(self) -> None:
        """Close what a reload put out of use; called by the one thread that polls, between two rounds."""
        while self._retired:
            self._retired.pop().opened.close()

    def _take_up(self, config: Config, rules: LoadedRules, doors: Doors) -> None:
        """Put these parts in force."""
        feeds: Mapping[FeedId, Feed] = {feed.id: feed for feed in config.feeds}
        channels: Mapping[ChannelName, Channel] = {channel.name: channel for channel in config.channels}
        recipients = {name: recipients_of(channel) for name, channel in channels.items()}
        sender = Sender(config.channels, console=self._console)
        self.pipeline = Pipeline(
            store=self.store,
            fetcher=doors.fetcher,
            ruleset=lambda: rules.ruleset,
            sender=sender,
            clock=self.clock,
            worker=self.worker,
            feeds=feeds,
            routes=routes_of(config, rules.ruleset.actors),
            channels=channels,
            recipients=recipients,
            zone=config.display.zone,
            observe=self.observe,
            signer=signer_of(config),
            unwritten=self._unwritten,
        )
        self.watch = Watch(
            store=self.store,
            sender=sender,
            clock=self.clock,
            feeds=feeds,
            channels=channels,
            recipients=recipients,
            zone=config.display.zone,
            observe=self.observe,
        )
        self.config, self.rules, self.feeds, self.channels, self.sender = config, rules, feeds, channels, sender

    def _close_doors(self) -> None:
        self.close_retired()
        self._doors.opened.close()

    def listen(self, listener: Callable[[Fact], None]) -> None:
        """Let somebody look on at what the pipeline does."""
        self._listeners.append(listener)

    def publish(self) -> None:
        """Bring the published feeds of alerts up to date, where there is anything new. Raises StoreError."""
        fact = self.publisher.catch_up()
        if fact is not None:
            self.observe(fact)

    def summary(self) -> str:
        """One line for the service manager and the log."""
        with self.store.look() as work:
            waiting = sum(outbox.waiting(work).values())
            failing = sum(1 for state in feed_rows.states(work) if state.failures and state.feed in self.feeds)
        return f"feeds {len(self.feeds)}, failing {failing}; deliveries waiting {waiting}"

    def stranded(self) -> Mapping[ChannelName, int]:
        """How many deliveries wait for channels that are configured no more; they go out once one is back."""
        return self._waiting_beside(self.channels)

    def release(self) -> None:
        """Give back every lease of this worker, so that the next start takes them up at once."""
        with self.store.work() as work:
            feed_rows.release(work, self.worker)
            outbox.release(work, self.worker)

    def close(self) -> None:
        """Close what was opened, in reverse order."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _release_the_dead(self) -> None:
        """Give back what killed workers held, for a daemon that starts: it is then taken up at once.

        A file has one daemon, so everybody else is gone. On a shared database that can be known of this machine's
        processes alone; the leases of others run out.
        """
        with self.store.work() as work:
            for holder in feed_rows.holders(work) | outbox.holders(work):
                if not self.store.address.is_shared or holder == self.worker or is_gone(holder):
                    feed_rows.release(work, holder)
                    outbox.release(work, holder, is_gone=True)

    def _rules_as_they_are(self, config: Config) -> LoadedRules:
        """The rules from the files; what is broken there as it was when it was last in force."""
        with self.store.look() as work:
            last = hit_rows.newest_pack(work)
        rules = config.rules
        return load_rules(rules.dir, with_shipped=rules.with_shipped, names_in=config.display.language, last=last)

    def _introduce(self, config: Config, rules: LoadedRules) -> None:
        """Tell the store which feeds and rules are in force, and the log what was wrong with the rules."""
        now = self.clock.now()
        for problem in rules.problems:
            if not problem.is_warning:
                log.get().warning("rule_rejected", place=str(problem.place), owner=problem.owner, because=str(problem))
        for trouble in config.troubles:
            if trouble.owner == "links":
                log.get().warning(
                    "links_unusable", place=str(trouble.place), because=trouble.because, remedy=trouble.expected
                )
                continue
            place, because = str(trouble.place), trouble.because
            remedy = "mend its address in the configuration; what waits for it then goes out"
            log.get().warning(
                "channel_unusable",
                place=place,
                channel=trouble.owner.removeprefix("channel "),
                because=because,
                remedy=remedy,
            )
        pack = rules.pack
        with self.store.work() as work:
            for channel in config.channels:
                if not channel.trouble:
                    outbox.name_recipients(work, channel.name, recipients_of(channel))
            feed_rows.register(work, config.feeds, now)
            digests = {rule.id: rule.digest for rule in pack.rules}
            hit_rows.remember_rules(work, pack.digest, pack.blob, digests, now)
        names = {channel.name for channel in config.channels}
        for name, count in self._waiting_beside(names).items():
            log.get().warning("deliveries_stranded", channel=name, waiting=count, remedy="configure that channel again")
        if rules.past_ignored:
            log.get().warning("last_rules_ignored", because=rules.past_ignored)
        stale = {"stale": list(pack.stale)} if pack.stale else {}
        log.get().info("rules_loaded", rules=len(digests), digest=pack.digest[:12], **stale)

    def _waiting_beside(self, names: Collection[ChannelName]) -> dict[ChannelName, int]:
        with self.store.look() as work:
            return {name: count for name, count in outbox.waiting(work).items() if name not in names}

    def observe(self, fact: Fact) -> None:
        """Tell everybody who looks on that something happened."""
        for listener in self._listeners:
            listener(fact)


def build(config: Config, clock: Clock, *, is_daemon: bool = False, console: TextIO | None = None) -> App:
    """Construct every part. `is_daemon` makes this process the one that works on the database.

    Alerts for the terminal go to `console`, standard output if left out.

    Raises StoreError for a database that can't be used, AlreadyRunningError for one that has its daemon.
    """
    return App(config, clock, is_daemon=is_daemon, worker=worker_name(), console=console)


def routes_of(config: Config, actors: Actors) -> tuple[Route, ...]:
    """The routes with the parties that they name as codes: a code, the id of an actor, or of a group for its members.

    A name that the rule files do not know stays as it is: it may be the code of an actor that only old hits name.
    """
    return tuple(
        replace(route, parties=frozenset(code for name in route.parties for code in codes_of(name, actors)))
        if route.parties
        else route
        for route in config.routes
    )


def codes_of(name: str, actors: Actors) -> frozenset[str]:
    """The codes that a name stands for: of the members of a group, of an actor, or itself."""
    ids = actors.groups.get(name.lower(), (name.lower(),))
    found = frozenset(str(actors.whole(actors.by_id[one]).code) for one in ids if one in actors.by_id)
    return found or frozenset({name.upper()})


def recipients_of(channel: Channel) -> tuple[str, ...]:
    """Whom one alert on a channel goes to, a delivery each; ("",) where the kind of channel knows nobody by name."""
    try:
        return KINDS[kind_of(channel.url)].recipients(channel.url)
    except AddressError:  # told with the configuration; what is for it waits without a name
        return ("",)


def signer_of(config: Config) -> Signer | None:
    """What makes the links by which readers answer; None where they are off."""
    web = config.web
    if not web.is_on or web.secret is None:
        return None
    return Signer(public_url=web.public_url, secret=web.secret.reveal())


def published_at(config: Config) -> Place | None:
    """Where the feeds of alerts go; None where the configuration names no folder."""
    wanted = config.publish
    if wanted.dir is None:
        return None
    return Place(folder=wanted.dir, limit=wanted.limit, title=wanted.title, url=wanted.url)


def retention_of(config: Config) -> Retention:
    """How long what is remembered is kept."""
    kept = config.retention
    return Retention(articles=kept.articles, alerts=kept.alerts, ledger=kept.ledger)


def client_of(config: Config, clock: Clock) -> Client:
    """What asks feeds as the configuration says; to be closed at the end."""
    return Client(
        clock=clock,
        allow=[f"{host}:{port}" for host, port in sorted(config.fetch.allow)],
        limits=Limits(total=config.fetch.timeout, body_bytes=config.fetch.size_limit_bytes),
        connections=config.fetch.threads,
        user_agent=config.fetch.user_agent,
    )


def _doors(config: Config, clock: Clock) -> Doors:
    with ExitStack() as opened:
        client = opened.enter_context(client_of(config, clock))
        fetcher = opened.enter_context(Fetcher(client, threads=config.fetch.threads))
        return Doors(settings=config.fetch, fetcher=fetcher, opened=opened.pop_all())


def _logged(fact: Fact) -> None:
    """Write a fact to the log: trouble as a warning, an error of ours with its traceback."""
    logger = log.get()
    if fact.error is not None:
        logger.error(fact.event, **fact.values, exc_info=fact.error)
    elif fact.is_trouble:
        logger.warning(fact.event, **fact.values)
    else:
        logger.info(fact.event, **fact.values)
