"""docs/tutorial.md can be followed: each file is written, each command run, and what it prints is what stands there."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from monitor.resources import PACKAGE

TEXT = (PACKAGE.parent / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder in which `relations-monitor` is a command."""
    script = tmp_path / "bin" / "relations-monitor"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m monitor "$@"\n')
    script.chmod(0o755)
    (tmp_path / "tutorial").mkdir()
    return tmp_path / "tutorial"


@pytest.fixture
def environ(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "RELATIONS_", "STATE_"))}
    path = f"{folder.parent / 'bin'}:{os.environ['PATH']}"
    return kept | {"PATH": path, "HOME": str(folder), "PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "utf-8"}


def a_free_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def answered(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(200):
        with closing(socket.socket()) as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)  # a process starts; there is no clock of ours to move
    raise AssertionError("nobody listens")


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block and what it prints."""
    for piece in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = piece.partition("\n")
        yield command, printed


def as_pattern(printed: str) -> re.Pattern[str]:
    """What is printed; `...` stands for anything, and for any lines where it is a line of its own."""
    lines = []
    for line in printed.rstrip().split("\n"):
        if line == "...":
            lines.append("(?:.*\n)*?")
        else:
            lines.append(".*".join(re.escape(piece) for piece in line.split("...")) + " *\n")
    return re.compile("".join(lines))


@pytest.mark.timeout(400)  # a dozen commands, each a process that loads all rules
def test_the_tutorial_can_be_followed_to_its_end(folder: Path, environ: dict[str, str]) -> None:
    port = str(a_free_port())
    servers = []
    ran = 0
    try:
        for kind, file, written in BLOCK.findall(TEXT):
            text = written.replace("8000", port)
            if file:
                (folder / file).parent.mkdir(exist_ok=True)
                (folder / file).write_text(text, encoding="utf-8")
            elif kind == "server":
                line = text.replace("python3", sys.executable).split()
                quiet = subprocess.DEVNULL
                servers.append(subprocess.Popen(line, cwd=folder, env=environ, stdout=quiet, stderr=quiet))
                answered(int(port))
            elif kind == "sh":
                subprocess.run(["/bin/sh", "-ec", text], cwd=folder, env=environ, check=True, timeout=60)
            else:
                for command, printed in commands(text):
                    outcome = subprocess.run(
                        ["/bin/sh", "-c", command], cwd=folder, env=environ, capture_output=True, text=True, timeout=60,
                        check=False,
                    )  # fmt: skip
                    said = outcome.stdout + outcome.stderr
                    assert as_pattern(printed).fullmatch(said.rstrip() + "\n"), f"$ {command}\n{said}"
                    ran += 1
    finally:
        for server in servers:
            server.terminate()
            server.wait()
    assert ran == len(re.findall(r"^\$ ", TEXT, re.MULTILINE)) >= 8
