"""Which channels a story goes to."""

from dataclasses import dataclass

from monitor.alerts.matching import reasons
from monitor.model import ChannelName, Corroboration, Route, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """A channel that takes the story, by which route and why."""

    channel: ChannelName
    route: Route
    because: str


def routed(story: Story, found: Corroboration, routes: tuple[Route, ...]) -> tuple[Routed, ...]:
    """The channels that take a story, each once and by the first route that takes it, in the order of the routes.

    A route takes what fits all that it names; one that does not go on ends the search where it took the story. A name
    in the story's `notify` counts as a tag, and stands for the tags of the route of that name; it bypasses nothing
    else.
    """
    taken: dict[ChannelName, Routed] = {}
    for route in routes:
        why = reasons(route, story, found, called=route.name)
        if why is None:
            continue
        because = f"route {route.name}: {'; '.join(why)}"
        for channel in route.channels:
            taken.setdefault(channel, Routed(channel=channel, route=route, because=because))
        if not route.goes_on:
            break
    return tuple(taken.values())
