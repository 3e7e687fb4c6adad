"""What an alert says, before any channel's format."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from monitor.alerts.wording import (
    clock_time,
    corroborated,
    cut,
    headline,
    language_name,
    listed,
    moment,
    statement,
    status_line,
)
from monitor.model import ActorCode, Alert, Details, Evidence, Message, Names, Party, Report

HEADLINE = 100
"""Characters. Mail cuts its subject further, where the whole headline stands below it."""
QUOTE = 400
OUTLET = 80
AMOUNT = 80
AMOUNTS = 6
LINKS = 6


def compose(
    alert: Alert,
    names: Names,
    now: datetime,
    *,
    zone: tzinfo,
    may_be_double: bool = False,
    first_receipt: str = "",
) -> Message:
    """The message of an alert in the reader's names and `zone`; all its texts are plain and untrusted.

    `may_be_double` marks one that an earlier attempt may have brought already; `first_receipt` is what the other
    side said on the story's first message.
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
        changes=tuple(change.replace(" -> ", " → ") for change in alert.changes),
        quote=quote,
        marked=marked,
        quote_by=_quoted_by(alert.lead, zone),
        facts=tuple(_facts(alert, names, zone)),
        links=tuple(_links(alert)),
        sent_at=now,
        may_be_double=may_be_double,
        quote_lang=alert.lead.lang,
        first_receipt=first_receipt,
        details=_details(alert, names),
    )


def _details(alert: Alert, names: Names) -> Details:
    """The same for programs."""
    return Details(
        event=alert.event,
        status=alert.status,
        source=_party(alert.source, names),
        target=_party(alert.target, names),
        attribution=tuple(Party(code=code, name=names.of(code)) for code in alert.attribution),
        quantities=alert.lead.hit.quantities,
        why=alert.lead.hit.why,
        reports=tuple(_newest(alert)),
        tags=alert.tags,
        is_late=alert.is_late,
        raised_at=alert.raised_at,
    )


def _party(code: ActorCode | None, names: Names) -> Party | None:
    return None if code is None else Party(code=code, name=names.of(code))


def _facts(alert: Alert, names: Names, zone: tzinfo) -> Iterable[tuple[str, str]]:
    """Label and value, in the order of reading."""
    yield "Status", status_line(alert, names)
    yield "Reported by", _byline(alert.lead, zone)
    if alert.is_late:
        yield "Late", f"told {_delay(alert.raised_at - alert.lead.published)} after it was published"
    others = _other_outlets(alert, zone)
    if others:
        count = f"{len(others)} other{'s' if len(others) > 1 else ''}" if alert.kind == "first" else str(len(others))
        yield "Also reported by" if alert.kind == "first" else "Story so far by", f"{count}: {listed(others)}"
    if alert.corroboration.voices:
        yield "Sources", corroborated(alert.corroboration, names)
    amounts = [cut(one.text, AMOUNT) for one in alert.lead.hit.quantities if one.unit != "date"]
    if amounts:
        yield "Quantities", "; ".join(amounts[:AMOUNTS])
    yield "Rule", alert.lead.hit.rule
    if alert.lead.hit.why:
        yield "Why it matters", alert.lead.hit.why


def _other_outlets(alert: Alert, zone: tzinfo) -> list[str]:
    """The other outlets with the time of their newest report, each once, the newest first, as the links below stand.

    The day is told where it is not that of the leading report.
    """
    lead, day = alert.lead.outlet.strip().casefold(), alert.lead.published.astimezone(zone).date()
    found: dict[str, str] = {}
    for report in _newest(alert):
        outlet = cut(report.outlet, OUTLET)
        if outlet and report.outlet.strip().casefold() != lead:
            found.setdefault(outlet.casefold(), f"{outlet} ({clock_time(report.published, zone, day)})")
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
        yield cut(report.outlet, OUTLET) or "Article", url
        if len(told) == LINKS:
            return


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _byline(report: Report, zone: tzinfo) -> str:
    outlet = cut(report.outlet, OUTLET)
    return f"{outlet}, {moment(report.published, zone)}" if outlet else moment(report.published, zone)


def _quoted_by(report: Report, zone: tzinfo) -> str:
    """Whose words the quote is, and in which language."""
    by = _byline(report, zone)
    return f"{by}, in {language_name(report.lang)}" if report.lang else by


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
