"""Which language a text is in: by its script, its feed's own word and its small words."""

import re

from monitor.text.cyrillic import language_of_cyrillic
from monitor.text.latin import language_of_latin

_TAG = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_KANA = re.compile("[\u3040-\u30fa\u30fc-\u30ff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ALIASES = {"kr": "ko", "jp": "ja", "cn": "zh", "ua": "uk", "kor": "ko", "jpn": "ja", "chi": "zh", "zho": "zh",
            "rus": "ru", "ukr": "uk", "eng": "en", "fre": "fr", "fra": "fr"}  # fmt: skip


UNSPACED = frozenset({"ja", "zh"})
"""Languages written without spaces: each of their letters is a word, and two count as one in a distance."""
_OTHER_SCRIPTS = frozenset({"ko", "ja", "zh", "ru", "uk", "be", "bg", "mk", "kk", "mn"})


def tag_of(said: str) -> str:
    """The two-letter code of what a feed says ("en-US", "EN", "ko_KR"), or "" where it says nothing usable."""
    found = _TAG.match(said.strip())
    code = found.group().lower() if found else ""
    return _ALIASES.get(code, code if len(code) == 2 else "")


def language_of(text: str, said: str = "") -> str:
    """The language of a text: by its script where that is decisive, else by what its feed says and by its small
    words, else English.

    A feed that calls itself English and sends Hangul is believed about its entries only as far as
    the letters go: one letter in ten of a script decides.
    """
    sample = text[:2000]
    letters = sum(map(str.isalpha, sample)) or 1
    code = tag_of(said)
    if len(_HANGUL.findall(sample)) * 10 >= letters:
        return "ko"
    if len(_KANA.findall(sample)) * 10 >= letters:
        return "ja"
    if len(_HAN.findall(sample)) * 5 >= letters:
        return code if code in ("ja", "zh") else "zh"
    if len(_CYRILLIC.findall(sample)) * 3 >= letters:
        return language_of_cyrillic(sample, code)
    # a feed's word holds only where the letters could be of that language
    return language_of_latin(sample, "" if code in _OTHER_SCRIPTS else code)
