"""`run`: the App until it is stopped. A tick polls, a thread a channel delivers, another looks at ourselves.

The main thread waits for signals, reloads, and feeds the watchdog of systemd while every loop makes progress.
"""

import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from monitor import log
from monitor.app import App, Reread
from monitor.daemon.couriers import Couriers
from monitor.daemon.listening import Listening
from monitor.daemon.lookout import Lookout
from monitor.daemon.pulse import Pulse
from monitor.daemon.reload import Reload
from monitor.daemon.signals import WOKEN, Signals
from monitor.daemon.systemd import notify, watchdog_seconds
from monitor.daemon.upkeep import Upkeep
from monitor.errors import StoreError
from monitor.facts import Fact
from monitor.model import ChannelName

TICK_SECONDS = 1
"""How often the table of due feeds is looked at; a look costs some 0.1 ms."""
LOOK_SECONDS = 10
"""How often the daemon writes that it lives and looks for troubles of its own."""
PATIENCE_SECONDS = 45.0
"""How long a stop waits for all deliveries under way together: above the limit of one sending."""
MENDING_SECONDS = 15.0
"""How long no feed is asked after the database failed: it tells so once in that time, and not at every tick."""
POLL_PATIENCE = 180.0
"""Seconds without a step in which the polling loop counts as hung: far above one huge document on a slow machine."""
UPKEEP_SECONDS = 600
"""How often it is looked whether a day of the ledger is to be sealed or anything pruned."""
WAIT_SECONDS = 1.0
"""How long the main thread waits for a signal between two looks at the pulse."""


class Daemon:
    """The running App. `serve` returns when it was told to stop and has finished or released what was under way."""

    def __init__(self, app: App, *, signals: Signals | None = None, reread: Reread | None = None) -> None:
        """`signals` are those caught since the process began, `reread` reads the configuration anew for a reload."""
        self._app = app
        self._opened = ExitStack()
        self._signals = signals or self._opened.enter_context(Signals())
        self._stop = threading.Event()
        self._pulse = Pulse(app.clock.seconds)
        self._couriers = Couriers(app, self._pulse, self._stop)
        self._lookout = Lookout(app, self._pulse)
        self._upkeep = Upkeep(app, self._stop)
        self._listening = Listening(app)
        self._reload = Reload(app, reread, self._swapped, self._pulse)
        self._hung: list[str] = []
        app.listen(self._hear)

    def serve(self, *, on_ready: Callable[[], None] = lambda: None) -> None:
        """Work until SIGTERM or SIGINT. Must run in the main thread, which alone gets signals."""
        self._signals.catch(signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        scheduler = self._scheduler()
        try:
            self._app.sender.warm()
            self._lookout.begin()
            self._couriers.start()
            self._pulse.beat("poll", POLL_PATIENCE)
            scheduler.start()
            notify("READY=1", f"STATUS={self._app.summary()}")
            log.get().info("daemon_ready", feeds=len(self._app.feeds), channels=len(self._app.channels))
            on_ready()
            self._watch_over()
        finally:
            self._wind_down(scheduler)
            self._opened.close()

    def stop(self) -> None:
        """Ask `serve` to return; may be called from any thread, and more than once."""
        self._stop.set()
        self._couriers.ring_all()
        self._signals.wake()

    def _watch_over(self) -> None:
        """Read signals, reload, feed the watchdog, until it is time to stop."""
        wanted = watchdog_seconds()
        wait = min(WAIT_SECONDS, wanted / 4) if wanted else WAIT_SECONDS
        while not self._stop.is_set():
            for number in self._signals.wait(wait):
                if number == signal.SIGHUP:
                    self._reload.ask()
                elif number != WOKEN:
                    log.get().info("daemon_stopping", signal=signal.Signals(number).name)
                    self._stop.set()
            if self._stop.is_set():
                return
            self._reload.run_if_due()
            self._feed_watchdog()

    def _feed_watchdog(self) -> None:
        """A sign of life, while every loop of ours makes progress; else systemd ends us and starts us anew."""
        hung = self._pulse.late()
        if not hung:
            notify("WATCHDOG=1")
        elif hung != self._hung:
            log.get().error("loop_hung", loops=hung)
        self._hung = hung

    def _scheduler(self) -> BackgroundScheduler:
        """One tick over the table of due feeds; a tick that lasts longer than its second is not started twice."""
        scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={
                "default": ThreadPoolExecutor(1),
                "lookout": ThreadPoolExecutor(1),
                "upkeep": ThreadPoolExecutor(1),
                "web": ThreadPoolExecutor(1),
            },
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        now = self._app.clock.now()
        scheduler.add_job(self._poll, "interval", seconds=TICK_SECONDS, id="poll", next_run_time=now)
        scheduler.add_job(
            self._lookout.look, "interval", seconds=LOOK_SECONDS, id="look", executor="lookout", next_run_time=now
        )
        scheduler.add_job(
            self._upkeep.run, "interval", seconds=UPKEEP_SECONDS, id="upkeep", executor="upkeep", next_run_time=now
        )
        scheduler.add_job(
            self._listening.refresh, "interval", seconds=LOOK_SECONDS, id="web", executor="web", next_run_time=now
        )
        scheduler.add_listener(self._on_job, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        return scheduler

    def _swapped(self) -> None:
        """Bring what works on its own to the configuration that is in force now."""
        self._couriers.start()
        self._listening.refresh()

    def _poll(self) -> None:
        self._pulse.beat("poll", POLL_PATIENCE)
        self._app.close_retired()
        pipeline = self._app.pipeline
        try:
            pipeline.review()
            tally = pipeline.poll(should_stop=self._should_stop, is_retired=lambda: self._app.pipeline is not pipeline)
            self._app.publish()
        except StoreError as error:
            log.get().error("store_failed", because=error.because, remedy=error.remedy)
            self._stop.wait(MENDING_SECONDS)
            return
        self._lookout.polled(self._app.clock.now())
        if tally.polled:
            notify(f"STATUS={self._app.summary()}")

    def _should_stop(self) -> bool:
        """Asked between two steps of a round, so each is a sign of life."""
        self._pulse.beat("poll", POLL_PATIENCE)
        return self._stop.is_set()

    def _hear(self, fact: Fact) -> None:
        """Ring the bell of a channel for which an alert or a notice was committed."""
        if fact.event in ("alert_raised", "operator_told"):
            self._couriers.ring(ChannelName(str(fact.values["channel"])))

    def _on_job(self, event: JobExecutionEvent) -> None:
        """A tick that broke is ours to mend; a missed or doubled one only says that the last took long."""
        if event.code == EVENT_JOB_ERROR:
            log.get().error("poll_broke", error=repr(event.exception), traceback=event.traceback)
        else:
            log.get().debug("tick_skipped", code=event.code)

    def _wind_down(self, scheduler: BackgroundScheduler) -> None:
        """Finish what is under way, release the rest. Paused first, or the scheduler starts a job while it ends."""
        notify("STOPPING=1", "STATUS=finishing what is under way")
        self.stop()
        self._listening.close()
        if scheduler.running:
            scheduler.pause()
            scheduler.shutdown(wait=True)
        self._reload.join(PATIENCE_SECONDS)
        self._couriers.join(PATIENCE_SECONDS)
        self._app.release()
        self._lookout.end()
        log.get().info("daemon_stopped")
