"""What people said of alerts: right, or wrong and in what. Kept as rows of the ledger, so that nothing said is lost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select

from monitor.model import Alert, AlertId, ChannelName, RuleId
from monitor.store import ledger
from monitor.store.tables import alerts, deliveries
from monitor.store.tables import ledger as table
from monitor.store.work import Work

KIND = "feedback_given"
About = Literal["event", "actors", "status", "story"]
ABOUT: tuple[About, ...] = ("event", "actors", "status", "story")
"""What a verdict speaks of: that it happened, who and whom, how sure it is, whether it belongs to its story."""

MOST = 100
"""Verdicts on one alert that are kept by links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One person's verdict on one thing about an alert; a later one by anybody on the same thing replaces it."""

    at: datetime
    alert: AlertId
    rule: RuleId
    about: About
    is_right: bool
    by: str
    note: str = ""


def add(
    work: Work,
    alert: Alert,
    given: Iterable[tuple[About, bool]],
    at: datetime,
    *,
    by: str,
    note: str = "",
    channel: ChannelName | None = None,
) -> None:
    """Write down what somebody said of an alert; `channel` is the one whose link it came by, where it did."""
    rule, article = alert.lead.hit.rule, alert.lead.article
    for about, is_right in given:
        ledger.add(
            work, at, KIND, alert=alert.id, story=alert.story, rule=rule, article=article, channel=channel,
            because=f"{about} {'right' if is_right else 'wrong'}, says {by}{f': {note}' if note else ''}",
            detail={"about": about, "is_right": is_right, "by": by, "note": note},
        )  # fmt: skip


def unsaid(
    work: Work, alert: Alert, given: Iterable[tuple[About, bool]], *, by: str, note: str
) -> tuple[tuple[About, bool], ...] | None:
    """What of a link's verdicts does not hold yet in these words: nothing of a button that is pressed twice.

    None where links have said enough of this alert: whoever has one can press for ever.
    """
    holds = {(one.about, one.is_right, one.by, one.note) for one in found(work, alert=alert.id)}
    new = tuple(one for one in given if (*one, by, note) not in holds)
    told = select(func.count()).where(table.c.kind == KIND, table.c.alert == alert.id, table.c.channel.is_not(None))
    return new if not new or int(work.rows(told)[0][0]) + len(new) <= MOST else None


def found(work: Work, *, since: datetime | None = None, alert: AlertId | None = None) -> list[Feedback]:
    """What holds now, the newest first: of each alert and thing the last that was said."""
    asked = select(table).where(table.c.kind == KIND).order_by(table.c.id.desc())
    if since is not None:
        asked = asked.where(table.c.at >= since)
    if alert is not None:
        asked = asked.where(table.c.alert == alert)
    last: dict[tuple[str, str], Feedback] = {}
    for row in work.rows(asked):
        told = row.detail
        one = Feedback(
            at=row.at, alert=AlertId(row.alert), rule=RuleId(row.rule), about=told["about"], is_right=told["is_right"],
            by=told["by"], note=told.get("note", ""),
        )  # fmt: skip
        last.setdefault((one.alert, one.about), one)
    return list(last.values())


def alerts_by_rule(work: Work, since: datetime) -> Counter[RuleId]:
    """How many alerts each rule has cost its readers since then, once each however many were told."""
    rule = alerts.c.alert[("lead", "hit", "rule")].as_string()
    asked = select(rule.label("rule"), func.count(func.distinct(alerts.c.id)).label("number"))
    asked = asked.join(deliveries, deliveries.c.alert == alerts.c.id)
    rows = work.rows(asked.where(alerts.c.raised_at >= since).group_by(rule))
    return Counter({RuleId(row.rule): row.number for row in rows})
