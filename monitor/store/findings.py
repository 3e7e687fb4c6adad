"""The hits as a desk looks at them: found by what they are about, with their articles and stories."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, select

from monitor.errors import StoreError
from monitor.model import Article, ArticleId, EventType, Hit, StoryId
from monitor.store import articles as article_rows
from monitor.store.asked import Asked, equal, names_actor, severe_enough, within
from monitor.store.tables import articles, hits, stories, story_parties, story_reports, told
from monitor.store.values import hit_from_json
from monitor.store.work import Work

_BATCH = 500
"""Rows that are held at once while many are read."""
_FEW = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A hit with what it was found in. `withdrawn_at` is set where the article was revised and says so no more."""

    hit: Hit
    found_at: datetime
    withdrawn_at: datetime | None
    story: StoryId | None
    feed: str
    url: str
    title: str
    lang: str
    outlet: str
    published: datetime
    revision: int


_OF_HIT = and_(
    story_reports.c.article == hits.c.article,
    stories.c.event == hits.c.event,
    exists().where(story_parties.c.story == stories.c.id, story_parties.c.party.in_((hits.c.source, hits.c.target))),
)
"""A story holds a hit: its article reports it, the same event, and a party that the hit names (or nobody in both)."""
_STORY = (
    select(story_reports.c.story)
    .join(stories, stories.c.id == story_reports.c.story)
    .where(_OF_HIT)
    .order_by(story_reports.c.story)
    .limit(1)
    .scalar_subquery()
)
"""The story that tells of a hit: one as a rule, since an article holds one occurrence for an event and its parties."""


def found(work: Work, asked: Asked, limit: int | None = None, *, with_withdrawn: bool = False) -> Iterator[Finding]:
    """The hits that were asked for, the newest first, read as they are taken: within the transaction."""
    wanted = _selected().where(*_conditions(asked))
    if not with_withdrawn:
        wanted = wanted.where(hits.c.withdrawn_at.is_(None))
    key = (hits.c.article, hits.c.rule, hits.c.source, hits.c.target, hits.c.status)
    wanted = wanted.order_by(hits.c.found_at.desc(), *key).limit(limit)
    for row in work.connection.execute(wanted, execution_options={"yield_per": _BATCH}):
        yield _finding(row)


def of_article(work: Work, begins: str) -> tuple[Article, list[Finding]]:
    """The article whose id begins so, and all its hits, withdrawn ones too. Raises StoreError for none or several."""
    asked = select(articles.c.id).where(articles.c.id.startswith(begins, autoescape=True)).order_by(articles.c.id)
    ids = [row.id for row in work.rows(asked.limit(_FEW + 1))]
    exact = [begins] if begins in ids else ids
    if not begins or not exact:
        raise StoreError(f"there is no article {begins}", remedy="`hits list` names those with hits")
    if len(exact) > 1:
        names = ", ".join(exact[:_FEW])
        raise StoreError(f"{begins} is the beginning of several articles: {names}", remedy="write more of it")
    article = article_rows.get(work, [ArticleId(exact[0])])[ArticleId(exact[0])]
    rows = work.rows(_selected().where(hits.c.article == article.id).order_by(hits.c.rule, hits.c.found_at))
    return article, [_finding(row) for row in rows]


def of_story(work: Work, story: StoryId, event: EventType) -> list[Finding]:
    """The hits of a story that hold, in the order of its reports."""
    held = (
        _selected()
        .join(story_reports, story_reports.c.article == hits.c.article)
        .where(story_reports.c.story == story, hits.c.event == event, hits.c.withdrawn_at.is_(None))
    )
    rows = work.rows(held.order_by(story_reports.c.ordinal, hits.c.rule, hits.c.source, hits.c.target, hits.c.status))
    return list({(row.article, row.rule, row.source, row.target, row.status): _finding(row) for row in rows}.values())


def _selected() -> Any:
    return (
        select(
            hits, _STORY.label("story"), articles.c.feed, articles.c.url, articles.c.title, articles.c.lang,
            articles.c.outlet, articles.c.published, articles.c.revision,
        )
        .join(articles, articles.c.id == hits.c.article)
    )  # fmt: skip


def _conditions(asked: Asked) -> Iterator[Any]:
    yield from within(asked, hits.c.found_at)
    yield from severe_enough(asked, hits.c.hit["severity"].as_string())
    yield from equal({hits.c.rule: asked.rule, hits.c.event: asked.event, hits.c.status: asked.status})
    yield from names_actor(asked, hits.c.hit)
    if asked.story is not None or asked.channel is not None:
        of_story = [_OF_HIT]
        if asked.story is not None:
            of_story.append(stories.c.id.startswith(asked.story, autoescape=True))
        if asked.channel is not None:
            of_story.append(exists().where(told.c.story == stories.c.id, told.c.channel == asked.channel))
        yield exists(
            select(stories.c.id).join(story_reports, story_reports.c.story == stories.c.id).where(*of_story)
            .correlate(hits)
        )  # fmt: skip


def _finding(row: Row[Any]) -> Finding:
    names = ("found_at", "withdrawn_at", "story", "feed", "url", "title", "lang", "outlet", "published", "revision")
    return Finding(hit=hit_from_json(row.hit), **{name: getattr(row, name) for name in names})
