"""The drill that kills the daemon, in short; `make crash-test KILLS=50` is the long one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.world
@pytest.mark.timeout(900)
def test_killing_the_daemon_loses_no_alert() -> None:
    drill = subprocess.run(
        [sys.executable, "-m", "tests.drills.crash", "--kills", "6"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert drill.returncode == 0, drill.stderr[-3000:]
    both = json.loads(drill.stdout.splitlines()[-1])
    assert set(both) == {"sqlite", "postgresql"}
    for counted in both.values():
        assert counted["kills"] == 6
        assert counted["expected"] == counted["delivered"] > 0
        assert counted["lost"] == 0
        assert counted["doubles"] == counted["marked_doubles"]
