"""The sieve keeps every entry whose every need a sentence meets, and no other, by dicts and by arrays alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules import sieve as module
from monitor.rules.sieve import Needs, Sieve
from monitor.rules.spans import Key

KEYS: list[Key] = [("word", letter) for letter in "abcdefg"]

needs = st.lists(
    st.lists(st.frozensets(st.sampled_from(KEYS), min_size=1, max_size=3), max_size=3).map(tuple), max_size=12
)
"""By entry: sets of keys of which a sentence must hold one each."""
holders = st.lists(st.lists(st.sampled_from(KEYS), max_size=3).map(tuple), min_size=1, max_size=8)
"""By needle: the keys that it stands for."""
SENTENCE = 10
"""Bytes of a sentence in these tests; a needle of four bytes stands inside one or over a border."""


@st.composite
def searches(draw: st.DrawFn) -> tuple[list[Needs], list[tuple[Key, ...]], list[tuple[int, int, int]], int]:
    """Entries, needles, what was found in the order of the ends, and how many sentences there are."""
    pins, sentences = draw(holders), draw(st.sampled_from([1, 2, 5, 63, 64, 65, 130]))
    begins = draw(st.lists(st.integers(0, SENTENCE * sentences - 4), max_size=30))
    found = [(draw(st.integers(0, len(pins) - 1)), begin, begin + 4) for begin in sorted(begins)]
    return draw(needs), pins, found, sentences


def by_hand(
    entries: list[Needs], pins: list[tuple[Key, ...]], found: list[tuple[int, int, int]], sentences: int
) -> list[tuple[int, int]]:
    """What the sieve is to give, sentence by sentence."""
    held: list[set[Key]] = [set() for _ in range(sentences)]
    for pin, begin, end in found:
        if begin // SENTENCE == (end - 2) // SENTENCE:
            held[begin // SENTENCE] |= set(pins[pin])
    masks = [
        sum(1 << at for at, keys in enumerate(held) if all(not need.isdisjoint(keys) for need in entry))
        for entry in entries
    ]
    return [(index, mask) for index, mask in enumerate(masks) if mask]


@pytest.mark.parametrize("limits", [(0, 0), (0, 1 << 30), (1 << 30, 0)], ids=["arrays", "arrays of entries", "dicts"])
@given(search=searches())
def test_an_entry_lives_in_the_sentences_that_meet_all_its_needs(
    limits: tuple[int, int], search: tuple[list[Needs], list[tuple[Key, ...]], list[tuple[int, int, int]], int]
) -> None:
    entries, pins, found, sentences = search
    # a sentence begins with a needle's first letter, so at the byte behind the space
    starts = [1 + SENTENCE * at for at in range(sentences)]
    before = module.PLAIN_LIMIT, module.COUNTED_LIMIT
    module.PLAIN_LIMIT, module.COUNTED_LIMIT = limits
    try:
        told = list(Sieve(dict(enumerate(entries)), pins).survivors(found, starts))
    finally:
        module.PLAIN_LIMIT, module.COUNTED_LIMIT = before

    assert told == by_hand(entries, pins, found, sentences)


def test_nothing_to_sieve_gives_nothing() -> None:
    assert list(Sieve({}, []).survivors([], [])) == []
    assert list(Sieve({0: (frozenset({KEYS[0]}),)}, [(KEYS[0],)]).survivors([], [1])) == []


def test_an_entry_keeps_its_own_number() -> None:
    sieve = Sieve({4: (frozenset({KEYS[0]}),), 9: ()}, [(KEYS[0],)])

    assert list(sieve.survivors([(0, 0, 4)], [1, 11])) == [(4, 0b01), (9, 0b11)]
