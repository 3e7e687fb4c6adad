"""`audit`: the story of one thing in order, the ledger as a file, its seals, and holds."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.integration.cli.conftest import ALERT, ARTICLE, HOSTILE_TITLE, Command

TROOPS = ["hit_found", "alert_raised", "delivery_queued", "delivery_accepted"]


def test_an_alert_is_told_from_its_article_to_the_answer(home: Path, command: Command) -> None:
    told = json.loads(command("audit", ALERT[:4], "--json").out)
    text = command("audit", "tell", ALERT).out

    assert (told["kind"], told["id"]) == ("alert", ALERT)
    assert [event["kind"] for event in told["events"]] == TROOPS
    assert told["events"][0]["detail"]["rule_digest"] == "d1"
    assert "found by rule troop-transfer (d1)" in text
    assert "verdict for desk: send, first time told here" in text
    assert "accepted by desk: 250 taken" in text


@pytest.mark.parametrize(
    ("name", "kind", "kinds"),
    [
        (ARTICLE[:4], "article", TROOPS), ("troop-transfer-1", "story", TROOPS),
        ("troop-transfer", "rule", ["hit_found", "alert_raised"]),
    ],
)  # fmt: skip
def test_an_article_a_story_and_a_rule_are_told(
    home: Path, command: Command, name: str, kind: str, kinds: list[str]
) -> None:
    told = json.loads(command("audit", name, "--json").out)

    assert (told["kind"], [event["kind"] for event in told["events"]]) == (kind, kinds)


def test_all_since_a_moment_is_told(home: Path, command: Command) -> None:
    assert len(json.loads(command("audit", "--since", "2026-11-24", "--json").out)["events"]) == len(TROOPS)
    assert json.loads(command("audit", "--since", "2030-01-01", "--json").out)["events"] == []


def test_nothing_and_an_unknown_name_are_refused_in_words(home: Path, command: Command) -> None:
    assert "error: audit of what?" in command("audit", "tell").err
    assert "error: there is no alert, story, article or rule zzz" in command("audit", "zzz").err


def test_the_ledger_as_a_file_loses_nothing_and_runs_nothing(home: Path, command: Command) -> None:
    with closing(sqlite3.connect(home / "monitor.db")) as connection, connection:
        connection.execute("UPDATE ledger SET because = ? WHERE kind = 'alert_raised'", [HOSTILE_TITLE])

    rows = list(csv.DictReader(io.StringIO(command("audit", "export").out)))
    assert command("audit", "export", "--output", "ledger.jsonl").err == f"{len(TROOPS)} rows in ledger.jsonl\n"
    lines = [json.loads(line) for line in (home / "ledger.jsonl").read_text().splitlines()]

    assert [row["kind"] for row in rows] == [line["kind"] for line in lines] == TROOPS
    assert rows[1]["because"].startswith("'=HYPERLINK(")
    assert lines[1]["because"] == HOSTILE_TITLE
    assert [row["digest"] for row in rows] == [line["digest"] for line in lines]


def test_a_day_is_sealed_and_what_is_done_to_it_is_found(home: Path, command: Command) -> None:
    made = json.loads(command("audit", "seal", "--json").out)["sealed"]
    sound = command("audit", "verify", "--seal", made[0]["seal"])
    foreign = command("audit", "verify", "--seal", "0" * 64)
    with closing(sqlite3.connect(home / "monitor.db")) as connection, connection:
        connection.execute("UPDATE ledger SET because = 'nothing new' WHERE kind = 'alert_raised'")
    changed = command("audit", "verify")

    assert [(one["day"], one["rows"]) for one in made] == [("2026-11-24", len(TROOPS))]
    assert (sound.code, foreign.code, changed.code) == (0, 1, 1)
    assert "2026-11-24  changed" in changed.out
    assert json.loads(command("audit", "verify", "--json").out)["sound"] is False


def test_a_hold_is_put_listed_and_released(home: Path, command: Command) -> None:
    added = json.loads(command("audit", "hold", "add", ALERT[:4], "--reason", "inquiry", "--json").out)
    listed = command("audit", "hold", "list").out
    released = command("audit", "hold", "release", str(added["hold"]))

    assert (added["kind"], added["id"]) == ("alert", ALERT)
    assert "inquiry" in listed
    assert released.code == 0
    assert command("audit", "hold", "list").out == "no holds\n"
    assert "hold_added" in {e["kind"] for e in json.loads(command("audit", ALERT, "--json").out)["events"]}


def test_prune_says_what_would_go_and_takes_nothing_without_yes(home: Path, command: Command) -> None:
    config = home / "config.toml"
    config.write_text(config.read_text() + '[retention]\narticles = "30d"\nalerts = "forever"\n')

    dry = json.loads(command("db", "prune", "--json").out)
    both = command("db", "prune", "--yes", "--dry-run")

    assert dry["dry_run"] is True
    assert both.code == 2
    assert command("db", "prune", "--yes").out.startswith("pruned: ")


def test_what_would_be_pruned_too_early_is_refused(home: Path, command: Command) -> None:
    config = home / "config.toml"
    config.write_text(config.read_text() + '[retention]\narticles = "1d"\n')

    ran = command("db", "prune")

    assert ran.code == 78
    assert "shorter than the monitor itself needs it" in ran.err
