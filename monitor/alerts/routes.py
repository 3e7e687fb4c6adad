"""Which channels a story goes to."""

from monitor.model import SEVERITIES, ChannelName, Route, Story


def channels_for(story: Story, routes: tuple[Route, ...]) -> tuple[tuple[ChannelName, str], ...]:
    """The channels that take a story, each once and with the first route that takes it, in the order of the routes.

    A route takes what is at least as severe as it says, of one of its events and with one of its tags, where it
    names some. A name in the story's `notify` counts as a tag, and stands for the tags of the route of that
    name; it bypasses neither severity nor events.
    """
    found: dict[ChannelName, str] = {}
    for route in routes:
        because = _taken(story, route)
        if because:
            for channel in route.channels:
                found.setdefault(channel, because)
    return tuple(found.items())


def _taken(story: Story, route: Route) -> str:
    """Why the route takes the story, or nothing."""
    if SEVERITIES.index(story.severity) < SEVERITIES.index(route.severity):
        return ""
    if route.events and story.event not in route.events:
        return ""
    shared = sorted(route.tags & (story.tags | story.notify))
    is_called = route.name in story.notify
    if route.tags and not shared and not is_called:
        return ""
    reasons = [f"{story.severity} is at least {route.severity}"]
    if route.events:
        reasons.append(f"event {story.event}")
    if shared:
        reasons.append(f"tag {', '.join(shared)}")
    elif is_called:
        reasons.append("its rule names the route")
    return f"route {route.name}: {'; '.join(reasons)}"
