"""`word`, `"a phrase"`, `word*`, `"=exact"`: words as in lexicons."""

from dataclasses import dataclass

from monitor.rules.lexicons import Term
from monitor.rules.operators.node import Node
from monitor.rules.spans import Interval, Key, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Node):
    """A word or phrase written in the pattern itself; its forms are those of the language of the text."""

    term: Term

    def keys(self) -> tuple[Key, ...]:
        """The one key."""
        return (("word", str(self.term)),)

    def find(self, view: View) -> list[Interval]:
        """Every place of it."""
        return [Interval(*span) for span in view.spans_of(("word", str(self.term)))]
