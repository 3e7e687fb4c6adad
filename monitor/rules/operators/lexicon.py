"""`#troops`: any entry of a lexicon."""

from dataclasses import dataclass

from monitor.rules.operators.node import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconRef(Node):
    """A lexicon's id, without the #."""

    name: str
