"""HTML to plain paragraphs, and plain text tidied."""

import re
from html import unescape

import regex
from selectolax.lexbor import LexborHTMLParser

_MARKUP = re.compile(r"<[a-zA-Z!/]|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]+);")
_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_WRAPPED = regex.compile(r"(?<=[^\s.!?…:;])[^\S\n]*\n[^\S\n]*(?=\p{Ll})")
"""The end of a line that goes on with a small letter: the text was only wrapped there."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control characters and bidirectional overrides: they carry no words and can disguise what a reader sees.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SILENT = "script, style, noscript, iframe, object, svg, template, form, button, nav"
_BLOCKS = (
    "p, div, li, br, tr, h1, h2, h3, h4, h5, h6, blockquote, section, article, ul, ol, "
    "table, figure, figcaption, pre, hr"
)
_BREAK = "\x1e"
_HTML_TAG = re.compile(r"<html\b[^>]*>", re.IGNORECASE)
_LANG = re.compile(r"\blang\s*=\s*[\"']?([A-Za-z-]+)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>|<!--.*?(?:-->|\Z)", re.DOTALL)
TREE_LETTERS, TREE_TAGS = 100_000, 5_000
"""Of mark-up that is made a tree. The parser takes the square of the depth and of a tag's attributes: 360 KB of
nested lists took 18 s, 300 KB of attributes 5 s."""


def paragraphs_of(content: str) -> str:
    """The text of a stretch of HTML, or of plain text, its paragraphs parted by one blank line.

    Scripts, styles and forms are dropped, entities resolved once; nothing in the result is mark-up
    that a renderer should obey, and a renderer escapes it all the same.
    """
    if not _MARKUP.search(content):
        return tidy(content, keep_lines=True)
    content = _CONTROL.sub("", content)
    is_huge = len(content) > TREE_LETTERS or content.count("<") > TREE_TAGS
    text = _without_tags(content) if is_huge else _text_of_tree(content)
    return "\n\n".join(line for part in text.split(_BREAK) if (line := tidy(part)))


def _text_of_tree(content: str) -> str:
    tree = LexborHTMLParser(content)
    for node in tree.css(_SILENT):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    body = tree.body
    return body.text(separator="") if body is not None else ""


def _without_tags(content: str) -> str:
    """The text of mark-up by its tags alone, one after the other: what is silent lasts until its first end tag."""
    silent, blocks = _SILENT.split(", "), _BLOCKS.split(", ")
    pieces: list[str] = []
    position, within = 0, ""
    for tag in _TAG.finditer(content):
        name = (tag.group(2) or "").lower()  # none in a comment
        if not within:
            pieces.append(content[position : tag.start()])
            pieces.append(_BREAK if name in blocks else "")
            within = name if name in silent and not tag.group(1) else ""
        elif name == within and tag.group(1):
            within = ""
        position = tag.end()
    if not within:
        pieces.append(content[position:])
    return unescape("".join(pieces))


def line_of(content: str) -> str:
    """The text of a title: one line, mark-up and entities resolved."""
    return paragraphs_of(content).replace("\n\n", " ") if _MARKUP.search(content) else tidy(unescape(content))


def page_of(content: str) -> tuple[str, str, str]:
    """The title, the text and the language (or "") of a web page, as its mark-up names them."""
    tag = _HTML_TAG.search(content[:4_096])
    lang = _LANG.search(tag.group()) if tag is not None else None
    small = content.lower() if content.isascii() else re.sub("[A-Z]+", lambda found: found.group().lower(), content)
    opened = small.find("<title")
    start = small.find(">", opened) + 1 if opened >= 0 else 0
    end = small.find("</title", start) if start else -1
    title = line_of(content[start:end]) if end >= 0 else ""
    return title, paragraphs_of(content), lang.group(1) if lang is not None else ""


def tidy(text: str, *, keep_lines: bool = False) -> str:
    """White space made single, control characters dropped; with `keep_lines` line ends become paragraphs."""
    clean = _CONTROL.sub("", _LINE_ENDS.sub("\n", text)).strip()
    if not keep_lines:
        return " ".join(clean.split())
    return _LINES.sub("\n\n", _SPACE.sub(" ", _WRAPPED.sub(" ", clean)))
