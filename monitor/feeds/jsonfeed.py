"""JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/).

What the format calls plain text becomes mark-up here, as all other kinds give it: `text` makes words of it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from monitor.feeds.letters import cleaned, decoded
from monitor.feeds.limits import KEPT, REFUSED
from monitor.feeds.links import joined, language_tag, open_address
from monitor.model import Complaint, Document, Entry, Feed, FetchFailed, Parsed, PollState

_BEGINNING = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*\{")
_VERSION: Final = "jsonfeed.org/version/"
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,32};)")
_GONE_WRONG = (ValueError, RecursionError)
# numbers stay as they were written: an id may be one, and a long one would be refused
_decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)


def looks_like_json(document: Document) -> bool:
    """Whether a document is a JSON object by its first sign, whatever the server calls it."""
    return _BEGINNING.match(document.body[:4096]) is not None


def parse(feed: Feed, state: PollState, document: Document) -> Parsed | FetchFailed:  # noqa: ARG001 (the signature of every kind)
    """The entries of a document, or that it is no feed. A bad item becomes a complaint and costs itself alone."""
    text = decoded(document.body, document.content_type)
    complaints: list[Complaint] = []
    try:
        head = _decoder.decode(text)
    except _GONE_WRONG as error:
        head = _salvaged(text, error, complaints)
    if not isinstance(head, Mapping) or _VERSION not in _text(head, "version"):
        return _refused(document, "this is JSON, not a feed")
    items = head.get("items")
    if not isinstance(items, list):
        if items is not None:
            return _refused(document, "its items are no list")
        items = []
        complaints.append(Complaint(because="the document has no items"))
    if len(items) > REFUSED:
        detail = f"{len(items):,} entries; at most {REFUSED:,} are taken for a feed"
        return FetchFailed(fetched_at=document.fetched_at, because="too-large", detail=detail)
    if len(items) > KEPT:
        complaints.append(Complaint(because=f"{len(items):,} entries; the first {KEPT:,} were read"))
    if head.get("expired") is True:
        complaints.append(Complaint(because="the feed says that it has ended"))
    entries = tuple(_entries(items[:KEPT], open_address(document.url), complaints))
    return Parsed(
        entries=entries,
        complaints=tuple(complaints),
        title=_marked(_text(head, "title")),
        lang=language_tag(_text(head, "language")),
    )


def _refused(document: Document, detail: str) -> FetchFailed:
    return FetchFailed(fetched_at=document.fetched_at, because="not-a-feed", detail=detail)


def _salvaged(text: str, error: Exception, complaints: list[Complaint]) -> Mapping[str, object] | None:
    """What stands before the mistake: the version and the items that are whole; None where that is nothing."""
    start = _ITEMS.search(text)
    if start is None or _VERSION not in text[: start.start()].replace("\\/", "/"):
        return None
    items: list[object] = []
    at = start.end()
    while len(items) <= REFUSED:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches the empty text too
        try:
            item, at = _decoder.raw_decode(text, at)
        except _GONE_WRONG:
            break
        items.append(item)
    because = error.msg.lower() if isinstance(error, json.JSONDecodeError) else "nested too deeply"
    complaints.append(Complaint(because=f"broken JSON ({because}); what stands before the mistake was read"))
    return {"version": _VERSION, "items": items} if items else None


def _entries(items: list[object], base: str, complaints: list[Complaint]) -> Iterator[Entry]:
    for number, item in enumerate(items, 1):
        if not isinstance(item, Mapping):
            complaints.append(Complaint(because="it is no JSON object", entry=f"no. {number}"))
            continue
        entry = _entry(item, base, complaints)
        if not any((entry.guid, entry.link, entry.title, entry.summary, entry.content)):
            complaints.append(Complaint(because="it says nothing", entry=f"no. {number}"))
            continue
        if not any((entry.guid, entry.summary, entry.content)):  # the format asks for both an id and a content
            because = "it has neither id nor content and was left out"
            complaints.append(Complaint(because=because, entry=f"no. {number}"))
            continue
        yield entry


def _entry(item: Mapping[str, object], base: str, complaints: list[Complaint]) -> Entry:
    guid, title = _text(item, "id").strip(), _text(item, "title")
    said = _text(item, "url") or _text(item, "external_url")
    link = joined(base, said) if said.strip() else ""
    if said.strip() and not link:
        because = "its link is no http or https address and was left out"
        complaints.append(Complaint(because=because, entry=(title or guid)[:200]))
    if not link and guid.startswith(("http://", "https://")):
        link = joined(base, guid)  # the format asks for the address as the id where there is one
    return Entry(
        guid=guid,
        link=link,
        title=_marked(title),
        summary=_marked(_text(item, "summary")),
        content=_text(item, "content_html") or _marked(_text(item, "content_text")),
        published=_text(item, "date_published").strip(),
        updated=_text(item, "date_modified").strip(),
        lang=language_tag(_text(item, "language")),
    )


def _text(table: Mapping[str, object], key: str) -> str:
    """A value as text; empty for one that is missing or something else."""
    value = table.get(key)
    return cleaned(value) if isinstance(value, str) else ""


def _marked(plain: str) -> str:
    """Plain text as mark-up, its lines as paragraphs; entities stay, for many feeds have them in plain text too."""
    safe = _BARE_AMPERSAND.sub("&amp;", plain).replace("<", "&lt;").replace(">", "&gt;")
    lines = [line for line in safe.splitlines() if line.strip()]
    return safe if len(lines) < 2 else "".join(f"<p>{line}</p>" for line in lines)
