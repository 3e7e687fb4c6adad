"""Whether a channel is told."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.decide import decide, told_after
from monitor.decisions import Drop, Send
from monitor.model import ArticleId, ChannelName, Said, Severity, Status, StoryChange, Told
from tests.builders import (
    NAMES,
    NOON,
    a_change,
    a_hit,
    a_report,
    a_route,
    a_standing,
    a_story,
    a_told,
    codes,
    hours,
)  # fmt: skip

DENIAL = Said(status="denied", side="RUS")


def a_denial() -> StoryChange:
    """The change that a second article brings in which Russia denies it."""
    denial = a_report("a2", hit=a_hit(article=ArticleId("a2"), status="denied", attribution=codes("RUS")))
    before = a_story()
    after = replace(before, said=before.said | {DENIAL}, reports=(*before.reports, denial))
    return a_change(after, before)


def test_backlog_is_never_told() -> None:
    assert decide(a_change(is_backlog=True), a_standing(), NOON, NAMES) == (Drop(channel=None, because="backlog"),)


def test_a_story_that_no_route_takes_is_dropped_once() -> None:
    standing = a_standing(routes=(a_route(severity="critical"),))

    verdicts = decide(a_change(a_story(severity="low")), standing, NOON, NAMES)

    assert verdicts == (Drop(channel=None, because="no route takes it"),)


def test_a_story_is_told_first_on_every_channel() -> None:
    standing = a_standing(routes=(a_route(channels=(ChannelName("desk"), ChannelName("mail"))),))

    desk, mail = decide(a_change(), standing, NOON, NAMES)

    assert isinstance(desk, Send)
    assert isinstance(mail, Send)
    assert (desk.alert.kind, desk.alert.first_alert) == ("first", desk.alert.id)
    assert desk.because == "first time told here; route all: critical is at least info"
    assert desk.alert.id != mail.alert.id
    assert (desk.alert.raised_at, desk.alert.title) == (NOON, "North Korea sends troops to Russia")


def test_a_second_outlet_updates_the_story_without_a_new_alert() -> None:
    before = a_story()
    change = a_change(replace(before, reports=(*before.reports, a_report("a2", outlet="Morning Ledger"))), before)

    verdicts = decide(change, a_standing(a_told()), NOON, NAMES)

    assert verdicts == (Drop(channel=ChannelName("desk"), because="nothing new to tell"),)


def test_a_denial_is_an_update_in_the_thread_of_the_first() -> None:
    (verdict,) = decide(a_denial(), a_standing(a_told()), NOON, NAMES)

    assert isinstance(verdict, Send)
    alert = verdict.alert
    assert (alert.kind, alert.first_alert) == ("update", "first")
    assert alert.changes == ("status: reported as fact -> now also denied (Russia)",)
    assert (alert.status, alert.attribution, alert.lead.article) == ("denied", ("RUS",), "a2")
    assert [report.article for report in alert.reports] == ["a1", "a2"]
    assert verdict.because.startswith("new: status: reported as fact -> now also denied (Russia); route all")


def test_an_update_leads_with_the_hit_that_says_what_is_new() -> None:
    both = (
        a_hit(article=ArticleId("a2"), status="asserted"),
        a_hit(article=ArticleId("a2"), status="denied", attribution=codes("RUS")),
    )
    before = a_story()
    after = replace(before, said=before.said | {DENIAL}, reports=(*before.reports, a_report("a2", hit=both[0])))

    (verdict,) = decide(a_change(after, before, hits=both), a_standing(a_told()), NOON, NAMES)

    assert isinstance(verdict, Send)
    assert (verdict.alert.status, verdict.alert.lead.hit) == ("denied", both[1])


def test_what_one_channel_missed_is_still_news_to_it() -> None:
    change = replace(a_denial(), before=a_denial().after)

    (verdict,) = decide(change, a_standing(a_told()), NOON, NAMES)

    assert isinstance(verdict, Send)
    assert verdict.alert.kind == "update"


def test_after_a_lost_alert_the_next_goes_as_first_with_an_id_of_its_own() -> None:
    (lost,) = decide(a_change(), a_standing(), NOON, NAMES)
    assert isinstance(lost, Send)
    told = replace(told_after(a_change(), lost, None), was_lost=True)

    (verdict,) = decide(a_change(before=a_story()), a_standing(told), NOON, NAMES)

    assert isinstance(verdict, Send)
    assert (verdict.alert.kind, verdict.alert.first_alert) == ("first", verdict.alert.id)
    assert verdict.alert.id != lost.alert.id
    assert verdict.because.startswith("the alert before it was never delivered")
    assert told_after(a_change(), verdict, told).was_lost is False


def test_a_late_change_makes_a_late_alert() -> None:
    (verdict,) = decide(a_change(is_late=True), a_standing(), NOON, NAMES)

    assert isinstance(verdict, Send)
    assert verdict.alert.is_late


def test_a_replayed_decision_makes_the_same_alert_id() -> None:
    (one,) = decide(a_denial(), a_standing(a_told()), NOON, NAMES)
    (later,) = decide(a_denial(), a_standing(a_told()), NOON + hours(5), NAMES)

    assert isinstance(one, Send)
    assert isinstance(later, Send)
    assert one.alert.id == later.alert.id


def test_told_keeps_the_highest_and_counts() -> None:
    story = a_story(severity="high", quantities={"soldiers": 3000.0})
    told = a_told(severity="critical", quantities={"soldiers": 11000.0, "USD": 5.0}, said=frozenset({DENIAL}))
    (verdict,) = decide(a_change(story), a_standing(replace(told, was_lost=True)), NOON, NAMES)
    assert isinstance(verdict, Send)

    after = told_after(a_change(story), verdict, told)

    assert (after.severity, after.quantities, after.alerts) == ("critical", {"soldiers": 11000.0, "USD": 5.0}, 2)
    assert after.said == {DENIAL, Said(status="asserted")}
    assert after.first_alert == verdict.alert.first_alert


SAYINGS = st.frozensets(
    st.builds(
        lambda status, side: Said(status=status, side=side),
        st.sampled_from(["asserted", "alleged", "denied", "hypothetical", "historical"]),
        st.sampled_from(["", "PRK", "RUS", "KOR"]),
    ),
    min_size=1,
    max_size=6,
)
QUANTITIES = st.dictionaries(st.sampled_from(["soldiers", "USD"]), st.floats(0, 1e12, allow_nan=False), max_size=2)
SEVERITY = st.sampled_from(["info", "low", "medium", "high", "critical"])


def _changes(
    said: frozenset[Said], severity: Severity, quantities: dict[str, float], *, is_backlog: bool, is_late: bool
) -> StoryChange:
    story = a_story(said=said, severity=severity, quantities=quantities)
    return a_change(story, story, is_backlog=is_backlog, is_late=is_late)


CHANGES = st.builds(_changes, SAYINGS, SEVERITY, QUANTITIES, is_backlog=st.booleans(), is_late=st.booleans())
TOLD = st.none() | st.builds(
    lambda said, severity, quantities, was_lost: a_told(
        said=said, severity=severity, quantities=quantities, was_lost=was_lost
    ),
    SAYINGS, SEVERITY, QUANTITIES, st.booleans(),
)  # fmt: skip


@given(CHANGES, TOLD)
def test_deciding_again_after_the_first_answer_never_sends_twice(change: StoryChange, told: Told | None) -> None:
    for verdict in decide(change, a_standing(*([told] if told else [])), NOON, NAMES):
        if isinstance(verdict, Send):
            after = told_after(change, verdict, told)
            (second,) = decide(change, a_standing(after), NOON, NAMES)
            assert second == Drop(channel=verdict.channel, because="nothing new to tell")


@given(CHANGES, TOLD)
def test_no_verdict_is_without_a_reason_and_an_update_says_what_is_new(change: StoryChange, told: Told | None) -> None:
    verdicts = decide(change, a_standing(*([told] if told else [])), NOON, NAMES)

    assert verdicts
    for verdict in verdicts:
        assert verdict.because
        if isinstance(verdict, Send):
            assert bool(verdict.alert.changes) is (verdict.alert.kind == "update")


def test_every_status_has_words_for_its_update() -> None:
    statuses: tuple[Status, ...] = ("asserted", "alleged", "denied", "hypothetical")
    said = frozenset(Said(status=status, side="KOR") for status in statuses)

    (verdict,) = decide(a_change(a_story(said=said)), a_standing(a_told(said=frozenset())), NOON, NAMES)

    assert isinstance(verdict, Send)
    assert verdict.alert.changes == (
        "status: denied (South Korea)",
        "status: stated (South Korea)",
        "status: alleged (South Korea)",
        "status: planned or possible (South Korea)",
    )
