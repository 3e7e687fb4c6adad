"""The table: kind of feed -> its parser."""

from collections.abc import Callable, Mapping

from monitor.feeds import jsonfeed, rss
from monitor.model import Document, Feed, FetchFailed, Parsed, PollState

Parser = Callable[[Feed, PollState, Document], Parsed | FetchFailed]

KINDS: Mapping[str, Parser] = {
    "rss": rss.parse,  # RSS 0.9 to 2.0, RDF and Atom
    "jsonfeed": jsonfeed.parse,  # JSON Feed 1 and 1.1
}


def parse(feed: Feed, state: PollState, document: Document) -> Parsed | FetchFailed:
    """The entries of a document; FetchFailed for what is no feed. Never raises for what a document holds.

    The document decides between XML and JSON, whatever kind its feed was said to be: servers change their minds.
    """
    return KINDS["jsonfeed" if jsonfeed.looks_like_json(document) else "rss"](feed, state, document)
