"""Clauses and noun phrases around an act in French."""

from typing import NamedTuple

from monitor.rules.grammars import french_words as fw
from monitor.rules.grammars.french_words import Line

_TOLD_TO = ("", "to_phrase", "of_phrase", "place_phrase")
"""How those stand who are told or accused to do something: "appelle la Chine à ...", "demande à Moscou de ..."."""
_ARTICLES = ("de", "du", "des", "d'")


class Opening(NamedTuple):
    """Where a clause begins and what opens it: "qui", "que" (of a noun), "that", "when", "and", "," or ""."""

    start: int
    by: str


class Subject(NamedTuple):
    """Who does what a verb says: mentions, those in a phrase with "de", whether nobody is named, how it was found."""

    mentions: tuple[int, ...] = ()
    inside: tuple[int, ...] = ()
    is_lexical: bool = False
    is_outer: bool = False


class Phrase(NamedTuple):
    """A noun phrase behind an act: the kind of its preposition ("" for an object), where that stands, its words."""

    kind: str
    at: int
    first: int
    last: int


class Clauses:
    """The clauses of a sentence, found from any verb in it."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._subjects: dict[int, Subject] = {}

    def mentions_in(self, start: int, end: int) -> list[int]:
        """The mentions of a stretch, in order."""
        return list(dict.fromkeys(one for one in self.line.owner[max(start, 0) : end] if one >= 0))

    def is_adjective(self, mention: int) -> bool:
        """Whether a mention is an adjective ("russe"): a state's name in a small letter."""
        one = self.line.sentence.mentions[mention]
        return one.actors[0].kind in ("state", "organisation") and self.line.sentence.raw[one.first][:1].islower()

    def phrase_start(self, end: int) -> int:
        """Where the noun phrase begins that ends before `end`; `end` itself where none does."""
        line, at = self.line, end
        while (
            at > 0
            and line.is_plain(at - 1)
            and (at == end or not line.marks[at])
            and not line.has(at - 1, "subject_pronoun")
        ):
            at -= 1
            if line.has(at, "determiner") and line.owner[at] < 0 and not (at > 0 and line.has(at - 1, "determiner")):
                break
        return at

    def is_article(self, at: int) -> bool:
        """Whether "des" or "du" is no preposition but begins a noun phrase of its own."""
        line = self.line
        if line.words[at] not in _ARTICLES or line.owner[at] >= 0:
            return False
        following = at + 2 if line.has(at + 1, "determiner") else at + 1
        if following < line.n and line.owner[following] >= 0 and not self.is_adjective(line.owner[following]):
            return at == 0 or bool(line.marks[at])
        return at == 0 or bool(line.marks[at]) or not line.is_plain(at - 1) or line.has(at - 1, "adverb")

    def preposition_before(self, first: int) -> tuple[str, int]:
        """The kind and place of the preposition that governs a noun phrase beginning at `first`; ("", -1) if none."""
        at = first - 1
        while at >= 0 and not self.line.marks[at + 1]:
            prep = self.line.preps.get(at)
            if prep is not None and at + prep.size >= first:
                return ("", -1) if prep.kind == "of_phrase" and self.is_article(at) else (prep.kind, at)
            if prep is not None or first - at > 5:
                break
            at -= 1
        return "", -1

    def chain(self, mention: int) -> tuple[str, bool]:
        """The preposition that governs the whole phrase of a mention, and whether "de" stands in between."""
        line = self.line
        first = self.phrase_start(line.sentence.mentions[mention].first + 1)
        is_inside = False
        for _ in range(6):
            kind, at = self.preposition_before(first)
            if kind != "of_phrase":
                return kind, is_inside
            is_inside = True
            start = self.phrase_start(at)
            if start == at:
                return kind, is_inside
            first = start
        return "of_phrase", is_inside

    def opening(self, at: int) -> Opening:  # noqa: PLR0911 (early returns, one a kind of clause)
        """What opens the clause of the verb or noun at `at`, inserted clauses and appositions passed over."""
        line = self.line
        probe = at
        has_comma = False
        while probe > 0:
            probe -= 1
            names, is_name = line.names[probe], line.owner[probe] >= 0
            if line.marks[probe + 1] == fw.HARD:
                return Opening(probe + 1, ":" if ":" in line.sentence.gaps[probe + 1] else ".")
            if line.marks[probe + 1] == fw.COMMA:
                has_comma = True
                segment = self._segment_start(probe)
                if line.has(segment, "relative") and segment:
                    probe = segment
                    continue
                if segment and self._is_finished(segment, probe + 1) and self._has_subject_between(probe + 1, at):
                    return Opening(probe + 1, ",")
            if is_name:
                continue
            if names & {"relative"}:
                return Opening(probe + 1, "qui" if line.words[probe] == "qui" else "où")
            if names & {"complementizer"} and not line.has(probe - 1, "negation"):
                is_of_noun = (
                    probe > 0
                    and line.is_plain(probe - 1)
                    and line.words[probe] != "si"
                    and not line.has(probe - 1, "report_noun")
                )
                return Opening(probe + 1, "que" if is_of_noun and not line.marks[probe] else "that")
            if names & {"subordinator"}:
                return Opening(probe + 1, "when")
            if names & {"conjunction"} and (line.verb[at] & fw.FINITE or has_comma) and self._joins(probe):
                return Opening(probe + 1, "and")
        return Opening(0, "")

    def _joins(self, at: int) -> bool:
        """Whether a finite verb stands before the conjunction at `at`, so that it may join clauses."""
        return any(self.line.verb[one] & fw.FINITE for one in range(self._hard_start(at), at))

    def _hard_start(self, at: int) -> int:
        while at > 0 and self.line.marks[at] != fw.HARD:
            at -= 1
        return at

    def _segment_start(self, at: int) -> int:
        while at > 0 and not self.line.marks[at]:
            at -= 1
        return at

    def _is_finished(self, start: int, end: int) -> bool:
        return any(self.line.verb[at] & fw.FINITE or self.line.has(at, "be") or self.line.has(at, "have")
                   for at in range(start, end) if self.line.owner[at] < 0)  # fmt: skip

    def _has_subject_between(self, start: int, end: int) -> bool:
        return any(self.line.owner[at] >= 0 or self.line.has(at, "determiner") or self.line.has(at, "subject_pronoun")
                   for at in range(start, self.line.group_start(end)))  # fmt: skip

    def end(self, at: int) -> int:
        """Where the clause of an act ends that ends before `at`."""
        line = self.line
        for probe in range(at, line.n):
            if line.marks[probe] == fw.HARD:
                return probe
            if line.owner[probe] >= 0:
                continue
            names = line.names[probe]
            if names & {"relative", "subordinator"} or (names & {"complementizer"} and line.words[probe] != "si"):
                return probe
            if line.verb[probe] & fw.FINITE or names & {"be", "have"}:
                return line.group_start(probe)
            if (
                names & {"conjunction"}
                and probe + 1 < line.n
                and (line.verb[probe + 1] or line.names[probe + 1] & {"be", "have", "subject_pronoun", "clitic"})
            ):
                return probe
        return line.n

    def phrases(self, start: int, end: int, harm: tuple[int, int] = (-1, -1)) -> list[Phrase]:
        """The noun phrases of a stretch, each with its preposition; "verb" for what an infinitive in it governs."""
        line, at = self.line, start
        found: list[Phrase] = []
        kind, where = "", start
        while at < end:
            prep = line.preps.get(at)
            if prep is not None and not (prep.kind == "of_phrase" and self.is_article(at)):
                is_of_verb = kind in ("verb", "help", "fight") and prep.kind != "by_phrase"
                kind, where, at = "verb" if is_of_verb else prep.kind, at, at + prep.size
                continue
            if line.verb[at] & (fw.INFINITIVE | fw.GERUND) and line.owner[at] < 0:
                kind = "help" if line.has(at, "helping") else "fight" if line.has(at, "fighting") else "verb"
                kind = "harm" if harm[0] <= at < harm[1] else kind
                where, at = at, at + 1
                continue
            if not line.is_plain(at):
                at += 1
                if line.has(at - 1, "conjunction"):
                    continue
                kind = "" if at - 1 not in line.preps else kind
                continue
            first = at
            at += 1
            while at < end and line.is_plain(at) and not line.marks[at] and not self._turns(at):
                at += 1
            found.append(Phrase(kind, where, first, at))
            if at < end and line.marks[at]:
                kind = "" if kind == "of_phrase" else kind
        return found

    def _turns(self, at: int) -> bool:
        """Whether a determiner or a participle begins something new."""
        line = self.line
        return (line.has(at, "determiner") and line.owner[at] < 0) or bool(line.verb[at])

    # --- subjects

    def subject(self, at: int) -> Subject:
        """Who does what the verb at `at` says."""
        known = self._subjects.get(at)
        if known is None:
            self._subjects[at] = Subject()  # what asks for itself gets nobody
            known = self._subjects[at] = self._subject(at)
        return known

    def _subject(self, at: int) -> Subject:
        line = self.line
        start = line.group_start(at)
        opening = self.opening(at)
        is_infinitive = any(line.verb[one] & fw.INFINITIVE for one in range(start, at + 1))
        if is_infinitive or line.verb[at] & fw.GERUND:
            return self._outer(at, start)
        own = self._direct(opening.start, start)
        if own.mentions or own.inside or own.is_lexical:
            return own
        if opening.by == "qui":
            return self._antecedent(opening.start - 1)
        if opening.by in ("que", "où"):
            behind = self._behind(at + 1)
            if behind.mentions:
                return behind
        return self._outer(at, opening.start)

    def _direct(self, start: int, end: int) -> Subject:
        """The noun phrase without a preposition before a verb group; what stands in its phrases with "de" is inside."""
        line = self.line
        direct: list[int] = []
        inside: list[int] = []
        at = start
        while at < end:
            if line.has(at, "relative") and line.owner[at] < 0:  # an inserted clause
                at = next((one for one in range(at + 1, end) if line.marks[one]), end)
                continue
            mention = line.owner[at]
            if mention >= 0 and mention not in direct and mention not in inside:
                kind, is_inside = self.chain(mention)
                if kind in ("", "of_phrase"):
                    (inside if is_inside else direct).append(mention)
            at += 1
        has_pronoun = any(line.has(one, "subject_pronoun") for one in range(max(end - 3, start), end))
        if has_pronoun and not line.marks[end]:
            near = any(line.owner[one] >= 0 for one in range(max(end - 1, start), end))
            if not near:
                return Subject()
        is_lexical = end > start and line.is_plain(end - 1) and not direct and not inside and not has_pronoun
        is_time = line.has(end - 1, "time")
        return Subject(tuple(direct), tuple(inside), is_lexical=is_lexical and not is_time)

    def _antecedent(self, at: int) -> Subject:
        """The noun before a relative pronoun at `at`, with what hangs on it."""
        line = self.line
        end = at
        first = self.phrase_start(end)
        mentions = self.mentions_in(first, end)
        inside: list[int] = []
        for _ in range(3):
            kind, prep = self.preposition_before(first)
            if kind != "of_phrase":
                break
            inside, end = inside + mentions, prep
            first = self.phrase_start(prep)
            mentions = self.mentions_in(first, end)
        return Subject(
            tuple(mentions), tuple(inside), is_lexical=first < at and not mentions and not inside and line.n > 0
        )

    def _behind(self, at: int) -> Subject:
        line, first = self.line, at
        while at < line.n and line.is_plain(at) and not line.marks[at] and not line.verb[at]:
            at += 1
        return Subject(tuple(self.mentions_in(first, at)))

    def _outer(self, at: int, start: int) -> Subject:
        """The subject of the verb on which this one hangs, or whom that verb makes do it."""
        verb = self.governor(start, at)
        if verb < 0:
            opening = self.opening(at)
            direct = self._direct(opening.start, start)
            return direct._replace(is_outer=True)
        if self.line.has(verb, "steering") or self.line.has(verb, "accusing"):
            named = [
                mention
                for phrase in self.phrases(verb + 1, start)
                if phrase.kind in _TOLD_TO
                for mention in self.mentions_in(phrase.first, phrase.last)
            ]
            if named:
                return Subject(tuple(named[:1]))
        return self.subject(verb)._replace(is_outer=True)

    def governor(self, start: int, at: int) -> int:
        """The nearest verb before `start` in the sentence, within the same hard marks; -1 if there is none."""
        line = self.line
        for probe in range(start - 1, -1, -1):
            if line.marks[probe + 1] == fw.HARD and probe + 1 != at:
                return -1
            if line.owner[probe] < 0 and line.verb[probe] and not line.verb[probe] & fw.GERUND:
                is_attribute = line.verb[probe] & fw.PARTICIPLE and line.group_start(probe) == probe
                if not is_attribute:
                    return probe
            if line.owner[probe] < 0 and line.names[probe] & {"be", "have"} and not line.verb[probe + 1]:
                return probe
        return -1
