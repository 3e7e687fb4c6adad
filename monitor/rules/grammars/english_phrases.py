"""The words around an act in English: noun phrases, what follows the act, how the act is used."""

from monitor.rules.grammars import shallow as sh
from monitor.rules.sentence import Core


class Phrases:
    """The surroundings of one act in a shallowly read sentence, phrase by phrase."""

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
            if tags & sh.CALENDAR and at < end and (read.owner[at] >= 0 or read.tags[at] & sh.DETERMINER):
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
        if read.verb[self.head] & sh.ING and self._belongs_to_noun(obj[1]):
            return True
        return any(self.mark(at) == sh.HARD for at in range(obj[1], self.head + 1))

    def _belongs_to_noun(self, start: int) -> bool:
        """Whether an -ing form describes the noun before it, behind the verb of what stands at `start`.

        "Troops strike a refinery supplying fuel": no troops are supplied.
        """
        read, head = self.read, self.head
        if head - 1 <= start or self.mark(head) or not self.is_plain(head - 1) or read.tags[head - 1] & sh.ADVERB:
            return False
        return any(read.verb[at] & (sh.PAST | sh.THIRD | sh.BASE) and not self.mark(at) for at in range(start, head))

    def next_clause(self) -> int:
        """Where a clause of its own begins behind the act ("..., if Putin refuses"); the sentence's end if none."""
        read = self.read
        for at in range(self.verb_end, read.n):
            tags = read.tags[at] if read.owner[at] < 0 and not self.is_plain(at) else 0
            is_opening = tags & sh.SUBORDINATE or (tags & sh.COMPLEMENT and self.mark(at))
            if is_opening and self.has_finite(at + 1) and not self.mark(at + 1):
                return at
        return read.n

    def is_adjective(self, mention: int) -> bool:
        """Whether a mention is an adjective ("Russian", "US") and no noun ("Russia"); a person's name is none."""
        if self.read.sentence.mentions[mention].actors[0].kind == "person":
            return False
        word = self.read.words[self.read.sentence.mentions[mention].last - 1]
        if word in self.read.lexis.words.get("adjective_name", ()):
            return True
        ending = word.endswith(("an", "ese", "ish", "ic"))
        return ending and not word.endswith("stan") and word not in self.read.lexis.words.get("noun_name", ())

    def is_reduced_passive(self) -> bool:  # noqa: PLR0911 (early returns, one a case)
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
            return following >= read.n or (read.owner[following] < 0 and self._opens_phrase(following))
        return False

    def _opens_phrase(self, at: int) -> bool:
        """Whether a preposition or conjunction follows, and no infinitive."""
        return self.is_preposition(at) or bool(self.read.tags[at] & sh.SUBORDINATE)

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

    def happens(self, at: int) -> bool:
        """Whether a verb says of its subject only that it happens or is done, so that phrases behind belong to it."""
        return bool(self.read.verb[at] & sh.AUXILIARY) or self.has(at, "happening")

    def prep_of_verb(self, at: int) -> str:
        if self.has(self.head, "threatening") and (self.has(at, "affecting") or self.has(at, "punishing")):
            return "harm"
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
        return self.has_finite(at)

    def has_finite(self, at: int, end: int | None = None) -> bool:
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
