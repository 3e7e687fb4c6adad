"""Values with sensible defaults: a test names only what it is about."""

from datetime import UTC, datetime
from typing import Any

from monitor.model import AlertId, Message, RuleId, StoryId

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def a_message(**changes: Any) -> Message:
    """What is said of North Korean troops sent to Russia, as the spy agency of South Korea tells it."""
    quote = (
        "South Korea's spy agency told lawmakers on Tuesday that Pyongyang has sent 3,000 soldiers to western Russia."
    )
    words = ("Pyongyang", "sent", "soldiers", "Russia")
    given: dict[str, Any] = {
        "alert": AlertId("a1"),
        "story": StoryId("s1"),
        "first_alert": AlertId("a1"),
        "severity": "critical",
        "rule": RuleId("troop-transfer"),
        "is_update": False,
        "headline": "North Korea sends troops to Russia (alleged)",
        "statement": "South Korea says that North Korea sends troops to Russia.",
        "changes": (),
        "quote": quote,
        "marked": tuple((quote.index(word), quote.index(word) + len(word)) for word in words),
        "quote_by": "Harbour Wire, 24 November 2026, 10:00 UTC",
        "facts": (
            ("Status", "alleged, by South Korea"),
            ("Also reported by", "Morning Ledger"),
            ("Rule", "troop-transfer"),
        ),
        "links": (("Article", "https://news.example/world/troops?id=1&page=2"),),
        "sent_at": NOON,
    }
    return Message(**(given | changes))
