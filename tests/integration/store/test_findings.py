"""Hits are found by what a desk asks for, each with its article and its story."""

import pytest

from monitor.errors import StoreError
from monitor.model import ActorCode, ChannelName, EventType, RuleId, StoryId
from monitor.store import Store, articles, findings, hits, stories
from monitor.store.asked import Asked
from tests.builders import NOON, a_change, a_hit, a_report, a_story, an_article, codes, hours, parties

THREAT = a_hit(
    article="b2", rule=RuleId("threat"), event=EventType("threat"), severity="low", source=ActorCode("IRN"),
    target=None, status="denied", attribution=codes("KOR"),
)  # fmt: skip
TROOPS = a_hit()


@pytest.fixture(autouse=True)
def two_hits(store: Store) -> None:
    """Troops in article a1 at noon, with its story; a threat in b2 an hour later, with another."""
    threat = a_story(
        id=StoryId("threat-1"), event=THREAT.event, parties=parties("IRN"), source=ActorCode("IRN"), target=None,
        reports=(a_report("b2", hit=THREAT),),
    )  # fmt: skip
    with store.work() as work:
        articles.add(work, [an_article(), an_article("b2", keys=("k2",))])
        hits.add(work, [TROOPS], NOON)
        hits.add(work, [THREAT], NOON + hours(1))
        stories.save(work, a_change())
        stories.save(work, a_change(threat))


@pytest.mark.parametrize(
    ("asked", "rules"),
    [
        pytest.param(Asked(), ["threat", "troop-transfer"], id="everything-newest-first"),
        pytest.param(Asked(since=NOON + hours(1)), ["threat"], id="since-included"),
        pytest.param(Asked(until=NOON + hours(1)), ["troop-transfer"], id="until-excluded"),
        pytest.param(Asked(severity="medium"), ["troop-transfer"], id="at-least-this-severe"),
        pytest.param(Asked(rule=RuleId("threat")), ["threat"], id="rule"),
        pytest.param(Asked(event=EventType("threat")), ["threat"], id="event"),
        pytest.param(Asked(actor=ActorCode("RUS")), ["troop-transfer"], id="to-whom"),
        pytest.param(Asked(actor=ActorCode("KOR")), ["threat"], id="who-says-so"),
        pytest.param(Asked(status="denied"), ["threat"], id="status"),
        pytest.param(Asked(story="troop"), ["troop-transfer"], id="beginning-of-a-story"),
        pytest.param(Asked(channel=ChannelName("desk")), [], id="told-to-nobody"),
    ],
)
def test_hits_are_found_by_what_is_asked_for(store: Store, asked: Asked, rules: list[str]) -> None:
    with store.look() as work:
        assert [one.hit.rule for one in findings.found(work, asked)] == rules


def test_a_hit_comes_whole_with_its_article_and_its_story(store: Store) -> None:
    with store.look() as work:
        _, found = findings.found(work, Asked())

    assert found.hit == TROOPS
    assert (found.story, found.url, found.outlet) == (a_story().id, "https://news.example/a1", "Harbour Wire")


def test_what_was_withdrawn_is_shown_when_asked_for(store: Store) -> None:
    with store.work() as work:
        hits.withdraw(work, an_article().id, set(), NOON + hours(2))

    with store.look() as work:
        assert [one.hit.rule for one in findings.found(work, Asked())] == ["threat"]
        withdrawn = [one.withdrawn_at for one in findings.found(work, Asked(), with_withdrawn=True)]
        assert withdrawn == [None, NOON + hours(2)]


def test_an_article_is_named_by_the_beginning_of_its_id(store: Store) -> None:
    with store.look() as work:
        article, found = findings.of_article(work, "a")
        with pytest.raises(StoreError, match="there is no article zz"):
            findings.of_article(work, "zz")

    assert (article.id, [one.hit for one in found]) == ("a1", [TROOPS])


def test_a_story_gives_the_hits_of_its_event(store: Store) -> None:
    with store.look() as work:
        assert [one.hit for one in findings.of_story(work, a_story().id, a_story().event)] == [TROOPS]
