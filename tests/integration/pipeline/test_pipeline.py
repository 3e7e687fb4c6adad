"""The whole way with real parts: a feed on loopback, SQLite, alerts on a screen; the clock alone is moved."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from monitor.app import App, build
from monitor.clock import ManualClock
from monitor.config import Config, config_of
from monitor.errors import AlreadyRunningError
from monitor.facts import Fact
from monitor.model import ChannelName
from monitor.store import articles, care, feeds, hits, ledger
from tests.fixtures.small_web import Page, Web, serve

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SCREEN = ChannelName("screen")
TROOPS = ("North Korea sends 3,000 soldiers to Russia", "Seoul's spy agency has not commented.")
DENIAL = ("Kremlin denies it", "Russia denied that North Korea had sent soldiers to Russia.")
QUIET = ("A goalless friendly", "The match ended without a goal.")


def rss(*items: tuple[str, str], dated: datetime = NOON, first: int = 1) -> Page:
    """A feed with an entry for each title and text."""
    entries = "".join(
        f"<item><guid>{number}</guid><title>{escape(title)}</title><link>https://n.example/{number}</link>"
        f"<description>{escape(text)}</description><pubDate>{format_datetime(dated)}</pubDate></item>"
        for number, (title, text) in enumerate(items, first)
    )
    return Page(body=f'<rss version="2.0"><channel><title>Alder</title>{entries}</channel></rss>'.encode())


class Desk:
    """An App on a clock of its own, with what it printed and what it said."""

    def __init__(self, web: Web, folder: Path) -> None:
        self.web = web
        self.folder = folder
        self.clock = ManualClock(NOON)
        self.screen = io.StringIO()
        self.facts: list[Fact] = []
        self.channel: str = SCREEN
        self.app = self.started()

    def config(self) -> Config:
        text = f"""
            database.url = "sqlite:///{self.folder}/m.db"
            fetch.allow = ["{self.web.host}"]
            feeds = [{{ id = "alder", url = "{self.web.url("/feed")}", title = "Alder" }},
                     {{ id = "birch", url = "{self.web.url("/other")}", title = "Birch" }}]
            channels = [{{ name = "{self.channel}", url = "console://" }}]
        """
        return config_of(text, "config.toml", beside=self.folder, environ={})

    def started(self) -> App:
        app = build(self.config(), self.clock, is_daemon=True, console=self.screen)
        app.listen(self.facts.append)
        return app

    def round(self, later: timedelta = timedelta(hours=1)) -> str:
        """Poll once, send everything, move on; gives what was printed meanwhile."""
        before = len(self.screen.getvalue())
        self.app.pipeline.poll()
        self.app.pipeline.deliver(SCREEN)
        self.clock.move(later)
        return self.screen.getvalue()[before:]

    def said(self, event: str) -> list[Fact]:
        return [fact for fact in self.facts if fact.event == event]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serve({"/feed": rss(TROOPS, QUIET), "/other": rss(QUIET, first=9)}) as web:
        desk = Desk(web, tmp_path)
        yield desk
        desk.app.close()


def test_one_entry_becomes_one_alert_that_says_who_did_what_to_whom(desk: Desk) -> None:
    printed = desk.round()

    assert printed.count("CRITICAL") == 1
    assert "North Korea sends troops to Russia" in printed
    assert "https://n.example/1" in printed


def test_what_was_seen_is_not_told_again(desk: Desk) -> None:
    desk.round()

    assert desk.round() == ""
    with desk.app.store.look() as work:
        assert care.counts(work).articles == 3


def test_a_second_outlet_joins_the_story_and_tells_nobody(desk: Desk) -> None:
    desk.round()
    desk.web.pages["/other"] = rss(("3,000 North Korean soldiers sent to Russia", ""), dated=NOON, first=20)

    assert desk.round() == ""
    with desk.app.store.look() as work:
        counts = care.counts(work)
        assert (counts.stories, counts.hits, counts.alerts) == (1, 2, 1)


def test_a_denial_is_an_update_of_the_same_story(desk: Desk) -> None:
    desk.round()
    desk.web.pages["/feed"] = rss(TROOPS, QUIET, DENIAL, dated=NOON)

    printed = desk.round()

    assert "Update" in printed
    assert "denied" in printed.lower()


def test_the_same_address_in_two_feeds_is_one_article_at_every_poll(desk: Desk) -> None:
    desk.web.pages["/other"] = rss((TROOPS[0], "Another cut of the same text."))

    for _ in range(4):
        desk.round()

    with desk.app.store.look() as work:
        stored = articles.get(work, [hit.article for hit in hits.latest(work, 10)])
    assert len(stored) == 1
    assert {article.revision for article in stored.values()} == {1}


def test_a_revision_withdraws_a_hit_that_no_longer_holds(desk: Desk) -> None:
    desk.round()
    desk.web.pages["/feed"] = rss(("Correction: the report was wrong", "Nothing was sent."), QUIET)

    desk.round()

    with desk.app.store.look() as work:
        assert care.counts(work).hits == 0
        assert "hit_withdrawn" in {row.kind for row in ledger.read(work, limit=50)}
    assert [fact.values["status"] for fact in desk.said("hit_withdrawn")] == ["asserted"]


def test_a_new_feed_does_not_flood_anybody(desk: Desk) -> None:
    desk.web.pages["/feed"] = rss(TROOPS, dated=NOON - timedelta(days=3))

    assert desk.round() == ""
    with desk.app.store.look() as work:
        assert care.counts(work).stories == 1
        assert "backlog" in {row.because for row in ledger.read(work, limit=50)}


def test_a_gap_tells_the_young_as_late_and_keeps_the_old_silent(desk: Desk) -> None:
    desk.web.pages["/feed"] = rss(QUIET)
    desk.round(timedelta(days=4))
    now = desk.clock.now()
    old = ("Iran sends troops to Syria", "")
    desk.web.pages["/feed"] = Page(
        body=rss(TROOPS, dated=now - timedelta(hours=2), first=50).body.replace(
            b"</channel></rss>", rss(old, dated=now - timedelta(days=2), first=60).body.partition(b"</title>")[2]
        )
    )

    printed = desk.round()

    assert "North Korea sends troops to Russia" in printed
    assert "Iran" not in printed
    assert "late" in printed.lower()


def test_a_feed_that_gives_one_guid_to_all_its_entries_loses_none_of_them(desk: Desk) -> None:
    page = rss(TROOPS, ("Iran sends 3,000 soldiers to Syria", "Tehran has not commented."))
    desk.web.pages["/feed"] = Page(body=page.body.replace(b"<guid>2", b"<guid>1"))

    printed = desk.round()

    assert "North Korea sends troops to Russia" in printed
    assert "Iran sends troops to Syria" in printed


def test_entries_of_one_document_that_are_one_article_are_its_revisions(desk: Desk) -> None:
    desk.web.pages["/feed"] = rss(TROOPS, (TROOPS[0], "A fuller text."), (TROOPS[0], f"{DENIAL[1]} A third text."))

    printed = desk.round()

    assert "North Korea sends troops to Russia" in printed
    assert [fact.values for fact in desk.facts if fact.error] == []
    assert not desk.said("document_broke")
    with desk.app.store.look() as work:
        found = articles.get(work, {hit.article for hit in hits.latest(work, 10)})
    assert [(article.revision, article.text) for article in found.values()] == [(3, f"{DENIAL[1]} A third text.")]


def test_a_feed_that_fails_costs_itself_alone(desk: Desk) -> None:
    desk.web.pages["/other"] = Page(status=500)

    assert "CRITICAL" in desk.round()
    assert [fact.values["feed"] for fact in desk.said("feed_failed")] == ["birch"]


def test_an_entry_that_breaks_costs_itself_alone(desk: Desk) -> None:
    page = rss(TROOPS)
    broken = b"<item><guid>b</guid><title>&#xD800;&#0;</title><link>javascript:alert(1)</link></item>"
    desk.web.pages["/feed"] = Page(body=page.body.replace(b"<item>", broken + b"<item>", 1))

    assert "CRITICAL" in desk.round()


def test_a_crash_before_the_commit_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(*_: object, **__: object) -> None:
        raise RuntimeError("torn")

    with monkeypatch.context() as patch:
        patch.setattr(feeds, "settle_polls", torn)
        with pytest.raises(RuntimeError, match="torn"):
            desk.app.pipeline.poll()
    with desk.app.store.look() as work:
        assert care.counts(work).articles == 0
    desk.app.close()
    desk.app = desk.started()

    assert "North Korea sends troops to Russia" in desk.round()


def test_a_crash_after_the_commit_sends_at_the_next_start(desk: Desk) -> None:
    desk.app.pipeline.poll()
    desk.app.close()
    desk.app = desk.started()

    desk.app.pipeline.deliver(SCREEN)

    assert desk.screen.getvalue().count("CRITICAL") == 1


def test_a_second_daemon_on_the_same_database_is_refused(desk: Desk) -> None:
    with pytest.raises(AlreadyRunningError):
        desk.started()
