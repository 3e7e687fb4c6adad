"""Where a Korean word ends: the particles that may follow a name without being part of a longer word."""

import re
from functools import lru_cache

from monitor.text.fold import is_hangul, is_unspaced

_TOWARDS = "對駐訪"
"""Han letters that a headline writes before a state: 對美 is what concerns it, 訪中 a visit."""


def stands_apart(whole: str, start: int, end: int, particles: frozenset[str]) -> bool:
    """Whether a stretch is a word by itself: no letter before it, and behind it nothing but a particle.

    Any Korean word may follow a Han letter (美국무부), only particles a Korean one (북이, no 북부).
    """
    if start and whole[start - 1].isalnum() and whole[start - 1] not in _TOWARDS and is_unspaced(whole[start]):
        return False
    return not is_hangul(whole[end - 1]) or _tail(particles).match(whole, end) is not None


@lru_cache(maxsize=8)
def _tail(particles: frozenset[str]) -> re.Pattern[str]:
    """What may stand between a word and the next mark."""
    longest_first = "|".join(map(re.escape, sorted(particles, key=lambda one: (-len(one), one))))
    return re.compile(f"(?:{longest_first})?(?![^\\W_\u318d])")
