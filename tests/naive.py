"""The matcher as it is meant, in one page: no automaton, no sieve, no limits. The fast one is held against it.

Words are compared by folding and forms, letter by letter; operators by their definitions, over all combinations.
Who is named where is given: the mentions of a sentence are rules/mentions.py's to say, and tested there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from monitor.model import Language, Reading
from monitor.rules.files import Entry
from monitor.rules.lexicons import Lexicon, Term
from monitor.rules.operators import ActorRef, And, LexiconRef, Near, Node, Not, Or, Regex, RoleOf, Truth, Word
from monitor.rules.sentence import Mention
from monitor.text.fold import fold, folded, is_hangul, is_unspaced
from monitor.text.inflect import forms_of
from monitor.text.tokens import words_in

Span = tuple[int, int]
Found = tuple[int, int, frozenset[tuple[str, Span]]]
"""The first word, the one behind the last, and the roles bound."""


@dataclass(frozen=True, kw_only=True)
class Naive:
    """An article under the rules, by sentence: its mentions, and whatever satisfies a mention's reference."""

    reading: Reading
    language: Language
    lexicons: dict[str, Lexicon]
    mentions: Sequence[Sequence[Mention]]
    allowed: dict[str, frozenset[str]]

    def find(self, node: Node, at: int) -> set[Found]:  # noqa: PLR0911 (one return an operator)
        """Where a pattern holds in sentence `at`: the stretches that hold no other with the same roles."""
        match node:
            case Word():
                return {(*span, frozenset()) for span in self._spans([node.term], at)}
            case LexiconRef():
                terms = self.lexicons[node.name].terms.get(self.reading.lang, ())
                return {(*span, frozenset()) for span in self._spans(terms, at)}
            case ActorRef():
                known = self.allowed[node.name]
                return {
                    (one.first, one.last, frozenset())
                    for one in self.mentions[at]
                    if any(actor.id in known for actor in one.actors)
                }
            case Regex():
                start, end = self.reading.sentences[at]
                found = re.finditer(node.expression, self.reading.whole[start:end])
                return {(*self._words(start + one.start(), start + one.end(), at), frozenset()) for one in found}
            case RoleOf():
                return {
                    (first, last, roles | {(node.role, (first, last))})
                    for first, last, roles in self.find(node.inner, at)
                }
            case Or():
                return minimal(one for part in node.parts for one in self.find(part, at))
            case Near(is_negated=True):
                right = self.find(node.right, at)
                return {one for one in self.find(node.left, at) if all(gap(one, other) > node.words for other in right)}
            case Near():
                pairs = product(self.find(node.left, at), self.find(node.right, at))
                return minimal(
                    hull for one, other in pairs
                    if gap(one, other) <= node.words and not (node.is_ordered and other[0] < one[1])
                    for hull in hulls((one, other))
                )  # fmt: skip
            case And():
                placed = [self.find(part, at) for part in node.parts]
                bare = [part for part, found in zip(node.parts, placed, strict=True) if not found]
                if not all(self.is_truth(part, at) for part in bare) or len(bare) == len(placed):
                    return set()
                return minimal(hull for chosen in product(*filter(None, placed)) for hull in hulls(chosen))
        return set()  # NOT and truths have no place

    def is_truth(self, node: Node, at: int) -> bool:
        """Whether a node is true of sentence `at` by what has no place in it: a NOT, a truth, or a branch of those."""
        match node:
            case Not() | Truth():
                return self.holds(node, [at])
            case Or():
                return any(self.is_truth(part, at) for part in node.parts)
            case And():
                return all(self.is_truth(part, at) for part in node.parts)
        return False

    def holds(self, node: Node, part: Sequence[int]) -> bool:
        """Whether a node is true of a part of the article, given as its sentences."""
        match node:
            case And():
                return all(self.holds(one, part) for one in node.parts)
            case Or():
                return any(self.holds(one, part) for one in node.parts)
            case Not():
                return not self.holds(node.inner, part)
            case Truth():
                return bool(part) and self.holds(node.inner, self._part(node.where, part[0]))
        return any(self.find(node, at) for at in part)

    def cores(self, entry: Entry, at: int) -> set[tuple[Span, Span | None]]:
        """Act and object of a frame: each the other's nearest, no more than `within_object` words apart.

        Of two objects equally near the one behind the act counts, or else the first.
        """
        assert entry.act is not None
        acts = self.find(entry.act, at)
        if entry.object is None:
            return {(one[:2], None) for one in acts}
        objects = sorted(self.find(entry.object, at), key=lambda one: one[:2])
        found: set[tuple[Span, Span | None]] = set()
        for act in acts if objects else ():
            nearest = min(objects, key=lambda one: (gap(act, one), one[0] < act[0]))
            is_mutual = all(gap(other, nearest) >= gap(act, nearest) for other in acts)
            if is_mutual and gap(act, nearest) <= entry.within_object:
                found.add((act[:2], nearest[:2]))
        return found

    def _part(self, where: str, at: int) -> list[int]:
        whole = range(len(self.reading.sentences))
        if where == "title":
            return [0] if self.reading.has_title else []
        mine = self.reading.paragraphs[at]
        return [one for one in whole if where == "article" or self.reading.paragraphs[one] == mine]

    def _spans(self, terms: Iterable[Term], at: int) -> set[Span]:
        """The words of the sentence that a term stands on."""
        stretches = (stretch for term in terms for stretch in self._stretches(term, *self.reading.sentences[at]))
        return {self._words(first, last, at) for first, last in stretches}

    def _words(self, first: int, last: int, at: int) -> Span:
        """The words of the sentence that some characters touch."""
        words = words_in(self.reading.whole, *self.reading.sentences[at])
        touched = [index for index, (begin, close) in enumerate(words) if begin < last and first < close]
        return touched[0], touched[-1] + 1

    def _stretches(self, term: Term, start: int, end: int) -> Iterator[Span]:
        """The characters where a form of the term stands between borders of words."""
        sentence = fold(self.reading.whole[start:end])
        letters = sentence.data.decode()
        origins = [sentence.origin(len(letters[:index].encode())) for index in range(len(letters))]
        for form in forms_of(term.text, self.language)[0] if term.how == "forms" else [term.text]:
            wanted = folded(form)
            for index in range(1, len(letters) - len(wanted)):
                behind = index + len(wanted)
                if not wanted or letters[index:behind] != wanted:
                    continue
                is_begun = letters[index - 1] == " " or is_unspaced(wanted[0])
                is_ended = letters[behind] == " " or is_unspaced(wanted[-1]) or is_hangul(wanted[-1])
                first, last = start + origins[index], start + origins[behind - 1] + 1
                is_cased = term.how != "cased" or self.reading.whole[first:last] == term.text
                if is_begun and (is_ended or term.how == "prefix") and is_cased:
                    yield first, last


def gap(one: Found, other: Found) -> int:
    """The words between two stretches."""
    return max(max(one[0], other[0]) - min(one[1], other[1]), 0)


def hulls(chosen: Sequence[Found]) -> Iterator[Found]:
    """The stretch over all, unless they bind one role to different words."""
    roles = frozenset[tuple[str, Span]]().union(*(one[2] for one in chosen))
    if len({role for role, _ in roles}) == len(roles):
        yield min(one[0] for one in chosen), max(one[1] for one in chosen), roles


def minimal(found: Iterable[Found]) -> set[Found]:
    """Those that hold no other with the same roles."""
    every = set(found)
    return {
        one
        for one in every
        if not any(other != one and other[2] == one[2] and one[0] <= other[0] and other[1] <= one[1] for other in every)
    }
