"""Several alerts as one message."""

from datetime import UTC
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.bundles import LISTED, MANY, bundled, compose_digest
from monitor.decisions import Drop, Send, Verdict
from monitor.model import ActorCode, Alert, AlertId, ChannelName, EventType, StoryChange, StoryId
from tests.builders import NAMES, NOON, a_change, a_story, an_alert, minutes

DESK = ChannelName("desk")


def an_alert_of(number: int, **changes: Any) -> Alert:
    return an_alert(id=AlertId(f"alert{number}"), story=StoryId(f"story{number:03}"), **changes)


def decided(count: int) -> list[tuple[StoryChange, Verdict]]:
    return [
        (a_change(a_story(id=StoryId(f"story{number:03}"))), Send(channel=DESK, alert=an_alert_of(number), because="x"))
        for number in range(count)
    ]


def bundles_of(found: list[tuple[StoryChange, Verdict]]) -> list[str]:
    return [verdict.bundle for _, verdict in found if isinstance(verdict, Send)]


@given(count=st.integers(0, 12), gate=st.sampled_from(["digest", "throttle", "quiet_hours", "silence", "wait"]))
def test_what_is_gathered_goes_as_one_message_and_none_is_left_out(count: int, gate: str) -> None:
    before = decided(count)
    gates = {(change.after.id, DESK): gate for change, _ in before}

    after = bundled(before, gates)

    together = count > MANY or (count > 1 and gate in ("digest", "throttle"))
    assert [change for change, _ in after] == [change for change, _ in before]
    assert len(set(bundles_of(after))) <= 1
    assert all(bool(bundle) == together for bundle in bundles_of(after))


def test_a_verdict_that_sends_nothing_is_left_as_it_is() -> None:
    drop = (a_change(), Drop(channel=DESK, because="already told"))

    assert bundled([drop], {}) == [drop]


def test_a_digest_goes_by_pair_and_type_with_what_changed_the_most_severe_pair_first() -> None:
    mild = an_alert_of(1, source=ActorCode("CHN"), severity="low", event=EventType("gift"), title="China gives pandas")
    severe = an_alert_of(2, changes=("soldiers: 3,000 -> 10,000",))
    again = an_alert_of(2, changes=("severity: high -> critical",), kind="update")

    said = compose_digest("digest-1", [mild, severe, again], NAMES, NOON + minutes(5), zone=UTC)

    assert said.headline == "Digest: 2 stories, 1 critical"
    assert len(said.changes) == 2
    assert said.changes[0].startswith(
        "North Korea → Russia, troop-transfer: [critical] North Korea sends troops to Russia"
    )
    assert "soldiers: 3,000 → 10,000; severity: high → critical" in said.changes[0]
    assert said.changes[1].startswith("China → Russia, gift: [low]")


def test_of_too_many_the_rest_is_counted() -> None:
    said = compose_digest("drain-1", [an_alert_of(one) for one in range(LISTED + 3)], NAMES, NOON, zone=UTC)

    assert len(said.changes) == LISTED + 1
    assert said.changes[-1].startswith("and 3 more")
    assert said.statement.endswith("the channel could not be reached for a while.")
