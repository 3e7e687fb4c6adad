"""Who is named where: the longest name, lists, weak names, capitals."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.scene import Scenes
from monitor.text.tokens import read
from tests.builders import an_article

ACTORS = """\
[actors.north-korea]
code = "PRK"
kind = "state"
names.en = ["North Korea", "DPRK", "North Korean"]
weak.en = ["the North"]
not.en = ["North Korean restaurant"]
[actors.south-korea]
code = "KOR"
kind = "state"
names.en = ["South Korea", "Korea"]
weak.en = ["the South"]
[actors.south-sudan]
code = "SSD"
kind = "state"
names.en = ["South Sudan"]
weak.en = ["the South"]
[actors.united-states]
code = "USA"
kind = "state"
names.en = ["US", "United States", "U.S."]
[actors.un]
code = "UNO"
kind = "organisation"
names.en = ["un~", "United Nations"]
[actors.kim]
of = "north-korea"
kind = "person"
names.en = ["Kim Jong Un"]
weak.en = ["Kim"]
[actors.japan]
code = "JPN"
kind = "state"
names.en = ["Japan"]
[actors.kaesong]
of = "north-korea"
kind = "place"
names.en = ["Kaesong"]
"""


@cache
def ruleset() -> RuleSet:
    pack, problems = load({"actors/a.toml": ACTORS, "languages/en.toml": 'code = "en"\nabbreviations = ["U.S."]\n'})
    assert problems == ()
    return compile_pack(pack)


def mentions(text: str, title: str = "") -> list[tuple[str, str]]:
    """Every mention of an article as its words and its actors."""
    scenes = Scenes(ruleset(), read(an_article(title=title, text=text), ruleset().languages))
    return [
        (
            scenes.reading.whole[slice(*scene.characters(mention.first, mention.last))],
            " ".join(actor.id for actor in mention.actors),
        )
        for scene in scenes.scenes
        for mention in scene.sentence.mentions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("North Korea spoke.", [("North Korea", "north-korea")], id="the longest name wins"),
        pytest.param("A North Korean restaurant in Japan.", [("Japan", "japan")], id="a false friend names nobody"),
        pytest.param("In North, Korea watchers met.", [("Korea", "south-korea")], id="a comma parts a name"),
        pytest.param("They told us of it.", [], id="capitals: small letters name nobody"),
        pytest.param("The US told us.", [("US", "united-states")], id="capitals: as written"),
        pytest.param("The un met.", [("un", "un")], id="capitals: a tilde takes any case"),
        pytest.param("The UNITED STATES met.", [("UNITED STATES", "united-states")], id="longer names: any case"),
        pytest.param("The U.S. spoke.", [("U.S", "united-states")], id="points inside a name"),
        pytest.param("The North spoke.", [], id="weak: no owner"),
        pytest.param(
            "North Korea spoke. The North left.",
            [("North Korea", "north-korea"), ("The North", "north-korea")],
            id="weak: its owner is named",
        ),
        pytest.param("Kaesong closed. The North left.", [("Kaesong", "kaesong")], id="weak: another owner's name"),
        pytest.param("North Korea spoke. Kim left.", [("North Korea", "north-korea")], id="weak: its own owner's name"),
        pytest.param(
            "Kim Jong-un spoke. Kim left.", [("Kim Jong-un", "kim"), ("Kim", "kim")], id="weak: a person's full name"
        ),
        pytest.param(
            "South Korea and South Sudan met. The South left.",
            [("South Korea and South Sudan", "south-korea south-sudan")],
            id="weak: two owners are named",
        ),
        pytest.param(
            "The US, Japan and South Korea met.",
            [("US, Japan and South Korea", "united-states japan south-korea")],
            id="a list is one mention",
        ),
        pytest.param(
            "A Japan-North Korea summit.", [("Japan-North Korea", "japan north-korea")], id="a hyphen joins two"
        ),
        pytest.param(
            "In Japan, North Korea lost.", [("Japan", "japan"), ("North Korea", "north-korea")], id="a comma joins none"
        ),
        pytest.param(
            "North Korea and Kaesong.", [("North Korea", "north-korea"), ("Kaesong", "kaesong")], id="a place alone"
        ),
    ],
)  # fmt: skip
def test_who_is_named(text: str, expected: list[tuple[str, str]]) -> None:
    assert mentions(text) == expected


def test_two_names_in_one_word_are_a_list_and_a_comma_parts_words() -> None:
    assert mentions("Japan·Korea talks.") == [("Japan·Korea", "japan south-korea")]
    assert mentions("Japan,Korea talks.") == [("Japan", "japan"), ("Korea", "south-korea")]


def test_a_comma_at_the_head_of_a_title_is_an_and() -> None:
    assert mentions("", "Japan, North Korea sign pact") == [("Japan, North Korea", "japan north-korea")]


def test_a_comma_at_the_end_of_a_title_is_an_and() -> None:
    assert mentions("", "Minister visits Japan, North Korea — agency") == [("Japan, North Korea", "japan north-korea")]


def test_neither_of_two_names_both() -> None:
    assert mentions("Neither Japan nor North Korea spoke.") == [("Japan nor North Korea", "japan north-korea")]


def test_a_comma_before_and_parts_two_clauses() -> None:
    assert mentions("He left Japan, and North Korea laughed.") == [("Japan", "japan"), ("North Korea", "north-korea")]


def test_an_owner_named_in_the_title_lends_its_weak_name_to_the_text() -> None:
    assert mentions("The North left.", "North Korea leaves") == [
        ("North Korea", "north-korea"),
        ("The North", "north-korea"),
    ]


PIECES = st.sampled_from(
    [
        "North",
        "South",
        "Korea",
        "Japan",
        "US",
        "us",
        "and",
        ",",
        "-",
        ".",
        "the",
        "Kim",
        "\n",
        " ",
        "  ",
        "\u00ad",
        "에",
    ]
)


@given(st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=8).map("".join))
def test_mentions_stand_apart_and_in_order_in_every_text(text: str, title: str) -> None:
    scenes = Scenes(ruleset(), read(an_article(title=title, text=text), ruleset().languages))

    for scene in scenes.scenes:
        ends = [edge for mention in scene.sentence.mentions for edge in (mention.first, mention.last)]
        assert ends == sorted(ends)
        assert all(mention.first < mention.last for mention in scene.sentence.mentions)
