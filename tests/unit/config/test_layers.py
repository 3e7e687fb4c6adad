"""Files of config.d over config.toml, variables over both: what wins, what adds, and where each value came from."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config import Config, config_of, load
from monitor.config.load import Text
from monitor.config.show import as_toml, shown, with_origins
from monitor.errors import ConfigError

FEEDS = '[[feeds]]\nid = "bbc-world"\nurl = "https://example.org/world"\n'
DESK = '[[channels]]\nname = "desk"\nurl = "console://"\n'


def configured(text: str, *overlays: str, environ: Mapping[str, str] | None = None) -> Config:
    over = [Text(name=f"config.d/{number}.toml", text=one) for number, one in enumerate(overlays, 1)]
    return config_of(text, "config.toml", beside=Path("/"), environ={"HOME": "/h", **(environ or {})}, overlays=over)


def refused(text: str, *overlays: str, environ: Mapping[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        configured(text, *overlays, environ=environ)
    return [str(problem) for problem in raised.value.problems]


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_later_file_wins_key_by_key() -> None:
    config = configured("[fetch]\nthreads = 1\ntimeout = '5s'\n", "[fetch]\nthreads = 2\n", "[fetch]\nthreads = 3\n")

    assert (config.fetch.threads, config.fetch.timeout) == (3, timedelta(seconds=5))


def test_tables_of_an_array_add() -> None:
    config = configured(FEEDS, '[[feeds]]\nurl = "https://example.org/b"\n', DESK)

    assert [feed.id for feed in config.feeds] == ["bbc-world", "example-org-b"]
    assert [channel.name for channel in config.channels] == ["desk"]


def test_an_id_in_two_files_is_refused_with_both_places() -> None:
    told = refused(FEEDS, '\n[[feeds]]\nid = "bbc-world"\nurl = "https://example.org/b"\n')

    assert told == [
        (
            "config.d/1.toml:3:6: the id bbc-world is taken by the one in config.toml:2:6; "
            "expected an id of its own for each feed"
        )
    ]


def test_mistakes_of_all_files_are_told_at_once_each_with_its_file() -> None:
    told = refused("[fetch]\nthreads = 0\n", "[log]\nlevel = 'loud'\n", "[fecth]\n")

    assert [line.partition(": ")[0] for line in told] == [
        "config.toml:2:11",
        "config.d/1.toml:2:9",
        "config.d/2.toml:1:2",
    ]


def test_a_file_that_is_no_toml_is_told_with_its_place() -> None:
    assert refused("", "url = slack://SECRET")[0].startswith("config.d/1.toml:1:7: this is no value")


def test_files_of_the_folder_count_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[fetch]\nthreads = 1\n")
    (tmp_path / "config.d").mkdir()
    for name, threads in (("20-b.toml", 3), ("10-a.toml", 2), ("30-c.toml.bak", 4)):
        (tmp_path / "config.d" / name).write_text(f"[fetch]\nthreads = {threads}\n")

    config = load(None, {"HOME": "/h"}, folder=tmp_path)

    assert config.fetch.threads == 3
    assert str(config.origins["fetch", "threads"]) == "config.d/20-b.toml:2"


def test_an_overlay_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()
    (tmp_path / "config.d" / "a.toml").mkdir(parents=True)
    (tmp_path / "config.d" / ".hidden.toml").write_text("no toml")

    with pytest.raises(ConfigError, match=r"^config\.d/a\.toml: can't be read: is a directory$"):
        load(None, {"HOME": "/h"}, folder=tmp_path)


def test_a_relative_path_in_an_overlay_counts_from_the_main_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()
    (tmp_path / "mine").mkdir()
    (tmp_path / "config.d").mkdir()
    (tmp_path / "config.d" / "a.toml").write_text('[rules]\ndir = "mine"\n')

    assert load(None, {"HOME": "/h"}, folder=tmp_path).rules.dir == tmp_path / "mine"


# --- variables --------------------------------------------------------------------------------------------------------


def test_a_variable_wins_over_every_file() -> None:
    config = configured(
        "[fetch]\nevery = '1m'\n",
        "[fetch]\nthreads = 2\n",
        environ={
            "RELATIONS_MONITOR_FETCH__EVERY": "7m",
            "RELATIONS_MONITOR_FETCH__THREADS": "9",
            "RELATIONS_MONITOR_FETCH__ALLOW": '["127.0.0.1:80"]',
            "RELATIONS_MONITOR_RULES__SHIPPED": "false",
        },
    )

    assert (config.fetch.every, config.fetch.threads) == (timedelta(minutes=7), 9)
    assert config.fetch.allow == {("127.0.0.1", 80)}
    assert not config.rules.with_shipped


@pytest.mark.parametrize(
    "variable",
    [
        pytest.param("RELATIONS_MONITOR_FEEDS__bbc-world__EVERY", id="as-it-is"),
        pytest.param("RELATIONS_MONITOR_FEEDS__BBC_WORLD__EVERY", id="as-a-shell-can-write-it"),
        pytest.param("RELATIONS_MONITOR_feeds__bbc_world__every", id="small"),
    ],
)
def test_one_of_an_array_is_named_between(variable: str) -> None:
    assert configured(FEEDS, environ={variable: "9m"}).feeds[0].every == timedelta(minutes=9)


def test_a_feed_without_an_id_is_named_by_the_one_made_of_its_address() -> None:
    config = configured(
        '[[feeds]]\nurl = "https://example.org/b"\n', environ={"RELATIONS_MONITOR_FEEDS__EXAMPLE_ORG_B__TITLE": "B"}
    )

    assert config.feeds[0].title == "B"


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        pytest.param(
            {"RELATIONS_MONITOR_FETCH__EVRY": "5m"},
            "RELATIONS_MONITOR_FETCH__EVRY: no such setting (did you mean RELATIONS_MONITOR_FETCH__EVERY?)", id="key",
        ),
        pytest.param(
            {"RELATIONS_MONITOR_FETCH_EVERY": "5m"},
            "RELATIONS_MONITOR_FETCH_EVERY: no such setting (did you mean RELATIONS_MONITOR_FETCH__EVERY?)",
            id="one-line",
        ),
        pytest.param(
            {"RELATIONS_MONITOR_CHANNELS__DSEK__URL": "slack://SECRET"},
            "RELATIONS_MONITOR_CHANNELS__DSEK__URL: no such setting "
            "(did you mean RELATIONS_MONITOR_CHANNELS__DESK__URL?)",
            id="name",
        ),
        pytest.param(
            {"RELATIONS_MONITOR_FETCH__EVERY": "5 min"},
            'RELATIONS_MONITOR_FETCH__EVERY: this is no duration (did you mean "5m"?); expected a duration', id="value",
        ),
        pytest.param(
            {"RELATIONS_MONITOR_FETCH__ALLOW": "127.0.0.1:80"},
            'RELATIONS_MONITOR_FETCH__ALLOW: a text where an array is expected (did you mean ["127.0.0.1:80"]?)',
            id="array",
        ),
        pytest.param(
            {"RELATIONS_MONITOR_FETCH__EVERY": "5m", "RELATIONS_MONITOR_fetch__every": "6m"},
            "RELATIONS_MONITOR_fetch__every: every is given twice, by RELATIONS_MONITOR_FETCH__EVERY too", id="twice",
        ),
        pytest.param(
            {"RELATIONS_MONITOR_CHANNELS__DESK__URL": "SECRET"},
            "RELATIONS_MONITOR_CHANNELS__DESK__URL: an address without its scheme", id="secret",
        ),
    ],
)  # fmt: skip
def test_a_variable_that_sets_nothing_is_told_with_a_guess(environ: dict[str, str], told: str) -> None:
    (said,) = refused(DESK, environ=environ)

    assert said.startswith(told)
    assert "SECRET" not in said


@pytest.mark.parametrize(
    "variable",
    ["RELATIONS_MONITOR_CONFIG", "RELATIONS_MONITOR_SERVICE_HOST", "RELATIONS_MONITOR_PORT_8080_TCP_ADDR"],
)
def test_what_is_no_setting_of_ours_is_let_alone(variable: str) -> None:
    assert configured("", environ={variable: "tcp://10.0.0.1"}) == configured("")


def test_an_empty_variable_counts_as_unset() -> None:
    assert configured("", environ={"RELATIONS_MONITOR_FETCH__EVERY": ""}) == configured("")


# --- where it comes from ----------------------------------------------------------------------------------------------


def test_each_value_is_shown_with_where_it_comes_from() -> None:
    config = configured(
        FEEDS + DESK,
        "[fetch]\nthreads = 2\n",
        environ={"RELATIONS_MONITOR_LOG__LEVEL": "debug", "RELATIONS_MONITOR_FETCH__EVERY": "7m"},
    )

    lines = as_toml(shown(config), config).splitlines()

    assert [" ".join(line.split()) for line in lines if line.startswith(("threads", "level", "timeout", "every"))] == [
        'every = "7m" # RELATIONS_MONITOR_FETCH__EVERY',
        'timeout = "30s" # default',
        "threads = 2 # config.d/1.toml:2",
        'level = "debug" # RELATIONS_MONITOR_LOG__LEVEL',
        'every = "7m" # RELATIONS_MONITOR_FETCH__EVERY',
    ]
    assert as_toml(with_origins(config)) != ""
    assert with_origins(config)["log"] == {
        "level": {"value": "debug", "origin": "RELATIONS_MONITOR_LOG__LEVEL"},
        "format": {"value": "auto", "origin": "default"},
    }


def test_what_is_shown_with_origins_can_be_read_again() -> None:
    config = configured(FEEDS + DESK)

    assert configured(as_toml(shown(config), config)) == config
