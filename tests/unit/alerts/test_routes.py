"""Which channels a story goes to."""

import pytest

from monitor.alerts.routes import channels_for
from monitor.model import ChannelName, EventType, Route
from tests.builders import a_route, a_story


@pytest.mark.parametrize(
    ("route", "because"),
    [
        pytest.param(a_route(), "route all: high is at least info", id="everything"),
        pytest.param(a_route(severity="high"), "route all: high is at least high", id="its severity"),
        pytest.param(a_route(severity="critical"), "", id="a higher one"),
        pytest.param(
            a_route(tags=frozenset({"dprk-russia", "x"})), "route all: high is at least info; tag dprk-russia", id="tag"
        ),
        pytest.param(a_route(tags=frozenset({"other"})), "", id="no tag of it"),
        pytest.param(
            a_route(events=frozenset({EventType("troop-transfer")})),
            "route all: high is at least info; event troop-transfer",
            id="event",
        ),
        pytest.param(a_route(events=frozenset({EventType("threat")})), "", id="another event"),
        pytest.param(
            a_route(name="night", tags=frozenset({"other"})),
            "route night: high is at least info; its rule names the route",
            id="named by the rule",
        ),
        pytest.param(
            a_route(tags=frozenset({"night"})), "route all: high is at least info; tag night", id="a name as a tag"
        ),
        pytest.param(a_route(name="night", severity="critical"), "", id="named, but more severe: nothing is bypassed"),
    ],
)
def test_a_route_takes_what_it_asks_for(route: Route, because: str) -> None:
    story = a_story(severity="high", notify=frozenset({"night"}))

    assert channels_for(story, (route,)) == (((ChannelName("desk"), because),) if because else ())


def test_a_channel_is_named_once_by_the_first_route() -> None:
    routes = (
        a_route(name="one", channels=(ChannelName("desk"), ChannelName("mail"))),
        a_route(name="two", channels=(ChannelName("mail"), ChannelName("pager"))),
    )

    found = channels_for(a_story(), routes)

    assert [(channel, because.split(":")[0]) for channel, because in found] == [
        ("desk", "route one"), ("mail", "route one"), ("pager", "route two"),
    ]  # fmt: skip
