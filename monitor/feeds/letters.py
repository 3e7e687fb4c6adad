"""From the bytes of a document to its letters, whatever the server, the prolog and the bytes say: pure.

The order: a byte order mark; what is valid UTF-8 (other encodings almost never are); the header; the prolog or
meta; then charset-normalizer. A header of ISO-8859-1 is a server's default more often than the truth, so
there the prolog comes first (RFC 7303 would let the header win; a reader wants the words).
"""

import codecs
import re

import charset_normalizer

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"),
)  # fmt: skip
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:\-]+)", re.IGNORECASE)
_PROLOG = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:\-]+)""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:\-]+)""", re.IGNORECASE)
_WIDER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs",
}  # fmt: skip
"""What is said -> what is meant (WHATWG Encoding Standard): the wider encoding of the same family."""
_TEXT = re.compile(
    r"(utf-8|utf-16|utf-32|cp\d{3,5}|iso8859|iso2022_|koi8|euc_|gb|hz|big5|shift_jis|johab|mac-|ascii|tis-620|ptcp)"
)
"""Encodings of text that a document may claim: neither UTF-7, which hides mark-up, nor Python's escapes."""
_SEVEN_BIT = ("iso2022_", "hz")
_STRAY = 8
_SAMPLE = 200_000


def decoded(body: bytes, content_type: str) -> str:
    """The document as letters. Never raises: bytes that fit nowhere become U+FFFD."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace").removeprefix("\ufeff")
    head = body[:4096]
    header = _codec(found.group(1)) if (found := _CHARSET.search(content_type)) else ""
    inside = next(
        (_codec(hit.group(1).decode("ascii", "replace")) for p in (_PROLOG, _META) if (hit := p.search(head))), ""
    )
    said = [name for name in (header, inside) if name]
    for name in said:
        if name.startswith(_SEVEN_BIT) and (text := _strict(body, name)) is not None:
            return text
    if (text := _strict(body, "utf-8")) is not None:
        return text
    if header == "cp1252" and inside:
        said.reverse()
    for name in said:
        if name != "utf-8" and (text := _strict(body, name)) is not None:
            return text
    return _guessed(body, said)


def _guessed(body: bytes, said: list[str]) -> str:
    """By what was said, if only a few bytes disagree; else by what the letters look like."""
    for name in said or ["utf-8"]:
        text = body.decode(name, "replace")
        if text.count("\ufffd") <= max(_STRAY, len(text) // 1000):
            return text
    best = charset_normalizer.from_bytes(body[:_SAMPLE]).best()
    name = _codec(best.encoding) if best else ""
    return body.decode(name or "utf-8", "replace")


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, ValueError):
        return None


def _codec(name: str) -> str:
    """Python's name of an encoding of text, widened; empty for one that is unknown or no text."""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return ""
    return _WIDER.get(known, known) if _TEXT.match(known) else ""


_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}));?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def cleaned(text: str) -> str:
    """Without the characters that XML forbids, raw or as references such as `&#xD800;`.

    One of them makes feedparser raise, or a database refuse, and the whole document would be lost.
    """
    return _REFERENCE.sub(_checked, _FORBIDDEN.sub("", text))


def _checked(reference: re.Match[str]) -> str:
    hexadecimal, decimal = reference.groups()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0x80 <= number <= 0x9F:  # written by programs that think in windows-1252; feedparser and browsers know
        return reference.group()
    is_letter = number <= 0x10FFFF and not _FORBIDDEN.match(chr(number)) and number & 0xFFFE != 0xFFFE
    return reference.group() if is_letter else ""
