"""What a link does: looking at it shows the alert and changes nothing, its button writes down one answer, once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
_ASK = "Ask whoever runs the monitor, or answer by command."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The parts that a page needs, wired by the daemon; what a reload may change is asked for each time."""

    store: Store
    clock: Clock
    signer: Callable[[], Signer | None]
    names: Callable[[], Names]
    zone: Callable[[], tzinfo]
    observe: Callable[[Fact], None]

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
        """Write down the answer of a link. Pressing twice is pressing once."""
        token = self._token(target)
        if isinstance(token, Page):
            return token
        name, remark = cut(one_line(by), NAME), cut(one_line(note), NOTE)
        said_by = f"{name or 'somebody'} (link of {token.channel})"
        now = self.clock.now()
        try:
            with self.store.place() as work:  # one at a time: the second of two sees the first
                found = alerts.named(work, token.alert)
                if not found:
                    return _unknown()
                is_new = self._write(work, token, found, said_by, remark)
                noted = self._noted(work, token, found)
        except StoreError as error:
            return _away(error)
        if is_new is None:
            return sorry(429, "Enough was said of this alert", f"Nothing more is kept of it by links. {_ASK}")
        if is_new:
            values = {"alert": token.alert, "channel": token.channel, "answer": token.answer, "at": now}
            self.observe(Fact(event="answer_given", values=values))
        return thanks(token.answer, self._told(found), token.channel, noted, self.zone())

    def _write(self, work: Work, token: Token, found: list[Alert], by: str, note: str) -> bool | None:
        """Whether anything is new; None where enough was said."""
        now = self.clock.now()
        if token.answer == "acknowledge":
            before = [one for one in found if acknowledged.find(work, one.id) is None]
            for alert in before:
                acknowledged.add(work, alert, by, note, now, channel=token.channel)
            return bool(before)
        verdicts = _VERDICTS[token.answer]
        count = feedback.add_new(work, found[0], verdicts, now, by=by, note=note, channel=token.channel)
        return None if count < 0 else count > 0

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
            found = _PATH.fullmatch(path.removeprefix(below) if below else path)
        if signer is None or found is None:
            return sorry(404, "There is no such page", "Open the link as it stands in the message, whole.")
        token = verify(found[1], signer.secret, self.clock.now())
        if not isinstance(token, Unsound):
            return token
        log.get().debug("link_refused", because=token.because)
        if token.because == "expired":
            return sorry(410, "This link is too old", f"A link holds for thirty days. {_ASK}")
        return sorry(403, "This link can't be used", f"It is not whole, or no longer ours. {_ASK}")


def _unknown() -> Page:
    return sorry(404, "This alert is not kept any more", f"There is nothing left to answer. {_ASK}")


def _away(error: StoreError) -> Page:
    log.get().error("store_failed", because=error.because, remedy=error.remedy)
    later = {"Retry-After": "60"}
    return sorry(503, "This can't be done at the moment", "Nothing was changed. Try again in a minute.", headers=later)
