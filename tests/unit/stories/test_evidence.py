"""What speaks for and against that an occurrence belongs to a story."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import ActorCode, EventKind, EventType, Fingerprint, Occurrence, Quantity, Status, Story
from monitor.stories.evidence import Against, Weight, weighed
from tests.builders import NOON, a_hit, a_report, a_story, an_article, an_occurrence, days, hours, parties

MOMENT = EventKind(id=EventType("troop-transfer"), window=hours(30))
WIRE = Fingerprint(sentences=frozenset({1, 2, 3}))
_DAY = int(f"{NOON:%Y%m%d}")
_DAY_AFTER = int(f"{NOON + days(3):%Y%m%d}")
_SOON = hours(2)
CUT = Fingerprint(sentences=frozenset({2, 3}))


def occurrence(
    source: str = "PRK",
    target: str = "RUS",
    *,
    after: timedelta = _SOON,
    persons: tuple[str, ...] = (),
    day: int | None = None,
    fingerprint: Fingerprint | None = None,
) -> Occurrence:
    article = an_article("b1", published=NOON + after)
    quantities = (Quantity(text="on that day", unit="date", value=float(day)),) if day else ()
    hit = a_hit(
        article=article.id,
        source=ActorCode(source),
        target=ActorCode(target) if target else None,
        persons=persons,
        quantities=quantities,
    )
    return replace(an_occurrence(article, [hit]), fingerprint=fingerprint or Fingerprint())


def story(*, persons: tuple[str, ...] = (), day: int | None = None, fingerprint: Fingerprint | None = None) -> Story:
    quantities = (Quantity(text="on that day", unit="date", value=float(day)),) if day else ()
    hit = a_hit(article="a1", persons=persons, quantities=quantities)
    return a_story(reports=(a_report("a1", hit=hit, fingerprint=fingerprint or Fingerprint()),))


def test_event_and_parties_are_enough() -> None:
    found = weighed(occurrence(), story(), None)

    assert isinstance(found, Weight)
    assert found.because == "same event and parties"


@pytest.mark.parametrize(
    ("mine", "because"),
    [
        pytest.param(occurrence("RUS", "PRK"), "the other way round", id="the way back"),
        pytest.param(
            occurrence(persons=("sergei-shoigu",)), "sergei-lavrov and not sergei-shoigu", id="another visitor"
        ),
        pytest.param(
            occurrence(day=_DAY_AFTER),
            f"of {NOON:%Y-%m-%d} and not of {NOON + days(3):%Y-%m-%d}",
            id="another day told",
        ),
        pytest.param(occurrence(after=days(7)), "not near enough in time", id="a week later"),
    ],
)
def test_a_hard_neighbour_is_another_event_and_the_reason_is_told(mine: Occurrence, because: str) -> None:
    found = weighed(mine, story(persons=("sergei-lavrov",), day=_DAY), None)

    assert isinstance(found, Against)
    assert found.because == because


@pytest.mark.parametrize(
    "mine",
    [
        pytest.param(occurrence(persons=("sergei-lavrov", "andrei-belousov")), id="one person in common"),
        pytest.param(occurrence(day=_DAY + 1), id="the day beside it"),
        pytest.param(occurrence(day=20200101), id="a day long ago is background"),
        pytest.param(occurrence("PRK", ""), id="one side alone has no direction"),
    ],
)
def test_what_does_not_contradict_joins(mine: Occurrence) -> None:
    assert isinstance(weighed(mine, story(persons=("sergei-lavrov",), day=_DAY), None), Weight)


@pytest.mark.parametrize(("after", "joins"), [(hours(35), True), (hours(37), False)])
def test_who_speaks_for_a_visit_changes_until_there_is_a_pause(after: timedelta, joins: bool) -> None:
    visit = EventKind(id=EventType("troop-transfer"), is_by_pair=True)
    told = story(persons=("sergei-lavrov",))

    found = weighed(occurrence(persons=("sergei-shoigu",), after=after), told, visit)

    assert isinstance(found, Weight) is joins


@pytest.mark.parametrize(("status", "joins"), [("hypothetical", True), ("asserted", False)])
def test_an_invitation_to_come_in_return_is_told_with_the_visit(status: Status, joins: bool) -> None:
    visit = EventKind(id=EventType("troop-transfer"), is_by_pair=True)
    back = occurrence("RUS", "PRK")
    hits = tuple(replace(hit, status=status) for hit in back.hits)

    assert isinstance(weighed(replace(back, hits=hits), story(), visit), Weight) is joins


def test_a_copy_of_a_report_joins_whatever_the_hits_make_of_person_and_time() -> None:
    told = story(persons=("sergei-lavrov",), fingerprint=WIRE)
    other_person = occurrence(persons=("sergei-shoigu",), fingerprint=CUT)
    a_day_late = occurrence(after=days(3), fingerprint=CUT)

    found = [weighed(one, told, MOMENT) for one in (other_person, a_day_late)]

    assert [isinstance(one, Weight) and one.because for one in found] == ["its text is that of Harbour Wire"] * 2


@pytest.mark.parametrize("target", ["IRN", "CHN"])
def test_a_copy_with_another_party_is_another_event(target: str) -> None:
    assert weighed(occurrence("PRK", target, fingerprint=CUT), story(fingerprint=WIRE), None) is None


def test_the_window_is_that_of_the_event() -> None:
    later = occurrence(after=hours(31))

    assert isinstance(weighed(later, story(), MOMENT), Against)
    assert isinstance(weighed(later, story(), None), Weight)


def test_a_story_with_the_same_person_suits_better_than_a_later_one() -> None:
    named, later = story(persons=("sergei-lavrov",)), replace(story(), last_hit_at=NOON + hours(1))
    mine = occurrence(persons=("sergei-lavrov",))

    known, other = weighed(mine, named, None), weighed(mine, later, None)

    assert isinstance(known, Weight)
    assert isinstance(other, Weight)
    assert known.rank > other.rank


def test_nobody_named_joins_no_story_by_chance() -> None:
    nameless = replace(occurrence(), parties=parties(""))

    assert weighed(nameless, story(), None) is None
