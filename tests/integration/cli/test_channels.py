"""`notify test` prints the real answer of the other side; `channels list` says how each channel fares."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.alerts.breaker import after_answer
from monitor.cli.main import run
from monitor.decisions import Accepted, Outcome, TryLater
from monitor.model import ChannelName, ChannelState
from monitor.store import Store, channels
from tests.builders import NOON, minutes
from tests.fixtures.alert_sinks import Sinks, serve
from tests.integration.cli.conftest import Command, Ran


@pytest.fixture
def sinks() -> Iterator[Sinks]:
    with serve() as running:
        yield running


@pytest.fixture
def config(sinks: Sinks, tmp_path: Path) -> Path:
    api = f"http://127.0.0.1:{sinks.http_port}"
    file = tmp_path / "config.toml"
    file.write_text(
        f"""
        [database]
        url = "sqlite:///m.db"
        [[channels]]
        name = "desk"
        url = "slack://xoxb-1234-5678-abcdefgh/#desk/#night?api={api}"
        [[channels]]
        name = "bad"
        url = "nonsense://SECRET"
        """
    )
    return file


@pytest.fixture
def ask(config: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    def asked(*words: str) -> Ran:
        code = run([*words, "--config", str(config)])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return asked


def test_it_sends_one_to_each_recipient_and_prints_what_was_answered(sinks: Sinks, ask: Command) -> None:
    told = ask("notify", "test", "desk", "--json")

    lines = [json.loads(line) for line in told.out.splitlines()]
    assert told.code == 0
    assert [line["said"].partition(",")[0] for line in lines] == ["200 ok", "200 ok"]
    assert [record["body"]["channel"] for record in sinks.accepted("slack")] == ["#desk", "#night"]


def test_a_refusal_is_told_with_its_code_and_ends_with_1(sinks: Sinks, ask: Command) -> None:
    sinks.fault("slack", "429", retry_after=7)

    told = ask("notify", "test", "desk")

    assert told.code == 1
    assert "429 fault on request, to be asked again after 7 s" in told.out
    assert len(sinks.accepted("slack")) == 1


def test_a_dry_run_prints_the_payload_and_sends_nothing(sinks: Sinks, ask: Command) -> None:
    told = ask("notify", "test", "desk", "--dry-run")

    assert '"channel": "#night"' in told.out
    assert sinks.all() == []


def test_an_unusable_channel_says_why(ask: Command) -> None:
    told = ask("notify", "test", "bad")

    assert told.code == 1
    assert "no service is known for nonsense://" in told.out + told.err
    assert "SECRET" not in told.out + told.err


def test_the_list_says_how_each_fares(config: Path, ask: Command) -> None:
    store = Store.open(f"sqlite:///{config.parent / 'm.db'}")
    state = ChannelState(channel=ChannelName("desk"))
    with store.work() as work:
        outcomes: list[Outcome] = [Accepted(receipt="200 ok"), *[TryLater(because="503 busy")] * 3]
        for outcome in outcomes:
            state = after_answer(state, outcome, NOON, 0.5, minutes(0))
        channels.save(work, state)
    store.close()

    told = ask("channels", "list", "--json")

    desk, bad = (json.loads(line) for line in told.out.splitlines())
    assert told.code == 1
    assert (desk["state"], desk["last_said"], desk["accepted_at"]) == ("down", "503 busy", NOON.isoformat())
    assert (bad["state"], bad["waiting"]) == ("unusable", 0)


def test_a_channel_that_did_not_take_its_test_is_not_called_ok_until_it_takes_one(
    sinks: Sinks, config: Path, ask: Command
) -> None:
    def state(command: str) -> str:
        told = ask(*command.split(), "--json").out
        rows = json.loads(told)["channels"] if command == "status" else map(json.loads, told.splitlines())
        return next(str(row["state"]) for row in rows if "desk" in (row.get("name"), row.get("channel")))

    Store.open(f"sqlite:///{config.parent / 'm.db'}").close()
    untried = state("status")
    sinks.fault("slack", "500", count=2)

    refused = ask("notify", "test", "desk").code, state("status"), state("channels list"), ask("status")
    taken = ask("notify", "test", "desk").code, state("status"), state("channels list")

    assert untried == "new"
    assert refused[:3] == (1, "failing", "failing")
    assert refused[3].code == 1
    assert "a test was" in refused[3].out
    assert "notify test desk" in refused[3].out
    assert taken == (0, "new", "new")
