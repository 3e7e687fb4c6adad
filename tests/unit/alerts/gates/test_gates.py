"""Each reason to wait or stay silent, asked through `decide`, and the laws that hold for all of them."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.decide import decide, decide_again
from monitor.alerts.gates import GATES
from monitor.decisions import Drop, Hold, Send, Verdict
from monitor.model import (
    SEVERITIES,
    Acknowledged,
    ChannelName,
    Corroboration,
    Escalation,
    EventType,
    Held,
    Quiet,
    Route,
    RuleId,
    Severity,
    Silence,
    Standing,
    Story,
    StoryChange,
    StoryId,
    Throttle,
)
from monitor.resources import PACKAGE
from tests.builders import (
    NAMES,
    NOON,
    a_change,
    a_route,
    a_standing,
    a_story,
    a_told,
    codes,
    hours,
    minutes,
    parties,
)  # fmt: skip

DESK, PHONE = ChannelName("desk"), ChannelName("phone")
RULE = a_story().reports[0].hit.rule
NIGHT = Quiet(start=time(22), end=time(7), breaks="critical")
MIDNIGHT = NOON + hours(12)


def a_silence(**changes: Any) -> Silence:
    given: dict[str, Any] = {"id": "s1", "author": "ann", "reason": "a drill", "starts_at": NOON - hours(1)}
    return Silence(**(given | {"ends_at": NOON + hours(2)} | changes))


def a_hold(**changes: Any) -> Held:
    given: dict[str, Any] = {"story": a_story().id, "channel": DESK, "since": NOON, "until": NOON}
    return Held(**(given | changes))


def held(*holds: Held) -> dict[tuple[StoryId, ChannelName], Held]:
    return {(one.story, one.channel): one for one in holds}


def only(verdicts: tuple[Verdict, ...]) -> Verdict:
    (verdict,) = verdicts
    return verdict


def verdict_of(standing: Standing, now: datetime = NOON, change: StoryChange | None = None) -> Verdict:
    return only(decide(change or a_change(), standing, now, NAMES))


def test_every_file_of_a_gate_stands_in_the_order() -> None:
    files = {path.stem for path in (PACKAGE / "alerts" / "gates").glob("*.py")} - {"__init__", "case"}

    assert [gate.__name__ for gate in GATES] == [
        "inhibit", "silence", "wait", "group", "throttle", "digest", "quiet_hours",
    ]  # fmt: skip
    assert {gate.__module__.rpartition(".")[2] for gate in GATES} == files


# --- silence ----------------------------------------------------------------------------------------------------------


def test_a_silence_holds_until_its_end_and_says_who_asked_for_it_and_why() -> None:
    verdict = verdict_of(a_standing(silences=(a_silence(),)))

    assert isinstance(verdict, Hold)
    assert (verdict.until, verdict.gate) == (NOON + hours(2), "silence")
    assert verdict.because.startswith("silenced by ann: a drill (silence s1)")


@pytest.mark.parametrize(
    "silence",
    [
        pytest.param(a_silence(ends_at=NOON), id="over"),
        pytest.param(a_silence(starts_at=NOON + minutes(1)), id="not begun"),
        pytest.param(a_silence(events=frozenset({EventType("threat")})), id="another event"),
        pytest.param(a_silence(parties=parties("CHN")), id="others"),
        pytest.param(a_silence(channels=frozenset({PHONE})), id="another channel"),
        pytest.param(a_silence(story=StoryId("other")), id="another story"),
    ],
)
def test_a_silence_holds_nothing_that_it_does_not_mean(silence: Silence) -> None:
    assert isinstance(verdict_of(a_standing(silences=(silence,))), Send)


def test_a_silence_that_ends_tells_what_is_still_new_and_nothing_else() -> None:
    over = NOON + hours(2)
    waits = held(a_hold(gate="silence", until=over))

    new = only(decide_again(a_change(before=a_story()), DESK, a_standing(held=waits), over, NAMES))
    told = only(decide_again(a_change(before=a_story()), DESK, a_standing(a_told(), held=waits), over, NAMES))

    assert isinstance(new, Send)
    assert told == Drop(channel=DESK, because="already told")


# --- wait, group, throttle, digest ------------------------------------------------------------------------------------


def test_the_first_alert_waits_for_reports_and_an_update_does_not() -> None:
    routes = (a_route(wait=minutes(10)),)
    later = NOON + minutes(4)

    first = verdict_of(a_standing(routes=routes))
    second = verdict_of(a_standing(routes=routes, held=held(a_hold(until=NOON + minutes(10)))), later)
    update = verdict_of(a_standing(a_told(severity="low"), routes=routes), later)

    assert isinstance(first, Hold)
    assert isinstance(second, Hold)
    assert first.until == second.until == NOON + minutes(10)
    assert isinstance(update, Send)


def test_updates_are_gathered_since_the_last_telling() -> None:
    told = a_told(severity="low", at=NOON - minutes(10))

    soon = verdict_of(a_standing(told, routes=(a_route(group=minutes(30)),)))
    late = verdict_of(a_standing(told, routes=(a_route(group=minutes(10)),)))

    assert isinstance(soon, Hold)
    assert soon.until == NOON + minutes(20)
    assert isinstance(late, Send)


def test_a_rule_that_speaks_too_often_waits_until_its_oldest_message_counts_no_more() -> None:
    routes = (a_route(throttle=Throttle(count=2, per=hours(1))),)
    spoken = {(DESK, RULE): (NOON - minutes(50), NOON - minutes(20), NOON - minutes(90))}

    verdict = verdict_of(a_standing(routes=routes, spoken=spoken))

    assert isinstance(verdict, Hold)
    assert verdict.until == NOON + minutes(10)
    assert verdict.because.startswith(f"rule {RULE} spoke 2 times here in the last 1h")
    assert isinstance(verdict_of(a_standing(routes=routes, spoken={(DESK, RuleId("other")): (NOON, NOON)})), Send)


def test_a_digest_goes_at_its_hour_in_the_readers_zone() -> None:
    seoul = ZoneInfo("Asia/Seoul")
    routes = (a_route(digest=time(7, 30)),)

    verdict = verdict_of(a_standing(routes=routes, zone=seoul))

    assert isinstance(verdict, Hold)
    assert verdict.until.astimezone(seoul).time() == time(7, 30)
    waits = held(a_hold(gate="digest", until=verdict.until))
    standing = a_standing(routes=routes, zone=seoul, held=waits)
    again = only(decide_again(a_change(before=a_story()), DESK, standing, verdict.until, NAMES))
    assert isinstance(again, Send)


# --- quiet hours ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "asks", "sends"),
    [
        pytest.param("high", (0, 0), False, id="not severe enough"),
        pytest.param("critical", (0, 0), True, id="severe"),
        pytest.param("critical", (2, 1), True, id="and confirmed as its rule asks"),
        pytest.param("critical", (3, 0), False, id="too few sides"),
        pytest.param("critical", (0, 3), False, id="too few voices"),
    ],
)
def test_quiet_hours_are_broken_by_what_is_severe_and_confirmed(
    severity: Severity, asks: tuple[int, int], *, sends: bool
) -> None:
    change = a_change(a_story(severity=severity), corroboration=Corroboration(independent=2, saying=codes("KOR UKR")))
    standing = a_standing(routes=(a_route(quiet=NIGHT),), asks={RULE: asks})

    verdict = verdict_of(standing, MIDNIGHT, change)

    assert isinstance(verdict, Send) == sends
    if isinstance(verdict, Hold):
        assert (verdict.until, verdict.gate) == (NOON + hours(19), "quiet_hours")


def test_a_digest_within_quiet_hours_goes_when_they_end() -> None:
    routes = (a_route(digest=time(6), quiet=replace(NIGHT, breaks=None)),)
    at_six = NOON + hours(18)
    waits = held(a_hold(gate="digest", until=at_six))

    verdict = only(decide_again(a_change(before=a_story()), DESK, a_standing(routes=routes, held=waits), at_six, NAMES))

    assert isinstance(verdict, Hold)
    assert verdict.until == NOON + hours(19)
    waits = held(a_hold(gate="quiet_hours", until=verdict.until))
    standing = a_standing(routes=routes, held=waits)
    assert isinstance(only(decide_again(a_change(before=a_story()), DESK, standing, verdict.until, NAMES)), Send)


# --- inhibition -------------------------------------------------------------------------------------------------------

GIFT = a_story(id=StoryId("gift-1"), event=EventType("gift"), severity="low")
VISIT = a_story(id=StoryId("visit-1"), event=EventType("diplomatic-visit"), severity="high", title="A visit")


@pytest.mark.parametrize(
    ("story", "visit", "is_told", "is_hidden"),
    [
        pytest.param(GIFT, VISIT, True, True, id="a gift at a visit"),
        pytest.param(GIFT, VISIT, False, False, id="nobody here was told of the visit"),
        pytest.param(replace(GIFT, severity="critical"), VISIT, True, False, id="more severe"),
        pytest.param(replace(GIFT, parties=parties("PRK CHN")), VISIT, True, False, id="others"),
        pytest.param(GIFT, replace(VISIT, last_hit_at=NOON - hours(72), opened_at=NOON - hours(73)), True, False,
                     id="long ago"),
    ],
)  # fmt: skip
def test_the_bigger_hides_the_smaller(story: Story, visit: Story, *, is_told: bool, is_hidden: bool) -> None:
    told = [a_told(story=VISIT.id)] if is_told else []

    verdict = verdict_of(a_standing(*told, bigger={story.id: (visit,)}), change=a_change(story))

    assert isinstance(verdict, Drop) == is_hidden
    if isinstance(verdict, Drop):
        assert verdict.because.startswith("hidden by the bigger story visit-1 (A visit), which this channel was told")


# --- escalation -------------------------------------------------------------------------------------------------------

ESCALATING = (a_route(escalate=Escalation(after=minutes(15), channels=(PHONE,))),)


def test_a_critical_alert_is_to_go_further_unless_somebody_takes_note() -> None:
    send, hold = decide(a_change(), a_standing(routes=ESCALATING), NOON, NAMES)

    assert isinstance(send, Send)
    assert isinstance(hold, Hold)
    assert (hold.channel, hold.until, hold.gate) == (PHONE, NOON + minutes(15), "escalate")
    assert len(decide(a_change(a_story(severity="high")), a_standing(routes=ESCALATING), NOON, NAMES)) == 1


@pytest.mark.parametrize(
    ("noted", "verdict"),
    [
        pytest.param(None, Send, id="nobody did"),
        pytest.param(Acknowledged(at=NOON + minutes(3), by="ann"), Drop, id="somebody did"),
        pytest.param(Acknowledged(at=NOON - minutes(3), by="ann"), Send, id="of what was told before"),
    ],
)
def test_what_nobody_acknowledged_goes_to_the_next_channel(noted: Acknowledged | None, verdict: type) -> None:
    waits = held(a_hold(channel=PHONE, gate="escalate", until=NOON + minutes(15)))
    notes = {a_story().id: noted} if noted else {}
    standing = a_standing(a_told(), routes=ESCALATING, held=waits, acknowledged=notes)

    found = only(decide_again(a_change(before=a_story()), PHONE, standing, NOON + minutes(15), NAMES))

    assert isinstance(found, verdict)
    assert found.channel == PHONE


# --- laws -------------------------------------------------------------------------------------------------------------

TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
ZONES = st.sampled_from(["UTC", "Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
SPANS = st.sampled_from([timedelta(0), minutes(5), hours(1), hours(24)])


@st.composite
def routes(draw: st.DrawFn) -> Route:
    start, end = draw(st.lists(TIMES, min_size=2, max_size=2, unique=True))
    breaks: st.SearchStrategy[Severity | None] = st.sampled_from([None, *SEVERITIES])
    return a_route(
        wait=draw(SPANS),
        group=draw(SPANS),
        digest=draw(st.none() | TIMES),
        quiet=draw(st.none() | st.just(Quiet(start=start, end=end, breaks=draw(breaks)))),
        throttle=draw(st.none() | st.just(Throttle(count=draw(st.integers(1, 3)), per=draw(SPANS) + minutes(1)))),
    )


@given(
    route=routes(),
    zone=ZONES,
    now=st.integers(0, 366 * 24 * 60).map(lambda count: NOON + minutes(count)),
    silences=st.lists(SPANS.map(lambda span: span), max_size=2),
    severity=st.sampled_from(SEVERITIES),
    spoken=st.lists(st.integers(-90, 0), max_size=5),
    was_told=st.booleans(),
)
def test_no_silence_digest_throttle_or_night_loses_an_alert_for_good(  # noqa: PLR0917 (what hypothesis draws)
    route: Route,
    zone: str,
    now: datetime,
    silences: list[timedelta],
    severity: Severity,
    spoken: list[int],
    was_told: bool,
) -> None:
    """Whatever holds it, deciding again at the end of each hold tells it at last; and each hold ends later."""
    told = [a_told(severity="info", said=frozenset(), at=now - minutes(1))] if was_told else []
    standing = a_standing(
        *told,
        routes=(route,),
        zone=ZoneInfo(zone),
        silences=tuple(
            a_silence(id=f"s{number}", starts_at=now, ends_at=now + span) for number, span in enumerate(silences)
        ),
        spoken={(DESK, RULE): tuple(now + minutes(count) for count in spoken)},
    )
    story = a_story(severity=severity)
    since = now
    verdict: Verdict = decide(a_change(story), standing, now, NAMES)[0]

    for _ in range(12):
        if not isinstance(verdict, Hold):
            break
        assert verdict.until > now
        assert verdict.because
        now = verdict.until
        waits = a_hold(since=since, until=now, gate=verdict.gate)
        verdict = decide_again(a_change(story, story), DESK, replace(standing, held=held(waits)), now, NAMES)[0]

    assert isinstance(verdict, Send)
