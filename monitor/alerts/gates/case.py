"""What a gate looks at: something new to tell a channel, and how things stand there."""

from dataclasses import dataclass
from datetime import datetime

from monitor.model import ChannelName, Corroboration, Route, RuleId, Standing, Story, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """There is something new of this story to tell a channel. `told` is what it was told, None for nothing yet.

    `since` is when it began to be held there, or now; `rule` is that of the report which would lead the alert.
    """

    story: Story
    corroboration: Corroboration
    channel: ChannelName
    route: Route
    told: Told | None
    rule: RuleId
    since: datetime
    now: datetime
    standing: Standing
