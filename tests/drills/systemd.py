"""Boot a real systemd and drive the installed service in it: python -m tests.drills.systemd

As root, on Linux. The machine is a throw-away overlay of this one's root file system with a network namespace of its
own, where there is nothing but loopback. In it the built wheel is installed as docs/service.md says, and the steps of
`tests.drills.systemd_inside` are taken: start, reload, kills, a hang, a stop, a start that fails. Feeds and the mail
sink run in the same network, outside the machine, so that nothing in it can lose count. Progress goes to standard
error; the last line on standard output is one JSON object. Exit 1 if an alert was lost or a promise broken, 77 where
such a machine can't be booted.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNITS = ROOT / "packaging" / "systemd"
BOOT_SECONDS = 600
CANNOT = 77
"""The exit code for "can't be tried here", as test runners know it."""
NEEDED = ("systemd-nspawn", "ip", "mount", "umount")
TARGET = """[Unit]
Description=The drill
Requires=basic.target drill.service
After=basic.target drill.service
AllowIsolate=yes
"""
SERVICE = """[Unit]
Description=The steps of the drill
Requires=basic.target
After=basic.target systemd-journald.service
SuccessAction=poweroff-force
FailureAction=poweroff-force
[Service]
Type=oneshot
Environment=PATH=/opt/relations-monitor/bin:/usr/sbin:/usr/bin:/sbin:/bin
ExecStart=/opt/relations-monitor/bin/python /drill/systemd_inside.py
StandardOutput=file:/drill/inside.log
StandardError=file:/drill/inside.log
TimeoutStartSec=570
"""


def tell(text: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def run(*command: str | Path, **more: str | Path) -> str:
    """Run a command that must work; what it printed."""
    ran = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False,
                         cwd=more.get("cwd"))  # fmt: skip
    if ran.returncode:
        raise RuntimeError(f"{command[0]} failed: {ran.stderr[-2000:]}")
    return ran.stdout


# --- the machine ------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def overlay() -> Iterator[Path]:
    """This machine's root file system with a layer above it that is thrown away. Nothing below is written."""
    above = Path(tempfile.mkdtemp(prefix="systemd-drill-", dir="/dev/shm"))
    with contextlib.ExitStack() as undo:
        undo.callback(above.rmdir)
        run("mount", "-t", "tmpfs", "tmpfs", above)
        undo.callback(lambda: run("umount", "-l", above))
        for part in ("up", "work", "root"):
            (above / part).mkdir()
        root = above / "root"
        run("mount", "-t", "overlay", "overlay", "-o",
            f"lowerdir=/,upperdir={above / 'up'},workdir={above / 'work'}", root)  # fmt: skip
        undo.callback(lambda: run("umount", "-l", root))
        (root / "etc" / "fstab").unlink(missing_ok=True)
        yield root


@contextlib.contextmanager
def network(name: str) -> Iterator[str]:
    """A network namespace with nothing but loopback."""
    run("ip", "netns", "add", name)
    try:
        run("ip", "-n", name, "link", "set", "lo", "up")
        yield name
    finally:
        run("ip", "netns", "del", name)


def install(root: Path, wheel: Path) -> list[str]:
    """The wheel in an environment of its own at /opt/relations-monitor; gives what nspawn must bind for it.

    What it depends on is bound from the environment that runs this drill, for there is no network to fetch it from.
    """
    home = root / "opt" / "relations-monitor"
    site = home / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    for folder in (site, home / "bin", root / "opt" / "python", root / "opt" / "libraries"):
        folder.mkdir(parents=True, exist_ok=True)
    bound = [f"--bind-ro={sysconfig.get_path('purelib')}:/opt/libraries"]
    python, base = Path(sys.executable).resolve(), Path(sys.base_prefix)
    inside = python
    if base != Path("/usr"):
        bound.append(f"--bind-ro={base}:/opt/python")
        inside = Path("/opt/python") / python.relative_to(base)
        for library in base.glob("lib/libpython*.so.*"):
            folders = {root / "usr" / "lib", *(there.parent for there in root.glob(f"usr/lib/*/{library.name}"))}
            for folder in folders:  # the machine's own of the same name may be of another build
                shutil.copy(library, folder)
        run("ldconfig", "-r", root)
    (home / "pyvenv.cfg").write_text(f"home = {inside.parent}\ninclude-system-site-packages = false\n")
    for name in ("python", "python3"):
        (home / "bin" / name).symlink_to(inside)
    zipfile.ZipFile(wheel).extractall(site)
    (site / "libraries.pth").write_text("/opt/libraries\n")
    run(sys.executable, "-m", "compileall", "-q", "-j", "0", site / "monitor")
    command = home / "bin" / "relations-monitor"
    command.write_text("#!/opt/relations-monitor/bin/python\nimport sys\nfrom monitor.__main__ import main\n"
                       "sys.exit(main())\n")  # fmt: skip
    command.chmod(0o755)
    return bound


def set_up(root: Path, ports: dict[str, int]) -> None:
    """The units, the account and the folders as a package would install them, and the units of the drill."""
    units = root / "etc" / "systemd" / "system"
    for unit in UNITS.glob("*.service"):
        shutil.copy(unit, units)
    for kind in ("sysusers", "tmpfiles"):
        folder = root / "usr" / "lib" / f"{kind}.d"
        folder.mkdir(exist_ok=True)
        shutil.copy(UNITS / f"relations-monitor.{kind}", folder / "relations-monitor.conf")
    (units / "drill.target").write_text(TARGET)
    (root / "etc" / "drill-ports.json").write_text(json.dumps(ports))
    (units / "drill.service").write_text(SERVICE)


def boot(root: Path, stage: Path, space: str, bound: list[str]) -> None:
    """Boot the machine and wait until it has switched itself off."""
    command = [
        "timeout", "-k", "5", str(BOOT_SECONDS), "systemd-nspawn", "--quiet", f"--directory={root}", "--register=no",
        "--keep-unit", "--link-journal=no", f"--network-namespace-path=/run/netns/{space}", "--console=pipe",
        f"--bind={stage}:/drill", *bound, "--boot", "systemd.unit=drill.target",
    ]  # fmt: skip
    with (stage / "console.log").open("wb") as console:
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=console, stderr=console, check=False)


# --- the world around it ----------------------------------------------------------------------------------------------


@contextlib.contextmanager
def in_network(space: str, *arguments: str) -> Iterator[str]:
    """A module of the tests as a process in that network; gives its first line."""
    command = ["ip", "netns", "exec", space, sys.executable, "-m", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline()
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def arrived(record: Path) -> Counter[str]:
    """How often each alert arrived, by the sink's record."""
    tokens: Counter[str] = Counter()
    for line in record.read_text(encoding="utf-8").splitlines() if record.exists() else ():
        mail = json.loads(line)
        if mail["outcome"] == "accepted":
            tokens.update(set(re.findall(r"https://drill\.example/event/\d{5}", mail["text"])))
    return tokens


def drill(folder: Path, seed: int) -> int:
    """Build, install, boot, count."""
    began = time.monotonic()
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    stage = folder / "stage"
    stage.mkdir()
    shutil.copy(ROOT / "tests" / "drills" / "systemd_inside.py", stage)
    record = stage / "mails.jsonl"
    record.touch()
    with contextlib.ExitStack() as world:
        space = world.enter_context(network(f"drill-{os.getpid()}"))
        feeds = world.enter_context(in_network(space, "tests.drills.shelf", "--seed", str(seed)))
        sinks = world.enter_context(
            in_network(space, "tests.fixtures.alert_sinks", "--record", str(record), "--print-ports")
        )
        found = json.loads(sinks)
        root = world.enter_context(overlay())
        bound = install(root, next(folder.glob("*.whl")))
        set_up(root, {"feeds": int(feeds), "sinks": found["http"], "smtp": found["smtp"]})
        tell(f"booting, {time.monotonic() - began:.0f} s after the start")
        boot(root, stage, space, bound)
        return count(stage, began)


def count(stage: Path, began: float) -> int:
    """What was promised and what was seen, as one line; the exit code."""
    told = stage / "told.json"
    inside = stage / "inside.log"
    tell(inside.read_text(encoding="utf-8", errors="replace") if inside.exists() else "the machine did nothing")
    if not told.exists():
        tell((stage / "console.log").read_text(encoding="utf-8", errors="replace")[-4000:])
        tell(f"the drill was not done; see {stage}")
        return 1
    seen = json.loads(told.read_text(encoding="utf-8"))
    tokens = arrived(stage / "mails.jsonl")
    expected = set(seen["expected"])
    lost = sorted(expected - set(tokens))
    failed = [one["check"] for one in seen["checks"] if not one["ok"]]
    sys.stdout.write(json.dumps({
        "expected": len(expected), "delivered": len(expected & set(tokens)), "lost": len(lost),
        "doubles": sum(tokens[token] - 1 for token in expected if tokens[token]), "restarts": seen["restarts"],
        "checks": len(seen["checks"]), "failed": failed, "seconds": round(time.monotonic() - began, 1),
    }) + "\n")  # fmt: skip
    return int(bool(lost or failed))


def unable() -> str:
    """Why such a machine can't be booted here; empty where it can."""
    if os.geteuid() != 0:
        return "it needs root"
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        return f"missing: {', '.join(missing)} (apt-get install systemd-container iproute2)"
    try:
        with network(f"drill-can-{os.getpid()}"), overlay():
            return ""
    except (RuntimeError, OSError) as error:
        return f"no overlay or network of its own can be made: {error}"


def main() -> int:
    """Run the drill; 0 if nothing was lost and every promise held."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--can", action="store_true", help="only say whether it can be tried here")
    parser.add_argument("--keep", action="store_true", help="keep the folder with logs and records")
    options = parser.parse_args()
    if why := unable():
        tell(f"can't be tried here: {why}")
        return CANNOT
    if options.can:
        return 0
    folder = Path(tempfile.mkdtemp(prefix="systemd-drill-"))
    code = drill(folder, options.seed)
    if code or options.keep:
        tell(f"see {folder}")
    else:
        shutil.rmtree(folder)
    return code


if __name__ == "__main__":
    sys.exit(main())
