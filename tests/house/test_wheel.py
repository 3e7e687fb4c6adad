"""The wheel holds everything that runs, and runs from any folder."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.world, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout by the project's own build backend."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_rules_migrations_and_the_example_are_inside(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for needed in (
        "monitor/_data/rules/troop-transfer.toml",
        "monitor/_data/rules/actors/states-asia.toml",
        "monitor/_data/rules/languages/en.toml",
        "monitor/_data/alembic/env.py",
        "monitor/_data/config.example.toml",
        "monitor/_data/config.schema.json",
        "monitor/demo/feeds/demo.toml",
        "monitor/py.typed",
    ):
        assert needed in names
    assert [name for name in names if name.startswith("monitor/_data/alembic/versions/") and name.endswith(".py")]
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


def test_the_installed_command_runs_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv" / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    zipfile.ZipFile(wheel).extractall(site)
    libraries = next(Path(sys.prefix).glob("lib/python*/site-packages"))
    (Path(site) / "libraries.pth").write_text(f"{libraries}\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONSAFEPATH": "1"}

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, "-m", "monitor", *arguments],
            cwd=elsewhere,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )

    where = subprocess.run(
        [python, "-c", "import monitor; print(monitor.__file__)"],
        cwd=elsewhere, env=environ, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(site)
    rules = command("rules", "check")
    assert rules.returncode == 0, rules.stdout + rules.stderr
    demo = command("demo", "--json")
    assert demo.returncode == 0, demo.stdout + demo.stderr
