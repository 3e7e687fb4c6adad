"""What is wrong with the monitor itself, from what is known of its parts: one function a kind of trouble.

Pure. Whether anybody is told is `alerts.operator`'s to say.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.alerts.wording import cut
from monitor.errors import Problem
from monitor.model import ChannelName, Feed, PollState
from monitor.trouble import ChannelHealth, KnownTrouble, Life, Trouble

FAILURES = 4
"""Polls in a row that a feed may fail before it is a trouble. With back-off from five minutes that is half an hour:
what passes sooner, such as a restart of the server, needs nobody."""
ATTEMPTS = 3
"""Attempts after which a delivery that still waits makes its channel a trouble: some three minutes."""
ALL = "feed:"
"""The key of the trouble that no feed answers: no feed has an empty id."""
SHOWN = 3
"""Mistakes of one file that are told in full; the rest is counted."""
LENGTH = 300
"""Characters of what another side said: it is untrusted, and may be a page."""


def feed_troubles(
    feeds: Iterable[Feed], states: Mapping[str, PollState], known: Mapping[str, KnownTrouble]
) -> list[Trouble]:
    """The feeds that are gone or have failed for a streak; one trouble in their place where no feed answers at all.

    That one ends when half of the feeds answer again, so that a network coming back, feed by feed, does not end it
    and name every feed whose turn has not come. Those told singly before stay what they are (`known`).
    """
    enabled = [feed for feed in feeds if feed.is_enabled]
    ill = [feed for feed in enabled if (state := states.get(feed.id)) and state.failures]
    failing = [(feed, state) for feed in ill if _is_failing(state := states[feed.id])]
    were_all = ALL in known and known[ALL].is_open
    if failing and len(enabled) > 1 and (len(ill) == len(enabled) or (were_all and len(ill) * 2 > len(enabled))):
        singly = [_feed_trouble(*one) for one in failing]
        return [
            *(one for one in singly if one.key in known and known[one.key].is_open),
            Trouble(
                key=ALL,
                title="No feed answers",
                place=f"all {len(enabled)} feeds",
                problem=f"Every feed fails, the first with: {_said(failing[0][1].last_error)}.",
                remedy="look at this machine's network, name server and proxy, and at its clock",
            ),
        ]
    return [_feed_trouble(*one) for one in failing]


def _is_failing(state: PollState) -> bool:
    return state.is_gone or state.failures >= FAILURES


def _feed_trouble(feed: Feed, state: PollState) -> Trouble:
    if state.is_gone:
        return Trouble(
            key=f"feed:{feed.id}",
            title=f"Feed {_said(feed.title)} is gone",
            place=f"feed {feed.id}",
            problem=f"Its server says that it is gone for good and it is asked no more: {_said(state.last_error)}.",
            remedy="give it another url in the configuration, or enabled = false",
            version="gone",
        )
    last = f"last read {_moment(state.last_success)}" if state.last_success else "never read so far"
    return Trouble(
        key=f"feed:{feed.id}",
        title=f"Feed {_said(feed.title)} fails",
        place=f"feed {feed.id}",
        problem=f"It has failed {state.failures} times in a row ({last}): {_said(state.last_error)}.",
        remedy="open its address in a browser: if it moved, change its url; if it is away for good, enabled = false",
    )


def channel_troubles(healths: Iterable[ChannelHealth], known: Mapping[str, KnownTrouble]) -> list[Trouble]:
    """The channels that take nothing, or gave an alert up.

    A dead letter stays in the database for ever, so it is a trouble until its channel takes something after it;
    `known` tells which of them was told already.
    """
    found = []
    for health in healths:
        key = f"channel:{health.channel}"
        before = known.get(key)
        mark = health.last_dead.isoformat() if health.last_dead else ""
        is_lost = bool(mark) and (
            before is None
            or mark > before.trouble.mark
            or (before.is_open and not _took_since(health, health.last_dead))
        )
        if not (is_lost or health.failing):
            continue
        was_lost = before is not None and before.is_open and before.trouble.version == "lost"
        found.append(_channel_trouble(health, key, mark, is_lost=is_lost or was_lost))
    return found


def _took_since(health: ChannelHealth, then: datetime | None) -> bool:
    return health.last_accepted is not None and then is not None and health.last_accepted > then


def _channel_trouble(health: ChannelHealth, key: str, mark: str, *, is_lost: bool) -> Trouble:
    if is_lost:
        title = f"An alert to channel {health.channel} was given up"
        problem = f"{_counted(health.dead, 'message')} could not be delivered, the last: {_said(health.dead_because)}."
        remedy = "mend the channel (`relations-monitor notify test` shows what the other side says), then send it again"
    else:
        title = f"Channel {health.channel} takes no alerts"
        since = f" since {_moment(health.since)}" if health.since else ""
        problem = f"{_counted(health.failing, 'message')} waited in vain{since}: {_said(health.because)}."
        remedy = "nothing is lost, it is tried again and again for three days; look at the service and at its address"
    return Trouble(
        key=key, title=title, place=f"channel {health.channel}", problem=problem, remedy=remedy,
        version="lost" if is_lost else "waits", mark=mark, about=health.channel,
    )  # fmt: skip


def stranded_troubles(waiting: Mapping[ChannelName, int]) -> list[Trouble]:
    """Alerts that wait for channels which are configured no more."""
    return [
        Trouble(
            key=f"stranded:{name}",
            title=f"Alerts wait for channel {name}, which is gone",
            place=f"channel {name}",
            problem=f"{_counted(count, 'message')} cannot go out: the configuration no longer names their channel.",
            remedy="configure a channel of that name again and they go out",
        )
        for name, count in sorted(waiting.items())
        if count
    ]


def file_troubles(kind: str, problems: Iterable[Problem]) -> list[Trouble]:
    """What is wrong in files that people write, a trouble a file; warnings are none. `kind` is "config" or "rules"."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if not problem.is_warning:
            by_file.setdefault(problem.place.file, []).append(problem)
    return [_file_trouble(kind, file, found) for file, found in sorted(by_file.items())]


def _file_trouble(kind: str, file: str, problems: Sequence[Problem]) -> Trouble:
    told = [_said(str(problem)) for problem in problems]
    more = f" And {len(told) - SHOWN} more." if len(told) > SHOWN else ""
    meanwhile = "What was in force stays so." if kind == "config" else "Their last good version stays in force."
    command = "config check" if kind == "config" else "rules check"
    return Trouble(
        key=f"{kind}:{file}",
        title=f"{'Mistakes' if len(told) > 1 else 'A mistake'} in {file}",
        place=str(problems[0].place),
        problem=f"{'; '.join(told[:SHOWN])}.{more} {meanwhile}",
        remedy=f"mend the file (`relations-monitor {command}` shows each place), then reload",
        version=hashlib.sha256("\n".join(told).encode()).hexdigest()[:16],
    )


def listener_troubles(listen: str, because: str) -> list[Trouble]:
    """The pages for readers can't listen where the configuration says; nothing where `because` is empty."""
    if not because:
        return []
    return [
        Trouble(
            key="listener:",
            title="The links in messages lead nowhere",
            place=f"[web] listen, {listen}",
            problem=f"The daemon can't listen there: {_said(because)}. Alerts go out all the same, with their links.",
            remedy="see what else listens there (`ss -ltnp`), or give [web] listen another port; it is tried again",
        )
    ]


def end_trouble(before: Life | None, now: datetime) -> list[Trouble]:
    """A daemon that ended without having been told to stop, seen by the next one."""
    if before is None or before.ended_at is not None:
        return []
    away = max(now - before.beat_at, timedelta(0))
    return [
        Trouble(
            key="daemon:end",
            title="The monitor is back after it ended unasked",
            place="the daemon",
            problem=f"Its last sign of life was {_moment(before.beat_at)}, {_length(away)} before it was started "
            "again; nothing that it had stored is lost.",
            remedy="if nobody killed it and no power failed, the log of that moment says why",
            mark=before.started_at.isoformat(),
            is_passing=True,
        )
    ]


def silence_trouble(beside: Life | None) -> list[Trouble]:
    """A daemon that ended without having been told to stop, seen by the one that works beside it."""
    if beside is None or beside.ended_at is not None:
        return []
    return [
        Trouble(
            key="daemon:end",
            title="Another daemon on this database ended unasked",
            place=f"the daemon {beside.worker.partition('@')[0]}",
            problem=f"Its last sign of life was {_moment(beside.beat_at)}; the work goes on here, and nothing is lost.",
            remedy="start it again, if several are to work; its log of that moment says why it ended",
            mark=beside.started_at.isoformat(),
            is_passing=True,
        )
    ]


def outage_trouble(since: datetime, until: datetime, because: str, remedy: str) -> Trouble:
    """A database that could not be used for a while, and can again."""
    return Trouble(
        key="database:outage",
        title=f"The database could not be used for {_length(until - since)}",
        place="the database",
        problem=f"From {_moment(since)} to {_moment(until)}: {_said(because)}. It works again, and nothing is lost.",
        remedy=remedy or "see that its disk and its server have room and stay up",
        mark=since.isoformat(),
        is_passing=True,
    )


def outage_now(since: datetime, because: str, remedy: str) -> Trouble:
    """A database that can't be used at this moment: nothing can be stored, so this goes out past the outbox."""
    return Trouble(
        key="database:outage",
        title="The database cannot be used",
        place="the database",
        problem=f"Since {_moment(since)}: {_said(because)}. No feed is taken in and no alert goes out until it works.",
        remedy=remedy or "look at its disk, its rights and its server",
        mark=since.isoformat(),
    )


def _said(text: str) -> str:
    """What somebody else said, on one line and not too long, without its last full stop."""
    return cut(" ".join(text.split()), LENGTH).rstrip(".") or "no reason was given"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _moment(when: datetime | None) -> str:
    return f"{when:%d %b %H:%M UTC}" if when else "never"


def _length(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    for size, noun in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return _counted(seconds // size, noun)
    return _counted(max(seconds, 1), "second")
