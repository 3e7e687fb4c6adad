"""`hits`: listed, shown, and taken along as a file that is safe to open and loses nothing."""

import csv
import io
import json
from pathlib import Path

from monitor.cli.findings import safe_cell
from monitor.model import Hit
from monitor.store.values import hit_to_json
from tests.integration.cli.conftest import ARTICLE, HIT, HOSTILE_TITLE, Command


def test_a_hit_is_listed_and_shown_with_its_evidence(home: Path, command: Command) -> None:
    listed = command("hits", "list", "--actor", "north-korea").out
    shown = command("hits", "show", ARTICLE[:4]).out

    assert "2026-11-24 21:00 KST" in listed
    assert "South Korea" in listed
    assert "text 0-51: Pyongyang has sent 3,000 soldiers to western Russia" in shown
    assert "\x1b" not in listed + shown


def test_json_lines_lose_nothing(home: Path, command: Command) -> None:
    (line,) = command("hits", "export", "--format", "jsonl").out.splitlines()

    told = json.loads(line)
    kept = hit_to_json(HIT)
    differently = {"v", "is_reciprocal"}
    assert {name: told[name] for name in kept if name not in differently} == {
        name: kept[name] for name in kept if name not in differently
    }
    assert told["reciprocal"] is kept["is_reciprocal"]
    assert set(Hit.__dataclass_fields__) - set(told) == {"is_reciprocal"}
    assert (told["headline"], told["outlet"]) == (HOSTILE_TITLE, "한강일보")


def test_a_spreadsheet_runs_nothing(home: Path, command: Command) -> None:
    (row,) = csv.DictReader(io.StringIO(command("hits", "export").out))

    assert row["headline"] == '\'=HYPERLINK("https://evil.example")[31m<b>&amp;'
    assert (row["source_name"], row["said_by"], row["outlet"]) == ("North Korea", "KOR", "한강일보")
    assert float(row["score"]) == HIT.score


def test_cells_that_begin_like_a_formula_are_texts() -> None:
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "  =1", "＝1", "\u00a0=1", "\x00=1"]

    assert all(safe_cell(cell).startswith("'") for cell in hostile)
    assert [safe_cell(cell) for cell in ("", "a=b", "5", "북한")] == ["", "a=b", "5", "북한"]


def test_a_file_gets_its_form_from_its_ending_and_its_name_when_it_is_whole(home: Path, command: Command) -> None:
    for name in ("hits.csv", "hits.jsonl"):
        assert command("hits", "export", "--output", name).err == f"1 hits in {name}\n"

    lines = (home / "hits.csv").read_bytes().splitlines(keepends=True)
    assert (len(lines), lines[0].startswith(b"found_at,"), lines[0].endswith(b"\r\n")) == (2, True, True)
    assert json.loads((home / "hits.jsonl").read_text())["article"] == ARTICLE
    assert [path.name for path in home.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_cannot_be_written_is_said(home: Path, command: Command) -> None:
    ran = command("hits", "export", "--output", "absent/hits.csv")

    assert ran.code == 1
    assert ran.err.startswith("error: absent/hits.csv can't be written: no such file or directory")


def test_excel_is_told_the_encoding_when_asked(home: Path, command: Command) -> None:
    assert command("hits", "export", "--bom").out.startswith("\ufefffound_at,")
