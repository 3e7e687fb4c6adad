"""A short fuzz of the shipped rules; `make fuzz-rules` is the long one."""

from bench.fuzz import Mutator, allowed_s, seconds_of, shipped_pack, words_of
from monitor.rules.compile import compile_pack

TEXTS = 300
TRIES = 3


def test_no_mutated_article_raises_or_is_slow() -> None:
    pack = shipped_pack()
    ruleset, mutator = compile_pack(pack), Mutator(7, words_of(pack))

    for _ in range(TEXTS):
        article = mutator.article()
        # the processor's time of one try is what the machine makes of it; that of the best of three is ours
        assert any(seconds_of(ruleset, article) <= allowed_s(article) for _ in range(TRIES)), article


def test_the_same_seed_makes_the_same_articles() -> None:
    words = ["missile", "troops"]
    one, other = Mutator(3, words), Mutator(3, words)

    assert [one.article() for _ in range(5)] == [other.article() for _ in range(5)]
