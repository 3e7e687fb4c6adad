"""What each word of a French sentence can be, and what it is here: verb forms, small words, mentions, marks."""

from typing import NamedTuple

from monitor.model import Language
from monitor.rules.grammars.kept import once_a_language
from monitor.rules.sentence import Sentence
from monitor.text import french
from monitor.text.french import CONDITIONAL, FINITE, FUTURE, GERUND, INFINITIVE, PARTICIPLE, PAST, PRESENT, plain

NONE, COMMA, HARD = 0, 1, 2
"""What a mark does to a clause: nothing, part a phrase, part a clause."""
_SPEECH_NAMES = (
    "speech", "own_word", "accusing", "steering", "inverted", "affecting", "arriving", "fighting", "light", "verb",
    "relieving", "official", "static", "helping", "hosting", "happening", "owning", "modal_verb", "placing",
)  # fmt: skip
"""Classes whose words stand in their base form and mean all forms."""
_PREPOSITIONS = (
    "to_phrase", "place_phrase", "of_phrase", "by_phrase", "with_phrase", "against_phrase", "for_phrase",
    "between_phrase", "from_phrase", "topic_phrase", "according",
)  # fmt: skip
_NO_NAMES: frozenset[str] = frozenset()
_TOLD_APART = {"à": "à", "où": "où", "là": "là", "dès": "dès", "dû": "dû", "sûr": "sûr"}
"""Small words that an accent alone tells from others (à, a); the only ones that keep theirs here."""
_DONE = ("é", "ée", "és", "ées")


class Lexis:
    """The classes of the language made ready: which classes a word is in, which verb form it can be."""

    def __init__(self, language: Language) -> None:
        self.language = language
        names: dict[str, set[str]] = {}
        verbs: dict[str, int] = {}
        for name, members in language.classes.items():
            for base in members:
                word = _TOLD_APART.get(base) or plain(base)
                for form in french.forms_of(word, language)[0] if name in _SPEECH_NAMES else (word,):
                    names.setdefault(form if form in _TOLD_APART else plain(form), set()).add(name)
                if name in _SPEECH_NAMES and (french.is_verb(word) or word in ("etre", "avoir")):
                    for form, kind in french.conjugated(word):
                        verbs[form] = verbs.get(form, 0) | kind
        self._names = {word: frozenset(found) for word, found in names.items()}
        self._verbs = verbs
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in (
            "according",
            "to_phrase",
            "against_phrase",
            "topic_phrase",
            "from_phrase",
            "with_phrase",
            "for_phrase",
        ):
            for phrase in language.classes.get(name, ()):
                words = tuple(_TOLD_APART.get(one) or plain(one) for one in phrase.split())
                if len(words) > 1:
                    self.phrases.setdefault(words[0], []).append((words, name))
        for found in self.phrases.values():
            found.sort(key=lambda one: -len(one[0]))

    def names(self, word: str) -> frozenset[str]:
        """The classes of a word."""
        return self._names.get(word, _NO_NAMES)

    def forms(self, word: str, raw: str) -> int:
        """The verb forms that a word can be; an accent tells "menacé" from "menace"."""
        found = self._verbs.get(word)
        if found is not None:
            if found & PARTICIPLE and found & FINITE and not raw.isupper() and word.rstrip("es") != word.rstrip("s"):
                return PARTICIPLE if raw.lower().endswith(_DONE) else found & ~PARTICIPLE
            return found
        if len(word) > 4 and raw.lower().endswith(_DONE):
            return PARTICIPLE
        if len(word) > 5 and word.endswith(("erait", "eraient", "irait", "iraient")):
            return CONDITIONAL
        if len(word) > 5 and word.endswith(("era", "eront")):
            return FUTURE
        return 0


lexis_of = once_a_language(Lexis)
"""The lexis of a language."""


class Preposition(NamedTuple):
    """A preposition: what it tells, and how many words it takes."""

    kind: str
    size: int


class Line:
    """One sentence laid out. Arrays run over its words.

    `names` are the classes of a word, `owner` the mention that it belongs to, or -1, `marks` the mark before it,
    `verb` the form of a verb that it is here, or 0, and `preps` where prepositions begin.
    """

    def __init__(self, sentence: Sentence, lexis: Lexis) -> None:
        self.sentence = sentence
        self.lexis = lexis
        self.words = words = tuple(map(_told_apart, sentence.words, sentence.raw))
        self.n = n = len(words)
        self.names = [lexis.names(word) for word in words]
        self.owner = [-1] * n
        self.marks = [_mark_of(gap) if gap else NONE for gap in sentence.gaps]
        for index, mention in enumerate(sentence.mentions):
            for at in range(mention.first, min(mention.last, n)):
                self.owner[at] = index
                if at > mention.first:
                    self.marks[at] = NONE
        self.preps: dict[int, Preposition] = {}
        for at in range(n):
            found = self._preposition_at(at)
            if found is not None:
                self.preps[at] = found
        self.verb = [0] * n
        for at in range(n):
            if self.owner[at] < 0:
                self.verb[at] = self._verb_at(at)

    def has(self, at: int, name: str) -> bool:
        """Whether a word belongs to a class."""
        return 0 <= at < self.n and name in self.names[at]

    def is_plain(self, at: int) -> bool:
        """Whether a word can stand in a noun phrase: no verb, preposition, conjunction, relative or small word."""
        if self.owner[at] >= 0:
            return True
        if self.verb[at] & (FINITE | INFINITIVE | GERUND) or at in self.preps:
            return False
        return self.names[at].isdisjoint(
            ("relative", "complementizer", "subordinator", "conjunction", "negation", "clitic")
        )

    def _preposition_at(self, at: int) -> Preposition | None:
        word = self.words[at]
        if self.owner[at] >= 0 and self.sentence.mentions[self.owner[at]].first != at:
            return None
        for phrase, name in self.lexis.phrases.get(word, ()):
            if self.words[at : at + len(phrase)] == phrase and not any(self.marks[at + 1 : at + len(phrase)]):
                return Preposition(name, len(phrase))
        if self.owner[at] >= 0:
            return None
        for name in _PREPOSITIONS:
            if name in self.names[at]:
                return Preposition(name, 1)
        return None

    def _verb_at(self, at: int) -> int:  # noqa: PLR0911 (early returns, one a case)
        """The verb form that a word is here; a word that may be a noun too is one where a subject stands before it."""
        forms = self.lexis.forms(self.words[at], self.sentence.raw[at])
        if not forms or (self.marks[at] == NONE and at and self.sentence.gaps[at] == "-"):
            return 0
        before = self._before(at)
        is_first = before < 0
        names = self.names[before] if before >= 0 and self.owner[before] < 0 else _NO_NAMES
        has_aux = bool(names & {"be", "have"}) or (before >= 0 and self.has(before, "participle_be"))
        if forms & INFINITIVE and not forms & FINITE:
            return 0 if names & {"determiner"} else INFINITIVE
        if forms & PARTICIPLE and has_aux:
            return PARTICIPLE
        if names & {"clitic", "subject_pronoun"} or (
            before >= 0 and self.words[before] in ("ne", "n'", "se", "s'", "qui")
        ):
            return forms & (FINITE | GERUND) or forms
        if names & {"determiner", "number"} or (before in self.preps and forms & ~(GERUND | INFINITIVE)):
            return 0
        if before >= 0 and before in self.preps and forms & GERUND:
            return GERUND
        if forms & PARTICIPLE and not forms & FINITE:
            return PARTICIPLE
        if not forms & PARTICIPLE and forms & (FINITE | GERUND) and not self.has(at, "noun_too"):
            return forms
        if is_first:
            return forms & (FINITE if self._is_inverted_speech(at) else PARTICIPLE)
        if forms & FINITE and (self.owner[before] >= 0 or self._ends_subject(before)) and not self._has_finite(at):
            return forms & FINITE
        return forms & PARTICIPLE

    def _is_inverted_speech(self, at: int) -> bool:
        """Whether a reporting verb stands behind a mark and before who speaks (", annonce Moscou")."""
        if not at or not self.has(at, "speech") or at + 1 >= self.n or self.marks[at + 1]:
            return False
        return self.owner[at + 1] >= 0 or bool(self.names[at + 1] & {"determiner", "official", "anonymous"})

    def _before(self, at: int) -> int:
        """The nearest word before `at` in the same stretch that is no adverb or negation; -1 if none."""
        at -= 1
        while at >= 0 and not self.marks[at + 1] and self.owner[at] < 0:
            if not self.names[at] & {"adverb", "negation"} or self.words[at] in ("ne", "n'"):
                return at
            at -= 1
        return at if at >= 0 and not self.marks[at + 1] else -1

    def _ends_subject(self, at: int) -> bool:
        """Whether a noun with a determiner of its phrase ends at `at` ("le ministre visite ...")."""
        probe = at
        while probe >= 0 and self.is_plain(probe) and not self.marks[probe + 1 if probe < at else probe]:
            if self.has(probe, "determiner") or self.has(probe, "official"):
                return not (probe > 0 and probe - 1 in self.preps)
            probe -= 1
        return False

    def _has_finite(self, at: int) -> bool:
        """Whether the clause has its finite verb already before `at`."""
        for probe in range(at - 1, -1, -1):
            if self.marks[probe + 1] or self.names[probe] & {
                "relative",
                "complementizer",
                "subordinator",
                "conjunction",
            }:
                return False
            if self.verb[probe] & FINITE:
                return True
        return False

    def group_start(self, at: int) -> int:
        """Where the verb group begins that holds the verb at `at`: auxiliaries, clitics, negation, adverbs."""
        start, probe = at, at - 1
        while probe >= 0 and not self.marks[probe + 1] and self.owner[probe] < 0:
            names = self.names[probe]
            if names & {"be", "have", "clitic", "negation"} or self.words[probe] in ("ne", "n'"):
                start = probe
            elif not names & {"adverb"} or probe in self.preps:
                break
            probe -= 1
        return start

    def is_passive(self, at: int) -> bool:
        """Whether the participle at `at` has "être" before it, and is no reflexive or verb of motion."""
        if not self.verb[at] & PARTICIPLE or self.has(at, "arriving"):
            return False
        words = self.words[self.group_start(at) : at]
        if "se" in words or "s'" in words:
            return False
        start = self.group_start(at)
        return any(self.has(probe, "be") or self.has(probe, "participle_be") for probe in range(start, at))


def _told_apart(word: str, raw: str) -> str:
    """A word as the grammar needs it: a capital A that stands for the preposition (À) is one."""
    if raw == "A":
        return "à"
    return _TOLD_APART.get(raw.lower()) or word.replace("’", "'")


def _mark_of(gap: str) -> int:
    if any(mark in gap for mark in (";", ":", "—", "–", "--", "…", "|", "?", "!")) or (gap and "." in gap):
        return HARD
    return COMMA if any(mark in gap for mark in ",()") else NONE


__all__ = [
    "COMMA", "CONDITIONAL", "FINITE", "FUTURE", "GERUND", "HARD", "INFINITIVE", "NONE", "PARTICIPLE", "PAST", "PRESENT",
    "Lexis", "Line", "Preposition", "lexis_of",
]  # fmt: skip
