"""Wrong configurations: each mistake has its place, what was expected and a guess, and no secret is shown."""

import tomllib
from pathlib import Path

import pytest

from monitor.config import config_of
from monitor.errors import ConfigError

TABLE = Path(__file__).parents[2] / "tables" / "config_errors.toml"
CASES = tomllib.loads(TABLE.read_text())["case"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_a_mistake_is_told_with_place_expectation_and_guess(case: dict[str, str | int]) -> None:
    with pytest.raises(ConfigError) as raised:
        config_of(str(case["text"]), "config.toml", beside=Path("/"), environ={})

    (problem,) = raised.value.problems
    assert problem.because.startswith(str(case["because"]))
    assert (problem.place.line, problem.place.column) == (case["line"], case["column"])
    assert str(case["expected"]) in problem.expected
    assert problem.hint == case["hint"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES if "SEC" in case["text"]])
def test_no_mistake_shows_a_secret(case: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as raised:
        config_of(case["text"], "config.toml", beside=Path("/"), environ={})

    assert "SEC" not in str(raised.value)
    assert "RET" not in str(raised.value)


def test_the_caret_stands_right_under_a_line_whose_secret_is_masked() -> None:
    text = '[[channels]]\nname = "desk"\nurl = "SECRET@smtp.example.org"\n'

    with pytest.raises(ConfigError) as raised:
        config_of(text, "config.toml", beside=Path("/"), environ={})

    assert raised.value.problems[0].in_full().splitlines()[-2:] == ['  url = "***"', "        ^"]


def test_every_mistake_is_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        '[log]\nlevel = "loud"\nform = "text"\n[fetch]\nevery = 1\nallow = ["a", "b:1", "c"]\n[[feeds]]\nid = "x y"\n'
    )

    with pytest.raises(ConfigError) as raised:
        config_of(text, "config.toml", beside=Path("/"), environ={})

    places = [(problem.place.line, problem.place.column) for problem in raised.value.problems]
    assert places == [(2, 9), (3, 1), (5, 9), (6, 10), (6, 22), (7, 1), (8, 6)]
    assert raised.value.exit_code == 78


def test_an_address_that_can_not_be_used_costs_its_channel_alone_and_is_told_at_its_place() -> None:
    text = '[[channels]]\nname = "desk"\nurl = "nowhere://SECRET"\n[[channels]]\nname = "other"\nurl = "console://"\n'

    config = config_of(
        text, "config.toml", beside=Path("/"), environ={}, complaint=lambda url: "no such" if "nowhere" in url else ""
    )

    (problem,) = config.troubles
    assert str(problem).startswith("config.toml:3:7: no such; the other channels work")
    assert "SECRET" not in problem.in_full()
    assert [channel.trouble for channel in config.channels] == ["no such", ""]


def test_what_is_wrong_with_one_channel_hides_nothing_that_is_wrong_with_another() -> None:
    text = (
        'channels = [1, { name = "a b", url = "console://" }, { name = "two", url = "nowhere://x" },\n'
        '  { name = "three", url = "nowhere://y" }, { nam = "four" }]\n'
    )

    with pytest.raises(ConfigError) as raised:
        config_of(
            text, "config.toml", beside=Path("/"), environ={}, complaint=lambda url: "none" if "nowhere" in url else ""
        )

    told = [(problem.place.line, problem.because) for problem in raised.value.problems]
    assert [because.partition(" ")[0] for _, because in told] == [
        "this",
        "a",
        "none",
        "none",
        "[[channels]]",
        "unknown",
    ]
    assert [line for line, _ in told] == [1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("hooks.slack.com/services/T0/B0/SECRET", '"https://hooks.slack.com/***"'),
        ("//hooks.slack.com/services/T0/B0/SECRET", '"https://hooks.slack.com/***"'),
        ("SECRET@example.org", '"mailto://SERVER?to=..."'),
        ("alerts.example.org:8443/in?token=SECRET", '"webhooks://***"'),
    ],
)
def test_an_address_that_lost_its_scheme_is_told_how_it_begins_and_none_of_it_is_shown(pasted: str, meant: str) -> None:
    text = f'[[channels]]\nname = "desk"\nurl = "{pasted}"\n'

    with pytest.raises(ConfigError) as raised:
        config_of(text, "config.toml", beside=Path("/"), environ={})

    (problem,) = raised.value.problems
    assert problem.hint == meant
    assert "SECRET" not in str(raised.value)
