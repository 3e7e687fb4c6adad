"""A database with a story that was told to the desk, and a configuration beside it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from monitor.cli.main import run
from monitor.decisions import Accepted, Send, Settled
from monitor.model import AlertId, ArticleId, ChannelName
from monitor.store import Store, articles, hits, outbox, stories
from tests.builders import NOON, a_change, a_hit, a_report, a_story, an_alert, an_article, codes, minutes

ALERT, ARTICLE = AlertId("3f9a1c0d5e"), ArticleId("5c04be99aa")
DESK = ChannelName("desk")
HIT = a_hit(article=ARTICLE, status="alleged", attribution=codes("KOR"))
HOSTILE_TITLE = '=HYPERLINK("https://evil.example")\x1b[31m<b>&amp;'


class Ran(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database, made once: one hit, its story, and one alert that a mailbox took."""
    path = tmp_path_factory.mktemp("made") / "monitor.db"
    report = a_report(ARTICLE, hit=HIT, title=HOSTILE_TITLE)
    story = a_story(reports=(report,))
    alert = an_alert(id=ALERT, first_alert=ALERT, lead=report)
    store = Store.open(f"sqlite:///{path}")
    with store.work() as work:
        articles.add(work, [an_article(ARTICLE, title=HOSTILE_TITLE, lang="ko", outlet="한강일보")])
        hits.add(work, [HIT], NOON)
        stories.save(work, a_change(story))
        send = Send(channel=DESK, alert=alert, because="first time told here")
        outbox.record(work, a_change(story), [send], {DESK: ("ann@x.org",)}, NOON)
        [(delivery, _)] = outbox.claim(work, DESK, NOON, "w1", minutes(5), 1)
        outbox.settle(work, delivery, Settled(receipt="250 taken"), Accepted(receipt="250 taken"), NOON, "w1")
    store.close()
    return path


@pytest.fixture
def home(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: config.toml, and a copy of the database for this test alone."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(database, tmp_path)
    (tmp_path / "config.toml").write_text(
        'database.url = "sqlite:///monitor.db"\n[display]\nzone = "Asia/Seoul"\n'
        '[[channels]]\nname = "desk"\nurl = "mailto://127.0.0.1:9?from=m@x.org&to=ann@x.org"\n'
        f'[[channels]]\nname = "press"\nurl = "eml://{tmp_path}/press?from=m@x.org&to=bob@x.org"\n'
    )
    return tmp_path


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Command:
    """Run a command line in this process."""

    def ran(*arguments: str) -> Ran:
        capfd.readouterr()
        code = run(arguments)
        return Ran(code, *capfd.readouterr())

    return ran
