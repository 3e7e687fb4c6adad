"""Every shipped rule is tested in every language that is said to be complete, and has its words there."""

import pytest

from monitor.rulebook import load_rules
from monitor.rules.coverage import COMPLETE, covers


@pytest.fixture(scope="module")
def holes() -> dict[str, list[str]]:
    """The holes of each language, in words."""
    found: dict[str, list[str]] = {lang: [] for lang in COMPLETE}
    for cover in covers(load_rules(None).pack, COMPLETE):
        if cover.is_hole:
            found[cover.lang].append(f"{cover.rule}: {cover.hits}/{cover.misses} {' '.join(cover.wordless)}")
    return found


@pytest.mark.parametrize("lang", COMPLETE)
def test_a_complete_language_has_no_hole(lang: str, holes: dict[str, list[str]]) -> None:
    assert holes[lang] == []
