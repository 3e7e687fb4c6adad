"""RSS 0.9 to 2.0, RDF and Atom: the only importer of feedparser.

feedparser gets bytes that are surely UTF-8 and free of what makes it raise; never an address, for its own fetcher
would go round the guard. Mark-up stays as it came: `text` makes words of it.
"""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import feedparser

from monitor.feeds.letters import cleaned, decoded
from monitor.feeds.limits import KEPT, REFUSED
from monitor.feeds.links import joined, language_tag, open_address
from monitor.model import Complaint, Document, Entry, Feed, FetchFailed, Parsed, PollState

_SALVAGE = 20_000_000
"""Letters of heads that may be read again and again to save the entries of a broken document."""
_OPENING = re.compile(r"<(?:\w+:)?(item|entry)(?=[\s>/])", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:\w+:)?(item|entry)\s*>", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\?xml|!doctype|!--|(?:\w+:)?(?:rss|rdf|feed|channel)\b)", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:rss|rdf|feed|channel)\s*>", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>", re.IGNORECASE)
_PROLOG = 8_000
"""Letters before the first tag that feedparser gets to see; it reads each line of them to the end of all."""
_FIRST_TAG = re.compile(r"<\w")
_NAME, _VALUE = r"[^\s=<>\"'/!?]++", r"(?:\"[^\"]*+\"|'[^']*+')"
_ATTRIBUTE = rf"\s++{_NAME}\s*+=\s*+{_VALUE}"
_CROWDED = re.compile(rf"(<{_NAME}(?:{_ATTRIBUTE}){{100}}+)(?:{_ATTRIBUTE})++")
"""A tag with more than 100 attributes: the XML parser of the standard library takes the square of their number."""
_ALTERNATE = re.compile(
    r"<link\b[^>]*\btype\s*=\s*[\"']?application/(?:rss\+xml|atom\+xml|feed\+json)[^>]*>", re.IGNORECASE
)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_OTHERS = (
    ("<urlset", "a sitemap, not a feed"), ("<sitemapindex", "a sitemap, not a feed"),
    ("<opml", "an OPML list, not a feed"),
)  # fmt: skip
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}


def parse(feed: Feed, state: PollState, document: Document) -> Parsed | FetchFailed:  # noqa: ARG001 (the signature of every kind)
    """The entries of a document, or that it is no feed. A bad entry becomes a complaint and costs itself alone."""
    text = cleaned(decoded(document.body, document.content_type))
    start = _ROOT.search(text)
    if start is None:
        return _refused(document, _what_it_is(text, document.url))
    text = text[start.start() :]
    openings = [match.start() for match in _OPENING.finditer(text)]
    if len(openings) > REFUSED:
        detail = f"{len(openings):,} entries; at most {REFUSED:,} are taken for a feed"
        return FetchFailed(fetched_at=document.fetched_at, because="too-large", detail=detail)
    complaints: list[Complaint] = []
    text = _whole(text, openings, complaints)
    try:
        read, found = _read(text), None
    except Exception:  # whatever one entry does to feedparser, the others count
        read, found = _salvaged(text, complaints)
    if not read.get("version"):
        return _refused(document, _what_it_is(text, document.url))
    entries = list(
        _entries(found if found is not None else read["entries"], read, open_address(document.url), complaints)
    )
    head: Mapping[str, Any] = read["feed"]
    return Parsed(
        entries=tuple(entries[:KEPT]),
        complaints=tuple(complaints),
        title=_text(head, "title"),
        lang=_language(head),
        ttl=_ttl(head),
    )


# --- the document -----------------------------------------------------------------------------------------------------


def _read(text: str) -> Any:
    body = _CROWDED.sub(r"\1", _without_long_prolog(_DECLARATION.sub("", text, count=1)))
    # no content-location: feedparser would make guids absolute too, and a feed that moves would change them all
    told = {"content-type": "application/xml; charset=utf-8"}
    stream = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + body.encode("utf-8", "replace"))
    return feedparser.parse(stream, response_headers=told, sanitize_html=False, resolve_relative_uris=False)


def _without_long_prolog(text: str) -> str:
    """The document without what stands before its first tag, if that is longer than any feed needs."""
    first = _FIRST_TAG.search(text)
    return text[first.start() :] if first and first.start() > _PROLOG else text


def _whole(text: str, openings: list[int], complaints: list[Complaint]) -> str:
    """The document without an entry that was cut off at its end, and without those past the limit."""
    if len(openings) > KEPT:
        complaints.append(Complaint(because=f"{len(openings):,} entries; the first {KEPT:,} were read"))
        return text[: openings[KEPT]] + _foot(text)
    if openings and not _END.search(text, openings[-1]) and not _CLOSING.search(text, openings[-1]):
        complaints.append(Complaint(because="the document ends inside its last entry, which was left out"))
        return text[: openings[-1]] + _foot(text)
    return text


def _foot(text: str) -> str:
    """The end tags that a document of this kind needs."""
    root = re.search(r"<((?:\w+:)?(?:rss|rdf|feed))\b", text[:4096], re.IGNORECASE)
    name = root.group(1) if root else "rss"
    return f"</channel></{name}>" if name.lower().endswith("rss") else f"</{name}>"


def _salvaged(text: str, complaints: list[Complaint]) -> tuple[Any, list[Any]]:
    """Each entry read by itself, with the head before it, since together they made feedparser raise."""
    openings = [match.start() for match in _OPENING.finditer(text)]
    head, foot = text[: openings[0]] if openings else text, _foot(text)
    try:
        read = _read(head + foot)
    except Exception as error:
        complaints.append(Complaint(because=f"{type(error).__name__}: the head of the document can't be read"))
        return {"version": "", "entries": [], "feed": {}}, []
    affordable = max(_SALVAGE // (len(head) + 1), 1)
    if len(openings) > affordable:
        complaints.append(Complaint(because=f"a broken entry; only the first {affordable:,} were read one by one"))
    found: list[Any] = []
    parts = zip(openings, [*openings[1:], len(text)], strict=True)
    for number, (start, end) in enumerate(list(parts)[:affordable], 1):
        part = text[start:end]
        closing = _CLOSING.search(part)
        try:
            found.extend(_read(head + (part[: closing.end()] if closing else part) + foot)["entries"])
        except Exception as error:
            complaints.append(Complaint(because=f"{type(error).__name__}: it can't be read", entry=f"no. {number}"))
    return read, found


def _refused(document: Document, detail: str) -> FetchFailed:
    return FetchFailed(fetched_at=document.fetched_at, because="not-a-feed", detail=detail)


def _what_it_is(text: str, url: str) -> str:
    """What a document that is no feed seems to be, in words for a person."""
    head = text[:20_000].lstrip()
    low = head[:2_000].lower()
    if not head:
        return "the document is empty"
    for mark, what in _OTHERS:
        if mark in low:
            return f"this is {what}"
    if (link := _ALTERNATE.search(head)) and (href := _HREF.search(link.group())):
        feed = joined(open_address(url), href.group(1))
        return f"this is a web page; its feed is at {feed or 'an address that is not http'}"
    if low.startswith(("{", "[")):
        return "this is JSON, not a feed"
    return "this is a web page, not a feed" if "<html" in low else "this is neither RSS, RDF nor Atom"


# --- the entries ------------------------------------------------------------------------------------------------------


def _entries(found: list[Any], read: Any, url: str, complaints: list[Complaint]) -> Iterator[Entry]:
    is_atom = str(read["version"]).startswith("atom")
    lang = _language(read["feed"])
    for number, raw in enumerate(found, 1):
        try:
            entry = _entry(raw, url, is_atom=is_atom, lang=lang, complaints=complaints)
        except Exception as error:  # one bad entry costs itself alone
            complaints.append(Complaint(because=f"{type(error).__name__}: it can't be read", entry=f"no. {number}"))
            continue
        if not any((entry.guid, entry.link, entry.title, entry.summary, entry.content)):
            complaints.append(Complaint(because="it says nothing", entry=f"no. {number}"))
            continue
        yield entry


def _entry(raw: Mapping[str, Any], url: str, *, is_atom: bool, lang: str, complaints: list[Complaint]) -> Entry:
    guid, title, link = _text(raw, "id").strip(), _text(raw, "title"), _text(raw, "link")
    if link == guid and "://" not in link:
        link = ""  # a guid that claims to be a permanent link and is none
    address = joined(url, link) if link else ""
    if link and not address:
        complaints.append(
            Complaint(because="its link is no http or https address and was left out", entry=(title or guid)[:200])
        )
    published, updated = _text(raw, "published") or _text(raw, "created"), _text(raw, "updated")
    if not published and not is_atom:  # feedparser takes dc:date, the only date of RSS 1.0, for an update
        published, updated = updated, ""
    own = next((said for key in ("title_detail", "summary_detail") if (said := _language(raw.get(key)))), "")
    return Entry(
        guid=guid,
        link=address,
        title=title,
        summary=_text(raw, "summary"),
        content=_content(raw),
        published=published.strip(),
        updated=updated.strip(),
        lang=own if own != lang else "",
        outlet=_text(raw.get("source"), "title").strip(),
    )


def _content(raw: Mapping[str, Any]) -> str:
    """The longest of the contents that are text."""
    contents = raw.get("content") or ()
    texts = [
        _text(part, "value") for part in contents if "html" in _text(part, "type") or "text" in _text(part, "type")
    ]
    return max(texts, key=len, default="")


def _text(raw: Any, key: str) -> str:
    """A value of feedparser's as text; empty for one that is missing or something else.

    dict.get goes round feedparser's own mapping, which warns, and gives `published` for `updated`.
    """
    value = dict.get(raw, key) if isinstance(raw, dict) else None
    return cleaned(value) if isinstance(value, str) else ""


def _language(raw: Any) -> str:
    """A language tag as it was given ("en-US", "ko"), if it looks like one."""
    return language_tag(_text(raw, "language"))


def _ttl(head: Mapping[str, Any]) -> timedelta | None:
    """How seldom the feed asks to be polled: `ttl` in minutes, or the syndication module."""
    if (minutes := _text(head, "ttl").strip()).isdigit() and 0 < int(minutes) <= 525_600:
        return timedelta(minutes=int(minutes))
    period = _PERIODS.get(_text(head, "sy_updateperiod").strip().lower())
    if period is None:
        return None
    frequency = _text(head, "sy_updatefrequency").strip()
    times = int(frequency) if frequency.isdigit() and 0 < int(frequency) <= 10_000 else 1
    return timedelta(hours=period) / times
