"""How commands speak: colour, JSON, tables, and texts from strangers."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from monitor.cli.output import has_colour, plain, say_object, say_objects, say_table, style


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "is_coloured"),
    [
        pytest.param(Terminal(), {"TERM": "xterm"}, True, id="terminal"),
        pytest.param(Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False, id="no-color"),
        pytest.param(Terminal(), {"TERM": "dumb"}, False, id="dumb-terminal"),
        pytest.param(io.StringIO(), {"TERM": "xterm"}, False, id="pipe"),
    ],
)
def test_colour_is_for_those_who_see_and_want_it(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, environ: dict[str, str], is_coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    assert has_colour(stream) is is_coloured
    assert (style("late", "red", stream) != "late") is is_coloured


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\x1b[2Jb\x07", "a[2Jb", id="steering-signs"),
        pytest.param("a\u202eb", "ab", id="turned-around"),
        pytest.param("한국\tnews\n", "한국\tnews\n", id="letters-and-spaces"),
    ],
)
def test_texts_from_strangers_cannot_steer_the_terminal(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_an_object_is_one_line_that_names_its_schema_first(capsys: pytest.CaptureFixture[str]) -> None:
    say_object(
        {"at": datetime(2026, 11, 24, tzinfo=UTC), "took": timedelta(seconds=90), "tags": {"b", "a"}, "title": "한국"}
    )

    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith('{"schema_version": 1, ')
    assert json.loads(line)["at"] == "2026-11-24T00:00:00+00:00"
    assert (json.loads(line)["took"], json.loads(line)["tags"]) == (90.0, ["a", "b"])
    assert "한국" in line


def test_a_list_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    say_objects([{"a": 1}, {"a": 2}])

    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [{"a": 1}, {"a": 2}]


def test_a_table_in_a_pipe_is_whole_and_plain(capsys: pytest.CaptureFixture[str]) -> None:
    long = "x" * 300

    say_table(["feed", "state"], [["[red]a[/red]", long], ["b\x1b[0m", 3]])

    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [["feed", "state"], ["[red]a[/red]", long], ["b[0m", "3"]]
