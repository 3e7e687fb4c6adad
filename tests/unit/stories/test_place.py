"""Which story an occurrence opens or joins, and what becomes of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import (
    ActorCode,
    EventKind,
    EventType,
    Hit,
    Occurrence,
    Quantity,
    Said,
    Severity,
    Status,
    Story,
    StoryId,
)
from monitor.stories.keys import occurrences_of
from monitor.stories.place import place
from tests.builders import NOON, a_hit, a_story, an_article, an_occurrence, codes, days, hours, parties

EVENTS = {EventType("troop-transfer"): EventKind(id=EventType("troop-transfer"), is_by_pair=True)}
"""For the laws, which hold of events that go by pairs as of others."""


def told(
    article_id: str = "b1",
    at: datetime = NOON,
    who: str = "PRK RUS",
    status: Status = "asserted",
    *,
    attribution: str = "",
    severity: Severity = "critical",
    may_open: bool = True,
) -> Occurrence:
    """One hit of one article; `who` names source and target."""
    source, *rest = [ActorCode(code) for code in who.split()]
    article = an_article(article_id, published=at, outlet=f"Outlet {article_id}")
    hit = a_hit(
        article=article.id,
        source=source,
        target=rest[0] if rest else None,
        status=status,
        attribution=codes(attribution),
        severity=severity,
        may_open=may_open,
    )
    return an_occurrence(article, [hit])


def stories_after(occurrences: Sequence[Occurrence], stories: Sequence[Story] = ()) -> dict[StoryId, Story]:
    """All stories once the occurrences are placed."""
    changes, _ = place(occurrences, stories, events={}, fates={})
    return {story.id: story for story in stories} | {change.after.id: change.after for change in changes}


def test_an_occurrence_near_no_story_opens_one() -> None:
    ((change,), unplaced) = place([told()], [], events={}, fates={})

    assert change.before is None
    assert change.because == "no story of troop-transfer between PRK, RUS"
    assert (change.after.source, change.after.target, change.after.title) == (
        "PRK", "RUS", "North Korea sends troops to Russia",
    )  # fmt: skip
    assert change.after.said == {Said(status="asserted")}
    assert (change.after.opened_at, change.after.last_hit_at) == (NOON, NOON)
    assert change.after.outlets == {"Outlet b1"}
    assert change.after.id.startswith("troop-transfer-")
    assert unplaced == []


def test_a_second_outlet_joins() -> None:
    changes, _ = place([told("b1"), told("b2", NOON + hours(3))], [], events={}, fates={})

    assert changes[1].before == changes[0].after
    assert changes[1].because == "same event and parties; brings nothing new to tell"
    assert changes[1].after.outlets == {"Outlet b1", "Outlet b2"}
    assert changes[1].after.last_hit_at == NOON + hours(3)


@pytest.mark.parametrize(
    ("opened", "last_hit", "at", "joins"),
    [
        pytest.param(0, 0, days(6), True, id="six days after the last hit"),
        pytest.param(0, 0, days(6) + hours(1), False, id="later than that"),
        pytest.param(0, 10, days(14), True, id="fourteen days after the opening"),
        pytest.param(0, 10, days(14) + hours(1), False, id="older than a story gets"),
        pytest.param(0, 0, -days(6), True, id="six days before the opening"),
        pytest.param(0, 0, -days(6) - hours(1), False, id="earlier than that"),
    ],
)
def test_a_story_takes_what_comes_within_its_window(opened: int, last_hit: int, at: timedelta, joins: bool) -> None:
    story = a_story(opened_at=NOON + days(opened), last_hit_at=NOON + days(last_hit))

    ((change,), _) = place([told("b1", NOON + at)], [story], events={}, fates={})

    assert (change.before == story) is joins
    assert (change.after.id == story.id) is joins


@pytest.mark.parametrize(("after", "joins"), [(hours(30), True), (hours(31), False)])
def test_what_is_done_in_a_moment_is_soon_another_event(after: timedelta, joins: bool) -> None:
    kind = EventKind(id=EventType("troop-transfer"), window=hours(30))

    ((change,), _) = place([told("b1", NOON + after)], [a_story()], events={kind.id: kind}, fates={})

    assert (change.before is not None) is joins


def test_an_article_that_comes_late_leaves_the_times_of_the_story() -> None:
    ((change,), _) = place([told("b1", NOON - days(2))], [a_story()], events={}, fates={})

    assert (change.after.opened_at, change.after.last_hit_at) == (NOON, NOON)


@pytest.mark.parametrize(
    ("who", "joins"),
    [
        pytest.param("PRK RUS", True, id="the same"),
        pytest.param("PRK", True, id="part of its own"),
        pytest.param("PRK UKR", False, id="one shared"),
        pytest.param("CHN IRN", False, id="others"),
    ],
)
def test_parties_must_be_part_of_one_another(who: str, joins: bool) -> None:
    ((change,), _) = place([told("b1", who=who)], [a_story()], events={}, fates={})

    assert (change.after.id == a_story().id) is joins


def test_another_event_opens_another_story() -> None:
    other = an_occurrence(an_article("b1"), [a_hit(article="b1", event=EventType("threat"))])

    ((change,), _) = place([other], [a_story()], events={}, fates={})

    assert change.before is None


def test_a_fuller_report_names_the_other_side_and_keeps_the_id() -> None:
    story = a_story(parties=parties("PRK"), target=None, title="North Korea sends troops abroad")

    ((change,), _) = place([told("b1")], [story], events={}, fates={})

    assert change.after.id == story.id
    assert (change.after.target, change.after.title) == ("RUS", "North Korea sends troops to Russia")
    assert change.after.parties == parties("PRK RUS")
    assert change.because.startswith("same event, parties beyond its own")


def test_a_wider_report_joins_and_leaves_the_parties_as_they_are() -> None:
    wide = an_occurrence(an_article("b1"), [a_hit(article="b1"), a_hit(article="b1", target=ActorCode("BLR"))])

    ((change,), _) = place([wide], [a_story()], events={}, fates={})

    assert change.after.parties == parties("PRK RUS")
    assert change.because.startswith("same event, parties beyond its own")


def test_a_report_stays_in_a_story_that_learned_another_party_since() -> None:
    first, recalled, named = told("b1", who="PRK"), told("b2", who="PRK UKR", status="historical"), told("b3")
    (story,) = stories_after([first, recalled, named]).values()

    changes, unplaced = place([recalled], [story], events={}, fates={})

    assert story.parties == parties("PRK RUS")
    assert (changes, unplaced) == ([], [])


def test_a_hit_that_names_nobody_opens_nothing_where_others_are_background() -> None:
    nameless = a_hit(article="b1", source=None, target=None)
    mixed = an_occurrence(an_article("b1"), [nameless, a_hit(article="b1", status="historical")])

    changes, ((_, because),) = place([mixed], [], events={}, fates={})

    assert changes == []
    assert because.endswith("background opens none")


def test_of_several_stories_the_best_fit_then_the_most_recent_then_the_id_wins() -> None:
    wide = a_story(id="wide", parties=parties("PRK RUS UKR"), last_hit_at=NOON + days(3))
    old = a_story(id="old", last_hit_at=NOON)
    late = a_story(id="late", last_hit_at=NOON + days(1))
    twin = a_story(id="later-id", last_hit_at=NOON + days(1))

    ((change,), _) = place([told("b1", NOON + days(2))], [wide, old, twin, late], events={}, fates={})

    assert change.after.id == "late"


def test_nobody_named_joins_nobody_named_alone() -> None:
    nameless = an_occurrence(an_article("b1"), [a_hit(article="b1", source=None, target=None)])

    ((change,), _) = place([nameless], [a_story()], events={}, fates={})

    assert change.before is None


@pytest.mark.parametrize(
    ("occurrence", "because"),
    [
        (
            told(status="hypothetical", may_open=False),
            "no story of troop-transfer between PRK, RUS, and what is hypothetical opens none by its rule",
        ),
        (told(status="historical"), "no story of troop-transfer between PRK, RUS, and background opens none"),
    ],
    ids=["a status that the rule keeps from opening", "background, whatever the rule says"],
)
def test_what_may_not_open_is_given_back_with_the_reason(occurrence: Occurrence, because: str) -> None:
    changes, unplaced = place([occurrence], [], events={}, fates={})

    assert changes == []
    assert unplaced == [(occurrence, because)]


def test_what_may_not_open_joins() -> None:
    ((change,), unplaced) = place(
        [told(status="denied", attribution="RUS", may_open=False)], [a_story()], events={}, fates={}
    )

    assert change.after.said == {Said(status="asserted"), Said(status="denied", side="RUS")}
    assert change.because == "same event and parties; brings status: reported as fact -> now also denied (RUS)"
    assert unplaced == []


def test_the_sentence_of_a_story_is_that_of_a_hit_that_may_open() -> None:
    article = an_article("b1")
    hits = [
        a_hit(article="b1", status="historical", severity="critical", title="Old"),
        a_hit(article="b1", severity="high", score=0.9, title="Sure"),
        a_hit(article="b1", severity="high", score=0.4, title="Unsure", target=None),
    ]

    ((change,), _) = place([an_occurrence(article, hits)], [], events={}, fates={})

    assert change.after.title == "Sure"
    assert change.after.severity == "critical"


def test_severity_and_quantities_only_grow() -> None:
    soldiers = [Quantity(text="3,000 soldiers", unit="soldiers", value=3000), Quantity(text="many", unit="soldiers")]
    more = [Quantity(text="10,000 to 11,000", unit="soldiers", low=10000, high=11000)]
    first = an_occurrence(an_article("b1"), [a_hit(article="b1", severity="high", quantities=tuple(more))])
    second = an_occurrence(
        an_article("b2", published=NOON + hours(1)),
        [a_hit(article="b2", severity="low", quantities=tuple(soldiers))],
    )

    changes, _ = place([first, second], [], events={}, fates={})

    assert changes[1].after.severity == "high"
    assert changes[1].after.quantities == {"soldiers": 11000}


def test_words_for_many_dates_and_background_are_no_highest_value() -> None:
    vague = Quantity(text="thousands of soldiers", unit="soldiers", low=2000, high=9999, is_vague=True)
    day = Quantity(text="8 October 2024", unit="date", value=20241008)
    money = Quantity(text="$2 million a year", unit="USD per year", value=2e6)
    hit = a_hit(article="b1", quantities=(vague, day, money))
    old = Quantity(text="20,000 soldiers", unit="soldiers", value=20000)
    background = a_hit(article="b1", status="historical", quantities=(old,))

    ((change,), _) = place([an_occurrence(an_article("b1"), [hit, background])], [], events={}, fates={})

    assert change.after.quantities == {"USD per year": 2e6}


def test_a_revision_replaces_the_report_and_adds_what_is_new() -> None:
    (before,) = stories_after([told("b1"), told("b2", NOON + hours(1))]).values()
    revised = told("b1", NOON, status="denied", attribution="RUS")

    ((change,), _) = place([revised], [before], events={}, fates={})

    assert [report.article for report in change.after.reports] == ["b1", "b2"]
    assert change.after.reports[0].status == "denied"
    assert Said(status="denied", side="RUS") in change.after.said
    assert change.because.startswith("the article is part of it")


def test_a_revision_stays_with_its_story_when_another_fits_better() -> None:
    mine = a_story(id="mine", parties=parties("PRK RUS UKR"))
    other = a_story(id="other", reports=())
    revised = an_occurrence(an_article("a1", title="Edited"), [a_hit(article="a1")])

    ((change,), _) = place([revised], [other, mine], events={}, fates={})

    assert change.after.id == "mine"


def test_two_occurrences_of_one_article_that_join_one_story_are_one_change() -> None:
    story = a_story(parties=parties("USA IRN CHN PHL"), reports=())
    article = an_article("b1")
    pair = [
        an_occurrence(article, [a_hit(article="b1", source=ActorCode("USA"), target=ActorCode("IRN"))]),
        an_occurrence(article, [a_hit(article="b1", source=ActorCode("CHN"), target=ActorCode("PHL"))]),
    ]

    ((change,), _) = place(pair, [story], events={}, fates={})
    again, _ = place(pair, [change.after], events={}, fates={})

    assert len(change.hits) == 2
    assert again == []


def test_the_fate_of_an_article_marks_its_changes() -> None:
    occurrences = [told("b1"), told("b2", who="IRN RUS"), told("b3", who="CHN RUS")]

    changes, _ = place(occurrences, [], events={}, fates={"b1": "backlog", "b2": "late"})  # type: ignore[dict-item]  # NewType keys

    assert [(change.is_backlog, change.is_late) for change in changes] == [(True, False), (False, True), (False, False)]


# --- laws -------------------------------------------------------------------------------------------------------------


@st.composite
def streams(draw: st.DrawFn, most: int = 9) -> list[Occurrence]:
    """Articles of three weeks, each with a few hits among few actors, so that stories meet.

    `most` is how many occurrences an article tells.
    """
    found: list[Occurrence] = []
    for number in range(draw(st.integers(1, 8))):
        article = an_article(f"x{number}", published=NOON + hours(draw(st.integers(0, 21 * 24))))
        hits = draw(st.lists(_hits(article.id), min_size=1, max_size=3, unique_by=lambda hit: (hit.source, hit.target)))
        found.extend(occurrences_of(article, hits, EVENTS)[:most])
    return found


def _hits(article: str) -> st.SearchStrategy[Hit]:
    return st.builds(
        lambda source, target, status, side, severity: a_hit(
            article=article, source=source, target=target, status=status, attribution=codes(side), severity=severity
        ),
        st.sampled_from(["AAA", "BBB", None]),
        st.sampled_from(["BBB", "CCC", None]),
        st.sampled_from(["asserted", "alleged", "denied", "hypothetical", "historical"]),
        st.sampled_from(["", "AAA", "ZZZ"]),
        st.sampled_from(["low", "critical"]),
    )


@given(streams(), st.randoms())
def test_the_order_in_one_call_does_not_matter(occurrences: list[Occurrence], chance: Random) -> None:
    shuffled = list(occurrences)
    chance.shuffle(shuffled)

    assert place(shuffled, [], events=EVENTS, fates={}) == place(occurrences, [], events=EVENTS, fates={})


@given(streams(), st.integers(0, 8))
def test_a_replay_in_stored_order_gives_the_same_stories(occurrences: list[Occurrence], cut: int) -> None:
    in_order = sorted(occurrences, key=lambda one: (one.article.published, one.article.id))
    articles = list(dict.fromkeys(one.article.id for one in in_order))
    early = [one for one in in_order if one.article.id in articles[:cut]]
    late = [one for one in in_order if one.article.id in articles[cut:]]

    in_two = stories_after(late, list(stories_after(early).values()))

    assert in_two == stories_after(occurrences)


# A report keeps one hit of its article, so where an article tells several occurrences of one event, and stories
# learned other parties since, the report alone can't say which of them it stood for; the law is claimed for one.
@given(streams(most=1))
def test_placing_twice_changes_nothing(occurrences: list[Occurrence]) -> None:
    stories = stories_after(occurrences)
    # What found no story may find one that opened after it; that is no second placing of the same.
    lost = [one for one, _ in place(occurrences, [], events=EVENTS, fates={})[1]]
    again = [one for one in occurrences if one not in lost]

    changes, unplaced = place(again, list(stories.values()), events=EVENTS, fates={})

    assert changes == []
    assert unplaced == []


@given(streams())
def test_changes_of_a_story_are_chained_and_nothing_told_is_lost(occurrences: list[Occurrence]) -> None:
    changes, _ = place(occurrences, [], events=EVENTS, fates={})

    latest: dict[StoryId, Story] = {}
    for change in changes:
        assert change.before == latest.get(change.after.id)
        assert change.because
        if change.before is not None:
            assert change.before.said <= change.after.said
            assert change.before.parties <= change.after.parties
        latest[change.after.id] = change.after
    assert len(latest) == sum(change.before is None for change in changes)
