"""The command line as a user meets it: exit codes, errors with place and remedy, quick help."""

import importlib
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from monitor import __version__
from monitor.cli.main import COMMANDS
from monitor.resources import PACKAGE, shipped

ROOT = PACKAGE.parent
HEAVY = ("sqlalchemy", "apprise", "numpy", "alembic", "structlog", "rich", "httpx2", "apscheduler", "pydantic")


def command(*arguments: str, folder: Path, interpreter: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run `python -m monitor` with these arguments in a folder, away from any configuration of the machine."""
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "RELATIONS_", "STATE_"))
    }
    environ |= {"PYTHONPATH": str(ROOT), "HOME": str(folder), "PYTHONIOENCODING": "utf-8"}
    line = [sys.executable, *interpreter, "-m", "monitor", *arguments]
    return subprocess.run(line, cwd=folder, env=environ, capture_output=True, text=True, timeout=60, check=False)


# --- help -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(tmp_path: Path, asked: str) -> None:
    ran = command(asked, folder=tmp_path, interpreter=("-X", "importtime"))

    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.stderr.splitlines()}
    assert ran.returncode == 0
    assert "click" in imported
    assert imported.isdisjoint(HEAVY)


def test_version_names_the_program(tmp_path: Path) -> None:
    assert command("--version", folder=tmp_path).stdout == f"relations-monitor {__version__}\n"


def test_help_names_every_command_with_its_line(tmp_path: Path) -> None:
    told = command("--help", folder=tmp_path).stdout

    assert all(re.search(rf"^  {name} +{re.escape(line)}$", told, re.MULTILINE) for name, (_, line) in COMMANDS.items())


def leaves(name: str) -> list[tuple[str, ...]]:
    """The command of that name, or the commands inside it."""
    found = importlib.import_module(COMMANDS[name][0]).command
    return [(name, inner) for inner in found.commands] if isinstance(found, click.Group) else [(name,)]


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_with_an_example(tmp_path: Path, name: str) -> None:
    told = {leaf: command(*leaf, "--help", folder=tmp_path).stdout for leaf in leaves(name)}

    assert [
        leaf for leaf, text in told.items() if not re.search(r"xamples?:\n(?: .*\n)*? .*relations-monitor ", text)
    ] == []


@pytest.mark.parametrize("inner", ["check", "show", "path"])
def test_the_examples_of_config_run(tmp_path: Path, inner: str) -> None:
    (tmp_path / "config.toml").write_text(shipped("config.example.toml").read_text())
    told = command("config", inner, "--help", folder=tmp_path).stdout
    example = re.search(r"For example:\n +relations-monitor (.*)\n", told)

    assert example is not None
    assert command(*example[1].split(), folder=tmp_path).returncode == 0


# --- exit codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(("statsu",), 2, "error: there is no command statsu (did you mean status?)", id="unknown-command"),
        pytest.param(("config", "chek"), 2, "error: no such command 'chek'", id="unknown-inner-command"),
        pytest.param(("--confg", "x", "run"), 2, "error: no such option", id="unknown-option"),
        pytest.param((), 2, "Usage: relations-monitor", id="no-command"),
        pytest.param(
            ("--config", "missing.toml", "config", "check"), 78,
            "error: missing.toml: --config names a file that does not exist", id="missing-file",
        ),
        pytest.param(("config", "check", "--config", "."), 78, "error: .: --config names a folder", id="folder"),
        pytest.param(("config", "path"), 1, "error: no file was found, so every default holds; ", id="no-file"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_without_a_traceback(
    tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ran = command(*arguments, folder=tmp_path)

    assert ran.returncode == code
    assert ran.stderr.startswith(said)
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("arguments", [("run",), ("once",), ("status",), ("config", "check"), ("config", "show")])
def test_a_wrong_configuration_ends_every_command_with_78_and_all_its_mistakes(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "config.toml").write_text('[fetch]\nevry = "5m"\n[log]\nlevel = "loud"\n')

    ran = command(*arguments, folder=tmp_path)

    assert ran.returncode == 78
    assert ran.stdout == ""
    assert ran.stderr == (
        "error: config.toml:2:1: unknown key evry in [fetch] (did you mean every?); "
        "expected one of every, timeout, size_limit, threads, allow, user_agent\n"
        '  evry = "5m"\n'
        "  ^\n"
        'error: config.toml:4:9: no such level; expected "debug", "info", "warning" or "error"\n'
        '  level = "loud"\n'
        "          ^\n"
    )


def test_a_channel_that_no_service_knows_is_refused_without_its_address(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[channels]]\nname = "chat"\nurl = "nowhere://SECRET/SECRET"\n')

    ran = command("config", "check", folder=tmp_path)

    assert ran.returncode == 78
    assert ran.stderr.startswith("error: config.toml:3:7: ")
    assert '  url = "nowhere://***"\n        ^\n' in ran.stderr
    assert "SECRET" not in ran.stderr


# --- config -----------------------------------------------------------------------------------------------------------


def test_the_example_configuration_is_checked_and_found_right(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(shipped("config.example.toml").read_text())

    ran = command("config", "check", folder=tmp_path)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"{tmp_path}/config.toml: ok (30 feeds, 1 channel, 1 route)\n"


def test_config_is_taken_before_and_after_the_command(tmp_path: Path) -> None:
    (tmp_path / "other.toml").touch()

    before = command("--config", "other.toml", "config", "path", folder=tmp_path)
    after = command("config", "path", "--config", "other.toml", folder=tmp_path)

    assert before.stdout == after.stdout == f"{tmp_path}/other.toml\n"


def test_the_configuration_is_shown_as_one_object_without_secrets(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[channels]]\nname = "d"\nurl = "mailto://a:SECRET@h.org?to=b@y.org"\n')

    ran = command("config", "show", "--json", folder=tmp_path)

    shown = json.loads(ran.stdout)
    assert shown["schema_version"] == 1
    assert shown["channels"] == [{"name": "d", "url": "mailto://***"}]
    assert shown["database"]["url"] == f"sqlite:///{tmp_path}/.local/state/relations-monitor/monitor.db"


# --- endings ----------------------------------------------------------------------------------------------------------


def test_a_reader_who_leaves_early_is_no_error_to_read_about(tmp_path: Path) -> None:
    feeds = "".join(f'[[feeds]]\nurl = "https://example.org/{number}"\n' for number in range(2000))
    (tmp_path / "config.toml").write_text(feeds)
    line = f"{sys.executable} -m monitor config show | head -n 1"
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}

    ran = subprocess.run(
        ["/bin/sh", "-c", line], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=60, check=False
    )

    assert (ran.stdout, ran.stderr) == ("[database]\n", "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_command_works_with_its_streams_closed(tmp_path: Path, closed: str) -> None:
    line = f'exec "{sys.executable}" -m monitor once --config config.toml {closed}'
    (tmp_path / "config.toml").write_text('database.url = "sqlite:///m.db"\nfeeds = []\n')

    done = subprocess.run(
        ["sh", "-c", line], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert (tmp_path / "m.db").read_bytes().startswith(b"SQLite format 3")


def test_ctrl_c_ends_a_command_with_130(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    os.mkfifo(tmp_path / "config.toml.pipe")
    line = [sys.executable, "-m", "monitor", "config", "check", "--config", "config.toml.pipe"]
    with (
        subprocess.Popen(
            line, cwd=tmp_path, env=environ, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as ran,
        (tmp_path / "config.toml.pipe").open("w"),
    ):  # opens once the command reads its configuration
        ran.send_signal(signal.SIGINT)
        _, said = ran.communicate(timeout=30)

    assert ran.returncode == 130
    assert said.strip() == "interrupted"


def test_once_says_why_nothing_came_and_can_be_forced(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        'database.url = "sqlite:///m.db"\nfeeds = [{ id = "alder", url = "http://127.0.0.1:9/f", title = "Alder" }]\n'
    )

    first = command("once", "--config", str(config), folder=tmp_path)
    second = command("once", "--config", str(config), folder=tmp_path)
    forced = command("once", "--now", "--config", str(config), folder=tmp_path)

    assert first.returncode == forced.returncode == 1
    assert 'put "127.0.0.1:9" into allow under [fetch]' in first.stderr
    assert "no feed is due before" in second.stderr
    assert "failed 1" in forced.stdout


def test_the_commands_for_rules_read_the_folder_that_the_configuration_names(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('rules.dir = "mine"\n')
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "wrong.toml").write_text('[[rule]]\nid = "wrong"\n')

    checked = command("rules", "check", folder=tmp_path)

    assert checked.returncode == 1
    assert f"with the rules of {tmp_path / 'mine'}" in checked.stderr
    assert "wrong.toml" in checked.stdout + checked.stderr


def test_the_commands_for_rules_need_no_store_and_no_network() -> None:
    script = (
        "import sys, monitor.cli.rules, monitor.cli.scan; print({'sqlalchemy', 'apprise', 'httpx2'} & set(sys.modules))"
    )

    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "set()"
