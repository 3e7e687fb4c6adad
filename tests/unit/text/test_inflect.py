"""A word in a rule stands for the forms that a reader would expect, and for few others."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.model import Language
from monitor.text.inflect import FORMS_LIMIT, forms_of

ENGLISH = Language(
    code="en",
    irregular={
        "send": ("sends", "sent", "sending"),
        "draw": ("draws", "drew", "drawn", "drawing"),
        "go": ("goes", "went", "gone", "going"),
        "make": ("makes", "made", "making"),
        "shake": ("shakes", "shook", "shaken", "shaking"),
        "man": ("men",),
        "memorandum": ("memoranda", "memorandums"),
    },
    cues={"denied": ("deny",)},
)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("send", {"send", "sends", "sent", "sending"}),
        ("withdraw", {"withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"}),
        ("dispatch", {"dispatch", "dispatches", "dispatched", "dispatching"}),
        ("deploy", {"deploy", "deploys", "deployed", "deploying"}),
        ("move", {"move", "moves", "moved", "moving"}),
        ("supply", {"supply", "supplies", "supplied", "supplying"}),
        ("ship", {"ship", "ships", "shipped", "shipping"}),
        ("ban", {"ban", "bans", "banned", "banning"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("transfer", {"transfer", "transfers", "transferred", "transferring"}),
        ("commit", {"commit", "commits", "committed", "committing"}),
        ("target", {"target", "targets", "targeted", "targeting"}),
        ("visit", {"visit", "visits", "visited", "visiting"}),
        ("traffic", {"traffic", "traffics", "trafficked", "trafficking"}),
        ("die", {"die", "dies", "died", "dying"}),
        ("travel", {"travel", "travels", "travelled", "traveled", "travelling", "traveling"}),
        ("serviceman", {"serviceman", "servicemen"}),
        ("memorandum", {"memorandum", "memoranda", "memorandums"}),
        ("crisis", {"crisis", "crises"}),
        ("troops", {"troops"}),
        ("reportedly", {"reportedly"}),
        ("not", {"not"}),
        ("special forces", {"special forces"}),
        ("combat engineer", {"combat engineer", "combat engineers"}),
        ("memorandum of understanding", {"memorandum of understanding", "memoranda of understanding",
                                         "memorandums of understanding"}),
        ("secretary of state", {"secretary of state", "secretaries of state"}),
        ("make a trip", {"make a trip", "makes a trip", "made a trip", "making a trip"}),
        ("go to", {"go to", "goes to", "went to", "gone to", "going to"}),
        ("shake hands on", {"shake hands on", "shakes hands on", "shook hands on", "shaken hands on",
                            "shaking hands on"}),
        ("head to", {"head to", "heads to", "headed to", "heading to"}),
        ("by phone", {"by phone"}),
        ("jointly produce", {"jointly produce", "jointly produces", "jointly produced", "jointly producing"}),
        ("co-operate", {"co-operate", "co-operates", "co-operated", "co-operating"}),
    ],
)  # fmt: skip
def test_the_forms_of_a_word_or_phrase(word: str, forms: set[str]) -> None:
    found, is_guessed = forms_of(word, ENGLISH)

    assert set(found) == forms
    assert not is_guessed


def test_a_phrasal_verb_with_a_noun_inflects_at_its_verb() -> None:
    found, _ = forms_of("play host to", ENGLISH)

    assert {"plays host to", "played host to", "playing host to"} <= set(found)


def test_both_spellings_are_given_where_the_stress_is_in_doubt() -> None:
    found, is_guessed = forms_of("kidnap", ENGLISH)

    assert {"kidnapped", "kidnaped"} <= set(found)
    assert is_guessed


def test_another_language_gives_the_word_as_written() -> None:
    assert forms_of("tropas", Language(code="es")) == (("tropas",), False)


@given(st.one_of(st.text(max_size=40), st.text(alphabet="aoyesnt -", max_size=14)))
@example("0 O")
@example("y")
def test_the_word_as_written_comes_first_and_forms_are_few_and_apart(text: str) -> None:
    found, _ = forms_of(text, ENGLISH)

    assert found[0].split() == text.split()
    assert len(found) == len(set(found)) <= FORMS_LIMIT
