"""A secret prints as ***, however it is printed."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from monitor.config import Config, Secret, config_of
from monitor.config.addresses import feed_slug, hide_feed_address
from monitor.errors import ConfigError, Problem


def test_a_secret_is_told_by_reveal_alone() -> None:
    secret = Secret("hunter2!")

    told = f"{secret} {secret!r} {secret!s:>8} {[secret]} {json.dumps({'a': secret}, default=str)} " + "%s" % (secret,)  # noqa: UP031 (another way to print)

    assert "hunter2!" not in told
    assert secret.reveal() == "hunter2!"


def test_a_secret_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Secret("hunter2!")._text = "other"  # type: ignore[misc]  # that it is refused is the point


# --- where they may lie -----------------------------------------------------------------------------------------------

CHANNEL = '[[channels]]\nname = "desk"\nurl = {}\n'
ADDRESS = "slack://AAAAAAAAA/BBBBBBBBB/SECRETSECRETSECRET"


def configured(url: str, folder: Path, **environ: str) -> Config:
    """A configuration with one channel; its credentials lie in `folder`."""
    surrounding = {"HOME": "/h", "CREDENTIALS_DIRECTORY": str(folder), **environ}
    return config_of(CHANNEL.format(url), "config.toml", beside=folder, environ=surrounding)


@pytest.mark.parametrize(
    ("written", "environ", "origin"),
    [
        pytest.param('{{ file = "{0}/slack" }}', {}, "file {0}/slack (config.toml:3)", id="file"),
        pytest.param('{{ file = "slack" }}', {}, "file {0}/slack (config.toml:3)", id="file-beside"),
        pytest.param('{{ credential = "slack" }}', {}, "credential slack (config.toml:3)", id="credential"),
        pytest.param(
            '"console://"', {"RELATIONS_MONITOR_CHANNELS__DESK__URL_FILE": "slack"},
            "file {0}/slack (RELATIONS_MONITOR_CHANNELS__DESK__URL_FILE)", id="variable-file",
        ),
        pytest.param(
            '"console://"', {"RELATIONS_MONITOR_CHANNELS__DESK__URL_CREDENTIAL": "slack"},
            "credential slack (RELATIONS_MONITOR_CHANNELS__DESK__URL_CREDENTIAL)", id="variable-credential",
        ),
    ],
)  # fmt: skip
def test_a_secret_may_lie_outside(tmp_path: Path, written: str, environ: dict[str, str], origin: str) -> None:
    (tmp_path / "slack").write_text(f"{ADDRESS}\n")

    config = configured(written.format(tmp_path), tmp_path, **environ)

    assert config.channels[0].url == ADDRESS
    assert str(config.origins["channels", 0, "url"]) == origin.format(tmp_path)


@pytest.mark.parametrize(
    ("content", "reference", "because"),
    [
        pytest.param(None, 'file = "s"', "the file {0}/s can't be read: no such file or directory", id="missing"),
        pytest.param(b"", 'file = "s"', "the file {0}/s is empty", id="empty"),
        pytest.param(b"slack://SECRET\nSECRET\n", 'file = "s"', "the file {0}/s holds more than a secret", id="lines"),
        pytest.param(b"slack://SECRET\xff", 'file = "s"', "the file {0}/s is not UTF-8", id="bytes"),
        pytest.param(b"SECRET", 'file = "s"', "in the file {0}/s: an address without its scheme", id="wrong"),
        pytest.param(b"SECRET", 'credential = "s"', "in the credential s: an address without its scheme", id="both"),
        pytest.param(b"SECRET", 'file = "."', "the file {0} is no file", id="folder"),
        pytest.param(b"SECRET", 'credential = "../s"', "the name of a credential is no path", id="path"),
        pytest.param(b"SECRET", 'fiel = "s"', "a table that leads to no secret (did you mean file?)", id="misspelt"),
        pytest.param(b"SECRET", 'file = "s", credential = "s"', "a table that leads to no secret", id="two"),
        pytest.param(b"SECRET", "file = 1", "file is no name", id="number"),
    ],
)
def test_what_leads_to_no_secret_is_told_without_one(
    tmp_path: Path, content: bytes | None, reference: str, because: str
) -> None:
    if content is not None:
        (tmp_path / "s").write_bytes(content)

    (problem,) = troubles(f"{{ {reference} }}", tmp_path)

    assert str(problem).startswith(f"config.toml:3:7: {because.format(tmp_path)}")
    assert problem.expected
    assert "SECRET" not in problem.in_full()


def troubles(url: str, folder: Path) -> Sequence[Problem]:
    """What is wrong with a channel, be it the configuration's trouble or the channel's alone."""
    try:
        return configured(url, folder).troubles
    except ConfigError as error:
        return error.problems


def test_a_secret_that_is_not_there_costs_its_channel_alone(tmp_path: Path) -> None:
    text = CHANNEL.format('{ file = "missing" }') + '[[channels]]\nname = "terminal"\nurl = "console://"\n'

    config = config_of(text, "config.toml", beside=tmp_path, environ={})

    assert [(one.name, bool(one.trouble)) for one in config.channels] == [("desk", True), ("terminal", False)]
    assert config.troubles[0].owner == "channel desk"


def test_a_database_whose_address_is_not_there_lets_nothing_start(tmp_path: Path) -> None:
    text = 'database.url = { file = "missing" }\n'

    with pytest.raises(ConfigError, match=r"config\.toml:1:16: the file .*/missing can't be read"):
        config_of(text, "config.toml", beside=tmp_path, environ={})


def test_a_credential_without_a_service_is_told_with_what_to_do() -> None:
    config = config_of(CHANNEL.format('{ credential = "slack" }'), "config.toml", beside=Path("/"), environ={})

    (problem,) = config.troubles
    assert "$CREDENTIALS_DIRECTORY is not set; expected a service with LoadCredential=slack:PATH" in str(problem)


def test_the_form_of_other_programs_is_told_how_it_is_written_here(tmp_path: Path) -> None:
    text = '[[channels]]\nname = "desk"\nurl_file = "/run/secrets/slack"\n'

    with pytest.raises(ConfigError) as raised:
        config_of(text, "config.toml", beside=tmp_path, environ={})

    (problem,) = raised.value.problems
    assert problem.hint == 'url = { file = "..." }'


# --- feeds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "told"),
    [
        pytest.param("https://ann:SECRET@h.org/rss", "https://***@h.org/rss", id="password"),
        pytest.param("https://SECRET@h.org/rss", "https://***@h.org/rss", id="user"),
        pytest.param("https://h.org/rss?token=SECRET&page=2", "https://h.org/rss?token=***&page=2", id="token"),
        pytest.param("https://h.org/rss?k=5f3aSECRET0d1b2c3d4e", "https://h.org/rss?k=***", id="like-a-token"),
        pytest.param("https://h.org/rss?page=2&lang=en", "https://h.org/rss?page=2&lang=en", id="nothing-to-hide"),
        pytest.param(
            "https://h.org/v?channel_id=UC16niRr50MSBwiO3YDb3RA", "https://h.org/v?channel_id=UC16niRr50MSBwiO3YDb3RA",
            id="open-though-strange",
        ),
        pytest.param("ann:SECRET@h.org/rss", "***@h.org/rss", id="without-a-scheme"),
    ],
)  # fmt: skip
def test_the_address_of_a_feed_is_shown_without_its_secrets(url: str, told: str) -> None:
    assert hide_feed_address(url) == told


def test_the_id_made_of_an_address_holds_nothing_of_user_and_query() -> None:
    assert feed_slug("https://ann:SECRET@www.h.org/rss.xml?token=SECRET#SECRET") == "h-org-rss-xml"


def test_a_wrong_address_of_a_feed_is_told_without_its_secrets() -> None:
    text = '[[feeds]]\nurl = "ann:SECRET@h.org/rss?token=SECRET"\n'

    with pytest.raises(ConfigError) as raised:
        config_of(text, "config.toml", beside=Path("/"), environ={})

    assert "SECRET" not in raised.value.problems[0].in_full()
    assert raised.value.problems[0].hint == '"https://***@h.org/rss?token=***"'
