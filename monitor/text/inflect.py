"""The forms that a word or phrase may take in a language.

English by its regular paradigms and the irregular table of the language file, Russian and Ukrainian by those of
`slavic`, French by those of `french`; another language gives the word as written. A possessive needs no form of its
own: the apostrophe is a border of words to the search, so "troop" is found in "troop's".
"""

import re

from monitor.model import Language
from monitor.text import french, slavic

INFLECTING_NAMES = frozenset({*slavic.PARADIGMS, "fr"})
"""The languages in which a name takes other forms than a possessive or a particle behind it."""
FORMS_LIMIT = 24
"""The most forms of one phrase; one that would take more is taken as written with its first forms."""

_VOWELS = "aeiou"
_FUNCTION = frozenset(
    re.findall(
        r"\w+",
        "a an the this that these those some any no not never of in on at to for from by with about into onto over "
        "under up out off down back away through against between among before after as and or but than his her its "
        "their our my your him them it us be is are was were been being am has had do does did will would shall should "
        "can could may might must there here who which what when where",
    )
)
"""Words that do not inflect, and that stand behind the head of a phrase ("memorandum of understanding")."""
_LEADING = frozenset({"be", "have", "do"})
_STRESSED_AT_END = re.compile(r"(?:[bdmrs]mit|[a-z]fer|[a-z]pel|cur|trol|quip|gret|bed|bet|abhor|deter|inter|avert)$")
_UNSTRESSED_AT_END = re.compile(r"(?:en|er|or|on|an|in|it|et|ot|op|ar|ap|ad|id|od|om|im|um|ic|us|ut|ur|ir|ad|ab)$")
_DOUBTFUL = ("kidnap", "program", "worship", "handicap", "format", "benefit", "combat", "focus", "bias", "leapfrog")
_WITH_K = frozenset({"panic", "traffic", "mimic", "frolic", "picnic"})
_NO_VERB = re.compile(r"(?:ness|ism|ist|ology|[^p]ity|ous|[a-z]{2}ful|[a-z]{3}able|[a-z]{3}ible|[a-z]{4}ship|hood)$")
_ADVERB = re.compile(r"(?:edly|[^r]ally|ously|ively|antly|ently|arily|orily|ately|ingly)$")
_HEADS = re.compile(r"^(?:over|under|out|re|up|fore|mis|un|with|inter|counter)(?=[a-z]{3})")
_PLURAL_ALREADY = re.compile(r"[^suiao]s$")


def forms_of(term_text: str, language: Language) -> tuple[tuple[str, ...], bool]:
    """All inflected forms of a word or phrase, as written first, and whether some of them were guessed.

    Guessed means that the paradigms left a doubt and both spellings are given ("targeted", "targetted").
    O(words of the phrase); at most FORMS_LIMIT forms.
    """
    if language.code in slavic.PARADIGMS:
        return slavic.forms_of(term_text, language)
    if language.code == "fr":
        return french.forms_of(term_text, language)
    words = term_text.split()
    if language.code != "en" or not words:
        return (term_text,), False
    if len(words) == 1:
        forms, is_guessed = _word(words[0], language)
        return _unique(forms), is_guessed
    return _phrase(words, language)


# --- phrases ----------------------------------------------------------------------------------------------------------


def _phrase(words: list[str], language: Language) -> tuple[tuple[str, ...], bool]:
    """The head inflects: before the first grammar word, at the beginning if that is a verb, else at the end."""
    if words[0].lower() in _FUNCTION and words[0].lower() not in _LEADING:
        return (" ".join(words),), False
    behind = next((at for at, word in enumerate(words) if at and word.lower() in _FUNCTION), None)
    choices = [[word] for word in words]
    is_guessed = False
    if behind is not None:
        head = words[behind - 1]
        is_noun = words[behind].lower() == "of"
        choices[behind - 1], is_guessed = (_noun(head, language), False) if is_noun else _word(head, language)
        if behind == 2 and not is_noun:  # "play host to", "take aim at": either may be the head
            choices[0], _ = _word(words[0], language)
            choices[1] = [words[1]] if _is_verb(words[0], language) else _noun(words[1], language)
    elif _is_verb(words[0], language):
        choices[0], is_guessed = _word(words[0], language)
        choices[-1] = _noun(words[-1], language)
    elif words[0].lower().endswith("ly"):
        choices[-1], is_guessed = _word(words[-1], language)
    else:
        choices[-1] = _noun(words[-1], language)
    return _joined(words, choices), is_guessed


def _joined(words: list[str], choices: list[list[str]]) -> tuple[str, ...]:
    whole = [""]
    for options in choices:
        whole = [f"{begun} {option}".lstrip() for begun in whole for option in options]
        if len(whole) > FORMS_LIMIT:
            whole = whole[:FORMS_LIMIT]
    return _unique([" ".join(words), *whole])[:FORMS_LIMIT]


def _is_verb(word: str, language: Language) -> bool:
    """A verb that the irregular table knows, or one that is a cue by itself."""
    lower = word.lower()
    if _is_of_verb(_irregular(lower, language)):
        return True
    return any(lower in cues for cues in language.cues.values())


# --- words ------------------------------------------------------------------------------------------------------------


def _word(word: str, language: Language) -> tuple[list[str], bool]:  # noqa: PLR0911 (a return a paradigm)
    """The forms of one word, in doubt those of a noun and of a verb."""
    before, hyphen, last = word.rpartition("-")
    if hyphen:
        forms, is_guessed = _word(last, language) if last else ([last], False)
        return [f"{before}-{form}" for form in forms], is_guessed
    lower = word.lower()
    if lower in _FUNCTION or len(lower) < 2 or not lower.isascii() or not lower.isalpha():
        return [word], False
    if word.isupper():
        return [word, f"{word}s"], False
    irregular = _irregular(lower, language)
    if _is_fixed(lower) and not irregular:
        return [word], False
    if irregular and not _is_of_verb(irregular):
        return [word, *irregular], False
    forms = [word, *irregular, *([] if any(form.endswith("s") for form in irregular) else _plural(word))]
    if irregular:
        return forms, False
    if _NO_VERB.search(lower) or lower.endswith("ing"):
        return forms, False
    past, ongoing, is_guessed = _verb(word)
    return [*forms, *past, *ongoing], is_guessed


def _noun(word: str, language: Language) -> list[str]:
    before, hyphen, last = word.rpartition("-")
    lower = last.lower()
    if lower in _FUNCTION or len(lower) < 2 or not lower.isascii() or not lower.isalpha() or _is_fixed(lower):
        return [word]
    irregular = _irregular(lower, language)
    plurals = list(irregular) if irregular and not _is_of_verb(irregular) else _plural(last)
    return [word, *(f"{before}{hyphen}{plural}" for plural in plurals)]


def _irregular(lower: str, language: Language) -> tuple[str, ...]:
    """What the table says of the word, or of the verb or noun inside it (withdraw, overthrow, serviceman)."""
    known = language.irregular.get(lower)
    if known is not None:
        return known
    if lower.endswith("man") and len(lower) > 4 and lower not in ("human", "german", "roman", "ottoman"):
        return (f"{lower[:-3]}men",)
    if lower.endswith("sis"):
        return (f"{lower[:-2]}es",)
    head = _HEADS.match(lower)
    inner = language.irregular.get(lower[head.end() :]) if head else None
    return tuple(head[0] + form for form in inner) if head and inner and _is_of_verb(inner) else ()


def _is_of_verb(irregular: tuple[str, ...]) -> bool:
    """The table gives a verb all its forms, -ing among them, and a noun its plurals."""
    return any(form.endswith("ing") for form in irregular)


def _is_fixed(lower: str) -> bool:
    """An adverb, a participle or a plural: it stands for itself."""
    if _ADVERB.search(lower) or _PLURAL_ALREADY.search(lower):
        return True
    return lower.endswith("ed") and len(lower) > 4 and not lower.endswith(("eed", "bed", "wed"))


def _plural(word: str) -> list[str]:
    """The -s of a noun in the plural and of a verb after "he"."""
    lower = word.lower()
    if lower.endswith("arch"):
        return [f"{word}s"]
    if lower.endswith(("s", "x", "z", "ch", "sh")):
        return [f"{word}es"]
    if lower.endswith("y") and lower[-2] not in _VOWELS:
        return [f"{word[:-1]}ies"]
    if lower.endswith("o") and lower[-2] not in _VOWELS:
        return [f"{word}s", f"{word}es"]
    return [f"{word}s"]


def _verb(word: str) -> tuple[list[str], list[str], bool]:
    """The past and the -ing form, each in every spelling that may be meant, and whether that was a doubt."""
    lower = word.lower()
    if lower.endswith("ie"):
        return [f"{word}d"], [f"{word[:-2]}ying"], False
    if lower.endswith(("ee", "oe", "ye")):
        return [f"{word}d"], [f"{word}ing"], False
    if lower.endswith("e"):
        return [f"{word}d"], [f"{word[:-1]}ing"], False
    if lower.endswith("y") and lower[-2] not in _VOWELS:
        return [f"{word[:-1]}ied"], [f"{word}ing"], False
    stems, is_guessed = _stems(word)
    return [f"{stem}ed" for stem in stems], [f"{stem}ing" for stem in stems], is_guessed


def _stems(word: str) -> tuple[list[str], bool]:  # noqa: PLR0911 (a return a paradigm)
    """The word before -ed and -ing, its last letter doubled where the stress asks for it."""
    lower = word.lower()
    if lower in _WITH_K:
        return [f"{word}k"], False
    doubled = word + word[-1]
    letters = lower.replace("qu", "qw")
    ends_short = (
        len(letters) > 2
        and letters[-1] not in _VOWELS + "wxy"
        and letters[-2] in _VOWELS
        and letters[-3] not in _VOWELS
    )
    if not ends_short:
        return [word], False
    if len(re.findall(f"[{_VOWELS}y]+", letters)) == 1:
        return [doubled], False
    if _STRESSED_AT_END.search(lower):
        return [doubled], False
    if lower.endswith("l"):
        return [word, doubled], False  # travelled, traveled: both are right
    if lower in _DOUBTFUL or not _UNSTRESSED_AT_END.search(lower):
        return [word, doubled], True
    return [word], False


def _unique(forms: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms))
