"""Kill the daemon at random moments and count what arrived: python -m tests.drills.crash --kills 50

On a SQLite file and on a PostgreSQL server, at the same time: the real daemon polls loopback feeds and mails to a
recording SMTP sink that fails now and then. It is killed by SIGKILL and started again, each time with a few feeds
more, so that there is work in every life: while it starts, while it polls, matches, commits, sends and settles, and
one kill in ten while it upgrades a database of the oldest schema in which a mail waits; at the end it may drain.
What is expected comes from the feeds, what arrived from the sink's records. Progress goes to standard error; the
last line on standard output is one JSON object. Exit 1 if an alert was lost, or came twice without saying so.
"""

import argparse
import contextlib
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from monitor.clock import SystemClock
from monitor.model import AlertId, StoryId
from monitor.store import Store, Work, articles, migrate, outbox, stories
from monitor.store import engine as database
from monitor.store.address import address_of
from monitor.store.tables import SCHEMA, alerts, deliveries
from monitor.store.values import alert_to_json
from tests.builders import a_change, a_report, a_story, an_alert, an_article
from tests.drills.events import CAPACITY, events
from tests.drills.stage import (
    PER_FEED,
    ROOT,
    DaemonDiedError,
    DrillFeed,
    FeedServer,
    Stage,
    end,
    kill,
    postgresql_server,
    sqlite_files,
)
from tests.fixtures.alert_sinks import serve

ON: Final = ("sqlite", "postgresql")
OLDEST: Final = "0001"
"""The schema from which the daemon is made to upgrade."""
DRAIN_SECONDS: Final = 420
"""Above a lease of 5 minutes: a delivery that a kill left leased must get its turn."""
FAULTS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("451", {"stage": "rcpt"}),
    ("421", {"stage": "connect"}),
    ("drop", {"stage": "data"}),
    ("slow", {"stage": "data", "seconds": 1.0}),
    ("accept-then-drop", {}),
)
"""What the sink does to one mail of a life: all of it passes, since what is refused for good is told otherwise."""


def tell(stage: Stage, text: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(f"{stage.databases.name}: {text}\n")
    sys.stderr.flush()


def live_and_die(stage: Stage, chance: random.Random) -> str:
    """One life of the daemon; says when it was killed: in one of five while it starts, else while it works."""
    with stage.daemon() as process:
        started = time.monotonic()
        if chance.random() < 0.2:
            wait, when = chance.uniform(0.05, 2.0), "starting"
        else:
            while not stage.server.asked.wait(0.05):
                if process.poll() is not None or time.monotonic() - started > 60:
                    break
            # as long as a slow machine needs to take in what was asked for
            wait, when = chance.uniform(0.0, max(1.5, (time.monotonic() - started) / 4)), "working"
        time.sleep(wait)
        kill(process)
        return f"{when}, {time.monotonic() - started:.1f} s after its start"


def upgrade_and_die(stage: Stage, number: int, chance: random.Random) -> tuple[str, str]:
    """A kill in an upgrade, and a second life in which what waited before it goes out: what waited, and when it was."""
    name = f"old_{number}"
    url = stage.databases.make(name)
    token = _plant(url, number)
    stage.configure(url, with_feeds=False)
    with stage.daemon() as process:
        started = time.monotonic()
        while not stage.databases.is_migrating(name):
            if process.poll() is not None or time.monotonic() - started > 60:
                raise DaemonDiedError("no upgrade within 60 s")
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.6))
        kill(process)
    found = migrate.current(address_of(url))
    with stage.daemon() as process:
        _wait_for(stage, process, {token}, url)
        end(process)
    if migrate.current(address_of(url)) != SCHEMA:
        raise DaemonDiedError(f"{name} was not upgraded by the start after the kill")
    return token, f"upgrading, schema {found} was found"


def _plant(url: str, number: int) -> str:
    """Make a database of the oldest schema in which one alert waits for the desk; gives the token of the alert."""
    address = address_of(url)
    migrate.upgrade(address, target=OLDEST)
    now = SystemClock().now()
    token = f"https://drill.example/event/{90_000 + number}"
    story = a_story(id=StoryId(f"old-{number}"))
    alert = an_alert(id=AlertId(f"old-{number}"), story=story.id, lead=a_report(url=token), raised_at=now)
    engine = database.open_engine(address)
    with database.begun_for(engine.connect(), is_writing=True) as connection, connection.begin():
        work = Work(connection, address.name)
        articles.add(work, [an_article()])
        stories.save(work, a_change(story))
        of_alert = {"id": alert.id, "story": story.id, "kind": alert.kind, "raised_at": now}
        work.run(insert(alerts).values(**of_alert, alert=alert_to_json(alert)))
        work.run(
            insert(deliveries).values(
                id=alert.id, alert=alert.id, story=story.id, channel="desk", recipient="desk@drill.example",
                state="waiting", attempts=0, queued_at=now, next_at=now, is_unknown=False, because="new story",
            )
        )  # fmt: skip
    engine.dispose()
    return token


def _wait_for(stage: Stage, process: subprocess.Popen[bytes], expected: set[str], url: str) -> None:
    """Until all that is expected has arrived and nothing waits to be sent, or the time is over."""
    until = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise DaemonDiedError("it ended while it drained")
        if expected <= set(stage.arrivals()) and not _waiting(url):
            return
        time.sleep(0.5)


def _waiting(url: str) -> int:
    store = Store.open(url)
    try:
        with store.look() as work:
            return sum(outbox.waiting(work).values())
    finally:
        store.close()


def drill(stage: Stage, kills: int, seed: int) -> dict[str, int]:
    """So many lives and deaths, then the count."""
    chance = random.Random(seed)
    upgrades = max(1, kills // 10)
    lives = kills - upgrades
    per_life = max(1, min(3, CAPACITY // (PER_FEED * (lives + 1))))
    planned = iter(events(per_life * PER_FEED * (lives + 1), seed))
    expected: set[str] = set()
    url = stage.databases.make("monitor")
    stage.sinks.fault("smtp", "slow", times=-1, seconds=0.03)
    for number in range(upgrades):
        token, when = upgrade_and_die(stage, number, chance)
        expected.add(token)
        tell(stage, f"kill {number + 1}/{kills}: {when}; {len(stage.arrivals())} of {len(expected)} alerts are out")
    for life in range(lives + 1):
        for _ in range(per_life):
            batch = [next(planned) for _ in range(PER_FEED)]
            feed = DrillFeed(len(stage.server.feeds), batch)
            stage.server.feeds[feed.path] = feed
            expected |= {event.token for event in batch}
        stage.configure(url)
        if life < lives:
            fault, more = chance.choice(FAULTS)
            stage.sinks.mend("smtp")  # what an earlier life had no time for would add up to an outage without end
            stage.sinks.fault("smtp", fault, after=chance.randrange(3), **more)
            when = live_and_die(stage, chance)
            out = f"{len(stage.arrivals())} of {len(expected)} alerts are out"
            tell(stage, f"kill {upgrades + life + 1}/{kills}: {when}; {out}")
    tell(stage, "draining")
    stage.sinks.mend("smtp")
    with stage.daemon() as process:
        _wait_for(stage, process, expected, url)
        end(process)
    return _counted(stage, kills, expected)


def _counted(stage: Stage, kills: int, expected: set[str]) -> dict[str, int]:
    arrived = stage.arrivals()
    lost = sorted(expected - set(arrived))
    for token in lost[:20]:
        tell(stage, f"lost: {token}")
    for token, marks in arrived.items():
        if not all(marks[1:]):
            tell(stage, f"came {len(marks)} times without saying so: {token}, {marks}")
    return {
        "kills": kills,
        "expected": len(expected),
        "delivered": len(expected & set(arrived)),
        "lost": len(lost),
        "doubles": sum(len(marks) - 1 for marks in arrived.values()),
        "marked_doubles": sum(sum(marks[1:]) for marks in arrived.values()),
    }


def on_one(name: str, folder: Path, kills: int, seed: int) -> dict[str, int]:
    """The drill on one kind of database, with a folder, feeds and sinks of its own. Raises DaemonDiedError."""
    folder.mkdir()
    server = FeedServer()
    try:
        with (
            sqlite_files(folder) if name == "sqlite" else postgresql_server() as databases,
            serve(folder / "mails.jsonl") as sinks,
        ):
            stage = Stage(folder=folder, server=server, sinks=sinks, databases=databases)
            try:
                return drill(stage, kills, seed)
            except DaemonDiedError:
                tell(stage, stage.log_tail())
                raise
    finally:
        server.close()


def on_both(folder: Path, kills: int, seed: int) -> dict[str, dict[str, int]]:
    """Both drills at the same time, each in a process of its own: the work is the daemons' anyway."""
    asked = ["--kills", str(kills), "--seed", str(seed), "--folder", str(folder)]
    command = [sys.executable, "-m", "tests.drills.crash", *asked]
    with contextlib.ExitStack() as running:
        drills = {
            name: running.enter_context(subprocess.Popen([*command, "--on", name], cwd=ROOT, stdout=subprocess.PIPE))
            for name in ON
        }
        try:
            told = {name: one.communicate()[0] for name, one in drills.items()}
        finally:
            for one in drills.values():
                one.terminate()  # it has ended, but where we were told to
    if any(one.returncode for one in drills.values()):
        raise DaemonDiedError("a drill broke off")
    return {name: json.loads(lines.splitlines()[-1]) for name, lines in told.items()}


def main() -> int:
    """Run the drill; 0 if nothing was lost and every double said so."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--on", choices=ON, help="on one database alone; the last line is then its object")
    parser.add_argument("--folder", type=Path, help="where to keep what is made; it stays there")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that daemons, server and sinks end with us
    folder = options.folder or Path(tempfile.mkdtemp(prefix="crash-drill-"))
    try:
        if options.on:
            sys.stdout.write(json.dumps(on_one(options.on, folder / options.on, options.kills, options.seed)) + "\n")
            return 0
        sys.stderr.write(f"seed {options.seed}; folder {folder}\n")
        counted = on_both(folder, options.kills, options.seed)
    except DaemonDiedError as error:
        sys.stderr.write(f"the daemon ended by itself: {error}; see {folder}\n")
        return 1
    is_well = all(one["lost"] == 0 and one["doubles"] == one["marked_doubles"] for one in counted.values())
    if not is_well:
        sys.stderr.write(f"something was lost, or came twice without saying so; see {folder}\n")
    elif options.folder is None:
        shutil.rmtree(folder)
    sys.stdout.write(json.dumps(counted) + "\n")
    return int(not is_well)


if __name__ == "__main__":
    sys.exit(main())
