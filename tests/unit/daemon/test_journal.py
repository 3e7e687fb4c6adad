"""Why a unit is down, in words, from what systemd says and from the last lines of the log."""

import json

from monitor.daemon.journal import Down, down_unit, last_words, why


def line(event: str, level: str = "error", **values: object) -> str:
    return json.dumps({"event": event, "level": level, **values})


def test_the_last_words_are_complaints_and_not_every_line() -> None:
    lines = [
        line("daemon_ready", "info", feeds=3),
        line("loop_hung", loops=["poll"]),
        line("feed_failed", "warning", feed="alder"),
        "Fatal Python error: Aborted",
        '  File "monitor/pipeline.py", line 3 in poll',
        "error: config.toml:2:1: unknown key evry",
    ]

    assert last_words(lines) == (
        "loop_hung (loops ['poll'])",
        "Fatal Python error: Aborted",
        "error: config.toml:2:1: unknown key evry",
    )


def test_the_same_words_are_said_once_and_only_the_newest_three() -> None:
    lines = [line("store_failed", because=f"reason {number}") for number in (1, 2, 2, 3, 4, 4)]

    assert [words[-9:-1] for words in last_words(lines)] == ["reason 2", "reason 3", "reason 4"]


def test_no_secret_is_among_the_last_words() -> None:
    told = last_words(["error: https://user:hunter22@host.example/x?token=abcdefgh"])

    assert "hunter22" not in told[0]
    assert "abcdefgh" not in told[0]


def test_an_end_is_told_as_a_sentence() -> None:
    told = why(Down(unit="u", result="exit-code", code="exited", status="78", words=("error: config.toml:2:1",)))

    assert told == "It ended by itself with an error (exited 78); its last words: error: config.toml:2:1."
    assert why(Down(unit="u", result="watchdog")).startswith("It gave no sign of life for too long")
    assert why(Down(unit="u")) == "Systemd says nothing of it."


def test_what_systemd_hands_to_a_failure_unit_is_read() -> None:
    environ = {"MONITOR_SERVICE_RESULT": "signal", "MONITOR_EXIT_CODE": "killed", "MONITOR_EXIT_STATUS": "KILL"}

    down = down_unit("no-such-unit.service", environ)

    assert (down.result, down.code, down.status, down.words) == ("signal", "killed", "KILL", ())
