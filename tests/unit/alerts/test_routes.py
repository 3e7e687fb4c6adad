"""Which channels a story goes to."""

import pytest

from monitor.alerts.routes import routed
from monitor.model import ChannelName, Corroboration, EventType, Route, RuleId, Story
from tests.builders import a_report, a_route, a_story, codes, parties

TWO_SIDES = Corroboration(voices=3, independent=2, saying=codes("KOR UKR"))


def channels_for(story: Story, routes: tuple[Route, ...]) -> tuple[tuple[ChannelName, str], ...]:
    return tuple((one.channel, one.because) for one in routed(story, TWO_SIDES, routes))


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


@pytest.mark.parametrize(
    ("route", "because"),
    [
        pytest.param(a_route(parties=parties("PRK CHN")), "party PRK", id="a party"),
        pytest.param(a_route(parties=parties("CHN")), "", id="no party of it"),
        pytest.param(a_route(languages=frozenset({"ko"})), "language ko", id="a language"),
        pytest.param(a_route(languages=frozenset({"ja"})), "", id="in another language"),
        pytest.param(a_route(rules=frozenset({RuleId("troop-transfer")})), "rule troop-transfer", id="a rule"),
        pytest.param(a_route(rules=frozenset({RuleId("threat")})), "", id="another rule"),
        pytest.param(a_route(sides=2), "2 sides say so", id="enough sides"),
        pytest.param(a_route(sides=3), "", id="too few sides"),
        pytest.param(a_route(independent=2), "2 independent", id="enough voices"),
        pytest.param(a_route(independent=3), "", id="too few voices"),
    ],
)
def test_a_route_asks_for_parties_languages_rules_and_who_says_so(route: Route, because: str) -> None:
    story = a_story(severity="high", reports=(a_report(lang="ko"),))

    found = channels_for(story, (route,))

    wanted = f"route all: high is at least info; {because}"
    assert found == (((ChannelName("desk"), wanted),) if because else ())


def test_a_route_that_does_not_go_on_keeps_the_story_from_those_below() -> None:
    desk, phone = ChannelName("desk"), ChannelName("phone")
    first = a_route(name="visits", severity="critical", goes_on=False)
    second = a_route(name="rest", channels=(desk, phone))

    assert [name for name, _ in channels_for(a_story(severity="critical"), (first, second))] == [desk]
    assert [name for name, _ in channels_for(a_story(severity="high"), (first, second))] == [desk, phone]
