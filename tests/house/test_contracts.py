"""The house keeps its own rules: arrows, places, words."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "monitor").rglob("*.py"))


def test_the_import_contracts_hold() -> None:
    script = Path(sys.executable).with_name("lint-imports")

    result = subprocess.run([script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr


def test_alembic_has_no_init_file_that_would_hide_the_library() -> None:
    assert not list((ROOT / "alembic").rglob("__init__.py"))


@pytest.mark.parametrize("word", ["TODO", "FIXME", "NotImplementedError"])
def test_nothing_is_left_unfinished(word: str) -> None:
    found = [path.name for path in SOURCES if word in path.read_text(encoding="utf-8")]

    assert found == []


def test_every_exception_from_a_check_has_its_reason_beside_it() -> None:
    bare = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[^\]]*\])?|pragma: no cover)\s*$")
    files = [*SOURCES, *(ROOT / "tests").rglob("*.py")]

    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]

    assert found == []


def test_every_module_says_what_it_owns() -> None:
    silent = [str(path.relative_to(ROOT)) for path in SOURCES if not path.read_text(encoding="utf-8").startswith('"""')]

    assert silent == []


def test_requirements_are_pinned_with_hashes_and_name_no_host() -> None:
    for name in ("core.txt", "postgres.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][^\s;]*==\S+", text, re.MULTILINE)

        assert len(pins) > 30
        assert len(re.findall(r"--hash=sha256:", text)) >= len(pins)
        assert "://" not in text
