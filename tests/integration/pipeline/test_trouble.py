"""What breaks on the way costs itself alone, is told, and comes again: no event is lost or told twice for it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor import pipeline
from monitor.alerts.message import compose
from monitor.errors import StoreError
from monitor.rules.match import match
from monitor.store import care, feeds, hits, ledger, outbox, stories
from monitor.stories.place import place
from tests.fixtures.small_web import serve
from tests.integration.pipeline.test_pipeline import NOON, QUIET, SCREEN, TROOPS, Desk, rss

IRAN = ("Iran sends troops to Syria", "")
DENIED = (TROOPS[0], "Russia denied that North Korea had sent soldiers to Russia.")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serve({"/feed": rss(TROOPS, QUIET), "/other": rss(QUIET, first=9)}) as web:
        desk = Desk(web, tmp_path)
        yield desk
        desk.app.close()


def breaking(on: str, sound: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, but for an error of ours wherever its arguments speak of `on`."""

    def broken(*given: Any, **named: Any) -> Any:
        if on in repr(given):
            raise RuntimeError("an error of ours")
        return sound(*given, **named)

    return broken


def failing_once(sound: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, but the first call finds the database locked."""
    calls: list[int] = []

    def failing(*given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise StoreError("the database is locked", remedy="wait")
        return sound(*given, **named)

    return failing


# --- the same article again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("later", [timedelta(days=10), timedelta(days=20)], ids=["after-the-window", "after-its-age"])
def test_a_revision_after_its_storys_window_updates_that_story(desk: Desk, later: timedelta) -> None:
    desk.round()
    for _ in range(later // timedelta(hours=12)):
        desk.round(timedelta(hours=12))
    desk.web.pages["/feed"] = rss(DENIED, QUIET, dated=desk.clock.now())

    printed = desk.round()

    assert desk.said("poll_broke") == desk.said("article_broke") == []
    assert "Update" in printed
    with desk.app.store.look() as work:
        assert care.counts(work).stories == 1


def test_an_article_that_is_revised_and_back_again_tells_nothing_new(desk: Desk) -> None:
    desk.round()
    desk.web.pages["/feed"] = rss(DENIED, QUIET)
    desk.round()
    desk.web.pages["/feed"] = rss(TROOPS, QUIET)

    assert desk.round() == ""


# --- errors of ours ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", ["place", "match"])
def test_an_article_that_breaks_us_costs_itself_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    desk.web.pages["/feed"] = rss(IRAN, TROOPS, QUIET)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, room, breaking("Iran sends", getattr(pipeline, room)))

        printed = desk.round()

    assert "North Korea sends troops to Russia" in printed
    assert "Iran" not in printed
    assert len(desk.said("article_broke")) == 1
    with desk.app.store.look() as work:
        assert {state.failures for state in feeds.states(work)} == {0}
        assert "RuntimeError" in ledger.read(work, kind="article_broke")[0].because


@pytest.mark.parametrize("room", ["place", "match"])
def test_what_broke_us_is_taken_in_once_we_are_mended(desk: Desk, monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    desk.web.pages["/feed"] = rss(IRAN, TROOPS, QUIET)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, room, breaking("Iran sends", getattr(pipeline, room)))
        desk.round()

    printed = desk.round()

    assert "Iran sends troops to Syria" in printed
    assert printed.count("CRITICAL") == 1


def test_what_broke_us_in_a_first_document_is_still_no_news_once_we_are_mended(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.web.pages["/feed"] = rss(IRAN, TROOPS, dated=NOON - timedelta(days=3))
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "place", breaking("Iran sends", place))
        desk.round()

    assert desk.round() == ""


def test_a_revision_whose_matching_breaks_withdraws_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.round()
    desk.web.pages["/feed"] = rss(DENIED, QUIET)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "match", breaking("", match))
        desk.round()

    with desk.app.store.look() as work:
        assert len(hits.latest(work, 10)) == 1


def test_what_broke_is_counted_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.web.pages["/feed"] = rss(IRAN, TROOPS, QUIET)
    monkeypatch.setattr(stories, "save", breaking("Iran sends", stories.save))

    tally = desk.app.pipeline.poll()

    assert (tally.articles, tally.hits, tally.stories, tally.alerts) == (3, 1, 1, 1)


# --- the database -----------------------------------------------------------------------------------------------------


def test_a_database_that_fails_is_no_fault_of_the_feed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(feeds, "settle_polls", failing_once(feeds.settle_polls))
        with pytest.raises(StoreError):
            desk.app.pipeline.poll()
    with desk.app.store.look() as work:
        assert {state.failures for state in feeds.states(work)} == {0}

    assert "North Korea sends troops to Russia" in desk.round()


def test_an_alert_that_was_taken_is_not_sent_again_because_that_could_not_be_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.app.pipeline.poll()
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "settle", failing_once(outbox.settle))
        with pytest.raises(StoreError):
            desk.app.pipeline.deliver(SCREEN)
        desk.clock.move(timedelta(hours=1))

        desk.app.pipeline.deliver(SCREEN)

    assert desk.screen.getvalue().count("CRITICAL") == 1
    assert len(desk.said("delivery_accepted")) == 1
    with desk.app.store.look() as work:
        assert outbox.waiting(work) == {}


def test_an_alert_that_could_not_be_composed_is_not_called_a_possible_double(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.app.pipeline.poll()
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "compose", breaking("", compose))
        desk.app.pipeline.deliver(SCREEN)
    desk.clock.move(timedelta(hours=1))

    desk.app.pipeline.deliver(SCREEN)

    assert desk.screen.getvalue().count("CRITICAL") == 1
    assert "arrived already" not in desk.screen.getvalue()
    assert len(desk.said("delivery_broke")) == 1


# --- what is told of it -----------------------------------------------------------------------------------------------


def test_what_the_backlog_hid_is_told_once_for_each_document(desk: Desk) -> None:
    desk.web.pages["/feed"] = rss(TROOPS, IRAN, dated=NOON - timedelta(days=3))

    desk.round()

    assert [fact.values for fact in desk.said("backlog_kept")] == [{"feed": "alder", "stories": 2}]
    with desk.app.store.look() as work:
        assert ledger.hidden_stories(work, NOON - timedelta(days=1)) == 2


def test_alerts_for_a_channel_that_is_gone_are_kept_and_told_of(desk: Desk) -> None:
    desk.app.pipeline.poll()
    desk.app.close()
    desk.channel = "newscreen"
    desk.app = desk.started()

    assert desk.app.stranded() == {SCREEN: 1}

    desk.app.close()
    desk.channel = SCREEN
    desk.app = desk.started()
    desk.app.pipeline.deliver(SCREEN)
    assert desk.screen.getvalue().count("CRITICAL") == 1
    assert desk.app.stranded() == {}
