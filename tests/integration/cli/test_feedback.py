"""`feedback` and `rules precision`: what people say of alerts, and what becomes of it."""

import json
import tomllib
from pathlib import Path

from tests.integration.cli.conftest import ALERT, Command


def test_a_verdict_is_kept_and_counted_for_its_rule(home: Path, command: Command) -> None:
    command("feedback", "add", ALERT[:6], "wrong", "--about", "event", "--about", "actors", "--by", "ann")
    command("feedback", "add", ALERT[:6], "right", "--by", "bob", "--note", "seen twice")

    said = [json.loads(line) for line in command("feedback", "list", "--json").out.splitlines()]
    assert [(one["about"], one["right"], one["by"], one["note"]) for one in said] == [
        ("event", True, "bob", "seen twice"), ("actors", False, "ann", ""),
    ]  # fmt: skip
    (line,) = command("rules", "precision", "--since", "2026-11-01", "--json").out.splitlines()
    told = json.loads(line)
    assert (told["rule"], told["right"], told["wrong"], told["alerts"]) == ("troop-transfer", 1, 0, 1)


def test_an_alert_that_is_none_is_said(home: Path, command: Command) -> None:
    ran = command("feedback", "add", "nothing", "right")

    assert (ran.code, "there is no alert nothing" in ran.err) == (1, True)


def test_a_wrong_hit_becomes_a_test_that_must_not_hit(home: Path, command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "own"

    dry = command("feedback", "test", ALERT[:6], "--rules", str(folder), "--dry-run")
    command("feedback", "test", ALERT[:6], "--rules", str(folder))
    command("feedback", "test", ALERT[:6], "--rules", str(folder), "--must-hit")

    (rule,) = tomllib.loads((folder / "verdicts-troop-transfer.toml").read_text())["rule"]
    assert (rule["id"], rule["extends"]) == ("troop-transfer", True)
    assert rule["test"][0]["expect"] == "none"
    assert rule["test"][1]["expect"]["source"] == "PRK"
    assert 'expect = "none"' in dry.out
    assert "would go to" in dry.err


def test_a_missed_text_becomes_a_test_of_ones_own_rule_in_its_file(
    home: Path, command: Command, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "fish.toml").write_text(
        '[[rule]]\nid = "fish"\ntitle = "{source} fishes"\nevent = "gift"\nseverity = "low"\nmatch = ["@state fish"]\n'
    )

    ran = command(
        "feedback", "missed", "--rule", "fish", "--title", "Oslo angles", "--source", "nor", "--rules", str(own)
    )

    (rule,) = tomllib.loads((own / "fish.toml").read_text())["rule"]
    assert rule["test"] == [
        {"title": "Oslo angles", "lang": "en", "published": rule["test"][0]["published"],
         "expect": {"source": "NOR", "status": "asserted"}},
    ]  # fmt: skip
    assert ran.code == 0
