"""The monitor's eye on itself: looks at feeds, channels and what waits, and lets operators be told.

What is wrong is found and judged in `alerts`; here the answers are carried out, in one transaction: what is known of
each trouble, and what is queued for the channels of operators. So nothing is told twice after a kill, and nothing lost.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from monitor.alerts import troubles as found
from monitor.alerts.operator import bearers, compose_notice, judge
from monitor.channels.send import Sender
from monitor.clock import Clock
from monitor.decisions import Accepted
from monitor.errors import Problem, StoreError
from monitor.facts import Fact
from monitor.log import redact
from monitor.model import Channel, ChannelName, Feed, FeedId
from monitor.store import feeds as feed_rows
from monitor.store import outbox
from monitor.store import troubles as rows
from monitor.store.opened import Store
from monitor.store.work import Work
from monitor.trouble import KnownTrouble, Life, Notice, Trouble, TroubleKind

_EVENTS = {
    "trouble": "trouble_found",
    "changed": "trouble_changed",
    "mended": "trouble_mended",
    "passing": "trouble_passed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The parts that it looks at, wired by `app`; made anew with each configuration."""

    store: Store
    sender: Sender
    clock: Clock
    feeds: Mapping[FeedId, Feed]
    channels: Mapping[ChannelName, Channel]
    recipients: Mapping[ChannelName, tuple[str, ...]]
    zone: tzinfo
    observe: Callable[[Fact], None]

    @property
    def operators(self) -> tuple[ChannelName, ...]:
        """The channels that are told of the monitor's own troubles."""
        return tuple(name for name, channel in self.channels.items() if channel.is_operator)

    def look(self) -> None:
        """Look at feeds, channels and what waits. Writes only where something changed. Raises StoreError."""
        kinds: tuple[TroubleKind, ...] = ("feed", "channel", "stranded")
        with self.store.look() as work:
            known = rows.known(work)
            seen = [_without_secrets(trouble) for trouble in self._seen(work, known)]
        if judge(seen, self._told(known, seen), kinds, self.clock.now()).known:
            self._tell(seen, kinds)

    def judge_files(self, kind: TroubleKind, problems: Iterable[Problem]) -> None:
        """Tell what is wrong in the files of this kind, "config" or "rules", and what is no more. Raises StoreError."""
        self._tell(found.file_troubles(kind, problems), (kind,))

    def judge_listener(self, listen: str, because: str) -> None:
        """Tell why the pages for readers can't be reached, or that they can be again. Raises StoreError."""
        self._tell(found.listener_troubles(listen, because), ("listener",))

    def back_after(self, before: Life | None) -> None:
        """Tell that the daemon is back, where the one before ended unasked. Raises StoreError."""
        seen = found.end_trouble(before, self.clock.now())
        if seen:
            self._tell(seen, ())

    def beside_ended(self, beside: Life | None) -> None:
        """Tell that another daemon on this database gives no sign of life any more. Raises StoreError."""
        seen = found.silence_trouble(beside)
        if seen:
            self._tell(seen, ())

    def outage_over(self, since: datetime, error: StoreError) -> None:
        """Tell that the database could not be used since then, and can now. Raises StoreError if it can't."""
        self._tell([found.outage_trouble(since, self.clock.now(), error.because, error.remedy)], ())

    def outage_lasts(self, since: datetime, error: StoreError) -> bool:
        """Tell at once, past the outbox, that the database can't be used. Gives whether anybody took it.

        The outbox is in that database. What is told so is told once more, in full, when it works again.
        """
        now = self.clock.now()
        trouble = found.outage_now(since, error.because, error.remedy)
        name = f"outage-{since:%Y%m%dT%H%M%S}"
        notice = Notice(
            id=name, first=name, thread=f"operator:{trouble.key}", says="trouble", troubles=(trouble,), since=since,
            raised_at=now,
        )  # fmt: skip
        told = [one for name in self.operators for one in addressed(self.channels[name], self.recipients[name])]
        return send_now(self.sender, told, notice, now, self.zone)

    def _seen(self, work: Work, known: Mapping[str, KnownTrouble]) -> list[Trouble]:
        waiting = outbox.waiting(work)
        states = {str(state.feed): state for state in feed_rows.states(work)}
        healths = rows.healths(work, self.channels, found.ATTEMPTS)
        return [
            *found.feed_troubles(self.feeds.values(), states, known),
            *found.channel_troubles(healths, known),
            *found.stranded_troubles({name: count for name, count in waiting.items() if name not in self.channels}),
        ]

    def _told(self, known: Mapping[str, KnownTrouble], seen: Sequence[Trouble]) -> dict[str, KnownTrouble]:
        """What counts as known: what lasts and nobody was told, for want of a channel, is news once there is one."""
        lasting = {trouble.key for trouble in seen} if self.operators else set()
        return {key: one for key, one in known.items() if one.notice or not one.is_open or key not in lasting}

    def _tell(self, seen: Sequence[Trouble], kinds: Iterable[TroubleKind]) -> None:
        now = self.clock.now()
        seen = [_without_secrets(trouble) for trouble in seen]
        facts: list[Fact] = []
        with self.store.place() as work:  # of several daemons on one database one at a time, so the next knows it told
            judged = judge(seen, self._told(rows.known(work), seen), kinds, now)
            is_told = bool(self.operators)
            rows.remember(work, judged.known if is_told else map(_untold, judged.known))
            for notice in judged.notices:
                channels = bearers(notice, self.operators)
                if channels:
                    rows.queue(work, notice, channels, self.recipients, now)
                facts += _facts(notice, channels)
        for fact in facts:
            self.observe(fact)


def addressed(channel: Channel, recipients: Iterable[str]) -> list[Channel]:
    """The channel once for each of its recipients."""
    return [replace(channel, recipient=recipient) for recipient in tuple(recipients) or ("",)]


def send_now(sender: Sender, told: Iterable[Channel], notice: Notice, now: datetime, zone: tzinfo) -> bool:
    """Send a notice at once, past the outbox, to channels with one recipient each; whether anybody took it."""
    message = compose_notice(notice, now, zone=zone)
    outcomes = [sender.send(channel, message) for channel in told]
    return any(isinstance(outcome, Accepted) for outcome in outcomes)


def _without_secrets(trouble: Trouble) -> Trouble:
    """What others said, and files that hold a secret, may be quoted in it: none of that is stored or sent."""
    return replace(trouble, title=redact(trouble.title), place=redact(trouble.place), problem=redact(trouble.problem))


def _untold(known: KnownTrouble) -> KnownTrouble:
    return KnownTrouble(trouble=known.trouble, since=known.since, notice="", mended_at=known.mended_at)


def _facts(notice: Notice, channels: Iterable[ChannelName]) -> Iterable[Fact]:
    """One fact for each trouble, and one for each channel that is told."""
    is_trouble = notice.says != "mended"
    for trouble in notice.troubles:
        values: dict[str, object] = {"key": trouble.key, "place": trouble.place}
        if is_trouble:
            values |= {"because": trouble.problem, "remedy": trouble.remedy}
        yield Fact(event=_EVENTS[notice.says], values=values, is_trouble=is_trouble)
    for channel in channels:
        yield Fact(event="operator_told", values={"channel": channel, "notice": notice.id, "says": notice.says})
