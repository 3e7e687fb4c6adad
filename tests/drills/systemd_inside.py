"""What `tests.drills.systemd` runs inside the machine that it boots: the installed service, driven by systemctl.

Standard library alone, for it runs beside the installed program. Writes /drill/told.json: the tokens of all alerts that
must arrive, how often the service was started anew, and each check with what was seen. Feeds and sinks run outside, in
the same network.
"""

import json
import re
import subprocess
import sys
import time
import traceback
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

UNIT = "relations-monitor.service"
DRILL = Path("/drill")
ETC = Path("/etc/relations-monitor")
STATE = Path("/var/lib/relations-monitor")
PATIENCE = 45.0
RULE = """
[[rule]]
id = "drill"
title = "{source} visits {target}"
event = "diplomatic-visit"
severity = "low"
[[rule.match]]
act = "%s"
source = "@state"
target = "@state"
"""


class Scenario:
    """The steps, and what was seen on the way."""

    def __init__(self, ports: dict[str, int]) -> None:
        self.ports = ports
        self.expected: list[str] = []
        self.restarts = 0
        self.checks: list[dict[str, Any]] = []

    def check(self, name: str, is_good: bool, seen: object = "") -> None:
        """Note what was promised, and whether it held."""
        self.checks.append({"check": name, "ok": bool(is_good), "seen": str(seen)[:400]})
        sys.stderr.write(f"{'ok  ' if is_good else 'FAIL'} {name} {'' if is_good else seen}\n")

    # --- the world outside ---

    def add_feed(self, count: int) -> list[str]:
        """One more feed with so many alerts in it, in the configuration too; a reload or start takes it up."""
        put_up = json.loads(self._http("POST", self.ports["feeds"], f"/feeds?count={count}"))
        number = len(list((ETC / "config.d").glob("feed-*.toml")))
        _write(
            ETC / "config.d" / f"feed-{number:02}.toml",
            f'[[feeds]]\nid = "drill-{number}"\ntitle = "Drill {number}"\nlang = "en"\n'
            f'url = "http://127.0.0.1:{self.ports["feeds"]}{put_up["path"]}"\n',
        )
        self.expected += put_up["tokens"]
        return list(put_up["tokens"])

    def arrived(self, pattern: str = r"https://drill\.example/event/\d{5}") -> set[str]:
        """What is found of a pattern in the mails that the sink took."""
        found: set[str] = set()
        for record in (DRILL / "mails.jsonl").read_text(encoding="utf-8").splitlines():
            mail = json.loads(record)
            if mail["outcome"] == "accepted":
                found |= set(re.findall(pattern, f"{mail['subject']}\n{mail['text']}"))
        return found

    def wait(self, name: str, is_so: Callable[[], object]) -> bool:
        """Whether it comes to be so in time; noted under that name."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if is_so():
                self.check(name, True)
                return True
            time.sleep(0.2)
        self.check(name, False, f"not within {PATIENCE:.0f} s; {show('ActiveState', 'StatusText', 'Result')}")
        return False

    def all_arrived(self, name: str) -> bool:
        """Wait for every alert that there is by now."""
        return self.wait(name, lambda: set(self.expected) <= self.arrived())

    def slow_down(self, seconds: float, times: int) -> None:
        """Let the sink take its time over so many mails."""
        fault = {"target": "smtp", "fault": "slow", "stage": "data", "seconds": seconds, "times": times}
        self._http("POST", self.ports["sinks"], "/faults", json.dumps(fault).encode())

    def _http(self, method: str, port: int, path: str, body: bytes = b"") -> bytes:
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body or None, method=method)
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return bytes(answer.read())


def run(*command: str) -> tuple[int, str]:
    """Run a command; its exit code and all it said."""
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    return ran.returncode, (ran.stdout + ran.stderr).strip()


def show(*properties: str) -> str:
    """Properties of the service, space between them."""
    return run("systemctl", "show", "--value", "-p", ",".join(properties), UNIT)[1].replace("\n", " ")


def is_ready() -> bool:
    return show("ActiveState", "SubState") == "active running"


def _is_another(process: str) -> bool:
    """Whether the service is ready, as another process than this."""
    return is_ready() and show("MainPID") not in (process, "0")


def _has_come_further(at: Scenario, before: int) -> bool:
    """Whether more alerts arrived than so many."""
    return len(at.arrived()) > before


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)


# --- the steps --------------------------------------------------------------------------------------------------------


def install(at: Scenario) -> None:
    """As docs/service.md says: account, folders, configuration, a secret."""
    code, said = run("systemd-sysusers", "/usr/lib/sysusers.d/relations-monitor.conf")
    at.check("the account is made", code == 0, said)
    code, said = run("systemd-tmpfiles", "--create", "/usr/lib/tmpfiles.d/relations-monitor.conf")
    at.check("the folders are made", code == 0, said)
    _write(
        ETC / "config.toml",
        f'[database]\nurl = "sqlite:///{STATE}/monitor.db"\n'
        f'[rules]\ndir = "rules"\n[fetch]\nallow = ["127.0.0.1:{at.ports["feeds"]}"]\n'
        '[[channels]]\nname = "desk"\nurl = { credential = "mail" }\n'
        '[[channels]]\nname = "ops"\nurl = { credential = "operator" }\noperator = true\n'
        '[[routes]]\nname = "all"\nchannels = ["desk"]\n',
    )
    for name, reader in (("mail", "desk"), ("operator", "ops")):
        secret = Path(f"/etc/credstore/relations-monitor.{name}")
        address = f"mailto://127.0.0.1:{at.ports['smtp']}?from=monitor@drill.example&to={reader}@drill.example"
        secret.write_text(f"{address}&mode=insecure\n", encoding="utf-8")
        secret.chmod(0o600)
    # the shipped unit, quicker: what it promises is the same
    _write(
        Path(f"/etc/systemd/system/{UNIT}.d/drill.conf"),
        "[Service]\nRestartSec=200ms\nWatchdogSec=6s\nTimeoutAbortSec=1s\n[Unit]\nStartLimitBurst=100\n",
    )
    run("systemctl", "daemon-reload")


def start(at: Scenario) -> None:
    """Ready when it is usable, with the secrets that systemd hands over."""
    at.add_feed(3)
    # root looks and makes the database before the first start: what it leaves must not lock the service out
    code, said = run("relations-monitor", "config", "check", "--config", str(ETC / "config.toml"))
    at.check("config check finds the secrets before the first start", code == 0, said)
    code, said = run("relations-monitor", "db", "upgrade", "--config", str(ETC / "config.toml"))
    at.check("root makes the database", code == 0, said)
    code, said = run("systemctl", "start", UNIT)
    at.check("systemctl start waits until it is ready", code == 0 and is_ready(), said or show("Result"))
    at.check("the status line tells what it does", "feeds 1" in show("StatusText"), show("StatusText"))
    at.all_arrived("the first alerts arrive, by addresses that are credentials")
    code, said = run(
        "runuser", "-u", "relations-monitor", "--", "/opt/relations-monitor/bin/relations-monitor", "health",
        "--config", str(ETC / "config.toml"),
    )  # fmt: skip
    at.check("health says that it is well", code == 0 or "credential" in said, said)


def root_looks(at: Scenario) -> None:
    """What a command of root's makes in the service's folder belongs to the service."""
    run("relations-monitor", "status", "--config", str(ETC / "config.toml"))
    alien = [path.name for path in STATE.iterdir() if path.owner() != "relations-monitor"]
    at.check("a command of root's leaves nothing of root's beside the database", not alien, alien)


def reload(at: Scenario) -> None:
    """A good file is taken up, a bad one leaves the last good in force and is told once, and once more when mended."""
    process = show("MainPID")
    at.add_feed(3)
    code, said = run("systemctl", "reload", UNIT)
    at.check("systemctl reload", code == 0, said)
    at.all_arrived("a feed that was added is read after a reload")

    bad, rule = ETC / "config.d" / "zz-bad.toml", ETC / "rules" / "drill.toml"
    _write(bad, "[fetch]\nevry = 3\n")
    _write(rule, RULE % "WORD NAER/ ???")
    run("systemctl", "reload", UNIT)
    at.wait("a bad configuration is told to the operator, with its place",
            lambda: at.arrived(r"zz-bad\.toml:2:1"))  # fmt: skip
    at.wait("a bad rule is told to the operator, with its place", lambda: at.arrived(r"drill\.toml:\d+:\d+"))
    at.check("the service works on with the last good files", is_ready() and show("MainPID") == process, show("Result"))

    bad.unlink()
    _write(rule, RULE % "visits")
    at.add_feed(2)
    run("systemctl", "reload", UNIT)
    at.wait("mended is told too", lambda: len(at.arrived(r"Mended: (?:A m|M)istakes? in \S+")) >= 2)
    at.all_arrived("and what was added meanwhile is read")


def kills(at: Scenario) -> None:
    """SIGKILL twice, in the middle of deliveries."""
    for number in (1, 2):
        at.slow_down(0.3, 8)
        before = len(at.arrived())
        at.add_feed(8)
        run("systemctl", "reload", UNIT)
        at.wait(f"kill {number}: in the middle of deliveries", partial(_has_come_further, at, before))
        process = show("MainPID")
        run("systemctl", "kill", "--signal=SIGKILL", "--kill-whom=main", UNIT)
        at.wait(f"kill {number}: started anew", partial(_is_another, process))
    at.all_arrived("nothing is lost by two kills")
    at.wait("the operator is told of an end unasked", lambda: at.arrived("back after it ended unasked"))


def hang(at: Scenario) -> None:
    """A process that stands still is ended by the watchdog and started anew."""
    process = show("MainPID")
    run("systemctl", "kill", "--signal=SIGSTOP", "--kill-whom=main", UNIT)
    at.add_feed(2)
    at.wait("the watchdog ends a hung daemon", lambda: show("MainPID") not in (process, "0") and is_ready())
    journal = run("journalctl", "-u", UNIT, "-o", "cat", "--no-pager")[1]
    at.check("the journal names the watchdog", "Watchdog timeout" in journal, journal[-300:])
    at.all_arrived("and it works on")
    at.restarts = int(show("NRestarts"))


def stop(at: Scenario) -> None:
    """A stop in the middle of deliveries ends in time, and the next start sends the rest."""
    at.slow_down(1.0, 6)
    before = len(at.arrived())
    at.add_feed(6)
    run("systemctl", "reload", UNIT)
    at.wait("stop: in the middle of deliveries", lambda: len(at.arrived()) > before)
    began = time.monotonic()
    code, said = run("systemctl", "stop", UNIT)
    took = time.monotonic() - began
    at.check("it stops in time", code == 0 and took < 20 and show("Result") == "success", f"{took:.1f} s; {said}")
    at.check("and had not sent all", not set(at.expected) <= at.arrived())
    inode = (STATE / "monitor.db").stat().st_ino
    run("systemctl", "start", UNIT)
    at.all_arrived("the next start sends the rest")
    at.check("its memory is the same", (STATE / "monitor.db").stat().st_ino == inode)


def down(at: Scenario) -> None:
    """A configuration that can't be used at a start: the service is down for good, and says why."""
    bad = ETC / "config.d" / "zz-bad.toml"
    _write(bad, "[fetch]\nevry = 3\n")
    code, _ = run("systemctl", "restart", UNIT)
    at.check("a broken configuration fails the start at once", code != 0 and show("ExecMainStatus") == "78",
             show("ExecMainStatus", "Result"))  # fmt: skip
    at.wait("the operator is told that it is down, and why", lambda: at.arrived(r"monitor is down[\s\S]*zz-bad"))
    bad.unlink()
    run("systemctl", "reset-failed", UNIT)
    at.add_feed(2)
    code, said = run("systemctl", "start", UNIT)
    at.check("mended, it starts", code == 0, said)
    at.all_arrived("and tells what came meanwhile")


def main() -> int:
    """Run every step; what one breaks is noted, and the rest is tried all the same."""
    at = Scenario(json.loads(Path("/etc/drill-ports.json").read_text()))
    for step in (install, start, root_looks, reload, kills, hang, stop, down):
        began = time.monotonic()
        try:
            step(at)
        except Exception:
            at.check(step.__name__, False, traceback.format_exc()[-400:])
        sys.stderr.write(f"     {step.__name__}: {time.monotonic() - began:.1f} s\n")
        if step is start and not all(one["ok"] for one in at.checks):
            break  # nothing that follows could hold
    (DRILL / "journal.txt").write_text(run("journalctl", "-o", "short-monotonic", "--no-pager")[1], encoding="utf-8")
    told = {"expected": at.expected, "restarts": at.restarts, "checks": at.checks}
    (DRILL / "told.json").write_text(json.dumps(told), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
