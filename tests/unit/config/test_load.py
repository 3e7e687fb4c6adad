"""From config.toml to values: defaults, paths, ids, and which file counts."""

import os
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config import Config, config_of, find, load, state_folder
from monitor.config.kinds import WrongError, duration_of, size_of
from monitor.config.show import as_toml, duration_text, shown, size_text
from monitor.errors import ConfigError
from monitor.model import ChannelName, Route
from monitor.resources import shipped

HERE = Path("/srv/monitor")


def configured(text: str, **environ: str) -> Config:
    return config_of(text, "config.toml", beside=HERE, environ={"HOME": "/home/ann", **environ})


# --- defaults ---------------------------------------------------------------------------------------------------------


def test_without_a_word_alerts_go_to_the_terminal() -> None:
    config = configured("")

    assert [(channel.name, channel.kind) for channel in config.channels] == [("console", "console")]
    assert config.routes == (Route(name="everything", channels=(ChannelName("console"),)),)


def test_without_routes_every_channel_hears_everything() -> None:
    config = configured(
        '[[channels]]\nname = "a"\nurl = "console://"\n[[channels]]\nname = "b"\nurl = "mailto://h.org?to=x@y.org"\n'
    )

    assert config.routes == (Route(name="everything", channels=(ChannelName("a"), ChannelName("b"))),)


def test_a_feed_needs_no_more_than_its_address() -> None:
    (feed,) = configured('[[feeds]]\nurl = "https://www.example.org/News/rss.xml?key=1"\n').feeds

    assert (feed.id, feed.title, feed.outlet) == ("example-org-news-rss-xml",) * 3
    assert (feed.every, feed.kind, feed.is_enabled) == (timedelta(minutes=5), "rss", True)


def test_a_feed_takes_the_interval_of_fetch_unless_it_has_its_own() -> None:
    config = configured(
        '[fetch]\nevery = "20m"\n[[feeds]]\nurl = "https://a.org"\n[[feeds]]\nurl = "https://b.org"\nevery = "1h30m"'
    )

    assert [feed.every for feed in config.feeds] == [timedelta(minutes=20), timedelta(minutes=90)]


def test_values_are_read_as_what_they_mean() -> None:
    config = configured(
        '[fetch]\nsize_limit = "500 kB"\nallow = ["LOCALHOST:80", "[::1]:8080"]\n[display]\nzone = "Asia/Seoul"\n'
    )

    assert config.fetch.size_limit_bytes == 500_000
    assert config.fetch.allow == {("localhost", 80), ("::1", 8080)}
    assert config.display.zone == ZoneInfo("Asia/Seoul")


# --- paths ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        pytest.param({"STATE_DIRECTORY": "/var/lib/m:/other"}, "/var/lib/m", id="systemd"),
        pytest.param({"XDG_STATE_HOME": "/state"}, "/state/relations-monitor", id="xdg"),
        pytest.param({"XDG_STATE_HOME": "relative"}, "/home/ann/.local/state/relations-monitor", id="xdg-not-absolute"),
        pytest.param({}, "/home/ann/.local/state/relations-monitor", id="home"),
    ],
)
def test_state_is_kept_where_the_system_wants_it(environ: dict[str, str], folder: str) -> None:
    assert state_folder({"HOME": "/home/ann", **environ}) == Path(folder)
    assert configured("", **environ).database.url.reveal() == f"sqlite:///{folder}/monitor.db"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("sqlite:///m.db", "sqlite:////srv/monitor/m.db", id="relative"),
        pytest.param("sqlite:////var/m.db", "sqlite:////var/m.db", id="absolute"),
        pytest.param("sqlite:///m.db?timeout=5", "sqlite:////srv/monitor/m.db?timeout=5", id="with-settings"),
    ],
)
def test_a_relative_database_lies_beside_the_configuration(written: str, meant: str) -> None:
    assert configured(f'[database]\nurl = "{written}"\n').database.url.reveal() == meant


def test_a_relative_folder_of_rules_lies_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "config.toml").write_text('[rules]\ndir = "mine"\n')

    config = load(Path("config.toml"), {}, folder=tmp_path)

    assert config.rules.dir == tmp_path / "mine"
    assert config.file == tmp_path / "config.toml"


# --- which file -------------------------------------------------------------------------------------------------------


def test_the_first_file_in_the_order_of_looking_counts(tmp_path: Path) -> None:
    places = [tmp_path / name / "config.toml" for name in ("named", "variable", "here")]
    places += [tmp_path / name / "relations-monitor" / "config.toml" for name in ("xdg", "etc")]
    for path in places:
        path.parent.mkdir(parents=True)
        path.touch()
    environ = {"RELATIONS_MONITOR_CONFIG": str(places[1]), "XDG_CONFIG_HOME": str(tmp_path / "xdg")}
    without = {"XDG_CONFIG_HOME": str(tmp_path / "xdg")}
    nowhere, system = tmp_path / "nowhere", tmp_path / "etc"

    found = [
        find(places[0], environ, folder=tmp_path / "here", system=system),
        find(None, environ, folder=tmp_path / "here", system=system),
        find(None, without, folder=tmp_path / "here", system=system),
        find(None, without, folder=nowhere, system=system),
        find(None, {"HOME": str(nowhere)}, folder=nowhere, system=system),
    ]

    assert [one.path for one in found] == places
    assert find(None, {"HOME": str(nowhere)}, folder=nowhere, system=nowhere).path is None


@pytest.mark.parametrize("by", ["--config", "RELATIONS_MONITOR_CONFIG"])
def test_a_file_that_is_named_must_exist(tmp_path: Path, by: str) -> None:
    environ = {"RELATIONS_MONITOR_CONFIG": "missing.toml"} if by != "--config" else {}

    with pytest.raises(ConfigError) as raised:
        find(Path("missing.toml") if by == "--config" else None, environ, folder=tmp_path)

    assert str(raised.value) == f"missing.toml: {by} names a file that does not exist"


def test_a_file_that_is_not_utf8_is_refused_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b'[display]\nzone = "\xff"\n')

    with pytest.raises(ConfigError) as raised:
        load(None, {}, folder=tmp_path)

    assert str(raised.value).startswith("config.toml:2:9: byte 0xff is not UTF-8")


# --- shown ------------------------------------------------------------------------------------------------------------

SECRETIVE = """
[[feeds]]
url = "https://ann:SECRET@example.org/rss.xml?token=SECRET&page=2"
id = "a"
[[channels]]
name = "chat"
url = "slack://SECRET/SECRET/SECRET"
[[channels]]
name = "desk"
url = "mailto://ann:SECRET@h.org?to=b@y.org"
"""


def test_a_configuration_is_shown_without_its_secrets() -> None:
    config = configured(SECRETIVE)

    told = as_toml(shown(config)) + repr(config) + str(config)

    assert "SECRET" not in told
    assert 'url = "https://***@example.org/rss.xml?token=***&page=2"' in told
    assert 'url = "slack://***"' in told


def test_a_configuration_as_it_is_shown_can_be_read_again() -> None:
    text = shipped("config.example.toml").read_text()
    config = configured(text)

    again = configured(as_toml(shown(config)))

    assert again == config


@given(st.integers(0, 10**8))
def test_a_duration_is_written_as_it_is_read(seconds: int) -> None:
    assert duration_of(duration_text(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@given(st.integers(0, 2**40))
def test_a_size_is_written_as_it_is_read(size: int) -> None:
    assert size_of(size_text(size)) == size


@given(st.text(max_size=12))
def test_any_text_is_a_duration_or_refused(text: str) -> None:
    try:
        read = duration_of(text)
    except WrongError:
        return
    assert read >= timedelta(0)


def test_a_password_of_the_configuration_is_hidden_from_the_log(tmp_path: Path) -> None:
    from monitor.log import redact

    (tmp_path / "config.toml").write_text(
        '[[channels]]\nname = "d"\nurl = "mailto://a:hunter%23two@h.org?to=b@y.org"\n'
    )

    load(None, dict(os.environ) | {"RELATIONS_MONITOR_CONFIG": ""}, folder=tmp_path)

    assert redact("535 no entry for hunter#two") == "535 no entry for ***"
