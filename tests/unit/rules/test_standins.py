"""Whom "the two countries" means."""

from functools import cache

import pytest

from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.scene import Scenes
from monitor.text.tokens import read
from tests.builders import an_article

ACTORS = """\
[actors.north-korea]
code = "PRK"
kind = "state"
names.en = ["North Korea", "North Korean", "Pyongyang"]
not.en = ["North Korean restaurant"]
[actors.south-korea]
code = "KOR"
kind = "state"
names.en = ["South Korea", "Korea"]
[actors.russia]
code = "RUS"
kind = "state"
names.en = ["Russia", "Russian"]
[actors.china]
code = "CHN"
kind = "state"
names.en = ["=China!", "Chinese"]
[actors.putin]
of = "russia"
kind = "person"
names.en = ["Vladimir Putin"]
"""
ENGLISH = """\
code = "en"
[classes]
pair = ["the two countries", "between [the countries]"]
"""


@cache
def ruleset() -> RuleSet:
    pack, problems = load({"actors/a.toml": ACTORS, "languages/en.toml": ENGLISH})
    assert problems == ()
    return compile_pack(pack)


def last_mentions(text: str, title: str = "") -> list[tuple[str, str]]:
    """The mentions of an article's last sentence as written, with their codes."""
    reading = read(an_article(text=text, title=title), ruleset().languages)
    scene = Scenes(ruleset(), reading).scenes[-1]
    words = scene.words
    return [
        (
            reading.whole[words[one.first][0] : words[one.last - 1][1]],
            " ".join(actor.code for actor in one.actors),
        )
        for one in scene.sentence.mentions
    ]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        pytest.param(
            "", "North Korea met Russia. The two countries, it said, agreed.", [("The two countries", "PRK RUS")],
            id="the sentence before names two",
        ),
        pytest.param(
            "Russia courts Pyongyang", "It is cold. It is late. It rains. The two countries agreed.",
            [("The two countries", "RUS PRK")], id="the title does",
        ),
        pytest.param(
            "South Korea and Russia talk", "North Korea met Russia. They spoke of trade between the countries.",
            [("the countries", "PRK RUS")], id="the nearer counts, and a preposition is no part of it",
        ),
        pytest.param(
            "Russia courts Pyongyang", "North Korea, South Korea and Russia met. The two countries agreed.", [],
            id="three leave it open",
        ),
        pytest.param("", "Russia laughed. The two countries agreed.", [], id="one is not enough"),
        pytest.param(
            "", "China met Russia. The two countries agreed.", [("The two countries", "CHN RUS")],
            id="a name that only its writing tells apart counts",
        ),
        pytest.param(
            "", "Russia bought china from Pyongyang. The two countries agreed.", [("The two countries", "RUS PRK")],
            id="and not where it is written otherwise",
        ),
        pytest.param(
            "", "A North Korean restaurant opened in Russia. The two countries agreed.", [], id="a false friend is none"
        ),
        pytest.param(
            "", "Vladimir Putin met North Korea's team. The two countries agreed.", [], id="a person names no state"
        ),
        pytest.param(
            "", "North Korea met Russia. South Korea told Russia that the two countries lied.",
            [("South Korea", "KOR"), ("Russia", "RUS")], id="a sentence that names two needs none",
        ),
    ],
)  # fmt: skip
def test_the_two_countries_are_those_that_the_article_leaves_no_doubt_about(
    title: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert last_mentions(text, title) == expected


def test_a_name_that_brings_a_word_of_a_rule_along_stands_for_nobody_else() -> None:
    """방한 is a visit and names its host: "the two countries" after it are no visit."""
    texts = {
        "actors/a.toml": ACTORS.replace('["South Korea", "Korea"]', '["South Korea", "Seoulward"]'),
        "languages/en.toml": ENGLISH,
        "lexicons/l.toml": '[lexicons.visit]\nen = ["Seoulward"]\n',
        "events/e.toml": '[events.visit]\ntitle = "visits"\nmeans = "A visit."\n',
        "rules/r.toml": '[[rule]]\nid = "v"\ntitle = "t"\nevent = "visit"\nseverity = "low"\nmatch = ["#visit"]\n',
    }
    pack, problems = load(texts)
    assert problems == ()
    visits = compile_pack(pack)
    article = an_article(title="", text="Russia flies Seoulward. Trade between the two countries grows.")

    scenes = Scenes(visits, read(article, visits.languages)).scenes

    assert [len(scene.spans_of(("lexicon", "visit"))) for scene in scenes] == [1, 0]
    assert [mention.codes for mention in scenes[1].sentence.mentions] == [{"RUS", "KOR"}]
