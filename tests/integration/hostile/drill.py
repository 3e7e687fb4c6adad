"""Polls every hostile feed and prints one JSON object: what came of each, what the canary saw, what it cost.

Run it where there is nothing but loopback, so that a broken guard meets "network unreachable":

    unshare -n bash -c 'ip link set lo up && exec python -m tests.integration.hostile.drill'
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from datetime import timedelta

from monitor.clock import SystemClock
from monitor.feeds.fetch import Fetcher
from monitor.http import Client, Limits
from tests.integration.hostile.polling import poll_case


def main() -> None:
    """Poll all cases one after another, so that each one's memory can be told apart."""
    clock = SystemClock()
    command = [sys.executable, "-m", "tests.fixtures.hostile_feeds"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        base = f"http://127.0.0.1:{int(server.stdout.readline())}"
        own = base.removeprefix("http://")
        limits = Limits(total=timedelta(seconds=2))
        try:
            with Client(clock=clock, allow=[own], limits=limits) as client, Fetcher(client, threads=2) as fetcher:
                manifest = json.loads(client.get(f"{base}/manifest.json").body)
                seen, grown, took = {}, {}, {}
                for case in manifest["cases"]:
                    before, began = peak_mib(), clock.seconds()
                    seen[case["path"]] = asdict(poll_case(fetcher, base, case, clock.now()))
                    took[case["path"]] = clock.seconds() - began
                    grown[case["path"]] = peak_mib() - before
                canary = json.loads(client.get(f"{base}/canary.json").body)
        finally:
            server.terminate()
    json.dump({"seen": seen, "canary": canary, "grown_mib": grown, "took_s": took}, sys.stdout)


def peak_mib() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
