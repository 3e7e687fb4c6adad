"""`db` on a real database: as a person runs it, on both."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from monitor.cli.main import run
from monitor.store import Store, articles
from monitor.store.sqlite import claim_file
from monitor.store.tables import SCHEMA
from tests.builders import an_article
from tests.fixtures.postgres import Server


def command(folder: Path, url: str, *arguments: str) -> int:
    config = folder / "config.toml"
    config.write_text(f'database.url = "{url}"\nfeeds = []\n')
    return run(["--config", str(config), "db", *arguments])


def test_current_tells_what_is_there_and_what_is_wanted(
    file_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(tmp_path, file_url, "current") == 1
    assert command(tmp_path, file_url, "upgrade") == 0
    capsys.readouterr()

    assert command(tmp_path, file_url, "current", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["wanted"]) == (SCHEMA, SCHEMA)


def test_upgrade_twice_is_once(file_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command(tmp_path, file_url, "upgrade")

    assert command(tmp_path, file_url, "upgrade", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["before"] == SCHEMA


def test_an_upgrade_waits_for_no_daemon_but_says_which_one_is_there(
    file_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with claim_file(tmp_path / "monitor.db"):
        assert command(tmp_path, file_url, "upgrade") == 1

    assert "stop it first" in capsys.readouterr().err


def test_a_backup_of_a_file_goes_into_a_folder_under_a_name_of_its_own(
    file_store: Store, file_url: str, tmp_path: Path
) -> None:
    with file_store.work() as work:
        articles.add(work, [an_article()])
    (tmp_path / "copies").mkdir()

    assert command(tmp_path, file_url, "backup", str(tmp_path / "copies")) == 0

    [copy] = (tmp_path / "copies").iterdir()
    assert copy.name.startswith("monitor.db.2")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT id FROM articles").fetchall() == [("a1",)]


def test_a_backup_writes_over_nothing(
    file_store: Store, file_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.bak").write_text("precious")

    assert command(tmp_path, file_url, "backup", str(tmp_path / "old.bak")) == 1

    assert (tmp_path / "old.bak").read_text() == "precious"
    assert "already" in capsys.readouterr().err


def test_a_backup_of_what_is_not_there_makes_nothing(
    file_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(tmp_path, file_url, "backup", str(tmp_path / "copy")) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.toml"]


@pytest.mark.world
def test_a_backup_of_a_server_comes_back_whole(
    server: Server, server_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Store.open(server_url)) as store, store.work() as work:
        articles.add(work, [an_article(title="파병", keys=("k",))])

    assert command(tmp_path, server_url, "backup", str(tmp_path / "copy.dump")) == 0

    back = server.make("restored")
    settings = ["-h", str(server.folder), "-U", "postgres", "-d", "restored"]
    subprocess.run(["pg_restore", *settings, str(tmp_path / "copy.dump")], check=True)
    with closing(Store.open(back)) as store, store.look() as work:
        assert articles.get(work, [an_article().id])[an_article().id].title == "파병"
    server.drop("restored")


@pytest.mark.world
def test_a_server_without_pg_dump_here_is_told_with_the_remedy(server_url: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'database.url = "{server_url}"\nfeeds = []\n')

    told = subprocess.run(
        [sys.executable, "-m", "monitor", "--config", "config.toml", "db", "backup", "copy.dump"],
        cwd=tmp_path, env={"PATH": "/nowhere", "PYTHONPATH": str(Path(__file__).parents[3]), "HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == 1
    assert "apt install postgresql-client" in told.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.toml"]
