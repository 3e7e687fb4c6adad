"""`status`: what works, what does not, since when, and what to do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.output import say, say_object, say_table, style
from monitor.cli.shell import Shell, pass_shell

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.model import PollState
    from monitor.store.care import Counts
    from monitor.store.pauses import Pause

RECENTLY = timedelta(days=1)
"""How far back it tells what was hidden or broke."""
_SOUND = ("ok", "new", "off", "paused")


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
class Lost:
    """A delivery that was given up."""

    alert: str
    channel: str
    attempts: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What there is to be told: of the store, the rules, the feeds and the channels."""

    database: str
    counts: "Counts"
    rules: int
    rejected: tuple[str, ...]
    stale: tuple[str, ...]
    feeds: tuple[FeedLine, ...]
    kinds: dict[str, str]
    waiting: dict[str, int]
    lost: tuple[Lost, ...]
    hidden: int
    broken: int

    @property
    def stranded(self) -> dict[str, int]:
        """What waits for channels that are configured no more."""
        return {name: count for name, count in self.waiting.items() if name not in self.kinds}

    @property
    def is_well(self) -> bool:
        """Whether nothing needs a person."""
        is_sound = all(feed.state in _SOUND for feed in self.feeds)
        return is_sound and not (self.rejected or self.lost or self.stranded or self.broken)


@click.command()
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def command(shell: Shell, *, as_object: bool) -> int:
    """Show feeds, rules, channels and what waits. Reads alone; the daemon may be at work.

    Ends with 1 where something needs a person: a failing feed, a rejected rule, an alert that could not be
    delivered or waits for a channel that is gone, an article that could not be taken in.

    \b
    For example:
      relations-monitor status --config config.toml
    """
    config = shell.config()
    found = _looked_up(config)
    if as_object:
        say_object(_as_object(found))
    else:
        _show(found, config.display.zone)
    return 0 if found.is_well else 1


def _looked_up(config: "Config") -> Condition:
    """Raises StoreError where there is no database of this version."""
    from monitor.clock import SystemClock
    from monitor.rulebook import load_rules
    from monitor.store import care, feeds, hits, ledger, outbox, pauses
    from monitor.store.opened import Store

    url = config.database.url.reveal()
    name = _database(url)
    now = SystemClock().now()
    since = now - RECENTLY
    store = Store.open(url)
    try:
        with store.look() as work:
            last = hits.newest_pack(work)
        loaded = load_rules(config.rules.dir, with_shipped=config.rules.with_shipped, last=last)
        with store.look() as work:
            states = {state.feed: state for state in feeds.states(work)}
            rest = {name: pause for name, pause in pauses.all_of(work).items() if pause.holds(now)}
            return Condition(
                database=name,
                counts=care.counts(work),
                rules=len(loaded.pack.rules),
                rejected=tuple(str(problem) for problem in loaded.problems if not problem.is_warning),
                stale=loaded.pack.stale,
                feeds=tuple(
                    _feed(one.id, states.get(one.id), rest.get(one.id), is_enabled=one.is_enabled)
                    for one in config.feeds
                ),
                kinds={str(one.name): one.kind for one in config.channels},
                waiting={str(name): count for name, count in outbox.waiting(work).items()},
                lost=tuple(
                    Lost(alert=one.alert, channel=one.channel, attempts=one.attempts, because=because)
                    for one, because in outbox.dead_letters(work, limit=20)
                ),
                hidden=ledger.hidden_stories(work, since),
                broken=ledger.broken_articles(work, since),
            )
    finally:
        store.close()


def _database(url: str) -> str:
    """The name of the database, which is there and of this version. Raises StoreError."""
    from monitor.errors import StoreError
    from monitor.store.address import address_of
    from monitor.store.migrate import current
    from monitor.store.tables import SCHEMA

    address = address_of(url)
    schema = current(address)
    if schema is None:
        raise StoreError(f"there is no database at {address.name} yet", remedy="start `relations-monitor run` once")
    if schema != SCHEMA:
        raise StoreError(
            f"the database {address.name} has schema {schema}, this program {SCHEMA}",
            remedy="start the daemon: it upgrades",
        )
    return address.name


def _feed(name: str, state: "PollState | None", pause: "Pause | None", *, is_enabled: bool) -> FeedLine:
    """What is told of a feed; `pause` is one that holds now."""
    if is_enabled and pause is not None:
        because = f"until {pause.until:%Y-%m-%d %H:%M UTC}" if pause.until else "until it is resumed"
        last = state.last_success if state is not None else None
        return FeedLine(feed=name, state="paused", last_success=last, next_due=pause.until, because=because)
    if not is_enabled or state is None:
        return FeedLine(feed=name, state="new" if is_enabled else "off")
    word = "gone" if state.is_gone else "failing" if state.failures else "ok" if state.last_success else "new"
    return FeedLine(
        feed=name,
        state=word,
        failures=state.failures,
        last_success=state.last_success,
        next_due=state.next_due,
        because=state.last_error or state.because,
    )


def _as_object(found: Condition) -> dict[str, Any]:
    """The same as an object for programs."""
    counts = found.counts
    return {
        "is_well": found.is_well, "database": found.database, "feeds": [_fields(one) for one in found.feeds],
        "rules": found.rules, "rejected": list(found.rejected), "stale": list(found.stale),
        "waiting": found.waiting, "stranded": found.stranded,
        "dead_letters": [_fields(one) for one in found.lost], "broken_articles": found.broken,
        "hidden_stories": found.hidden, "articles": counts.articles, "hits": counts.hits, "stories": counts.stories,
        "alerts": counts.alerts,
    }  # fmt: skip


def _fields(one: FeedLine | Lost) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def _show(found: Condition, zone: tzinfo) -> None:
    """The same for a reader; what needs a person in red."""
    counts = found.counts
    held = f"articles {counts.articles}, hits {counts.hits}, stories {counts.stories}, alerts {counts.alerts}"
    say(f"{found.database}: {held}")
    mistakes = f", {len(found.rejected)} mistake{'s' if len(found.rejected) > 1 else ''}" if found.rejected else ""
    say(f"rules: {found.rules}, as the files stand now{mistakes}")
    if found.stale:
        stale = ", ".join(found.stale)
        say(style(f"stale, in force as they last were good until they are mended: {stale}", "red"))
    for line in found.rejected:
        say(f"  {style(line, 'red')}")
    say_table(("feed", "state", "last success", "next poll", "why"), [_line(one, zone) for one in found.feeds])
    listed = [(name, kind, found.waiting.get(name, 0)) for name, kind in found.kinds.items()]
    gone = [(name, "not configured", count) for name, count in found.stranded.items()]
    say_table(("channel", "kind", "waiting"), [*listed, *gone])
    if found.hidden:
        say(f"{found.hidden} stories of the last day were too old for an alert when first read: told to nobody")
    if found.broken:
        say(
            style(f"{found.broken} articles of the last day are not taken in: article_broke in the log says why", "red")
        )
    for name, count in found.stranded.items():
        say(style(f"{count} alerts wait for channel {name}: configure it again and they go out", "red"))
    for one in found.lost:
        what = f"{one.alert} to {one.channel} after {one.attempts} attempts"
        say(style(f"not delivered: {what}: {one.because}", "red"))


def _line(one: FeedLine, zone: tzinfo) -> list[str]:
    state = f"{one.state} ({one.failures} in a row)" if one.failures else one.state
    return [one.feed, state, _moment(one.last_success, zone), _moment(one.next_due, zone), one.because]


def _moment(when: datetime | None, zone: tzinfo) -> str:
    return when.astimezone(zone).strftime("%d %b %H:%M %Z") if when else "-"
