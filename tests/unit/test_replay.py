"""What would have been told of articles in memory."""

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Names
from monitor.replay import Matched, replayed
from tests.builders import NOON, a_hit, an_article, hours


def report(id_: str, after_hours: int = 0, **hit: Any) -> Matched:
    article = an_article(id_, published=NOON + hours(after_hours))
    return Matched(article=article, hits=[a_hit(article=article.id, **hit)])


def told(*reports: Matched) -> list[tuple[str | None, str | None]]:
    return [(one.story, one.alert) for placed in replayed(reports, Names(), {}) for one in placed]


def test_many_outlets_are_one_first_alert() -> None:
    first, second, third = told(report("b1"), report("b2", 1), report("b3", 30))

    assert first[0] is not None
    assert [first, second, third] == [(first[0], "first"), (first[0], None), (first[0], None)]


def test_a_denial_is_an_update_on_the_hit_that_brings_it() -> None:
    first, second = told(report("b1"), report("b2", 1, status="denied", attribution=("RUS",)))

    assert second == (first[0], "update")


def test_background_that_finds_no_story_has_none_and_says_why() -> None:
    ((placed,),) = replayed([report("b1", status="historical")], Names(), {})

    assert (placed.story, placed.alert) == (None, None)
    assert "background opens none" in placed.because


def test_an_article_tells_of_a_story_on_one_hit_alone() -> None:
    article = an_article("b1")
    hits = [a_hit(article=article.id, rule=rule) for rule in ("one", "two", "three")]

    placed = replayed([Matched(article=article, hits=hits)], Names(), {})[0]

    assert [one.alert for one in placed].count("first") == 1
    assert len({one.story for one in placed}) == 1


def test_articles_are_taken_in_the_order_of_their_time_and_answered_as_given() -> None:
    later, earlier = told(report("b1", 5), report("b2"))

    assert (later[1], earlier[1]) == (None, "first")


@given(st.integers(0), st.lists(st.sampled_from(["PRK", "IRN", "BLR"]), min_size=2, max_size=6))
def test_articles_of_one_minute_give_the_same_stories_in_any_order(seed: int, sources: list[str]) -> None:
    reports = [report(f"b{number}", source=source) for number, source in enumerate(sources)]
    shuffled = list(reports)
    Random(seed).shuffle(shuffled)

    def by_article(given: list[Matched]) -> dict[str, list[object]]:
        placed = replayed(given, Names(), {})
        return {matched.article.id: list(where) for matched, where in zip(given, placed, strict=True)}

    assert by_article(shuffled) == by_article(reports)
