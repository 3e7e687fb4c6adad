"""The commands for analysts as a user meets them: the examples of their help run, a rule grows from draft to hit."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.test_cli import ROOT, command

EXAMPLES = [("scan",), *(("rules", inner) for inner in ("explain", "new", "docs", "schema", "forms", "list"))]


@pytest.mark.parametrize("leaf", EXAMPLES, ids=" ".join)
def test_the_examples_of_a_command_run(tmp_path: Path, leaf: tuple[str, ...]) -> None:
    told = command(*leaf, "--help", folder=tmp_path).stdout
    (block,) = re.findall(r"For example:\n((?: +\S.*\n)+)", told)
    (tmp_path / "docs").mkdir()
    program = f'relations_monitor() {{ "{sys.executable}" -m monitor "$@"; }}\n'
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}

    for example in block.splitlines():
        line = program + example.strip().replace("relations-monitor", "relations_monitor")
        ran = subprocess.run(
            ["/bin/bash", "-c", line],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (ran.returncode, example) == (0, example), ran.stderr


def test_a_rule_grows_from_a_draft_to_a_hit(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    sentence = "Iran has leased two tankers to Syria."

    drafted = command(
        "rules", "new", "--rules", "mine", "--id", "tanker-lease", "--event", "payment", "--source", "Iran",
        "--target", "@state", "--act", "lease", "--object", "tanker", folder=tmp_path,
    )  # fmt: skip
    unfilled = command("rules", "check", "mine", "--json", folder=tmp_path)
    file = mine / "tanker-lease.toml"
    text = re.sub(r'text = "Write here one.*"', f'text = "{sentence}"', file.read_text(encoding="utf-8"))
    file.write_text(re.sub(r'target = "[A-Z]{3}"', 'target = "SYR"', text), encoding="utf-8")
    filled = command("rules", "check", "mine", "--json", folder=tmp_path)
    explained = command("rules", "explain", "tanker-lease", "--rules", "mine", "--text", sentence, folder=tmp_path)

    assert drafted.returncode == 0, drafted.stderr
    assert [one["rule"] for one in json.loads(unfilled.stdout)["failures"] if one["rule"] == "tanker-lease"] != []
    assert [one for one in json.loads(filled.stdout)["failures"] if one["rule"] == "tanker-lease"] == []
    assert "tanker-lease: 1 hit" in explained.stdout


def test_an_unknown_rule_is_a_mistake_of_the_command_line(tmp_path: Path) -> None:
    ran = command("rules", "explain", "troop-transfr", "--text", "Iran", folder=tmp_path)

    assert ran.returncode == 2
    assert ran.stderr.startswith("error: there is no rule troop-transfr (did you mean troop-transfer?)")
    assert "`relations-monitor rules list` names them all" in ran.stderr
    assert ran.stdout == ""
