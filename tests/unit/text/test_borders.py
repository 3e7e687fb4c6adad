"""Where a Korean word ends, and what is part of a longer one."""

import pytest

from monitor.text.borders import stands_apart

PARTICLES = frozenset({"이", "은", "에서", "에", "서", "으로"})


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("북이 쐈다", "북", True),
        ("북, 또 쐈다", "북", True),
        ("북에서", "북", True),
        ("북", "북", True),
        ("북·러", "북", True),
        ("북ㆍ러", "북", True),
        ("북부 지방", "북", False),
        ("북에서는부", "북", False),
        ("美국무부가", "美", True),
        ("對美 수출", "美", True),
        ("전美 대회", "美", False),
        ("15日 오전", "日", False),
        ("北戴河 회의", "北", False),
        ("北核 협상", "北", True),
    ],
)
def test_a_word_by_itself_is_followed_by_particles_alone(text: str, word: str, *, expected: bool) -> None:
    start = text.index(word)

    assert stands_apart(text, start, start + len(word), PARTICLES) is expected
