"""Completion works in the shells themselves: bash here, zsh and fish where the world's tests run."""

import shutil
import subprocess
from pathlib import Path

import pytest

from monitor.cli.completions import FILES, SHELLS, Shell, script
from monitor.resources import PACKAGE

KEPT = PACKAGE.parent / "packaging" / "completions"

LINES = [
    pytest.param("al", {"alerts"}, id="a-command"),
    pytest.param("alerts sh", {"show"}, id="a-command-inside"),
    pytest.param("alerts list --sev", {"--severity"}, id="an-option"),
    pytest.param("alerts list --severity c", {"critical"}, id="a-value"),
    pytest.param("alerts list --since 2h --status al", {"alleged"}, id="behind-another-value"),
    pytest.param("--config demo hits ex", {"export"}, id="a-file-named-like-a-command"),
    pytest.param("--color never hits list --col", {"--color"}, id="an-option-of-the-program"),
    pytest.param("completion f", {"fish"}, id="an-argument"),
]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_kept_scripts_are_what_the_command_prints(shell: Shell) -> None:
    assert (KEPT / FILES[shell]).read_text(encoding="utf-8") == script(shell), "run `make docs`"


@pytest.mark.parametrize(("line", "offered"), LINES)
def test_bash_completes(line: str, offered: set[str]) -> None:
    words = f"relations-monitor {line}".split(" ")
    asked = (
        f"source {KEPT / FILES['bash']}; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
        '_relations_monitor; printf "%s\\n" "${COMPREPLY[@]}"'
    )

    assert set(run("bash", "--norc", "-c", asked).split()) == offered


def test_bash_offers_files_where_files_are_taken(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").touch()
    asked = (
        f"cd {tmp_path}; source {KEPT / FILES['bash']}; COMP_WORDS=(relations-monitor scan art); COMP_CWORD=2; "
        '_relations_monitor; printf "%s\\n" "${COMPREPLY[@]}"'
    )

    assert run("bash", "--norc", "-c", asked).split() == ["articles.jsonl"]


@pytest.mark.world
@pytest.mark.parametrize(("line", "offered"), LINES)
def test_fish_completes(line: str, offered: set[str]) -> None:
    asked = f"source {KEPT / FILES['fish']}; complete -C 'relations-monitor {line}'"

    told = run("fish", "--no-config", "-c", asked)

    assert {word.split("\t")[0] for word in told.splitlines()} == offered


@pytest.mark.world
@pytest.mark.parametrize(("line", "offered"), LINES)
def test_zsh_completes(line: str, offered: set[str], tmp_path: Path) -> None:
    """A zsh on a terminal of its own completes the line; what it puts there is read from its buffer."""
    shutil.copy(KEPT / FILES["zsh"], tmp_path)
    inner = (
        f"fpath=({tmp_path} $fpath); autoload -Uz compinit; compinit -D; PS1=; setopt no_beep; "
        'report() { print -r -- "[[$BUFFER]]" }; zle -N report; '
        "bindkey '^X' report; bindkey '^I' complete-word"
    )
    asked = (
        "zmodload zsh/zpty; zpty z zsh -f -i; "
        f"zpty -w z {quoted(inner)}; sleep 0.5; zpty -w z 'print ready'; zpty -r -m z x '*ready*'; "
        f"zpty -w -n z $'relations-monitor {line}\\t\\x18'; zpty -r -m z told '*\\]\\]*'; print -r -- $told; zpty -d z"
    )

    told = run("zsh", "-f", "-c", asked)

    (word,) = offered
    assert f"{line.rpartition(' ')[0]} {word}".strip() in told


def quoted(text: str) -> str:
    """A text as one word of a shell."""
    return "'" + text.replace("'", "'\\''") + "'"


def run(*line: str) -> str:
    """What a shell prints."""
    done = subprocess.run(line, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
