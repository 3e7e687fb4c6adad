"""Deliveries: queued with the decision, leased, begun, settled; nothing lost, nothing overtaken."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alerts.decide import told_after
from monitor.decisions import (
    Accepted,
    Again,
    DeadLetter,
    Drop,
    Fate,
    Hold,
    Outcome,
    Refused,
    Send,
    Settled,
    TryLater,
    Unknown,
    Verdict,
)
from monitor.model import Alert, AlertId, ChannelName, Delivery, Said, Story, StoryId
from monitor.store import Store, articles, ledger, outbox, stories
from monitor.store.work import Work
from tests.builders import NOON, a_change, a_route, a_story, an_alert, an_article, minutes

DESK, PAGER = ChannelName("desk"), ChannelName("pager")
LEASE = minutes(5)
STORY, OTHER = a_story(), a_story(id=StoryId("other"))


@pytest.fixture(autouse=True)
def two_stories(store: Store) -> None:
    with store.work() as work:
        articles.add(work, [an_article()])
        stories.save(work, a_change(STORY))
        stories.save(work, a_change(OTHER))


def told(
    work: Work, name: str = "alert1", *, to: tuple[str, ...] = ("",), story: Story = STORY, channel: str = "desk",
    first: str = "", at: timedelta = timedelta(0),
) -> list[Delivery]:  # fmt: skip
    """Tell a channel of a story; with `first` it is an update of that alert."""
    alert = an_alert(
        id=AlertId(name), story=story.id, kind="update" if first else "first", first_alert=AlertId(first or name)
    )
    send = Send(channel=ChannelName(channel), alert=alert, because="new story")
    return outbox.record(work, a_change(story), [send], {ChannelName(channel): to}, NOON + at)


def claimed(
    work: Work, *, at: timedelta = timedelta(0), worker: str = "w1", channel: ChannelName = DESK, limit: int = 10
) -> list[Delivery]:
    return [delivery for delivery, _ in outbox.claim(work, channel, NOON + at, worker, LEASE, limit)]


def settled(
    work: Work, delivery: Delivery, fate: Fate | None = None, outcome: Outcome | None = None,
    *, at: timedelta = timedelta(0), worker: str = "w1",
) -> bool:  # fmt: skip
    fate = fate or Settled(receipt="250 ok")
    return outbox.settle(work, delivery, fate, outcome or Accepted(receipt="250 ok"), NOON + at, worker)


def alerts_of(deliveries: list[Delivery]) -> list[str]:
    return [delivery.alert for delivery in deliveries]


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_an_alert_makes_one_delivery_for_each_recipient(store: Store) -> None:
    with store.work() as work:
        told(work, to=("a@x.example", "b@x.example", "a@x.example"))

        found = outbox.claim(work, DESK, NOON, "w1", LEASE, 10)

    assert [delivery.recipient for delivery, _ in found] == ["a@x.example", "b@x.example"]
    assert len({delivery.id for delivery, _ in found}) == 2


def test_the_content_of_an_alert_is_that_of_its_decision(store: Store) -> None:
    with store.work() as work:
        told(work)
        stories.save(work, a_change(replace(STORY, title="told otherwise since"), STORY))

        [(_, alert)] = outbox.claim(work, DESK, NOON, "w1", LEASE, 10)

        assert alert == an_alert()
        assert outbox.find_alert(work, AlertId("alert1")) == an_alert()
        assert outbox.find_alert(work, AlertId("unknown")) is None


def test_the_same_decision_twice_tells_once(store: Store) -> None:
    with store.work() as work:
        assert len(told(work)) == 1
        assert told(work) == []
        assert outbox.waiting(work) == {DESK: 1}


def test_what_a_channel_was_told_is_by_story_and_channel(store: Store) -> None:
    with store.work() as work:
        told(work)

        found = outbox.standing(work, (a_route(),), [STORY.id, OTHER.id])

    assert found.routes == (a_route(),)
    assert set(found.told) == {(STORY.id, DESK)}


def test_the_store_and_the_thinking_agree_on_what_a_channel_knows(store: Store) -> None:
    first = replace(STORY, quantities={"persons": 3000.0, "usd": 1.0}, severity="critical")
    second = replace(
        first, quantities={"persons": 2000.0, "km": 5.0}, severity="high", said=frozenset({Said(status="denied")})
    )
    send = Send(channel=DESK, alert=an_alert(), because="new")
    update = Send(channel=DESK, alert=an_alert(id=AlertId("u"), kind="update"), because="denied")
    expected = told_after(a_change(second, first), update, told_after(a_change(first), send, None))
    with store.work() as work:
        outbox.record(work, a_change(first), [send], {}, NOON)
        outbox.record(work, a_change(second, first), [update], {}, NOON)

        assert outbox.standing(work, (), [STORY.id]).told == {(STORY.id, DESK): expected}


def test_every_verdict_is_in_the_ledger_with_its_reason(store: Store) -> None:
    verdicts: list[Verdict] = [
        Send(channel=DESK, alert=an_alert(), because="new story"),
        Hold(channel=PAGER, until=NOON + minutes(9), because="quiet hours"),
        Drop(channel=None, because="backlog"),
    ]
    with store.work() as work:
        outbox.record(work, a_change(STORY), verdicts, {}, NOON)

        rows = ledger.read(work, story=STORY.id)

    assert [(row.kind, row.channel, row.because) for row in reversed(rows)] == [
        ("alert_raised", "desk", "new story"), ("delivery_queued", "desk", ""), ("alert_held", "pager", "quiet hours"),
        ("alert_dropped", None, "backlog"),
    ]  # fmt: skip
    assert rows[-1].alert == "alert1"
    assert {row.rule for row in rows if row.kind != "delivery_queued"} == {"troop-transfer"}


def test_a_hold_is_due_at_its_end_and_ends_with_the_alert(store: Store) -> None:
    hold = Hold(channel=DESK, until=NOON + minutes(9), because="quiet hours")
    with store.work() as work:
        outbox.record(work, a_change(STORY), [hold], {}, NOON)
        outbox.record(work, a_change(STORY), [Drop(channel=DESK, because="nothing new")], {}, NOON)

        assert outbox.due_holds(work, NOON + minutes(8)) == []
        assert outbox.due_holds(work, NOON + minutes(9)) == [(STORY.id, DESK)]

        told(work)

        assert outbox.due_holds(work, NOON + minutes(9)) == []


# --- claiming ---------------------------------------------------------------------------------------------------------


def test_the_first_queued_is_sent_first(store: Store) -> None:
    with store.work() as work:
        told(work, "later-by-name", story=OTHER)
        told(work, "earlier-by-name")

        assert alerts_of(claimed(work, limit=1)) == ["later-by-name"]


def test_each_channel_has_its_own_queue(store: Store) -> None:
    with store.work() as work:
        told(work, "a", channel="desk")
        told(work, "b", channel="pager")

        assert alerts_of(claimed(work, channel=PAGER)) == ["b"]
        assert outbox.waiting(work) == {DESK: 1, PAGER: 1}


def test_two_stores_never_claim_the_same_delivery(store: Store, url: str) -> None:
    other = Store.open(url)
    with store.work() as work:
        told(work, to=("a", "b", "c"))

    with store.work() as work:
        mine = claimed(work, limit=2)
    with other.work() as work:
        theirs = claimed(work, worker="w2")
    other.close()

    assert [delivery.recipient for delivery in mine + theirs] == ["a", "b", "c"]


def test_an_update_never_overtakes_what_is_still_under_way(store: Store) -> None:
    with store.work() as work:
        told(work, "first")
        told(work, "update", first="first")
        told(work, "elsewhere", story=OTHER)

        first, elsewhere = claimed(work)

        assert alerts_of([first, elsewhere]) == ["first", "elsewhere"]
        assert claimed(work) == []
        settled(work, elsewhere)
        settled(work, first, Again(at=NOON + minutes(30), because="451"), TryLater(because="451"))
        assert claimed(work, at=minutes(29)) == []
        settled(work, claimed(work, at=minutes(30))[0])
        assert alerts_of(claimed(work, at=minutes(30))) == ["update"]


def test_an_update_waits_for_its_own_recipient_alone(store: Store) -> None:
    with store.work() as work:
        told(work, "first", to=("a", "b"))
        told(work, "update", to=("a", "b"), first="first")
        to_a, _ = claimed(work)
        settled(work, to_a)

        assert [(one.alert, one.recipient) for one in claimed(work)] == [("update", "a")]


def test_a_dead_letter_holds_up_no_update(store: Store) -> None:
    with store.work() as work:
        told(work, "first")
        told(work, "update", first="first")
        settled(work, claimed(work)[0], DeadLetter(because="550"), Refused(because="550"))

        assert alerts_of(claimed(work)) == ["update"]


# --- leases -----------------------------------------------------------------------------------------------------------


def test_a_worker_that_died_before_sending_leaves_a_plain_retry(store: Store) -> None:
    with store.work() as work:
        told(work)
        claimed(work)

        assert claimed(work, worker="w2", at=LEASE - minutes(1)) == []
        [again] = claimed(work, worker="w2", at=LEASE)

        assert (again.is_unknown, again.attempts) == (False, 0)


def test_a_worker_that_died_while_sending_leaves_a_possible_double(store: Store) -> None:
    with store.work() as work:
        told(work)
        [delivery] = claimed(work)
        assert outbox.begin(work, delivery.id, "w1", NOON + minutes(1))

        [again] = claimed(work, worker="w2", at=LEASE)

        assert (again.is_unknown, again.attempts) == (True, 1)
        assert outbox.attempts_of(work, delivery.id) == [
            (NOON + minutes(1), "unknown", "the sender ended before an answer")
        ]


def test_a_possible_double_stays_one_until_it_is_settled(store: Store) -> None:
    with store.work() as work:
        told(work)
        [delivery] = claimed(work)
        unknown = Again(at=NOON + minutes(1), because="no answer", may_have_arrived=True)
        settled(work, delivery, unknown, Unknown(because="no answer"))
        [again] = claimed(work, at=minutes(1))
        settled(work, again, Again(at=NOON + minutes(2), because="451"), TryLater(because="451"))

        [third] = claimed(work, at=minutes(2))

        assert (again.is_unknown, third.is_unknown, third.attempts) == (True, True, 2)


def test_sending_is_not_begun_on_a_lease_that_ran_out_or_went_to_another(store: Store) -> None:
    with store.work() as work:
        told(work)
        [delivery] = claimed(work)

        assert not outbox.begin(work, delivery.id, "w1", NOON + LEASE)
        claimed(work, worker="w2", at=LEASE)
        assert not outbox.begin(work, delivery.id, "w1", NOON + LEASE)
        assert outbox.begin(work, delivery.id, "w2", NOON + LEASE)


def test_released_deliveries_can_be_claimed_at_once_and_those_begun_stay(store: Store) -> None:
    with store.work() as work:
        told(work, to=("a", "b"))
        begun, _ = claimed(work)
        outbox.begin(work, begun.id, "w1", NOON)

        assert outbox.release(work, "w1") == 1
        assert [one.recipient for one in claimed(work, worker="w2")] == ["b"]


def test_a_daemon_that_starts_takes_up_at_once_what_a_killed_one_left(store: Store) -> None:
    with store.work() as work:
        told(work, to=("a", "b"))
        begun, _ = claimed(work)
        outbox.begin(work, begun.id, "w1", NOON)

        assert outbox.holders(work) == {"w1"}

        outbox.release(work, "w1", is_gone=True)

        assert [(one.recipient, one.is_unknown) for one in claimed(work, worker="w2")] == [("a", True), ("b", False)]


def test_after_the_clock_was_set_back_nothing_waits_for_the_future(store: Store) -> None:
    back = -timedelta(days=2)
    with store.work() as work:
        told(work, to=("new", "retried", "leased"))
        _, retried, leased = claimed(work)
        outbox.begin(work, leased.id, "w1", NOON)
        settled(work, retried, Again(at=NOON + minutes(30), because="busy"), TryLater(because="busy"))
        outbox.release(work, "w1")

        again = claimed(work, worker="w2", at=back)
        later = Again(at=NOON + back + minutes(1), because="busy")
        for one in again:
            settled(work, one, later, TryLater(because="busy"), at=back, worker="w2")

        assert [one.recipient for one in again] == ["new", "retried", "leased"]
        assert claimed(work, worker="w2", at=back) == []  # and not once more before its time
        assert len(claimed(work, worker="w2", at=back + minutes(1))) == 3


def test_the_way_of_a_delivery_is_in_the_ledger_with_what_the_other_side_said(store: Store) -> None:
    refused = Refused(because="no such user")
    with store.work() as work:
        outbox.record(work, a_change(STORY), [Send(channel=DESK, alert=an_alert(), because="new story")], {}, NOON)
        for outcome, fate in (
            (TryLater(because="busy", after=None), Again(at=NOON, because="busy")),
            (refused, DeadLetter(because="no such user")),
        ):
            [(delivery, _)] = outbox.claim(work, DESK, NOON, "w1", minutes(5), 1)
            assert outbox.begin(work, delivery.id, "w1", NOON)
            outbox.settle(work, delivery, fate, outcome, NOON, "w1")

        rows = ledger.read(work, alert=AlertId("alert1"))[::-1]

    assert [(row.kind, row.because) for row in rows] == [
        ("alert_raised", "new story"), ("delivery_queued", ""), ("delivery_begun", ""), ("delivery_deferred", "busy"),
        ("delivery_begun", ""), ("delivery_refused", "no such user"), ("dead_letter_added", "no such user"),
    ]  # fmt: skip
    assert [row.detail["attempt"] for row in rows if row.detail and "attempt" in row.detail] == [1, 1, 2, 2]


def test_what_was_handed_over_without_an_answer_is_a_possible_double_in_the_ledger(store: Store) -> None:
    with store.work() as work:
        told(work, to=("a", "b"))
        killed, unanswered = claimed(work)
        outbox.begin(work, killed.id, "w1", NOON)
        again = Again(at=NOON + minutes(1), because="reset", may_have_arrived=True)
        settled(work, unanswered, again, Unknown(because="reset"))

        marked = [one.recipient for one in claimed(work, worker="w2", at=LEASE) if one.is_unknown]

        found = ledger.read(work, kind="possible_double")
    assert sorted(marked) == ["a", "b"]
    assert {(row.because, (row.detail or {})["delivery"]) for row in found} == {
        ("the sender ended before an answer", killed.id), ("reset", unanswered.id),
    }  # fmt: skip


# --- settling ---------------------------------------------------------------------------------------------------------


def test_an_accepted_delivery_is_done(store: Store) -> None:
    with store.work() as work:
        told(work)
        [delivery] = claimed(work)
        outbox.begin(work, delivery.id, "w1", NOON)

        assert settled(work, delivery)
        assert claimed(work, at=timedelta(days=9)) == []
        assert outbox.waiting(work) == {}
        assert outbox.next_at(work, DESK) is None


def test_each_attempt_is_kept_with_what_the_other_side_said(store: Store) -> None:
    with store.work() as work:
        told(work)
        [first] = claimed(work)
        settled(work, first, Again(at=NOON + minutes(1), because="busy"), TryLater(because="451 busy"))
        [second] = claimed(work, at=minutes(1))
        settled(work, second, at=minutes(1))

        assert outbox.attempts_of(work, first.id) == [
            (NOON, "try-later", "451 busy"), (NOON + minutes(1), "accepted", "250 ok"),
        ]  # fmt: skip
        assert (first.attempts, second.attempts) == (0, 1)
        assert second.first_queued_at == NOON


def test_only_the_holder_of_the_lease_may_try_again_or_give_up(store: Store) -> None:
    with store.work() as work:
        told(work)
        [delivery] = claimed(work)
        claimed(work, worker="w2", at=LEASE)

        assert not settled(work, delivery, DeadLetter(because="550"), Refused(because="550"), worker="w1")
        assert not settled(work, delivery, Again(at=NOON, because="x"), TryLater(because="x"), worker="w1")
        assert outbox.dead_letters(work, 10) == []


def test_that_it_arrived_counts_though_the_lease_went_to_another(store: Store) -> None:
    with store.work() as work:
        told(work)
        [delivery] = claimed(work)
        claimed(work, worker="w2", at=LEASE)

        assert settled(work, delivery, worker="w1")
        assert not settled(work, delivery, Again(at=NOON, because="x"), TryLater(because="x"), worker="w2")
        assert outbox.waiting(work) == {}


def test_a_dead_letter_is_kept_and_shown_with_its_reason(store: Store) -> None:
    with store.work() as work:
        told(work)
        settled(work, claimed(work)[0], DeadLetter(because="550 no such user"), Refused(because="550"))

        [(delivery, because)] = outbox.dead_letters(work, 10)

        assert (delivery.alert, because) == ("alert1", "550 no such user")
        assert ledger.read(work, kind="dead_letter_added")[0].alert == "alert1"


def was_lost(work: Work) -> bool:
    return outbox.standing(work, (), [STORY.id]).told[STORY.id, DESK].was_lost


def test_a_first_alert_that_reached_nobody_is_lost_until_another_goes_as_first(store: Store) -> None:
    with store.work() as work:
        told(work)
        assert not was_lost(work)
        settled(work, claimed(work)[0], DeadLetter(because="550"), Refused(because="550"))
        assert was_lost(work)

        told(work, "again")

        assert not was_lost(work)
        assert outbox.standing(work, (), [STORY.id]).told[STORY.id, DESK].alerts == 2


def test_a_first_alert_that_reached_one_of_two_is_not_lost(store: Store) -> None:
    with store.work() as work:
        told(work, to=("a", "b"))
        to_a, to_b = claimed(work)
        settled(work, to_a)
        settled(work, to_b, DeadLetter(because="550"), Refused(because="550"))

        assert not was_lost(work)


def test_an_update_that_is_a_dead_letter_does_not_lose_the_first(store: Store) -> None:
    with store.work() as work:
        told(work, "first")
        settled(work, claimed(work)[0])
        told(work, "update", first="first")
        settled(work, claimed(work)[0], DeadLetter(because="550"), Refused(because="550"))

        assert not was_lost(work)


def test_an_update_that_arrives_after_a_dead_first_alert_is_what_the_channel_was_told(store: Store) -> None:
    with store.work() as work:
        told(work, "first")
        [first] = claimed(work)
        told(work, "update", first="first")
        settled(work, first, DeadLetter(because="550"), Refused(because="550"))

        settled(work, claimed(work)[0])

        assert not was_lost(work)


def test_a_story_whose_update_dies_behind_its_dead_first_alert_is_lost(store: Store) -> None:
    with store.work() as work:
        told(work, "first")
        [first] = claimed(work)
        told(work, "update", first="first")
        settled(work, first, DeadLetter(because="550"), Refused(because="550"))
        settled(work, claimed(work)[0], DeadLetter(because="550"), Refused(because="550"))

        assert was_lost(work)


# --- when next --------------------------------------------------------------------------------------------------------


def test_the_next_moment_is_that_of_what_can_be_claimed_then(store: Store) -> None:
    with store.work() as work:
        assert outbox.next_at(work, DESK) is None
        told(work, "first")
        told(work, "update", first="first")
        assert outbox.next_at(work, DESK) == NOON

        [first] = claimed(work)
        assert outbox.next_at(work, DESK) == NOON + LEASE

        settled(work, first, Again(at=NOON + minutes(30), because="451"), TryLater(because="451"))
        assert outbox.next_at(work, DESK) == NOON + minutes(30)
        assert alerts_of(claimed(work, at=minutes(30))) == ["first"]


def test_an_alert_is_given_whole(store: Store) -> None:
    long: Alert = an_alert(changes=("теперь отрицается Россией", "now denied"), tags=("a",), is_late=True)
    with store.work() as work:
        outbox.record(work, a_change(STORY), [Send(channel=DESK, alert=long, because="x")], {}, NOON)

        assert [alert for _, alert in outbox.claim(work, DESK, NOON, "w1", LEASE, 1)] == [long]


def test_what_was_queued_for_nobody_by_name_goes_to_each_recipient_once_they_are_known(store: Store) -> None:
    with store.work() as work:
        told(work, "alert1")
        told(work, "alert2", first="alert1", at=minutes(1))

        outbox.name_recipients(work, DESK, ("ana", "bob"))

        first = claimed(work, at=minutes(2))
        assert [(one.alert, one.recipient) for one in first] == [("alert1", "ana"), ("alert1", "bob")]
        assert outbox.waiting(work) == {DESK: 4}
        assert outbox.name_recipients(work, DESK, ("ana", "bob")) == 0


def test_an_update_knows_what_was_said_to_the_first_message(store: Store) -> None:
    with store.work() as work:
        told(work, "alert1", to=("ana", "bob"))
        for delivery in claimed(work):
            receipt = f"200 ok, channel C0{delivery.recipient.upper()}, ts 1.2"
            outbox.settle(work, delivery, Settled(receipt=receipt), Accepted(receipt=receipt), NOON, "w1")

        told(work, "alert2", to=("ana", "bob"), first="alert1", at=minutes(1))

        receipts = {one.recipient: one.first_receipt for one in claimed(work, at=minutes(2))}
        assert receipts == {"ana": "200 ok, channel C0ANA, ts 1.2", "bob": "200 ok, channel C0BOB, ts 1.2"}
