"""The condition for a reader: a line for each part, and below it only what is wrong with it and what to do."""

import sys
from collections.abc import Iterator
from datetime import datetime, tzinfo

from monitor.channels.screen import columns_of, cut
from monitor.cli.condition import SOUND, ChannelLine, Condition, FeedLine, since_of
from monitor.cli.output import NO_FEEDS, local, plain, screen_width, style

_INDENT = " " * 15
_LONGEST = 240
"""Letters of a mistake that are shown: one that names all that is missing would fill the screen."""
_SHOWN_CHANNELS = 6
"""Channels that are named though nothing is wrong with them; more are counted."""


def lines_of(found: Condition, zone: tzinfo, now: datetime) -> Iterator[str]:
    """One screen: within 80 columns and 24 lines where nothing is wrong."""
    yield from _daemon(found, zone, now)
    counts = found.counts
    held = ", ".join(
        (
            _counted(counts.articles, "article", "articles"),
            _counted(counts.hits, "hit", "hits"),
            _counted(counts.stories, "story", "stories"),
            _counted(counts.alerts, "alert", "alerts"),
        )
    )
    yield _part("database", held, is_well=True)
    yield _detail(plain(found.database))
    yield from _rules(found, zone)
    yield from _feeds(found, zone, now)
    yield from _channels(found, zone)
    yield from _alerts(found, zone)
    for one in found.ailments:
        if one.kind in ("config", "database", "daemon", "listener"):
            yield _part(one.kind, f"{plain(one.title)}, since {local(one.since, zone)}", is_well=False)
            yield _wrong(f"{plain(one.place)}: {plain(one.problem)}")
            yield _remedy(one.remedy)
    if found.is_well:
        yield style("nothing needs you", "green")


def _daemon(found: Condition, zone: tzinfo, now: datetime) -> Iterator[str]:
    line = found.daemon
    since = local(line.since, zone)
    match line.state:
        case "never":
            yield _part("daemon", "none has worked here so far", is_well=True)
            yield _detail("`relations-monitor run` starts it; `once` from cron needs none")
        case "alive":
            polled = f", feeds looked at {_ago(line.polled_at, now)}" if line.polled_at else ""
            yield _part("daemon", f"alive since {since}{polled}", is_well=True)
        case "silent":
            yield _part("daemon", f"no sign of life since {since}", is_well=False)
            yield _remedy("look at its log (`journalctl -u relations-monitor`), then start it again")
        case "stopped":
            yield _part("daemon", f"stopped since {since}: no feed is read, no alert goes out", is_well=False)
            yield _remedy("start it: `systemctl start relations-monitor`, or `relations-monitor run`")


def _rules(found: Condition, zone: tzinfo) -> Iterator[str]:
    mistakes = len(found.rejected)
    since = since_of(found.ailments, "rules")
    told = f", {mistakes} mistake{'s' if mistakes > 1 else ''}" if mistakes else ""
    known = f" since {local(since, zone)}" if mistakes and since else ""
    yield _part("rules", f"{found.rules} in force{told}{known}", is_well=not mistakes)
    if found.stale:
        names = ", ".join(found.stale)
        yield _wrong(f"stale, in force as they last were good until they are mended: {names}")
    for line in found.rejected:
        yield _wrong(cut(line, _LONGEST))
    if mistakes:
        yield _remedy("`relations-monitor rules check` shows each place; then reload")


def _feeds(found: Condition, zone: tzinfo, now: datetime) -> Iterator[str]:
    ill = found.ill_feeds
    words = [feed.state for feed in found.feeds]
    counted = ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(sorted(words)))
    due = min((feed.next_due for feed in found.feeds if feed.next_due is not None), default=None)
    soon = f"; next poll {local(due, zone)}" if due is not None else ""
    yield _part("feeds", f"{len(words)}: {counted}{soon}" if words else NO_FEEDS, is_well=not (ill or found.broken))
    for feed in ill:
        yield _wrong(_feed(feed, zone))
        yield _remedy(
            "its server says it is gone for good: give it another url, or enabled = false" if feed.state == "gone" else
            f"tried {_until(feed.next_due, now)}; `relations-monitor feeds test {plain(feed.feed)}` "
            "shows what comes"
        )  # fmt: skip
    if found.broken:
        yield _wrong(f"{found.broken} articles of the last day are not taken in")
        yield _remedy("article_broke in the log says why: a mistake of ours, please report it")


def _feed(feed: FeedLine, zone: tzinfo) -> str:
    count = f" ({feed.failures} in a row)" if feed.failures else ""
    last = f"last read {local(feed.last_success, zone)}" if feed.last_success else "never read so far"
    return f"{plain(feed.feed)}: {feed.state}{count}, {last}: {plain(feed.because)}"


def _channels(found: Condition, zone: tzinfo) -> Iterator[str]:
    waiting = sum(found.waiting.values())
    told = f"{len(found.channels)}: {waiting or 'nothing'} waiting"
    yield _part("channels", told, is_well=not (found.ill_channels or found.lost or found.stranded))
    for number, channel in enumerate(found.channels):
        if channel.state not in SOUND:
            yield _wrong(_channel(channel, zone))
            yield _remedy(
                f"mend it until `relations-monitor notify test {channel.name}` is accepted"
                if not channel.waiting
                else f"mend it; what waits goes out by itself, `alerts list --channel {channel.name}` names it"
            )
        elif number < _SHOWN_CHANNELS:
            yield _detail(_channel(channel, zone))
    if len(found.channels) > _SHOWN_CHANNELS:
        yield _detail(f"and {len(found.channels) - _SHOWN_CHANNELS} more; `channels list` has all")
    for name, count in found.stranded.items():
        yield _wrong(f"{count} alerts wait for channel {name}")
        yield _remedy("configure it again and they go out")
    for one in found.lost:
        yield _wrong(f"not delivered: {one.alert} to {one.channel} after {one.attempts} attempts: {plain(one.because)}")
        yield _remedy(f"`relations-monitor alerts resend {one.alert[:12]}` sends it once more")


def _channel(channel: ChannelLine, zone: tzinfo) -> str:
    waits = f", {channel.waiting} waiting since {local(channel.since, zone)}" if channel.waiting else ""
    answer = (
        f", {channel.outcome} {local(channel.answered_at, zone)}: {plain(channel.said)}" if channel.answered_at else ""
    )
    return f"{channel.name} ({channel.kind}): {channel.state}{waits}{answer or ', nothing sent so far'}"


def _alerts(found: Condition, zone: tzinfo) -> Iterator[str]:
    hidden = f"; {found.hidden} stories of the last day were too old for one when read" if found.hidden else ""
    last = "the last" if found.last_alerts else "none yet"
    yield _part("alerts", f"{last}{hidden}", is_well=True)
    for one in found.last_alerts:
        yield _detail(f"{local(one.raised_at, zone)} {one.severity} {plain(one.title)} -> {one.channel}: {one.state}")


# --- lines ------------------------------------------------------------------------------------------------------------


def _part(name: str, told: str, *, is_well: bool) -> str:
    mark = style("ok  ", "green") if is_well else style("FAIL", "red")
    return f"{mark} {style(f'{name:<9}', 'bold')} {_fitted(told, 15)}"


def _detail(told: str) -> str:
    return _INDENT + _fitted(told, len(_INDENT))


def _wrong(told: str) -> str:
    return _INDENT + style(told, "red")


def _remedy(told: str) -> str:
    return f"{_INDENT}-> {told}"


def _fitted(told: str, before: int) -> str:
    """What is in order takes one line of a terminal; in a file, and where something is wrong, nothing is cut."""
    width = screen_width() - before
    if not sys.stdout.isatty() or columns_of(told) <= width:
        return told
    kept = cut(told, width)
    while columns_of(kept) > width:  # wide letters take two columns
        kept = cut(kept, len(kept) - 1)
    return kept


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _ago(when: datetime, now: datetime) -> str:
    seconds = max(int((now - when).total_seconds()), 0)
    return f"{seconds} s ago" if seconds < 120 else f"{seconds // 60} min ago" if seconds < 7200 else "hours ago"


def _until(when: datetime | None, now: datetime) -> str:
    if when is None:
        return "never"
    seconds = int((when - now).total_seconds())
    return "at the next look" if seconds <= 0 else f"in {seconds // 60 + 1} min"
