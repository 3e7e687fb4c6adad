"""Which hits of an article are one occurrence."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import ActorCode, EventKind, EventType, Hit, Status
from monitor.stories.keys import keys_of, occurrences_of, parties_of
from tests.builders import NOON, a_hit, an_article, an_occurrence, parties


def sanction(source: str | None, target: str | None, event: str = "sanction-imposed") -> Hit:
    return a_hit(
        event=EventType(event),
        source=ActorCode(source) if source else None,
        target=ActorCode(target) if target else None,
    )


HITS = st.lists(
    st.builds(
        sanction,
        st.sampled_from([None, "AAA", "BBB", "CCC", "DDD"]),
        st.sampled_from([None, "EEE", "FFF", "GGG", "AAA"]),
        st.sampled_from(["sanction-imposed", "threat"]),
    ),
    max_size=8,
)


def test_sanctions_on_five_states_are_one_occurrence() -> None:
    hits = [sanction("USA", target) for target in ("IRN", "CHN", "RUS", "BLR", "PRK")]

    (occurrence,) = occurrences_of(an_article(), hits, {})

    assert occurrence.parties == parties("USA IRN CHN RUS BLR PRK")
    assert len(occurrence.hits) == 5


def test_events_between_others_stay_apart_in_one_article() -> None:
    found = occurrences_of(an_article(), [sanction("USA", "IRN"), sanction("CHN", "PHL")], {})

    assert [one.parties for one in found] == [parties("CHN PHL"), parties("USA IRN")]


def test_a_shared_actor_joins_what_came_apart_before() -> None:
    found = occurrences_of(an_article(), [sanction("USA", "IRN"), sanction("CHN", "PHL"), sanction("CHN", "USA")], {})

    assert [one.parties for one in found] == [parties("USA IRN CHN PHL")]


def test_two_events_are_two_occurrences() -> None:
    found = occurrences_of(an_article(), [sanction("USA", "IRN"), sanction("USA", "IRN", "threat")], {})

    assert [one.event for one in found] == ["sanction-imposed", "threat"]


def test_a_hit_that_names_nobody_goes_with_the_only_others() -> None:
    nameless = sanction(None, None)

    (together,) = occurrences_of(an_article(), [nameless, sanction("USA", "IRN")], {})
    apart = occurrences_of(an_article(), [nameless, sanction("USA", "IRN"), sanction("CHN", "PHL")], {})

    assert len(together.hits) == 2
    assert [one.parties for one in apart] == [frozenset(), parties("CHN PHL"), parties("USA IRN")]


def test_no_hits_are_no_occurrence() -> None:
    assert occurrences_of(an_article(), [], {}) == ()


def test_keys_are_event_parties_and_the_moment_of_the_article() -> None:
    assert keys_of(an_occurrence()) == ("troop-transfer", parties("PRK RUS"), NOON)


@given(HITS)
def test_every_hit_is_in_one_occurrence_and_none_share_an_actor(hits: list[Hit]) -> None:
    found = occurrences_of(an_article(), hits, {})

    assert sorted(id(hit) for one in found for hit in one.hits) == sorted(id(hit) for hit in hits)
    for one in found:
        assert one.parties == frozenset().union(*(parties_of(hit) for hit in one.hits))
        assert not any(one is not other and one.event == other.event and one.parties & other.parties for other in found)


@given(HITS, st.randoms())
def test_the_order_of_hits_does_not_matter(hits: list[Hit], chance: Random) -> None:
    shuffled = list(hits)
    chance.shuffle(shuffled)

    assert occurrences_of(an_article(), shuffled, {}) == occurrences_of(an_article(), hits, {})


def test_an_event_that_goes_by_pairs_has_an_occurrence_for_each() -> None:
    visits = {EventType("visit"): EventKind(id=EventType("visit"), is_by_pair=True)}
    hits = [sanction("KOR", "JPN", "visit"), sanction("KOR", "USA", "visit"), sanction("KOR", None, "visit")]

    found = occurrences_of(an_article(), hits, visits)

    assert [sorted(one.parties) for one in found] == [["JPN", "KOR"], ["KOR", "USA"]]


def test_a_hit_with_one_party_goes_with_a_pair_that_holds_it() -> None:
    visits = {EventType("visit"): EventKind(id=EventType("visit"), is_by_pair=True)}
    hits = [sanction("KOR", None, "visit"), sanction("KOR", "USA", "visit"), sanction("CHN", "RUS", "visit")]

    found = occurrences_of(an_article(), hits, visits)

    assert [(sorted(one.parties), len(one.hits)) for one in found] == [(["CHN", "RUS"], 1), (["KOR", "USA"], 2)]


@pytest.mark.parametrize(("back", "parts"), [("asserted", 2), ("hypothetical", 1)])
def test_there_and_back_are_two_where_neither_is_but_a_plan(back: Status, parts: int) -> None:
    visits = {EventType("visit"): EventKind(id=EventType("visit"), is_by_pair=True)}
    hits = [sanction("KOR", "CHN", "visit"), replace(sanction("CHN", "KOR", "visit"), status=back)]

    assert len(occurrences_of(an_article(), hits, visits)) == parts
