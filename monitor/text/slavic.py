"""The forms of words and phrases in Russian and Ukrainian.

Which word of a phrase inflects, and what agrees with it, is the same in both; how a word inflects is told by
`russian` and `ukrainian`. A word that the language file lists as irregular has the forms that stand there.
"""

from collections.abc import Iterable, Sequence
from types import ModuleType

from monitor.model import Language
from monitor.text import russian, ukrainian

FORMS_LIMIT = 96
"""The most forms of one word or phrase."""
PARADIGMS: dict[str, ModuleType] = {"ru": russian, "uk": ukrainian}
_NO_FORMS = "fixed"
"""The class of words that never change: токио, осло, марокко."""
_PREFIX = ("ск", "цк", "ськ", "цьк", "зьк")
"""An adjective of this kind (российский) is found by its stem in all its forms and compounds."""
_GIVEN = "given_name"
_EASTERN = "eastern_name"


def forms_of(term_text: str, language: Language) -> tuple[tuple[str, ...], bool]:
    """All forms of a word or phrase, as written first; never a doubt, since both readings are given.

    A form that ends with `*` stands for every word that begins so (the participles of a verb). O(words).
    """
    words = term_text.split()
    if not words:
        return (term_text,), False
    forms = _word(words[0], language) if len(words) == 1 else _phrase(words, language)
    return tuple(dict.fromkeys((term_text, *forms)))[:FORMS_LIMIT], False


def _small(word: str) -> str:
    return word.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


def _word(word: str, language: Language) -> list[str]:
    before, hyphen, last = word.rpartition("-")
    if hyphen and last and not last[0].isdigit():
        return [f"{_small(before)}-{form}" for form in _word(last, language)]
    small = _small(word)
    known = language.irregular.get(small)
    if known is not None:
        return [small, *known]
    if _is_fixed(word, small, language):
        return [small]
    paradigms = PARADIGMS[language.code]
    if paradigms.is_verb(small) and not _is_listed(small, language, "soft_noun"):
        return list(paradigms.verb(small))
    if paradigms.is_adjective(small) and not _is_listed(small, language, "hard_noun"):
        return _adjective(small, paradigms)
    return [form for case in paradigms.noun(small) for form in case]


def _adjective(small: str, paradigms: ModuleType) -> list[str]:
    stem = paradigms.adjective_stem(small)
    if stem.endswith(_PREFIX) and len(stem) > 4:
        return [small, stem + "*"]
    return [form for gender in paradigms.adjective(small).values() for case in gender for form in case]


def _is_fixed(word: str, small: str, language: Language) -> bool:
    """Whether a word has no forms: capitals, foreign letters, digits, what the language file says."""
    is_short = len(small) < 3 or (word.isupper() and len(word) < 7)
    is_foreign = not small.replace("'", "").isalpha() or small.isascii()
    return is_short or is_foreign or _is_listed(small, language, _NO_FORMS)


def _is_listed(small: str, language: Language, name: str) -> bool:
    return small in language.classes.get(name, ())


# --- phrases ----------------------------------------------------------------------------------------------------------


def _phrase(words: Sequence[str], language: Language) -> list[str]:
    """A verb with what it governs; a name with its given name; a noun with its adjectives and what follows it."""
    paradigms = PARADIGMS[language.code]
    small = [_small(word) for word in words]
    if paradigms.is_verb(small[0]) and not _is_listed(small[0], language, "soft_noun"):
        rest = " ".join(small[1:])
        return [f"{form} {rest}" for form in _word(words[0], language) if not form.endswith("*")]
    if _is_listed(small[0], language, "unstressed"):
        return [" ".join(small)]
    if words[0][0].isupper() and words[-1][0].isupper() and _is_person(small, language):
        return _person(words, small, language)
    return _noun_phrase(words, small, language)


def _is_person(small: Sequence[str], language: Language) -> bool:
    return _is_listed(small[0], language, _GIVEN) or _is_listed(small[0], language, _EASTERN) or small[0][-1:] == "."


def _person(words: Sequence[str], small: Sequence[str], language: Language) -> list[str]:
    """`Владимира Путина` by case; `Ким Чен Ыну`, where the last part alone inflects."""
    last = _cases(words[-1], language)
    middle = " ".join(small[1:-1])
    middle = f" {middle} " if middle else " "
    if not _is_listed(small[0], language, _GIVEN):
        return [f"{small[0]}{middle}{form}" for case in last for form in case]
    first = _cases(words[0], language)
    return [
        f"{given}{middle}{form}" for left, right in zip(first, last, strict=True) for given in left for form in right
    ]


def _cases(word: str, language: Language) -> Sequence[Iterable[str]]:
    """The forms of a name in the six cases of the singular."""
    small = _small(word)
    is_short_name = len(word) == 2 and word[0].isupper() and word[1].islower()  # Ын
    if small in language.irregular or (_is_fixed(word, small, language) and not is_short_name):
        return [_word(word, language)] * 6
    paradigms = PARADIGMS[language.code]
    if paradigms.is_adjective(small) and not _is_listed(small, language, "hard_noun"):
        return list(paradigms.adjective(small)["f" if small.endswith(("ая", "яя")) else "m"])
    cases: Sequence[Iterable[str]] = paradigms.noun(small)[:6]
    if small.endswith(("ова", "ева", "єва", "ина", "іна")):  # a woman's surname
        means = small[:-1] + ("ою" if language.code == "uk" else "ой")
        own = small[:-1] + ("ій" if language.code == "uk" else "ой")
        sides = (cases[0], [*cases[1], means], [*cases[2], own], cases[3], [means], [*cases[5], own])
        cases = sides
    return cases


def _noun_phrase(words: Sequence[str], small: Sequence[str], language: Language) -> list[str]:
    """Adjectives agree with the noun behind them; what follows it stays; two nouns with a hyphen were one word."""
    paradigms = PARADIGMS[language.code]
    head = next((at for at, word in enumerate(small) if not _agrees(word, at, small, language)), len(small) - 1)
    rest = " ".join(small[head + 1 :])
    rest = f" {rest}" if rest else ""
    if _is_fixed(words[head], small[head], language) or small[head] in language.irregular:
        own = [[form] * 6 for form in _word(words[head], language)]
        nouns = [tuple(one[at] for one in own) for at in range(6)] * 2
    else:
        nouns = list(paradigms.noun(small[head]))
    if not head:
        return [f"{form}{rest}" for case in nouns for form in case]
    gender = paradigms.gender_of(small[head])
    found = []
    tables = [paradigms.adjective(word) for word in small[:head]]
    for at, case in enumerate(nouns):
        side = gender if at < 6 else "p"
        before = [""]
        for table in tables:
            before = [f"{begun}{form} " for begun in before for form in table[side][at % 6]]
        found += [f"{begun}{form}{rest}" for begun in before for form in case]
    return found


def _agrees(word: str, at: int, small: Sequence[str], language: Language) -> bool:
    """Whether a word before another is an adjective."""
    if at == len(small) - 1 or _is_listed(word, language, "hard_noun") or word in language.irregular:
        return False
    if language.code == "uk":
        return ukrainian.is_adjective(word, is_inside=True) and _is_like(word, small[at + 1])
    return russian.is_adjective(word, is_inside=True)


def _is_like(word: str, following: str) -> bool:
    """Whether a Ukrainian word in -а, -е, -і could be an adjective before this one."""
    if word.endswith(("ий", "ій")):
        return True
    gender = ukrainian.gender_of(following)
    return gender == {"а": "f", "я": "f", "е": "n", "є": "n", "і": "p"}.get(word[-1], "")
