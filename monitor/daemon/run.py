"""`run`: the App until it is stopped. A scheduler's tick polls, a thread a channel delivers."""

import signal
import threading
from collections.abc import Callable
from types import FrameType

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from monitor import log
from monitor.app import App
from monitor.daemon.systemd import notify
from monitor.errors import StoreError
from monitor.facts import Fact
from monitor.model import ChannelName

TICK_SECONDS = 1
"""How often the table of due feeds is looked at; a look costs some 0.1 ms."""
IDLE_SECONDS = 5.0
"""How long a channel's thread sleeps at most when no bell rings: a retry becomes due without one."""
PATIENCE_SECONDS = 45.0
"""How long a stop waits for all deliveries under way together: above the limit of one sending."""
MENDING_SECONDS = 15.0
"""How long no feed is asked after the database failed: it tells so once in that time, and not at every tick."""


class Daemon:
    """The running App. `serve` returns when it was told to stop and has finished or released what was under way."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._stop = threading.Event()
        self._bells = {name: threading.Event() for name in app.channels}
        app.listen(self._hear)

    def serve(self, *, on_ready: Callable[[], None] = lambda: None) -> None:
        """Work until SIGTERM or SIGINT. Must run in the main thread, which alone gets signals."""
        before = {number: signal.signal(number, self._on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
        scheduler = self._scheduler()
        couriers = [
            threading.Thread(target=self._deliver, args=(name,), name=f"deliver-{name}", daemon=True)
            for name in self._app.channels
        ]
        try:
            self._app.sender.warm()
            for courier in couriers:
                courier.start()
            scheduler.start()
            notify("READY=1", f"STATUS={self._app.summary()}")
            log.get().info("daemon_ready", feeds=len(self._app.feeds), channels=len(self._app.channels))
            on_ready()
            self._stop.wait()
        finally:
            self._wind_down(scheduler, couriers)
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop(self) -> None:
        """Ask `serve` to return; may be called from any thread, and more than once."""
        self._stop.set()
        for bell in self._bells.values():
            bell.set()

    def _scheduler(self) -> BackgroundScheduler:
        """One tick over the table of due feeds; a tick that lasts longer than its second is not started twice."""
        scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        scheduler.add_job(self._poll, "interval", seconds=TICK_SECONDS, id="poll", next_run_time=self._app.clock.now())
        scheduler.add_listener(self._on_job, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        return scheduler

    def _poll(self) -> None:
        try:
            tally = self._app.pipeline.poll(should_stop=self._stop.is_set)
            self._app.publish()
        except StoreError as error:
            log.get().error("store_failed", because=error.because, remedy=error.remedy)
            self._stop.wait(MENDING_SECONDS)
            return
        if tally.polled:
            notify(f"STATUS={self._app.summary()}")

    def _deliver(self, name: ChannelName) -> None:
        """Drain one channel whenever its bell rings, and now and then without. Its trouble is its own."""
        bell = self._bells[name]
        while not self._stop.is_set():
            bell.clear()
            try:
                self._app.pipeline.deliver(name, should_stop=self._stop.is_set)
            except StoreError as error:
                log.get().error("store_failed", channel=name, because=error.because, remedy=error.remedy)
            except Exception:  # an error of ours costs this round: a dead thread would silence the channel for good
                log.get().exception("delivery_broke", channel=name)
            bell.wait(IDLE_SECONDS)

    def _hear(self, fact: Fact) -> None:
        """Ring the bell of a channel for which an alert was committed."""
        if fact.event == "alert_raised":
            bell = self._bells.get(ChannelName(str(fact.values["channel"])))
            if bell is not None:
                bell.set()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        log.get().info("daemon_stopping", signal=signal.Signals(number).name)
        notify("STOPPING=1")
        self.stop()

    def _on_job(self, event: JobExecutionEvent) -> None:
        """A tick that broke is ours to mend; a missed or doubled one only says that the last took long."""
        if event.code == EVENT_JOB_ERROR:
            log.get().error("poll_broke", error=repr(event.exception), traceback=event.traceback)
        else:
            log.get().debug("tick_skipped", code=event.code)

    def _wind_down(self, scheduler: BackgroundScheduler, couriers: list[threading.Thread]) -> None:
        """Finish what is under way, release the rest. Paused first, or the scheduler starts a job while it ends."""
        self.stop()
        if scheduler.running:
            scheduler.pause()
            scheduler.shutdown(wait=True)
        end = self._app.clock.seconds() + PATIENCE_SECONDS
        for courier in couriers:
            if courier.is_alive():
                courier.join(max(end - self._app.clock.seconds(), 0))
        self._app.release()
        log.get().info("daemon_stopped")
