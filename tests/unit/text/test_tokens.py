"""Sentences and words, as offsets into an article."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Language, Languages, Reading
from monitor.text.tokens import SENTENCE_LIMIT, read, words_in
from tests.builders import an_article

ENGLISH = Languages(by_code={"en": Language(code="en", abbreviations=frozenset({"mr", "gen", "jan"}))})


def reading_of(text: str, title: str = "", lang: str = "en") -> Reading:
    return read(an_article(title=title, text=text, lang=lang), ENGLISH)


def sentences_of(text: str, title: str = "", lang: str = "en") -> list[str]:
    reading = reading_of(text, title, lang)
    return [reading.whole[start:end] for start, end in reading.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is so. It was so.", ["It is so.", "It was so."]),
        ("Mr. Kim met Gen. Lee. They spoke.", ["Mr. Kim met Gen. Lee.", "They spoke."]),
        ("N. Korea sent 3.5 tons. Seoul knew!", ["N. Korea sent 3.5 tons.", "Seoul knew!"]),
        ("He left the U.S. The talks ended.", ["He left the U.S.", "The talks ended."]),
        ("The U.S. Army left.", ["The U.S. Army left."]),
        ('"It is true." She left.', ['"It is true."', "She left."]),
        ("one line\n\nanother line", ["one line", "another line"]),
        ("Is it? Yes… No.", ["Is it?", "Yes…", "No."]),
        ("北朝鮮が派兵。韓国が発表。", ["北朝鮮が派兵。", "韓国が発表。"]),
        ("북한이 파병했다. 국정원이 밝혔다.", ["북한이 파병했다.", "국정원이 밝혔다."]),
        ("(서울=통신) 홍길동 기자 = 비가 왔다. 눈도 왔다.", ["(서울=통신) 홍길동 기자 =", "비가 왔다.", "눈도 왔다."]),
        (
            "[ソウル 12日 ロイター] - 雨が降った。雪も降った。",
            ["[ソウル 12日 ロイター] -", "雨が降った。", "雪も降った。"],
        ),
        ("【北京共同】雨が降った。", ["【北京共同】", "雨が降った。"]),
        (
            "新华社平壤11月21日电（记者王某）下雨了。下雪了。",
            ["新华社平壤11月21日电（记者王某）", "下雨了。", "下雪了。"],
        ),
        ("大臣は「雨が降る。」と述べた。晴れた。", ["大臣は「雨が降る。」と述べた。", "晴れた。"]),
        ("(도쿄·서울=통신) 비가 왔다.", ["(도쿄·서울=통신)", "비가 왔다."]),
        ("(그는 웃었다) 비가 왔다.", ["(그는 웃었다) 비가 왔다."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


def test_the_title_is_the_first_sentence_and_a_paragraph_of_its_own() -> None:
    reading = reading_of("One. Two.\n\nThree.", title="Dr. No. A title. Really")

    assert reading.whole[slice(*reading.sentences[0])] == "Dr. No. A title. Really"
    assert reading.paragraphs == (0, 1, 1, 2)
    assert reading.has_title


def test_a_blank_title_is_none() -> None:
    reading = reading_of("One.", title="  ")

    assert not reading.has_title
    assert reading.text_start == 0


def test_a_table_without_full_stops_is_cut_at_white_space() -> None:
    lengths = [len(sentence) for sentence in sentences_of("figure " * 2_000)]

    assert max(lengths) <= SENTENCE_LIMIT
    assert sum(lengths) > 13_000


@pytest.mark.parametrize("run", ["!", "…", ".'", "?!)", "。", "\n"])
def test_a_long_run_of_marks_costs_no_more_than_its_length(run: str) -> None:
    text = run * (200_000 // len(run)) + "x"

    begun = time.process_time()
    reading_of(text)

    assert time.process_time() - begun < 10, "with a try for each mark of the run it is minutes"


def test_words_keep_their_points_and_apostrophes_and_lose_their_hyphens() -> None:
    text = "U.S.-led troops, 3,000 of Korea's; 北朝鮮 x"

    words = [text[start:end] for start, end in words_in(text, 0, len(text))]

    assert words == ["U.S", "led", "troops", "3,000", "of", "Korea's", "北", "朝", "鮮", "x"]


@given(
    st.text(st.sampled_from("aB .!?\n\"'()U.S。」한a1\t"), max_size=120),
    st.text(st.sampled_from("aB .!?"), max_size=20),
)
def test_sentences_are_ascending_apart_and_hold_every_letter(text: str, title: str) -> None:
    reading = reading_of(text, title)

    ends = [0]
    for start, end in reading.sentences:
        assert ends[-1] <= start < end
        ends.append(end)
    inside = "".join(reading.whole[start:end] for start, end in reading.sentences)
    assert [letter for letter in inside if letter.isalnum()] == [letter for letter in reading.whole if letter.isalnum()]
    assert len(reading.paragraphs) == len(reading.sentences)


def test_a_title_longer_than_any_sentence_is_cut_and_stays_the_title() -> None:
    reading = reading_of("One.", title="North Korea sent troops, " * 500)

    assert max(end - start for start, end in reading.sentences) <= SENTENCE_LIMIT
    assert reading.paragraphs[-2:] == (0, 1)


def test_a_wrapped_line_ends_no_sentence() -> None:
    assert sentences_of("Russia sent\ntroops to Syria.\nthe end") == ["Russia sent\ntroops to Syria.", "the end"]
