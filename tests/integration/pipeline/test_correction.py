"""A person's correction of how reports are grouped: kept, told to nobody twice, respected by what comes later."""

from pathlib import Path

import pytest

from monitor import correction
from monitor.errors import MonitorError
from monitor.model import Story
from monitor.rules.compile import RuleSet
from monitor.store import Store, corrections, ledger, outbox, stories
from tests.builders import minutes
from tests.fixtures.small_web import serve
from tests.integration.pipeline.test_pipeline import SCREEN, TROOPS, Desk, rss

MORE = ("3,000 North Korean soldiers sent to Russia, says Seoul", "North Korea has sent 3,000 soldiers to Russia.")


def whole(store: Store) -> list[Story]:
    with store.look() as work:
        return stories.latest(work, 9)


def test_a_split_is_kept_told_to_nobody_and_given_back_by_a_merge(tmp_path: Path) -> None:
    with serve({"/feed": rss(TROOPS), "/other": rss(MORE, first=9)}) as web:
        desk = Desk(web, tmp_path)
        desk.round(minutes(5))
        store, now = desk.app.store, desk.clock.now()
        ruleset: RuleSet = desk.app.rules.ruleset
        (story,) = whole(store)
        second = story.reports[-1].article

        with store.place() as work:
            left, away = correction.split(work, story.id, [second[:8]], "ann", now, ruleset.events)

        assert {one.id for one in whole(store)} == {story.id, away.id}
        assert [report.article for report in away.reports] == [second]
        desk.app.pipeline.review()
        assert desk.app.pipeline.deliver(SCREEN) == 0

        with store.place() as work:
            after = correction.merge(work, left.id, away.id[:-2], "bob", now, ruleset.events)

        assert after == story
        assert whole(store) == [story]
        desk.app.pipeline.review()
        assert desk.app.pipeline.deliver(SCREEN) == 0
        with store.look() as work:
            assert stories.named(work, away.id) == story
            assert corrections.of_story(work, story.id) == [away.id]
            assert outbox.due_holds(work, now) == []
            kinds = [(row.kind, row.because) for row in ledger.read(work, story=away.id)]
        assert ("story_split", "by ann") in kinds
        assert ("story_merged", "by bob") in kinds
        desk.app.close()


def test_what_comes_later_joins_what_was_merged(tmp_path: Path) -> None:
    with serve({"/feed": rss(TROOPS), "/other": rss(MORE, first=9)}) as web:
        desk = Desk(web, tmp_path)
        desk.round(minutes(5))
        store = desk.app.store
        events = desk.app.rules.ruleset.events
        (story,) = whole(store)
        with store.place() as work:
            left, away = correction.split(work, story.id, [story.reports[0].article], "ann", desk.clock.now(), events)
        with store.place() as work:
            correction.merge(work, away.id, left.id, "ann", desk.clock.now(), events)
        web.pages["/other"] = rss(("Pyongyang sends 3,000 soldiers to Russia", ""), dated=desk.clock.now(), first=30)

        desk.clock.move(minutes(60))
        desk.round()

        (found,) = whole(store)
        assert found.id == away.id
        assert len(found.reports) == 3
        desk.app.close()


@pytest.mark.parametrize(
    ("name", "articles", "because"),
    [("troop-transfer", ["nothing"], "no article"), ("elsewhere", ["a"], "there is no story elsewhere")],
)
def test_what_can_not_be_done_is_told_and_changes_nothing(
    tmp_path: Path, name: str, articles: list[str], because: str
) -> None:
    with serve({"/feed": rss(TROOPS), "/other": rss(MORE, first=9)}) as web:
        desk = Desk(web, tmp_path)
        desk.round(minutes(5))
        before = whole(desk.app.store)

        with pytest.raises(MonitorError, match=because), desk.app.store.place() as work:
            correction.split(work, name, articles, "ann", desk.clock.now(), desk.app.rules.ruleset.events)

        assert whole(desk.app.store) == before
        desk.app.close()
