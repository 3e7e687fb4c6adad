"""The whole way of an article, from a feed to a person: poll, take_in, deliver.

The thinking rooms decide; here their answers are carried out, in the order that loses nothing. What a feed
answered commits together with its validators, hits, stories and deliveries, so a crash at any moment either
forgets the poll, which is then made again, or keeps all of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from monitor.alerts.breaker import PROBES, after_answer, free_from, is_down
from monitor.alerts.bundles import LISTED, bundled, compose_digest
from monitor.alerts.decide import decide, decide_again, told_after
from monitor.alerts.links import ANSWERS, Signer
from monitor.alerts.message import compose
from monitor.alerts.operator import compose_notice
from monitor.alerts.retry import after_attempt
from monitor.channels.send import Sender
from monitor.clock import Clock
from monitor.decisions import (
    Accepted,
    Again,
    Fate,
    Hold,
    New,
    Outcome,
    Refused,
    Revised,
    Seen,
    Send,
    TryLater,
    Unknown,
    Verdict,
)
from monitor.errors import StoreError
from monitor.facts import (
    Attempted,
    Broken,
    Fact,
    Recorded,
    Tally,
    articles_broke,
    attempt_settled,
    backlog_kept,
    quiet_poll,
)
from monitor.feeds.articles import articles_of
from monitor.feeds.fetch import Fetcher
from monitor.feeds.kinds import parse
from monitor.feeds.novelty import Known, backlog, further_names, novelties
from monitor.feeds.schedule import after_poll
from monitor.model import (
    Alert,
    Answer,
    Article,
    ArticleId,
    Channel,
    ChannelName,
    Delivery,
    Document,
    Feed,
    FeedId,
    FetchFailed,
    Fingerprint,
    Hit,
    Message,
    Parsed,
    Polled,
    PollState,
    Route,
    Standing,
    Story,
    StoryChange,
)
from monitor.rules.compile import RuleSet
from monitor.rules.match import match
from monitor.store import articles, feeds, hits, ledger, outbox, stories
from monitor.store import channels as channel_rows
from monitor.store.opened import Store
from monitor.store.standing import Ground, standing
from monitor.store.work import Work
from monitor.stories.keys import keys_of, occurrences_of
from monitor.stories.place import place
from monitor.stories.sides import corroboration
from monitor.text.fingerprint import fingerprint
from monitor.text.tokens import read
from monitor.trouble import Notice

AFTER_ERROR = timedelta(minutes=10)
"""When a hold is decided again whose deciding broke on an error of ours."""
STALE = timedelta(minutes=5)
"""What waited on a channel for less than this is a burst, and no outage: it goes one by one."""
LEASE = timedelta(minutes=5)
"""How long a worker may hold a feed or a delivery before another takes it up."""
Claimed = tuple[Delivery, Alert | Notice]
BATCH = 10
"""Deliveries of one channel that are leased at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """An article that is to be stored, and how it stands: new, revised, told as news or kept as backlog."""

    article: Article
    answer: New | Revised
    fate: Literal["fresh", "late", "backlog"]
    hits: tuple[Hit, ...]
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The parts of the way, wired by `app`. One thread polls; each channel may be drained by its own."""

    store: Store
    fetcher: Fetcher
    ruleset: Callable[[], RuleSet]
    sender: Sender
    clock: Clock
    worker: str
    feeds: Mapping[FeedId, Feed]
    routes: tuple[Route, ...]
    channels: Mapping[ChannelName, Channel]
    recipients: Mapping[ChannelName, tuple[str, ...]]
    zone: tzinfo
    observe: Callable[[Fact], None]
    signer: Signer | None = None
    """Makes the links by which readers answer; None where that is off."""
    unwritten: dict[ChannelName, list[Attempted]] = field(default_factory=dict)
    """Attempts that the database could not take yet: they are written before anything more is sent there."""

    # --- the door in --------------------------------------------------------------------------------------------------

    def poll(
        self, *, should_stop: Callable[[], bool] = lambda: False, is_retired: Callable[[], bool] = lambda: False
    ) -> Tally:
        """Ask every feed that is due, many at once, and take in what they answer, one at a time.

        An unforeseen error costs its poll and is told with its traceback. Raises StoreError: that is no feed's
        fault, so what could not be stored counts as not asked and is due at once.
        Once it `is_retired`, what is under way is finished and nothing more is begun.
        """
        tally = Tally()
        quiet: list[PollState] = []

        def more(limit: int) -> list[tuple[Feed, PollState]]:
            with self.store.work() as work:
                if quiet:
                    feeds.settle_polls(work, quiet, self.worker)
                begun = {} if is_retired() else self.feeds
                due = feeds.claim_due(work, begun, self.clock.now(), self.worker, LEASE, limit=limit)
            quiet.clear()
            return due

        try:
            for feed, state, polled in self.fetcher.fetch_all(more, self.clock.now, should_stop=should_stop):
                try:
                    quiet.extend(self.take_in(feed, state, polled, tally))
                except StoreError:
                    raise
                except Exception as error:
                    self.observe(Fact(event="poll_broke", values={"feed": feed.id}, is_trouble=True, error=error))
                    quiet.append(self._broken(feed, state, error))
        finally:
            with self.store.work() as work:
                if quiet:
                    feeds.settle_polls(work, quiet, self.worker)
                feeds.release(work, self.worker)
        return tally

    def take_in(self, feed: Feed, state: PollState, polled: Polled, tally: Tally) -> list[PollState]:
        """Take in one answer. Gives the state to settle where nothing else is to be written (a quiet poll)."""
        tally.polled += 1
        if isinstance(polled, Document):
            parsed = parse(feed, state, polled)
            if isinstance(parsed, Parsed):
                return self._take_in_entries(feed, state, polled, parsed, tally)
            polled = parsed
        after = after_poll(feed, state, polled, self.clock.now(), self.clock.chance())
        tally.failed += isinstance(polled, FetchFailed)
        self.observe(quiet_poll(feed, polled, after))
        return [after]

    def _take_in_entries(
        self, feed: Feed, state: PollState, document: Document, parsed: Parsed, tally: Tally
    ) -> list[PollState]:
        """Read, match and store what is new in a document; thinking is done before the transaction."""
        now = self.clock.now()
        after = after_poll(feed, state, document, now, self.clock.chance(), ttl=parsed.ttl)
        found = self._read_entries(feed, document, parsed)
        with self.store.look() as work:
            known = Known(by_key=articles.known(work, [key for article in found for key in article.keys]))
        answers = novelties(found, known)
        ruleset = self.ruleset()
        fresh: list[Fresh] = []
        broken: list[Broken] = []
        for article, answer in answers:
            if not isinstance(answer, Seen):
                thought = self._think(article, answer, state, now, ruleset)
                if isinstance(thought, Broken):
                    broken.append(thought)
                else:
                    fresh.append(thought)
        sightings = further_names(answers, known)
        tally.entries += len(parsed.entries)
        values = {"feed": feed.id, "entries": len(parsed.entries), "new": len(fresh), "next_due": after.next_due,
                  "hits": sum(len(one.hits) for one in fresh), "because": after.because}  # fmt: skip
        if not (fresh or sightings or broken):
            self.observe(Fact(event="feed_polled", values=values))
            return [after]
        with self.store.place() as work:
            recorded = self._record_all(work, fresh, broken, now, ruleset)
            if broken:
                after = _unfinished(state, after)
            self._settle_document(work, after, sightings, broken, now)
        tally.add(recorded.tally)
        self.observe(Fact(event="feed_polled", values=values))
        for fact in (*articles_broke(feed, broken), *recorded.facts, *backlog_kept(feed, recorded.facts)):
            self.observe(fact)
        return []

    def _read_entries(self, feed: Feed, document: Document, parsed: Parsed) -> list[Article]:
        """The articles of a document; what is wrong with its entries is told."""
        for complaint in parsed.complaints:
            values = {"feed": feed.id, "entry": complaint.entry[:200], "because": complaint.because}
            self.observe(Fact(event="entry_skipped", values=values))
        found, broken = articles_of(feed, document, parsed)
        for one in broken:
            values = {"feed": feed.id, "entry": one.entry[:200], "because": repr(one.error)}
            self.observe(Fact(event="entry_skipped", values=values, is_trouble=True, error=one.error))
        return found

    def _think(
        self, article: Article, answer: New | Revised, state: PollState, now: datetime, ruleset: RuleSet
    ) -> Fresh | Broken:
        """Read and match one article. An error of ours costs this article alone."""
        if isinstance(answer, Revised):
            article = _as_revision(article, answer)
        known = len(ruleset.switched_off)
        try:
            reading = read(article, ruleset.languages)
            found = tuple(match(ruleset, reading))
            copied = fingerprint(reading) if found else Fingerprint()
        except Exception as error:
            return Broken(article=article.id, error=error)
        for rule, because in list(ruleset.switched_off.items())[known:]:
            values = {"owner": f"rule {rule}", "because": because, "article": article.id}
            self.observe(Fact(event="rule_rejected", values=values, is_trouble=True))
        return Fresh(article=article, answer=answer, fate=backlog(article, state, now), hits=found, fingerprint=copied)

    def _record_all(
        self, work: Work, fresh: Sequence[Fresh], broken: list[Broken], now: datetime, ruleset: RuleSet
    ) -> Recorded:
        """Record a document; where an error of ours breaks that, one article at a time, so that it costs one alone."""
        try:
            with work.part():
                recorded = Recorded()
                for wave in _waves(fresh):
                    recorded.add(self._record(work, wave, now, ruleset))
                return recorded
        except StoreError:
            raise
        except Exception as error:
            recorded = Recorded(facts=[Fact(event="document_broke", is_trouble=True, error=error)])
        for one in sorted(fresh, key=lambda one: (one.article.published, one.article.id)):
            try:
                with work.part():
                    recorded.add(self._record(work, [one], now, ruleset))
            except StoreError:
                raise
            except Exception as error:
                broken.append(Broken(article=one.article.id, error=error))
        return recorded

    def _settle_document(
        self,
        work: Work,
        after: PollState,
        sightings: Sequence[tuple[str, ArticleId]],
        broken: Sequence[Broken],
        now: datetime,
    ) -> None:
        """Remember the poll and the names of what it told, but for the articles that broke: those come again."""
        lost = {one.article for one in broken}
        articles.add_sightings(work, [(key, article) for key, article in sightings if article not in lost])
        for one in broken:
            ledger.add(work, now, "article_broke", article=one.article, because=repr(one.error)[:300])
        feeds.settle_polls(work, [after], self.worker)

    def _record(self, work: Work, fresh: Sequence[Fresh], now: datetime, ruleset: RuleSet) -> Recorded:
        """Store articles, hits, stories, alerts and deliveries; what is to be told of it is given back."""
        added = articles.add(work, [one.article for one in fresh])
        kept = [one for one in fresh if one.article.id in added]
        ledger.note_articles(work, now, [(one.article, one.answer, one.fate) for one in kept])
        withdrawn: list[Hit] = []
        for one in kept:
            if isinstance(one.answer, Revised):
                keep = {(hit.rule, hit.source, hit.target, hit.status) for hit in one.hits}
                withdrawn += hits.withdraw(work, one.article.id, keep, now)
        new = hits.add(work, [hit for one in kept for hit in one.hits], now)
        recorded = Recorded(tally=Tally(articles=len(kept), hits=len(new)))
        for hit in withdrawn:
            because = "the article was revised and says so no more"
            ledger.add(work, now, "hit_withdrawn", article=hit.article, rule=hit.rule, because=because)
            values = {"article": hit.article, "rule": hit.rule, "title": hit.title, "status": hit.status}
            recorded.facts.append(Fact(event="hit_withdrawn", values=values))
        by_article: dict[ArticleId, list[Hit]] = {}
        for hit in new:
            by_article.setdefault(hit.article, []).append(hit)
        occurrences = [
            occurrence
            for one in kept
            for occurrence in occurrences_of(
                one.article, by_article.get(one.article.id, []), ruleset.events, one.fingerprint
            )
        ]
        if not occurrences:
            return recorded
        near = stories.near(work, [keys_of(one) for one in occurrences], {one.article.id for one in occurrences})
        fates = {one.article.id: one.fate for one in kept}
        changes, unplaced = place(occurrences, near, events=ruleset.events, outlets=ruleset.outlets, fates=fates)
        for occurrence, because in unplaced:
            ledger.add(
                work, now, "unplaced", article=occurrence.article.id, rule=occurrence.hits[0].rule, because=because
            )
        self._tell(work, changes, now, ruleset, recorded)
        return recorded

    def _tell(
        self, work: Work, changes: Sequence[StoryChange], now: datetime, ruleset: RuleSet, recorded: Recorded
    ) -> None:
        """Decide for each change who is told, and write it down: alerts, deliveries, verdicts."""
        now_told = _Decided(standing(work, self._ground(ruleset), [change.after for change in changes], now))
        for change in changes:
            story = change.after
            stories.save(work, change)
            verdicts = decide(change, now_told.standing, now, ruleset.names)
            outbox.record(work, change, verdicts, self.recipients, now)
            recorded.tally.stories += change.before is None
            event = "story_opened" if change.before is None else "story_updated"
            for article in dict.fromkeys(hit.article for hit in change.hits):
                ledger.add(work, now, event, article=article, story=story.id, because=change.because)
            values = {"story": story.id, "title": story.title, "because": change.because}
            recorded.facts.append(Fact(event=event, values=values))
            for verdict in verdicts:
                now_told.add(change, verdict)
                recorded.note(story.id, verdict)

    def _ground(self, ruleset: RuleSet) -> Ground:
        return Ground(routes=self.routes, events=ruleset.events, asks=ruleset.asks, zone=self.zone)

    # --- what was to wait ---------------------------------------------------------------------------------------------

    def review(self) -> Tally:
        """Decide again about the holds that ran out: with what each channel was told, and the story as it is now.

        An error of ours costs one hold, which is decided again later. Raises StoreError.
        """
        now = self.clock.now()
        with self.store.look() as work:
            if not outbox.due_holds(work, now):
                return Tally()
        ruleset = self.ruleset()
        recorded = Recorded()
        with self.store.place() as work:
            due = outbox.due_holds(work, now)
            found = stories.get(work, {story for story, _ in due})
            so_far = _Decided(standing(work, self._ground(ruleset), list(found.values()), now))
            gates = {key: held.gate for key, held in so_far.standing.held.items()}
            decided = []
            for name, channel in due:
                change = _unchanged(found[name], ruleset)
                for verdict in self._decide_again(change, channel, so_far.standing, now, ruleset):
                    so_far.add(change, verdict)
                    decided.append((change, verdict))
            for change, verdict in bundled(decided, gates):
                outbox.record(work, change, [verdict], self.recipients, now)
                recorded.note(change.after.id, verdict)
        for fact in recorded.facts:
            self.observe(fact)
        return recorded.tally

    def _decide_again(
        self, change: StoryChange, channel: ChannelName, stands: Standing, now: datetime, ruleset: RuleSet
    ) -> tuple[Verdict, ...]:
        try:
            return decide_again(change, channel, stands, now, ruleset.names)
        except Exception as error:
            story = change.after.id
            values = {"story": story, "channel": channel}
            self.observe(Fact(event="review_broke", values=values, is_trouble=True, error=error))
            gate = stands.held[story, channel].gate
            because = f"deciding broke: {type(error).__name__}: {error}"[:300]
            return (Hold(channel=channel, until=now + AFTER_ERROR, because=because, gate=gate),)

    def _broken(self, feed: Feed, state: PollState, error: Exception) -> PollState:
        """The state of a feed whose poll broke on an error of ours: a failure, with back-off."""
        now = self.clock.now()
        failed = FetchFailed(fetched_at=now, because="internal", detail=f"{type(error).__name__}: {error}"[:300])
        return after_poll(feed, state, failed, now, self.clock.chance())

    # --- the door out -------------------------------------------------------------------------------------------------

    def deliver(self, name: ChannelName, *, should_stop: Callable[[], bool] = lambda: False) -> int:
        """Send what waits on one channel, until nothing more is due. Gives the number of attempts.

        Claimed is not done: a delivery is leased, marked as begun, sent, then settled. A crash before the
        settling ends the lease and it is sent again, marked as a possible double if it had been begun.
        """
        attempts = 0
        channel = self.channels[name]
        self._write_attempts(name)
        if channel.trouble:
            return 0  # its address can't be used: what waits for it goes out once it is mended
        while not should_stop():
            batch, is_probe = self._claimed(channel)
            if not batch:
                break
            for together in _together(batch):
                if should_stop():
                    self._give_back(name)
                    return attempts
                is_answered = self._attempt(channel, together)
                attempts += 1
                if is_probe and is_answered:
                    self._give_back(name)  # it lives: the rest goes at its pace
                    break
        return attempts

    def _claimed(self, channel: Channel) -> tuple[list[tuple[Delivery, Alert | Notice]], bool]:
        """What may be sent now, and whether it only tries a channel that is down."""
        now = self.clock.now()
        with self.store.work() as work:
            state = channel_rows.state(work, channel.name)
            is_probe = is_down(state)
            if (free_from(state, now) or now) > now:
                return [], is_probe
            if channel.drain and not is_probe:
                outbox.bundle_backlog(work, channel.name, now - STALE, channel.drain, LISTED)
            limit = PROBES if is_probe else 1 if channel.pace else BATCH
            batch = outbox.claim(work, channel.name, now, self.worker, LEASE, limit=limit)
            if batch and channel.pace:
                channel_rows.save(work, replace(state, free_at=now + channel.pace))
        return batch, is_probe

    def rest(self, name: ChannelName, longest: float) -> float:
        """Seconds until the pace of a channel, or its pause, lets something go; `longest` where nothing waits so."""
        now = self.clock.now()
        with self.store.look() as work:
            free = free_from(channel_rows.state(work, name), now)
        left = (free - now).total_seconds() if free is not None else 0.0
        return min(left, longest) if left > 0 else longest

    def _give_back(self, name: ChannelName) -> None:
        """Release what was leased and not begun, so that whoever sends next need not wait for the leases to end."""
        with self.store.work() as work:
            outbox.release(work, self.worker, channel=name)

    def _attempt(self, channel: Channel, together: Sequence[Claimed]) -> bool:
        """One try of what goes as one message: begun, sent, settled; whether the other side answered."""
        now = self.clock.now()
        with self.store.work() as work:
            mine = [one for one in together if outbox.begin(work, one[0].id, self.worker, now)]
        if not mine:
            return False  # the lease ran out and another worker has it
        outcome = self._sent(channel, mine)
        now, chance = self.clock.now(), self.clock.chance()
        fates = _in_step([after_attempt(delivery, outcome, now, chance) for delivery, _ in mine])
        for number, ((delivery, alert), fate) in enumerate(zip(mine, fates, strict=True)):
            done = Attempted(delivery=delivery, alert=alert, outcome=outcome, fate=fate, at=now, is_counted=number == 0)
            self.unwritten.setdefault(channel.name, []).append(done)
        self._write_attempts(channel.name)
        return isinstance(outcome, Accepted | Refused)

    def _sent(self, channel: Channel, together: Sequence[Claimed]) -> Outcome:
        """Compose and send. An error of ours before anything was handed over is tried again, one after it in doubt."""
        unforeseen: type[TryLater | Unknown] = TryLater
        delivery = together[0][0]
        try:
            message = self._composed(together)
            unforeseen = Unknown
            return self.sender.send(_addressed(channel, delivery), message)
        except Exception as error:
            self.observe(Fact(event="delivery_broke", values={"delivery": delivery.id}, is_trouble=True, error=error))
            return unforeseen(because=f"unforeseen: {type(error).__name__}: {error}"[:300])

    def _composed(self, together: Sequence[Claimed]) -> Message:
        """What is said: to a desk of a story, or of many at once, or to an operator of the monitor itself."""
        now, names = self.clock.now(), self.ruleset().names
        delivery, alert = together[0]
        if isinstance(alert, Notice):
            return compose_notice(alert, now, zone=self.zone, may_be_double=delivery.is_unknown)
        many = [one for _, one in together if isinstance(one, Alert)]
        if len(many) > 1:
            in_doubt = any(one.is_unknown for one, _ in together)
            message = compose_digest(delivery.bundle, many, names, now, zone=self.zone, may_be_double=in_doubt)
            return self._answerable(message, delivery.channel, ("acknowledge",))
        message = compose(
            alert,
            names,
            now,
            zone=self.zone,
            may_be_double=delivery.is_unknown,
            first_receipt=delivery.first_receipt,
        )
        return self._answerable(message, delivery.channel, ANSWERS)

    def _answerable(self, message: Message, channel: ChannelName, answers: tuple[Answer, ...]) -> Message:
        """The message with links to answer it, where that is on."""
        if self.signer is None:
            return message
        return replace(message, answers=self.signer.links(message.alert, channel, message.sent_at, answers))

    def _write_attempts(self, name: ChannelName) -> None:
        """Settle what was attempted. Raises StoreError, and keeps it: sent once more it would be told twice."""
        waiting = self.unwritten.get(name, [])
        while waiting:
            done = waiting[0]
            with self.store.work() as work:
                outbox.settle(work, done.delivery, done.fate, done.outcome, done.at, self.worker)
                facts = self._note_state(work, name, done) if done.is_counted else []
            waiting.pop(0)
            for fact in (attempt_settled(done), *facts):
                self.observe(fact)

    def _note_state(self, work: Work, name: ChannelName, done: Attempted) -> list[Fact]:
        """Write how the channel fares after an attempt; a fact where it went down or came back."""
        before = channel_rows.state(work, name)
        pace = self.channels[name].pace if name in self.channels else timedelta(0)
        after = after_answer(before, done.outcome, done.at, self.clock.chance(), pace)
        channel_rows.save(work, after)
        if is_down(after) and after.paused_until is not None:
            channel_rows.line_up(work, name, after.paused_until)
        if is_down(before) == is_down(after):
            return []
        values: dict[str, object] = {"channel": name, "because": after.last_said, "attempts": before.failures}
        if is_down(after):
            return [Fact(event="channel_paused", values={**values, "until": after.paused_until}, is_trouble=True)]
        return [Fact(event="channel_recovered", values=values)]


def _unfinished(before: PollState, after: PollState) -> PollState:
    """After a document with a broken article: without validators, since a 304 would keep it from coming again.

    A first document stays the first, so that an old article is no news once it can be taken in.
    """
    last_success = after.last_success if before.last_success is not None else None
    return replace(after, etag="", last_modified="", body_digest="", last_success=last_success)


def _waves(fresh: Iterable[Fresh]) -> Iterator[list[Fresh]]:
    """The articles of a document so that each wave holds one once: a revision comes after what it revises."""
    left = list(fresh)
    while left:
        wave: dict[ArticleId, Fresh] = {}
        later = [one for one in left if wave.setdefault(one.article.id, one) is not one]
        yield list(wave.values())
        left = later


def _as_revision(article: Article, answer: Revised) -> Article:
    """The article under the id by which it is known already."""
    return replace(article, id=answer.article, revision=answer.revision)


class _Decided:
    """How things stand while verdicts are given one after the other: each sees what those before it told."""

    def __init__(self, standing: Standing) -> None:
        self._told = dict(standing.told)
        self._spoken = dict(standing.spoken)
        self.standing = replace(standing, told=self._told, spoken=self._spoken)

    def add(self, change: StoryChange, verdict: Verdict) -> None:
        """Take note of what was decided."""
        if isinstance(verdict, Send):
            key = (change.after.id, verdict.channel)
            self._told[key] = told_after(change, verdict, self._told.get(key))
            rule = (verdict.channel, verdict.alert.lead.hit.rule)
            self._spoken[rule] = (*self._spoken.get(rule, ()), verdict.alert.raised_at)


def _unchanged(story: Story, ruleset: RuleSet) -> StoryChange:
    """The story as it is, for a hold that ran out: its last report would lead."""
    return StoryChange(
        before=story,
        after=story,
        because="a hold ran out",
        hits=(story.reports[-1].hit,),
        corroboration=corroboration(story, ruleset.outlets),
    )


def _together(batch: Sequence[Claimed]) -> Iterator[list[Claimed]]:
    """The deliveries of a batch, those of one bundle and recipient together, in the order of the queue."""
    groups: dict[object, list[Claimed]] = {}
    for one in batch:
        delivery = one[0]
        key = (delivery.bundle, delivery.recipient) if delivery.bundle else delivery.id
        groups.setdefault(key, []).append(one)
    yield from groups.values()


def _in_step(fates: Sequence[Fate]) -> list[Fate]:
    """What was one message stays one: those that are tried again are tried at the same time."""
    latest = max((fate.at for fate in fates if isinstance(fate, Again)), default=None)
    return [replace(fate, at=latest) if isinstance(fate, Again) and latest is not None else fate for fate in fates]


def _addressed(channel: Channel, delivery: Delivery) -> Channel:
    """The channel with the one recipient of this delivery."""
    return replace(channel, recipient=delivery.recipient)
