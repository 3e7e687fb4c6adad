"""The folder of feeds: written when alerts were committed, whole or not at all, and not again where nothing changed."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from monitor import log
from monitor.alerts.message import compose
from monitor.clock import Clock
from monitor.errors import MonitorError
from monitor.facts import Fact
from monitor.model import Alert, Names
from monitor.publish import atom, jsonfeed
from monitor.publish.items import Channel, first_told, item_of
from monitor.store import Store, alerts
from monitor.store.asked import Asked

PATIENCE = timedelta(minutes=1)
"""How long it waits after a folder could not be written."""
READABLE = 0o644
"""By everybody: a web server is another user, and what is published is no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the feeds go and what they are called; `limit` is how many alerts they hold."""

    folder: Path
    limit: int
    title: str
    url: str = ""


class PublishError(MonitorError):
    """The folder can't be written."""


def publish(store: Store, place: Place, names: Names, zone: tzinfo, now: datetime) -> int:
    """Write both feeds of the newest alerts; returns how many they hold. Raises PublishError, StoreError."""
    return _published(store, place, names, zone, now)[0]


def _published(store: Store, place: Place, names: Names, zone: tzinfo, now: datetime) -> tuple[int, bool]:
    """The same, with whether anything in the folder changed."""
    channel = Channel(title=place.title, url=f"{place.url.rstrip('/')}/" if place.url else "")
    told = newest(store, place.limit)
    items = [item_of(alert, compose(alert, names, now, zone=zone), _is_public) for alert in told]
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        is_new = _put(place.folder / atom.FILE, atom.render(channel, items, now), is_kept=not items)
        is_new |= _put(place.folder / jsonfeed.FILE, jsonfeed.render(channel, items))
    except OSError as error:
        raise PublishError(
            f"the feeds of alerts can't be written to {place.folder}: {(error.strerror or str(error)).lower()}",
            remedy="give this user the right to write there, or name another folder in [publish] dir",
        ) from error
    return len(items), is_new


def newest(store: Store, limit: int) -> list[Alert]:
    """The newest things that were told, each once: alerts are looked through until there are enough of them."""
    asked = limit
    while True:
        asked *= 2
        with store.look() as work:
            found = [one.alert for one in alerts.found(work, Asked(), asked)]
        told = first_told(found)
        if len(told) > limit or len(found) < asked:
            return told[:limit]


def _is_public(address: str) -> bool:
    """Whether an address holds nothing that the log would hide."""
    return log.redact(address) == address


def _put(path: Path, content: bytes, *, is_kept: bool = False) -> bool:
    """Give the file its content in one step; one that has it already, or `is_kept`, stays as it is: False."""
    with suppress(FileNotFoundError):
        before = path.read_bytes()
        if before == content or (is_kept and b"<entry>" not in before):
            return False
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as partly:
        try:
            partly.write(content)
            partly.flush()
            os.fchmod(partly.fileno(), READABLE)
            os.fsync(partly.fileno())
            Path(partly.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(partly.name).unlink()
            raise
    return True


class Publisher:
    """Keeps the folder up to date: it hears that alerts were raised, and writes when it is asked to catch up.

    It does not hear of what another daemon on the same database raised, so on a shared one it looks every minute.
    `place` is asked each time, so that a changed configuration counts; None is for nothing to publish.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        place: Callable[[], Place | None],
        names: Callable[[], Names],
        zone: Callable[[], tzinfo],
    ) -> None:
        self._store, self._clock, self._place, self._names, self._zone = store, clock, place, names, zone
        self._is_due = True  # at the start: an earlier run may have ended between its commit and its writing
        self._not_before: datetime | None = None
        self._looked_at: datetime | None = None

    def hear(self, fact: Fact) -> None:
        """Take note of an alert that was committed."""
        if fact.event == "alert_raised":
            self._is_due = True

    def catch_up(self) -> Fact | None:
        """Write what is new, where there is any; the fact of it, or of why it could not be. Raises StoreError.

        A folder that can't be written is told once, tried again every minute, and told again when it is mended.
        """
        place, now = self._place(), self._clock.now()
        is_due = self._is_due or self._is_shared_and_stale(now)
        if place is None or not is_due or (self._not_before is not None and now < self._not_before):
            return None
        was_heard, self._is_due, self._looked_at = self._is_due, False, now
        was_failing, self._not_before = self._not_before is not None, None
        try:
            count, is_new = _published(self._store, place, self._names(), self._zone(), now)
        except PublishError as error:
            self._is_due, self._not_before = True, now + PATIENCE
            values = {"because": error.because, "remedy": error.remedy}
            return None if was_failing else Fact(event="publish_failed", values=values, is_trouble=True)
        if not (is_new or was_heard):
            return None
        return Fact(event="alerts_published", values={"folder": str(place.folder), "alerts": count})

    def _is_shared_and_stale(self, now: datetime) -> bool:
        is_old = self._looked_at is None or now - self._looked_at >= PATIENCE
        return self._store.address.is_shared and is_old
