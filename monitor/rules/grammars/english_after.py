"""What follows an act in English, phrase by phrase, to the end of its clause."""

from collections.abc import Iterator
from typing import NamedTuple

from monitor.rules.grammars import shallow as sh
from monitor.rules.grammars.english_phrases import Phrases


class Phrase(NamedTuple):
    """A noun phrase behind the act: the preposition that brings it ("" for an object), its place, the words.

    "help" stands for the object of a helping verb that follows ("to help Russia"), "fight" for that of a fighting
    one, "-" for that of any other. `penalty` says how far the phrase is from the act, in strength of a claim.
    """

    prep: str
    at: int
    first: int
    last: int
    penalty: float


def phrases_after(clause: Phrases, start: int, *, is_noun: bool = False) -> Iterator[Phrase]:
    """The phrases from `start` to the end of the clause. O(words of the clause)."""
    walk = _Walk(clause, start, is_noun=is_noun)
    read = clause.read
    while walk.at < read.n and not walk.is_over:
        at = walk.at
        mark = clause.mark(at)
        if mark == sh.HARD or (mark == sh.COMMA and clause.opens_clause(at)) or read.tags[at] & sh.ACCORDING:
            return
        walk.penalty += 0.3 if mark == sh.COMMA else 0.0
        if clause.is_plain(at):
            yield walk.phrase()
        else:
            walk.pass_word()


class _Walk:
    """The place in the clause, and the preposition in force there."""

    def __init__(self, clause: Phrases, start: int, *, is_noun: bool) -> None:
        self.clause = clause
        self.start = start
        self.is_noun = is_noun
        self.at = self.prep_at = start
        self.prep = ""
        self.penalty = 0.0
        self.has_passed_verb = self.is_arrival = self.is_over = False

    def phrase(self) -> Phrase:
        """The noun phrase that begins here."""
        clause, read, first = self.clause, self.clause.read, self.at
        at = first + 1
        while at < read.n and clause.is_plain(at) and not clause.mark(at) and not read.tags[at] & sh.ACCORDING:
            at += 1
        self.at = at
        found = Phrase(self.prep, self.prep_at, first, at, self.penalty)
        if self.is_noun and self.prep == "":
            self.penalty += 1.0
        return found

    def pass_word(self) -> None:
        """Take up a word that is in no noun phrase, or end the walk."""
        clause, read, at = self.clause, self.clause.read, self.at
        tags = read.tags[at]
        infinitive = clause.verb_after(at) if read.words[at] == "to" and read.owner[at] < 0 else None
        if infinitive is not None:
            self._turn(clause.prep_of_verb(infinitive), infinitive, 0.3)
        elif clause.is_preposition(at):
            self._pass_preposition(tags)
        elif read.verb[at]:
            self._pass_verb(read.verb[at], tags)
        elif tags & sh.CONJUNCTION:
            self._pass_conjunction()
        elif tags & (sh.RELATIVE | sh.COMPLEMENT | sh.SUBORDINATE):
            self.is_over = True
        else:
            self.at += 1

    def _turn(self, prep: str, at: int, penalty: float) -> None:
        self.prep, self.prep_at, self.at = prep, at, at + 1
        self.penalty += penalty

    def _pass_preposition(self, tags: int) -> None:
        clause, at = self.clause, self.at
        word = clause.read.words[at]
        is_topic = clause.has(self.prep_at, "topic_phrase") and bool(clause.mentions_in(self.prep_at, at))
        if tags & sh.SUBORDINATE and clause.has_finite(at + 1):
            self.is_over = True
        elif is_topic and self.prep:
            self._stay(0.1)
        elif at > self.start and word in ("of", "to") and clause.has(at - 1, "benefit"):
            self._turn("help", at, 0.0)
        elif word != "of" or self.prep == "":
            self._turn("to" if self.is_arrival and clause.has(at, "place_phrase") else word, at, 0.0)
        else:
            self._stay(0.2)

    def _stay(self, penalty: float) -> None:
        self.at += 1
        self.penalty += penalty

    def _pass_verb(self, form: int, tags: int) -> None:
        clause, at = self.clause, self.at
        is_cause = form & sh.ING and at == self.prep_at + 1 and clause.has(self.prep_at, "for_phrase")
        is_shared = self.is_noun and not self.has_passed_verb and clause.happens(at)
        if is_cause:
            self.is_over = True
        elif form & (sh.ING | sh.PARTICIPLE) or is_shared:
            self.has_passed_verb = self.has_passed_verb or not form & sh.AUXILIARY
            self.is_arrival = clause.has(at, "arriving") and not form & sh.AUXILIARY
            self._turn(clause.prep_of_verb(at), at, 0.1)
        elif form & sh.PAST and tags & sh.PARTICIPLE and not self.is_noun:
            self.is_arrival = clause.has(at, "arriving")
            self._turn("-", at, 0.5)
        else:
            self.is_over = True

    def _pass_conjunction(self) -> None:
        read, following = self.clause.read, self.at + 1
        if following >= read.n or not read.verb[following]:
            self.at += 1
        elif self.is_noun:
            self.is_over = True
        else:
            self.prep = "-"
            self.penalty += 0.5
            self.at += 2
