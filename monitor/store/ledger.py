"""What happened to each article, story and alert, when, and why. Rows are added and read, never changed.

Rows are small: ids, reasons, times; never a body, never a secret. A day that is over is sealed (`seals`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, distinct, func, insert, or_, select

from monitor.decisions import New, Revised
from monitor.log import redact
from monitor.model import AlertId, Article, ArticleId, ChannelName, RuleId, StoryId
from monitor.store.tables import ledger as table
from monitor.store.tables import seals
from monitor.store.values import Json
from monitor.store.work import Work

LONGEST: Final = 500
"""Letters of a reason that are kept: what another side answered may be a page."""
_NAME: Final = 160
"""Letters of a title or an outlet that are kept, by which people know the article once it is gone."""
_PAGE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One thing that happened. What it does not speak of is None."""

    id: int
    at: datetime
    kind: str
    article: ArticleId | None
    story: StoryId | None
    alert: AlertId | None
    channel: ChannelName | None
    rule: RuleId | None
    because: str
    detail: Json | None


def add(
    work: Work,
    at: datetime,
    kind: str,
    *,
    article: ArticleId | None = None,
    story: StoryId | None = None,
    alert: AlertId | None = None,
    channel: ChannelName | None = None,
    rule: RuleId | None = None,
    because: str = "",
    detail: Json | None = None,
) -> None:
    """Write down what happened, in the transaction in which it does."""
    values: dict[str, Any] = {"article": article, "story": story, "alert": alert, "channel": channel, "rule": rule}
    [written] = _written(work, at, kind, [{**values, "because": because, "detail": detail}])
    if written["detail"] is None:
        del written["detail"]  # else JSON's null would stand there
    work.run(insert(table).values(written))


def add_all(work: Work, at: datetime, kind: str, rows: Sequence[dict[str, Any]]) -> None:
    """Write down what happened to many at once; each of the rows has a `detail` and the same keys as the others."""
    work.run(insert(table), _written(work, at, kind, rows))


def note_articles(work: Work, now: datetime, stored: Sequence[tuple[Article, New | Revised, str]]) -> None:
    """Write down articles that were stored, new or revised, and how each counts: fresh, late or backlog."""
    rows = [
        {
            "article": article.id,
            "because": answer.because if isinstance(answer, Revised) else "new",
            "detail": {
                "feed": article.feed, "outlet": article.outlet[:_NAME], "title": article.title[:_NAME],
                "url": article.url[:LONGEST], "published": article.published.isoformat(),
                "dated_by": article.date_origin, "fetched": article.fetched_at.isoformat(),
                "revision": article.revision, "fate": fate,
            },
        }
        for article, answer, fate in stored
    ]  # fmt: skip
    if rows:
        add_all(work, now, "article_stored", rows)


def _written(work: Work, at: datetime, kind: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as they are stored: without secrets, and in a day that is not sealed.

    What happened in a day that is sealed, by a clock that was set back or because it could not be written before,
    is written into the first that is not; `detail` then says when it was.
    """
    if work.open_from is None:
        newest = work.rows(select(func.max(seals.c.day).label("day")))[0].day
        work.open_from = day_end(newest) if newest else datetime.min.replace(tzinfo=UTC)
    then = {"happened_at": at.isoformat()} if at.tzinfo is not None and at < work.open_from else {}
    moment = max(at, work.open_from) if at.tzinfo is not None else at
    found = []
    for row in rows:
        detail = {**(row.get("detail") or {}), **then}
        told = {name: redact(value) if isinstance(value, str) else value for name, value in detail.items()}
        because = redact(str(row.get("because", "")))[:LONGEST]
        found.append({**row, "at": moment, "kind": kind, "because": because, "detail": told or None})
    return found


def day_of(at: datetime) -> str:
    """The day of a moment, as seals name it: in UTC."""
    return at.astimezone(UTC).date().isoformat()


def day_end(day: str) -> datetime:
    """The first moment after a day."""
    return day_start(day) + timedelta(days=1)


def day_start(day: str) -> datetime:
    """The first moment of a day."""
    return datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC)


def hidden_stories(work: Work, since: datetime) -> int:
    """How many stories were kept from everybody since then because they came as backlog."""
    asked = select(func.count(distinct(table.c.story)))
    return _number(work, asked.where(table.c.kind == "alert_dropped", table.c.because == "backlog"), since)


def broken_articles(work: Work, since: datetime) -> int:
    """On how many articles an error of ours came up since then; none of them is stored as it should be."""
    return _number(work, select(func.count(distinct(table.c.article))).where(table.c.kind == "article_broke"), since)


def _number(work: Work, asked: Select[int], since: datetime) -> int:
    return int(work.rows(asked.where(table.c.at >= since))[0][0])


def read(
    work: Work,
    *,
    article: ArticleId | None = None,
    story: StoryId | None = None,
    alert: AlertId | None = None,
    kind: str | None = None,
    limit: int = 100,
) -> list[LedgerRow]:
    """What happened, the newest first, to one article, story or alert where one is named."""
    asked = select(table).order_by(table.c.id.desc()).limit(limit)
    for name, wanted in (("article", article), ("story", story), ("alert", alert), ("kind", kind)):
        if wanted is not None:
            asked = asked.where(table.c[name] == wanted)
    return [_row(row) for row in work.rows(asked)]


def within(work: Work, since: datetime | None = None, until: datetime | None = None) -> Iterator[LedgerRow]:
    """All that happened between two moments, in the order in which it was written, a page at a time."""
    asked = select(table).order_by(table.c.id).limit(_PAGE)
    if since is not None:
        asked = asked.where(table.c.at >= since)
    if until is not None:
        asked = asked.where(table.c.at < until)
    after = 0
    while page := work.rows(asked.where(table.c.id > after)):
        yield from (_row(row) for row in page)
        after = page[-1].id


def about(
    work: Work,
    *,
    alerts: Iterable[str] = (),
    stories: Iterable[str] = (),
    articles: Iterable[str] = (),
    rules: Iterable[str] = (),
    since: datetime | None = None,
    limit: int = 1000,
) -> tuple[list[LedgerRow], bool]:
    """What happened to any of these, in the order in which it was written; and whether there is more than `limit`.

    Of too much the newest is given.
    """
    named: list[ColumnElement[bool]] = []
    for column, ids in (("alert", alerts), ("story", stories), ("article", articles), ("rule", rules)):
        wanted = sorted(set(ids))
        if wanted:
            named.append(table.c[column].in_(wanted))
    asked = select(table).order_by(table.c.id.desc()).limit(limit + 1)
    if named:
        asked = asked.where(or_(*named))
    if since is not None:
        asked = asked.where(table.c.at >= since)
    rows = work.rows(asked)
    return [_row(row) for row in rows[:limit]][::-1], len(rows) > limit


def _row(row: Any) -> LedgerRow:
    return LedgerRow(**{name: getattr(row, name) for name in LedgerRow.__dataclass_fields__})
