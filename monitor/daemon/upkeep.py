"""The loop that looks after the ledger: it seals days that are over and prunes once a day."""

import threading
from dataclasses import asdict
from datetime import date

from monitor import log
from monitor.app import App, retention_of
from monitor.errors import StoreError
from monitor.store import seals
from monitor.store.prune import prune


class Upkeep:
    """What is done now and then. Its trouble is its own: nothing waits for it, and the next round tries again."""

    def __init__(self, app: App, stop: threading.Event) -> None:
        self._app = app
        self._stop = stop
        self._pruned_on: date | None = None

    def run(self) -> None:
        """Seal what is due; prune where this was not done today."""
        now = self._app.clock.now()
        try:
            with self._app.store.place() as work:
                made = seals.seal_due(work, now)
            for one in made:
                log.get().info("ledger_sealed", day=one.day, rows=one.rows, seal=one.digest)
            if self._pruned_on == now.date():
                return
            pruned = prune(self._app.store, retention_of(self._app.config), now, should_stop=self._stop.is_set)
            self._pruned_on = now.date()
        except StoreError as error:
            log.get().error("store_failed", because=error.because, remedy=error.remedy)
            return
        if not pruned.is_nothing:
            log.get().info("store_pruned", **asdict(pruned))
        if pruned.days_unsound:
            log.get().warning("seal_broken", days=pruned.days_unsound, remedy="run `audit verify`: it names them")
