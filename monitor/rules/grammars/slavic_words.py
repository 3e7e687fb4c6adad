"""Russian and Ukrainian words as grammar sees them: which part of speech, in which cases, of which classes.

Nothing is looked up in a dictionary: an ending says which cases a noun may stand in, and the classes of the language
file name the words that matter. What an ending leaves open stays open (`россии` may be a genitive or a dative).
"""

import re
from typing import NamedTuple

from monitor.model import Language
from monitor.rules.sentence import Mention, Sentence
from monitor.text.inflect import forms_of

N, G, D, A, I, L = 1, 2, 4, 8, 16, 32  # noqa: E741 (the letter of the instrumental)
"""Nominative, genitive, dative, accusative, instrumental, locative."""
ANY = 63
FINITE, INFINITIVE, SHORT, PARTICIPLE, GERUND, ADJECTIVE = 1, 2, 4, 8, 16, 32
REFLEXIVE, PASSIVE, COMING, MANY, NOUN, CLOSED = 64, 128, 256, 512, 1024, 2048
"""SHORT is a short passive ("направлены"), COMING a perfective that stands for the future, MANY the third person
plural, CLOSED a small word: preposition, conjunction, pronoun, adverb."""
VERB = FINITE | SHORT
NONE, COMMA, HARD = 0, 1, 2

_PHRASES = (
    "to_phrase", "goal_phrase", "for_phrase", "against_phrase", "from_phrase", "with_phrase", "instrument_with",
    "between_phrase", "topic_phrase", "according",
)  # fmt: skip
_OPEN = (
    "speech", "own_word", "accusing", "steering", "asking", "inverted", "affecting", "arriving", "placing", "fighting",
    "taking", "light", "relieving", "be", "owning", "penalty", "judging", "substantive", "official", "anonymous", "war",
    "envoy", "time", "relative", "modal", "perfective",
)  # fmt: skip
"""Classes whose words stand in their base form and mean all forms."""
_SMALL = (
    "negation", "conjunction", "coordinator", "complementizer", "subordinator", "pronoun", "adverb", "relative",
)  # fmt: skip
_NO_NAMES: frozenset[str] = frozenset()


class Endings(NamedTuple):
    """How a language shows its cases and verbs. Longest endings first."""

    nouns: tuple[tuple[str, int], ...]
    adjectives: tuple[tuple[str, int], ...]
    adjective_name: re.Pattern[str]
    """A name that is an adjective: российского."""
    likely_adjective: re.Pattern[str]
    past: re.Pattern[str]
    present: re.Pattern[str]
    infinitive: re.Pattern[str]
    short: re.Pattern[str]
    passive: re.Pattern[str]
    active: re.Pattern[str]
    gerund: re.Pattern[str]
    reflexive: tuple[str, ...]
    many: tuple[str, ...]
    masculine_u: int
    """The cases of a masculine name in -у: Russian has one, Ukrainian three."""
    instrumental: tuple[str, ...]
    """How a feminine name ends in the instrumental."""
    surname: re.Pattern[str]
    """A surname of a man in the nominative ("лавров"), so that "лаврова" is no woman."""


class Lexis:
    """The classes of a language made ready."""

    def __init__(self, language: Language, endings: Endings) -> None:
        self.language = language
        self.endings = endings
        names: dict[str, set[str]] = {}
        stems: dict[str, set[str]] = {}
        verbal: set[str] = set()
        for name, members in language.classes.items():
            for base in members:
                forms = forms_of(base, language)[0] if name in _OPEN else (base,)
                is_verb = _bare(base, endings).endswith(("ть", "ти", "чь"))
                if is_verb and name in _OPEN and base not in language.classes.get("soft_noun", ()):
                    verbal.update(_plain(form) for form in forms)
                for form in forms:
                    into = stems if form.endswith("*") else names
                    into.setdefault(_plain(form.removesuffix("*")), set()).add(name)
        self._names = {word: frozenset(found) for word, found in names.items()}
        self._stems = {word: frozenset(found) for word, found in stems.items()}
        self._verbal = frozenset(verbal)
        """The forms of verbs that the language file names."""
        self._nouns = tuple(_plain(stem) for stem in language.classes.get("not_verb", ()))
        self._longest = max(map(len, self._stems), default=0)
        self.coming = self._coming(language)
        self._known: dict[str, tuple[frozenset[str], int, int]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in _PHRASES:
            for phrase in language.classes.get(name, ()):
                words = tuple(_plain(phrase).split())
                self.phrases.setdefault(words[0], []).append((words, name))
        for found in self.phrases.values():
            found.sort(key=lambda one: -len(one[0]))
        self.in_case = frozenset(language.classes.get("in_case", ()))
        self.feminine = {_plain(one) for one in language.classes.get("feminine", ())}
        self.plural = {_plain(one) for one in language.classes.get("plural_name", ())}

    def _coming(self, language: Language) -> frozenset[str]:
        """The forms of perfective verbs that stand for the future."""
        endings = self.endings.present
        return frozenset(
            _plain(form)
            for base in language.classes.get("perfective", ())
            for form in forms_of(base, language)[0]
            if endings.search(form) and form != base
        )

    def of(self, word: str) -> tuple[frozenset[str], int, int]:
        """The classes, the parts of speech and the cases of a word; found once."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 50_000:
                self._known.clear()
            names = self._names_of(word)
            known = self._known[word] = (names, *self._analysed(word, names))
        return known

    def _names_of(self, word: str) -> frozenset[str]:
        found = self._names.get(word)
        if found is not None:
            return found
        for end in range(min(len(word), self._longest), 4, -1):
            found = self._stems.get(word[:end])
            if found is not None:
                return found
        return _NO_NAMES

    def _analysed(self, word: str, names: frozenset[str]) -> tuple[int, int]:
        ends = self.endings
        if word in self.phrases or not names.isdisjoint(_SMALL):
            return CLOSED, 0
        if not word[:1].isalpha() or word.isascii():
            return NOUN, ANY
        if "substantive" in names:
            return NOUN, next((mask for ending, mask in ends.adjectives if word.endswith(ending)), ANY)
        if word in self.language.classes.get("official", ()) and word[-1] not in "аяь":
            return NOUN, N  # a man in the nominative: "президент", and no genitive of many
        bare = _bare(word, ends)
        back = REFLEXIVE if bare != word else 0
        is_known = word in self._verbal
        kinds = self._verb(bare, back, is_known=is_known or bool(back))
        if is_known and not kinds:
            kinds = FINITE  # опроверг, мог, нес
        if kinds:
            coming = COMING if word in self.coming and kinds & FINITE else 0
            many = MANY if bare.endswith(ends.many) else 0
            return kinds | back | coming | many, 0
        return self.nominal(word)

    def _verb(self, bare: str, back: int, *, is_known: bool) -> int:  # noqa: PLR0911 (a return a form)
        """What a word is if it is a verb, by its ending; doubtful ones only if the word is known or reflexive."""
        ends = self.endings
        if ends.infinitive.search(bare) and not self._is_soft(bare):
            return INFINITIVE
        if not is_known and bare.startswith(self._nouns):
            return 0
        found = ends.past.search(bare)
        if found and (is_known or found.lastgroup == "sure"):
            return FINITE
        found = ends.present.search(bare)
        if found and (is_known or bare in self.coming or found.lastgroup == "sure"):
            return FINITE
        if back:
            return 0
        found = ends.short.search(bare)
        if found and (is_known or found.lastgroup == "sure"):
            return SHORT | PASSIVE
        if ends.gerund.search(bare) and is_known:
            return GERUND
        return 0

    def as_act(self, word: str) -> int:
        """What a word that a rule takes for an act is if it is any form of a verb; 0 where it is a noun."""
        if word.startswith(self._nouns):
            return 0
        bare = _bare(word, self.endings)
        back = REFLEXIVE if bare != word else 0
        kinds = self._verb(bare, back, is_known=True)
        coming = COMING if word in self.coming and kinds & FINITE else 0
        many = MANY if bare.endswith(self.endings.many) else 0
        return kinds | back | coming | many if kinds else 0

    def _is_soft(self, word: str) -> bool:
        return word in self.language.classes.get("soft_noun", ())

    def nominal(self, word: str) -> tuple[int, int]:
        """Noun or adjective, and in which cases."""
        ends = self.endings
        if ends.likely_adjective.search(word):
            kinds = ADJECTIVE
            if ends.passive.search(word):
                kinds |= PARTICIPLE | PASSIVE
            elif ends.active.search(word):
                kinds |= PARTICIPLE
            for ending, mask in ends.adjectives:
                if word.endswith(ending):
                    return kinds, mask
        for ending, mask in ends.nouns:
            if word.endswith(ending):
                return NOUN, mask
        return NOUN, N | A

    # --- names

    def is_adjective_name(self, mention: Mention, sentence: Sentence) -> bool:
        """Whether a name is an adjective of the noun behind it: `северокорейские войска`."""
        if mention.actors[0].kind not in ("state", "place"):
            return False
        return self.endings.adjective_name.search(_plain(sentence.words[mention.last - 1])) is not None

    def name_cases(self, mention: Mention, sentence: Sentence) -> int:
        """The cases in which a name may stand; all of them where its form tells nothing (КНДР, США, Токио)."""
        words = [_plain(word) for word in sentence.words[mention.first : mention.last]]
        kind = mention.actors[0].kind
        if len(mention.codes) > 1 or kind == "person":
            masks = [self._name_word(word, kind) for word in words if word not in ("и", "і", "та", "й")]
            mask = ANY
            for one in masks if len(mention.codes) > 1 else masks[-1:] if words[0] in self._eastern else masks:
                mask &= one
            return mask or masks[0]
        if kind in ("organisation", "media") and len(words) > 1:
            for word in words:
                kinds, mask = self.of(word)[1:]
                if not kinds & ADJECTIVE:
                    return self._name_word(word, kind)
        mask = ANY
        for word in words:
            mask &= self._name_word(word, kind, is_alone=len(words) == 1)
        return mask or self._name_word(words[-1], kind)

    @property
    def _eastern(self) -> frozenset[str]:
        return self.language.classes.get("eastern_name", frozenset())

    def _name_word(self, word: str, kind: str, *, is_alone: bool = False) -> int:
        if word in self.language.classes.get("fixed", ()) or word.isascii() or len(word) < 3 or not _has_vowel(word):
            return ANY
        if kind == "person" and word[-1] in "оэ":
            return ANY
        if self.endings.likely_adjective.search(word) and (kind != "state" or not is_alone):
            return self.nominal(word)[1]
        if word in self.feminine:
            return N
        if word in self.plural:
            return N | A
        mask = self._by_gender(word)
        if kind == "person" and word.endswith(("ия", "ія")):
            mask = N | G | A  # Мария, Дмитрия
        return mask or self.nominal(word)[1]

    def _by_gender(self, word: str) -> int:  # noqa: PLR0911 (a return an ending)
        """The cases of a name by its ending, with the gender that the list of feminine names tells."""
        stem, last = word[:-1], word[-1]
        is_feminine = f"{stem}а" in self.feminine or f"{stem}я" in self.feminine
        if word.endswith(self.endings.instrumental) and word not in self.language.classes.get("hard_noun", ()):
            return I
        if last in "ая":
            ends_alike = word.endswith(("ия", "ія"))
            return N if is_feminine or ends_alike else G | A
        if last in "ую":
            if is_feminine or word.endswith(("ию", "ію", "ею")):
                return A
            return self.endings.masculine_u
        if last in "еі":
            softened = any(f"{stem[:-1]}{letter}а" in self.feminine for letter in "кгх") if stem else False
            if is_feminine or softened:
                is_soft = last == "і" and (f"{stem}я" in self.feminine or stem[-1:] in "жчшщ")
                return G | D | L if is_soft else D | L
            return D | L if word.endswith("ее") else L
        if last in "ыиї":
            if word.endswith(("ии", "ії", "еї", "еи")):
                return G | D | L
            return G if is_feminine else G | D | L | N
        if last == "м" and _INSTRUMENTAL.search(word) and word not in self.language.classes.get("hard_noun", ()):
            return I
        if last in "йь" or last not in "аеиоуыэюяіїєё":
            return N if self.endings.surname.search(word) else N | A
        return 0


_INSTRUMENTAL = re.compile("(?:[оеє]м|(?:[оеє]в|[иыії]н|[сц]к|ськ)[ыиі]м)$")
"""How a name of a man or a state ends in the instrumental, so that Вьетнам, Рим and Ким are none."""


def _bare(word: str, endings: Endings) -> str:
    """A verb without what makes it reflexive."""
    return next((word[: -len(one)] for one in endings.reflexive if word.endswith(one)), word)


def _has_vowel(word: str) -> bool:
    """Whether a name can be spoken as a word; what can't is letters of an abbreviation (КНДР, МИД is one too)."""
    return any(letter in "аеиоуыэюяіїєё" for letter in word[1:])


def _plain(word: str) -> str:
    """A word as the reading has it: apostrophes straight, ё as е."""
    return word.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'").replace(" '", "'")


class Line:
    """One sentence laid out. Arrays run over its words.

    `names`, `kinds` and `cases` are what `Lexis.of` tells; `owner` the mention that a word belongs to, or -1; `marks`
    the mark before it; `preps` the kind of preposition that begins at a word and how many words it takes.
    """

    def __init__(self, sentence: Sentence, lexis: Lexis) -> None:
        self.sentence = sentence
        self.lexis = lexis
        self.words = words = tuple(word.replace(" ", "'") for word in sentence.words)
        self.n = n = len(words)
        told = [lexis.of(word) for word in words]
        self.names = [one[0] for one in told]
        self.kinds = [one[1] for one in told]
        self.cases = [one[2] for one in told]
        self.owner = [-1] * n
        self.marks = [_mark_of(gap) if gap else NONE for gap in sentence.gaps]
        for index, mention in enumerate(sentence.mentions):
            mask = lexis.name_cases(mention, sentence)
            is_adjective = lexis.is_adjective_name(mention, sentence)
            for at in range(mention.first, min(mention.last, n)):
                self.owner[at] = index
                self.kinds[at] = ADJECTIVE if is_adjective else NOUN
                self.cases[at] = lexis.nominal(words[at])[1] if is_adjective else mask
                if at > mention.first:
                    self.marks[at] = NONE
            if not is_adjective and self._is_abbreviation(mention):
                for at in range(mention.first, min(mention.last, n)):
                    self.cases[at] = ANY
        self.preps: dict[int, tuple[str, int]] = {}
        for at, word in enumerate(words):
            if word in lexis.phrases and self.owner[at] < 0:
                found = self._phrase_at(at)
                if found is not None:
                    self.preps[at] = found

    def _is_abbreviation(self, mention: Mention) -> bool:
        """Whether a name is written in capitals alone: it has no cases (МИД РФ, ООН)."""
        raw = self.sentence.raw[mention.first]
        return (len(raw) > 1 and raw.isupper() and not self.sentence.is_title) or (raw.isupper() and len(raw) < 6)

    def _phrase_at(self, at: int) -> tuple[str, int] | None:
        for phrase, name in self.lexis.phrases[self.words[at]]:
            size = len(phrase)
            if self.words[at : at + size] == phrase and not any(self.marks[at + 1 : at + size]):
                if any(self.owner[probe] >= 0 for probe in range(at, at + size)):
                    continue
                return name, size
        return None

    def has(self, at: int, name: str) -> bool:
        """Whether a word belongs to a class."""
        return name in self.names[at]


def _mark_of(gap: str) -> int:
    if any(mark in gap for mark in (";", ":", "—", "–", "--", "…", "|")):
        return HARD
    if "," in gap or "(" in gap or ")" in gap:
        return COMMA
    return HARD if "?" in gap or "!" in gap or "." in gap else NONE
