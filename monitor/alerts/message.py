"""What an alert says, before any channel's format."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from monitor.alerts.wording import cut, headline, listed, moment, statement, status_line
from monitor.model import Alert, Evidence, Message, Names, Report

HEADLINE = 100
"""Characters. Mail cuts its subject further, where the whole headline stands below it."""
QUOTE = 400
AMOUNT = 80
AMOUNTS = 6
LINKS = 6


def compose(alert: Alert, names: Names, now: datetime, *, zone: tzinfo, may_be_double: bool = False) -> Message:
    """The message of an alert in the reader's names and `zone`; all its texts are plain and untrusted.

    `may_be_double` marks one that an earlier attempt may have brought already.
    """
    quote, marked = quoted(alert.lead.hit.evidence)
    return Message(
        alert=alert.id,
        story=alert.story,
        first_alert=alert.first_alert,
        severity=alert.severity,
        rule=alert.lead.hit.rule,
        is_update=alert.kind == "update",
        headline=headline(alert, names, HEADLINE),
        statement=statement(alert, names),
        changes=alert.changes,
        quote=quote,
        marked=marked,
        quote_by=_byline(alert.lead, zone),
        facts=tuple(_facts(alert, names, zone)),
        links=tuple(_links(alert)),
        sent_at=now,
        may_be_double=may_be_double,
    )


def _facts(alert: Alert, names: Names, zone: tzinfo) -> Iterable[tuple[str, str]]:
    """Label and value, in the order of reading."""
    yield "Status", status_line(alert, names)
    yield "Reported by", _byline(alert.lead, zone)
    if alert.is_late:
        yield "Late", f"told {_delay(alert.raised_at - alert.lead.published)} after it was published"
    others = _other_outlets(alert)
    if others:
        count = f"{len(others)} other{'s' if len(others) > 1 else ''}" if alert.kind == "first" else str(len(others))
        yield "Also reported by" if alert.kind == "first" else "Story so far by", f"{count}: {listed(others)}"
    amounts = [cut(one.text, AMOUNT) for one in alert.lead.hit.quantities if one.unit != "date"]
    if amounts:
        yield "Quantities", "; ".join(amounts[:AMOUNTS])
    yield "Rule", alert.lead.hit.rule
    if alert.lead.hit.why:
        yield "Why it matters", alert.lead.hit.why


def _other_outlets(alert: Alert) -> list[str]:
    """The other outlets, each once, the newest report first, as the links below stand."""
    lead = alert.lead.outlet.strip().casefold()
    found: dict[str, str] = {}
    for report in _newest(alert):
        outlet = " ".join(report.outlet.split())
        if outlet and outlet.casefold() != lead:
            found.setdefault(outlet.casefold(), outlet)
    return list(found.values())


def _newest(alert: Alert) -> list[Report]:
    """All reports, the newest first; of one moment by outlet, whichever feed answered first."""
    return sorted(alert.reports, key=lambda report: (-report.published.timestamp(), report.outlet, report.url))


def _links(alert: Alert) -> Iterable[tuple[str, str]]:
    """The article's address, then those of other outlets, newest first, one for each outlet."""
    told: set[str] = set()
    outlets: set[str] = set()
    for report in (alert.lead, *_newest(alert)):
        url, outlet = report.url.strip(), report.outlet.strip().casefold()
        if url in told or (outlet and outlet in outlets) or not _is_web(url):
            continue
        told.add(url)
        outlets.add(outlet)
        yield " ".join(report.outlet.split()) or "Article", url
        if len(told) == LINKS:
            return


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _byline(report: Report, zone: tzinfo) -> str:
    outlet = " ".join(report.outlet.split())
    return f"{outlet}, {moment(report.published, zone)}" if outlet else moment(report.published, zone)


def _delay(late: timedelta) -> str:
    hours = max(int(late.total_seconds() // 3600), 0)
    if hours < 1:
        return "less than an hour"
    if hours < 48:
        return f"{hours} hour{'s' if hours > 1 else ''}"
    return f"{hours // 24} days"


def quoted(evidence: tuple[Evidence, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The sentence that holds the evidence, and where in it the matched words stand.

    A sentence of the text goes before a title, which the alert tells anyhow; without its sentence the
    evidence stands alone and is marked whole. A long sentence is cut to the stretch with the marks.
    """
    if not evidence:
        return "", ()
    one = min(evidence, key=lambda found: found.field == "title")
    if not one.context:
        return cut(one.text, QUOTE), ((0, len(cut(one.text, QUOTE))),)
    return _shortened(one.context, one.marks)


def _shortened(text: str, marks: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """At most about QUOTE characters around the marks, cut at words. Marks move along; those outside are dropped."""
    marks = tuple((start, end) for start, end in marks if 0 <= start < end <= len(text))
    if len(text) <= QUOTE:
        return text, marks
    first = marks[0][0] if marks else 0
    last = marks[-1][1] if marks else 0
    start = 0 if last <= QUOTE else max(min(first - 60, len(text) - QUOTE), 0)
    end = min(start + QUOTE, len(text))
    if start:
        start = text.find(" ", start, max(first, start + 1)) + 1 or start
    if end < len(text):
        space = text.rfind(" ", max((b for _, b in marks if b <= end), default=start), end)
        end = space if space > start else end
    opening, ending = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(opening) - start
    kept = tuple((a + shift, b + shift) for a, b in marks if a >= start and b <= end)
    return f"{opening}{text[start:end]}{ending}", kept
