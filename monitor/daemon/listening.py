"""The pages for readers while the daemon runs: opened, moved by a reload, opened again where they could not be.

Their trouble is their own: nothing waits for them, and what is wrong is told to operators like any other trouble.
"""

import threading

from monitor import log
from monitor.app import App, signer_of
from monitor.errors import StoreError
from monitor.web.answering import Answering
from monitor.web.listener import Listener


class Listening:
    """What listens now. `refresh` brings it to what the configuration says, from any thread."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._listener: Listener | None = None
        self._told: tuple[str, str] | None = None
        self._is_over = False

    def refresh(self) -> None:
        """Listen where the configuration says so, and nowhere else; tell what is wrong with that, once."""
        with self._lock:
            if self._is_over:
                return
            web = self._app.config.web
            wanted = web.listen if web.is_on else None
            open_now = self._listener
            if open_now is not None and (open_now.listen != wanted or not open_now.is_alive):
                self._close()
            because = self._open(wanted) if wanted is not None and self._listener is None else ""
            self._tell(web.listens_at if web.is_on else "", because)

    def close(self) -> None:
        """Listen no more, and not again."""
        with self._lock:
            self._is_over = True
            self._close()

    def _open(self, wanted: tuple[str, int]) -> str:
        """Begin to listen; why not, where that fails."""
        app = self._app
        answering = Answering(
            store=app.store,
            clock=app.clock,
            signer=lambda: signer_of(app.config),
            names=lambda: app.rules.ruleset.names,
            zone=lambda: app.config.display.zone,
            observe=app.observe,
        )
        try:
            self._listener = Listener(wanted, answering, app.clock.seconds)
        except OSError as error:
            return (error.strerror or str(error)).lower()
        log.get().info("listener_ready", listen=app.config.web.listens_at)
        return ""

    def _close(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _tell(self, listen: str, because: str) -> None:
        """Tell operators and the log where something changed; what could not be told is told the next time."""
        if self._told == (listen, because):
            return
        if because:
            log.get().error(
                "listener_failed", listen=listen, because=because, remedy="see what else listens there (`ss -ltnp`)"
            )
        try:
            self._app.watch.judge_listener(listen, because)
            self._told = (listen, because)
        except StoreError as error:
            log.get().error("store_failed", because=error.because, remedy=error.remedy)
