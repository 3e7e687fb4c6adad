"""`silences`, `alerts ack`, `routes test`, `stories`: what a person asks for and gets told."""

import json
from pathlib import Path

from monitor.store import Store, ledger
from tests.integration.cli.conftest import ALERT, ARTICLE, Command


def rows_of(home: Path, kind: str) -> list[str]:
    store = Store.open(f"sqlite:///{home}/monitor.db")
    with store.look() as work:
        found = [row.because for row in ledger.read(work, kind=kind)]
    store.close()
    return found


def test_a_silence_is_kept_listed_and_ended(home: Path, command: Command) -> None:
    wanted = ("--for", "8h", "--party", "North-Korea", "--event", "gift", "--reason", "a drill", "--author", "ann")
    made = json.loads(command("silences", "add", *wanted, "--json").out)

    listed = command("silences", "list")
    ended = command("silences", "expire", made["id"], "--author", "bob")

    assert (made["parties"], made["events"], made["in_force"]) == (["PRK"], ["gift"], True)
    assert made["id"] in listed.out
    assert "party PRK, event gift" in listed.out
    assert ended.code == 0
    assert command("silences", "list") == (0, "no silence is in force\n", "")
    assert "ended by bob" in command("silences", "list", "--all").out
    assert rows_of(home, "silence_added") == ["ann: a drill"]
    assert rows_of(home, "silence_expired") == ["bob ended it early; ann had said: a drill"]


def test_a_silence_of_everything_or_for_no_time_is_refused(home: Path, command: Command) -> None:
    assert "this would silence everything" in command("silences", "add", "--for", "8h", "--reason", "x").err
    wrong = command("silences", "add", "--for", "soon", "--reason", "x", "--event", "gift")
    assert wrong.code == 2
    assert "--for soon is neither a duration nor a moment" in wrong.err


def test_an_alert_is_acknowledged_once_and_the_first_counts(home: Path, command: Command) -> None:
    first = json.loads(command("alerts", "ack", ALERT[:5], "--by", "ann", "--note", "calling", "--json").out)
    second = json.loads(command("alerts", "ack", ALERT[:5], "--by", "bob", "--json").out)

    assert (first["alert"], first["by"]) == (ALERT, "ann")
    assert second == first
    assert rows_of(home, "alert_acknowledged") == ["ann: calling"]


def test_a_text_and_a_stored_alert_are_tried_by_the_routes(home: Path, command: Command) -> None:
    with (home / "config.toml").open("a") as config:
        config.write('[[routes]]\nname = "night"\nchannels = ["desk"]\nquiet = "22:00-07:00"\nparties = ["PRK"]\n')
        config.write('[[routes]]\nname = "gifts"\nchannels = ["press"]\nevents = ["gift"]\n')

    text = "North Korea sends 3,000 soldiers to Russia"
    told = command("routes", "test", text, "--at", "2026-11-24T23:30", "--json")
    stored = command("routes", "test", "--alert", ALERT[:5], "--at", "2026-11-24T12:00")

    (verdict,) = map(json.loads, told.out.splitlines())
    assert (verdict["channel"], verdict["verdict"], verdict["gate"]) == ("desk", "hold", "quiet_hours")
    assert verdict["until"] == "2026-11-24T22:00:00+00:00"
    assert verdict["left"] == [{"route": "gifts", "because": "event troop-transfer is not gift"}]
    assert stored.code == 0
    assert "desk: send: first time told here; route night: critical is at least info; party PRK" in stored.out


def test_a_story_is_listed_shown_and_told_in_its_course(home: Path, command: Command) -> None:
    (listed,) = map(json.loads, command("stories", "list", "--json").out.splitlines())

    shown = command("stories", "show", listed["id"][:10])
    course = command("stories", "timeline", listed["id"][:10])

    assert listed["parties"] == ["PRK", "RUS"]
    assert ARTICLE in shown.out
    assert "alert raised desk" in course.out
    assert "there is no story nowhere" in command("stories", "show", "nowhere").err
