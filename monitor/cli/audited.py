"""A row of the ledger as people read it: one sentence, or two moments of an article."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.store.ledger import LedgerRow

_SHORT = 12
_TOLD = {
    "hit_found": "found by rule {rule} ({digest}): {because}, {status}",
    "hit_withdrawn": "rule {rule} holds no more: {because}",
    "article_broke": "an error of ours: {because}; it comes again",
    "unplaced": "in no story: {because}",
    "story_opened": "opens story {story}: {because}",
    "story_updated": "joins story {story}: {because}",
    "alert_raised": "verdict for {channel}: send, {because} (alert {alert})",
    "alert_held": "verdict for {channel}: hold until {until}, {because}",
    "alert_dropped": "verdict for {channel}: drop, {because}",
    "alert_sent_again": "queued once more for {channel}: {because}",
    "delivery_queued": "queued for {channel} (delivery {delivery})",
    "delivery_begun": "sent to {channel}, attempt {attempt} (delivery {delivery})",
    "delivery_accepted": "accepted by {channel}: {because}",
    "delivery_deferred": "not taken by {channel} now: {because}",
    "delivery_refused": "refused by {channel}: {because}",
    "possible_double": "no answer of {channel}: {because}; it may have arrived, and what is sent again says so",
    "dead_letter_added": "given up for {channel}: {because}",
    "rules_changed": "other rules in force (pack {pack})",
    "ledger_pruned": "{rows} rows of {day} pruned: {because}",
    "hold_added": "held (hold {hold}): {because}",
    "hold_released": "hold {hold} {because}",
}
"""Each kind of row as a sentence; one that is missing here is told by its name and reason."""


class _Words(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "-"


def sentences(row: "LedgerRow") -> Iterator[tuple[datetime, str]]:
    """What a row tells, each with its moment, in order."""
    detail = row.detail or {}
    words = _Words(
        {name: str(value) for name, value in detail.items() if value not in (None, "")}
        | {name: str(value)[:_SHORT] if name in ("story", "alert", "article") else str(value)
           for name in ("article", "story", "alert", "channel", "rule", "because") if (value := getattr(row, name))}
    )  # fmt: skip
    for name in ("delivery", "pack"):
        if name in words:
            words[name] = words[name][:_SHORT]
    words["digest"] = words["rule_digest"][:_SHORT] if "rule_digest" in words else "-"
    if row.kind == "alert_dropped" and row.channel is None:
        words["channel"] = "everybody"
    if row.kind == "article_stored":
        yield datetime.fromisoformat(words["published"]), f"published by {words['outlet']}: {words['title']}"
        yield row.at, f"stored {row.article} from feed {words['feed']}, {words['because']}, counted as {words['fate']}"
        return
    yield row.at, _late(row) + (_TOLD[row.kind].format_map(words) if row.kind in _TOLD else _plainly(row))


def _plainly(row: "LedgerRow") -> str:
    named = ", ".join(f"{name} {value}" for name in ("article", "story", "alert", "channel", "rule")
                      if (value := getattr(row, name)))  # fmt: skip
    return ": ".join(part for part in (f"{row.kind.replace('_', ' ')} {named}".strip(), row.because) if part)


def _late(row: "LedgerRow") -> str:
    """When it happened, where it was written into a later day."""
    happened = (row.detail or {}).get("happened_at")
    return f"(happened {happened}) " if happened else ""
