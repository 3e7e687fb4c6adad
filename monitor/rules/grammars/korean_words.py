"""A Korean sentence read shallowly: what the particle of each word says, and how each verb goes on.

Korean is written in words of a stem and what hangs on it. A noun's last syllables say its case ("러시아에": to
Russia), a verb's whether it ends the sentence, goes on to another clause, describes the noun behind it or is quoted.
"""

import re
from functools import lru_cache

from monitor.model import Language
from monitor.rules.grammars.kept import once_a_language
from monitor.rules.sentence import Mention, Sentence

SUBJECT, TOPIC, DIRECT, GENITIVE, GOAL, SEAT, ORIGIN, COMPANY, BARE, HEADLINE, QUOTING, MEANS = (
    "subject", "topic", "direct", "genitive", "goal", "seat", "origin", "company",
    "bare", "headline", "quoting", "means",
)  # fmt: skip
CASES = (SUBJECT, TOPIC, DIRECT, GENITIVE, GOAL, SEAT, ORIGIN, COMPANY)

NOUN, FINAL, LINK, ADNOMINAL, QUOTED = "noun", "final", "link", "adnominal", "quoted"
_PHRASE = 7
"""Words from a name to the end of its noun phrase; a longer way is no phrase any more."""

_QUOTED = re.compile(r"(?:다|라|자|냐)(?:고|며|면서|는|던|라며)(?:도|는|까지)?$")
_LINK = re.compile(
    r"(?:(?:하|되|시키|[았었였했됐갔렸냈섰렀웠졌왔켰췄쳤났혔]|이)(?:고|며|면서|면|자|니|던|려고|려|러|다가)"
    r"|지만|으며|으면서|는데|은데|(?:하|되)(?:기에|도록|느라|거나|자마자)|[가-힣]해서?|(?:하|되|맺|보내|만나|열|주)기로|키로|돼|되어|하여|위해|려고"
    r"|찾아|만나|보내|가져|맺고|맺어|보내고|만나고|찾고|떠나|가며|마치고|앞두고)$"
)
_ADNOMINAL = re.compile(
    r"(?:하는|되는|있는|없는|하던|되던|[가-힣](?:[한된할될]|했던|됐던)"
    r"|보낸|보낼|찾은|찾는|찾을|만난|만날|떠난|열린|열릴|열리는|맺은|맺을|받은|받는|받을|있던|중인|중이던|예정인|이끄는|이끈|준|줄|간|갈|가는|오는|온|올"
    r"|맞은|맡은|앞둔|마친|벌인|나선|밝힌|따른|빠진|숨진|끝난|가진|위한|대한|관한|향한|통한|둘러싼|들여온|사들인|넘긴|파는|판|싸운|싸우는"
    r"|도운|돕는|도울|세운|키운|이룬|다룬|치른|부른|올린|내린|걸린|잇는|이은|낸|내는|내릴|노린|노리는|겨냥한|쏜|쏘는|얻은|얻는|빼돌린|훔친|어긴|피한|숨긴|건넨|탄|타는|지낸)$"
)
_FINAL = re.compile(r"(?:[가-힣]다|[가-힣]까|[해했하]요|습니다|것|듯|하라|하자|해야|않아|없어|아냐|싶어)$")
_NOT_ADNOMINAL = re.compile(
    r"(?:북한|남한|대한|제한|기한|권한|역할|분할|관할|권한|신한|무한|방한|인간|기간|시간|야간|주간|연간|간|회담|오는|지난|최근|기준|수준|정도)$"
)
_OPENING = '“‘「『〈《"'
_SEPARATING = ("…", "...", ";", "|", "—", "→", "↑", "↓", "]", "[")


class Lexis:
    """The classes of the language made ready: particles by their case, the longest first."""

    __slots__ = ("classes", "nouns", "particles", "tail")

    def __init__(self, language: Language) -> None:
        self.classes = language.classes
        self.nouns = language.classes.get("whole_noun", frozenset())
        self.particles: dict[str, str] = {}
        for case in CASES:
            for particle in language.classes.get(case, ()):
                self.particles[particle] = case
        longest = sorted(self.particles, key=lambda one: (-len(one), one))
        self.tail = re.compile(f"(?:{'|'.join(map(re.escape, longest))})$") if longest else re.compile("(?!)")

    def has(self, name: str, word: str) -> bool:
        """Whether a word begins with one of a class."""
        return word.startswith(prefixes(self.classes.get(name, frozenset())))

    def case_of(self, word: str) -> str:
        """The case that a noun's particle says; BARE where it has none."""
        if word in self.nouns or len(word) < 2:
            return BARE
        found = self.tail.search(word)
        return self.particles[found.group()] if found and found.start() > 0 else BARE

    def case_of_tail(self, tail: str) -> str:
        """The case that what hangs on a name says."""
        if not tail:
            return BARE
        found = self.tail.search(tail)
        return self.particles[found.group()] if found and tail not in self.nouns else BARE


@lru_cache(maxsize=256)
def prefixes(words: frozenset[str]) -> tuple[str, ...]:
    """The words of a class as `str.startswith` takes them."""
    return tuple(sorted(words))


lexis_of = once_a_language(Lexis)
"""The lexis of a language."""


ACCORDING = ("따르면", "의하면")
"""Behind the name of who says so."""


class Words:
    """One sentence. Arrays run over its words.

    `form`: what kind of word it is; `owner`: the mention it belongs to, or -1; `parted`: whether a mark before it
    (n + 1 of them) parts what stands on either side; `quote`: the number of the quotation it stands in, or 0.
    """

    __slots__ = ("form", "has_source", "lexis", "n", "owner", "parted", "quote", "sentence", "words")

    def __init__(self, sentence: Sentence, lexis: Lexis) -> None:
        self.sentence = sentence
        self.lexis = lexis
        self.words = sentence.words
        self.n = len(self.words)
        self.owner = [-1] * self.n
        for index, mention in enumerate(sentence.mentions):
            for at in range(mention.first, min(mention.last, self.n)):
                self.owner[at] = index
        self.parted = [any(mark in gap for mark in _SEPARATING) for gap in sentence.gaps]
        self.quote = self._quotes()
        self.form = [self._form(at) for at in range(self.n)]
        self.has_source = any(word.startswith(ACCORDING) for word in self.words)

    def _quotes(self) -> list[int]:
        """The number of the quotation that each word stands in; 0 outside, and for a single quoted word."""
        quote, number, inside, opened = [0] * self.n, 0, 0, 0
        for at in range(self.n + 1):
            for mark in self.sentence.gaps[at]:
                if mark in "“「『" or (mark == '"' and not inside):
                    number += 1
                    inside, opened = number, at
                elif mark in '”」』"' and inside:
                    if at - opened <= 1:
                        quote[opened:at] = [0] * (at - opened)
                    inside = 0
            if inside and at < self.n:
                quote[at] = inside
        return quote

    def _form(self, at: int) -> str:
        word = self.words[at]
        if self.owner[at] >= 0 or word in self.lexis.nouns or len(word) < 2:
            return NOUN
        if _QUOTED.search(word):
            return QUOTED
        if _FINAL.search(word):
            return FINAL
        if _LINK.search(word):
            return LINK
        if _ADNOMINAL.search(word) and not _NOT_ADNOMINAL.search(word):
            return ADNOMINAL
        return NOUN

    def is_light(self, at: int) -> bool:
        """Whether a noun goes on with the clause before it ("의혹을", "계획")."""
        return at < self.n and self.lexis.has("light", self.words[at])

    def case(self, index: int, stops: frozenset[int]) -> tuple[str, int]:
        """The case of a mention and the last word of its noun phrase (exclusive).

        A name without a particle takes that of the noun it stands before ("러시아 외무장관이"); before the act
        itself, or with no particle to come, it is bare; before a comma a headline's topic, before a quotation its
        speaker. `stops` are the words of the act and its object.
        """
        mention = self.sentence.mentions[index]
        case = self._own(mention)
        if case != BARE:
            return case, mention.last
        at = mention.last
        while at < self.n and at - mention.last < _PHRASE:
            marked = self._case_by_mark(mention, at)
            if marked:
                return marked, at
            if at in stops or self.form[at] != NOUN or self._is_of_others(mention, at):
                return BARE, at
            owner = self.owner[at]
            if owner < 0 and self.words[at].endswith("만에"):
                return BARE, at  # "시진핑 11년 만에 방한": how long it has been, and not whither
            case = self._own(self.sentence.mentions[owner]) if owner >= 0 else self.lexis.case_of(self.words[at])
            if case == GOAL and owner < 0 and self.words[at].endswith("로"):
                case = MEANS if not self.lexis.has("side", self.words[at]) else case
            at = self.sentence.mentions[owner].last if owner >= 0 else at + 1
            if case != BARE:
                return case, at
        return BARE, min(at, self.n)

    def _case_by_mark(self, mention: Mention, at: int) -> str:
        """What the mark before word `at` says of the phrase that ends there; empty where the phrase goes on."""
        gap = self.sentence.gaps[at]
        if "…" in gap or "..." in gap:
            return HEADLINE
        if any(mark in gap for mark in _OPENING) and self.quote[at] and not self.quote[mention.first]:
            return QUOTING
        if "," in gap:
            return HEADLINE
        return BARE if self.parted[at] else ""

    def _is_of_others(self, mention: Mention, at: int) -> bool:
        """Whether another actor begins at word `at`, so that a phrase does not go on."""
        owner = self.owner[at]
        if owner < 0:
            return False
        following = self.sentence.mentions[owner]
        return not following.codes & mention.codes and any(actor.code for actor in following.actors)

    def _own(self, mention: Mention) -> str:
        tail = mention.tail.casefold()
        return self.lexis.case_of_tail(tail)

    def is_about(self, index: int, end: int, name: str) -> bool:
        """Whether the noun phrase of a mention, up to word `end`, is headed by a word of a class."""
        first = self.sentence.mentions[index].last - 1
        return any(self.lexis.has(name, self.words[at]) for at in range(max(first, 0), min(end, self.n)))
