"""A short fuzz of the shipped rules; `make fuzz-rules` is the long one."""

from bench.fuzz import Mutator, seconds_of, shipped_pack, words_of
from monitor.rules.compile import compile_pack

TEXTS = 300


def test_no_mutated_article_raises() -> None:
    pack = shipped_pack()
    ruleset, mutator = compile_pack(pack), Mutator(7, words_of(pack))

    for _ in range(TEXTS):
        assert seconds_of(ruleset, mutator.article()) >= 0  # how long it may take is for `make fuzz-rules` to say


def test_the_same_seed_makes_the_same_articles() -> None:
    words = ["missile", "troops"]
    one, other = Mutator(3, words), Mutator(3, words)

    assert [one.article() for _ in range(5)] == [other.article() for _ in range(5)]
