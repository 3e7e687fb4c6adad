"""A thread a channel, which delivers: one that hangs or is down for a day holds back nobody."""

import threading

from monitor import log
from monitor.app import App
from monitor.daemon.pulse import Pulse
from monitor.errors import StoreError
from monitor.model import ChannelName

IDLE_SECONDS = 5.0
"""How long a channel's thread sleeps at most when no bell rings: a retry becomes due without one."""
DELIVERY_PATIENCE = 180.0
"""Seconds without a step in which a channel's loop counts as hung: above one sending (60 s) and a locked database."""


class Couriers:
    """The threads, by channel. `start` gives every channel that is configured now its own; one that is gone ends."""

    def __init__(self, app: App, pulse: Pulse, stop: threading.Event) -> None:
        self._app = app
        self._pulse = pulse
        self._stop = stop
        self._lock = threading.Lock()
        self._bells: dict[ChannelName, threading.Event] = {}
        self._threads: dict[ChannelName, threading.Thread] = {}

    def start(self) -> None:
        """Let every channel have its thread, and wake those that are there: their channel may be another now."""
        with self._lock:
            for name in self._app.channels:
                bell = self._bells.setdefault(name, threading.Event())
                if name in self._threads:
                    continue
                thread = threading.Thread(target=self._run, args=(name, bell), name=f"deliver-{name}", daemon=True)
                self._threads[name] = thread
                thread.start()
        self.ring_all()

    def ring(self, name: ChannelName) -> None:
        """Something waits for this channel."""
        bell = self._bells.get(name)
        if bell is not None:
            bell.set()

    def ring_all(self) -> None:
        """Let every thread look up."""
        for bell in list(self._bells.values()):
            bell.set()

    def join(self, seconds: float) -> None:
        """Wait for all threads, so long in all."""
        with self._lock:
            threads = list(self._threads.values())
        end = self._app.clock.seconds() + seconds
        for thread in threads:
            thread.join(max(end - self._app.clock.seconds(), 0))

    def _run(self, name: ChannelName, bell: threading.Event) -> None:
        """Drain one channel whenever its bell rings, and now and then without. Its trouble is its own."""
        loop = f"deliver-{name}"
        while not self._stop.is_set() and not self._is_gone(name):
            bell.clear()
            self._pulse.beat(loop, DELIVERY_PATIENCE)
            pipeline = self._app.pipeline
            if name not in pipeline.channels:
                continue

            def should_end(pipeline: object = pipeline) -> bool:
                self._pulse.beat(loop, DELIVERY_PATIENCE)
                return self._stop.is_set() or self._app.pipeline is not pipeline

            try:
                pipeline.deliver(name, should_stop=should_end)
            except StoreError as error:
                log.get().error("store_failed", channel=name, because=error.because, remedy=error.remedy)
            except Exception:  # an error of ours costs this round: a dead thread would silence the channel for good
                log.get().exception("delivery_broke", channel=name)
            bell.wait(self._rest(name))
        self._pulse.end(loop)

    def _rest(self, name: ChannelName) -> float:
        """How long to wait for a bell: until the channel's pace or pause lets the next go, or a retry may be due."""
        try:
            return self._app.pipeline.rest(name, IDLE_SECONDS)
        except StoreError:  # told where it mattered; the next round finds out
            return IDLE_SECONDS

    def _is_gone(self, name: ChannelName) -> bool:
        """Whether the channel is configured no more; its thread is then forgotten, under the lock that starts them.

        What was attempted and could not be written stays with its thread until it is.
        """
        with self._lock:
            if name in self._app.channels or self._app.pipeline.unwritten.get(name):
                return False
            self._threads.pop(name, None)
            return True
