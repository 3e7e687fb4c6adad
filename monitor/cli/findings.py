"""A hit of the store, for a reader, for programs, and for a spreadsheet."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, Final

from monitor.cli.output import local, plain, style
from monitor.cli.scan import as_json

if TYPE_CHECKING:
    from monitor.model import ActorCode, Evidence, Names
    from monitor.store.findings import Finding

COLUMNS: Final = (
    "found_at", "published", "outlet", "headline", "url", "rule", "event", "severity", "status", "source",
    "source_name", "target", "target_name", "said_by", "score", "evidence", "quantities", "story", "article", "feed",
    "lang", "withdrawn_at",
)  # fmt: skip
"""Of the spreadsheet. JSON Lines hold more: all that is known of a hit."""

_FORMULA: Final = frozenset("=+-@\t\n＝＋－＠")
"""What makes a spreadsheet take a cell for a formula, or a command of one."""


def as_object(one: "Finding", names: "Names") -> dict[str, Any]:
    """Everything that is known of a hit: the keys of `scan`, and what the store knows beside them."""
    hit = one.hit
    return {
        **as_json(hit),
        "evidence": [_evidence(evidence) for evidence in hit.evidence],
        "quantities": [asdict(quantity) for quantity in hit.quantities],
        "source_name": _named(hit.source, names), "target_name": _named(hit.target, names),
        "title": hit.title, "agencies": list(hit.agencies),
        "place": hit.place, "persons": list(hit.persons), "tags": list(hit.tags),
        "notify": list(hit.notify), "why": hit.why, "may_open": hit.may_open, "rule_digest": hit.rule_digest,
        "found_at": one.found_at, "withdrawn_at": one.withdrawn_at, "story": one.story, "feed": one.feed,
        "url": one.url, "headline": one.title, "lang": one.lang, "outlet": one.outlet, "published": one.published,
        "revision": one.revision,
    }  # fmt: skip


def _evidence(one: "Evidence") -> dict[str, Any]:
    return {
        "field": one.field, "start": one.start, "end": one.end, "text": one.text, "context": one.context,
        "marks": [list(mark) for mark in one.marks],
    }  # fmt: skip


def _named(code: "ActorCode | None", names: "Names") -> str | None:
    return None if code is None else names.of(code)


# --- for a reader -----------------------------------------------------------------------------------------------------


def lines_of(one: "Finding", names: "Names", zone: tzinfo) -> Iterator[str]:
    """A hit as lines: what happened, who says so, where it stands, and the words that are its evidence."""
    hit = one.hit
    said_by = f" (by {who(hit.attribution, names)})" if hit.attribution else ""
    gone = f", withdrawn {local(one.withdrawn_at, zone)}" if one.withdrawn_at else ""
    head = style(plain(hit.title), "bold")
    yield f"{head} [{hit.status}{said_by}; {hit.rule}, {hit.severity}, {hit.score:.2f}{gone}]"
    yield f"    {plain(one.outlet) or one.feed}, {local(one.published, zone)}: {plain(one.title)}"
    yield f"    article {hit.article}  {plain(one.url)}"
    for evidence in hit.evidence:
        yield f"    {evidence.field} {evidence.start}-{evidence.end}: {_marked(evidence)}"
    if hit.quantities:
        yield f"    quantities: {'; '.join(plain(quantity.text) for quantity in hit.quantities)}"


def who(codes: "Iterable[ActorCode]", names: "Names") -> str:
    """Names of actors in a row, in the reader's language."""
    return ", ".join(names.of(code) for code in codes)


def _marked(one: "Evidence") -> str:
    """The sentence of the evidence with the words that satisfied the rule in colour."""
    if not one.context:
        return plain(one.text)
    shown, at = "", 0
    for start, end in one.marks:
        if at <= start < end <= len(one.context):
            shown += plain(one.context[at:start]) + style(plain(one.context[start:end]), "yellow")
            at = end
    return shown + plain(one.context[at:])


# --- for a spreadsheet ------------------------------------------------------------------------------------------------


def row_of(one: "Finding", names: "Names") -> list[str]:
    """The cells of `COLUMNS`. What came from outside can't act as a formula, and a number of ours stays one."""
    hit = one.hit
    cells: dict[str, object] = {
        "found_at": one.found_at.isoformat(), "published": one.published.isoformat(), "outlet": one.outlet,
        "headline": one.title, "url": one.url, "rule": hit.rule, "event": hit.event, "severity": hit.severity,
        "status": hit.status, "source": hit.source or "", "source_name": _named(hit.source, names) or "",
        "target": hit.target or "", "target_name": _named(hit.target, names) or "",
        "said_by": " ".join(hit.attribution), "score": f"{hit.score:.3f}",
        "evidence": " | ".join(evidence.text for evidence in hit.evidence),
        "quantities": " | ".join(quantity.text for quantity in hit.quantities), "story": one.story or "",
        "article": hit.article, "feed": one.feed, "lang": one.lang,
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else "",
    }  # fmt: skip
    return [safe_cell(str(cells[name])) for name in COLUMNS]


def safe_cell(text: str) -> str:
    """A text that a spreadsheet shows and never runs: an apostrophe before what it would take for a formula.

    Method: OWASP, "CSV Injection". Signs that steer a terminal are gone, since the file may be printed on one.
    """
    shown = plain(text)
    return f"'{shown}" if shown and shown.lstrip(" \u00a0\u3000")[:1] in _FORMULA else shown
