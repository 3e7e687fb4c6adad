"""The forms of French words and phrases, and how its words stand apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Language
from monitor.text.french import FORMS_LIMIT, is_verb
from monitor.text.inflect import forms_of
from monitor.text.tokens import words_in

FRENCH = Language(code="fr")


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("envoyer", {"envoie", "envoyait", "enverra", "enverrait", "envoyee", "envoyant"}),
        ("menacer", {"menace", "menacent", "menacera", "menaces"}),
        ("transmettre", {"transmet", "transmettent", "transmis", "transmises"}),
        ("recevoir", {"recoit", "recu", "recevra"}),
        ("se rendre", {"se rend", "s'est rendu", "s'est rendue", "se sont rendus", "se rendra"}),
        ("s'engager", {"s'engage", "s'est engage", "s'engagent"}),
        ("nord-coréen", {"nord-coreenne", "nord-coreens", "nord-coreennes"}),
        ("régional", {"regionaux", "regionale"}),
        ("missile balistique", {"missiles balistiques"}),
        ("troupe étranger", {"troupes etrangeres"}),
        ("accord de coopération", {"accords de cooperation"}),
        ("casque bleu", {"casques bleus"}),
    ],
)
def test_the_forms_of_a_word_or_phrase(word: str, some: set[str]) -> None:
    found, is_guessed = forms_of(word, FRENCH)

    assert some <= set(found)
    assert not is_guessed


@pytest.mark.parametrize("word", ["hiver", "officier", "ministre", "guerre", "soir", "militaire", "quartier"])
def test_a_noun_that_ends_as_verbs_do_is_none(word: str) -> None:
    assert not is_verb(word)
    assert len(forms_of(word, FRENCH)[0]) <= 4


@given(st.text(alphabet="aeéiostrnd'- ", max_size=20))
def test_the_word_as_written_comes_first_and_forms_are_few_and_apart(text: str) -> None:
    found, _ = forms_of(text, FRENCH)

    assert found[0].split() == text.split()
    assert len(found) == len(set(found)) <= FORMS_LIMIT


def test_what_is_elided_is_a_word_of_its_own() -> None:
    text = "L’envoi d'armes qu'il nie aujourd'hui, jusqu'en Syrie"

    words = [text[start:end] for start, end in words_in(text, 0, len(text), "fr")]

    assert words == ["L’", "envoi", "d'", "armes", "qu'", "il", "nie", "aujourd'hui", "jusqu'", "en", "Syrie"]
