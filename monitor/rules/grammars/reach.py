"""Which words an act stands in reach of, and what its form alone says of its status."""

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Reach:
    """Where a cue must stand to tell the status of the act, and what form alone tells; filled while a grammar walks."""

    governing: set[int] = field(default_factory=set)
    near: set[int] = field(default_factory=set)
    background: set[int] = field(default_factory=set)
    is_negated: bool = False
    is_future: bool = False
    is_past_before: bool = False
