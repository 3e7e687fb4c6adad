"""What a feed of alerts holds, before its format: each thing that was told, once, whatever number of channels was told.

Pure.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final
from urllib.parse import urlsplit

from monitor import __version__
from monitor.channels.screen import harmless, marked_pieces, one_line, web_address
from monitor.model import Alert, Message

GENERATOR: Final = "relations-monitor"
VERSION: Final = __version__
NOBODY: Final = "relations-monitor.invalid"
"""The authority of ids where no address of the feeds is configured: a name that never is anybody's (RFC 2606)."""
MINTED: Final = "2026"
"""The year of the ids, by RFC 4151 one in which the authority was the owner's."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The feed as a whole. `url` is where the folder is to be had on the web, with a slash at its end, or empty."""

    title: str
    url: str = ""

    @property
    def authority(self) -> str:
        """The host that the ids belong to."""
        return (urlsplit(self.url).hostname or NOBODY) if self.url else NOBODY

    def tag(self, specific: str) -> str:
        """A `tag:` URI (RFC 4151) of this feed."""
        return f"tag:{self.authority},{MINTED}:{specific}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was told. Its texts are plain and harmless, `html` is escaped and holds tags of ours alone."""

    key: str
    alert: Alert
    rule: str
    title: str
    text: str
    html: str
    link: str
    related: tuple[tuple[str, str], ...]
    terms: tuple[str, ...]
    outlet: str
    at: datetime


def key_of(alert: Alert) -> str:
    """The same for the alerts by which several channels were told the same, and for nothing else."""
    lead = (alert.lead.article, alert.status)
    made_of = "\x1f".join((alert.story, alert.kind, *lead, *alert.changes))
    return hashlib.sha256(made_of.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def first_told(alerts: Iterable[Alert]) -> list[Alert]:
    """Of alerts that tell the same the one that was raised first; the newest first."""
    found: dict[str, Alert] = {}
    for alert in alerts:
        other = found.get(key_of(alert))
        if other is None or (alert.raised_at, alert.id) < (other.raised_at, other.id):
            found[key_of(alert)] = alert
    return sorted(found.values(), key=lambda alert: (-alert.raised_at.timestamp(), key_of(alert)))


def item_of(alert: Alert, message: Message, is_public: Callable[[str], bool]) -> Item:
    """An alert as an item. An address that is not public (a token in it) is left out: anybody may read the feed.

    `terms` are severity, event, status and the tags of its rules.
    """

    def shown(url: str) -> str:
        address = fit_for_xml(web_address(url))
        return address if is_public(address) else ""

    links = [(one_line(label), address) for label, url in message.links if (address := shown(url))]
    lead = shown(alert.lead.url)
    terms = (alert.severity, alert.event, alert.status, *alert.tags)
    return Item(
        key=key_of(alert),
        alert=alert,
        rule=message.rule,
        title=fit_for_xml(one_line(f"Update: {message.headline}" if message.is_update else message.headline)),
        text=fit_for_xml("\n".join(_lines(message))),
        html=fit_for_xml("".join(_html(message, links))),
        link=lead,
        related=tuple((fit_for_xml(label), address) for label, address in links if address != lead),
        terms=tuple(dict.fromkeys(fit_for_xml(one_line(term)) for term in terms)),
        outlet=fit_for_xml(one_line(alert.lead.outlet)),
        at=alert.raised_at,
    )


def fit_for_xml(text: str) -> str:
    """A text without the signs that no XML document may hold, escaped or not."""
    return _NO_XML.sub("\ufffd", text)


def _lines(message: Message) -> Iterator[str]:
    yield from (f"New: {one_line(change)}" for change in message.changes)
    yield one_line(message.statement)
    if message.quote.strip():
        yield f"“{one_line(message.quote)}” — {one_line(message.quote_by)}"
    yield from (f"{one_line(label)}: {one_line(value)}" for label, value in message.facts)


def _html(message: Message, links: list[tuple[str, str]]) -> Iterator[str]:
    if message.changes:
        yield f"<ul>{''.join(f'<li>{_shown(change)}</li>' for change in message.changes)}</ul>"
    yield f"<p>{_shown(message.statement)}</p>"
    if message.quote.strip():
        pieces = marked_pieces(message.quote, message.marked)
        words = "".join(f"<b>{_escaped(piece)}</b>" if is_marked else _escaped(piece) for piece, is_marked in pieces)
        yield f"<blockquote><p>“{words}”</p><p>— {_shown(message.quote_by)}</p></blockquote>"
    facts = "".join(f"<dt>{_shown(label)}</dt><dd>{_shown(value)}</dd>" for label, value in message.facts)
    yield f"<dl>{facts}</dl>"
    if links:
        shown = "".join(
            f'<li>{_escaped(label)}: <a href="{_escaped(url)}" rel="noreferrer">{_escaped(url)}</a></li>'
            for label, url in links
        )
        yield f"<ul>{shown}</ul>"


def _shown(text: str) -> str:
    return _escaped(one_line(text))


def _escaped(text: str) -> str:
    return escape(harmless(text), quote=True)
