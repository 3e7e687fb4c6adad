"""Who is source and who is target of an act: the pattern proposes, grammar disposes.

The rule says which mentions could fill each side; the grammar of the language names some of them and refuses
others; where it is silent, order decides. No rule of any language stands here: see `grammars`.
"""

from monitor.model import ActorCode, Language
from monitor.rules.grammars import Judgement, Side, judge
from monitor.rules.sentence import Assignment, Core, Mention, Sentence, Sides

_SIDES: tuple[Side, Side] = ("source", "target")
_NAMED = 1.0
"""A claim of this strength names; a weaker one only hints, and order may overrule it."""
_AT_HAND = 14
"""Words from the act within which order may name whom grammar does not; further off it is another's act."""
_FIRM = 2.3
"""A side that grammar gave this firmly to somebody the rule does not want is not filled by order."""


def assign(
    sentence: Sentence,
    core: Core,
    sides: Sides,
    *,
    is_reciprocal: bool,
    is_active_only: bool,
    language: Language,
) -> Assignment | None:
    """The roles of the act at `core`, each with its reason; None where a required one has nobody left.

    A mention that grammar names for one side cannot fill the other, a speaker or a place fills neither, and one
    code never fills both. O(words + candidates squared), candidates being the few mentions of a sentence.
    """
    judgement = judge(sentence, core, language, is_reciprocal=is_reciprocal)
    if judgement.is_foreign or (is_active_only and judgement.is_passive):
        return None
    choice = _Choice(sentence, core, sides, judgement, is_reciprocal=is_reciprocal)
    pair = choice.best()
    if pair is None:
        return None
    source, target = pair
    return Assignment(
        source=source,
        target=target,
        location=_location(sentence, sides, judgement, taken=(source, target)),
        speakers=judgement.speakers,
        reasons=choice.reasons(source, target),
        certainty=choice.certainty(source, target),
    )


def why_refused(
    sentence: Sentence, core: Core, sides: Sides, *, is_reciprocal: bool, is_active_only: bool, language: Language
) -> dict[str, str]:
    """For each side that nobody could fill, why: `{"target": '"Kyiv": after the object'}`; "core" where it is no core.

    Answers where `assign` answers None, by the same judgement. Empty where both sides have candidates that are no
    two parties: then "parties" says so.
    """
    judgement = judge(sentence, core, language, is_reciprocal=is_reciprocal)
    if judgement.is_foreign:
        return {"core": "the object belongs to another verb"}
    if is_active_only and judgement.is_passive:
        return {"core": 'the act is in the passive, and the rule says voice = "active"'}
    choice = _Choice(sentence, core, sides, judgement, is_reciprocal=is_reciprocal)
    told: dict[str, str] = {}
    wanted: tuple[tuple[Side, frozenset[int] | None], ...] = (("source", sides.source), ("target", sides.target))
    for side, mentions in wanted:
        if mentions is not None and side not in sides.optional and not choice.candidates(side):
            told[side] = choice.why_nobody(side, mentions)
    if is_reciprocal:
        return told or {"parties": "it takes two parties, and the sentence names one"}
    return told or {"parties": "one actor can't be both source and target"}


class _Choice:
    """The candidates of both sides with what grammar says of them, and the best pair among them."""

    def __init__(
        self, sentence: Sentence, core: Core, sides: Sides, judgement: Judgement, *, is_reciprocal: bool
    ) -> None:
        self.sentence = sentence
        self.core = core
        self.sides = sides
        self.judgement = judgement
        self.is_reciprocal = is_reciprocal
        self._strengths: dict[tuple[int, Side], float] = {}
        for (mention, side), claim in judgement.claims.items():
            for named in _SIDES if is_reciprocal else (side,):
                known = self._strengths.get((mention, named), 0.0 if is_reciprocal else claim.strength)
                self._strengths[mention, named] = max(known, claim.strength)

    def strength(self, mention: int, side: Side) -> float:
        """How firmly grammar names a mention for a side; in a reciprocal event for either."""
        return self._strengths.get((mention, side), 0.0)

    def candidates(self, side: Side) -> list[int]:
        """The mentions that can fill a side: wanted by the rule, and not refused by grammar."""
        wanted = self.sides.source if side == "source" else self.sides.target
        found = [mention for mention in sorted(wanted or ()) if not self.refusal(mention, side)]
        return [] if not self.is_reciprocal and self._is_given_away(side, found) else found

    def refusal(self, mention: int, side: Side) -> str:
        """Why grammar lets a mention not fill a side; empty where it may."""
        strength = self.strength(mention, side)
        if mention in self.judgement.refused and strength < _NAMED:
            return self.judgement.refused[mention]
        if self.sentence.mentions[mention].is_place:
            return "a place is neither side"
        is_by_order = not strength and not self.is_reciprocal and bool(self.judgement.claims)
        if is_by_order and self._distance(mention) > _AT_HAND:
            return f"grammar is silent, and it is more than {_AT_HAND} words away"
        other: Side = "target" if side == "source" else "source"
        if not self.is_reciprocal and self.strength(mention, other) > max(strength, _NAMED):
            return f"it is the {other}: {self.judgement.claims[mention, other].reason}"
        return ""

    def _is_given_away(self, side: Side, found: list[int]) -> bool:
        """Whether grammar gave the side to somebody else, so that none of these may take it by order alone."""
        if any(self.strength(mention, side) >= _NAMED for mention in found):
            return False
        if side in self.judgement.unnamed:
            return True
        firm = [
            mention
            for (mention, claimed), claim in self.judgement.claims.items()
            if claimed == side and claim.strength >= _FIRM
        ]
        if not firm:
            return False
        codes = {code for mention in found for code in self.sentence.mentions[mention].codes}
        return any(self.sentence.mentions[mention].codes.isdisjoint(codes) for mention in firm)

    def why_nobody(self, side: Side, mentions: frozenset[int]) -> str:
        """Why none of these mentions can fill a side, in words for `explain`."""
        refused = [(mention, self.refusal(mention, side)) for mention in sorted(mentions)]
        told = [f"{_quoted(self.sentence, mention)} is refused: {why}" for mention, why in refused if why]
        if any(not why for _, why in refused):
            holder = "somebody whom the rule does not name" if side in self.judgement.unnamed else "another actor"
            told.append(f"the {side} is {holder}, by grammar")
        return "; ".join(told)

    def best(self) -> tuple[int | None, int | None] | None:
        """The pair that grammar names most firmly, then the nearest, then the first in the text as source."""
        sources, targets = self.candidates("source"), self.candidates("target")
        needs_source = self.sides.source is not None
        needs_target = self.sides.target is not None
        pair = self._best_pair(sources, targets) if sources and targets else None
        if pair is not None:
            return pair
        may_lack_target = not needs_target or "target" in self.sides.optional
        may_lack_source = not needs_source or "source" in self.sides.optional
        if needs_source and sources and may_lack_target:
            return self._single(sources, "source"), None
        if needs_target and targets and may_lack_source:
            return None, self._single(targets, "target")
        return (None, None) if may_lack_source and may_lack_target else None

    def _best_pair(self, sources: list[int], targets: list[int]) -> tuple[int, int] | None:
        """The two parties of most worth; None where no two are apart. What one is worth is found out once."""
        mentions = self.sentence.mentions
        givers = [(one, self.strength(one, "source"), self._distance(one)) for one in sources]
        takers = [(one, self.strength(one, "target"), self._distance(one)) for one in targets]
        best: tuple[float, int, int] | None = None
        for source, named_source, from_source in givers:
            for target, named_target, from_target in takers:
                worth = 10.0 * (named_source + named_target)
                worth -= 0.02 * (from_source + from_target)
                if source > target and named_source < _NAMED and named_target < _NAMED:
                    worth -= 5.0
                rank = (worth, -source, -target)
                if (best is None or rank > best) and are_apart(mentions, source, target, may_share=self.is_reciprocal):
                    best = rank
        return None if best is None else (-best[1], -best[2])

    def _single(self, candidates: list[int], side: Side) -> int:
        return max(candidates, key=lambda mention: (self.strength(mention, side), -self._distance(mention), -mention))

    def _distance(self, mention: int) -> int:
        """Words between a mention and the nearer end of the core."""
        first, last = self.core.act
        if self.core.object is not None:
            first, last = min(first, self.core.object[0]), max(last, self.core.object[1])
        span = self.sentence.mentions[mention]
        if span.last <= first:
            return first - span.last
        return max(span.first - last, 0)

    def reasons(self, source: int | None, target: int | None) -> dict[str, str]:
        """Why each role was filled, or left empty."""
        return {"source": self._reason(source, "source"), "target": self._reason(target, "target")}

    def _reason(self, mention: int | None, side: Side) -> str:
        if mention is None:
            wanted = self.sides.source if side == "source" else self.sides.target
            return "not asked for" if wanted is None else "nobody left"
        claim = self.judgement.claims.get((mention, side))
        if claim is None and self.is_reciprocal:
            claim = self.judgement.claims.get((mention, "target" if side == "source" else "source"))
        return claim.reason if claim is not None else "order"

    def certainty(self, source: int | None, target: int | None) -> float:
        """1 where grammar named each role that is filled, 0.75 where one went by order, 0.5 where all did."""
        filled: list[tuple[int, Side]] = []
        if source is not None:
            filled.append((source, "source"))
        if target is not None:
            filled.append((target, "target"))
        if not filled:
            return 0.5
        return sum(1.0 if self.strength(mention, side) >= _NAMED else 0.5 for mention, side in filled) / len(filled)


def _quoted(sentence: Sentence, mention: int) -> str:
    one = sentence.mentions[mention]
    told = sentence.raw[one.first]
    for at in range(one.first + 1, one.last):
        told += (sentence.gaps[at] if sentence.gaps[at] in ("-", "–", "·") else " ") + sentence.raw[at]
    return f'"{told}"'


def are_apart(mentions: tuple[Mention, ...], source: int, target: int, *, may_share: bool) -> bool:
    """Whether two mentions can be two parties: different codes, or one list that names both."""
    if source == target:
        return may_share and len(mentions[source].codes) > 1
    left, right = mentions[source].codes, mentions[target].codes
    return bool(left and right) and (left != right or len(left) > 1)


def _location(
    sentence: Sentence, sides: Sides, judgement: Judgement, *, taken: tuple[int | None, int | None]
) -> int | None:
    """Where it happens: what grammar names among the mentions that the rule allows, else the first of them."""
    if sides.location is None:
        return None
    if judgement.location in sides.location and judgement.location not in taken:
        return judgement.location
    for mention in sorted(sides.location):
        if mention not in taken and any(actor.kind == "place" for actor in sentence.mentions[mention].actors):
            return mention
    return None


def codes_of(sentence: Sentence, *mentions: int | None) -> frozenset[ActorCode]:
    """The codes of some mentions together."""
    return frozenset(code for at in mentions if at is not None for code in sentence.mentions[at].codes)
