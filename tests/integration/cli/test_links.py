"""The commands where links are on: `alerts show` prints them, `config check` tells what is unwise."""

import json
import socket
from pathlib import Path

import pytest

from monitor.alerts.links import ANSWERS, Token, verify
from monitor.clock import SystemClock
from tests.integration.cli.conftest import ALERT, Command

KEY = "of-this-test-alone-0123456789abcdef"


def switched_on(home: Path, public: str = "https://alerts.example.org", listen: str = "127.0.0.1:8399") -> None:
    with (home / "config.toml").open("a") as file:
        file.write(f'[web]\npublic_url = "{public}"\nlisten = "{listen}"\nsecret = "{KEY}"\n')


def test_show_prints_links_that_hold_for_the_channel_it_went_to(home: Path, command: Command) -> None:
    switched_on(home)

    printed = command("alerts", "show", ALERT[:6]).out
    told = json.loads(command("alerts", "show", ALERT[:6], "--json").out)["answers"]

    tokens = [verify(one["url"].rpartition("/")[2], KEY, SystemClock().now()) for one in told]
    assert [one.answer for one in tokens if isinstance(one, Token)] == list(ANSWERS)
    assert {(one.alert, one.channel) for one in tokens if isinstance(one, Token)} == {(ALERT, "desk")}
    assert "Acknowledge: https://alerts.example.org/a/" in printed


def test_without_links_show_has_none(home: Path, command: Command) -> None:
    assert "/a/" not in command("alerts", "show", ALERT[:6]).out
    assert json.loads(command("alerts", "show", ALERT[:6], "--json").out)["answers"] == []


@pytest.mark.parametrize("is_taken", [True, False])
def test_check_warns_and_ends_well(home: Path, command: Command, *, is_taken: bool) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        if not is_taken:
            other.close()
        else:
            other.listen()
        switched_on(home, "http://alerts.example.org", f"127.0.0.1:{port}")

        ran, told = command("config", "check"), json.loads(command("config", "check", "--json").out)

    warned = ["links go over the network in the clear, for others to use"]
    taken = [f"nothing can listen at 127.0.0.1:{port} now: address already in use"]
    assert [one["because"] for one in told["warnings"]] == warned + (taken if is_taken else [])
    assert (ran.code, told["is_well"]) == (0, True)
    assert "links below http://alerts.example.org" in ran.out
    assert "warning: " in ran.err
    assert KEY not in ran.out + ran.err
