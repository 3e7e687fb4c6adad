"""A secret put wherever one can stand is read nowhere else: not in a log, an error, a command's output or a stored row.

A new kind of secret joins `SECRETS`, with the columns of the database where it belongs, and `CONFIGURATION`.
"""

import contextlib
import io
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path
from typing import Final

import pytest

from monitor.cli.main import run
from monitor.clock import SystemClock
from tests.fixtures.small_web import Asked, Page, Web, serve

_FEED: Final = frozenset({"feeds.url", "feeds.moved_from", "feeds.moved_to"})
SECRETS: Mapping[str, tuple[str, frozenset[str]]] = {
    "channel-password": ("CANARYpassword1", frozenset()),
    "channel-user": ("CANARYuser22", frozenset()),
    "channel-path": ("CANARYpath333", frozenset()),
    "channel-header": ("CANARYheader4", frozenset()),
    "channel-signing-secret": ("CANARYsigning12", frozenset()),
    "channel-webhook-path": ("CANARYwebhookpath13", frozenset()),
    "channel-from-file": ("CANARYfile5555", frozenset()),
    "channel-from-credential": ("CANARYcredential6", frozenset()),
    "channel-from-variable": ("CANARYvariable7", frozenset()),
    "channel-from-variable-file": ("CANARYvariablefile8", frozenset()),
    "web-secret": ("CANARYwebsecret15-0123456789abcdefghij", frozenset()),
    "feed-password": ("CANARYfeedpassword9", _FEED),
    "feed-token": ("CANARYfeedtoken10", _FEED),
    "feed-token-of-any-name": ("c4n4ryCANARY11feedtoken", _FEED),
}
"""What stands where, and the columns that it is kept in because it belongs there."""

_S = {name: secret for name, (secret, _) in SECRETS.items()}
CONFIGURATION = """
database.url = "sqlite:///m.db"
fetch.allow = ["{host}"]
log.level = "debug"
[web]
public_url = "http://127.0.0.1:9"
listen = "127.0.0.1:9"
secret = "{web-secret}"
[[feeds]]
id = "good"
url = "http://ann:{feed-password}@{host}/feed?token={feed-token}&k={feed-token-of-any-name}"
[[feeds]]
id = "missing"
url = "http://ann:{feed-password}@{host}/missing?token={feed-token}&k={feed-token-of-any-name}"
[[feeds]]
id = "page"
url = "http://ann:{feed-password}@{host}/page?token={feed-token}&k={feed-token-of-any-name}"
[[feeds]]
id = "moved"
url = "http://ann:{feed-password}@{host}/moved?token={feed-token}&k={feed-token-of-any-name}"
[[feeds]]
id = "away"
url = "http://ann:{feed-password}@127.0.0.1:9/away?token={feed-token}&k={feed-token-of-any-name}"
[[channels]]
name = "mail"
url = "mailto://{channel-user}:{channel-password}@127.0.0.1:9?from=a@x.org&to=b@x.org&mode=starttls"
[[channels]]
name = "path"
url = "json://{host}/hooks/{channel-path}"
[[channels]]
name = "header"
url = "json://{host}/header/?+X-Token={channel-header}"
[[channels]]
name = "signed"
url = "webhook://{host}/{channel-webhook-path}?secret={channel-signing-secret}"
[[channels]]
name = "file"
url = {{ file = "file.secret" }}
[[channels]]
name = "credential"
url = {{ credential = "hook" }}
[[channels]]
name = "variable"
[[channels]]
name = "variable-file"
[[channels]]
name = "eml"
url = "eml://{folder}/mail?from=a@x.org&to=b@x.org"
"""
COMMANDS = (
    ("once", "--now", "--json"), ("config", "check"), ("config", "check", "--json"), ("config", "show"),
    ("config", "show", "--json"), ("config", "show", "--origin"), ("config", "show", "--origin", "--json"),
    ("status",), ("status", "--json"), ("feeds", "list"), ("feeds", "list", "--json"), ("feeds", "test", "moved"),
    ("feeds", "test", "page", "--json"), ("feeds", "export"), ("alerts", "list", "--json"), ("hits", "list", "--json"),
)  # fmt: skip
MISTAKES = (
    'name = "double"\nurl = "json://{host}/{channel-path}"\nulr = 1\n',
    'name = "double"\nurl = ["{channel-path}"]\n',
    'name = "double"\nurl = "{channel-path}"\n',
    'name = "double"\nurl = "mailto://a:{channel-password}@?to=x"\n',
    'name = "double"\nurl = "mailto://a:{channel-password}/x@h?to=x"\n',
    'name = "double"\nurl = "nowhere://{channel-path}"\n',
    'name = "double"\ntoken = "{channel-path}"\n',
    'name = "double"\nurl = "json://{channel-path}\n',
    'name = "double"\nurl = {channel-path}\n',
    'name = "double"\nurl = {{ fiel = "{channel-path}" }}\n',
    '\n[database]\nurl = "postgresql://ann:{channel-password}@127.0.0.1:9/x?sslmode=none"\n[log]\nlevel = "loud"\n',
    '\n[database]\nurl = "nosuch://ann:{channel-password}@127.0.0.1:9/x"\n',
    '\n[web]\npublic_url = "{web-secret}"\nsecret = "{web-secret}\n',
    '\n[web]\nsecret = "{web-secret}"\n',
    '\n[web]\nsecert = "{web-secret}"\npublic_url = "https://a.example.org"\n',
    '\n[web]\npublic_url = "https://a.example.org"\nsecret = {{ fiel = "{web-secret}" }}\n',
    '\n[[feeds]]\nurl = "ann:{feed-password}@h.org/?token={feed-token}&k={feed-token-of-any-name}"\n',
    '\n[[feeds]]\nurl = "htps://ann:{feed-password}@h.org/?token={feed-token}&k={feed-token-of-any-name}"\n',
    '\n[[feeds]]\nul = "https://ann:{feed-password}@h.org/?token={feed-token}&k={feed-token-of-any-name}"\n',
    '\n[[feeds]]\nurl = "https://ann:{feed-password}@h.org:x/?token={feed-token}&k={feed-token-of-any-name}"\n',
)
"""What may be wrong beside a secret, as the end of a table [[channels]]."""


def troops() -> bytes:
    today = f"{SystemClock().now():%a, %d %b %Y %H:%M:%S +0000}"
    return (
        '<rss version="2.0"><channel><title>Alder</title><item><guid>1</guid><link>?page=1</link>'
        f"<title>North Korea sends 3,000 soldiers to Russia</title><pubDate>{today}</pubDate></item></channel></rss>"
    ).encode()


def echo(asked: Asked) -> Page:
    """A server that is of no use and repeats what it was told, as many do in their errors."""
    told = "\n".join([asked.path, *(f"{name}: {value}" for name, value in asked.headers.items())])
    return Page(status=500, body=told.encode(), headers={"X-Asked": asked.path})


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    query = f"?token={_S['feed-token']}&k={_S['feed-token-of-any-name']}"
    with serve() as running:
        running.pages = {
            f"/feed{query}": Page(body=troops()),
            f"/missing{query}": echo,
            f"/page{query}": Page(body=b'<html><link type="application/rss+xml" href="?again=1"></html>'),
            f"/moved{query}": Page(status=301, headers={"Location": f"/feed{query}"}),
            **{f"/{path}": echo for path in ("header/", f"hooks/{_S['channel-path']}", _S["channel-webhook-path"])},
        }
        yield running


@pytest.fixture(scope="module")
def place(web: Web, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A working folder whose configuration has a secret wherever one can stand."""
    folder = tmp_path_factory.mktemp("canary")
    (folder / "config.toml").write_text(CONFIGURATION.format(host=web.host, folder=folder, **_S))
    (folder / "file.secret").write_text(f"json://{web.host}/{_S['channel-from-file']}\n")
    (folder / "other.secret").write_text(f"json://{web.host}/{_S['channel-from-variable-file']}\n")
    (folder / "credentials").mkdir()
    (folder / "credentials" / "hook").write_text(f"json://{web.host}/{_S['channel-from-credential']}")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("HOME", str(folder))
        patch.setenv("CREDENTIALS_DIRECTORY", str(folder / "credentials"))
        patch.setenv("RELATIONS_MONITOR_CHANNELS__VARIABLE__URL", f"json://{web.host}/{_S['channel-from-variable']}")
        patch.setenv("RELATIONS_MONITOR_CHANNELS__VARIABLE_FILE__URL_FILE", "other.secret")
        yield folder


def told_by(*arguments: str) -> tuple[int, str]:
    """How a command ended, and all that it said on either stream."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(arguments)
    return code, said.getvalue()


@pytest.fixture(scope="module")
def told(place: Path) -> Mapping[str, tuple[int, str]]:
    """What each command said, one after the other."""
    return {" ".join(words): told_by(*words) for words in COMMANDS}


def found_in(text: str) -> list[str]:
    """The places whose secret is in a text."""
    return [name for name, secret in _S.items() if secret in text]


def test_no_command_and_no_log_line_tells_a_secret(told: Mapping[str, tuple[int, str]], web: Web) -> None:
    assert {words: found_in(text) for words, (_, text) in told.items() if found_in(text)} == {}
    assert {words: code for words, (code, _) in told.items() if code not in (0, 1)} == {}
    assert "Traceback" not in "".join(text for _, text in told.values())
    assert "delivery_deferred" in told["once --now --json"][1]  # the channels were really tried
    paths = {asked.path.split("?")[0].rpartition("/")[2] for asked in web.asked}
    assert {_S[name] for name in _S if name.startswith(("channel-from", "channel-path", "channel-webhook"))} <= paths
    assert any(_S["channel-header"] in value for one in web.asked for value in one.headers.values())


def test_no_stored_row_holds_a_secret_but_where_it_belongs(told: Mapping[str, tuple[int, str]], place: Path) -> None:
    kept: dict[str, set[str]] = {}
    with closing(sqlite3.connect(place / "m.db")) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = connection.execute(f"SELECT * FROM {table}")  # the names are those of our own tables
            columns = [column[0] for column in rows.description]
            for row in rows:
                for column, value in zip(columns, row, strict=True):
                    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                    for name in found_in(text):
                        kept.setdefault(name, set()).add(f"{table}.{column}")

    assert {name: columns - SECRETS[name][1] for name, columns in kept.items() if columns - SECRETS[name][1]} == {}
    assert "feeds.url" in kept["feed-token"]  # the search finds what is there


def test_no_alert_holds_a_secret(told: Mapping[str, tuple[int, str]], place: Path) -> None:
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in (place / "mail").glob("*.eml")]

    assert len(mails) == 1
    assert [found_in(str(part.get_content())) for part in mails[0].walk() if not part.is_multipart()] == [[], []]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_no_mistake_in_the_configuration_tells_a_secret(place: Path, web: Web, tmp_path: Path, mistake: str) -> None:
    (tmp_path / "config.toml").write_text("[[channels]]\n" + mistake.format(host=web.host, **_S))

    for form in ((), ("--json",)):
        code, told = told_by("config", "check", *form, "--config", str(tmp_path / "config.toml"))

        assert code == 78
        assert found_in(told) == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:CANARYdatabase14@127.0.0.1:9/x",
        "postgresql://127.0.0.1:9/x?user=ann&password=CANARYdatabase14",
    ],
)
def test_the_password_of_a_database_that_is_away_is_told_by_nobody(tmp_path: Path, url: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'database.url = "{url}"\nlog.level = "debug"\n')

    for words in (("config", "show"), ("status",), ("once", "--json"), ("feeds", "list"), ("db", "current")):
        _, told = told_by(*words, "--config", str(config))

        assert "CANARY" not in told
        assert told
