"""A mail is whole, well-formed and threaded, whatever stands in the alert."""

import email
import re
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.channels import mail
from monitor.channels.screen import one_line
from monitor.model import AlertId, ChannelName, Message, RuleId
from tests.builders import a_message

HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "List-Id", "Auto-Submitted",
    "Precedence", "X-Relations-Monitor-Rule", "X-Relations-Monitor-Severity", "MIME-Version", "Content-Type",
]  # fmt: skip
TAGS = frozenset({
    "html", "head", "meta", "title", "style", "body", "div", "p", "b", "h1", "ul", "li", "blockquote", "strong", "br",
    "span", "a",
})  # fmt: skip
HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\r\n\t\x00\x1b\u202e\ud800<>&\"'=?_ .:"),
        st.sampled_from("북한러시아Россия制裁"),
    ),
    max_size=300,
)


def an_envelope(recipient: str = "analyst@desk.example", channel: str = "desk") -> mail.Envelope:
    return mail.Envelope(
        channel=ChannelName(channel),
        sender="monitor@desk.example",
        sender_name="Relations Monitor",
        recipient=recipient,
    )


def read_back(message: Message, envelope: mail.Envelope | None = None) -> EmailMessage:
    raw = mail.text_of(mail.render(message, envelope or an_envelope())).encode("ascii")
    parsed = email.message_from_bytes(raw, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def part(parsed: EmailMessage, kind: str) -> str:
    body = parsed.get_body((kind,))
    assert body is not None
    return str(body.get_content())


class Links(HTMLParser):
    """Collects what a page shows and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.targets: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.targets += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(parsed: EmailMessage) -> Links:
    page = Links()
    page.feed(part(parsed, "html"))
    return page


def test_both_parts_say_the_same_and_hold_the_address() -> None:
    message = a_message(changes=("now denied by Russia",), is_update=True)
    parsed = read_back(message)
    text, page = " ".join(part(parsed, "plain").split()), page_of(parsed)
    told = [
        message.statement,
        message.quote_by,
        message.links[0][1],
        *message.changes,
        *(value for _, value in message.facts),
    ]

    assert [one for one in told if one not in text] == []
    assert [one for one in told if one not in page.text] == []
    assert message.quote in page.text
    assert message.quote in text.replace("*", "")
    assert page.targets == ["https://news.example/world/troops?id=1&page=2"]


def test_the_page_loads_nothing_from_elsewhere() -> None:
    page = page_of(read_back(a_message()))

    assert not {"img", "script", "link", "iframe", "object", "form"} & set(page.tags)
    assert "url(" not in part(read_back(a_message()), "html")


def test_headers_say_what_a_filter_needs() -> None:
    parsed = read_back(a_message())

    assert parsed["From"] == "Relations Monitor <monitor@desk.example>"
    assert parsed["To"] == "analyst@desk.example"
    assert parsed["List-Id"] == "<desk.relations-monitor.desk.example>"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["Precedence"] == "list"
    assert parsed["X-Relations-Monitor-Rule"] == "troop-transfer"
    assert parsed["X-Relations-Monitor-Severity"] == "critical"
    assert parsed["Date"] == "Tue, 24 Nov 2026 12:00:00 +0000"


def test_all_alerts_of_a_story_name_one_root() -> None:
    first = read_back(a_message())
    update = read_back(a_message(alert=AlertId("a2"), is_update=True))
    other = read_back(a_message(alert=AlertId("b1"), first_alert=AlertId("b1")))

    assert first["References"] == first["In-Reply-To"] == update["References"]
    assert first["References"] != other["References"]
    assert len({first["Message-ID"], update["Message-ID"], first["References"]}) == 3


def test_two_channels_have_two_threads() -> None:
    desk = read_back(a_message(), an_envelope(channel="desk"))
    night = read_back(a_message(), an_envelope(channel="night"))

    assert desk["References"] != night["References"]


def test_a_second_attempt_has_the_same_message_id_and_another_recipient_another() -> None:
    first = read_back(a_message())
    again = read_back(a_message(may_be_double=True))
    elsewhere = read_back(a_message(), an_envelope(recipient="editor@desk.example"))

    assert first["Message-ID"] == again["Message-ID"]
    assert first["Message-ID"] != elsewhere["Message-ID"]


@pytest.mark.parametrize(
    "headline",
    [
        "A" * 500,
        "북한이 러시아에 병력을 보냈다 " * 20,
        "Північна Корея " * 40,
        "word " * 100,
        "制裁" * 200,
        "👩‍👩‍👧‍👦" * 60,
    ],
)
def test_a_subject_is_short_and_folded_in_any_script(headline: str) -> None:
    message = a_message(headline=headline)
    head = mail.text_of(mail.render(message, an_envelope())).split("\r\n\r\n")[0]

    assert len(read_back(message)["Subject"]) <= 70
    assert read_back(message)["Subject"] == mail.subject(message)
    assert max(map(len, head.split("\r\n"))) <= 78


def test_a_header_can_not_be_smuggled_in() -> None:
    message = a_message(
        headline="Troops\r\nBcc: everyone@evil.example\r\n\r\n<script>", rule=RuleId("x\r\nBcc: everyone@evil.example")
    )
    parsed = read_back(message)

    assert list(parsed.keys()) == HEADERS
    assert "script" not in page_of(parsed).tags


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    page = page_of(read_back(a_message(links=(("Article", "javascript:alert(1)"), ("Other", "data:text/html,x")))))

    assert page.targets == []
    assert "javascript:alert(1)" in page.text


@settings(max_examples=150, deadline=None)
@given(headline=HOSTILE, statement=HOSTILE, quote=HOSTILE, label=HOSTILE, value=HOSTILE, address=HOSTILE, rule=HOSTILE)
def test_any_text_makes_a_mail_that_reads_back(  # noqa: PLR0917 (hypothesis fills them by name)
    headline: str, statement: str, quote: str, label: str, value: str, address: str, rule: str
) -> None:
    message = a_message(
        headline=headline, statement=statement, changes=(value,), quote=quote, marked=((0, 1), (2, 5)), quote_by=label,
        facts=((label, value),), links=((label, address), (label, f"https://n.example/{address}")), rule=RuleId(rule),
        alert=AlertId(headline), story=value, first_alert=AlertId(value),
    )  # fmt: skip
    raw = mail.render(message, an_envelope()).as_bytes()
    parsed = read_back(message)

    assert list(parsed.keys()) == HEADERS
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()
    assert not parsed.defects
    assert parsed["Subject"] == mail.subject(message)
    assert [one.get_content_type() for one in parsed.iter_parts()] == ["text/plain", "text/html"]
    page = page_of(parsed)
    assert set(page.tags) <= TAGS
    assert all(target.startswith(("http://", "https://")) for target in (one.lower() for one in page.targets))
    assert (
        re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", part(parsed, "plain").replace("\r\n", "\n"))
        is None
    )
    assert one_line(statement) in " ".join(page.text.split()) or one_line(statement) == one_line(headline)
