"""Alerts as an Atom feed (RFC 4287). Pure: items to bytes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from xml.etree import ElementTree

from monitor.publish.items import GENERATOR, VERSION, Channel, Item, fit_for_xml

FILE: Final = "alerts.atom"
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"


def render(channel: Channel, items: Sequence[Item], now: datetime) -> bytes:
    """The feed, the newest first; `now` counts only for one that is empty, since a feed must say when it changed."""
    feed = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    _text(feed, "id", channel.tag("alerts"))
    _text(feed, "title", fit_for_xml(channel.title))
    _text(feed, "updated", _moment(max((item.at for item in items), default=now)))
    _text(ElementTree.SubElement(feed, "author"), "name", GENERATOR)
    ElementTree.SubElement(feed, "generator", {"version": VERSION}).text = GENERATOR
    if channel.url:
        ElementTree.SubElement(
            feed, "link", {"rel": "self", "type": "application/atom+xml", "href": channel.url + FILE}
        )
    for item in items:
        _entry(feed, channel, item)
    ElementTree.indent(feed)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(feed: ElementTree.Element, channel: Channel, item: Item) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    _text(entry, "id", channel.tag(f"alert/{item.key}"))
    _text(entry, "title", item.title)
    _text(entry, "published", _moment(item.at))
    _text(entry, "updated", _moment(item.at))
    if item.link:
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": item.link})
    for label, url in item.related:
        ElementTree.SubElement(entry, "link", {"rel": "related", "href": url, "title": label})
    for term in item.terms:
        ElementTree.SubElement(entry, "category", {"term": term})
    ElementTree.SubElement(entry, "content", {"type": "html"}).text = item.html


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
