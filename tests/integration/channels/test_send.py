"""Real messages to real sinks on loopback, with everything that can go wrong on the way."""

import io
import logging
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiosmtpd.smtp import AuthResult

from monitor import log
from monitor.channels.send import Sender, Waits
from monitor.decisions import Accepted, Refused, TryLater, Unknown
from monitor.model import Channel, ChannelName
from tests.builders import a_message
from tests.fixtures.alert_sinks import Sinks, free_port, serve

QUICK = Waits(connect=timedelta(seconds=0.5), answer=timedelta(seconds=0.3), total=timedelta(seconds=1))


@pytest.fixture
def sinks() -> Iterator[Sinks]:
    with serve() as running:
        yield running


def a_channel(url: str, recipient: str = "") -> Channel:
    return Channel(name=ChannelName("desk"), kind="", url=url, recipient=recipient)


def mail_to(port: int, *, user: str = "", more: str = "") -> Channel:
    return a_channel(f"mailto://{user}127.0.0.1:{port}?from=monitor@desk.example&to=analyst@desk.example{more}")


def webhook_at(port: int) -> Channel:
    return a_channel(f"json://127.0.0.1:{port}/hook/desk")


def test_mail_arrives_whole_and_well_formed(sinks: Sinks) -> None:
    outcome = Sender(waits=QUICK).send(mail_to(sinks.smtp_port), a_message())

    (record,) = sinks.accepted("smtp")
    assert outcome == Accepted(receipt="250 2.0.0 OK")
    assert record["problems"] == []
    assert record["mail_from"] == "monitor@desk.example"
    assert record["rcpt_tos"] == ["analyst@desk.example"]
    assert record["subject"] == "[critical] North Korea sends troops to Russia (alleged)"
    assert "https://news.example/world/troops?id=1&page=2" in record["text"]


def test_mail_goes_to_the_one_recipient_of_the_delivery(sinks: Sinks) -> None:
    channel = a_channel(
        f"mailto://127.0.0.1:{sinks.smtp_port}?from=m@d.example&to=a@d.example,b@d.example", "b@d.example"
    )

    Sender(waits=QUICK).send(channel, a_message())

    assert [record["rcpt_tos"] for record in sinks.accepted("smtp")] == [["b@d.example"]]


def test_lines_that_open_with_a_dot_arrive_as_written(sinks: Sinks) -> None:
    message = a_message(statement=". " * 60, quote="." * 300, marked=())

    Sender(waits=QUICK).send(mail_to(sinks.smtp_port), message)

    (record,) = sinks.accepted("smtp")
    assert record["text"].count(".") >= 360


SMTP_FAULTS = [
    ("421", "connect", TryLater, "dropped"),
    ("451", "connect", TryLater, "dropped"),
    ("550", "connect", Refused, "dropped"),
    ("552", "connect", Refused, "dropped"),
    ("421", "ehlo", TryLater, "dropped"),
    ("421", "mail", TryLater, "dropped"),
    ("451", "mail", TryLater, "dropped"),
    ("550", "mail", Refused, "dropped"),
    ("552", "mail", Refused, "dropped"),
    ("421", "rcpt", TryLater, "dropped"),
    ("451", "rcpt", TryLater, "dropped"),
    ("550", "rcpt", Refused, "dropped"),
    ("552", "rcpt", Refused, "dropped"),
    ("421", "data", TryLater, "dropped"),
    ("451", "data", TryLater, "dropped"),
    ("550", "data", Refused, "dropped"),
    ("552", "data", Refused, "dropped"),
    ("hang", "connect", TryLater, "dropped"),
    ("hang", "ehlo", TryLater, "dropped"),
    ("hang", "mail", TryLater, "dropped"),
    ("hang", "rcpt", TryLater, "dropped"),
    ("hang", "data", Unknown, "dropped"),
    ("drop", "connect", TryLater, "dropped"),
    ("drop", "ehlo", TryLater, "dropped"),
    ("drop", "mail", TryLater, "dropped"),
    ("drop", "rcpt", TryLater, "dropped"),
    ("drop", "data", Unknown, "dropped"),
    ("garbage", "connect", TryLater, "dropped"),
    ("garbage", "mail", TryLater, "dropped"),
    ("garbage", "rcpt", TryLater, "dropped"),
    ("garbage", "data", Unknown, "dropped"),
    ("accept-then-drop", "data", Unknown, "accepted"),
    ("accept-then-hang", "data", Unknown, "accepted"),
    ("accept-then-garbage", "data", Unknown, "accepted"),
]


@pytest.mark.parametrize(
    ("fault", "stage", "expected", "seen"), SMTP_FAULTS, ids=[f"{f}-{s}" for f, s, _, _ in SMTP_FAULTS]
)
def test_each_answer_of_a_mail_server_has_its_outcome(
    sinks: Sinks, fault: str, stage: str, expected: type, seen: str
) -> None:
    sinks.fault("smtp", fault, stage=stage)

    outcome = Sender(waits=QUICK).send(mail_to(sinks.smtp_port), a_message())

    assert type(outcome) is expected, outcome
    assert len(sinks.accepted("smtp")) == (seen == "accepted")
    assert [record["problems"] for record in sinks.accepted("smtp")] in ([], [[]])


def test_a_refusal_says_what_the_server_said(sinks: Sinks) -> None:
    sinks.fault("smtp", "550", stage="rcpt")

    outcome = Sender(waits=QUICK).send(mail_to(sinks.smtp_port), a_message())

    assert outcome == Refused(because="RCPT TO: 550 5.1.1 fault on request")


def test_the_delivery_after_a_failed_one_succeeds(sinks: Sinks) -> None:
    sinks.fault("smtp", "451")
    sender = Sender(waits=QUICK)

    outcomes = [type(sender.send(mail_to(sinks.smtp_port), a_message())) for _ in range(2)]

    assert outcomes == [TryLater, Accepted]


HTTP_FAULTS = [
    ("429", TryLater, 0),
    ("500", TryLater, 0),
    ("404", Refused, 0),
    ("hang", Unknown, 0),
    ("reset", Unknown, 0),
    ("close", Unknown, 0),
    ("garbage", Unknown, 0),
    ("accept-then-reset", Unknown, 1),
    ("accept-then-hang", Unknown, 1),
    ("accept-then-500", TryLater, 1),
]


@pytest.mark.parametrize(("fault", "expected", "arrived"), HTTP_FAULTS, ids=[row[0] for row in HTTP_FAULTS])
def test_each_answer_of_a_webhook_has_its_outcome(sinks: Sinks, fault: str, expected: type, arrived: int) -> None:
    sinks.fault("webhook", fault)

    outcome = Sender(waits=QUICK).send(webhook_at(sinks.http_port), a_message())

    assert type(outcome) is expected, outcome
    assert len(sinks.accepted("webhook")) == arrived


def test_a_webhook_gets_title_and_body_in_plain_words(sinks: Sinks) -> None:
    outcome = Sender(waits=QUICK).send(webhook_at(sinks.http_port), a_message())

    (record,) = sinks.accepted("webhook")
    assert outcome == Accepted(receipt="")
    assert record["problems"] == []
    assert record["body"]["title"] == "[CRITICAL] North Korea sends troops to Russia (alleged)"
    assert "Article: https://news.example/world/troops?id=1&page=2" in record["body"]["message"]


@pytest.mark.parametrize("scheme", ["mailto", "json"])
def test_a_port_where_nobody_listens_is_tried_later(scheme: str) -> None:
    url = f"{scheme}://127.0.0.1:{free_port()}" + ("?to=a@d.example" if scheme == "mailto" else "")

    outcome = Sender(waits=QUICK).send(a_channel(url), a_message())

    assert isinstance(outcome, TryLater)


def test_a_host_without_an_address_is_tried_later() -> None:
    outcome = Sender(waits=QUICK).send(a_channel("mailto://mail.invalid?to=a@d.example"), a_message())

    assert isinstance(outcome, TryLater)


def test_messages_do_not_wait_for_each_other(sinks: Sinks) -> None:
    sender = Sender(waits=QUICK)
    sender.warm()

    start = time.monotonic()
    for _ in range(5):
        sender.send(webhook_at(sinks.http_port), a_message())
        sender.send(mail_to(sinks.smtp_port), a_message())

    assert time.monotonic() - start < 4  # one wait of Apprise's throttle alone is 5.5 s
    assert len(sinks.records) == 10


def test_a_delivery_ends_when_its_time_is_over_though_the_server_drips() -> None:
    """Each answer comes in time, but there is no end of them: the total decides."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop = threading.Event()

        def drip() -> None:
            client, _ = server.accept()
            with client:
                while not stop.wait(0.1):
                    try:
                        client.sendall(b"220-wait\r\n")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        start = time.monotonic()
        outcome = Sender(waits=QUICK).send(mail_to(server.getsockname()[1]), a_message())
        took = time.monotonic() - start
        stop.set()
        thread.join()

    assert isinstance(outcome, TryLater)
    assert took < 5  # the server would drip for ever


# --- TLS and login ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-addext", names, "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


@pytest.fixture
def tls_sinks(certificate: tuple[Path, Path]) -> Iterator[Sinks]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
        return AuthResult(success=(data.login, data.password) == (b"monitor", b"pa/ss#word"), handled=False)

    with serve(tls_context=context, require_starttls=True, auth_required=True, authenticator=check) as running:
        yield running


GOOD_LOGIN = "monitor:pa%2Fss%23word@"


def test_mail_with_a_password_goes_through_starttls(
    tls_sinks: Sinks, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))

    outcome = Sender(waits=QUICK).send(mail_to(tls_sinks.smtp_port, user=GOOD_LOGIN), a_message())

    assert isinstance(outcome, Accepted)
    assert len(tls_sinks.accepted("smtp")) == 1


def test_a_certificate_that_nobody_vouches_for_is_tried_later(tls_sinks: Sinks) -> None:
    outcome = Sender(waits=QUICK).send(mail_to(tls_sinks.smtp_port, user=GOOD_LOGIN), a_message())

    assert isinstance(outcome, TryLater)
    assert "certificate" in outcome.because
    assert tls_sinks.records == []


def test_verify_no_takes_any_certificate(tls_sinks: Sinks) -> None:
    outcome = Sender(waits=QUICK).send(mail_to(tls_sinks.smtp_port, user=GOOD_LOGIN, more="&verify=no"), a_message())

    assert isinstance(outcome, Accepted)


def test_a_wrong_password_is_refused_and_not_told(tls_sinks: Sinks) -> None:
    channel = mail_to(tls_sinks.smtp_port, user="monitor:wrong-word@", more="&verify=no")

    outcome = Sender(waits=QUICK).send(channel, a_message())

    assert isinstance(outcome, Refused)
    assert outcome.because.startswith("AUTH: 535")
    assert "wrong-word" not in outcome.because


def test_no_password_is_sent_to_a_server_without_tls(sinks: Sinks) -> None:
    outcome = Sender(waits=QUICK).send(mail_to(sinks.smtp_port, user=GOOD_LOGIN), a_message())

    assert isinstance(outcome, TryLater)
    assert "no TLS" in outcome.because
    assert sinks.records == []


def test_mailtos_speaks_tls_from_the_first_byte(certificate: tuple[Path, Path]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with serve(smtps=context) as sinks:
        url = f"mailtos://127.0.0.1:{sinks.smtp_port}?from=m@d.example&to=a@d.example&verify=no"
        outcome = Sender(waits=QUICK).send(a_channel(url), a_message())

    assert isinstance(outcome, Accepted)


# --- the terminal and the folder --------------------------------------------------------------------------------------


def test_the_terminal_gets_the_block_and_an_empty_line() -> None:
    stream = io.StringIO()

    outcome = Sender(console=stream).send(a_channel("console://"), a_message())

    assert isinstance(outcome, Accepted)
    assert stream.getvalue().startswith("CRITICAL · North Korea sends troops to Russia (alleged)\n")
    assert stream.getvalue().endswith("page=2\n\n")


def test_a_terminal_that_is_gone_is_tried_later() -> None:
    stream = io.StringIO()
    stream.close()

    assert isinstance(Sender(console=stream).send(a_channel("console://"), a_message()), TryLater)


def test_the_folder_gets_exactly_what_mail_would_send(sinks: Sinks, tmp_path: Path) -> None:
    folder = a_channel(f"eml://{tmp_path}?from=monitor@desk.example&to=analyst@desk.example")

    Sender(waits=QUICK).send(mail_to(sinks.smtp_port), a_message())
    outcome = Sender(waits=QUICK).send(folder, a_message())

    (file,) = tmp_path.glob("*.eml")
    assert outcome == Accepted(receipt=file.name)
    assert file.read_bytes().decode() == sinks.accepted("smtp")[0]["raw"]


def test_a_second_attempt_replaces_the_file_of_the_first(tmp_path: Path) -> None:
    channel = a_channel(f"eml://{tmp_path}")
    message = a_message()

    Sender().send(channel, message)
    Sender().send(channel, a_message(sent_at=message.sent_at + timedelta(minutes=1), may_be_double=True))

    (file,) = tmp_path.iterdir()
    assert "Possible double" in file.read_text()


def test_a_folder_that_takes_no_file_is_tried_later(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")

    outcome = Sender().send(a_channel(f"eml://{tmp_path}/taken"), a_message())

    assert isinstance(outcome, TryLater)


# --- addresses and secrets --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("console://", ""),
        ("console://?colour=yes&columns=80", ""),
        ("mailto://user:word@smtp.desk.example?to=a@desk.example", ""),
        ("eml:///var/spool/alerts", ""),
        ("json://127.0.0.1:8080/hook", ""),
        ("nosuch://abc", "no service is known for nosuch://"),
        ("slack://abc", "a webhook of Slack has three tokens"),
        ("mailto://smtp.desk.example?to=nobody", "a mailbox is name@host, and its name in ASCII letters"),
        ("eml://relative/folder", "a folder for mail files has three slashes"),
        ("console://?columns=3", "columns is a number from 40 to 1000"),
    ],
)
def test_an_unusable_address_says_why(url: str, reason: str) -> None:
    told = Sender().usable(a_channel(url))

    assert told.startswith(reason)
    assert bool(told) == bool(reason)


@pytest.mark.parametrize("url", ["nosuch://abc", "slack://abc", "mailto://smtp.desk.example?to=nobody"])
def test_a_message_for_an_unusable_address_is_refused(url: str) -> None:
    assert isinstance(Sender().send(a_channel(url), a_message()), Refused)


def test_no_token_of_an_address_is_told_or_logged(sinks: Sinks, logged: io.StringIO) -> None:
    secret = "T0KEN-5ecr3t-abcdef"
    url = f"json://someone:{secret}@127.0.0.1:{sinks.http_port}/{secret}-path?+Authorization={secret}-header"
    sinks.fault("webhook", "500")

    outcome = Sender(waits=QUICK).send(a_channel(url), a_message())

    assert secret in sinks.records[0]["path"]  # it did go over the wire
    assert secret not in repr(outcome)
    assert secret not in logged.getvalue()


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that the program would write into its log at its most talkative."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    log.setup("debug", "json", stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()
