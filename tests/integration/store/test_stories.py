"""Stories and the search for those near an occurrence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import ActorCode, ArticleId, EventType, Said, Story, StoryId
from monitor.store import Store, articles, stories
from monitor.store.work import Work
from tests.builders import NOON, a_change, a_report, a_story, an_article, days, parties

TROOPS = EventType("troop-transfer")


@pytest.fixture(autouse=True)
def some_articles(store: Store) -> None:
    with store.work() as work:
        articles.add(work, [an_article(f"a{n}") for n in range(1, 5)])


def kept(work: Work, **changes: object) -> Story:
    story = a_story(**changes)
    stories.save(work, a_change(story))
    return story


def test_a_story_comes_back_as_it_was(store: Store) -> None:
    with store.work() as work:
        story = kept(
            work, said=frozenset({Said(status="denied", side="RUS"), Said(status="asserted")}), notify=frozenset({"x"}),
            quantities={"persons": 3000.0, "usd": 0.1}, reports=(a_report("a2"), a_report("a1"), a_report("a2")),
            last_hit_at=NOON + timedelta(microseconds=1), is_reciprocal=True,
        )  # fmt: skip

        assert stories.get(work, [story.id]) == {story.id: story}


def test_an_update_adds_its_reports_after_those_that_stand(store: Store) -> None:
    with store.work() as work:
        before = kept(work)
        after = replace(
            before, severity="low", last_hit_at=NOON + days(1), parties=parties("PRK RUS UKR"), title="more",
            reports=(*before.reports, a_report("a2"), a_report("a3", status="denied")),
        )  # fmt: skip
        stories.save(work, a_change(after, before))

        assert stories.get(work, [after.id]) == {after.id: after}


def test_a_report_that_is_told_otherwise_takes_the_place_that_it_had(store: Store) -> None:
    with store.work() as work:
        before = kept(work, reports=(a_report("a1"), a_report("a2")))
        after = replace(before, parties=parties("PRK"), reports=(a_report("a1", status="denied"), a_report("a2")))
        stories.save(work, a_change(after, before))

        assert stories.get(work, [after.id]) == {after.id: after}


@pytest.mark.parametrize(
    ("event", "named", "moved", "is_found"),
    [
        ("troop-transfer", "PRK RUS", days(0), True),
        ("troop-transfer", "PRK RUS UKR", days(0), True),
        ("troop-transfer", "RUS UKR", days(0), False),
        ("troop-transfer", "UKR", days(0), False),
        ("threat", "PRK RUS", days(0), False),
        ("troop-transfer", "", days(0), False),
        ("troop-transfer", "PRK", days(6), True),
        ("troop-transfer", "PRK", days(6) + timedelta(seconds=1), False),
        ("troop-transfer", "PRK", -days(6), True),
        ("troop-transfer", "PRK", -days(6) - timedelta(seconds=1), False),
    ],
    ids=[
        "same",
        "beyond",
        "one-shared",
        "none-shared",
        "event",
        "nameless",
        "day-6",
        "after-day-6",
        "late-6",
        "too-late",
    ],
)
def test_a_story_is_near_by_event_party_and_time(
    store: Store, event: str, named: str, moved: timedelta, is_found: bool
) -> None:
    with store.work() as work:
        story = kept(work)

        found = stories.near(work, [(EventType(event), parties(named), NOON + moved)])

        assert found == ([story] if is_found else [])


def test_a_story_takes_nothing_fourteen_days_after_its_opening(store: Store) -> None:
    with store.work() as work:
        story = kept(work, last_hit_at=NOON + days(13))

        assert stories.near(work, [(TROOPS, parties("PRK"), NOON + days(14))]) == [story]
        assert stories.near(work, [(TROOPS, parties("PRK"), NOON + days(14) + timedelta(seconds=1))]) == []


def test_a_late_article_finds_a_story_that_went_on_long_after_it(store: Store) -> None:
    with store.work() as work:
        story = kept(work, last_hit_at=NOON + days(12))

        assert stories.near(work, [(TROOPS, parties("PRK"), NOON + days(1))]) == [story]


def test_a_story_that_names_nobody_is_near_to_what_names_nobody(store: Store) -> None:
    with store.work() as work:
        story = kept(work, parties=frozenset[ActorCode]())

        assert stories.near(work, [(TROOPS, frozenset(), NOON)]) == [story]
        assert stories.near(work, [(TROOPS, parties("PRK"), NOON)]) == []


def test_one_question_finds_the_stories_of_all_and_mixes_none_up(store: Store) -> None:
    with store.work() as work:
        first = kept(work)
        kept(work, id=StoryId("s2"), parties=parties("USA IRN"))
        wanted = [(TROOPS, parties("PRK"), NOON), (EventType("threat"), parties("USA"), NOON)]

        assert stories.near(work, wanted) == [first]
        assert stories.near(work, []) == []


def test_a_story_that_holds_the_article_is_near_at_any_time(store: Store) -> None:
    with store.work() as work:
        story = kept(work, reports=(a_report("a1"),))
        wanted = [(TROOPS, parties("PRK"), NOON + days(90))]

        assert stories.near(work, wanted, [ArticleId("a1")]) == [story]
        assert stories.near(work, wanted, [ArticleId("a2")]) == []


def test_the_stories_with_the_newest_hits_come_first(store: Store) -> None:
    with store.work() as work:
        kept(work)
        kept(work, id=StoryId("newer"), last_hit_at=NOON + days(1))

        assert [story.id for story in stories.latest(work, 1)] == ["newer"]


def test_near_is_found_by_an_index(file_store: Store) -> None:
    asked = "SELECT * FROM story_parties JOIN stories ON stories.id = story WHERE party IN ('PRK') AND event IN ('x')"
    with file_store.look() as work:
        plan = work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all()

    assert not [row for row in plan if str(row[3]).startswith("SCAN")]
