"""One table of exit codes for all commands, the same as in docs/commands.md; and no command is in the daemon's way."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.resources import PACKAGE
from monitor.store import Store, findings
from monitor.store.asked import Asked
from tests.integration.cli.conftest import ALERT, ARTICLE, Command

DOCS = (PACKAGE.parent / "docs" / "commands.md").read_text(encoding="utf-8")

TABLE: list[tuple[int, str]] = [
    (0, "status"),
    (0, "alerts list --severity critical"),
    (0, f"alerts show {ALERT}"),
    (0, f"alerts resend {ALERT} --dry-run"),
    (0, "alerts publish --into public"),
    (0, f"hits show {ARTICLE}"),
    (0, "hits export --format jsonl"),
    (0, "completion bash"),
    (0, "config path"),
    (0, "--color never config check"),
    (0, "--help"),
    (0, "--version"),
    (1, "alerts show nobody"),
    (1, "hits show nobody"),
    (1, "hits export --output absent/hits.csv"),
    (2, "alerts"),
    (2, "alerts show"),
    (2, "alerts list --since soon"),
    (2, "alerts list --severity loud"),
    (2, f"alerts resend {ALERT} --channel nobody"),
    (2, "alerts publish"),
    (2, "hits list --actor Nobody"),
    (2, "completion"),
    (2, "completion tcsh"),
    (2, "--color sometimes status"),
    (2, "statsu"),
    (78, "--config absent.toml status"),
    (78, "alerts list --config absent.toml"),
    (78, "hits export --config absent.toml"),
]


@pytest.mark.parametrize(("code", "line"), TABLE)
def test_a_command_ends_with_the_code_of_the_table(home: Path, command: Command, code: int, line: str) -> None:
    ran = command(*line.split())

    assert ran.code == code, ran.err
    assert (ran.err == "") is (code == 0)
    assert "Traceback" not in ran.err


def test_the_docs_name_the_codes_of_the_table() -> None:
    documented = [int(code) for code in re.findall(r"^\| (\d+) \| ", DOCS, re.MULTILINE)]

    assert documented == [*sorted({code for code, _ in TABLE}), 130]  # Ctrl-C is tried in tests/acceptance/test_cli.py


@pytest.mark.parametrize("line", [line for code, line in TABLE if code == 0 and not line.startswith("alerts resend")])
def test_a_command_that_looks_waits_for_no_writer(home: Path, command: Command, line: str) -> None:
    store = Store.open(f"sqlite:///{home}/monitor.db")
    with store.work():  # as the daemon does while it takes in a document
        ran = command(*line.split())
    store.close()

    assert (ran.code, ran.err) == (0, "")


def test_an_export_under_way_keeps_no_writer_out(home: Path) -> None:
    store = Store.open(f"sqlite:///{home}/monitor.db", busy_seconds=0.1)
    with store.look() as looking:
        rows = findings.found(looking, Asked())
        next(rows)
        with store.work() as writing:
            writing.connection.exec_driver_sql("UPDATE feeds SET failures = 0")
        assert list(rows) == []
    store.close()


def test_the_help_of_every_command_needs_no_database_and_no_door_out() -> None:
    script = (
        "import importlib, sys; from monitor.cli.main import COMMANDS\n"
        "for module, _ in COMMANDS.values(): importlib.import_module(module)\n"
        "print(sorted({'sqlalchemy', 'apprise', 'httpx2', 'alembic', 'apscheduler'} & set(sys.modules)))"
    )

    ran = subprocess.run([sys.executable, "-c", script], cwd=PACKAGE.parent, capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


def test_an_address_of_postgresql_without_its_library_is_told_by_config_check_as_the_docs_say_it(
    home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    (home / "config.toml").write_text('[database]\nurl = "postgresql://me:SECRET@host/news"\n')
    remedy = "pip install '.[postgres]'"

    ran = command("config", "check")
    told = command("config", "check", "--json")

    assert ran.code == told.code == 78
    assert "config.toml:2:7: PostgreSQL needs the library psycopg" in ran.err
    assert remedy in ran.err
    assert remedy in told.out
    assert remedy in (PACKAGE.parent / "docs" / "service.md").read_text(encoding="utf-8")
    assert "SECRET" not in ran.err + told.out
