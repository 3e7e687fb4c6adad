"""The loop that looks at ourselves: writes that we live, finds troubles, and tells of a database that is away."""

from datetime import datetime, timedelta

from monitor import log
from monitor.app import App
from monitor.daemon.pulse import Pulse
from monitor.errors import StoreError
from monitor.store import life
from monitor.worker import is_gone

OUTAGE = timedelta(minutes=1)
"""How long the database may be away before operators are told at once; a shorter time is told in hindsight."""
BLINK = timedelta(seconds=15)
"""A database that was away for less is no trouble: a backup, a restart of its server."""
LOOK_PATIENCE = 300.0
"""Seconds without a step in which this loop counts as hung: telling of an outage may last a minute a channel."""


class Lookout:
    """What the daemon knows of its own life between two looks."""

    def __init__(self, app: App, pulse: Pulse) -> None:
        self._app = app
        self._pulse = pulse
        self._started_at = app.clock.now()
        self._polled_at: datetime | None = None
        self._away: tuple[datetime, StoreError] | None = None
        self._is_outage_told = False

    def begin(self) -> None:
        """Write that we live; tell what is wrong at the start, and how the one before us ended. Raises StoreError."""
        app = self._app
        self._started_at = app.clock.now()
        with app.store.work() as work:
            before = life.begin(work, app.worker, self._started_at)
        if app.store.address.is_shared and before is not None and not is_gone(before.worker):
            before = None  # another daemon on the same database, for all that we know alive: no news of its end
        app.watch.back_after(before)
        app.watch.judge_files("config", app.config.troubles)  # the rest was read, or we would not be here
        app.watch.judge_files("rules", app.rules.problems)
        self._pulse.beat("look", LOOK_PATIENCE)

    def polled(self, at: datetime) -> None:
        """A round of polls has ended."""
        self._polled_at = at

    def look(self) -> None:
        """Write that we live, and let be told what is wrong by now."""
        self._pulse.beat("look", LOOK_PATIENCE)
        app = self._app
        now = app.clock.now()
        try:
            with app.store.work() as work:
                beside = life.beat(work, app.worker, self._started_at, now, self._polled_at)
            app.watch.beside_ended(beside)
            if self._away is not None and now - self._away[0] >= BLINK:
                app.watch.outage_over(*self._away)
            self._away, self._is_outage_told = None, False
            app.watch.look()
        except StoreError as error:
            self._on_outage(error, now)

    def _on_outage(self, error: StoreError, now: datetime) -> None:
        """The database can't be used: logged, and once it lasts told past the outbox, which is in that database."""
        if self._away is None:
            self._away = (now, error)
            log.get().error("store_failed", because=error.because, remedy=error.remedy)
        elif now - self._away[0] >= OUTAGE and not self._is_outage_told:
            self._is_outage_told = True
            if self._app.watch.operators and not self._app.watch.outage_lasts(*self._away):
                log.get().error("operator_unreached", because=error.because, remedy=error.remedy)

    def end(self) -> None:
        """Write that we end as we were told to; where that can't be written the next start tells of us."""
        try:
            with self._app.store.work() as work:
                life.end(work, self._app.worker, self._app.clock.now())
        except StoreError as error:
            log.get().error("store_failed", because=error.because, remedy=error.remedy)
