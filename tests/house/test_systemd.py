"""The units of packaging/systemd: sound, hardened, and every directive explained."""

import re
import subprocess
from pathlib import Path

import pytest

from monitor.resources import PACKAGE

UNITS = sorted((PACKAGE.parent / "packaging" / "systemd").glob("*.service"))
MAIN = next(path for path in UNITS if path.name == "relations-monitor.service")
pytestmark = pytest.mark.world
each_unit = pytest.mark.parametrize("unit", [pytest.param(path, id=path.name) for path in UNITS])


def analyzed(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *map(str, arguments)], capture_output=True, text=True, check=False)


@each_unit
def test_a_unit_is_sound(unit: Path) -> None:
    told = analyzed("verify", unit)

    assert (told.returncode, told.stdout + told.stderr) == (0, "")


@each_unit
def test_a_unit_is_exposed_to_little(unit: Path) -> None:
    told = analyzed("security", "--offline=yes", "--threshold=12", unit)

    assert told.returncode == 0, told.stdout


def test_every_directive_of_the_service_has_its_comment() -> None:
    text = MAIN.read_text(encoding="utf-8")
    blocks = re.findall(r"((?:^#.*\n)*)((?:^[A-Z]\w+=.*\n)+)", text, re.MULTILINE)

    bare = [lines.splitlines()[0] for comment, lines in blocks if not comment]
    assert set(bare) <= {
        "Description=Relations monitor: watches news feeds and tells people of events between states",
        "WantedBy=multi-user.target",
    }


def test_the_failure_unit_is_handed_the_secrets_that_the_service_has() -> None:
    secrets = {path.name: re.findall(r"^LoadCredential=.*", path.read_text(), re.MULTILINE) for path in UNITS}

    assert len(secrets) == 2
    assert len({tuple(found) for found in secrets.values()}) == 1
