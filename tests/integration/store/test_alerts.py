"""What a desk asks for is found, and sending once more keeps what was."""

from datetime import timedelta

import pytest

from monitor.decisions import Accepted, DeadLetter, Refused, Send, Settled
from monitor.errors import StoreError
from monitor.model import ActorCode, Alert, AlertId, ChannelName, EventType, RuleId, StoryId
from monitor.store import Store, alerts, articles, ledger, outbox, stories
from monitor.store.asked import Asked
from monitor.store.work import Work
from tests.builders import (
    NOON,
    a_change,
    a_hit,
    a_report,
    a_route,
    a_story,
    an_alert,
    an_article,
    codes,
    hours,
    minutes,
)

DESK, PAGER = ChannelName("desk"), ChannelName("pager")
TROOPS = a_story()
THREAT = a_story(id=StoryId("threat-1"), event=EventType("threat"), source=ActorCode("IRN"), target=None)


def raised(work: Work, name: str, *, at: timedelta, channel: ChannelName = DESK, **changes: object) -> Alert:
    """Tell a channel; the alert is of the story about troops unless `changes` say otherwise."""
    alert = an_alert(**{"id": AlertId(name), "first_alert": AlertId(name), "raised_at": NOON + at, **changes})
    story = THREAT if alert.story == THREAT.id else TROOPS
    outbox.record(work, a_change(story), [Send(channel=channel, alert=alert, because="new")], {}, NOON + at)
    return alert


@pytest.fixture(autouse=True)
def three_alerts(store: Store) -> None:
    """aa11: troops, to the desk; aa22: the same denied by Russia, to the pager; bb33: a threat, an hour later."""
    hit = a_hit(rule=RuleId("threat"), event=EventType("threat"), severity="low", source=ActorCode("IRN"), target=None)
    with store.work() as work:
        articles.add(work, [an_article()])
        stories.save(work, a_change(TROOPS))
        stories.save(work, a_change(THREAT))
        raised(work, "aa11", at=hours(0))
        raised(work, "aa22", at=hours(1), channel=PAGER, status="denied", attribution=codes("RUS"))
        raised(
            work, "bb33", at=hours(2), story=THREAT.id, event=EventType("threat"), severity="low",
            source=ActorCode("IRN"), target=None, lead=a_report(hit=hit),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        pytest.param(Asked(), ["bb33", "aa22", "aa11"], id="everything-newest-first"),
        pytest.param(Asked(since=NOON + hours(1)), ["bb33", "aa22"], id="since-included"),
        pytest.param(Asked(until=NOON + hours(1)), ["aa11"], id="until-excluded"),
        pytest.param(Asked(severity="high"), ["aa22", "aa11"], id="at-least-this-severe"),
        pytest.param(Asked(severity="low"), ["bb33", "aa22", "aa11"], id="severity-included"),
        pytest.param(Asked(rule=RuleId("threat")), ["bb33"], id="rule"),
        pytest.param(Asked(event=EventType("troop-transfer")), ["aa22", "aa11"], id="event"),
        pytest.param(Asked(actor=ActorCode("PRK")), ["aa22", "aa11"], id="who-does-it"),
        pytest.param(Asked(actor=ActorCode("RUS")), ["aa22", "aa11"], id="to-whom"),
        pytest.param(Asked(actor=ActorCode("RUS"), status="denied"), ["aa22"], id="both"),
        pytest.param(Asked(actor=ActorCode("RU")), [], id="part-of-a-code"),
        pytest.param(Asked(story="threat-"), ["bb33"], id="beginning-of-a-story"),
        pytest.param(Asked(story="t_"), [], id="no-wildcards"),
        pytest.param(Asked(channel=PAGER), ["aa22"], id="channel"),
        pytest.param(Asked(state="dead"), [], id="state"),
    ],
)
def test_alerts_are_found_by_what_is_asked_for(store: Store, asked: Asked, ids: list[str]) -> None:
    with store.look() as work:
        assert [one.alert.id for one in alerts.found(work, asked)] == ids


def test_who_says_so_is_an_actor_too(store: Store) -> None:
    with store.work() as work:
        raised(work, "cc44", at=hours(3), status="alleged", attribution=codes("KOR UKR"))

    with store.look() as work:
        assert [one.alert.id for one in alerts.found(work, Asked(actor=ActorCode("UKR")))] == ["cc44"]


def test_the_newest_are_kept_where_there_are_too_many(store: Store) -> None:
    with store.look() as work:
        assert [one.alert.id for one in alerts.found(work, Asked(), 2)] == ["bb33", "aa22"]


def test_the_beginning_of_an_id_names_an_alert(store: Store) -> None:
    with store.look() as work:
        assert alerts.get(work, "b").alert.id == "bb33"
        with pytest.raises(StoreError, match="beginning of several alerts: aa11, aa22"):
            alerts.get(work, "aa")
        for unknown in ("zz", "", "%"):
            with pytest.raises(StoreError, match="there is no alert"):
                alerts.get(work, unknown)


# --- once more --------------------------------------------------------------------------------------------------------


def given_up(store: Store) -> None:
    """The delivery of aa11 is refused for good."""
    with store.work() as work:
        [(delivery, _), *_] = outbox.claim(work, DESK, NOON, "w1", minutes(5), 1)
        outbox.settle(work, delivery, DeadLetter(because="550"), Refused(because="550 no such user"), NOON, "w1")


def test_what_was_given_up_is_sent_once_more_and_its_history_stays(store: Store) -> None:
    given_up(store)

    with store.work() as work:
        [queued] = alerts.send_again(work, alerts.get(work, "aa11").alert, DESK, (), NOON + hours(3), "by ann")
        assert outbox.dead_letters(work, 10) == []
        [claimed] = [
            one for one, _ in outbox.claim(work, DESK, NOON + hours(3), "w1", minutes(5), 9) if one.alert == "aa11"
        ]
        outbox.settle(work, claimed, Settled(receipt="250"), Accepted(receipt="250"), NOON + hours(3), "w1")

    with store.look() as work:
        first, second = alerts.get(work, "aa11").sendings
        [row] = ledger.read(work, kind="alert_sent_again")
    assert claimed.id == queued.id != first.id
    assert (first.state, [one.said for one in first.attempts]) == ("dead", ["550 no such user"])
    assert (second.state, [one.said for one in second.attempts]) == ("accepted", ["250"])
    assert (row.alert, row.channel, row.because) == ("aa11", DESK, "by ann")


def test_a_story_that_was_lost_counts_as_told_once_it_is_on_its_way_again(store: Store) -> None:
    given_up(store)

    def was_lost() -> bool:
        with store.work() as work:  # what decides is read to be written
            return outbox.standing(work, (a_route(),), [TROOPS.id]).told[TROOPS.id, DESK].was_lost

    lost_before = was_lost()
    with store.work() as work:
        alerts.send_again(work, alerts.get(work, "aa11").alert, DESK, (), NOON + hours(3), "by ann")

    assert (lost_before, was_lost()) == (True, False)


def test_what_is_on_its_way_is_not_queued_twice(store: Store) -> None:
    with store.work() as work:
        alert = alerts.get(work, "aa11").alert

        assert alerts.send_again(work, alert, DESK, (), NOON, "by ann") == []
        assert ledger.read(work, kind="alert_sent_again") == []


def test_another_channel_gets_one_for_each_recipient(store: Store) -> None:
    with store.work() as work:
        alert = alerts.get(work, "aa11").alert
        queued = alerts.send_again(work, alert, PAGER, ("a@x.org", "b@x.org", "a@x.org"), NOON, "by ann")

    assert [one.recipient for one in queued] == ["a@x.org", "b@x.org"]


def test_the_last_answer_of_a_channel_is_that_of_its_last_attempt(store: Store) -> None:
    given_up(store)
    with store.work() as work:
        alerts.send_again(work, alerts.get(work, "aa11").alert, DESK, (), NOON, "by ann")
        [(one, _), *_] = outbox.claim(work, DESK, NOON + hours(4), "w1", minutes(5), 1)
        outbox.settle(work, one, Settled(receipt="250"), Accepted(receipt="250 ok"), NOON + hours(4), "w1")

    with store.look() as work:
        assert alerts.last_answers(work) == {DESK: (NOON + hours(4), "accepted", "250 ok")}
