"""Copies of a text are told from texts about the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Article, Fingerprint, Languages
from monitor.text.fingerprint import are_copies, fingerprint, likeness, voices
from monitor.text.tokens import read
from tests.builders import an_article

WIRE = (
    "The transport ministers of the two countries met in Vladivostok on Tuesday. "
    "They agreed to open a second rail crossing over the border river by the summer of next year. "
    "Officials said that the old bridge can no longer carry the coal trains that pass it every night. "
    "A date for the first passenger train was not named by either delegation after the talks."
)
OTHER = (
    "Two countries want a new bridge, their ministers of transport announced in Vladivostok. "
    "The crossing for trains shall be ready next summer, the delegations told reporters. "
    "The present one is said to be too weak for the nightly trains with coal."
)
KOREAN = (
    "양국 교통장관이 화요일 블라디보스토크에서 만나 내년 여름까지 두 번째 철교를 놓기로 합의했다고 관계자들이 밝혔다."
)
CHINESE = "两国交通部长星期二在符拉迪沃斯托克会晤,同意在明年夏天之前修建第二座铁路桥,官员们对记者表示。"


def printed(text: str, title: str = "", lang: str = "en") -> Fingerprint:
    article: Article = an_article("a1", title=title, text=text, lang=lang)
    return fingerprint(read(article, Languages()))


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(WIRE, id="the same"),
        pytest.param(WIRE[: len(WIRE) // 2], id="cut to half"),
        pytest.param("Our correspondent reports from the border. " + WIRE + " More soon.", id="with more around it"),
        pytest.param(WIRE.replace("Tuesday", "Wednesday").replace("coal", "ore"), id="with some words changed"),
        pytest.param(WIRE.upper(), id="in capitals"),
        pytest.param(WIRE.replace(". ", ".\n\n"), id="in other paragraphs"),
    ],
)
def test_a_wire_report_is_known_again(copy: str) -> None:
    assert are_copies(printed(WIRE), printed(copy, title="Ministers agree on a bridge"))


@pytest.mark.parametrize(("text", "lang"), [(KOREAN, "ko"), (CHINESE, "zh")])
def test_a_copy_in_another_script_is_known_again(text: str, lang: str) -> None:
    assert are_copies(printed(text, lang=lang), printed(f"{text} {text[: len(text) // 2]}", lang=lang))


def test_another_report_of_the_same_event_is_a_voice_of_its_own() -> None:
    assert likeness(printed(WIRE), printed(OTHER)) == 0
    assert voices([printed(WIRE), printed(OTHER), printed(WIRE[:180]), printed(KOREAN, lang="ko")]) == 3


def test_two_short_texts_with_the_same_farewell_are_not_copies() -> None:
    assert not are_copies(printed("Iran buys ships. More soon."), printed("Cuba sells sugar. More soon."))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "France sends troops to Italy. The ministry of defence gave no further details of the mission on Monday.",
            "France sends troops to Hungary. The ministry of defence gave no further details of the mission on Monday. "
            "Observers had expected it since the spring of this year.",
            id="a formula at the end",
        ),
        pytest.param(
            "Foreign minister of the Republic of Korea Cho Hyun spoke with his colleague about the summit in Osaka",
            "Foreign minister of the Republic of Korea Cho Hyun will open a school for the sailors' children in Busan",
            id="a name with its title",
        ),
    ],
)
def test_short_notices_of_one_kind_are_not_copies(one: str, other: str) -> None:
    assert not are_copies(printed(one), printed(other))


def test_an_empty_text_is_like_nothing() -> None:
    assert likeness(printed(""), printed(WIRE)) == 0
    assert likeness(printed(""), printed("")) == 0


@given(st.lists(st.sampled_from([WIRE, OTHER, KOREAN]), min_size=1, max_size=4), st.text(max_size=200))
def test_likeness_is_symmetric_and_between_nothing_and_all(pieces: list[str], more: str) -> None:
    one, other = printed(" ".join(pieces)), printed(pieces[0] + more)

    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
