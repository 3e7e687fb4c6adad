"""What happened to each article, story and alert, when, and why. Rows are added and read, never changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, distinct, func, insert, select

from monitor.model import AlertId, ArticleId, ChannelName, RuleId, StoryId
from monitor.store.tables import ledger as table
from monitor.store.values import Json
from monitor.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One thing that happened. What it does not speak of is None."""

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
    values: dict[str, Any] = {"at": at, "kind": kind, "because": because}
    values |= {"article": article, "story": story, "alert": alert, "channel": channel, "rule": rule}
    if detail is not None:
        values["detail"] = dict(detail)
    work.run(insert(table).values(values))


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
    fields = tuple(LedgerRow.__dataclass_fields__)
    return [LedgerRow(**{name: getattr(row, name) for name in fields}) for row in work.rows(asked)]
