"""How often a rule is right, by people's verdicts: a share and how sure it is. Pure."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.96
"""Of the normal distribution, for an interval that holds the true share 95 times in 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Right among all that were judged, and the bounds of the 95 % interval; all from 0 to 1, None before a verdict."""

    right: int
    wrong: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


def precision_of(right: int, wrong: int) -> Precision:
    """The share of right verdicts with its interval, which holds for few of them as well.

    Method: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    total = right + wrong
    if not total:
        return Precision(right=0, wrong=0)
    share = right / total
    spread = _Z * sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    middle, scale = share + _Z**2 / (2 * total), 1 + _Z**2 / total
    return Precision(
        right=right,
        wrong=wrong,
        share=share,
        low=max((middle - spread) / scale, 0.0),
        high=min((middle + spread) / scale, 1.0),
    )
