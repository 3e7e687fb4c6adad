"""The law of what is materially new about a story: what a person who was told of it before would want to hear.

Stories ask it of a story before and after an article; alerts ask it of what one channel was told and the story
as it is now. Both rooms stand on this one law, so that they never disagree.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from monitor.model import SEVERITIES, STATUSES, ActorCode, Hit, Material, Names, Said, Severity, Status, Story

MORE = 1.25
"""A quantity is new from this factor on above the highest told in its unit (ARCHITECTURE.md, "Material change")."""

_PLAIN = {
    "asserted": "reported as fact",
    "alleged": "alleged",
    "denied": "denied",
    "hypothetical": "planned or possible",
    "historical": "told as background",
}
_WORDS = {"asserted": "stated", "alleged": "alleged", "denied": "denied", "hypothetical": "planned or possible"}
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


class Known(Protocol):
    """What is known of a story: by a channel that was told (`Told`), or by the story itself."""

    @property
    def said(self) -> frozenset[Said]:
        """The statuses told, each with its side."""

    @property
    def severity(self) -> Severity:
        """The highest severity told."""

    @property
    def quantities(self) -> Mapping[str, float]:
        """The highest value told, by unit."""


_FIRMNESS: Mapping[Status, int] = {"historical": 0, "hypothetical": 1, "alleged": 2, "asserted": 3}
"""How sure it is that it happened. A denial is no degree of that."""


def said_of(hit: Hit) -> frozenset[Said]:
    """What a hit says and who says so: one for each speaker that is no medium, or one of the outlet's own."""
    speakers = [code for code in hit.attribution if code not in hit.agencies]
    return frozenset(Said(status=hit.status, side=str(code)) for code in speakers) or frozenset(
        {Said(status=hit.status)}
    )


def new_sayings(before: Iterable[Said], after: Iterable[Said], parties: Collection[ActorCode]) -> frozenset[Said]:
    """What of `after` a reader who knows `before` would call news.

    A denial by a side that has not denied it yet. A party's word that it is so, once. Of anybody else what is firmer
    than all that was told: done after planned, a fact after a claim; and a claim by a further side, while it is a
    claim. What is less firm adds nothing, nor does background.
    """
    told = frozenset(before)
    return frozenset(said for said in frozenset(after) - told if _is_news(said, told, parties))


def _is_news(said: Said, told: frozenset[Said], parties: Collection[ActorCode]) -> bool:
    if said.status == "historical":
        return False
    if said.status == "denied":
        return bool(said.side) or all(one.status != "denied" for one in told)
    firmest = max((_FIRMNESS[one.status] for one in told if one.status != "denied"), default=0)
    if said.status == "asserted" and said.side in parties:
        return True
    firmness = _FIRMNESS[said.status]
    is_further_side = said.status == "alleged" and said.side and firmness == firmest
    return firmness > firmest or bool(is_further_side)


def material_since(told: Known, story: Story, names: Names) -> tuple[tuple[Material, str], ...]:
    """What of the story is materially new to somebody who knows `told`, in words: old -> new. Denials come first."""
    found: list[tuple[Material, str]] = []
    old = sayings_in_words(told.said, story.parties, names)
    for said in sorted(new_sayings(told.said, story.said, story.parties), key=_order):
        new = saying_in_words(said, story.parties, names)
        found.append((_kind(said, story), f"status: {old} -> now also {new}" if old else f"status: {new}"))
    if SEVERITIES.index(story.severity) > SEVERITIES.index(told.severity):
        found.append(("severity", f"severity: {told.severity} -> {story.severity}"))
    for unit, value in sorted(story.quantities.items()):
        highest = told.quantities.get(unit)
        if highest is not None and value > highest and value >= highest * MORE:
            found.append(("quantity", f"{unit}: {number_in_words(highest)} -> {number_in_words(value)}"))
    return tuple(found)


def _kind(said: Said, story: Story) -> Material:
    if said.status == "denied":
        return "denial"
    if said.status == "asserted" and said.side in story.parties:
        return "party-confirms"
    return "status"


def _order(said: Said) -> tuple[bool, int, str]:
    """Denials first, then from the firmest status to the least firm, then by side."""
    return (said.status != "denied", STATUSES.index(said.status), said.side)


def sayings_in_words(said: Iterable[Said], parties: frozenset[ActorCode], names: Names) -> str:
    """All that was said of the event itself, for example "alleged (South Korea), denied (Russia)"."""
    told = sorted((one for one in said if one.status != "historical"), key=lambda one: _order(one)[1:])
    return ", ".join(saying_in_words(one, parties, names) for one in told)


def saying_in_words(said: Said, parties: frozenset[ActorCode], names: Names) -> str:
    """A status with its side in a few words: "denied (Russia)", "reported as fact"."""
    if not said.side or said.status == "historical":
        return _PLAIN[said.status]
    is_own_word = said.status == "asserted" and said.side in parties
    word = "confirmed" if is_own_word else _WORDS[said.status]
    return f"{word} ({names.of(ActorCode(said.side))})"


def number_in_words(value: float) -> str:
    """A number as a desk writes it: 11,000, 1.5, 320 million."""
    for scale, word in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.2f}".rstrip("0").rstrip(".") + f" {word}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")
