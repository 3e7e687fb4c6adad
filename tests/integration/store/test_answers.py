"""What links leave in the store, on both databases: an alert by its whole name, and each thing said once."""

import pytest

from monitor.decisions import Send
from monitor.model import Alert, AlertId, ChannelName
from monitor.store import Store, acknowledged, alerts, articles, feedback, ledger, outbox, stories
from tests.builders import NOON, a_change, a_story, an_alert, an_article

DESK, PHONE = ChannelName("desk"), ChannelName("phone")
ALERTS = [an_alert(id=AlertId(name), first_alert=AlertId(name)) for name in ("a1", "a2", "a3")]


@pytest.fixture
def told(store: Store) -> Store:
    """Three alerts; the second and the third went as one message, each to two recipients."""
    with store.work() as work:
        change = a_change(a_story())
        articles.add(work, [an_article("a1")])
        stories.save(work, change)
        for alert, bundle in zip(ALERTS, ("", "digest-1", "digest-1"), strict=True):
            send = Send(channel=DESK, alert=alert, because="first time told here", bundle=bundle)
            outbox.record(work, change, [send], {DESK: ("ann@x.org", "bob@x.org")}, NOON)
    return store


@pytest.mark.parametrize(
    ("name", "found"), [("a1", ["a1"]), ("digest-1", ["a2", "a3"]), ("a", []), ("digest", []), ("", []), ("%", [])]
)
def test_an_alert_and_what_went_as_one_message_have_whole_names(told: Store, name: str, found: list[str]) -> None:
    with told.look() as work:
        assert [alert.id for alert in alerts.named(work, AlertId(name))] == found


def test_who_took_note_first_stays_and_the_row_names_the_channel(told: Store) -> None:
    with told.work() as work:
        before = acknowledged.find(work, ALERTS[0].id)
        acknowledged.add(work, ALERTS[0], "ann", "", NOON, channel=PHONE)
        acknowledged.add(work, ALERTS[0], "bob", "", NOON, channel=DESK)

    with told.look() as work:
        noted = acknowledged.find(work, ALERTS[0].id)
        rows = ledger.read(work, kind="alert_acknowledged")
    assert before is None
    assert noted is not None
    assert (noted.by, [(row.channel, row.because) for row in rows]) == ("ann", [("phone", "ann")])


def test_what_holds_in_the_same_words_is_said_and_nothing_is_after_the_last_that_is_kept(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "MOST", 2)
    right, wrong = ("event", True), ("event", False)
    alert: Alert = ALERTS[0]
    left = []
    with told.work() as work:
        for given, by in ((right, "ann"), (right, "ann"), (wrong, "ann"), (wrong, "ann"), (wrong, "bob")):
            new = feedback.unsaid(work, alert, [given], by=by, note="")  # type: ignore[list-item]  # a tuple of literals
            feedback.add(work, alert, new or (), NOON, by=by, channel=DESK)
            left.append(new)

    assert left == [(right,), (), (wrong,), (), None]
