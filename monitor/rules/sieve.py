"""Which rules are worth running on an article: those whose every need some word of one sentence meets.

A need is a set of keys (spans.Key) of which a sentence must hold at least one; equal needs of all rules are one group
and counted once. Every group gets a mask of sentences as bits, and an entry lives where the masks of its groups
overlap. Nothing is lost: a sentence that the sieve drops lacks a word without which the entry can't hold. It may
let through too much (a name in the wrong case, one inside a longer name); the operators look again.

Two ways, equal in what they give: plain dicts where little was found or there are few rules, arrays elsewhere. By
measure (bench/) the arrays cost some 30 µs before they begin and then little for each rule.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from monitor.rules.spans import Key

Needs = tuple[frozenset[Key], ...]

PLAIN_LIMIT = 160
"""Steps in plain Python (a word found, an entry looked at; some 0.2 µs each) that cost what the arrays cost."""
_BLOCK = 64
"""Sentences of a mask; a longer article is sieved block by block."""

_Integers = npt.NDArray[np.int64]


class Sieve:
    """The entries that one language asks, ready to be sieved. Made once a rule set and language."""

    def __init__(self, needs: Mapping[int, Needs], keys: Sequence[Collection[Key]]) -> None:
        """`needs` by the index of the entry; `keys` by needle: all that it may stand for."""
        groups: dict[frozenset[Key], int] = {}
        for need in (need for entry in needs.values() for need in entry):
            groups.setdefault(need, len(groups))
        holding: dict[Key, list[int]] = defaultdict(list)
        for need, group in groups.items():
            for key in need:
                holding[key].append(group)
        self._groups: list[tuple[int, ...]] = [
            tuple(dict.fromkeys(group for key in of_pin for group in holding.get(key, ()))) if of_pin else ()
            for of_pin in keys
        ]
        common = [0] * len(groups)
        for of_pin in self._groups:
            for group in of_pin:
                common[group] += 1
        # the group with the fewest words first: of those known before the text is, the one most likely to be absent
        self._entries = tuple(needs)
        self._rows = [
            sorted({groups[need] for need in entry}, key=lambda group: (common[group], group))
            for entry in needs.values()
        ]
        self._always = [row for row, wanted in enumerate(self._rows) if not wanted]
        self._by_first: dict[int, list[int]] = defaultdict(list)
        for row, wanted in enumerate(self._rows):
            if wanted:
                self._by_first[wanted[0]].append(row)
        self._count = len(groups)
        self._share = 1 + len(self._rows) / max(len(groups), 1)
        self._lay_out()

    def _lay_out(self) -> None:
        """The same as arrays: a column for each need of an entry, group `count` standing for none."""
        width = max((len(wanted) for wanted in self._rows), default=0) or 1
        padded = [[*wanted, *[self._count] * (width - len(wanted))] for wanted in self._rows]
        self._columns = np.array(padded, dtype=np.int64).reshape(len(self._rows), width).T.copy()
        self._sizes = np.fromiter(map(len, self._groups), dtype=np.int64, count=len(self._groups))
        self._offsets = np.cumsum(self._sizes) - self._sizes
        self._flat = np.fromiter((group for of_pin in self._groups for group in of_pin), dtype=np.int64)

    def is_plain(self, found: int) -> bool:
        """Whether plain Python is the cheaper way for so many words found."""
        return found * self._share < PLAIN_LIMIT

    def plain(self, found: Iterable[tuple[int, int]], sentences: int) -> Iterator[tuple[int, int]]:
        """The entries to run, each with its sentences as bits, ascending; `found` is needles with their sentences.

        O(words found + entries whose rarest group was found).
        """
        masks: dict[int, int] = {}
        groups = self._groups
        for pin, sentence in found:
            for group in groups[pin]:
                masks[group] = masks.get(group, 0) | 1 << sentence
        alive = [(row, (1 << sentences) - 1) for row in self._always]
        for group, first in masks.items():
            for row in self._by_first.get(group, ()):
                mask = first
                for other in self._rows[row][1:]:
                    mask &= masks.get(other, 0)
                if mask:
                    alive.append((row, mask))
        for row, mask in sorted(alive):
            yield self._entries[row], mask

    def arrays(self, pins: _Integers, sentences_of: _Integers, sentences: int) -> Iterator[tuple[int, int]]:
        """The same for needles and their sentences as arrays, the sentences ascending. O(words found + entries)."""
        if sentences <= _BLOCK:
            rows, masks = self._in_block(pins, sentences_of, sentences)
            yield from zip((self._entries[row] for row in rows), masks, strict=True)
            return
        found: dict[int, int] = defaultdict(int)
        for base in range(0, sentences, _BLOCK):
            low, high = np.searchsorted(sentences_of, (base, base + _BLOCK))
            size = min(_BLOCK, sentences - base)
            for row, mask in zip(*self._in_block(pins[low:high], sentences_of[low:high] - base, size), strict=True):
                found[row] |= mask << base
        for row in sorted(found):
            yield self._entries[row], found[row]

    def _in_block(self, pins: _Integers, sentences_of: _Integers, sentences: int) -> tuple[list[int], list[int]]:
        """The rows of at most 64 sentences, and their masks."""
        masks = np.zeros(self._count + 1, dtype=np.uint64)
        masks[-1] = (1 << sentences) - 1
        sizes = self._sizes[pins]
        which = np.repeat(np.arange(len(pins)), sizes)
        before = np.cumsum(sizes) - sizes
        groups = self._flat[np.arange(len(which)) + (self._offsets[pins] - before)[which]]
        bits = np.left_shift(np.uint64(1), sentences_of.astype(np.uint64))
        np.bitwise_or.at(masks, groups, bits[which])
        mask = masks[self._columns[0]]
        rows = np.flatnonzero(mask)
        mask = mask[rows]
        for column in self._columns[1:]:
            mask &= masks[column[rows]]
            kept = np.flatnonzero(mask)
            rows, mask = rows[kept], mask[kept]
            if not len(rows):
                break
        return rows.tolist(), mask.tolist()
