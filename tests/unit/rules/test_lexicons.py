"""A word as written in a lexicon means one term, and a term has one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.lexicons import Term, term_of


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("send", Term(text="send")),
        ("=word", Term(text="word", how="exact")),
        ("word*", Term(text="word", how="prefix")),
        ("=DPRK!", Term(text="DPRK", how="cased")),
        ("us~", Term(text="us")),
        ("special forces", Term(text="special forces")),
    ],
)
def test_the_marks_of_a_term(written: str, term: Term) -> None:
    assert term_of(written) == term


@pytest.mark.parametrize("written", ["", "*", "=", "=!", "~", "...", "tr*ps"])
def test_what_means_no_term_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="word"):
        term_of(written)


@given(st.one_of(st.text(max_size=12), st.text(alphabet="aB=*!~ '", max_size=8)))
def test_a_term_is_read_again_from_its_spelling(written: str) -> None:
    try:
        term = term_of(written)
    except ValueError:
        return

    assert term_of(str(term)) == term
