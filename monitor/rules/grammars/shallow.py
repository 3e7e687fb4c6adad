"""A shallow reading of an English sentence: what each word can be, and which words are verbs here.

Owns tags and verb groups. Who is subject of what is left to `english`.
"""

from functools import reduce
from operator import or_

from monitor.model import Language
from monitor.rules.grammars.kept import once_a_language
from monitor.rules.sentence import Sentence

BE, HAVE, DO, MODAL, NEGATION, ADVERB = 1, 2, 4, 8, 16, 32
DETERMINER, OWNER, PRONOUN, RELATIVE, COMPLEMENT, SUBORDINATE = 64, 128, 256, 512, 1024, 2048
CONJUNCTION, PREPOSITION, CALENDAR, PREDICATIVE, NUMBER, NOMINAL = 4096, 8192, 16384, 32768, 65536, 131072
BASE, THIRD, PAST, PARTICIPLE, ING = 1 << 18, 1 << 19, 1 << 20, 1 << 21, 1 << 22
HYBRID, NOT_VERB, ACCORDING, REPORT = 1 << 23, 1 << 24, 1 << 25, 1 << 26
AUXILIARY = BE | HAVE | DO | MODAL
FORMS = BASE | THIRD | PAST | PARTICIPLE | ING

_WORD_CLASSES = {
    "be": BE, "have": HAVE, "do": DO, "modal": MODAL, "negation": NEGATION, "adverb": ADVERB,
    "determiner": DETERMINER, "owner": OWNER, "pronoun": PRONOUN, "relative": RELATIVE, "complementizer": COMPLEMENT,
    "subordinator": SUBORDINATE, "conjunction": CONJUNCTION, "preposition": PREPOSITION, "calendar": CALENDAR,
    "predicative": PREDICATIVE, "number": NUMBER, "nominal": NOMINAL, "hybrid": HYBRID, "not_verb": NOT_VERB,
    "according": ACCORDING, "report_noun": REPORT,
}  # fmt: skip
VERB_CLASSES = (
    "verb", "speech", "accusing", "steering", "inverted", "wishing", "earning", "asking", "affecting", "arriving",
    "placing", "fighting", "helping", "judging", "suffering", "motion", "punishing", "mutual",
)  # fmt: skip
"""Classes whose words stand in their base form and mean all forms of the verb."""

NONE, COMMA, HARD = 0, 1, 2
_CLAUSE_REACH = 16
"""Words looked back for the finite verb of a clause; more would make a long list of nouns costly."""
_PARTING = CONJUNCTION | RELATIVE | COMPLEMENT | SUBORDINATE
_NO_NAMES: frozenset[str] = frozenset()


class Lexis:
    """The classes of a language made ready: tags by word, and each verb class as the set of all forms."""

    __slots__ = ("classes", "names", "tags", "words")

    def __init__(self, language: Language) -> None:
        self.classes = language.classes
        self.tags: dict[str, int] = {}
        self.words: dict[str, frozenset[str]] = dict(language.classes)
        for name, tag in _WORD_CLASSES.items():
            for word in language.classes.get(name, ()):
                self.tags[word] = self.tags.get(word, 0) | tag
        for name in VERB_CLASSES:
            forms: set[str] = set()
            for base in language.classes.get(name, ()):
                for form, tag in verb_forms(base, language.irregular.get(base, ())):
                    forms.add(form)
                    self.tags[form] = self.tags.get(form, 0) | tag
            self.words[name] = frozenset(forms)
        for word, tags in self.tags.items():
            if tags & (AUXILIARY | NOT_VERB):
                self.tags[word] = tags & ~FORMS
        names: dict[str, set[str]] = {}
        for name, members in self.words.items():
            for word in members:
                names.setdefault(word, set()).add(name)
        self.names = {word: frozenset(found) for word, found in names.items()}


def verb_forms(base: str, irregular: tuple[str, ...]) -> list[tuple[str, int]]:
    """The forms of a verb with what each is; irregular ones by their endings and order (see languages/en.toml)."""
    if any(form.endswith("ing") for form in irregular):
        others = [form for form in irregular if not form.endswith("ing")]
        past = others[1:] or [base]
        labelled = [(others[0], THIRD)] if others else []
        labelled += [(form, ING) for form in irregular if form.endswith("ing")]
        labelled += [(past[0], PAST), (past[-1], PARTICIPLE)]
        return [(base, BASE), *labelled]
    stem = base.removesuffix("e")
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return [
            (base, BASE), (base[:-1] + "ies", THIRD), (base[:-1] + "ied", PAST | PARTICIPLE), (base + "ing", ING),
        ]  # fmt: skip
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [(base, BASE), (third, THIRD), (stem + "ed", PAST | PARTICIPLE), (stem + "ing", ING)]


lexis_of = once_a_language(Lexis)
"""The lexis of a language."""


class Shallow:
    """One sentence read shallowly. Arrays run over its words.

    `tags`: what a word can be. `owner`: the mention that it belongs to, or -1. `marks`: the mark before it (n + 1
    of them; marks inside one mention, a list of states, part nothing). `verb`: 0, or the one form in which it is
    a verb here (an auxiliary counts as such). `any_tags`: all tags that any word has.
    """

    __slots__ = ("any_tags", "lexis", "marks", "n", "names", "owner", "sentence", "tags", "verb", "words")

    def __init__(self, sentence: Sentence, lexis: Lexis) -> None:
        self.sentence = sentence
        self.lexis = lexis
        # Folding parts a word at a curly apostrophe; grammar needs it whole ("won't", "russia's").
        self.words = words = tuple(
            word if word.isalnum() else word.replace(" ", "'").replace("’", "'") for word in sentence.words
        )
        self.n = n = len(words)
        known = lexis.tags
        names = lexis.names
        self.names = [names.get(word, _NO_NAMES) for word in words]
        self.owner = [-1] * n
        self.marks = [_mark_of(gap) if gap else NONE for gap in sentence.gaps]
        for index, mention in enumerate(sentence.mentions):
            for at in range(mention.first, min(mention.last, n)):
                self.owner[at] = index
                if at > mention.first:
                    self.marks[at] = NONE
        self.tags = [known[word] if word in known else _guessed(word) for word in words]
        self.any_tags = reduce(or_, self.tags, 0)
        self.verb = [0] * n
        for at in range(n):
            if self.owner[at] < 0:
                self.verb[at] = self._verb_at(at)

    def before(self, at: int) -> int:
        """The nearest word before `at` in the same stretch that is no adverb or negation; -1 if none."""
        at -= 1
        while at >= 0 and not self.marks[at + 1] and self.tags[at] & (ADVERB | NEGATION) and self.owner[at] < 0:
            if self.tags[at] & (AUXILIARY | DETERMINER):
                return at
            at -= 1
        return at if at >= 0 and not self.marks[at + 1] else -1

    def _verb_at(self, at: int) -> int:  # noqa: PLR0911 (early returns, one a case)
        tags = self.tags[at]
        if tags & AUXILIARY:
            return tags & AUXILIARY
        if not tags & FORMS or tags & NOT_VERB:
            return 0
        gap = self.sentence.gaps
        if gap[at + 1] == "-" and at + 1 < self.n:
            return 0
        if gap[at] == "-" and tags & HYBRID:
            return 0
        previous = self.before(at)
        before = self.tags[previous] if previous >= 0 and self.owner[previous] < 0 else 0
        is_owned = previous >= 0 and self.is_possessive(previous)
        if tags & ING:
            return self._ing_at(at, before, is_owned)
        if tags & (PAST | PARTICIPLE) and not tags & BASE:
            return self._past_at(at, previous, before, is_owned)
        if before & (MODAL | DO) or (previous >= 0 and self.words[previous] == "to"):
            return BASE
        if before & (DETERMINER | OWNER | PREPOSITION | NUMBER) or is_owned:
            return 0
        if before & (HAVE | BE) and tags & PARTICIPLE:
            return PARTICIPLE
        if before & PRONOUN or before & RELATIVE:
            return tags & (BASE | THIRD | PAST)
        if tags & PAST and tags & PARTICIPLE and self._follows_by(at):
            return PARTICIPLE
        if tags & NOMINAL and self._is_noun_here(at, previous, tags):
            return 0
        return tags & (BASE | THIRD | PAST)

    def _ing_at(self, at: int, before: int, is_owned: bool) -> int:
        following = self.words[at + 1] if at + 1 < self.n else ""
        if before & BE:
            return ING
        if following == "of" or is_owned or before & (OWNER | DETERMINER):
            return 0
        return 0 if self.is_attributive(at) else ING

    def is_attributive(self, at: int) -> bool:
        """Whether an -ing form stands before the noun it describes ("told visiting Premier Sato")."""
        if "attributive" not in self.names[at]:
            return False
        return at > 0 and not self.marks[at] and bool(self.verb[at - 1] or self.tags[at - 1] & PREPOSITION)

    def _past_at(self, at: int, previous: int, before: int, is_owned: bool) -> int:
        if before & (HAVE | BE):
            return PARTICIPLE
        follows_noun = at + 1 < self.n and not self.marks[at + 1] and not self.tags[at + 1] & (PREPOSITION | DETERMINER)
        if (before & (DETERMINER | OWNER | NUMBER) or is_owned) and follows_noun:
            return 0
        if before & PREPOSITION and follows_noun and previous >= 0 and self.words[previous] != "to":
            return 0
        if self._follows_by(at):
            return PARTICIPLE
        return PAST

    def _follows_by(self, at: int) -> bool:
        at += 1
        while at < self.n and self.tags[at] & ADVERB and not self.marks[at]:
            at += 1
        return at < self.n and "by_phrase" in self.names[at]

    def _is_noun_here(self, at: int, previous: int, tags: int) -> bool:
        if tags & BASE and not tags & (THIRD | PAST) and self._has_verb_before(at):
            return True
        return not (self._moves(at, previous) or self._takes_object(at, tags) or self._reports(at, previous, tags))

    def _reports(self, at: int, previous: int, tags: int) -> bool:
        """Whether a ministry or the like reports at the end of a clause (", the ministry estimates")."""
        if not tags & THIRD or "speech" not in self.names[at] or previous < 0 or self.owner[previous] >= 0:
            return False
        return "spokesperson" in self.names[previous] and (at + 1 >= self.n or bool(self.marks[at + 1]))

    def _has_verb_before(self, at: int) -> bool:
        """Whether the clause has its finite verb already ("Tehran rejects US claim"), so that a bare form is a noun."""
        for probe in range(at - 1, max(at - _CLAUSE_REACH, -1), -1):
            if self.marks[probe + 1] or (self.owner[probe] < 0 and self.tags[probe] & _PARTING):
                return False
            if self.verb[probe] & (THIRD | PAST | BASE):
                return self.words[probe - 1] != "to" if probe else True
        return False

    def is_main(self, at: int) -> bool:
        """Whether a word is the verb of its group: no auxiliary, or one that helps no other verb ("has no plans")."""
        form = self.verb[at]
        if not form & AUXILIARY:
            return bool(form)
        at += 1
        while (
            at < self.n
            and self.owner[at] < 0
            and self.tags[at] & (ADVERB | NEGATION)
            and not self.tags[at] & DETERMINER
        ):
            at += 1
        return at >= self.n or self.owner[at] >= 0 or not (self.verb[at] or self.words[at] == "to")

    def _moves(self, at: int, previous: int) -> bool:
        """Whether a verb of motion stands between its subject and where it goes ("leaders head to Washington")."""
        if previous < 0 or "motion" not in self.names[at]:
            return False
        following = self.words[at + 1] if at + 1 < self.n else ""
        return following in ("to", "for", "from", "back", "home", "in", "into")

    def _takes_object(self, at: int, tags: int) -> bool:  # noqa: PLR0911 (early returns, one a case)
        """Whether a form that may be a noun stands before an object, and after a subject, as a verb does."""
        following = at + 1
        if following >= self.n or self.marks[following] == HARD or self.marks[following] == COMMA:
            return False
        previous = self.before(at)
        if previous < 0 and not tags & PAST:
            return False
        has_subject = previous >= 0 and (
            self.owner[previous] >= 0 or tags & (THIRD | PAST) or self.words[previous].endswith("s")
        )
        if not has_subject:
            return False
        follower = self.tags[following]
        if self.owner[following] >= 0:
            return True
        if self.verb_like(follower) or follower & (CONJUNCTION | SUBORDINATE):
            return False
        if follower & PREPOSITION and not follower & DETERMINER:
            return False
        if follower & (DETERMINER | OWNER | NUMBER | PRONOUN | COMPLEMENT) or self.words[following][:1].isdigit():
            return True
        return bool(tags & (THIRD | PAST)) and not follower & (ADVERB | PREDICATIVE)

    @staticmethod
    def verb_like(tags: int) -> bool:
        """Whether a word is an auxiliary, so that what stands before it is no verb with an object."""
        return bool(tags & AUXILIARY)

    def is_possessive(self, at: int) -> bool:
        """Whether a word ends in the possessive ("korea's", "states'")."""
        word = self.words[at]
        if word.endswith(("'s", "’s")):
            return not self.tags[at] & PRONOUN
        gap = self.sentence.gaps[at + 1]
        return word.endswith("s") and gap in ("'", "’") and at + 1 < self.n

    def group_start(self, at: int) -> int:
        """Where the verb group begins that ends with the verb at `at`: auxiliaries, `to` and adverbs before it."""
        start = at
        probe = at - 1
        while probe >= 0 and not self.marks[probe + 1] and self.owner[probe] < 0:
            tags = self.tags[probe]
            if self.words[probe] == "to":
                return probe
            if tags & AUXILIARY:
                start = probe
            elif not tags & (ADVERB | NEGATION) or tags & PREPOSITION:
                break
            probe -= 1
        return start

    def is_passive_at(self, at: int) -> bool:
        """Whether the participle at `at` has a form of `be` or `get` before it in its group."""
        if not self.tags[at] & PARTICIPLE:
            return False
        for probe in range(at - 1, self.group_start(at) - 1, -1):
            tags = self.tags[probe]
            if tags & BE:
                return True
            if tags & (HAVE | MODAL | DO):
                return False
        previous = self.before(at)
        return previous >= 0 and self.words[previous] in ("get", "gets", "got", "getting")


def _mark_of(gap: str) -> int:
    """What the marks before a word do to a clause: nothing, part a phrase, or part a clause."""
    if ";" in gap or ":" in gap or "—" in gap or "–" in gap or "--" in gap or "…" in gap or "|" in gap:
        return HARD
    if "," in gap or "(" in gap or ")" in gap:
        return COMMA
    return HARD if "?" in gap or "!" in gap else NONE


def _guessed(word: str) -> int:
    """What a word that no table knows can be, by its ending."""
    if word.endswith("ed") and len(word) > 4:
        return PAST | PARTICIPLE
    if word.endswith("ing") and len(word) > 5:
        return ING
    return ADVERB if word.endswith("ly") and len(word) > 5 else 0
