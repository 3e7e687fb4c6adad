"""The alert that tries a channel: in the shape of a real one, and unmistakably none."""

from datetime import datetime, tzinfo

from monitor.alerts.wording import moment
from monitor.model import ActorCode, AlertId, Details, EventType, Message, Party, RuleId, StoryId

_QUOTE = "Atlantis has sent 3,000 sailors to Lemuria, a spokesman of the test said."
_WORDS = ("Atlantis", "sent", "sailors", "Lemuria")


def sample(channel: str, now: datetime, zone: tzinfo) -> Message:
    """A test of a channel. Each has an id of its own, so that no receiver takes the second for a double."""
    name = f"test-{now:%Y%m%dT%H%M%S%f}"
    source, target = Party(code=ActorCode("XAA"), name="Atlantis"), Party(code=ActorCode("XLE"), name="Lemuria")
    return Message(
        alert=AlertId(name),
        story=StoryId(name),
        first_alert=AlertId(name),
        severity="info",
        rule=RuleId("test"),
        is_update=False,
        headline=f"Test of channel {channel}: Atlantis sends sailors to Lemuria",
        statement="This is a test. Nothing happened; it shows how an alert looks here.",
        changes=(),
        quote=_QUOTE,
        marked=tuple((_QUOTE.index(word), _QUOTE.index(word) + len(word)) for word in _WORDS),
        quote_by=f"Test Wire, {moment(now, zone)}, in English",
        facts=(("Status", "a test"), ("Quantities", "3,000 sailors"), ("Rule", "test")),
        links=(("Test Wire", "https://news.example/test?id=1&page=2"),),
        sent_at=now,
        quote_lang="en",
        details=Details(
            event=EventType("test"), status="asserted", source=source, target=target, why="It is a test.", raised_at=now
        ),
    )
