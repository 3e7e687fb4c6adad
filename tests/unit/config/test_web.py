"""[web] is off until it is asked for; what it lacks costs the links alone, and what is unwise is told."""

from pathlib import Path

import pytest

from monitor.app import signer_of
from monitor.config import Config, config_of
from monitor.config.show import as_toml, shown
from monitor.errors import ConfigError

KEY = "of-this-test-alone-0123456789abcdef"


def configured(text: str, folder: Path = Path("/"), **environ: str) -> Config:
    return config_of(text, "config.toml", beside=folder, environ={"HOME": "/h", **environ})


def test_it_is_off_where_nothing_is_said_of_it() -> None:
    config = configured("")

    assert not config.web.is_on
    assert signer_of(config) is None
    assert config.web.listens_at == "127.0.0.1:8399"


def test_an_address_and_a_secret_switch_it_on() -> None:
    config = configured(f'[web]\npublic_url = "https://a.example.org/desk/"\nlisten = "[::1]:8400"\nsecret = "{KEY}"\n')

    signer = signer_of(config)
    assert signer is not None
    assert (signer.public_url, signer.secret) == ("https://a.example.org/desk", KEY)
    assert (config.web.listen, config.web.listens_at) == (("::1", 8400), "[::1]:8400")
    assert config.warnings == ()


def test_the_secret_may_lie_elsewhere_and_is_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "web").write_text(f"{KEY}\n")
    given = configured(
        '[web]\npublic_url = "https://a.example.org"\n', tmp_path,
        RELATIONS_MONITOR_WEB__SECRET_CREDENTIAL="web", CREDENTIALS_DIRECTORY=str(tmp_path),
    )  # fmt: skip

    assert given.web.is_on
    assert KEY not in as_toml(shown(given), given) + repr(given)


@pytest.mark.parametrize(("content", "because"), [(None, "can't be read"), ("short", "too short to sign with")])
def test_a_secret_that_cannot_be_read_costs_the_links_alone(tmp_path: Path, content: str | None, because: str) -> None:
    if content:
        (tmp_path / "web").write_text(content)

    config = configured('[web]\npublic_url = "https://a.example.org"\nsecret = { file = "web" }\n', tmp_path)

    (trouble,) = config.troubles
    assert because in trouble.because
    assert trouble.meanwhile == "messages go out without links until it can"
    assert not config.web.is_on
    assert [channel.trouble for channel in config.channels] == [""]


@pytest.mark.parametrize(
    ("url", "is_warned"),
    [
        ("https://a.example.org", False), ("http://127.0.0.1:8399", False), ("http://localhost", False),
        ("http://[::1]:8399", False), ("http://a.example.org", True), ("HTTP://10.0.0.1", True),
        ("http://127.0.0.1.example.org", True),
    ],
)  # fmt: skip
def test_links_in_the_clear_are_warned_of(url: str, is_warned: bool) -> None:
    config = configured(f'[web]\npublic_url = "{url}"\nsecret = "{KEY}"\n')

    assert [warning.lint for warning in config.warnings] == (["plain-http"] if is_warned else [])
    assert config.web.is_on


@pytest.mark.parametrize(("listen", "is_warned"), [("127.0.0.1:8399", False), ("[::1]:1", False), ("0.0.0.0:80", True)])
def test_pages_that_other_machines_reach_are_warned_of(listen: str, is_warned: bool) -> None:
    config = configured(f'[web]\npublic_url = "https://a.example.org"\nlisten = "{listen}"\nsecret = "{KEY}"\n')

    assert [warning.lint for warning in config.warnings] == (["listens-openly"] if is_warned else [])


def test_a_secret_that_nothing_can_be_signed_with_is_refused() -> None:
    with pytest.raises(ConfigError, match="letters that can be printed"):
        configured('[web]\npublic_url = "https://a.example.org"\n', RELATIONS_MONITOR_WEB__SECRET=KEY + "\udcff")
