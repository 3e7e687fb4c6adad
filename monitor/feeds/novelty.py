"""Is an article new, revised or seen, and is it news at all: pure, by the laws of identity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from monitor.decisions import New, Novelty, Revised, Seen
from monitor.model import Article, ArticleId, PollState

GAP = timedelta(hours=24)
"""Without a successful poll for so long, what comes is late; what is older than that is backlog."""

Sighting = tuple[ArticleId, str, int]
"""The article of a key, the `fed_digest` it has in the store, and its revision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store knows of the keys that were asked for; a key that is missing is unknown."""

    by_key: Mapping[str, Sighting] = field(default_factory=dict)


def novelty(article: Article, known: Known) -> Novelty:
    """Whether an article is new, a revision of one that is stored, or seen as it is.

    It is known if its address, its guid or its title with date is known within its feed, or its canonical
    address in any feed. Two exceptions, each from what feeds really do:
    - A guid alone is no identity where address and title both differ: some feeds give every entry the same
      guid, or use one again for the next story.
    - Known only from another feed is seen, whatever that feed said of it: two feeds of one outlet that cut
      their summaries differently would otherwise revise each other at every poll.
    """
    sightings = {key: known.by_key[key] for key in article.keys if key in known.by_key}
    if not sightings:
        return New(because="no key is known")
    own = {_kind(key, article): sighting for key, sighting in sightings.items()}
    if set(own) == {"guid"} and any(_kind(key, article) == "url" for key in article.keys):
        return New(because="the guid is used again: address and title are new")
    for kind, because in (("url", "address"), ("guid", "guid"), ("title", "title and date")):
        if kind in own:
            return _compared(article, own[kind], f"{because} known in this feed")
    stored, _, _ = own["anywhere"]
    return Seen(article=stored, because="address known from another feed", is_elsewhere=True)


def _kind(key: str, article: Article) -> str:
    """The kind of a key within the article's own feed, or "anywhere"."""
    prefix = f"feed:{article.feed}:"
    return key.removeprefix(prefix).partition(":")[0] if key.startswith(prefix) else "anywhere"


def _compared(article: Article, sighting: Sighting, because: str) -> Novelty:
    stored, digest, revision = sighting
    if digest == article.fed_digest:
        return Seen(article=stored, because=because)
    return Revised(article=stored, revision=revision + 1, because=f"{because}, and what the feed says has changed")


def novelties(articles: Iterable[Article], known: Known) -> tuple[tuple[Article, Novelty], ...]:
    """The same for a whole document, in order: an entry that repeats an earlier one of the document is seen."""
    by_key = dict(known.by_key)
    judged: list[tuple[Article, Novelty]] = []
    for article in articles:
        answer = novelty(article, Known(by_key=by_key))
        judged.append((article, answer))
        if isinstance(answer, New):
            sighting = (article.id, article.fed_digest, article.revision)
        elif isinstance(answer, Revised):
            sighting = (answer.article, article.fed_digest, answer.revision)
        else:
            continue
        by_key.update(dict.fromkeys(article.keys, sighting))
    return tuple(judged)


def further_names(answers: Iterable[tuple[Article, Novelty]], known: Known) -> list[tuple[str, ArticleId]]:
    """The names that articles of this feed have besides those under which they are known."""
    return [
        (key, answer.article)
        for article, answer in answers
        if isinstance(answer, Revised) or (isinstance(answer, Seen) and not answer.is_elsewhere)
        for key in article.keys
        if key not in known.by_key
    ]


def backlog(article: Article, state: PollState, now: datetime) -> Literal["fresh", "late", "backlog"]:
    """Whether an article is news: "late" and "backlog" come from a feed's first document or after a gap.

    `state` is as before this poll. Backlog is stored and placed but not told: older than a day by the date as
    given, or without one. Younger ones are told, after a gap marked as late.
    """
    is_first = state.last_success is None
    if state.last_success is not None and now - state.last_success < GAP:
        return "fresh"
    if article.dated is None or now - article.dated > GAP:
        return "backlog"
    return "fresh" if is_first else "late"
