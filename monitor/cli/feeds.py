"""`relations-monitor feeds`: list the feeds, add to them, try one, let one rest, exchange them as OPML."""

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.feeds_test import test
from monitor.cli.output import NO_FEEDS, note, plain, say, say_objects, say_table
from monitor.cli.shell import Shell, pass_shell
from monitor.errors import InputError, MonitorError, StoreError, UsageError

if TYPE_CHECKING:  # at run time it is read late: `--help` needs none of it
    from monitor.config import Config
    from monitor.feeds.opml import Outline
    from monitor.model import Feed, FeedId, PollState
    from monitor.store.pauses import Pause

_OURS = ("id", "kind", "every", "outlet", "lang", "zone", "country", "enabled")
"""Keys of a feed that an OPML list carries in attributes of ours."""


@click.group()
def command() -> None:
    """List the feeds, add to them, try one, let one rest, exchange them as OPML.

    \b
    For example:
      relations-monitor feeds list
    """


command.add_command(test)


# --- list -------------------------------------------------------------------------------------------------------------


@command.command("list")
@click.option("--json", "as_objects", is_flag=True, help="Print one JSON object a feed instead.")
@pass_shell
def list_(shell: Shell, *, as_objects: bool) -> None:
    """List the configured feeds and how each of them does.

    \b
    For example:
      relations-monitor feeds list
      relations-monitor feeds list --json
    """
    from monitor.clock import SystemClock

    config = shell.config()
    states, pauses = _remembered(shell, config)
    now = SystemClock().now()
    rows = [_row(feed, states.get(feed.id), pauses.get(feed.id), now) for feed in config.feeds]
    if as_objects:
        say_objects(rows)
        return
    zone = config.display.zone

    def moment(when: datetime | None) -> str:
        return when.astimezone(zone).strftime("%d %b %H:%M %Z") if when else "-"

    columns = ("feed", "state", "last success", "next poll", "why", "title")
    say_table(
        columns,
        [
            (
                row["id"],
                row["state"],
                moment(row["last_success"]),
                moment(row["next_due"]),
                row["because"],
                row["title"],
            )
            for row in rows
        ],
    )
    if not rows:
        note(NO_FEEDS)


def _remembered(shell: Shell, config: "Config") -> "tuple[Mapping[FeedId, PollState], Mapping[FeedId, Pause]]":
    """What the database knows of the feeds; nothing where there is none yet."""
    from monitor.store import feeds, pauses

    try:
        with contextlib.closing(shell.store(config)) as store, store.look() as work:
            return {state.feed: state for state in feeds.states(work)}, pauses.all_of(work)
    except StoreError as error:
        note(f"without what is remembered: {error}")
        return {}, {}


def _row(feed: "Feed", state: "PollState | None", pause: "Pause | None", now: datetime) -> dict[str, Any]:
    from monitor.config.addresses import hide_feed_address

    is_paused = pause is not None and pause.holds(now)
    because = (state.last_error or state.because) if state is not None else ""
    if is_paused and pause is not None:
        because = f"paused until {pause.until.isoformat(timespec='minutes')}" if pause.until else "paused until resumed"
    return {
        "id": feed.id, "url": hide_feed_address(feed.url), "title": feed.title, "kind": feed.kind,
        "outlet": feed.outlet, "lang": feed.lang, "zone": feed.zone, "country": feed.country,
        "every": feed.every.total_seconds(), "tags": list(feed.tags), "enabled": feed.is_enabled,
        "state": _word(feed, state, is_paused=is_paused), "failures": state.failures if state else 0,
        "last_success": state.last_success if state else None, "next_due": state.next_due if state else None,
        "because": because, "paused": is_paused, "paused_until": pause.until if pause and is_paused else None,
    }  # fmt: skip


def _word(feed: "Feed", state: "PollState | None", *, is_paused: bool) -> str:
    if not feed.is_enabled:
        return "off"
    if is_paused:
        return "paused"
    if state is None:
        return "new"
    return "gone" if state.is_gone else "failing" if state.failures else "ok" if state.last_success else "new"


# --- add --------------------------------------------------------------------------------------------------------------


@command.command()
@click.argument("url")
@click.option("--id", "id_", metavar="ID", help="The name under which the database remembers it.")
@click.option("--title", help="Its name as people read it.")
@click.option("--outlet", help="Who publishes it.")
@click.option("--lang", help="The language of articles where it names none, such as ko.")
@click.option("--zone", help="The time zone of dates that name none, such as Asia/Seoul.")
@click.option("--country", help="The country whose clock is meant by words such as CST, as KR.")
@click.option("--every", help="How often it is asked, such as 10m.")
@click.option("--tag", "tags", multiple=True, help="A word to sort it by; may be given several times.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@pass_shell
def add(
    shell: Shell, /, *, url: str, id_: str | None, tags: tuple[str, ...], dry_run: bool, **said: str | None
) -> None:
    """Add the feed at URL to config.d/feeds.toml, beside the configuration file.

    Nothing is written unless the whole configuration is right with it. What is watched already stays as it is.

    \b
    For example:
      relations-monitor feeds add https://www.koreaherald.com/rss/newsAll --lang en --zone Asia/Seoul
    """
    config = shell.config()
    known = _known(config, url.strip(), id_ or "")
    if known is not None:
        say(f"{known.id}: watched already, nothing changed")
        return
    table: dict[str, object] = {"url": url.strip(), "id": id_, "tags": list(tags), **said}
    _put(shell, [table] if id_ else _with_ids([table], config), is_dry=dry_run)


def _known(config: "Config", url: str, name: str) -> "Feed | None":
    """The feed that is meant, if it is configured: by its address, or by its id where only secrets are left out."""
    from monitor.config.addresses import open_feed_address

    for feed in config.feeds:
        if feed.url == url or (feed.id == name and open_feed_address(feed.url) == url):
            return feed
    return None


def _put(shell: Shell, feeds: Sequence[Mapping[str, object]], *, is_dry: bool) -> None:
    from monitor.config.addresses import hide_feed_address
    from monitor.config.feeds_file import alone, path_of, with_feeds, write

    found = shell.find()
    path = path_of(found)
    with alone(found):
        text = with_feeds(found, os.environ, feeds)
        if not is_dry:
            write(found, text)
    did = "would be added" if is_dry else "added"
    for feed in feeds:
        say(f"{plain(hide_feed_address(str(feed['url'])))}: {did}")
    say(f"{path}: {_count(len(feeds))} {did}")
    if not is_dry:
        note(
            "the daemon takes it up at its next start or reload; `relations-monitor feeds test URL` shows what it gives"
        )


def _count(number: int) -> str:
    return f"{number} feed" if number == 1 else f"{number} feeds"


# --- rest -------------------------------------------------------------------------------------------------------------


@command.command()
@click.argument("feed")
@click.option("--until", metavar="WHEN",
              help="A moment such as 2026-12-01T08:00, or how long: 12h, 3d; left out, until resumed.")  # fmt: skip
@pass_shell
def pause(shell: Shell, feed: str, until: str | None) -> None:
    """Let FEED rest: it is not asked until then, and keeps what is remembered of it.

    A moment without an offset is meant in the time zone of [display].

    \b
    For example:
      relations-monitor feeds pause bbc-world --until 12h
    """
    from monitor.clock import SystemClock
    from monitor.store import pauses

    config, now = shell.config(), SystemClock().now()
    one = _named(config, feed)
    end = _moment(until, now, config) if until else None
    with contextlib.closing(shell.store(config)) as store, store.work() as work:
        pauses.put(work, one.id, until=end, now=now)
    told = f"until {end.astimezone(config.display.zone):%d %b %Y %H:%M %Z}" if end else "until it is resumed"
    say(f"{one.id}: paused {told}")


@command.command()
@click.argument("feed")
@pass_shell
def resume(shell: Shell, feed: str) -> None:
    """Ask FEED again that was paused; it is due at once if it was due meanwhile.

    \b
    For example:
      relations-monitor feeds resume bbc-world
    """
    from monitor.store import pauses

    config = shell.config()
    one = _named(config, feed)
    with contextlib.closing(shell.store(config)) as store, store.work() as work:
        was_paused = pauses.end(work, one.id)
    say(f"{one.id}: {'resumed' if was_paused else 'was not paused'}")


def _named(config: "Config", name: str) -> "Feed":
    """The feed of that id or address. Raises UsageError with a guess."""
    from monitor.toml import closest

    for feed in config.feeds:
        if name in (feed.id, feed.url):
            return feed
    near = closest(name, (feed.id for feed in config.feeds))
    guess = f" (did you mean {near}?)" if near else ""
    raise UsageError(f"there is no feed {name}{guess}", remedy="see `relations-monitor feeds list`")


def _moment(text: str, now: datetime, config: "Config") -> datetime:
    """The moment that a person means, in the future. Raises UsageError."""
    from monitor.config.kinds import WrongError, duration_of

    try:
        return now + duration_of(text)
    except (WrongError, OverflowError):
        pass
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is no moment", remedy="write 2026-12-01, 2026-12-01T08:00 or 90m, 12h, 3d"
        ) from None
    meant = said if said.tzinfo else said.replace(tzinfo=config.display.zone)
    if meant <= now:
        raise UsageError(f"{text!r} is over", remedy="name a moment that is to come")
    return meant


# --- OPML -------------------------------------------------------------------------------------------------------------


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@pass_shell
def import_(shell: Shell, file: Path, *, dry_run: bool) -> int:
    """Add the feeds of an OPML list (FILE, or - for standard input) to config.d/feeds.toml.

    Folders become tags. What is watched already stays as it is, so a second import changes nothing. What is no feed
    is named on standard error, and it ends with 1.

    \b
    For example:
      relations-monitor feeds import feeds.opml --dry-run
    """
    from monitor.feeds import opml

    try:
        body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} can't be read: {(error.strerror or str(error)).lower()}") from None
    try:
        outlines, complaints = opml.read(body)
    except opml.OpmlError as error:
        raise InputError(f"{file}: {error}") from None
    for complaint in complaints:
        note(f"{file}: {plain(complaint)}")
    config = shell.config()
    fresh = [one for one in outlines if _known(config, one.url, one.ours.get("id", "")) is None]
    if fresh:
        _put(shell, _with_ids([_table(one) for one in fresh], config), is_dry=dry_run)
    known = len(outlines) - len(fresh)
    if known or not fresh:
        say(f"{_count(known)} watched already, nothing changed")
    return 1 if complaints else 0


def _table(outline: "Outline") -> dict[str, object]:
    """The keys of a feed that an outline means."""
    from monitor.config.kinds import LANGUAGE, WrongError

    table: dict[str, object] = {"url": outline.url, "title": outline.title.strip(), "tags": list(outline.tags)}
    table |= {name: value for name, value in outline.ours.items() if name in _OURS}
    if "enabled" in table:
        table["enabled"] = table["enabled"] != "false"
    if "lang" not in table and (said := outline.attributes.get("language", "")):
        try:
            table["lang"] = LANGUAGE.read(said)
        except WrongError:
            note(plain(f"{outline.title or outline.url}: the language {said!r} is no code and was only kept"))
    kept = dict(outline.attributes)
    if kept.get("type") == "rss":
        del kept["type"]
    return {**table, "opml": kept}


def _with_ids(tables: Sequence[dict[str, object]], config: "Config") -> Sequence[dict[str, object]]:
    """The same, each with an id that no other feed has: addresses that differ in their query alone would share one."""
    from monitor.config.addresses import feed_slug

    taken = {str(feed.id) for feed in config.feeds}
    for table in tables:
        wanted = str(table.get("id") or feed_slug(str(table["url"])))[:190]
        free, number = wanted, 2
        while free in taken:
            free, number = f"{wanted}-{number}", number + 1
        taken.add(free)
        if table.get("id") or free != wanted:
            table["id"] = free
    return tables


@command.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("--with-secrets", is_flag=True, help="Write user, password and tokens of addresses too.")
@pass_shell
def export(shell: Shell, file: Path | None, *, with_secrets: bool) -> None:
    """Write the feeds as an OPML list, to FILE or standard output: their tags as folders, settings of ours in rm:.

    \b
    For example:
      relations-monitor feeds export feeds.opml
    """
    from monitor.config.addresses import open_feed_address
    from monitor.feeds import opml

    config = shell.config()
    bare = 0
    outlines = []
    for feed in config.feeds:
        url = feed.url if with_secrets else open_feed_address(feed.url)
        bare += url != feed.url
        outlines.append(_outline(feed, url, config))
    text = opml.written(outlines, title="Feeds of relations-monitor")
    if file is None or str(file) == "-":
        say(text.removesuffix("\n"))
    else:
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise MonitorError(f"{file} can't be written: {(error.strerror or str(error)).lower()}") from None
        say(f"{file}: {_count(len(outlines))}")
    if bare:
        note(f"{_count(bare)} written without user, password or token; --with-secrets writes them")


def _outline(feed: "Feed", url: str, config: "Config") -> "Outline":
    """A feed as an outline, with what is not the default in attributes of ours."""
    from monitor.config.show import duration_text
    from monitor.feeds.opml import Outline

    said = {
        "id": feed.id, "kind": feed.kind if feed.kind != "rss" else "",
        "every": duration_text(feed.every) if feed.every != config.fetch.every else "",
        "outlet": feed.outlet if feed.outlet != feed.title else "", "lang": feed.lang, "zone": feed.zone,
        "country": feed.country, "enabled": "" if feed.is_enabled else "false",
    }  # fmt: skip
    title = feed.title if feed.title != feed.id else ""
    ours = {name: value for name, value in said.items() if value}
    return Outline(url=url, title=title, tags=feed.tags, attributes=dict(feed.opml), ours=ours)
