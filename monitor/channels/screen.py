"""Untrusted text made harmless for a screen, and measured as a terminal shows it.

Owns which characters may stand in an alert; escaping for HTML and for a service's mark-up is the renderers'.
"""

import re
import unicodedata
from collections.abc import Iterator

JOINERS = "\u200c\u200d"
"""Format characters that spelling needs (Persian, Indic scripts, joined emoji): the only ones that stay."""
_REPLACED = "\ufffd"
_SPACES = re.compile(r"\s+")
_TOO_MANY_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def harmless(text: str) -> str:
    """A text with nothing in it that acts on a screen: escapes show as a mark, hidden and bidi signs go.

    Line breaks and tabs become spaces, so that one field can't pass for another; more than four
    combining marks in a row are cut, as they climb over the lines above.
    """
    return _TOO_MANY_MARKS.sub(r"\1", "".join(_harmless(letter) for letter in text))


def one_line(text: str) -> str:
    """A harmless text with single spaces and none at its ends."""
    return _SPACES.sub(" ", harmless(text)).strip()


def _harmless(letter: str) -> str:
    if " " <= letter <= "~" or letter in JOINERS:
        return letter
    match unicodedata.category(letter):
        case "Cc":
            return " " if letter.isspace() else _REPLACED
        case "Cs":
            return _REPLACED
        case "Cf":
            return ""
        case "Zl" | "Zp" | "Zs":
            return " "
        case _:
            return letter


def columns_of(text: str) -> int:
    """How many columns a terminal gives a text: two for wide letters, none for marks that combine."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if letter < "\u0300":
        return 1
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def wrap(text: str, columns: int) -> list[str]:
    """A text of one line as lines of at most `columns`, broken at spaces, else between wide letters.

    A word that no line could hold stays whole where it is an address (a broken link is no link),
    and is broken anywhere otherwise.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, columns):
            joined = f"{line} {piece.text}" if line and piece.is_parted else line + piece.text
            if line and columns_of(joined) > columns:
                lines.append(line)
                line = piece.text
            else:
                line = joined
    return [*lines, line] if line else lines


class _Piece:
    """A stretch that is not broken. `is_parted` says that a space stands before it."""

    __slots__ = ("is_parted", "text")

    def __init__(self, text: str, *, is_parted: bool) -> None:
        self.text = text
        self.is_parted = is_parted


def _pieces(word: str, columns: int) -> Iterator[_Piece]:
    if columns_of(word) <= columns and not any(_is_breakable(letter) for letter in word):
        yield _Piece(word, is_parted=True)
        return
    if "://" in word:
        yield _Piece(word, is_parted=True)
        return
    stretch, is_parted = "", True
    for letter in word:
        width = _columns(letter)
        is_between = _is_breakable(letter) or (stretch and _is_breakable(stretch[-1]))
        is_over = columns_of(stretch) + width > columns
        if stretch and width and (is_over or (is_between and not _clings(letter))):
            yield _Piece(stretch, is_parted=is_parted)
            stretch, is_parted = "", False
        stretch += letter
    yield _Piece(stretch, is_parted=is_parted)


def _is_breakable(letter: str) -> bool:
    """Whether a line may end beside it inside a word: Chinese and Japanese are written without spaces, Korean with."""
    return _columns(letter) == 2 and not "\u1100" <= letter <= "\u11ff" and not "\uac00" <= letter <= "\ud7a3"


def _clings(letter: str) -> bool:
    """Closing marks don't begin a line (the commonest rule of East Asian line breaking)."""
    return unicodedata.category(letter) in ("Pe", "Pf", "Po")


def cut(text: str, length: int) -> str:
    """A text of at most `length` characters, cut at a space where one is near, with … for what is gone."""
    if len(text) <= length:
        return text
    if length < 1:
        return ""
    kept = text[: length - 1]
    at = kept.rfind(" ")
    if at > len(kept) * 2 // 3 and not text[len(kept)].isspace():
        kept = kept[:at]
    while kept and (unicodedata.category(text[len(kept)]) in ("Mn", "Me", "Mc") or kept[-1] in JOINERS):
        kept = kept[:-1]  # a letter without its marks would be another letter
    return kept.rstrip(" ,;:–—-") + "…"


def marked_pieces(text: str, marked: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is marked; every piece harmless. Marks that don't fit are left out."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in marked:
        if at <= start < end <= len(text):
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    pieces.append((text[at:], False))
    return [(harmless(piece), is_marked) for piece, is_marked in pieces if piece]


def web_address(address: str) -> str:
    """An http or https address fit to be shown and followed, or "" for anything else.

    Letters that no address holds are written in percent signs, so it can't end early inside a mark-up.
    """
    found = harmless(address).strip()
    if re.match(r"https?://[^/\s]", found, re.IGNORECASE) is None:
        return ""
    return re.sub(
        r"""[\s<>"'`\\^{|}]|\ufffd""", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), found
    )


def quiet_address(address: str) -> str:
    """A `web_address` in which no chat finds a name to call: an @ after the host is written as %40, its equal."""
    head, mark, rest = web_address(address).partition("://")
    host, slash, path = rest.partition("/")
    return f"{head}{mark}{host}{slash}{path.replace('@', '%40')}"
