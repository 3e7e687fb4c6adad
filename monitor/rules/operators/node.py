"""What all operators share: a node of a pattern's tree, and where one was found."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
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
