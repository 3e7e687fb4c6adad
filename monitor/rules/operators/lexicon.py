"""`#troops`: any entry of a lexicon."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node
from monitor.rules.spans import Interval, Key, View


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconRef(Node):
    """A lexicon's id, without the #."""

    name: str

    def keys(self) -> tuple[Key, ...]:
        """The one key."""
        return (("lexicon", self.name),)

    def find(self, view: View) -> list[Interval]:
        """Every place of it."""
        return [Interval(*span) for span in view.spans_of(("lexicon", self.name))]
