"""`feeds`: what is watched, added, paused, tried and exchanged, on a real database and a real server."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.resources import PACKAGE
from monitor.store import Store
from tests.fixtures.small_web import Page, Web, serve
from tests.integration.cli.conftest import Command

TROOPS = b"""<rss version="2.0"><channel><title>Alder</title><language>en</language>
<item><guid>1</guid><title>North Korea sends 3,000 soldiers to Russia</title><link>/1</link>
<pubDate>2026.11.24 10:00</pubDate></item>
<item><guid>2</guid><title>Ferry halted</title><link>javascript:x</link></item></channel></rss>"""


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        running.pages = {
            "/feed": Page(body=TROOPS, headers={"ETag": '"1"', "Content-Type": "application/rss+xml"}),
            "/old?token=SECRETTOKEN": Page(status=301, headers={"Location": "/feed"}),
            "/page": Page(body=b"<html><link rel='alternate' type='application/rss+xml' href='/feed'></html>"),
        }
        yield running


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, web: Web) -> Path:
    """The working folder with a configuration of one feed, and an empty database."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(
        f'database.url = "sqlite:///m.db"\nfetch.allow = ["{web.host}"]\ndisplay.zone = "Asia/Seoul"\n'
        f'[[feeds]]\nid = "alder"\nurl = "{web.url("/feed")}"\ntitle = "Alder Wire"\n'
        'every = "9m"\ntags = ["Asia/Korea"]\n'
    )
    Store.open(f"sqlite:///{tmp_path}/m.db").close()
    return tmp_path


def listed(command: Command) -> list[dict[str, object]]:
    return [json.loads(line) for line in command("feeds", "list", "--json").out.splitlines()]


# --- add, list --------------------------------------------------------------------------------------------------------


def test_an_added_feed_is_written_once_and_watched(place: Path, command: Command) -> None:
    added = command("feeds", "add", "https://example.org/rss", "--lang", "ko", "--tag", "KR")
    again = command("feeds", "add", "https://example.org/rss")

    assert added.out.splitlines()[0] == "https://example.org/rss: added"
    assert again == (0, "example-org-rss: watched already, nothing changed\n", "")
    assert [(row["id"], row["lang"], row["tags"], row["state"]) for row in listed(command)] == [
        ("alder", "", ["Asia/Korea"], "new"), ("example-org-rss", "ko", ["KR"], "new"),
    ]  # fmt: skip


def test_what_was_written_by_hand_is_kept(place: Path, command: Command) -> None:
    (place / "config.d").mkdir()
    mine = '# mine\n[[feeds]]\nurl = "https://example.org/mine"   # keep this'
    (place / "config.d" / "feeds.toml").write_text(mine)

    command("feeds", "add", "https://example.org/rss")

    assert (place / "config.d" / "feeds.toml").read_text().startswith(f"{mine}\n\n[[feeds]]\n")
    assert [path.name for path in (place / "config.d").iterdir()] == ["feeds.toml"]


def test_the_file_may_be_read_by_whoever_may_read_the_configuration(place: Path, command: Command) -> None:
    (place / "config.toml").chmod(0o640)
    place.chmod(0o755)
    before = os.umask(0o077)

    command("feeds", "add", "https://example.org/rss")
    os.umask(before)

    assert (place / "config.d").stat().st_mode & 0o777 == 0o755
    assert (place / "config.d" / "feeds.toml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(("https://example.org/rss", "--zone", "Seoul"), 78, "did you mean \"Asia/Seoul\"?", id="zone"),
        pytest.param(("example.org/rss",), 78, 'did you mean "https://example.org/rss"?', id="scheme"),
        pytest.param(("https://example.org/rss", "--id", "alder"), 78, "the id alder is taken by the one in", id="id"),
    ],
)  # fmt: skip
def test_nothing_is_written_that_the_configuration_could_not_take(
    place: Path, command: Command, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ran = command("feeds", "add", *arguments)

    assert ran.code == code
    assert said in ran.err
    assert not (place / "config.d").exists()


def test_a_dry_run_says_what_would_be_done_and_does_nothing(place: Path, command: Command) -> None:
    ran = command("feeds", "add", "https://example.org/rss", "--dry-run")

    assert "feeds.toml: 1 feed would be added" in ran.out
    assert not (place / "config.d").exists()


def test_the_file_belongs_to_whom_the_configuration_does(place: Path, command: Command) -> None:
    with contextlib.suppress(PermissionError):  # root alone may give a file to another
        os.chown(place / "config.toml", 65534, 65534)

    command("feeds", "add", "https://example.org/rss")

    assert (place / "config.d" / "feeds.toml").stat().st_uid == (place / "config.toml").stat().st_uid


def test_of_commands_that_add_at_once_none_is_lost(place: Path) -> None:
    line = [sys.executable, "-m", "monitor", "feeds", "add"]
    environ = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    running = [
        subprocess.Popen([*line, f"https://example.org/{number}"], env=environ, stdout=subprocess.DEVNULL)
        for number in range(3)
    ]

    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert (place / "config.d" / "feeds.toml").read_text().count("[[feeds]]") == 3


# --- pause, resume ----------------------------------------------------------------------------------------------------


def test_a_paused_feed_is_not_asked_and_shown_as_such(place: Path, command: Command, web: Web) -> None:
    paused = command("feeds", "pause", "alder", "--until", "2h")

    command("once", "--now")

    assert paused.out.startswith("alder: paused until ")
    assert web.asked == []
    assert listed(command)[0]["state"] == "paused"
    assert json.loads(command("status", "--json").out)["feeds"][0]["state"] == "paused"
    assert command("feeds", "resume", "alder").out == "alder: resumed\n"
    assert command("feeds", "resume", "alder").out == "alder: was not paused\n"
    command("once", "--now")
    assert [asked.path for asked in web.asked] == ["/feed"]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        pytest.param("soon", "'soon' is no moment; write 2026-12-01", id="word"),
        pytest.param("2020-01-01", "'2020-01-01' is over", id="over"),
        pytest.param("9999999999d", "is no moment", id="too-long"),
    ],
)
def test_a_moment_that_is_none_is_refused(place: Path, command: Command, until: str, said: str) -> None:
    ran = command("feeds", "pause", "alder", "--until", until)

    assert ran.code == 2
    assert said in ran.err


def test_a_feed_that_is_not_there_is_told_with_a_guess(place: Path, command: Command) -> None:
    assert "there is no feed adler (did you mean alder?)" in command("feeds", "pause", "adler").err


# --- OPML -------------------------------------------------------------------------------------------------------------

LIST = """<opml version="2.0"><body><outline text="Asia"><outline text="One" xmlUrl="https://one.example/rss?a=1"
 htmlUrl="https://one.example" language="fr"/><outline text="Two" xmlUrl="https://one.example/rss?a=2"/></outline>
<outline text="a page" type="link"/></body></opml>"""


def test_a_second_import_changes_nothing(place: Path, command: Command) -> None:
    (place / "in.opml").write_text(LIST)

    first = command("feeds", "import", "in.opml")
    written = (place / "config.d" / "feeds.toml").read_bytes()
    second = command("feeds", "import", "in.opml")

    assert first.code == second.code == 1  # a page is in the list
    assert "line 3: an outline of type link is no feed and was left out" in first.err
    assert second.out == "2 feeds watched already, nothing changed\n"
    assert (place / "config.d" / "feeds.toml").read_bytes() == written
    assert [(row["id"], row["lang"], row["tags"]) for row in listed(command)[1:]] == [
        ("one-example-rss", "fr", ["Asia"]), ("one-example-rss-2", "", ["Asia"]),
    ]  # fmt: skip


def test_an_export_imported_elsewhere_gives_the_same_feeds_and_the_same_list(
    place: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "in.opml").write_text(LIST)
    command("feeds", "import", "in.opml")
    before = sorted(({**row, "state": ""} for row in listed(command)), key=lambda row: str(row["id"]))
    command("feeds", "export", "out.opml")
    (place / "elsewhere").mkdir()
    monkeypatch.chdir(place / "elsewhere")
    (place / "elsewhere" / "config.toml").write_text('database.url = "sqlite:///m.db"\n')

    imported = command("feeds", "import", str(place / "out.opml"))

    assert imported.code == 0
    assert sorted(({**row, "state": ""} for row in listed(command)), key=lambda row: str(row["id"])) == before
    assert command("feeds", "export").out == (place / "out.opml").read_text()


def test_a_list_steers_no_terminal(place: Path, command: Command) -> None:
    (place / "in.opml").write_text(
        '<opml><body><outline type="&#x202e;&#x9b;x"/><outline title="&#x202e;T" language="&#x202e;no code"'
        ' xmlUrl="https://example.org/&#x202e;"/></body></opml>'
    )

    ran = command("feeds", "import", "in.opml")

    assert "https://example.org/: added" in ran.out
    assert not {"\u202e", "\x9b"} & set(ran.out + ran.err + command("feeds", "list").out)


def test_a_list_with_a_doctype_is_refused(place: Path, command: Command) -> None:
    (place / "in.opml").write_text('<!DOCTYPE opml [<!ENTITY a "b">]><opml/>')

    ran = command("feeds", "import", "in.opml")

    assert (ran.code, ran.out) == (1, "")
    assert "in.opml: a list with a DOCTYPE is not read" in ran.err


def test_secrets_of_addresses_leave_the_house_only_when_asked_for(place: Path, command: Command) -> None:
    command("feeds", "add", "https://ann:SECRETPW@example.org/rss?token=SECRETTOKEN&page=2", "--id", "private")

    bare, whole = command("feeds", "export"), command("feeds", "export", "--with-secrets")
    (place / "out.opml").write_text(bare.out)

    assert "SECRET" not in bare.out
    assert "1 feed written without user, password or token" in bare.err
    assert "https://ann:SECRETPW@example.org/rss?token=SECRETTOKEN&amp;page=2" in whole.out
    assert command("feeds", "import", "out.opml").out == "2 feeds watched already, nothing changed\n"


# --- test -------------------------------------------------------------------------------------------------------------


def test_a_feed_is_shown_as_the_monitor_would_see_it(place: Path, command: Command, web: Web) -> None:
    ran = command("feeds", "test", web.url("/old?token=SECRETTOKEN"), "--zone", "Asia/Seoul")

    assert ran.code == 0
    assert f"301 -> {web.url('/feed')}" in ran.out
    assert "status 200, " in ran.out
    assert 'etag "1"' in ran.out
    assert f"moved for good: put {web.url('/feed')} into the configuration" in ran.out
    assert "entries: 2, articles: 2 (Alder), language en" in ran.out
    assert "complaint: Ferry halted: its link is no http or https address" in ran.out
    assert "the date names none: the zone of the feed" in ran.out or "it says 2026-11-24 10:00 KST" in ran.out
    assert "North Korea sends troops to Russia [asserted; troop-transfer, critical]" in ran.out
    assert "SECRET" not in ran.out + ran.err


def test_a_program_gets_one_object_of_it(place: Path, command: Command) -> None:
    told = json.loads(command("feeds", "test", "alder", "--json").out)

    assert (told["status"], told["failure"], len(told["entries"])) == (200, None, 2)
    assert [hit["event"] for hit in told["hits"]] == ["troop-transfer"]
    assert told["headers"]["etag"] == '"1"'


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param("/page", "not-a-feed: this is a web page; its feed is at http://", id="page"),
        pytest.param("/missing", "http: the server answered 404", id="missing"),
    ],
)
def test_what_is_no_feed_is_told(place: Path, command: Command, web: Web, path: str, said: str) -> None:
    ran = command("feeds", "test", web.url(path))

    assert ran.code == 1
    assert said in ran.out


def test_nothing_is_kept_of_a_test(place: Path, command: Command) -> None:
    command("feeds", "test", "alder")

    assert listed(command)[0]["state"] == "new"
    assert json.loads(command("status", "--json").out)["articles"] == 0
