"""Letters made comparable, and the way back."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.fold import fold, folded, needle

TEXTS = st.text(
    st.one_of(
        st.sampled_from(" \n\t'’“”-–—.,…·ёйїґäßİﬁ\u00ad\u0301\u0306\u200b\u1112\u1161\u11ab\u00a0ＡＢ北한북が"),
        st.characters(codec="utf-8"),
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong-un", "kim jong un"),
        ("Kim Jong‑un", "KIM JONG UN"),
        ("Korea’s", "Korea's"),
        ("Ça va à Besançon", "ca va a besancon"),
        ("ёлка", "елка"),
        ("ＮＡＴＯ", "nato"),
        ("so\u00adldier", "soldier"),
        ("cafe\u0301", "café"),
        ("straße", "strasse"),
        ("北朝鮮", "北朝鮮"),
        ("\u1112\u1161\u11ab국", "한국"),
        ("美국무부", "美 국무부"),
        ("한ㆍ미", "한·미"),
    ],
)
def test_writings_of_one_word_are_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("й", "и"), ("ї", "і"), ("ґ", "г"), ("и\u0306", "и")])
def test_letters_of_their_own_stay_themselves(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_mark_beside_white_space_breaks_a_phrase_and_a_joining_mark_does_not() -> None:
    text = fold("In North, Korea; North-Korea and U.S.-led talks.\n\nNorth\n\nKorea").data

    assert text.count(needle("North Korea")) == 1
    assert needle("U.S.") in text


@given(TEXTS)
def test_every_byte_comes_from_a_character_of_the_text_in_order(text: str) -> None:
    result = fold(text)

    origins = [result.origin(byte) for byte in range(len(result.data))]

    assert origins == sorted(origins)
    assert origins[0] == -1
    assert origins[-1] == len(text)


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folded(text)

    assert folded(once).split() == once.split()


@given(st.text(st.sampled_from("abkzАБёй '-.,ä\u00ad\u0301"), max_size=40))
def test_a_word_that_stands_in_a_text_is_found_where_it_stands(filler: str) -> None:
    text = f"{filler} Pyongyang {filler}"

    result = fold(text)
    at = result.data.find(b" pyongyang ")

    assert at >= 0
    start = result.origin(at + 1)
    assert text[start : start + len("Pyongyang")] == "Pyongyang"


def test_marks_without_end_on_one_letter_cost_no_more_than_their_number() -> None:
    text = "a" + "\u0301\u0316" * 100_000 + " Russia"

    begun = time.process_time()
    found = fold(text)

    assert time.process_time() - begun < 10, "sorted all at once they take half a minute"
    assert found.data == b" a russia "
    assert found.origin(found.data.index(b"russia")) == text.index("Russia")
