"""Who acts for a state on the day of the article: office-holders in office, and anybody without an office."""

from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import ActorCode, Hit
from monitor.resources import shipped
from monitor.rules.actors import Actor, Office
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.match import match
from monitor.rules.scene import Scenes
from monitor.text.tokens import read
from tests.builders import an_article
from tests.unit.rules.packs import RIGHT

PEOPLE = """\
[actors.united-states]
code = "USA"
kind = "state"
names.en = ["United States", "Washington"]
[actors.elder]
of = "united-states"
kind = "person"
names.en = ["George Elder", "Elder"]
[[actors.elder.office]]
title = "president"
from = 2013-01-20
until = 2017-01-20
[[actors.elder.office]]
title = "president"
from = 2021-01-20
until = 2025-01-20
[actors.younger]
of = "united-states"
kind = "person"
names.en = ["Ann Washington Younger"]
weak.en = ["=Younger!"]
[[actors.younger.office]]
title = "president"
from = 2025-01-20
[actors.envoy]
of = "united-states"
kind = "person"
names.en = ["Carl Envoy"]
[actors.founder]
of = "united-states"
kind = "person"
names.en = ["Old Founder"]
[[actors.founder.office]]
title = "president"
until = 1999-12-31
"""


@cache
def ruleset() -> RuleSet:
    english = (shipped("rules") / "languages" / "en.toml").read_text(encoding="utf-8")
    pack, problems = load({**RIGHT, "actors/people.toml": PEOPLE, "languages/en.toml": english})
    assert problems == ()
    return compile_pack(pack)


def named(text: str, day: str) -> list[list[tuple[str, str]]]:
    """Every mention of an article of that day: the ids and codes of its actors."""
    published = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    scenes = Scenes(ruleset(), read(an_article(title="", text=text, published=published), ruleset().languages))
    return [
        [(actor.id, actor.code) for actor in mention.actors]
        for scene in scenes.scenes
        for mention in scene.sentence.mentions
    ]


def hits(text: str, day: str) -> list[Hit]:
    """What the one rule of the pack (a watched state sends troops to a state) finds in an article of that day."""
    published = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    return match(ruleset(), read(an_article(title="", text=text, published=published), ruleset().languages))


NOBODY = [("", "")]


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        pytest.param("Elder", "2024-06-01", [("elder", "USA")], id="in office"),
        pytest.param("Elder", "2021-01-20", [("elder", "USA")], id="the first day"),
        pytest.param("Elder", "2025-01-20", [("elder", "USA")], id="the last day"),
        pytest.param("Elder", "2025-01-21", NOBODY, id="the day after"),
        pytest.param("Elder", "2021-01-19", NOBODY, id="the day before"),
        pytest.param("Elder", "2015-01-01", [("elder", "USA")], id="an earlier office"),
        pytest.param("Elder", "2019-01-01", NOBODY, id="between two offices"),
        pytest.param("Ann Washington Younger", "2030-01-01", [("younger", "USA")], id="an office with no end"),
        pytest.param("Ann Washington Younger", "2024-12-01", NOBODY, id="before the first office: no state inside him"),
        pytest.param("Carl Envoy", "1990-01-01", [("envoy", "USA")], id="no office listed: always"),
        pytest.param("Old Founder", "1980-01-01", [("founder", "USA")], id="an office with no beginning"),
        pytest.param("Old Founder", "2000-01-01", NOBODY, id="an office with no beginning is over"),
        pytest.param("Washington", "1800-01-01", [("united-states", "USA")], id="a state: always"),
    ],
)
def test_a_person_acts_for_a_state_while_in_office(name: str, day: str, expected: list[tuple[str, str]]) -> None:
    assert named(f"{name} spoke.", day) == [expected]


def test_a_weak_name_still_needs_the_full_one_and_shares_its_days() -> None:
    assert named("Younger spoke.", "2026-01-01") == []
    assert named("Ann Washington Younger came. Younger spoke.", "2026-01-01") == [[("younger", "USA")]] * 2
    assert named("Ann Washington Younger came. Younger spoke.", "2024-01-01") == [NOBODY] * 2


def test_a_list_leaves_out_who_is_out_of_office() -> None:
    assert named("Elder and Russia met.", "2026-01-01") == [[("russia", "RUS")]]
    assert named("Elder and Ann Washington Younger met.", "2020-01-01") == [NOBODY]


def test_a_person_in_office_is_a_party() -> None:
    found = hits("North Korea sent soldiers to Elder.", "2024-06-01")

    assert [(hit.source, hit.target) for hit in found] == [("PRK", "USA")]


def test_a_person_out_of_office_is_no_party() -> None:
    assert hits("North Korea sent soldiers to Elder.", "2026-06-01") == []


def test_a_person_out_of_office_may_say_so_and_speaks_for_nobody() -> None:
    (before,) = hits("Elder said North Korea sent soldiers to Russia.", "2024-06-01")
    (after,) = hits("Elder said North Korea sent soldiers to Russia.", "2026-06-01")

    assert (before.attribution, before.status) == ((ActorCode("USA"),), "alleged")
    assert (after.attribution, after.status) == ((), "alleged")
    assert (after.source, after.target) == (before.source, before.target)


days = st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31))


@given(st.lists(st.tuples(st.none() | days, st.none() | days), max_size=4), days)
def test_an_actor_acts_on_exactly_the_days_of_its_offices(
    terms: list[tuple[date | None, date | None]], day: date
) -> None:
    offices = tuple(Office(title="one", since=since, until=until) for since, until in terms)
    actor = Actor(id="one", code=ActorCode("ONE"), kind="person", offices=offices)

    covered = [(since or date.min) <= day <= (until or date.max) for since, until in terms]

    assert actor.is_acting(day) is (any(covered) or not terms)
