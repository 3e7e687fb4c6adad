"""The clause of an act in English: where its subject stands, and what governs it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.rules.grammars import shallow as sh
from monitor.rules.grammars.english_phrases import Phrases
from monitor.rules.sentence import Core

_DEPTH = 6
"""Verbs passed on the way to a subject ("is said to have agreed to try to send"); more is no news sentence."""


class Subject(NamedTuple):
    """The subject of a verb: its mentions, those in phrases inside it ("a delegation of Vietnam"), and its words.

    `doubt` is taken off the strength of its claims; `chain` are the verbs passed on the way to it.
    """

    mentions: tuple[int, ...] = ()
    inside: tuple[int, ...] = ()
    span: tuple[int, int] = (0, 0)
    reason: str = "subject"
    doubt: float = 0.0
    is_lexical: bool = False
    is_stand_in: bool = False
    is_headline_future: bool = False
    is_relative: bool = False
    chain: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Governor:
    """The verb whose object or subject a nominal act is, and the subject that goes with it."""

    verb: int | None = None
    is_passive: bool = False
    is_direct: bool = True
    """The act is the verb's object, and does not hang on a preposition behind it."""
    patient: tuple[int, ...] = ()
    """Who is threatened or hit with the act ("threatened Russia with sanctions")."""
    subject: Subject = field(default_factory=Subject)


class Clause(Phrases):
    """One act's clause: its phrases, and the subjects of the verbs in it.

    A subject follows from the sentence, where its verb stands and where the act ends, and so is kept with the
    sentence: every act and every reporting verb asks.
    """

    def __init__(self, read: sh.Shallow, core: Core, subjects: dict[tuple[int, int, int], Subject]) -> None:
        super().__init__(read, core)
        self._subjects = subjects

    def subject(self, start: int, depth: int = 0) -> Subject:
        """The subject of the verb group that begins at `start`, found once for all acts that end alike."""
        about = (start, depth, self.verb_end)
        found = self._subjects.get(about)
        if found is None:
            found = self._subjects[about] = self._sought_subject(start, depth)
        return found

    def _sought_subject(self, start: int, depth: int) -> Subject:  # noqa: PLR0911 (early returns, one a case)
        """The subject sought by walking left. O(words before it)."""
        read = self.read
        if start <= 0:
            return Subject(is_stand_in=True)
        is_infinitive = start < read.n and read.words[start] == "to" and read.owner[start] < 0
        is_ing = start < read.n and read.verb[start] == sh.ING
        if self.mark(start) == sh.HARD:
            return Subject()
        if self.mark(start) == sh.COMMA:
            return self._subject_over_comma(start, is_ing=is_ing, depth=depth)
        at = self._before_adverbs(start)
        if at < 0 or self.mark(at + 1) == sh.HARD:
            return Subject(is_stand_in=True)
        inside: list[int] = []
        while at >= 0 and not (at + 1 < start and self.mark(at + 1)):
            if self.is_plain(at):
                first = self.joined_start(self.phrase_start(at + 1))
                before = first - 1
                if self._is_company(first):
                    return self._subject_over_comma(before, is_ing=False, depth=depth)
                if not (before >= 0 and not self.mark(first) and self._is_phrase_of(before, at, start)):
                    return self._noun_subject(first, at + 1, inside, is_infinitive=is_infinitive, depth=depth)
                reason = (
                    self._own_subject(before, is_infinitive=is_infinitive, is_ing=is_ing) if at == start - 1 else ""
                )
                if reason:
                    return self._phrase_subject(first, at + 1, inside, reason, 0.4 if is_ing else 0.2)
                if read.words[before] in ("of", "from"):
                    inside.extend(self.mentions_in(first, at + 1))
                at = before - 1
                continue
            found = self._subject_at_word(at, is_infinitive=is_infinitive, is_ing=is_ing, depth=depth)
            if found is not None:
                return found
            at -= 1
        return Subject(is_stand_in=True, inside=tuple(inside))

    def _before_adverbs(self, start: int) -> int:
        """The word before a verb group, adverbs, "ready" and times ("on Monday") passed over."""
        read = self.read
        at = start - 1
        while at >= 0 and read.owner[at] < 0 and not self.mark(at + 1):
            tags = read.tags[at]
            is_adverb = tags & (sh.ADVERB | sh.PREDICATIVE) and not tags & sh.DETERMINER and not read.verb[at]
            if not is_adverb and not (tags & sh.CALENDAR and not tags & sh.FORMS):
                break
            at -= 1
            if not is_adverb and at >= 0 and self.has(at, "on_phrase"):
                at -= 1
        return at

    def _is_company(self, first: int) -> bool:
        """Whether a noun phrase is who goes along ("Orlov, the minister, and his party")."""
        read = self.read
        if first < 2 or not read.tags[first] & sh.OWNER:
            return False
        return bool(read.tags[first - 1] & sh.CONJUNCTION and self.mark(first - 1))

    def _own_subject(self, before: int, *, is_infinitive: bool, is_ing: bool) -> str:
        """Why a phrase right before an infinitive or gerund is its subject ("for Xi to visit"); empty if it is not."""
        if is_ing and self.read.words[before] != "of":
            return "subject of the gerund"
        if is_infinitive and self.has(before, "for_phrase"):
            return "for-phrase of the infinitive"
        return "on-phrase of the infinitive" if is_infinitive and self.has(before, "on_phrase") else ""

    def joined_start(self, first: int) -> int:
        """Where a noun phrase begins that `and` joins to the one before it."""
        read = self.read
        while (
            first > 1 and not self.mark(first) and read.tags[first - 1] & sh.CONJUNCTION and read.owner[first - 1] < 0
        ):
            if not self.is_plain(first - 2) or self.mark(first - 1):
                break
            first = self.phrase_start(first - 1)
        return first

    def _is_phrase_of(self, before: int, at: int, start: int) -> bool:
        """Whether the noun phrase behind `before` hangs on it; `after` before a subject with its verb does not."""
        if not self.is_preposition(before):
            return False
        is_clause = bool(self.read.tags[before] & sh.SUBORDINATE) and at >= start - 3
        return not (is_clause and self.read.verb[start] & (sh.PAST | sh.THIRD | sh.AUXILIARY))

    def _noun_subject(self, first: int, last: int, inside: list[int], *, is_infinitive: bool, depth: int) -> Subject:
        """The noun phrase before a verb group: its subject, unless the verb before it passes its own subject on."""
        read = self.read
        before = first - 1
        governing = before if before >= 0 and not self.mark(first) and read.verb[before] else None
        if is_infinitive and governing is not None and depth < _DEPTH:
            steers = self.has(governing, "steering") and bool(self.mentions_in(first, last))
            if steers and not read.is_passive_at(governing):
                return self._phrase_subject(first, last, inside, "object that is told to", 0.0)._replace(
                    chain=(governing,)
                )
            found = self.subject(read.group_start(governing), depth + 1)
            owned = self._owners(first, last)
            if owned and not found.mentions:
                return self._phrase_subject(first, last, inside, "possessive", 0.2)
            return found._replace(chain=(*found.chain, governing), is_headline_future=False)
        if not is_infinitive and governing is not None and self._is_pronoun(first, last) and depth < _DEPTH:
            found = self.subject(read.group_start(governing), depth + 1)
            return self._pronoun_subject(found, governing, 0.2)
        if self._is_pronoun(first, last):
            return self._antecedent(first, depth)
        found = self._phrase_subject(first, last, inside, "subject", 0.0)
        return found._replace(is_headline_future=is_infinitive)

    @staticmethod
    def _pronoun_subject(found: Subject, verb: int, doubt: float) -> Subject:
        return found._replace(
            reason="pronoun for the subject",
            doubt=found.doubt + doubt,
            chain=(*found.chain, verb),
            is_headline_future=False,
        )

    def _antecedent(self, at: int, depth: int) -> Subject:
        """Whom a pronoun subject after `that`, or in a clause of its own, means: the subject of the verb before."""
        read = self.read
        for probe in range(at - 1, -1, -1):
            if read.is_main(probe) and depth < _DEPTH:
                found = self.subject(read.group_start(probe), depth + 1)
                return self._pronoun_subject(found, probe, 0.3)
        return Subject(is_stand_in=True)

    def _is_pronoun(self, first: int, last: int) -> bool:
        return last - first == 1 and self.read.owner[first] < 0 and bool(self.read.tags[first] & sh.PRONOUN)

    def _owners(self, first: int, last: int) -> list[int]:
        return [
            mention
            for mention in self.mentions_in(first, last)
            if self.read.is_possessive(self.read.sentence.mentions[mention].last - 1)
        ]

    def _phrase_subject(self, first: int, last: int, inside: list[int], reason: str, doubt: float) -> Subject:
        mentions = tuple(self.mentions_in(first, last))
        return Subject(
            mentions=mentions,
            inside=tuple(inside),
            span=(first, last),
            reason=reason,
            doubt=doubt,
            is_lexical=not mentions,
            is_stand_in=self.has(last - 1, "stand_in"),
        )

    def _subject_at_word(self, at: int, *, is_infinitive: bool, is_ing: bool, depth: int) -> Subject | None:  # noqa: PLR0911 (early returns, one a case)
        """What a word that is no part of a noun phrase says of the subject; None: walk on."""
        read = self.read
        if depth >= _DEPTH:
            return Subject(is_stand_in=True)
        tags = read.tags[at]
        if read.verb[at]:
            found = self.subject(read.group_start(at), depth + 1)
            return found._replace(chain=(*found.chain, at), is_headline_future=False)
        if tags & sh.RELATIVE:
            found = self._antecedent_noun(at)
            return found._replace(is_relative=True)
        if tags & sh.CONJUNCTION:
            return self._coordinated(at, depth)
        if tags & sh.PREPOSITION and is_ing:
            return self._gerund_subject(at, depth)
        if tags & (sh.SUBORDINATE | sh.COMPLEMENT):
            return self._main_subject(at, depth)
        if is_infinitive and tags & sh.PREPOSITION:
            return Subject(is_stand_in=True)
        return None

    def _antecedent_noun(self, at: int) -> Subject:
        """The noun before a relative pronoun at `at`."""
        inside: list[int] = []
        end = at
        while end > 0 and self.is_plain(end - 1):
            first = self.phrase_start(end)
            before = first - 1
            if before >= 0 and not self.mark(first) and self.is_preposition(before):
                mentions = self.mentions_in(first, end)
                if self.read.words[before] in ("of", "from"):
                    inside.extend(mentions)
                    end = before
                    continue
            return self._phrase_subject(first, end, inside, "antecedent of the relative", 0.2)
        return Subject(is_stand_in=True, inside=tuple(inside))

    def _coordinated(self, at: int, depth: int) -> Subject:
        """The subject that a verb after `and` shares with the verb before."""
        read = self.read
        for probe in range(at - 1, -1, -1):
            if read.marks[probe + 1] == sh.HARD:
                break
            if read.is_main(probe) and read.owner[probe] < 0:
                found = self.subject(read.group_start(probe), depth + 1)
                return found._replace(reason="shared subject", doubt=found.doubt + 0.1)
        return Subject(is_stand_in=True)

    def _gerund_subject(self, at: int, depth: int) -> Subject:
        """Of whom "of sending" tells: the object of accuse, thank, stop ...; else the subject of what governs it."""
        read = self.read
        probe = at - 1
        while probe >= 0 and not self.mark(probe + 1):
            if read.is_main(probe):
                blames = self.has(probe, "accusing") or (self.has(probe, "punishing") and self.has(at, "for_phrase"))
                if blames and not read.is_passive_at(probe) and probe + 1 < at:
                    blamed = f"object of {read.words[probe]}"
                    return self._phrase_subject(probe + 1, at, [], blamed, 0.0)._replace(chain=(probe,))
                found = self.subject(read.group_start(probe), depth + 1)
                return found._replace(chain=(*found.chain, probe), doubt=found.doubt + 0.2, is_headline_future=False)
            probe -= 1
        first = self.phrase_start(at)
        if self._owners(first, at):
            return self._phrase_subject(first, at, [], "possessive", 0.2)
        return self._main_subject(at, depth)

    def _main_subject(self, at: int, depth: int) -> Subject:
        """The subject of the main clause, for "after visiting ..." and the like, before or behind it."""
        read = self.read
        for probe in range(at - 1, -1, -1):
            if read.is_main(probe):
                found = self.subject(read.group_start(probe), depth + 1)
                return found._replace(reason="subject of the main clause", doubt=found.doubt + 0.4)
        for probe in range(self.verb_end, read.n):
            if read.marks[probe] == sh.COMMA and self.is_plain(probe):
                end = probe
                while end < read.n and self.is_plain(end) and (end == probe or not self.mark(end)):
                    end += 1
                return self._phrase_subject(probe, end, [], "subject of the main clause", 0.4)
        return Subject(is_stand_in=True)

    def _subject_over_comma(self, start: int, *, is_ing: bool, depth: int) -> Subject:  # noqa: PLR0911 (early returns, one a case)
        """The subject before a parenthesis that a comma closes at `start`, or of the clause before a participle."""
        read = self.read
        if depth >= _DEPTH:
            return Subject(is_stand_in=True)
        if is_ing:
            return self._main_subject(start, depth)
        opened = self.comma_before(start - 1)
        if opened is not None and read.verb[opened] & (sh.PAST | sh.THIRD | sh.BASE):
            return self._coordinated(start, depth)
        if opened is None and read.verb[start] & (sh.PAST | sh.THIRD | sh.BASE) and self.has_finite(0, start):
            return self._coordinated(start, depth)
        if opened is None:
            if read.tags[start - 1] & sh.RELATIVE:
                return self._antecedent_noun(start - 1)
            return Subject(is_stand_in=True)
        first = self.phrase_start(opened) if self.is_plain(opened - 1) else opened
        if first == opened:
            return Subject(is_stand_in=True)
        inside: list[int] = []
        before = first - 1
        end = opened
        while before >= 0 and not self.mark(first) and self.is_preposition(before):
            inside.extend(self.mentions_in(first, end))
            end = before
            first = self.phrase_start(end)
            if first == end:
                return Subject(is_stand_in=True, inside=tuple(inside))
            before = first - 1
        if not inside and not self.mentions_in(first, end) and self._is_one_name(opened, start):
            return self._phrase_subject(opened, start, [], "apposition of the subject", 0.2)
        return self._phrase_subject(first, end, inside, "subject", 0.1)

    def main_subject(self, at: int) -> Subject:
        """The subject of the last main verb before a word."""
        return self._main_subject(at, 0)

    def _instrument(self, at: int) -> Governor:
        """The verb that hits or threatens somebody with the act, where the preposition at `at` says so."""
        first = self.phrase_start(at)
        verb = first - 1
        hits = any(self.has(verb, name) for name in ("punishing", "threatening", "affecting"))
        if not hits or first == at or self.mark(at) or self.mark(first) or not self.read.verb[verb]:
            return Governor()
        found = self.subject(self.read.group_start(verb))
        return Governor(verb=verb, subject=found, patient=tuple(self.mentions_in(first, at)))

    def _is_one_name(self, start: int, end: int) -> bool:
        """Whether a stretch is one mention and nothing else ("his sister, Kim Yo Jong, threatened ...")."""
        owner = self.read.owner[start]
        return owner >= 0 and all(self.read.owner[at] == owner for at in range(start, end))

    def governor_of_noun(self, begin: int) -> Governor:  # noqa: PLR0911 (early returns, one a case)
        """The verb whose object the noun phrase at `begin` is, or whose adverb it is in ("on a visit")."""
        read = self.read
        if begin < read.n and read.tags[begin] & sh.OWNER and read.owner[begin] < 0:
            return Governor(subject=self._main_subject(begin, 0))
        at = begin - 1
        is_direct = True
        if self.mark(begin):
            return Governor()
        if self.has(at, "with_phrase"):
            return self._instrument(at)
        while at >= 0:
            if read.verb[at] and read.owner[at] < 0:
                found = self.subject(read.group_start(at))
                return Governor(verb=at, is_passive=read.is_passive_at(at), is_direct=is_direct, subject=found)
            if self.is_preposition(at):
                if not self.has(at, "chain_phrase"):
                    return Governor()
                is_direct = is_direct and read.words[at] == "of"
            if read.tags[at] & (sh.SUBORDINATE | sh.RELATIVE | sh.COMPLEMENT) and read.owner[at] < 0:
                return Governor()
            if self.is_plain(at):
                first = self.phrase_start(at + 1)
                if first == 0 or self.mark(first):
                    return Governor(subject=self._phrase_subject(first, at + 1, [], "noun before the act", 0.6))
                at = first - 1
                continue
            if self.mark(at):
                return Governor()
            at -= 1
        return Governor()
