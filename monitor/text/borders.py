"""Where a word ends that has no space behind it: a Korean particle, or Chinese and Japanese neighbours."""

import re
from collections.abc import Mapping
from functools import lru_cache

from monitor.text.fold import is_hangul, is_unspaced

_TOWARDS = "對駐訪"
"""Han letters that a headline writes before a state: 對美 is what concerns it, 訪中 a visit."""

_CALENDAR = "日月年"
_NEIGHBOURS = 4
"""Letters looked at behind a word."""
_BEHIND = "核軍側産發行"
"""Han letters that go on behind a state (北核); any other makes another word of it (北戴河)."""


def stands_apart(whole: str, start: int, end: int, particles: frozenset[str]) -> bool:
    """Whether a stretch is a word by itself: no letter before it, and behind it nothing but a particle.

    Any Korean word may follow a Han letter (美국무부), only particles a Korean one (북이, no 북부).
    """
    if start and whole[start - 1].isalnum() and whole[start - 1] not in _TOWARDS and is_unspaced(whole[start]):
        return False
    behind = whole[end : end + 1]
    if is_unspaced(whole[end - 1]) and behind and is_unspaced(behind) and behind not in _BEHIND:
        return False
    return not is_hangul(whole[end - 1]) or _tail(particles).match(whole, end) is not None


def begins_word(whole: str, start: int) -> bool:
    """Whether a word of Latin letters begins there: no letter or digit of its kind stands before it. O(1)."""
    before = whole[start - 1 : start] if start else ""
    return not (before.isascii() and before.isalnum())


def stands_alone(whole: str, start: int, end: int, classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether a stretch of unspaced writing is a word by itself.

    Latin letters are, between letters of another script. Two letters for two states (中美) are unless their neighbours
    claim one of them (其中|美国). One letter for a state (米) is beside a mark or a word that `alone_before` lists, and
    before a mark or a word that `alone_after` lists: 米政権, no 欧米 and no 米粒. O(1).
    """
    before, behind = whole[start - 1 : start] if start else "", whole[end : end + _NEIGHBOURS]
    if whole[start].isascii():
        return begins_word(whole, start) and not (behind[:1].isascii() and behind[:1].isalnum())
    if before.isdigit() and whole[start] in _CALENDAR:
        return False
    if end - start > 1:
        clashes = classes.get("clash", frozenset())
        is_claimed = _starts(whole[end - 1] + behind, clashes) or whole[start : end + 1] in clashes
        return not is_claimed and before + whole[start] not in clashes
    is_opened = not before.isalnum() or before in classes.get("alone_before", frozenset())
    follows = not behind[:1].isalnum() and not before.isalnum()
    return is_opened and (follows or _starts(behind, classes.get("alone_after", frozenset())))


def _starts(text: str, words: frozenset[str]) -> bool:
    """Whether a text starts with one of some words."""
    return any(text[:size] in words for size in range(1, _NEIGHBOURS + 1))


@lru_cache(maxsize=8)
def _tail(particles: frozenset[str]) -> re.Pattern[str]:
    """What may stand between a word and the next mark."""
    longest_first = "|".join(map(re.escape, sorted(particles, key=lambda one: (-len(one), one))))
    return re.compile(f"(?:{longest_first})?(?![^\\W_\u318d])")
