"""What all operators share: a node of a pattern's tree, and where one was found."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.rules.spans import Interval, Key, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(ABC):
    """A node of a pattern. `at` is its stretch of the pattern's text (character offsets), for errors and `explain`."""

    at: tuple[int, int] = (0, 0)

    def children(self) -> tuple["Node", ...]:
        """The operands, in the order of the text."""
        return ()

    def walk(self) -> Iterator["Node"]:
        """This node and all below it."""
        yield self
        for child in self.children():
            yield from child.walk()

    @property
    def is_placeless(self) -> bool:
        """Whether the node is true or false of an article, with no place of its own in the sentence."""
        return False

    @abstractmethod
    def find(self, view: View) -> list[Interval]:
        """Where the node holds in a sentence: minimal intervals, by start."""

    def holds(self, views: tuple[View, ...]) -> bool:
        """Whether the node is true of a part of an article, given as its sentences."""
        return any(self.find(view) for view in views)

    def holds_anyway(self, view: View) -> bool:
        """Whether the node is true of the sentence by a branch that has no place in it."""
        return self.is_placeless and self.holds((view,))

    def keys(self) -> tuple[Key, ...]:
        """The words that this node itself needs found, its operands' apart."""
        return ()

    def needs(self) -> tuple[frozenset[Key], ...]:
        """What a sentence must hold for the node to hold in it: at least one key of every set.

        The sieve reads this; a node that can hold without any word of its sentence gives no set.
        """
        keys = self.keys()
        return (frozenset(keys),) if keys else ()
