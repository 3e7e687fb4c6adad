"""The clause of an act in English: where its subject stands, what follows it, which words it stands in reach of."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from monitor.rules.grammars import shallow as sh
from monitor.rules.sentence import Core

_DEPTH = 6
"""Verbs passed on the way to a subject ("is said to have agreed to try to send"); more is no news sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
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
    subject: Subject = field(default_factory=Subject)


@dataclass(slots=True, kw_only=True)
class Reach:
    """Words in whose reach an act stands, and what its form alone says of its status."""

    governing: set[int] = field(default_factory=set)
    near: set[int] = field(default_factory=set)
    background: set[int] = field(default_factory=set)
    is_negated: bool = False
    is_future: bool = False
    is_past_before: bool = False


class Clause:
    """The surroundings of one act in a shallowly read sentence."""

    def __init__(self, read: sh.Shallow, core: Core) -> None:
        self.read = read
        self.mark = read.marks.__getitem__
        self.core = core
        first, last = core.act
        verbs = [at for at in range(first, last) if read.verb[at] and not read.verb[at] & sh.AUXILIARY]
        self.is_verb = bool(verbs)
        self.head = verbs[0] if verbs else last - 1
        self.verb_end = max(last, self.head + 1)

    def has(self, at: int, name: str) -> bool:
        """Whether the word at `at` belongs to a class."""
        return 0 <= at < self.read.n and name in self.read.names[at]

    def mentions_in(self, start: int, end: int) -> list[int]:
        """The mentions that begin in a stretch, in order."""
        found: list[int] = []
        for at in range(max(start, 0), min(end, self.read.n)):
            owner = self.read.owner[at]
            if owner >= 0 and (not found or found[-1] != owner):
                found.append(owner)
        return found

    def is_plain(self, at: int) -> bool:
        """Whether a word can stand in a noun phrase: no verb, preposition, conjunction or relative."""
        read = self.read
        if read.owner[at] >= 0:
            return True
        if read.verb[at]:
            return False
        tags = read.tags[at]
        if tags & (sh.PREPOSITION | sh.SUBORDINATE) and not self._is_measure(at):
            return False
        return not tags & (sh.CONJUNCTION | sh.RELATIVE | sh.COMPLEMENT) or bool(
            tags & sh.DETERMINER and not tags & sh.RELATIVE
        )

    def _is_measure(self, at: int) -> bool:
        """`over 3,000`, `about two dozen`: a measure and no preposition."""
        read = self.read
        if not read.tags[at] & sh.DETERMINER or at + 1 >= read.n:
            return False
        return read.words[at + 1][:1].isdigit() or bool(read.tags[at + 1] & (sh.NUMBER | sh.DETERMINER))

    def is_preposition(self, at: int) -> bool:
        """Whether a word is a preposition here; `to` before a verb is not."""
        read = self.read
        if read.owner[at] >= 0 or read.verb[at] or not read.tags[at] & sh.PREPOSITION or self._is_measure(at):
            return False
        return not (read.words[at] == "to" and self.verb_after(at) is not None)

    def verb_after(self, at: int) -> int | None:
        """The infinitive that a `to` at `at` introduces."""
        read = self.read
        probe = at + 1
        while probe < read.n and not read.marks[probe]:
            if read.owner[probe] >= 0:
                return None
            form = read.verb[probe]
            if form & (sh.BASE | sh.AUXILIARY):
                return probe
            if not read.tags[probe] & (sh.ADVERB | sh.NEGATION):
                return None
            probe += 1
        return None

    def phrase_start(self, end: int) -> int:
        """Where the noun phrase begins that ends before `end`; `end` itself where none does."""
        read = self.read
        at = end
        while at > 0 and self.is_plain(at - 1) and (at == end or not self.mark(at)):
            tags = read.tags[at - 1] if read.owner[at - 1] < 0 else 0
            if tags & sh.PRONOUN:
                return at - 1 if at == end else at
            if tags & sh.CALENDAR and at < end and read.owner[at] >= 0:
                break
            at -= 1
            if tags & sh.OWNER:
                break
        return at

    def modifiers_start(self, at: int) -> int:
        """Where the noun phrase begins that goes on with the word at `at`."""
        return at if self.mark(at) else self.phrase_start(at)

    def is_stand_in(self, first: int, last: int) -> bool:
        """Whether a noun phrase without a name may stand for somebody named before, or is a time."""
        read = self.read
        if any(read.tags[at] & (sh.CALENDAR | sh.PRONOUN) or read.words[at][:1].isdigit() for at in range(first, last)):
            return True
        return self.has(last - 1, "stand_in") or bool(read.tags[first] & sh.ADVERB)

    def is_wh_question(self) -> bool:
        """Whether the sentence asks about something that it takes for granted ("Who are the officials ...?")."""
        return self.has(0, "question_word")

    def is_war(self, at: int) -> bool:
        """Whether a word is a war or the like."""
        return self.has(at, "war")

    def is_envoy(self, at: int) -> bool:
        """Whether a word is an ambassador or the like, whose `to` tells where he serves."""
        return self.has(at, "envoy")

    def is_enemy(self, at: int) -> bool:
        """Whether `against` at `at` names whom a war or fight is waged upon, and not whom the act concerns."""
        if self.has(self.head, "fighting"):
            return True
        for probe in range(at - 1, max(at - 4, self.head), -1):
            if self.has(probe, "war") or self.has(probe, "fighting"):
                return True
        return False

    def is_object_foreign(self) -> bool:
        """Whether the object hangs on another verb than the act ("sent a letter, praising him for arming troops")."""
        obj = self.core.object
        if obj is None:
            return False
        read = self.read
        if obj[0] >= self.verb_end:
            for at in range(self.verb_end, obj[0]):
                form = read.verb[at]
                if form and not form & (sh.AUXILIARY | sh.BASE):
                    previous = read.tags[at - 1] if read.owner[at - 1] < 0 else 0
                    is_cut = self.mark(at) or previous & (sh.PREPOSITION | sh.SUBORDINATE | sh.COMPLEMENT)
                    if is_cut and not previous & sh.CONJUNCTION:
                        return True
            return any(self.mark(at) == sh.HARD for at in range(self.verb_end, obj[0] + 1))
        return any(self.mark(at) == sh.HARD for at in range(obj[1], self.head + 1))

    def is_adjective(self, mention: int) -> bool:
        """Whether a mention is an adjective ("Russian", "US") and no noun ("Russia")."""
        word = self.read.words[self.read.sentence.mentions[mention].last - 1]
        if word in self.read.lexis.words.get("adjective_name", ()):
            return True
        ending = word.endswith(("an", "ese", "ish", "ic"))
        return ending and not word.endswith("stan") and word not in self.read.lexis.words.get("noun_name", ())

    # --- passive without an auxiliary

    def is_reduced_passive(self) -> bool:
        """Whether the act is a participle after its object ("shells supplied by ..."), or a headline's passive."""
        read, head = self.read, self.head
        if not read.tags[head] & sh.PARTICIPLE or read.verb[head] & (sh.BASE | sh.THIRD | sh.ING):
            return False
        if read.group_start(head) < head and not read.is_passive_at(head):
            probe = read.before(head)
            if probe >= 0 and read.tags[probe] & sh.AUXILIARY:
                return False
        if self.has(head, "fighting"):
            return False
        following = self.verb_end
        if following < read.n and self.has(following, "by_phrase") and not read.marks[following]:
            return True
        obj = self.core.object
        if self.has(head, "arriving"):
            return False
        if obj is not None and obj[1] <= head:
            return self._follows_object(obj[1], head)
        if obj is None and self.has(head, "affecting"):
            return following >= read.n or (
                read.owner[following] < 0 and bool(read.tags[following] & (sh.PREPOSITION | sh.SUBORDINATE))
            )
        return False

    def _follows_object(self, end: int, head: int) -> bool:
        for at in range(end, head):
            if self.read.marks[at] == sh.HARD or (self.read.verb[at] and not self.read.verb[at] & sh.AUXILIARY):
                return False
            if self.read.owner[at] >= 0 and not (at > 0 and self.in_phrase(at)):
                return False
            if self.read.tags[at] & (sh.PRONOUN | sh.RELATIVE) and self.read.owner[at] < 0:
                return False
        return True

    def in_phrase(self, at: int) -> bool:
        """Whether the noun phrase at `at` hangs on a preposition."""
        start = self.phrase_start(at)
        return start > 0 and not self.mark(start) and self.is_preposition(start - 1)

    # --- the subject

    def subject(self, start: int, depth: int = 0) -> Subject:
        """The subject of the verb group that begins at `start`. O(words before it)."""
        read = self.read
        is_infinitive = start < read.n and read.words[start] == "to" and read.owner[start] < 0
        is_ing = start < read.n and read.verb[start] == sh.ING
        inside: list[int] = []
        at = start - 1
        if at < 0:
            return Subject(is_stand_in=True)
        if self.mark(start) == sh.HARD:
            return Subject()
        if self.mark(start) == sh.COMMA:
            return self._subject_over_comma(start, is_ing=is_ing, depth=depth)
        while at >= 0 and read.owner[at] < 0 and not self.mark(at + 1):
            tags = read.tags[at]
            if tags & (sh.ADVERB | sh.PREDICATIVE) and not tags & sh.DETERMINER and not read.verb[at]:
                at -= 1
            elif tags & sh.CALENDAR and not tags & sh.FORMS:
                at -= 1
                if at >= 0 and self.has(at, "on_phrase"):
                    at -= 1
            else:
                break
        if at < 0 or self.mark(at + 1) == sh.HARD:
            return Subject(is_stand_in=True)
        while at >= 0:
            if at + 1 < start and self.mark(at + 1):
                break
            if self.is_plain(at):
                first = self._joined_start(self.phrase_start(at + 1))
                before = first - 1
                if (
                    read.tags[first] & sh.OWNER
                    and before > 0
                    and read.tags[before] & sh.CONJUNCTION
                    and self.mark(before)
                ):
                    return self._subject_over_comma(before, is_ing=False, depth=depth)
                if before >= 0 and not self.mark(first) and self._is_phrase_of(before, at, start):
                    if is_ing and at == start - 1 and not read.words[before] == "of":
                        return self._phrase_subject(first, at + 1, inside, "subject of the gerund", 0.4)
                    if is_infinitive and at == start - 1 and self.has(before, "for_phrase"):
                        return self._phrase_subject(first, at + 1, inside, "for-phrase of the infinitive", 0.2)
                    if is_infinitive and at == start - 1 and self.has(before, "on_phrase"):
                        return self._phrase_subject(first, at + 1, inside, "on-phrase of the infinitive", 0.2)
                    if read.words[before] in ("of", "from"):
                        inside.extend(self.mentions_in(first, at + 1))
                    at = before - 1
                    continue
                return self._noun_subject(first, at + 1, inside, is_infinitive=is_infinitive, depth=depth)
            found = self._subject_at_word(at, start, inside, is_infinitive=is_infinitive, is_ing=is_ing, depth=depth)
            if found is not None:
                return found
            at -= 1
        return Subject(is_stand_in=True, inside=tuple(inside))

    def _joined_start(self, first: int) -> int:
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
                return replace(
                    self._phrase_subject(first, last, inside, "object that is told to", 0.0), chain=(governing,)
                )
            found = self.subject(read.group_start(governing), depth + 1)
            owned = self._owners(first, last)
            if owned and not found.mentions:
                return self._phrase_subject(first, last, inside, "possessive", 0.2)
            return replace(found, chain=(*found.chain, governing), is_headline_future=False)
        if not is_infinitive and governing is not None and self._is_pronoun(first, last) and depth < _DEPTH:
            found = self.subject(read.group_start(governing), depth + 1)
            return replace(
                found, chain=(*found.chain, governing), reason="pronoun for the subject", doubt=found.doubt + 0.2,
                is_headline_future=False,
            )  # fmt: skip
        if self._is_pronoun(first, last):
            return self._antecedent(first, depth)
        found = self._phrase_subject(first, last, inside, "subject", 0.0)
        return replace(found, is_headline_future=is_infinitive)

    def _antecedent(self, at: int, depth: int) -> Subject:
        """Whom a pronoun subject after `that`, or in a clause of its own, means: the subject of the verb before."""
        read = self.read
        for probe in range(at - 1, -1, -1):
            if read.verb[probe] and not read.verb[probe] & sh.AUXILIARY and depth < _DEPTH:
                found = self.subject(read.group_start(probe), depth + 1)
                return replace(
                    found, reason="pronoun for the subject", doubt=found.doubt + 0.3, chain=(*found.chain, probe),
                    is_headline_future=False,
                )  # fmt: skip
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

    def _subject_at_word(
        self, at: int, start: int, inside: list[int], *, is_infinitive: bool, is_ing: bool, depth: int
    ) -> Subject | None:
        """What a word that is no part of a noun phrase says of the subject; None: walk on."""
        read = self.read
        if depth >= _DEPTH:
            return Subject(is_stand_in=True)
        tags = read.tags[at]
        if read.verb[at]:
            found = self.subject(read.group_start(at), depth + 1)
            return replace(found, chain=(*found.chain, at), is_headline_future=False)
        if tags & sh.RELATIVE:
            end = at
            found = self._antecedent_noun(end, depth)
            return replace(found, is_relative=True)
        if tags & sh.CONJUNCTION:
            return self._coordinated(at, depth)
        if tags & sh.PREPOSITION and is_ing:
            return self._gerund_subject(at, depth)
        if tags & (sh.SUBORDINATE | sh.COMPLEMENT):
            return self._main_subject(at, depth)
        if is_infinitive and tags & sh.PREPOSITION:
            return Subject(is_stand_in=True)
        return None

    def _antecedent_noun(self, at: int, depth: int) -> Subject:
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
            if read.verb[probe] and not read.verb[probe] & sh.AUXILIARY and read.owner[probe] < 0:
                found = self.subject(read.group_start(probe), depth + 1)
                return replace(found, reason="shared subject", doubt=found.doubt + 0.1)
        return Subject(is_stand_in=True)

    def _gerund_subject(self, at: int, depth: int) -> Subject:
        """Of whom "of sending" tells: the object of accuse, thank, stop ...; else the subject of what governs it."""
        read = self.read
        probe = at - 1
        while probe >= 0 and not self.mark(probe + 1):
            if read.verb[probe] and not read.verb[probe] & sh.AUXILIARY:
                if self.has(probe, "accusing") and not read.is_passive_at(probe) and probe + 1 < at:
                    return replace(
                        self._phrase_subject(probe + 1, at, [], f"object of {read.words[probe]}", 0.0), chain=(probe,)
                    )
                found = self.subject(read.group_start(probe), depth + 1)
                return replace(found, chain=(*found.chain, probe), doubt=found.doubt + 0.2, is_headline_future=False)
            probe -= 1
        first = self.phrase_start(at)
        if self._owners(first, at):
            return self._phrase_subject(first, at, [], "possessive", 0.2)
        return self._main_subject(at, depth)

    def _main_subject(self, at: int, depth: int) -> Subject:
        """The subject of the main clause, for "after visiting ..." and the like, before or behind it."""
        read = self.read
        for probe in range(at - 1, -1, -1):
            if read.verb[probe] and not read.verb[probe] & sh.AUXILIARY:
                found = self.subject(read.group_start(probe), depth + 1)
                return replace(found, reason="subject of the main clause", doubt=found.doubt + 0.4)
        for probe in range(self.verb_end, read.n):
            if read.marks[probe] == sh.COMMA and self.is_plain(probe):
                end = probe
                while end < read.n and self.is_plain(end) and (end == probe or not self.mark(end)):
                    end += 1
                return self._phrase_subject(probe, end, [], "subject of the main clause", 0.4)
        return Subject(is_stand_in=True)

    def _subject_over_comma(self, start: int, *, is_ing: bool, depth: int) -> Subject:
        """The subject before a parenthesis that a comma closes at `start`, or of the clause that a participle follows."""
        read = self.read
        if depth >= _DEPTH:
            return Subject(is_stand_in=True)
        if is_ing:
            return self._main_subject(start, depth)
        opened = self.comma_before(start - 1)
        if opened is not None and read.verb[opened] & (sh.PAST | sh.THIRD | sh.BASE):
            return self._coordinated(start, depth)
        if opened is None and read.verb[start] & (sh.PAST | sh.THIRD | sh.BASE) and self._has_finite(0, start):
            return self._coordinated(start, depth)
        if opened is None:
            if read.tags[start - 1] & sh.RELATIVE:
                return self._antecedent_noun(start - 1, depth)
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
        return self._phrase_subject(first, end, inside, "subject", 0.1)

    def comma_before(self, at: int) -> int | None:
        """The nearest word at or before `at` that a comma stands before; None where a clause ends first."""
        while at > 0:
            mark = self.mark(at)
            if mark == sh.COMMA:
                return at
            if mark == sh.HARD:
                return None
            at -= 1
        return None

    # --- what follows

    def phrases_after(self, start: int, *, is_noun: bool = False) -> Iterator[tuple[str, int, int, int, float]]:
        """The phrases after the act to the end of its clause: preposition ("" for an object), its place, the words.

        "help" stands for the object of a helping verb that follows ("to help Russia"), "fight" for that of a
        fighting one; the last figure says how far the phrase is from the act, in strength.
        """
        read = self.read
        at, prep, prep_at, penalty = start, "", start, 0.0
        has_passed_verb = is_arrival = False
        while at < read.n:
            mark = self.mark(at)
            if mark == sh.HARD or (mark == sh.COMMA and self.opens_clause(at)) or read.tags[at] & sh.ACCORDING:
                return
            penalty += 0.3 if mark == sh.COMMA else 0.0
            if self.is_plain(at):
                first = at
                at += 1
                while at < read.n and self.is_plain(at) and not self.mark(at) and not read.tags[at] & sh.ACCORDING:
                    at += 1
                yield prep, prep_at, first, at, penalty
                penalty += 1.0 if is_noun and prep == "" else 0.0
                continue
            word, tags = read.words[at], read.tags[at]
            infinitive = self.verb_after(at) if word == "to" and read.owner[at] < 0 else None
            if infinitive is not None:
                prep, penalty = self._prep_of_verb(infinitive), penalty + 0.3
                prep_at, at = infinitive, infinitive + 1
            elif self.is_preposition(at):
                if tags & sh.SUBORDINATE and self._has_finite(at + 1):
                    return
                if self.has(prep_at, "topic_phrase") and prep_at >= start and self.mentions_in(prep_at, at):
                    penalty += 0.1
                elif at > start and word in ("of", "to") and self.has(at - 1, "benefit"):
                    prep, prep_at = "help", at
                elif word != "of" or prep == "":
                    prep, prep_at = "to" if is_arrival and self.has(at, "place_phrase") else word, at
                else:
                    penalty += 0.2
                at += 1
            elif read.verb[at]:
                form = read.verb[at]
                if form & sh.ING and at == prep_at + 1 and self.has(prep_at, "for_phrase"):
                    return
                if form & (sh.ING | sh.PARTICIPLE) or (is_noun and not has_passed_verb and self._happens(at)):
                    has_passed_verb = has_passed_verb or not form & sh.AUXILIARY
                    is_arrival = self.has(at, "arriving") and not form & sh.AUXILIARY
                    prep, penalty, prep_at = self._prep_of_verb(at), penalty + 0.1, at
                    at += 1
                elif form & sh.PAST and read.tags[at] & sh.PARTICIPLE and not is_noun:
                    is_arrival = self.has(at, "arriving")
                    prep, penalty, prep_at = "-", penalty + 0.5, at
                    at += 1
                else:
                    return
            elif tags & sh.CONJUNCTION:
                if at + 1 < read.n and read.verb[at + 1]:
                    if is_noun:
                        return
                    prep, penalty = "-", penalty + 0.5
                    at += 1
                at += 1
            elif tags & (sh.RELATIVE | sh.COMPLEMENT | sh.SUBORDINATE):
                return
            else:
                at += 1

    def _happens(self, at: int) -> bool:
        """Whether a verb says of its subject only that it happens or is done, so that phrases behind belong to it."""
        return bool(self.read.verb[at] & sh.AUXILIARY) or self.has(at, "happening")

    def _prep_of_verb(self, at: int) -> str:
        if self.has(at, "fighting"):
            return "fight"
        return "help" if self.has(at, "helping") else "-"

    def opens_clause(self, at: int) -> bool:
        """Whether a comma before `at` parts clauses, and not members of a list or an apposition."""
        read = self.read
        tags = read.tags[at] if read.owner[at] < 0 else 0
        if tags & (sh.RELATIVE | sh.SUBORDINATE | sh.PRONOUN) or read.tags[at] & sh.ACCORDING:
            return True
        if read.verb[at] and not read.verb[at] & sh.PARTICIPLE:
            return True
        return self._has_finite(at)

    def _has_finite(self, at: int, end: int | None = None) -> bool:
        """Whether a finite verb stands before the next mark, or before `end`."""
        read = self.read
        first = at
        while at < (read.n if end is None else end) and (at == first or not self.mark(at)):
            if read.verb[at] & (sh.THIRD | sh.PAST | sh.AUXILIARY | sh.BASE) and not (
                at > 0 and read.words[at - 1] == "to"
            ):
                return True
            at += 1
        return False

    def governor_of_noun(self, begin: int) -> Governor:
        """The verb whose object the noun phrase at `begin` is, or whose adverb it is in ("on a visit")."""
        read = self.read
        if begin < read.n and read.tags[begin] & sh.OWNER and read.owner[begin] < 0:
            return Governor(subject=self._main_subject(begin, 0))
        at = begin - 1
        is_direct = True
        if self.mark(begin):
            return Governor()
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
