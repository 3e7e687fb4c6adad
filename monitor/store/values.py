"""Values that are kept whole, as JSON and back, field by field.

Every kept value carries its version `v`. A field that came later takes its default when an older one is read;
a newer version is refused.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from monitor.errors import StoreError
from monitor.model import (
    ActorCode,
    Alert,
    AlertId,
    ArticleId,
    Corroboration,
    EventType,
    Evidence,
    Fingerprint,
    Hit,
    Quantity,
    Report,
    RuleId,
    Said,
    StoryId,
)
from monitor.trouble import Notice, Trouble

VERSION = 1
_SIDES = ("saying", "denying", "silent")

Json = Mapping[str, Any]


def _checked(kept: Json) -> Json:
    if kept.get("v") != VERSION:
        raise StoreError(
            f"a stored value has version {kept.get('v')}; this program reads version {VERSION}",
            remedy="install the version that wrote it",
        )
    return kept


# --- parts ------------------------------------------------------------------------------------------------------------


def said_to_json(said: Iterable[Said]) -> list[list[str]]:
    """What was said, in a fixed order."""
    return sorted([one.status, one.side] for one in said)


def said_from_json(kept: Iterable[tuple[Any, str]]) -> frozenset[Said]:
    """The way back."""
    return frozenset(Said(status=status, side=side) for status, side in kept)


def _evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "field": evidence.field,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "context": evidence.context,
        "marks": [list(mark) for mark in evidence.marks],
    }


def _evidence_from_json(kept: Json) -> Evidence:
    return Evidence(
        field=kept["field"],
        start=kept["start"],
        end=kept["end"],
        text=kept["text"],
        context=kept["context"],
        marks=tuple((start, end) for start, end in kept["marks"]),
    )


def _quantity_to_json(quantity: Quantity) -> dict[str, Any]:
    return {
        "text": quantity.text,
        "unit": quantity.unit,
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "is_approximate": quantity.is_approximate,
        "is_vague": quantity.is_vague,
    }


def _quantity_from_json(kept: Json) -> Quantity:
    return Quantity(
        text=kept["text"],
        unit=kept["unit"],
        value=kept["value"],
        low=kept["low"],
        high=kept["high"],
        is_approximate=kept["is_approximate"],
        is_vague=kept.get("is_vague", False),
    )


# --- hit --------------------------------------------------------------------------------------------------------------


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """A hit as it is kept."""
    return {
        "v": VERSION,
        "article": hit.article,
        "rule": hit.rule,
        "rule_digest": hit.rule_digest,
        "event": hit.event,
        "severity": hit.severity,
        "title": hit.title,
        "status": hit.status,
        "source": hit.source,
        "target": hit.target,
        "is_reciprocal": hit.is_reciprocal,
        "attribution": list(hit.attribution),
        "agencies": list(hit.agencies),
        "place": hit.place,
        "persons": list(hit.persons),
        "score": hit.score,
        "evidence": [_evidence_to_json(evidence) for evidence in hit.evidence],
        "quantities": [_quantity_to_json(quantity) for quantity in hit.quantities],
        "tags": list(hit.tags),
        "notify": list(hit.notify),
        "why": hit.why,
        "may_open": hit.may_open,
    }


def hit_from_json(kept: Json) -> Hit:
    """The way back. Raises StoreError for a version that this program does not read."""
    kept = _checked(kept)
    return Hit(
        article=ArticleId(kept["article"]),
        rule=RuleId(kept["rule"]),
        rule_digest=kept["rule_digest"],
        event=EventType(kept["event"]),
        severity=kept["severity"],
        title=kept["title"],
        status=kept["status"],
        source=_actor(kept["source"]),
        target=_actor(kept["target"]),
        is_reciprocal=kept["is_reciprocal"],
        attribution=tuple(map(ActorCode, kept["attribution"])),
        agencies=tuple(map(ActorCode, kept.get("agencies", ()))),
        place=_actor(kept["place"]),
        persons=tuple(kept["persons"]),
        score=kept["score"],
        evidence=tuple(map(_evidence_from_json, kept["evidence"])),
        quantities=tuple(map(_quantity_from_json, kept["quantities"])),
        tags=tuple(kept["tags"]),
        notify=tuple(kept["notify"]),
        why=kept["why"],
        may_open=kept["may_open"],
    )


def _actor(code: str | None) -> ActorCode | None:
    return None if code is None else ActorCode(code)


# --- report -----------------------------------------------------------------------------------------------------------


def report_to_json(report: Report, *, with_fingerprint: bool = False) -> dict[str, Any]:
    """A report as it is kept: with its story, and frozen in an alert, which compares it with nothing any more."""
    told = {
        "v": VERSION,
        "article": report.article,
        "outlet": report.outlet,
        "title": report.title,
        "url": report.url,
        "published": report.published.isoformat(),
        "status": report.status,
        "hit": hit_to_json(report.hit),
        "lang": report.lang,
    }
    if with_fingerprint:
        told["print"] = {name: sorted(getattr(report.fingerprint, name)) for name in ("sentences", "runs")}
    return told


def report_from_json(kept: Json) -> Report:
    """The way back. Raises StoreError for a version that this program does not read."""
    kept = _checked(kept)
    return Report(
        article=ArticleId(kept["article"]),
        outlet=kept["outlet"],
        title=kept["title"],
        url=kept["url"],
        published=datetime.fromisoformat(kept["published"]),
        status=kept["status"],
        hit=hit_from_json(kept["hit"]),
        fingerprint=Fingerprint(**{name: frozenset(digests) for name, digests in kept.get("print", {}).items()}),
        lang=kept.get("lang", ""),
    )


# --- alert ------------------------------------------------------------------------------------------------------------


def alert_to_json(alert: Alert) -> dict[str, Any]:
    """An alert as it is kept: frozen when it was decided."""
    return {
        "v": VERSION,
        "id": alert.id,
        "story": alert.story,
        "kind": alert.kind,
        "event": alert.event,
        "title": alert.title,
        "severity": alert.severity,
        "status": alert.status,
        "source": alert.source,
        "target": alert.target,
        "attribution": list(alert.attribution),
        "lead": report_to_json(alert.lead),
        "reports": [report_to_json(report) for report in alert.reports],
        "changes": list(alert.changes),
        "corroboration": _corroboration_to_json(alert.corroboration),
        "tags": list(alert.tags),
        "is_late": alert.is_late,
        "raised_at": alert.raised_at.isoformat(),
        "first_alert": alert.first_alert,
    }


def _corroboration_to_json(found: Corroboration) -> dict[str, Any]:
    sides = {name: list(getattr(found, name)) for name in _SIDES}
    return {"voices": found.voices, "independent": found.independent, **sides}


def _corroboration_from_json(kept: Json) -> Corroboration:
    sides = {name: tuple(map(ActorCode, kept.get(name, ()))) for name in _SIDES}
    return Corroboration(voices=kept.get("voices", 0), independent=kept.get("independent", 0), **sides)


def alert_from_json(kept: Json) -> Alert:
    """The way back. Raises StoreError for a version that this program does not read."""
    kept = _checked(kept)
    return Alert(
        id=AlertId(kept["id"]),
        story=StoryId(kept["story"]),
        kind=kept["kind"],
        event=EventType(kept["event"]),
        title=kept["title"],
        severity=kept["severity"],
        status=kept["status"],
        source=_actor(kept["source"]),
        target=_actor(kept["target"]),
        attribution=tuple(map(ActorCode, kept["attribution"])),
        lead=report_from_json(kept["lead"]),
        reports=tuple(map(report_from_json, kept["reports"])),
        changes=tuple(kept["changes"]),
        corroboration=_corroboration_from_json(kept.get("corroboration", {})),
        tags=tuple(kept["tags"]),
        is_late=kept["is_late"],
        raised_at=datetime.fromisoformat(kept["raised_at"]),
        first_alert=AlertId(kept["first_alert"]),
    )


# --- the monitor's own troubles ---------------------------------------------------------------------------------------


def trouble_to_json(trouble: Trouble) -> dict[str, Any]:
    """A trouble as it is kept."""
    return {
        "v": VERSION,
        "key": trouble.key,
        "title": trouble.title,
        "place": trouble.place,
        "problem": trouble.problem,
        "remedy": trouble.remedy,
        "version": trouble.version,
        "mark": trouble.mark,
        "about": trouble.about,
        "is_passing": trouble.is_passing,
    }


def trouble_from_json(kept: Json) -> Trouble:
    """The way back."""
    kept = _checked(kept)
    return Trouble(**{name: kept[name] for name in kept if name != "v"})


def notice_to_json(notice: Notice) -> dict[str, Any]:
    """A notice as it is kept."""
    return {
        "v": VERSION,
        "id": notice.id,
        "first": notice.first,
        "thread": notice.thread,
        "says": notice.says,
        "troubles": [trouble_to_json(trouble) for trouble in notice.troubles],
        "since": notice.since.isoformat(),
        "raised_at": notice.raised_at.isoformat(),
    }


def notice_from_json(kept: Json) -> Notice:
    """The way back."""
    kept = _checked(kept)
    return Notice(
        id=kept["id"],
        first=kept["first"],
        thread=kept["thread"],
        says=kept["says"],
        troubles=tuple(map(trouble_from_json, kept["troubles"])),
        since=datetime.fromisoformat(kept["since"]),
        raised_at=datetime.fromisoformat(kept["raised_at"]),
    )
