"""Which of the languages in Cyrillic letters a text is in: by letters that only one has, else by small words."""

import re

LANGUAGES = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"})
_OWN = (
    ("be", re.compile("[ўЎ]")),
    ("mk", re.compile("[ѓќѕЃЌЅ]")),
    ("sr", re.compile("[јљњћђџЈЉЊЋЂЏ]")),
    ("tg", re.compile("[ӣӯҷҳӢӮҶҲ]")),
    ("kk", re.compile("[әғқұһӘҒҚҰҺ]")),
)
"""Letters that give a language away, in the order in which they are asked for."""
_TURKIC = re.compile("[өүңӨҮҢ]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэёЫЭЁ]")
_HARD = re.compile("[ъЪ]")
_WORDS = re.compile("[а-яіїєґ]+")
_UKRAINIAN_WORDS = frozenset(
    [
        "та",
        "із",
        "зі",
        "що",
        "як",
        "від",
        "у",
        "й",
        "щодо",
        "проти",
        "про",
        "після",
        "вже",
        "або",
        "але",
        "який",
        "яка",
        "які",
        "це",
        "його",
        "за",
        "до",
        "без",
        "понад",
        "через",
    ]
)
_RUSSIAN_WORDS = frozenset(
    [
        "что",
        "как",
        "от",
        "из",
        "к",
        "ко",
        "с",
        "со",
        "о",
        "об",
        "и",
        "после",
        "или",
        "но",
        "который",
        "это",
        "его",
        "для",
        "без",
        "более",
        "через",
        "уже",
        "еще",
        "при",
        "под",
    ]
)
_BULGARIAN_WORDS = frozenset(
    ["се", "ще", "са", "че", "след", "към", "е", "за", "от", "и", "на", "при", "със", "без", "през", "върху", "срещу"]
)


def language_of_cyrillic(sample: str, said: str) -> str:
    """The language of a text in Cyrillic letters; `said` is what its feed says, "" if nothing.

    The feed is believed unless the letters speak against it: Ukrainian outlets send Russian entries in a feed that
    calls itself Ukrainian, and the reverse.
    """
    for code, letters in _OWN:
        if letters.search(sample):
            return "mk" if code == "sr" and said == "mk" else code
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    if _TURKIC.search(sample):
        return said if said in ("ky", "mn", "kk") else "mn"
    if ukrainian != russian and said in ("", "ru", "uk"):
        return "uk" if ukrainian > russian else _russian_or_bulgarian(sample)
    if said in LANGUAGES:
        return said
    if ukrainian > russian:
        return "uk"
    return "ru" if russian else _by_words(sample)


def _russian_or_bulgarian(sample: str) -> str:
    return "ru" if len(_RUSSIAN.findall(sample)) >= len(_HARD.findall(sample)) else "bg"


def _by_words(sample: str) -> str:
    """By the small words of a text that has none of the letters that part these languages: a short headline."""
    words = _WORDS.findall(sample.lower())
    scores = {
        "ru": sum(word in _RUSSIAN_WORDS for word in words),
        "uk": sum(word in _UKRAINIAN_WORDS for word in words),
        "bg": sum(word in _BULGARIAN_WORDS for word in words) + 2 * len(_HARD.findall(sample)) - 1,
    }
    return max(scores, key=lambda code: (scores[code], code == "ru", code == "uk"))
