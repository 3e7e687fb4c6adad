"""`alerts`: what people were told, whom it reached and why, and once more."""

import json
import re
import shlex
from pathlib import Path

import pytest

from monitor.store import Store, outbox
from tests.integration.cli.conftest import ALERT, ARTICLE, Command


def test_a_line_says_when_what_to_whom_and_whether_it_arrived(home: Path, command: Command) -> None:
    ran = command("alerts", "list")

    _, line = ran.out.splitlines()
    assert re.split(r"  +", line.strip()) == [
        "2026-11-24 21:00 KST", "critical", "South Korea says: North Korea sends troops to Russia", "desk", "accepted",
        ALERT,
    ]  # fmt: skip


def test_a_program_gets_one_object_an_alert(home: Path, command: Command) -> None:
    (line,) = command("alerts", "list", "--json").out.splitlines()

    told = json.loads(line)
    assert (told["id"], told["source"], told["source_name"]) == (ALERT, "PRK", "North Korea")
    assert told["raised_at"] == "2026-11-24T12:00:00+00:00"
    assert [(one["channel"], one["recipient"], one["state"]) for one in told["deliveries"]] == [
        ("desk", "ann@x.org", "accepted")
    ]


def test_filters_that_nothing_fits_are_no_error(home: Path, command: Command) -> None:
    assert command("alerts", "list", "--channel", "press") == (0, "no alerts that fit\n", "")
    assert command("alerts", "list", "--channel", "press", "--json") == (0, "", "")


def test_days_are_those_of_the_display_zone(home: Path, command: Command) -> None:
    until = command("alerts", "list", "--until", "2026-11-24T21:00", "--json")  # 12:00 UTC, when it was raised
    since = command("alerts", "list", "--since", "2026-11-24T21:00", "--json")

    assert (until.out, ALERT in since.out) == ("", True)


def test_all_of_an_alert_is_told(home: Path, command: Command) -> None:
    told = command("alerts", "show", ALERT[:6]).out

    assert told.startswith("CRITICAL · South Korea says: North Korea sends troops to Russia\n")
    assert "desk (ann@x.org): accepted, queued 2026-11-24 21:00 KST" in told
    assert "1. 2026-11-24 21:00 KST accepted: 250 taken" in told
    assert "send desk: first time told here <- this alert" in told
    assert (
        "Hits of its story: 1\n  North Korea sends troops to Russia [alleged (by South Korea); troop-transfer" in told
    )
    assert "text 0-51: Pyongyang has sent 3,000 soldiers to western Russia, the agency told lawmakers." in told
    assert "\x1b" not in told


def test_all_of_an_alert_as_one_object(home: Path, command: Command) -> None:
    told = json.loads(command("alerts", "show", ALERT, "--json").out)

    assert told["schema_version"] == 1
    assert [(one["verdict"], one["channel"], one["because"]) for one in told["verdicts"]] == [
        ("send", "desk", "first time told here")
    ]
    assert [one["said"] for one in told["deliveries"][0]["attempts"]] == ["250 taken"]
    assert [(one["article"], one["evidence"][0]["marks"][0]) for one in told["hits"]] == [(ARTICLE, [0, 9])]


def test_an_alert_is_sent_once_more_to_where_it_went(home: Path, command: Command) -> None:
    dry = command("alerts", "resend", ALERT, "--dry-run")
    before = waiting(home)
    sent = command("alerts", "resend", ALERT)
    again = command("alerts", "resend", ALERT, "--json")

    assert (dry.code, dry.out.startswith("would queue 3f9a1c0d5e"), before) == (0, True, {})
    assert (sent.code, sent.out.rstrip().endswith("for desk (ann@x.org)"), waiting(home)) == (0, True, {"desk": 1})
    assert (again.code, json.loads(again.out)["queued"]) == (1, [])


def test_an_alert_is_sent_to_another_channel(home: Path, command: Command) -> None:
    ran = command("alerts", "resend", ALERT, "--channel", "press")

    assert (ran.code, waiting(home)) == (0, {"press": 1})


def waiting(home: Path) -> dict[str, int]:
    store = Store.open(f"sqlite:///{home}/monitor.db")
    with store.look() as work:
        found = {str(name): count for name, count in outbox.waiting(work).items()}
    store.close()
    return found


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("list", "--since", "soon"), 2, "error: --since soon is no moment; write 90m, 24h, 7d, today, yesterday"),
        (("list", "--actor", "North Koera"), 2, "error: no actor is named North Koera (did you mean north korea?)"),
        (("list", "--limit", "0"), 2, "error: invalid value for '--limit'"),
        (("show", "zz"), 1, "error: there is no alert zz; `alerts list` names them"),
        (("resend", ALERT, "--channel", "pres"), 2, "error: no channel is named pres (did you mean press?)"),
    ],
)
def test_what_cannot_be_done_is_said(
    home: Path, command: Command, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ran = command("alerts", *arguments)

    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(said)


@pytest.mark.parametrize("words", [("alerts", inner) for inner in ("list", "show", "resend", "publish")] + [
    ("hits", inner) for inner in ("list", "show", "export")
])  # fmt: skip
def test_the_examples_in_the_help_run(home: Path, command: Command, words: tuple[str, str]) -> None:
    told = command(*words, "--help").out
    examples = re.findall(r"^ +relations-monitor (.*)$", told, re.MULTILINE)

    assert examples
    assert [command(*shlex.split(example)).code for example in examples] == [0] * len(examples)


def test_publishing_needs_a_folder(home: Path, command: Command) -> None:
    ran = command("alerts", "publish")
    with (home / "config.toml").open("a") as file:
        file.write('[publish]\ndir = "public"\n')
    named = command("alerts", "publish")

    assert (ran.code, ran.err.startswith("error: no folder is named to publish in; write it after --into")) == (2, True)
    assert named.out == f"1 alerts in {home}/public/alerts.atom and {home}/public/alerts.json\n"


def test_no_database_yet_is_said_with_what_to_do(home: Path, command: Command) -> None:
    (home / "monitor.db").unlink()

    ran = command("alerts", "list")

    assert (ran.code, ran.out) == (1, "")
    assert "there is no database" in ran.err
    assert not (home / "monitor.db").exists()
