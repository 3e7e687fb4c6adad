"""How soon and how surely alerts are delivered: real channels, a real database, sinks on loopback that record.

    python -m bench.deliver [--quick]      the last line is JSON

idle        from committed to accepted, one alert at a time, as a daemon's couriers send it
burst       1,000 alerts at once to each of three channels: lost and double ones, by the sinks' own records
outage      one channel down for 24 hours of moved clock, with thousands waiting for it: what that costs the others
drain       what waited for it afterwards: all once, in the order in which it was queued, no faster than its pace
"""

import argparse
import io
import json
import os
import platform
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Any

from sqlalchemy import text

from monitor.app import App, build
from monitor.clock import Clock, ManualClock, SystemClock
from monitor.config import config_of
from monitor.daemon.couriers import Couriers
from monitor.daemon.pulse import Pulse
from monitor.decisions import Send
from monitor.facts import Fact
from monitor.model import AlertId, ChannelName, StoryId
from monitor.store import articles, outbox, stories
from tests.builders import NOON, a_change, a_story, an_alert, an_article
from tests.fixtures.alert_sinks import Sinks, serve

ONE, TWO, MAIL = ChannelName("one"), ChannelName("two"), ChannelName("mail")
ALL = (ONE, TWO, MAIL)
PACE = timedelta(milliseconds=100)
STEP = timedelta(minutes=10)
PATIENCE_SECONDS = 900.0
CONFIG = """
[database]
url = "sqlite:///{folder}/monitor.db"
[rules]
shipped = false
[[channels]]
name = "one"
url = "webhook://127.0.0.1:{http}/hook/one"
every = "{pace}"
[[channels]]
name = "two"
url = "webhook://127.0.0.1:{http}/hook/two"
[[channels]]
name = "mail"
url = "mailto://127.0.0.1:{smtp}?from=m@x.org&to=ana@x.org"
"""


class Bench:
    """An App with its couriers, beside the sinks of its three channels."""

    def __init__(self, sinks: Sinks, folder: Path, clock: Clock, *, pace: str = "0s") -> None:
        self.sinks = sinks
        self.clock = clock
        text_ = CONFIG.format(folder=folder, http=sinks.http_port, smtp=sinks.smtp_port, pace=pace)
        config = config_of(text_, "config.toml", beside=folder, environ={})
        self.app: App = build(config, clock, is_daemon=True, console=io.StringIO())
        with self.app.store.work() as work:
            articles.add(work, [an_article(published=clock.now(), fetched_at=clock.now())])
        self.taken: Counter[ChannelName] = Counter()
        """How many deliveries of each channel are accepted, as the database has it."""
        self._settled = threading.Condition()
        self.app.listen(self._hear)
        self._stop = threading.Event()
        self.couriers = Couriers(self.app, Pulse(clock.seconds), self._stop)
        self.app.sender.warm()

    def queue(self, numbers: Sequence[int], channels: Sequence[ChannelName] = ALL) -> None:
        """Commit an alert for each number and channel, all in one transaction, each of its own story."""
        now = self.clock.now()
        with self.app.store.place() as work:
            for number in numbers:
                change = a_change(a_story(id=StoryId(f"s{number}"), opened_at=now, last_hit_at=now))
                stories.save(work, change)
                for channel in channels:
                    name = AlertId(f"{channel}-{number:05}")
                    alert = an_alert(id=name, first_alert=name, story=change.after.id, raised_at=now, title=str(name))
                    send = Send(channel=channel, alert=alert, because="new")
                    outbox.record(work, change, [send], self.app.pipeline.recipients, now)

    def ring(self, channels: Sequence[ChannelName] = ALL) -> None:
        """As the daemon does once it has committed."""
        for channel in channels:
            self.couriers.ring(channel)

    def arrived(self, channel: ChannelName) -> list[str]:
        """What a channel took, in order, by the record of its sink."""
        if channel == MAIL:
            found = (str(record["subject"]) for record in self.sinks.accepted("smtp"))
            return [word for subject in found for word in subject.lower().split() if word.startswith(f"{MAIL}-")]
        path = f"/hook/{channel}"
        return [record["body"]["id"] for record in self.sinks.accepted("webhook") if record["path"] == path]

    def wait_for(self, counts: dict[ChannelName, int]) -> None:
        """Until each channel has settled so many. Ends the measurement where that takes far too long."""
        with self._settled:
            is_done = self._settled.wait_for(
                lambda: all(self.taken[name] >= count for name, count in counts.items()), PATIENCE_SECONDS
            )
        if not is_done:
            raise SystemExit(f"not settled after {PATIENCE_SECONDS:g} s: {dict(self.taken)} of {counts}")

    def _hear(self, fact: Fact) -> None:
        if fact.event == "delivery_accepted":
            with self._settled:
                self.taken[ChannelName(str(fact.values["channel"]))] += 1
                self._settled.notify_all()

    def close(self) -> None:
        """Let the couriers end, then all else."""
        self._stop.set()
        self.ring()
        self.couriers.join(30)
        self.app.close()


@contextmanager
def begun(clock: Clock, pace: str = "0s") -> Iterator[Bench]:
    """A fresh database and fresh sinks until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="bench-deliver-") as folder, serve() as sinks:
        bench = Bench(sinks, Path(folder), clock, pace=pace)
        try:
            yield bench
        finally:
            bench.close()


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Median, p95 and the longest, in milliseconds."""
    return {"p50_ms": round(median(seconds) * 1000, 1), "p95_ms": round(quantiles(seconds, n=20)[-1] * 1000, 1),
            "max_ms": round(max(seconds) * 1000, 1)}  # fmt: skip


def idle(count: int) -> dict[str, Any]:
    """One alert at a time to one channel, from the end of the transaction to its being settled as accepted."""
    with begun(SystemClock()) as bench:
        bench.couriers.start()
        taken = []
        for number in range(count + 1):
            bench.queue([number], [TWO])
            committed = perf_counter()
            bench.ring([TWO])
            bench.wait_for({TWO: number + 1})
            taken.append(perf_counter() - committed)
            sleep(0.01)
        return {"alerts": count, **spread(taken[1:])}  # the first makes what is made once


def burst(count: int) -> dict[str, Any]:
    """Alerts for three channels committed at once."""
    with begun(SystemClock()) as bench:
        bench.queue(range(count))
        committed = perf_counter()
        bench.couriers.start()
        bench.wait_for(dict.fromkeys(ALL, count))
        taken = perf_counter() - committed
        expected = {channel: {f"{channel}-{number:05}" for number in range(count)} for channel in ALL}
        counted = {channel: Counter(bench.arrived(channel)) for channel in ALL}
    return {
        "alerts": count, "channels": len(ALL), "seconds": round(taken, 1),
        "deliveries_per_second": round(count * len(ALL) / taken),
        "lost": sum(len(expected[channel] - counted[channel].keys()) for channel in ALL),
        "doubles": sum(number - 1 for channel in ALL for number in counted[channel].values()),
    }  # fmt: skip


def outage(waiting: int, steps: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """One channel down for `steps` times ten minutes of moved clock, then drained."""
    clock = ManualClock(NOON)
    others = (TWO, MAIL)
    with begun(clock, pace=f"{PACE.total_seconds():g}s") as bench:
        bench.couriers.start()

        def delays(first: int, count: int) -> list[float]:
            found = []
            for number in range(first, first + count):
                clock.move(STEP)
                bench.queue([number])
                committed = perf_counter()
                bench.ring()
                bench.wait_for(dict.fromkeys(others, number + 1))
                found.append(perf_counter() - committed)
            return found

        up = delays(0, 40)
        bench.wait_for({ONE: 40})
        bench.sinks.fault("webhook", "503", times=-1, match="/hook/one")
        first = 1_000_000
        for chunk in range(first, first + waiting, 500):
            bench.queue(range(chunk, min(chunk + 500, first + waiting)), [ONE])
        down = delays(40, steps)
        tried = sum(1 for record in bench.sinks.all() if record["outcome"] != "accepted")
        bench._stop.set()
        bench.ring()
        bench.couriers.join(30)
        with bench.sinks.lock:
            bench.sinks.faults.clear()
        before = len(bench.arrived(ONE))
        began, at_first = perf_counter(), clock.now()
        drain(bench, clock)
        seconds = perf_counter() - began
        drained = bench.arrived(ONE)[before:]
        with bench.app.store.look() as work:
            rows = work.rows(text(
                "SELECT a.alert FROM deliveries a WHERE a.channel = 'one' AND a.state = 'accepted' ORDER BY a.ordinal"
            ))[before:]  # fmt: skip
            times = work.rows(text(
                "SELECT a.at FROM attempts a JOIN deliveries d ON d.id = a.delivery WHERE d.channel = 'one' "
                "AND a.outcome = 'accepted' ORDER BY a.id"
            ))[before:]  # fmt: skip
        queued = [str(row[0]) for row in rows]
        moved = (clock.now() - at_first).total_seconds()
    growth = quantiles(down, n=20)[-1] - quantiles(up, n=20)[-1]
    told = {
        "hours": round(steps * STEP.total_seconds() / 3600, 1), "others_up": spread(up), "others_down": spread(down),
        "p95_growth_s": round(growth, 3), "requests_to_the_channel_that_is_down": tried,
    }  # fmt: skip
    return told, {
        "deliveries": len(drained), "lost": len(set(queued) - set(drained)) + (waiting + steps - len(queued)),
        "doubles": len(drained) - len(set(drained)), "in_order": drained == queued,
        "pace_ms": PACE.total_seconds() * 1000,
        "most_at_one_moment": max(Counter(str(row[0]) for row in times).values()),
        "moved_seconds": round(moved), "deliveries_per_moved_second": round(len(drained) / moved, 2),
        "seconds": round(seconds, 1),
    }  # fmt: skip


def drain(bench: Bench, clock: ManualClock) -> None:
    """Deliver to the channel that was down until nothing waits, moving the clock as far as the channel asks."""
    while True:
        bench.app.pipeline.deliver(ONE)
        with bench.app.store.look() as work:
            if not outbox.waiting(work).get(ONE):
                return
        clock.move(timedelta(seconds=bench.app.pipeline.rest(ONE, PACE.total_seconds())))


def main() -> None:
    """Measure; progress goes to standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    asked = parser.parse_args()
    part = 10 if asked.quick else 1
    result: dict[str, Any] = {"python": platform.python_version(), "cpus": os.cpu_count()}
    result["load_average"] = round(os.getloadavg()[0], 1)
    for name, measure in (("idle", lambda: idle(200 // part)), ("burst", lambda: burst(1000 // part))):
        result[name] = measure()
        print(f"{name}: {result[name]}", file=sys.stderr, flush=True)
    result["outage"], result["drain"] = outage(10_000 // part, 144)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
