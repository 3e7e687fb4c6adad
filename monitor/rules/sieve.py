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

Found = tuple[int, int, int]
"""A needle's number, its first byte and the one behind its last."""

PLAIN_LIMIT = 150
"""Groups and entries looked at in plain Python (some 0.15 µs each) that cost what the arrays cost."""
_NEVER = 1 << 62
_BLOCK = 64
"""Sentences of a mask in an array; a longer article is sieved block by block."""


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
        self._is_held = bytes(map(bool, self._groups))
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
        holders = sum(map(len, self._groups)) / max(sum(map(bool, self._groups)), 1)
        self._share = holders * (1 + len(self._rows) / max(len(groups), 1))
        self._lay_out()

    def _lay_out(self) -> None:
        """The same as arrays: a column for each need of an entry, group `count` standing for none."""
        width = max((len(wanted) for wanted in self._rows), default=0) or 1
        padded = [[*wanted, *[self._count] * (width - len(wanted))] for wanted in self._rows]
        self._columns = np.array(padded, dtype=np.int64).reshape(len(self._rows), width).T.copy()
        self._sizes = np.fromiter(map(len, self._groups), dtype=np.int64, count=len(self._groups))
        self._offsets = np.cumsum(self._sizes) - self._sizes
        self._flat = np.fromiter((group for of_pin in self._groups for group in of_pin), dtype=np.int64)

    def survivors(self, found: Iterable[Found], starts: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The entries to run, ascending, each with its sentences as bits.

        `found` is in the order of the ends; `starts` are the first bytes of the sentences. O(found + sentences +
        entries whose rarest group was found), or all entries with a far smaller factor.
        """
        needles = self._masks(found, starts)
        is_plain = len(needles) * self._share < PLAIN_LIMIT
        alive = self._by_dicts(needles, len(starts)) if is_plain else self._by_arrays(needles, len(starts))
        return ((self._entries[row], mask) for row, mask in alive)

    def _masks(self, found: Iterable[Found], starts: Sequence[int]) -> dict[int, int]:
        """The sentences of every needle that a group holds, as bits.

        A needle's second byte is in its first letter (a space stands before it, or the letter is longer), its last
        one in the last letter or right behind it. What begins in another sentence than it ends in is not counted.
        """
        masks: dict[int, int] = {}
        is_held = self._is_held
        start, bit, coming = 0, 0, 0
        following = starts[0] if starts else _NEVER
        for pin, begin, end in found:
            if not is_held[pin]:
                continue
            while end > following:
                start, bit, coming = following, 1 << coming, coming + 1
                following = starts[coming] if coming < len(starts) else _NEVER
            if begin >= start - 1:
                masks[pin] = masks.get(pin, 0) | bit
        return masks

    def _by_dicts(self, needles: Mapping[int, int], sentences: int) -> Iterable[tuple[int, int]]:
        masks: dict[int, int] = {}
        for pin, mask in needles.items():
            for group in self._groups[pin]:
                masks[group] = masks.get(group, 0) | mask
        alive = [(row, (1 << sentences) - 1) for row in self._always]
        for group, first in masks.items():
            for row in self._by_first.get(group, ()):
                mask = first
                for other in self._rows[row][1:]:
                    mask &= masks.get(other, 0)
                if mask:
                    alive.append((row, mask))
        alive.sort()
        return alive

    def _by_arrays(self, needles: Mapping[int, int], sentences: int) -> Iterable[tuple[int, int]]:
        pins = np.fromiter(needles, dtype=np.int64, count=len(needles))
        if sentences <= _BLOCK:
            return self._in_block(pins, needles.values(), sentences)
        found: dict[int, int] = defaultdict(int)
        for base in range(0, sentences, _BLOCK):
            size = min(_BLOCK, sentences - base)
            whole = (1 << size) - 1
            for row, mask in self._in_block(pins, [one >> base & whole for one in needles.values()], size):
                found[row] |= mask << base
        return sorted(found.items())

    def _in_block(self, pins: npt.NDArray[np.int64], bits: Iterable[int], sentences: int) -> Iterable[tuple[int, int]]:
        """The rows of at most 64 sentences, and their masks: all by their first group, the living by the others."""
        sizes = self._sizes[pins]
        mine = np.repeat(np.fromiter(bits, dtype=np.uint64, count=len(pins)), sizes)
        # of every needle the stretch of `_flat` that holds its groups, one stretch behind the other
        behind = np.cumsum(sizes)
        groups = self._flat[np.arange(len(mine)) + np.repeat(self._offsets[pins] - behind + sizes, sizes)]
        masks = np.zeros(self._count + 1, dtype=np.uint64)
        np.bitwise_or.at(masks, groups, mine)
        masks[-1] = (1 << sentences) - 1
        mask = masks[self._columns[0]]
        rows = np.flatnonzero(mask)
        mask = mask[rows]
        for column in self._columns[1:]:
            mask &= masks[column[rows]]
            kept = np.flatnonzero(mask)
            rows, mask = rows[kept], mask[kept]
            if not len(rows):
                break
        return zip(rows.tolist(), mask.tolist(), strict=True)
