"""Values that must not be read over a shoulder: passwords, tokens, addresses that hold them."""

from dataclasses import dataclass, field
from typing import Final

HIDDEN: Final = "***"


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that prints as ***. Only `reveal` gives it away, so a search for that word finds every use."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return HIDDEN

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return format(HIDDEN, spec)
