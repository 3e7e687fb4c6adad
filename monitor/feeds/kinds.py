"""The table: kind of feed -> its parser."""

from collections.abc import Callable, Mapping

from monitor.feeds import rss
from monitor.model import Document, Feed, FetchFailed, Parsed, PollState

Parser = Callable[[Feed, PollState, Document], Parsed | FetchFailed]

KINDS: Mapping[str, Parser] = {
    "rss": rss.parse,  # RSS 0.9 to 2.0, RDF and Atom
}


def parse(feed: Feed, state: PollState, document: Document) -> Parsed | FetchFailed:
    """The entries of a document by the parser of its feed's kind; FetchFailed for what is no such feed.

    Never raises for what a document holds. `Feed.kind` is one of `KINDS`; the configuration sees to it.
    """
    return KINDS[feed.kind](feed, state, document)
