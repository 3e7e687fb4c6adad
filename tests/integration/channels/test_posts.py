"""Slack and webhooks against their sinks: the sample alerts as they are, and everything that can go wrong."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from monitor.channels.send import Sender, Waits
from monitor.decisions import Accepted, Refused, TryLater, Unknown
from monitor.model import Channel, ChannelName
from tests.builders import NOON, a_message
from tests.fixtures.alert_sinks import Sinks, certificate, free_port, serve
from tests.samples import samples

QUICK = Waits(connect=timedelta(seconds=0.5), answer=timedelta(seconds=0.3), total=timedelta(seconds=1))
HOOK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
BOT = "slack://xoxb-1234-5678-abcdefghijkl/#desk"


@pytest.fixture(scope="module")
def running() -> Iterator[Sinks]:
    with serve() as sinks:
        yield sinks


@pytest.fixture
def sinks(running: Sinks) -> Sinks:
    running.reset()
    return running


def a_channel(url: str, recipient: str = "") -> Channel:
    return Channel(name=ChannelName("desk"), kind="", url=url, recipient=recipient)


def hook(sinks: Sinks) -> Channel:
    return a_channel(f"{HOOK}?api=http://127.0.0.1:{sinks.http_port}")


def bot(sinks: Sinks) -> Channel:
    return a_channel(f"{BOT}?api=http://127.0.0.1:{sinks.http_port}")


def webhook(sinks: Sinks) -> Channel:
    return a_channel(f"webhook://127.0.0.1:{sinks.http_port}/hook/desk?team=a&secret=no%20secret")


@pytest.mark.parametrize("name", samples())
def test_each_sample_is_taken_by_slack_without_a_problem_or_a_mention(sinks: Sinks, name: str) -> None:
    outcomes = [Sender(waits=QUICK).send(channel, samples()[name]) for channel in (hook(sinks), bot(sinks))]

    records = sinks.accepted("slack")
    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted]
    assert [(record["problems"], record["mentions"]) for record in records] == [([], []), ([], [])]
    assert all(record["body"]["text"] for record in records)


@pytest.mark.parametrize("name", samples())
def test_each_sample_is_taken_by_mail_without_a_problem(sinks: Sinks, name: str) -> None:
    url = f"mailto://127.0.0.1:{sinks.smtp_port}?from=monitor@desk.example&to=analyst@desk.example"

    Sender(waits=QUICK).send(a_channel(url), samples()[name])

    assert [record["problems"] for record in sinks.accepted("smtp")] == [[]]


def test_a_webhook_gets_the_document_signed(sinks: Sinks) -> None:
    outcome = Sender(waits=QUICK).send(webhook(sinks), a_message())

    (record,) = sinks.accepted("webhook")
    headers = record["headers"]
    stamped = f"{headers['X-Relations-Monitor-Timestamp']}.{record['raw']}".encode()
    assert outcome == Accepted(receipt='200 {"ok": true}')
    assert record["path"] == "/hook/desk?team=a"
    assert record["body"]["headline"] == "North Korea sends troops to Russia (alleged)"
    expected = hmac.new(b"no secret", stamped, hashlib.sha256).hexdigest()
    assert headers["X-Relations-Monitor-Signature"] == f"v1={expected}"
    assert headers["Idempotency-Key"] == "a1"


def test_a_bots_update_joins_the_thread_of_the_first_message(sinks: Sinks) -> None:
    first = Sender(waits=QUICK).send(bot(sinks), a_message())
    assert isinstance(first, Accepted)

    Sender(waits=QUICK).send(bot(sinks), a_message(is_update=True, first_receipt=first.receipt))

    told = [record["body"] for record in sinks.accepted("slack")]
    assert (told[0]["channel"], told[1]["channel"]) == ("#desk", "C0SINK")
    assert told[1]["thread_ts"] == "1795000000.000001"


def test_an_update_whose_first_message_was_deleted_is_told_alone(sinks: Sinks) -> None:
    sinks.fault("slack", "error", error="thread_not_found")
    update = a_message(is_update=True, first_receipt="200 ok, channel C0SINK, ts 1795000000.000001")

    outcome = Sender(waits=QUICK).send(bot(sinks), update)

    assert isinstance(outcome, Accepted)
    assert "thread_ts" not in sinks.accepted("slack")[0]["body"]


FAULTS = [
    ("429", TryLater, 0),
    ("500", Unknown, 0),
    ("502", Unknown, 0),
    ("503", TryLater, 0),
    ("400", Refused, 0),
    ("403", Refused, 0),
    ("404", Refused, 0),
    ("410", Refused, 0),
    ("307", Refused, 0),
    ("hang", Unknown, 0),
    ("reset", Unknown, 0),
    ("close", Unknown, 0),
    ("garbage", Unknown, 0),
    ("accept-then-reset", Unknown, 1),
    ("accept-then-hang", Unknown, 1),
    ("accept-then-garbage", Unknown, 1),
    ("accept-then-500", Unknown, 1),
]


@pytest.mark.parametrize(("fault", "expected", "arrived"), FAULTS, ids=[row[0] for row in FAULTS])
@pytest.mark.parametrize("target", ["slack", "webhook"])
def test_each_answer_has_its_outcome(sinks: Sinks, target: str, fault: str, expected: type, arrived: int) -> None:
    sinks.fault(target, fault, location=f"http://127.0.0.1:{sinks.http_port}/hook/elsewhere")

    outcome = Sender(waits=QUICK).send(hook(sinks) if target == "slack" else webhook(sinks), a_message())

    assert type(outcome) is expected, outcome
    assert len(sinks.accepted(target)) == arrived


@pytest.mark.parametrize("target", ["slack", "webhook"])
@pytest.mark.parametrize(
    ("asked", "after"),
    [
        ("7", timedelta(seconds=7)),
        (format_datetime(NOON + timedelta(minutes=2)), timedelta(minutes=2)),
        (format_datetime(NOON - timedelta(minutes=2)), None),
        ("soon", None),
        ("99999999999", timedelta(hours=24)),
    ],
    ids=["seconds", "date", "past", "junk", "for-ever"],
)
def test_the_wait_that_is_asked_for_is_handed_on(
    sinks: Sinks, target: str, asked: str, after: timedelta | None
) -> None:
    sinks.fault(target, "429", retry_after=asked)

    outcome = Sender(waits=QUICK).send(hook(sinks) if target == "slack" else webhook(sinks), a_message(sent_at=NOON))

    assert isinstance(outcome, TryLater)
    assert outcome.after == after


@pytest.mark.parametrize(
    ("word", "expected"),
    [("ratelimited", TryLater), ("internal_error", TryLater), ("token_revoked", Refused), ("not_in_channel", Refused)],
)
def test_each_word_of_slacks_web_api_has_its_outcome(sinks: Sinks, word: str, expected: type) -> None:
    sinks.fault("slack", "error", error=word)

    outcome = Sender(waits=QUICK).send(bot(sinks), a_message())

    assert type(outcome) is expected
    assert word in str(outcome)


@pytest.mark.parametrize("url", [f"{HOOK}?api=http://127.0.0.1:{{port}}", "webhook://127.0.0.1:{port}/x"])
def test_a_port_where_nobody_listens_is_tried_later(url: str) -> None:
    outcome = Sender(waits=QUICK).send(a_channel(url.format(port=free_port())), a_message())

    assert isinstance(outcome, TryLater)
    assert "can't be reached" in outcome.because


def test_a_host_without_an_address_is_tried_later() -> None:
    outcome = Sender(waits=QUICK).send(a_channel("webhooks://hook.invalid/x"), a_message())

    assert isinstance(outcome, TryLater)
    assert "no address is known for hook.invalid" in outcome.because


def test_a_certificate_that_is_not_trusted_is_tried_later_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    with serve(tls_dir=tmp_path) as sinks:
        url = f"webhooks://localhost:{sinks.https_port}/hook/x"

        outcomes = [Sender(waits=QUICK).send(a_channel(url + more), a_message()) for more in ("", "?verify=no")]
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate(tmp_path)[0]))
        outcomes.append(Sender(waits=QUICK).send(a_channel(url), a_message()))

        assert isinstance(outcomes[0], TryLater)
        assert "TLS with localhost failed" in outcomes[0].because
        assert [type(outcome) for outcome in outcomes[1:]] == [Accepted, Accepted]
        assert len(sinks.accepted("webhook")) == 2


def test_no_outcome_tells_a_token(sinks: Sinks) -> None:
    sinks.fault("slack", "500", body="token TIiajkdnlazkcOXrIdevi7FQ is bad", times=2)

    outcome = Sender(waits=QUICK).send(hook(sinks), a_message())

    assert "TIiajkdnlazkcOXrIdevi7FQ" not in str(outcome)


def test_what_is_posted_is_utf_8_whatever_the_text_holds(sinks: Sinks) -> None:
    broken = a_message(headline="half a letter \ud800", statement="\udfff")

    outcomes = [Sender(waits=QUICK).send(channel, broken) for channel in (hook(sinks), webhook(sinks))]

    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted]
    assert json.loads(sinks.accepted("webhook")[0]["raw"])["headline"].startswith("half a letter")


def test_three_chats_of_one_address_are_three_deliveries(sinks: Sinks) -> None:
    url = f"mmost://127.0.0.1:{sinks.http_port}/3ccdd113474722377935511fc85d3dd4?channels=desk,night"

    for recipient in ("desk", "night"):
        Sender(waits=QUICK).send(a_channel(url, recipient), a_message())

    assert [record["body"]["channel"] for record in sinks.accepted("webhook")] == ["desk", "night"]
