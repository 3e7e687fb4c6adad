"""HTML to plain paragraphs, and plain text tidied."""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

_MARKUP = re.compile(r"<[a-zA-Z!/]|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]+);")
_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
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


def paragraphs_of(content: str) -> str:
    """The text of a stretch of HTML, or of plain text, its paragraphs parted by one blank line.

    Scripts, styles and forms are dropped, entities resolved once; nothing in the result is mark-up
    that a renderer should obey, and a renderer escapes it all the same.
    """
    if not _MARKUP.search(content):
        return tidy(content, keep_lines=True)
    tree = LexborHTMLParser(_CONTROL.sub("", content))
    for node in tree.css(_SILENT):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    body = tree.body
    text = body.text(separator="") if body is not None else ""
    return "\n\n".join(line for part in text.split(_BREAK) if (line := tidy(part)))


def line_of(content: str) -> str:
    """The text of a title: one line, mark-up and entities resolved."""
    return paragraphs_of(content).replace("\n\n", " ") if _MARKUP.search(content) else tidy(unescape(content))


def page_of(content: str) -> tuple[str, str, str]:
    """The title, the text and the language (or "") of a web page, as its mark-up names them."""
    tree = LexborHTMLParser(_CONTROL.sub("", content))
    title, root = tree.css_first("title"), tree.css_first("html")
    lang = (root.attributes.get("lang") or "") if root is not None else ""
    return tidy(title.text()) if title is not None else "", paragraphs_of(content), lang


def tidy(text: str, *, keep_lines: bool = False) -> str:
    """White space made single, control characters dropped; with `keep_lines` line ends become paragraphs."""
    clean = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not keep_lines:
        return " ".join(clean.split())
    return _LINES.sub("\n\n", _SPACE.sub(" ", clean))
