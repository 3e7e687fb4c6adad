"""Several alerts as one message: what a digest, a throttle or a long night gathered, and what an outage left behind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from hashlib import sha256
from itertools import groupby

from monitor.alerts.message import compose
from monitor.alerts.wording import cut, moment, name_of
from monitor.decisions import Send, Verdict
from monitor.model import SEVERITIES, Alert, AlertId, ChannelName, Message, Names, RuleId, StoryChange, StoryId

MANY = 5
"""More alerts than these that are freed at once on a channel go as one message, whatever held them."""
GATHERING = frozenset({"digest", "throttle"})
"""The gates whose point is one message."""
LISTED = 10
"""So many alerts one message tells, each in a line and with its link, within the limits of a chat; more go in more."""
_LINE = 160
RULE = RuleId("digest")

Decided = tuple[StoryChange, Verdict]


def bundled(decided: Sequence[Decided], gates: Mapping[tuple[StoryId, ChannelName], str]) -> list[Decided]:
    """The verdicts of one review, with those that are to go together marked so. `gates` held them until now.

    So many as one message tells have one mark; of more each part has its own.
    """
    sends: dict[ChannelName, list[tuple[StoryId, Send]]] = {}
    for change, verdict in decided:
        if isinstance(verdict, Send):
            sends.setdefault(verdict.channel, []).append((change.after.id, verdict))
    marks: dict[AlertId, str] = {}
    for channel, found in sends.items():
        gathered = [one for one in found if gates.get((one[0], channel)) in GATHERING]
        together = found if len(found) > MANY else gathered if len(gathered) > 1 else []
        ordered = _ordered([send.alert for _, send in together])
        for some in (ordered[at : at + LISTED] for at in range(0, len(ordered), LISTED)):
            made_of = "\x1f".join((channel, *sorted(alert.id for alert in some)))
            name = f"digest-{sha256(made_of.encode()).hexdigest()[:17]}"
            marks |= {alert.id: name for alert in some}
    return [
        (change, replace(verdict, bundle=marks.get(verdict.alert.id, "")) if isinstance(verdict, Send) else verdict)
        for change, verdict in decided
    ]


def compose_digest(
    bundle: str, alerts: Sequence[Alert], names: Names, now: datetime, *, zone: tzinfo, may_be_double: bool = False
) -> Message:
    """One message of many alerts: by pair and type, each with what is new; the most severe pair first."""
    last = list({alert.story: alert for alert in alerts}.values())  # of a story its newest word, with all changes
    changes = {alert.story: [one for other in alerts if other.story == alert.story for one in other.changes]
               for alert in last}  # fmt: skip
    ordered = _ordered(last)
    lines: list[str] = []
    links: list[tuple[str, str]] = []
    for (pair, event), group in groupby(ordered, key=lambda alert: (_pair(alert, names), alert.event)):
        for alert in group:
            said = compose(alert, names, now, zone=zone)
            news = "; ".join(change.replace(" -> ", " → ") for change in changes[alert.story])
            line = f"{pair}, {event}: [{alert.severity}] {said.headline}" + (f" (new: {news})" if news else "")
            lines.append(cut(line, _LINE))
            links += [link for link in said.links[:1] if link not in links]
    severest = min(last, key=_rank).severity
    count = f"{len(last)} {'story' if len(last) == 1 else 'stories'}"
    worst = sum(1 for alert in last if alert.severity == severest)
    oldest = min(alert.raised_at for alert in alerts)
    why = "the channel could not be reached for a while" if bundle.startswith("drain-") else "gathered for one message"
    return Message(
        alert=AlertId(bundle),
        story=StoryId(bundle),
        first_alert=AlertId(bundle),
        severity=severest,
        rule=RULE,
        is_update=False,
        headline=f"Digest: {count}, {worst} {severest}",
        statement=f"{count}, {why}.",
        changes=tuple(lines),
        quote="",
        marked=(),
        quote_by="",
        facts=(("Since", moment(oldest, zone)), ("Until", moment(now, zone))),
        links=tuple(links),
        sent_at=now,
        may_be_double=may_be_double,
    )


def _ordered(alerts: Sequence[Alert]) -> list[Alert]:
    """By pair and type, the pair with the most severe story first."""
    return sorted(alerts, key=lambda one: (*_pair_rank(one, alerts), one.event, _rank(one), one.raised_at, one.id))


def _rank(alert: Alert) -> int:
    return -SEVERITIES.index(alert.severity)


def _pair_rank(alert: Alert, everything: Sequence[Alert]) -> tuple[int, str]:
    """The pair with the most severe story comes first."""
    mine = _key(alert)
    return min(_rank(other) for other in everything if _key(other) == mine), mine


def _key(alert: Alert) -> str:
    return f"{alert.source or ''}>{alert.target or ''}"


def _pair(alert: Alert, names: Names) -> str:
    named = [name_of(code, names) for code in (alert.source, alert.target) if code is not None]
    return " → ".join(named) or "Nobody named"
