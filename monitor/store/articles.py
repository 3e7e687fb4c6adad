"""The articles, the names under which they are known, and what they said before they were revised."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from monitor.model import Article, ArticleId, FeedId
from monitor.store.tables import articles as table
from monitor.store.tables import revisions, sightings
from monitor.store.work import Work, chunks

_FIELDS = tuple(column.name for column in table.c)
_KEPT = tuple(column.name for column in revisions.c if column.name not in {"article", "revision"})


def known(work: Work, keys: Iterable[str]) -> dict[str, tuple[ArticleId, str, int]]:
    """Which of these names are known: name -> (article, what the feed said of it as a digest, revision).

    One question for up to 900 names.
    """
    found: dict[str, tuple[ArticleId, str, int]] = {}
    asked = select(sightings.c.key, table.c.id, table.c.fed_digest, table.c.revision).join(table)
    for chunk in chunks(set(keys)):
        for row in work.rows(asked.where(sightings.c.key.in_(chunk))):
            found[row.key] = (ArticleId(row.id), row.fed_digest, row.revision)
    return found


def add(work: Work, articles: Sequence[Article]) -> set[ArticleId]:
    """Store new and revised articles; returns the ids of those that the database did not have, or not so.

    The database has the last word: an article that another worker stored first, under its id or under any of
    its names, is not new, and its names become those of the one that stands. A revision keeps what it replaces.
    """
    new = {article.id: article for article in articles if article.revision == 1}
    fresh = _insert(work, list(new.values()))
    return fresh | {article.id for article in articles if article.revision > 1 and _revise(work, article)}


def _insert(work: Work, articles: Sequence[Article]) -> set[ArticleId]:
    if not articles:
        return set()
    insertion = work.insert(table).on_conflict_do_nothing().returning(table.c.id)
    fresh: set[ArticleId] = {row.id for row in work.rows(insertion, [_values(article) for article in articles])}
    # the same name twice in one list: the first article has it, as it would have in two transactions
    wanted: dict[str, dict[str, Any]] = {}
    for article in articles:
        for rank, key in enumerate(article.keys):
            wanted.setdefault(key, {"key": key, "article": article.id, "rank": rank})
    if not wanted:
        return fresh
    naming = work.insert(sightings).on_conflict_do_nothing().returning(sightings.c.key)
    named = {row.key for row in work.rows(naming, list(wanted.values()))}
    doubles = [
        article
        for article in articles
        if article.id in fresh
        and _is_double(
            article, [key for key in article.keys if key not in named or wanted[key]["article"] != article.id]
        )
    ]
    return fresh - _fold(work, doubles, fresh)


def _is_double(article: Article, taken: Sequence[str]) -> bool:
    """Whether an article is known under one of its names that are taken.

    A guid alone is no identity for what has an address of its own: some feeds give every entry the same guid.
    """
    mine = f"feed:{article.feed}"
    has_address = any(key.startswith(f"{mine}:url:") for key in article.keys)
    return any(not (has_address and key.startswith(f"{mine}:guid:")) for key in taken)


def _fold(work: Work, doubles: Sequence[Article], fresh: set[ArticleId]) -> set[ArticleId]:
    """Take back articles that are known under one of their names; those names go to the article that is."""
    folded: set[ArticleId] = set()
    for article in doubles:
        owners = {
            row.article for row in work.rows(select(sightings.c.article).where(sightings.c.key.in_(article.keys)))
        }
        standing = sorted(owners - {article.id}, key=lambda owner: (owner in fresh, owner))  # the older one first
        if standing:
            work.run(update(sightings).where(sightings.c.article == article.id).values(article=standing[0]))
            work.run(delete(table).where(table.c.id == article.id))
            folded.add(article.id)
    return folded


def _revise(work: Work, article: Article) -> bool:
    standing = work.rows(select(table).where(table.c.id == article.id).with_for_update())
    if not standing or standing[0].revision >= article.revision or standing[0].fed_digest == article.fed_digest:
        return False
    before = standing[0]
    kept = {name: getattr(before, name) for name in _KEPT}
    work.run(insert(revisions).values(article=before.id, revision=before.revision, **kept))
    work.run(update(table).where(table.c.id == article.id).values(**_values(article)))
    add_sightings(work, [(key, article.id) for key in article.keys])
    return True


def add_sightings(work: Work, names: Sequence[tuple[str, ArticleId]]) -> None:
    """Remember further names of articles that are known; a name that has an article keeps it."""
    if not names:
        return
    ranks: dict[ArticleId, int] = {}
    for chunk in chunks({article for _, article in names}):
        for row in work.rows(select(sightings.c.article, sightings.c.rank).where(sightings.c.article.in_(chunk))):
            ranks[row.article] = max(ranks.get(row.article, 0), row.rank + 1)
    values = []
    for key, article in dict(names).items():
        values.append({"key": key, "article": article, "rank": ranks.get(article, 0)})
        ranks[article] = ranks.get(article, 0) + 1
    work.run(work.insert(sightings).on_conflict_do_nothing(), values)


def get(work: Work, ids: Iterable[ArticleId]) -> dict[ArticleId, Article]:
    """The articles of these ids as they stand, with all names under which they are known."""
    found: dict[ArticleId, Article] = {}
    for chunk in chunks(set(ids)):
        names: dict[str, list[str]] = {}
        asked = select(sightings.c.article, sightings.c.key).where(sightings.c.article.in_(chunk))
        for row in work.rows(asked.order_by(sightings.c.article, sightings.c.rank, sightings.c.key)):
            names.setdefault(row.article, []).append(row.key)
        for row in work.rows(select(table).where(table.c.id.in_(chunk))):
            found[ArticleId(row.id)] = _article(row, tuple(names.get(row.id, ())))
    return found


def revisions_of(work: Work, article: ArticleId) -> list[Article]:
    """What an article said before, the oldest first; names and language are those that it has now."""
    now = get(work, [article]).get(article)
    if now is None:
        return []
    rows = work.rows(select(revisions).where(revisions.c.article == article).order_by(revisions.c.revision))
    fields = {name: getattr(now, name) for name in (*_FIELDS, "keys")}
    return [Article(**{**fields, **{name: getattr(row, name) for name in (*_KEPT, "revision")}}) for row in rows]


def _article(row: Row[Any], keys: tuple[str, ...]) -> Article:
    fields = {name: getattr(row, name) for name in _FIELDS}
    return Article(**{**fields, "id": ArticleId(row.id), "feed": FeedId(row.feed), "keys": keys})


def _values(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in _FIELDS}
