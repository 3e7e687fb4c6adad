"""Several alerts as one message."""

from collections import Counter
from datetime import UTC
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.bundles import LISTED, MANY, bundled, compose_digest
from monitor.decisions import Drop, Send, Verdict
from monitor.model import ActorCode, Alert, AlertId, ChannelName, EventType, StoryChange, StoryId
from tests.builders import NAMES, NOON, a_change, a_report, a_story, an_alert, minutes

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
    assert len(set(bundles_of(after))) <= max(1, -(-count // LISTED))
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


@given(count=st.integers(LISTED + 1, 35))
def test_of_many_each_message_tells_as_many_as_it_can_and_every_one_is_told_once(count: int) -> None:
    before = decided(count)

    after = bundled(before, {(change.after.id, DESK): "digest" for change, _ in before})

    sizes = Counter(bundles_of(after))
    assert "" not in sizes
    assert sum(sizes.values()) == count
    assert sorted(sizes.values(), reverse=True)[: count // LISTED] == [LISTED] * (count // LISTED)
    assert len(sizes) == -(-count // LISTED)


def test_each_alert_of_a_digest_has_its_line_and_its_link() -> None:
    many = [an_alert_of(one, lead=a_report(url=f"https://news.example/{one}")) for one in range(LISTED)]

    said = compose_digest("drain-1", many, NAMES, NOON, zone=UTC)

    assert len(said.changes) == LISTED
    assert {url for _, url in said.links} == {f"https://news.example/{one}" for one in range(LISTED)}
    assert said.statement.endswith("the channel could not be reached for a while.")
