"""A reload: configuration and rules read anew beside those in force, then swapped; what is bad leaves the last good."""

import threading
from collections.abc import Callable

from monitor import log
from monitor.app import App, Reread
from monitor.daemon.pulse import Pulse
from monitor.daemon.systemd import notify, reloading
from monitor.errors import StoreError

_REMEDY = "mend it and reload; what was in force stays so"
AGAIN_SECONDS = 15.0
"""How long a reload waits that the database could not take: it was asked for, so it is not forgotten."""


RELOAD_PATIENCE = 600.0
"""Seconds after which a reload counts as hung: thousands of rules on a slow machine take a minute."""


class Reload:
    """Reloads that were asked for, one at a time, each in a thread of its own: the watchdog is fed meanwhile."""

    def __init__(self, app: App, reread: Reread | None, on_swapped: Callable[[], None], pulse: Pulse) -> None:
        """`reread` gives the configuration as it stands now, or raises ConfigError; without it only rules are read."""
        self._app = app
        self._pulse = pulse
        self._thread: threading.Thread | None = None
        self._reread = reread
        self._on_swapped = on_swapped
        self._due: float | None = None

    def ask(self) -> None:
        """Reload as soon as there is time."""
        self._due = self._app.clock.seconds()

    def run_if_due(self) -> None:
        """Begin a reload if that was asked for and none is under way."""
        is_busy = self._thread is not None and self._thread.is_alive()
        if is_busy or self._due is None or self._app.clock.seconds() < self._due:
            return
        self._due = None
        self._thread = threading.Thread(target=self._reload, name="reload", daemon=True)
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait for a reload that is under way."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _reload(self) -> None:
        self._pulse.beat("reload", RELOAD_PATIENCE)
        notify(*reloading(self._app.clock.seconds()), "STATUS=reading configuration and rules anew")
        log.get().info("reload_started")
        try:
            self._run()
        except StoreError as error:
            log.get().error("reload_failed", because=error.because, remedy=f"{error.remedy}; it is tried again")
            self._due = self._app.clock.seconds() + AGAIN_SECONDS
        except Exception:  # an error of ours costs this reload; what was in force stays so
            log.get().exception("reload_failed", because="an unforeseen error of ours")
        self._pulse.end("reload")
        notify("READY=1", f"STATUS={self._summary()}")

    def _run(self) -> None:
        app = self._app
        mistakes = app.reload(self._reread)
        self._on_swapped()
        for problem in mistakes:
            log.get().error("reload_failed", place=str(problem.place), because=str(problem), remedy=_REMEDY)
        app.watch.judge_files("config", mistakes)
        app.watch.judge_files("rules", app.rules.problems)
        if not mistakes:
            log.get().info("reload_done", feeds=len(app.feeds), channels=len(app.channels))

    def _summary(self) -> str:
        try:
            return self._app.summary()
        except StoreError as error:
            return f"the database {error.because}"
