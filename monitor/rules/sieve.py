"""Which rules are worth running on an article: those whose every need some word of one sentence meets.

A need is a set of keys (spans.Key) of which a sentence must hold at least one; equal needs of all rules are one group
and counted once. Every group gets a mask of sentences as bits, and an entry lives where the masks of its groups
overlap. Nothing is lost: a sentence that the sieve drops lacks a word without which the entry can't hold. It may
let through too much (a name in the wrong case, one inside a longer name); the operators look again.

Two ways, equal in what they give: plain dicts where little was found or there are few rules, arrays elsewhere. By
measure (bench/) the arrays cost some 40 µs before they begin and then little for each rule.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from monitor.rules.spans import Key

Needs = tuple[frozenset[Key], ...]

Found = tuple[int, int, int]
"""A needle's number, its first byte and the one behind its last."""

PLAIN_LIMIT = 150
"""Finds, groups and entries looked at in plain Python (some 0.15 µs each) that cost what arrays of entries cost."""
COUNTED_LIMIT = 400
"""Finds, each as often as there are groups that hold its words, from which on they are counted by arrays too."""
_NEVER = 1 << 62
_BLOCK = 64
"""Sentences of a mask in an array; a longer article is sieved block by block."""
_ALL = (1 << _BLOCK) - 1

Numbers = npt.NDArray[np.int64]


class _Lists:
    """Lists of numbers as arrays, one behind the other: those of many at once are gathered without a loop."""

    def __init__(self, lists: Sequence[Collection[int]]) -> None:
        self._sizes = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
        self._offsets = np.cumsum(self._sizes) - self._sizes
        self._flat = np.fromiter(chain.from_iterable(lists), dtype=np.int64)

    def of(self, which: Numbers) -> tuple[Numbers, Numbers]:
        """The numbers of some lists, one list behind the other, and how many each has."""
        sizes = self._sizes[which]
        behind = sizes.cumsum()
        places = np.arange(behind[-1] if len(behind) else 0)
        places += (self._offsets[which] - behind + sizes).repeat(sizes)
        return self._flat[places], sizes


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
        self._holders = sum(map(len, self._groups)) / max(sum(map(bool, self._groups)), 1)
        self._share = self._holders * (1 + len(self._rows) / max(len(groups), 1))
        self._lay_out()

    def _lay_out(self) -> None:
        """The same as arrays: a line for each entry, a column for each need, group `count` standing for none."""
        width = max((len(wanted) for wanted in self._rows), default=0) or 1
        padded = [[*wanted, *[self._count] * (width - len(wanted))] for wanted in self._rows]
        self._lines = np.array(padded, dtype=np.int64).reshape(len(self._rows), width)
        self._is_first = np.array([group in self._by_first for group in range(self._count)], dtype=np.bool_)
        self._groups_of = _Lists(self._groups)
        self._rows_of = _Lists([self._by_first.get(group, ()) for group in range(self._count)])

    def survivors(self, found: Sequence[Found], starts: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The entries to run, ascending, each with its sentences as bits.

        `found` is in the order of the ends; `starts` are the first bytes of the sentences. O(found + sentences +
        entries whose rarest group was found).
        """
        if len(found) * self._share < PLAIN_LIMIT:
            alive = self._by_dicts(self._masks(found, starts))
        else:
            alive = {}
            for base, groups, masks in self._blocks(found, starts):
                for row, mask in self._by_arrays(groups, masks):
                    alive[row] = alive.get(row, 0) | mask << base
        for row in self._always:
            alive[row] = (1 << len(starts)) - 1
        return ((self._entries[row], alive[row]) for row in sorted(alive) if alive[row])

    # A needle's second byte is in its first letter (a space stands before it, or the letter is longer), its last one
    # in the last letter or right behind it. What begins in another sentence than it ends in is not counted.

    def _masks(self, found: Sequence[Found], starts: Sequence[int]) -> dict[int, int]:
        """The sentences of every group, as bits."""
        masks: dict[int, int] = {}
        start, bit, coming = 0, 0, 0
        following = starts[0] if starts else _NEVER
        for pin, begin, end in found:
            groups = self._groups[pin]
            if not groups:
                continue
            while end > following:
                start, bit, coming = following, 1 << coming, coming + 1
                following = starts[coming] if coming < len(starts) else _NEVER
            if begin >= start - 1:
                for group in groups:
                    masks[group] = masks.get(group, 0) | bit
        return masks

    def _by_dicts(self, masks: Mapping[int, int]) -> dict[int, int]:
        alive: dict[int, int] = {}
        for group, first in masks.items():
            for row in self._by_first.get(group, ()):
                mask = first
                for other in self._rows[row][1:]:
                    mask &= masks.get(other, 0)
                if mask:
                    alive[row] = mask
        return alive

    def _blocks(
        self, found: Sequence[Found], starts: Sequence[int]
    ) -> Iterator[tuple[int, Numbers, npt.NDArray[np.uint64]]]:
        """For each 64 sentences: the first of them, the groups found there (or anywhere), the masks of all groups."""
        if len(found) * self._holders < COUNTED_LIMIT:
            plain = self._masks(found, starts)
            groups = np.fromiter(plain, dtype=np.int64, count=len(plain))
            for base in range(0, len(starts), _BLOCK):
                masks = self._no_masks()
                masks[groups] = [mask >> base & _ALL for mask in plain.values()]
                yield base, groups, masks
            return
        three = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found)).reshape(-1, 3)
        firsts = np.array([-_NEVER, *starts], dtype=np.int64)
        sentence = firsts.searchsorted(three[:, 2]) - 1  # counted from 1; what belongs to none gets 0
        sentence[three[:, 1] + 1 < firsts[sentence]] = 0
        for base in range(0, len(starts), _BLOCK):
            here = (sentence > base) & (sentence <= base + _BLOCK)
            groups, sizes = self._groups_of.of(three[here, 0])
            masks = self._no_masks()
            bits = np.left_shift(np.uint64(1), (sentence[here] - 1 - base).astype(np.uint64))
            np.bitwise_or.at(masks, groups, bits.repeat(sizes))
            yield base, groups, masks

    def _no_masks(self) -> npt.NDArray[np.uint64]:
        masks = np.zeros(self._count + 1, dtype=np.uint64)
        masks[-1] = _ALL
        return masks

    def _by_arrays(self, groups: Numbers, masks: npt.NDArray[np.uint64]) -> Iterable[tuple[int, int]]:
        """The rows whose first group was found, with what the masks of their groups share; some twice, some with 0."""
        rows = self._rows_of.of(groups[self._is_first[groups]])[0]
        of_rows = masks[self._lines[rows]]
        mask = of_rows[:, 0]
        for column in range(1, of_rows.shape[1]):
            mask = mask & of_rows[:, column]
        kept = mask.nonzero()[0]
        return zip(rows[kept].tolist(), mask[kept].tolist(), strict=True)
