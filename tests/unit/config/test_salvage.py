"""Of a configuration that can't be used, the channels of operators can be had, to say so."""

from pathlib import Path

from monitor.config.find import find
from monitor.config.salvage import operators_in, operators_of

OPS = '[[channels]]\nname = "ops"\nurl = "eml:///var/mail/ops"\noperator = true\n'
DESK = '[[channels]]\nname = "desk"\nurl = "eml:///var/mail/desk"\n'


def names(*texts: str, environ: dict[str, str] | None = None) -> list[str]:
    return [channel.name for channel in operators_of(texts, Path("/"), environ or {})]


def test_what_is_wrong_elsewhere_costs_no_operator_his_channel() -> None:
    assert names(f'[fetch]\nevry = "1s"\n{OPS}[[routes]]\nchannels = ["nobody"]\n') == ["ops"]
    assert names(f"[fetch\n???\n\n{OPS}\n[rules]\ndir = nonsense\n") == ["ops"]


def test_a_channel_that_is_itself_wrong_costs_itself() -> None:
    assert names(f'[[channels]]\nname = "two"\noperator = true\nurl = 7\n{OPS}') == ["ops"]


def test_channels_of_the_desk_are_left_alone() -> None:
    assert names(DESK) == []


def test_a_broken_variable_does_not_stand_in_the_way() -> None:
    assert names(OPS, environ={"RELATIONS_MONITOR_FETCH_EVERY": "nonsense"}) == ["ops"]


def test_every_file_counts_and_one_that_cannot_be_read_has_none(tmp_path: Path) -> None:
    (tmp_path / "config.d").mkdir()
    (tmp_path / "config.toml").write_text("[broken")
    (tmp_path / "config.d" / "ops.toml").write_text(OPS)
    found = find(tmp_path / "config.toml", {}, folder=tmp_path)

    assert [channel.name for channel in operators_in(found, {})] == ["ops"]
