"""What a link does: looking at it shows the alert and changes nothing, its button writes down one answer, once."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final
from urllib.parse import urlsplit

from monitor import log
from monitor.alerts.links import PATH, Signer, Token, Unsound, verify
from monitor.alerts.message import compose
from monitor.channels.screen import cut, one_line
from monitor.clock import Clock
from monitor.errors import StoreError
from monitor.facts import Fact
from monitor.model import Acknowledged, Alert, Answer, Message, Names
from monitor.store import Store, Work, acknowledged, alerts, feedback
from monitor.store.feedback import About
from monitor.web.pages import NAME, NOTE, Page, question, sorry, thanks

_VERDICTS: Final[Mapping[Answer, tuple[tuple[About, bool], ...]]] = {
    "right": tuple((about, True) for about in feedback.ABOUT),
    "wrong-event": (("event", False),),
    "wrong-actors": (("actors", False),),
    "wrong-status": (("status", False),),
    "wrong-story": (("story", False),),
}
_PATH = re.compile(rf"{PATH}([A-Za-z0-9_-]+)")
_PATIENCE = 10.0
"""Seconds for which an answer waits for those before it."""
_ASK = "Ask whoever runs the monitor, or answer by command."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """An answer as it came, cut and made harmless."""

    token: Token
    by: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Left:
    """What of an answer is not written yet: alerts that nobody took note of, or verdicts. False where nothing is."""

    unnoted: tuple[Alert, ...] = ()
    verdicts: tuple[tuple[About, bool], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.unnoted or self.verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The parts that a page needs, wired by the daemon; what a reload may change is asked for each time."""

    store: Store
    clock: Clock
    signer: Callable[[], Signer | None]
    names: Callable[[], Names]
    zone: Callable[[], tzinfo]
    observe: Callable[[Fact], None]
    turn: threading.Lock = field(default_factory=threading.Lock)

    def look(self, target: str) -> Page:
        """The page of a link. Changes nothing: scanners of mail, and programs that show what is behind a link, look."""
        token = self._token(target)
        if isinstance(token, Page):
            return token
        try:
            with self.store.look() as work:
                found = alerts.named(work, token.alert)
                noted = self._noted(work, token, found)
        except StoreError as error:
            return _away(error)
        if not found:
            return _unknown()
        return question(token.answer, self._told(found), token.channel, noted, self.zone())

    def answer(self, target: str, by: str, note: str) -> Page:
        """Write down the answer of a link. Pressing twice is pressing once, and the second time writes nothing."""
        token = self._token(target)
        if isinstance(token, Page):
            return token
        name, remark = cut(one_line(by), NAME), cut(one_line(note), NOTE)
        said = _Said(token=token, by=f"{name or 'somebody'} (link of {token.channel})", note=remark)
        try:
            with self.store.look() as work:
                found = alerts.named(work, token.alert)
                left = _left(work, said, found)
            if left:
                left = self._write(said, found)
            with self.store.look() as work:
                noted = self._noted(work, token, found)
        except StoreError as error:
            return _away(error)
        if not found:
            return _unknown()
        if left is None:
            return sorry(429, "Enough was said of this alert", f"Nothing more is kept of it by links. {_ASK}")
        if left:
            values = {"alert": token.alert, "channel": token.channel, "answer": token.answer}
            self.observe(Fact(event="answer_given", values=values))
        return thanks(token.answer, self._told(found), token.channel, noted, self.zone())

    def _write(self, said: "_Said", found: list[Alert]) -> "_Left | None":
        """Write what is left to be written, and give it.

        One link at a time, so that of many that are pressed at once one alone contends with polling and delivery for
        the database; and in the transaction that is alone with stories, so that the second of two sees the first.
        """
        now = self.clock.now()
        with self._my_turn(), self.store.place() as work:
            left = _left(work, said, found)
            if left is None:
                return None
            for alert in left.unnoted:
                acknowledged.add(work, alert, said.by, said.note, now, channel=said.token.channel)
            if left.verdicts:
                feedback.add(
                    work, found[0], left.verdicts, now, by=said.by, note=said.note, channel=said.token.channel
                )  # fmt: skip
        return left

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if not self.turn.acquire(timeout=_PATIENCE):
            raise StoreError("answers before this one wait for it", remedy="see what else writes to it")
        try:
            yield
        finally:
            self.turn.release()

    def _noted(self, work: Work, token: Token, found: list[Alert]) -> Acknowledged | None:
        """Who took note last, where the link is for that and all of it was."""
        if token.answer != "acknowledge":
            return None
        noted = [acknowledged.find(work, alert.id) for alert in found]
        there = [one for one in noted if one is not None]
        return max(there, key=lambda one: one.at) if there and len(there) == len(noted) else None

    def _told(self, found: list[Alert]) -> list[Message]:
        names, zone, now = self.names(), self.zone(), self.clock.now()
        return [compose(alert, names, now, zone=zone) for alert in found]

    def _token(self, target: str) -> Token | Page:
        """What the path of a request asks for, or why it asks for nothing. No word of it reaches a page or the log."""
        signer = self.signer()
        found = None
        if signer is not None:
            path = target.partition("?")[0]
            below = urlsplit(signer.public_url).path  # a web server in front may leave it on, or take it off
            found = _PATH.fullmatch(path) or _PATH.fullmatch(path.removeprefix(below))
        if signer is None or found is None:
            return sorry(404, "There is no such page", "Open the link as it stands in the message, whole.")
        token = verify(found[1], signer.secret, self.clock.now())
        if not isinstance(token, Unsound):
            return token
        log.get().debug("link_refused", because=token.because)
        if token.because == "expired":
            return sorry(410, "This link is too old", f"A link holds for thirty days. {_ASK}")
        return sorry(403, "This link can't be used", f"It is not whole, or no longer ours. {_ASK}")


def _left(work: Work, said: _Said, found: list[Alert]) -> _Left | None:
    """What of an answer is not written yet; None where links have said enough."""
    if not found:
        return _Left()
    if said.token.answer == "acknowledge":
        return _Left(unnoted=tuple(one for one in found if acknowledged.find(work, one.id) is None))
    verdicts = feedback.unsaid(work, found[0], _VERDICTS[said.token.answer], by=said.by, note=said.note)
    return None if verdicts is None else _Left(verdicts=verdicts)


def _unknown() -> Page:
    return sorry(404, "This alert is not kept any more", f"There is nothing left to answer. {_ASK}")


def _away(error: StoreError) -> Page:
    log.get().error("store_failed", because=error.because, remedy=error.remedy)
    later = {"Retry-After": "60"}
    return sorry(503, "This can't be done at the moment", "Nothing was changed. Try again in a minute.", headers=later)
