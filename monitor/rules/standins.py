"""Whom "the two countries" means: two states that the article leaves no doubt about.

A phrase of the language's class `pair` is sought in the folded text, and stands there for two states by needles that
name them elsewhere in the article, so that sieve, operators and grammar meet it like any mention. In doubt it stands
for nobody.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.rules.compile import Meaning, Name
from monitor.rules.sieve import Found
from monitor.text.fold import needle

_BACK = 2
"""Sentences looked back for the two; what was said further back is no longer meant."""
_PAIR = 2
_SPACE = 32
_END = 1 << 62

States = dict[str, int | None]
"""The states of a sentence by code, each with a needle there that names it in whatever writing, if there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A folded text with what the search found in it, ascending by end. `starts` are the sentences' first bytes."""

    folded: bytes
    starts: Sequence[int]
    found: Sequence[Found]
    meanings: Sequence[Meaning]
    needles: Sequence[bytes]
    written: Callable[[int, int, int], str]
    """A find (needle, begin, end) as the article writes it."""


def stand_ins(text: Searched, phrases: frozenset[str]) -> list[Found]:
    """The finds to add to those of the search: two for each phrase that means two states.

    They are the only two of one of the two sentences before it, the nearest that names more than one; else of the title
    (the first sentence). A sentence that names two itself needs none. O(text) where no phrase occurs.
    """
    added: list[Found] = []
    spare: dict[str, int | None] = {}
    for begin, end in _places(text.folded, phrases):
        index = bisect_right(text.starts, begin) - 1
        for code, pin in _pair(text, index).items() if index >= 0 else ():
            if pin is None and code not in spare:
                spare[code] = _any_needle(text, code)
            stand = spare[code] if pin is None else pin
            if stand is not None:
                name = text.needles[stand]
                added.append((stand, begin - (name[0] == _SPACE), end + (name[-1] == _SPACE)))
    return added


def _any_needle(text: Searched, code: str) -> int | None:
    """A needle that names a state in whatever writing, where the article uses none ("US", "China")."""
    for pin, meaning in enumerate(text.meanings):
        names = meaning.names
        is_of_it = len(names) == 1 and _is_state(names[0]) and names[0].actor.code == code and not names[0].cased
        if is_of_it and _is_name_alone(meaning):
            return pin
    return None


def _is_state(name: Name) -> bool:
    return name.actor.kind == "state" and name.actor.code is not None and not (name.is_weak or name.is_never)


def _is_name_alone(meaning: Meaning) -> bool:
    """Whether a needle says nothing besides: 방한 (a visit to Korea) would bring its visit along."""
    return not (meaning.keys or meaning.cased or meaning.apart or meaning.begun or meaning.cues)


def _places(folded: bytes, phrases: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand as whole words, without the spaces around them."""
    for opening, beginning in _sought(phrases):
        if opening not in folded:
            continue
        for sought, inner in beginning:
            at = folded.find(sought)
            while at >= 0:
                yield at + inner, at + len(sought) - 1
                at = folded.find(sought, at + 1)


@lru_cache(maxsize=8)
def _sought(phrases: frozenset[str]) -> tuple[tuple[bytes, tuple[tuple[bytes, int], ...]], ...]:
    """The phrases as they are searched for, each with where the part begins that stands for the two.

    Of "between [the countries]" that is what stands in brackets; the words before it only have to be there. They stand
    under the letters with which they open, as far as those of one first word agree ("both c", "both n": " both "): most
    articles hold none of the few openings, and are asked for nothing else.
    """
    sought: dict[bytes, list[tuple[bytes, int]]] = {}
    for phrase in sorted(phrases):
        before, _, meant = phrase.rpartition("[")
        pin = needle(f"{before}{meant.removesuffix(']')}")
        first = pin[: pin.find(b" ", 1) + 1] or pin
        sought.setdefault(first, []).append((pin, len(needle(before)) if before else 1))
    return tuple((_opening([pin for pin, _ in of_first]), tuple(of_first)) for of_first in sought.values())


def _opening(pins: Sequence[bytes]) -> bytes:
    """The bytes with which all of them begin."""
    least, most = min(pins), max(pins)
    return next((least[:size] for size in range(len(least), 0, -1) if most.startswith(least[:size])), b"")


def _pair(text: Searched, index: int) -> States:
    """The two states that a phrase in sentence `index` means; none in doubt, or where the sentence names two."""
    if len(_states(text, index)) >= _PAIR:
        return {}
    for before in range(index - 1, max(index - 1 - _BACK, -1), -1):
        states = _states(text, before)
        if len(states) >= _PAIR:
            return states if len(states) == _PAIR else {}
    states = _states(text, 0) if index else {}
    return states if len(states) == _PAIR else {}


def _states(text: Searched, index: int) -> States:
    """The states that a sentence names, by adjective and capital too, but not by a person."""
    names = list(_names(text, index))
    states: States = {}
    for begin, end, pin, name in names:
        is_inside = any(a <= begin and end <= b and b - a > end - begin for a, b, _, _ in names)
        is_written = (not name.cased or text.written(pin, begin, end) == name.cased) and not name.is_apart
        if _is_state(name) and name.actor.code and is_written and not is_inside:
            known = states.get(name.actor.code)
            is_fit = known is None and not name.cased and _is_name_alone(text.meanings[pin])
            states[name.actor.code] = pin if is_fit else known
    return states


def _names(text: Searched, index: int) -> Iterator[tuple[int, int, int, Name]]:
    """The names found in a sentence, each with its first byte, the one behind its last, and its needle."""
    start, stop = text.starts[index], text.starts[index + 1] if index + 1 < len(text.starts) else _END
    for at in range(bisect_left(text.found, start, key=lambda one: one[2]), len(text.found)):
        pin, begin, end = text.found[at]
        if end > stop:
            break
        meaning = text.meanings[pin]
        if begin + 1 >= start:
            for name in meaning.names:
                yield begin, end, pin, name
