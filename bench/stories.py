"""`make bench-stories`: what placing an article costs beside 12,500, 25,000, 50,000 and 100,000 stories of ten each.

Does an article cost more because the memory is older? The stories come at one rate (60 a day among 40 parties and 8
events, as busy as a month of unfiltered headlines), so that a larger database is a longer past. Measured is the whole
transaction: the question for candidates, the placing, the writing of the changed story, its commit. The figures are
medians and 95th percentiles in milliseconds of wall time; `growth` is the mean factor of a doubling, from medians.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import log2
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from monitor.model import (
    ActorCode,
    Article,
    ArticleId,
    EventKind,
    EventType,
    FeedId,
    Fingerprint,
    Hit,
    Report,
    RuleId,
    Story,
    StoryChange,
)
from monitor.store import articles, stories
from monitor.store.opened import Store
from monitor.stories.keys import keys_of, occurrences_of
from monitor.stories.place import place

SEED = 20260115
START = datetime(2020, 1, 1, tzinfo=UTC)
A_DAY = 60
ARTICLES = 10
_PARTIES = [ActorCode(f"{first}{second}A") for first in "ABCDEFGH" for second in "KLMNO"]
_EVENTS = [EventType(name) for name in ("visit", "arms", "troops", "trade", "threat", "sanction", "gift", "drill")]
_KINDS = {event: EventKind(id=event, is_by_pair=event == "visit") for event in _EVENTS}
_WORDS = [
    "the",
    "two",
    "delegations",
    "met",
    "again",
    "and",
    "spoke",
    "of",
    "ships",
    "grain",
    "coal",
    "rail",
    "bridges",
]


class World:
    """Articles of a past that grows at one rate; each story has ten of them within two days."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (measured rows, not secrets)

    def reports(self, number: int, opened: datetime) -> Iterator[tuple[Article, Hit, Fingerprint]]:
        """The articles of one story, each with its hit."""
        event = self._chance.choice(_EVENTS)
        source, target = self._chance.sample(_PARTIES, 2)
        for index in range(ARTICLES):
            article = self._article(f"{number}-{index}", opened + timedelta(hours=4 * index))
            yield article, _hit(article, event, source, target), self._print()

    def _article(self, id_: str, at: datetime) -> Article:
        text = " ".join(self._chance.choices(_WORDS, k=30))
        return Article(
            id=ArticleId(id_), feed=FeedId("f"), url=f"https://news.example/{id_}", title=text[:60], text=text,
            lang="en",
            outlet=f"Outlet {self._chance.randrange(40)}", published=at, fetched_at=at, keys=(f"guid:{id_}",),
        )  # fmt: skip

    def _print(self) -> Fingerprint:
        return Fingerprint(sentences=frozenset(self._chance.sample(range(2**62), 12)))


def _hit(article: Article, event: EventType, source: ActorCode, target: ActorCode) -> Hit:
    return Hit(
        article=article.id, rule=RuleId(event), rule_digest="", event=event, severity="high",
        title=f"{source} to {target}", status="asserted", source=source, target=target,
    )  # fmt: skip


def fill(store: Store, world: World, since: int, until: int) -> None:
    """Store the stories with these numbers and their articles."""
    for start in range(since, until, 500):
        with store.place() as work:
            told = [
                list(world.reports(number, START + timedelta(days=number / A_DAY)))
                for number in range(start, min(start + 500, until))
            ]
            articles.add(work, [article for found in told for article, _, _ in found])
            for found in told:
                stories.save(work, StoryChange(before=None, after=_story(found), because="", hits=(found[0][1],)))
        if (start - since) % 5000 == 0:
            print(f"{start:,} of {until:,} stories", file=sys.stderr)


def _story(found: Sequence[tuple[Article, Hit, Fingerprint]]) -> Story:
    """The story of these articles, as placing them one after the other would make it."""
    (first, hit, print_), *_ = found
    ((change,), _) = place(occurrences_of(first, [hit], _KINDS, print_), [], events=_KINDS, fates={})
    reports = tuple(
        Report(
            article=article.id, outlet=article.outlet, title=article.title, url=article.url,
            published=article.published, status=one.status, hit=one, fingerprint=mine,
        )
        for article, one, mine in found
    )  # fmt: skip
    return replace(change.after, reports=reports, last_hit_at=found[-1][0].published)


def measured(store: Store, world: World, number: int, times: int) -> list[float]:
    """Milliseconds of placing one article after another at the end of the past, each in its own transaction."""
    spent = []
    for index in range(times):
        now = START + timedelta(days=number / A_DAY, minutes=index)
        ((article, hit, print_), *_) = world.reports(10**9 + number + index, now)
        with store.place() as work:
            articles.add(work, [article])
        began = perf_counter()
        with store.place() as work:
            found = occurrences_of(article, [hit], _KINDS, print_)
            near: Sequence[Story] = stories.near(work, [keys_of(one) for one in found], {article.id})
            changes, _ = place(found, near, events=_KINDS, fates={})
            for change in changes:
                stories.save(work, change)
        spent.append((perf_counter() - began) * 1000)
    return spent


def main() -> None:
    """Fill, measure at each size, print a table and the JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, nargs="+", default=[12_500, 25_000, 50_000, 100_000], metavar="N")
    parser.add_argument("--times", type=int, default=300, help="articles placed at each size")
    parser.add_argument("--url", default="", help="a database to use instead of a file that is thrown away")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-stories-"))
    rows = []
    try:
        store = Store.open(asked.url or f"sqlite:///{folder}/bench.db")
        try:
            world, since = World(SEED), 0
            for size in sorted(asked.stories):
                fill(store, world, since, size)
                since = size
                measured(store, world, size, 20)  # warm
                spent = measured(store, world, size, asked.times)
                rows.append((size, median(spent), quantiles(spent, n=20)[-1]))
        finally:
            store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{'stories':>9} {'articles':>10} {'median ms':>10} {'p95 ms':>8}")
    for size, middle, high in rows:
        print(f"{size:9,} {size * ARTICLES:10,} {middle:10.2f} {high:8.2f}")
    doublings = log2(rows[-1][0] / rows[0][0])
    growth = (rows[-1][1] / rows[0][1]) ** (1 / doublings) if doublings else 1.0
    print(json.dumps({
        "articles": rows[-1][0] * ARTICLES, "stories": rows[-1][0],
        "median_ms": round(rows[-1][1], 2), "p95_ms": round(rows[-1][2], 2), "growth_a_doubling": round(growth, 3),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
