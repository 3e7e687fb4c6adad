"""What is claimed of one act while a grammar walks over its sentence."""

from collections.abc import Sequence

from monitor.rules.grammars.judgement import Claim, Side
from monitor.rules.sentence import Mention


class Claims:
    """Collects who has a claim to which side, who can be neither, and where it happens."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self.claims: dict[tuple[int, Side], Claim] = {}
        self.refused: dict[int, str] = {}
        self.unnamed: set[Side] = set()
        self.location: int | None = None

    def claim(self, mention: int, side: Side, strength: float, reason: str) -> None:
        """Note a claim of some strength, unless the mention has a better one to that side; a place is only where."""
        if self._mentions[mention].is_place:
            if self.location is None:
                self.location = mention
            return
        old = self.claims.get((mention, side))
        if strength > 0 and (old is None or old.strength < strength):
            self.claims[mention, side] = Claim(strength=strength, reason=reason)
