"""Letters made comparable, with the way back to the original offsets.

`fold` gives lower-case UTF-8 in which every mark is a space: equal for curly and straight quotes, kinds of
hyphen, accents on Latin letters, ё and е. A word begins and ends at a space, so that one search for
" north korea " checks its borders too; a mark beside white space leaves two spaces, so no phrase crosses it.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

# What one character can't become one character: combining marks, soft hyphens and marks without width, ligatures,
# letters whose lower case is longer, tabs. A text with none of these, and with single spaces, folds without a map.
_ODD = re.compile(
    "[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufb00-\ufb06\u00df\u1e9e\u0130\u0149\u01f0"
    "\u1100-\u11ff\\t\\r\\f\\v\u00aa\u00ba]|[\u4e00-\u9fff](?=[\uac00-\ud7a3])"
)
# At most 30 marks on a letter (the stream-safe format of UAX #15): normalising sorts them, in the square of their
# number; those that follow are letters of their own, and vanish alike.
_SPLIT = (
    "\\s{2,}|[\u1100-\u11ff]+|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufb00-\ufb06\u00df\u1e9e\u0130\u0149\u01f0"
    "\u00aa\u00ba]|[\u4e00-\u9fff](?=[\uac00-\ud7a3])"
)
_UNEVEN = re.compile(_SPLIT)
_COMBINING = re.compile("[\u0300-\u036f]")
_MARKED = re.compile("\\S[\u0300-\u036f]+|[\u0300-\u036f]+|" + _SPLIT)


_ARAEA = "\u318d"
"""A Korean letter that is written for the middle dot."""


def _latin_base(letter: str) -> str:
    """The letter without its accent if it is Latin; Cyrillic й, ї, ґ are themselves."""
    decomposed = unicodedata.normalize("NFD", letter)
    if len(decomposed) > 1 and "a" <= decomposed[0].lower() <= "z":
        return decomposed[0]
    return letter


def _simple_table() -> dict[int, str]:
    """One for one: accents off Latin letters, ё to е, full width to half, marks to a space, all lower case."""
    table: dict[int, str] = {}
    for code in range(0x10000):
        if 0xD800 <= code <= 0xDFFF:
            table[code] = " "
            continue
        letter = chr(code)
        category = unicodedata.category(letter)
        if 0xFF01 <= code <= 0xFF5E:
            letter, category = chr(code - 0xFEE0), unicodedata.category(chr(code - 0xFEE0))
        if category[0] in "PZC" or (category[0] == "S" and category != "Sc") or letter == _ARAEA:
            table[code] = " "
        else:
            base = _latin_base(letter).lower()
            base = {"ё": "е", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}.get(base, base)
            if base != chr(code) and len(base) == 1:
                table[code] = base
    return table


_SIMPLE = _simple_table()
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_MARKS = 32
"""Characters of a letter with its marks that are composed."""
_RARE = 8
"""A text with fewer bytes beyond ASCII than one in so many letters (quotation marks, a name) takes the short way."""
_ASCII = bytes(ord(_SIMPLE.get(code, chr(code))) if code < 128 else code for code in range(256))


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text made comparable: `data` begins and ends with a space.

    `origins` gives for each byte the character of the original that it came from; None where byte i is
    character i - 1 (plain ASCII).
    """

    data: bytes = field(repr=False)
    origins: Sequence[int] | None = field(default=None, repr=False)

    def origin(self, byte: int) -> int:
        """The character offset in the original for a byte offset of `data`."""
        return byte - 1 if self.origins is None else int(self.origins[byte])


def fold(text: str) -> Folded:
    """Make a text comparable. O(len(text)); an ASCII text costs a hundredth of one letter by letter."""
    is_ascii = text.isascii()
    if "  " in text or " \n" in text or "\n " in text or (_has_odd_space(text) if is_ascii else _ODD.search(text)):
        return _fold_uneven(text)
    if is_ascii:
        return Folded(data=f" {text} ".encode().translate(_ASCII))
    data = b" " + _simple(text) + b" "
    is_start = (np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80
    return Folded(data=data, origins=array("q", (np.cumsum(is_start, dtype=np.int64) - 2).tobytes()))


def _has_odd_space(text: str) -> bool:
    return "\t" in text or "\r" in text or "\f" in text or "\v" in text


def _simple(text: str) -> bytes:
    """One letter for one, in UTF-8: letter by letter, or only the rare ones beyond ASCII so."""
    raw = text.encode("utf-8", "replace")
    if len(raw) - len(text) > len(text) // _RARE:
        return text.translate(_SIMPLE).encode("utf-8", "replace")
    return _BEYOND_ASCII.sub(_simple_run, text).encode("utf-8", "replace").translate(_ASCII)


def _simple_run(found: re.Match[str]) -> str:
    return found.group().translate(_SIMPLE)


def _fold_uneven(text: str) -> Folded:
    """The long way for texts with marks that vanish, split or repeat: those one by one, the rest in stretches."""
    letters: list[str] = [" "]
    origins = array("q", [-1])
    position = 0
    for match in (_MARKED if _COMBINING.search(text) else _UNEVEN).finditer(text):
        start = match.start()
        letters.append(text[position:start].translate(_SIMPLE))
        origins.extend(range(position, start))
        for one in _even(match.group()):
            letters.append(one)
            origins.extend([start] * len(one))
        position = match.end()
    letters.append(text[position:].translate(_SIMPLE))
    origins.extend(range(position, len(text) + 1))
    simple = "".join((*letters, " "))
    data = simple.encode("utf-8", "replace")
    if len(data) > len(simple):
        is_start = (np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80
        origins = array("q", np.frombuffer(origins, dtype=np.int64)[np.cumsum(is_start) - 1].tobytes())
    return Folded(data=data, origins=origins)


def _even(cluster: str) -> Iterator[str]:
    """What a run of white space, a letter with its marks or a run of Korean jamo becomes; perhaps nothing."""
    letter = cluster[0]
    if letter.isspace():
        yield "  " if cluster.count("\n") > 1 else " "  # an empty line stays a break
        return
    if unicodedata.category(letter) == "Cf":
        return
    if "\u4e00" <= letter <= "\u9fff":
        yield f"{letter} "  # a headline's 北 before a Korean word is a word of its own
        return
    form: Literal["NFKC", "NFC"] = "NFKC" if letter in "ﬀﬁﬂﬃﬄﬅﬆªº" else "NFC"
    # marks without end on one letter: sorting them costs their square, and only the first few make a letter with it
    few = cluster if "\u1100" <= letter <= "\u11ff" else cluster[:_MARKS]
    for part in "ss" if letter in "ßẞ" else unicodedata.normalize(form, few):
        if not 0x300 <= ord(part) <= 0x36F:
            yield _SIMPLE.get(ord(part)) or part.lower()


_PLAIN = re.compile("[а-яіїєґ]+(?: [а-яіїєґ]+)*")
"""Words that are in folded text as they are: small Cyrillic letters, without ё, one space between words."""


def folded(words: str) -> str:
    """A word or phrase as it stands in folded text: lower case, one space between words, none around."""
    if words.isascii() or "  " in words or "\n" in words or _ODD.search(words):
        return fold(words).data.decode().strip()
    return words.translate(_SIMPLE).strip()  # what `fold` gives, without the way back


def needle(words: str, *, is_prefix: bool = False) -> bytes:
    """What to search for in folded data to find a word or phrase at the borders of words.

    Words of Chinese and Japanese have no borders, Korean ones only the leading one, since particles follow.
    """
    if _PLAIN.fullmatch(words):  # a form of a Russian word, of which there are ten thousands
        return f" {words}{'' if is_prefix else ' '}".encode()
    text = folded(words)
    if not text:
        return b""
    before = "" if is_unspaced(text[0]) else " "
    after = "" if is_prefix or is_unspaced(text[-1]) or is_hangul(text[-1]) else " "
    return f"{before}{text}{after}".encode()


def is_hangul(letter: str) -> bool:
    """Whether the letter is a Korean syllable or jamo."""
    code = ord(letter)
    return 0xAC00 <= code <= 0xD7A3 or 0x1100 <= code <= 0x11FF or 0x3130 <= code <= 0x318F


def is_unspaced(letter: str) -> bool:
    """Whether the letter belongs to a script that is written without spaces (Han, kana)."""
    code = ord(letter)
    return 0x3040 <= code <= 0x30FF or 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF
