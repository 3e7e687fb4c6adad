"""`word`, `"a phrase"`, `word*`, `"=exact"`: words as in lexicons."""

from dataclasses import dataclass

from monitor.rules.lexicons import Term
from monitor.rules.operators.node import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Node):
    """A word or phrase written in the pattern itself; its forms are those of the language of the text."""

    term: Term
