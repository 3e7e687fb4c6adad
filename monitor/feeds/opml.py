"""Lists of feeds as OPML 2.0, in and out: pure. Nothing that a list says of a feed is lost on the way.

Nested outlines are tags ("Asia/Korea"), attributes that we do not know are kept and written again. No entity is
ever expanded: a document with a DOCTYPE is refused.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from monitor.feeds.letters import cleaned, decoded

PREFIX: Final = "rm"
NAMESPACE: Final = "urn:relations-monitor:opml"
"""Attributes of ours, such as rm:every, which other programs pass over."""
FOLDER: Final = "outline:"
"""Begins the name under which a feed keeps what a list said of the folder it stands in: outline:Asia/Korea."""
DEEPEST: Final = 100
_NAME = re.compile(r"(?!outline:)[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?")
"""A name that an attribute may have."""
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")


class OpmlError(ValueError):
    """A text that is no OPML list; the message says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed as a list has it. `attributes` are all but xmlUrl, title and a text equal to the title, as written.

    Names in `ours` are those of `NAMESPACE`, without their prefix. What was said of its folders stands there as JSON.
    """

    url: str = field(repr=False)
    title: str = ""
    tags: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    ours: Mapping[str, str] = field(default_factory=dict)


def read(body: bytes) -> tuple[list[Outline], list[str]]:
    """The feeds of a list, each once with all its tags, and what was left out and why. Raises OpmlError."""
    text = cleaned(_DECLARATION.sub("", decoded(body, ""), count=1))
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: reader.start(name, attributes, parser.CurrentLineNumber)
    parser.EndElementHandler = reader.end
    try:
        parser.Parse(_BARE_AMPERSAND.sub("&amp;", text).lstrip(), True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code).lower()
        raise OpmlError(f"line {error.lineno}, column {error.offset + 1}: no XML: {what}") from None
    if not reader.is_opml:
        raise OpmlError("this is no OPML: its first element is not <opml>")
    return list(reader.found.values()), reader.complaints


def _refuse_doctype(*_declared: object) -> None:
    raise OpmlError("a list with a DOCTYPE is not read: what it declares could grow without end")


@dataclass(slots=True)
class _Open:
    """An outline whose end has not come yet."""

    name: str
    line: int
    is_feed: bool
    kind: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    """What a folder has beside its name."""
    has_children: bool = False


class _Reader:
    """Collects the feeds while the document goes by."""

    def __init__(self) -> None:
        self.found: dict[str, Outline] = {}
        self.complaints: list[str] = []
        self.is_opml = False
        self._depth = 0
        self._open: list[_Open] = []
        self._spaces: dict[str, str] = {}

    def start(self, element: str, attributes: Mapping[str, str], line: int) -> None:
        self._depth += 1
        if self._depth == 1:
            self.is_opml = element.lower() == "opml"
        self._spaces |= {name: value for name, value in attributes.items() if name.startswith("xmlns:")}
        if element.lower() != "outline":
            return
        if self._depth > DEEPEST:
            raise OpmlError(f"line {line}: nested more than {DEEPEST} deep")
        if self._open:
            self._open[-1].has_children = True
        by_fold = {name.lower(): value for name, value in attributes.items()}
        url = by_fold.get("xmlurl", "").strip()
        if url:
            self._keep(_address(url), attributes, by_fold, line)
        name = (by_fold.get("title") or by_fold.get("text") or "").strip()
        said = {key: value for key, value in self._kept(attributes) if (key.lower(), value) != ("text", name)}
        self._open.append(_Open(name, line, bool(url), by_fold.get("type", ""), {} if url else said))

    def end(self, element: str) -> None:
        self._depth -= 1
        if element.lower() != "outline":
            return
        closed = self._open.pop()
        if not closed.is_feed and not closed.has_children:
            kind = f"of type {closed.kind}" if closed.kind else "without xmlUrl"
            self.complaints.append(f"line {closed.line}: an outline {kind} is no feed and was left out")

    def _keep(self, url: str, attributes: Mapping[str, str], by_fold: Mapping[str, str], line: int) -> None:
        if not re.match(r"https?://[^\s/]+", url, re.IGNORECASE):
            self.complaints.append(f"line {line}: an xmlUrl that is no http or https address was left out")
            return
        text = by_fold.get("text", "")
        title = by_fold.get("title") or (text if text != url else "")
        mine = ("xmlurl", "title", *(["text"] if text in (title, url) else []))
        kept = {name: value for name, value in self._kept(attributes) if name.lower() not in mine}
        ours = {
            name.partition(":")[2]: value
            for name, value in attributes.items()
            if self._spaces.get(f"xmlns:{name.partition(':')[0]}", "") == NAMESPACE
        }
        path: list[str] = []
        for one in self._open:
            if one.name:
                path.append(_as_part(one.name))
                kept |= {FOLDER + "/".join(path): json.dumps(one.said, ensure_ascii=False)} if one.said else {}
        tags = ("/".join(path),) if path else ()
        before = self.found.get(url)
        if before is not None:
            tags = tuple(dict.fromkeys((*before.tags, *tags)))
            title, kept, ours = before.title, {**kept, **before.attributes}, {**ours, **before.ours}
        self.found[url] = Outline(url=url, title=title, tags=tags, attributes=kept, ours=ours)

    def _kept(self, attributes: Mapping[str, str]) -> Iterable[tuple[str, str]]:
        """Attributes that are not ours, with what their prefixes stand for."""
        for name, value in attributes.items():
            prefix, colon, _ = name.partition(":")
            space = self._spaces.get(f"xmlns:{prefix}", "")
            if name.startswith("xmlns") or (colon and space == NAMESPACE):
                continue
            yield name, value
            if colon and space:
                yield f"xmlns:{prefix}", space


def _address(url: str) -> str:
    """The address behind feed://host and feed:https://host, which some programs write."""
    return re.sub(r"\Afeed:(?://(?!http))?", lambda found: "http://" if found[0] == "feed://" else "", url)


def _as_part(name: str) -> str:
    """The name of a folder as a part of a tag, in which / parts folders."""
    return name.replace("%", "%25").replace("/", "%2F")


# --- out --------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Folder:
    """An outline that holds others."""

    feeds: list[Outline] = field(default_factory=list)
    folders: "dict[str, _Folder]" = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)


def written(outlines: Iterable[Outline], *, title: str) -> str:
    """A list of feeds as an OPML document. A feed with several tags stands in each of their folders."""
    root = _Folder()
    for outline in outlines:
        for tag in outline.tags or ("",):
            folder, path = root, FOLDER
            for part in tag.split("/") if tag else ():
                folder = folder.folders.setdefault(part, _Folder())
                path += part
                folder.said |= _said(outline.attributes.get(path, ""))
                path += "/"
            folder.feeds.append(outline)
    head = f'<opml version="2.0" xmlns:{PREFIX}={quoteattr(NAMESPACE)}>'
    top = ['<?xml version="1.0" encoding="UTF-8"?>', head, f"  <head><title>{escape(title)}</title></head>", "  <body>"]
    return "\n".join([*top, *_lines(root, "    "), "  </body>", "</opml>", ""])


def _lines(folder: _Folder, indent: str) -> Iterable[str]:
    for outline in folder.feeds:
        yield f"{indent}<outline {_attributes(outline)}/>"
    for part, inner in folder.folders.items():
        said = {"text": unquote(part), **inner.said}
        yield f"{indent}<outline {' '.join(f'{name}={_quoted(value)}' for name, value in said.items())}>"
        yield from _lines(inner, indent + "  ")
        yield f"{indent}</outline>"


def _said(text: str) -> dict[str, str]:
    """What was kept of a folder; nothing where somebody edited it into something else."""
    try:
        said = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    is_right = isinstance(said, dict) and all(
        isinstance(value, str) and _NAME.fullmatch(name) for name, value in said.items()
    )
    return said if is_right else {}


def _attributes(outline: Outline) -> str:
    kept = {"type": "rss", **{name: value for name, value in outline.attributes.items() if _NAME.fullmatch(name)}}
    text = kept.pop("text", outline.title or outline.url)
    named = {"text": text, "title": outline.title, "xmlUrl": outline.url, **kept}
    ours = {f"{PREFIX}:{name}": value for name, value in outline.ours.items()}
    pairs = {name: value for name, value in {**named, **ours}.items() if value or name in kept}
    return " ".join(f"{name}={_quoted(value)}" for name, value in pairs.items())


def _quoted(value: str) -> str:
    return quoteattr(cleaned(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
