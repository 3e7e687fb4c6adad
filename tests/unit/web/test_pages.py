"""A page shows the alert and one button, loads nothing, runs nothing, and lets no text of an article act in it."""

import hashlib
import re
from base64 import b64encode
from datetime import UTC
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.links import ANSWERS
from monitor.model import Acknowledged, Answer, ChannelName
from monitor.web.pages import SECURITY, Page, question, sorry, thanks
from tests.builders import NOON, a_message

DESK = ChannelName("desk")
TAGS = frozenset({
    "html", "head", "meta", "title", "style", "body", "main", "h1", "p", "b", "ul", "li", "form", "label", "input",
    "textarea", "button",
})  # fmt: skip
ADDRESSES = frozenset({"href", "src", "action", "formaction", "srcset", "data", "background", "poster"})
HOSTILE = st.text(st.characters() | st.sampled_from("\r\n\x00\x1b\u202e\ud800<>&\"'=/"), max_size=80) | st.sampled_from(
    ["<script>alert(1)</script>", "</title><img src=x onerror=a()>", '"><form action=//evil.example>', "&lt;b&gt;"]
)


class Seen(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.style = self.text = ""
        self.feed(page.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["style"] and not self.style:
            self.style = data
        else:
            self.text += data


@pytest.mark.parametrize("answer", ANSWERS)
def test_each_answer_shows_the_sentence_and_says_what_its_button_does(answer: Answer) -> None:
    seen = Seen(question(answer, [a_message()], DESK, None, UTC))

    assert a_message().headline in seen.text
    assert a_message().statement in seen.text
    assert "The button " in seen.text
    assert (seen.tags.count("form"), seen.tags.count("button"), seen.tags.count("input")) == (1, 1, 1)


def test_what_is_acknowledged_has_no_button_and_says_by_whom() -> None:
    noted = Acknowledged(at=NOON, by="Ann <b>")

    seen = Seen(question("acknowledge", [a_message()], DESK, noted, UTC))

    assert "Acknowledged by Ann <b>, 24 November 2026, 12:00 UTC." in seen.text
    assert "form" not in seen.tags


def test_a_digest_names_its_alerts_and_counts_what_is_beyond() -> None:
    many = [a_message(headline=f"Alert number {number}") for number in range(25)]

    seen = Seen(question("acknowledge", many, DESK, None, UTC))

    assert "25 alerts" in seen.text
    assert "Alert number 19" in seen.text
    assert "Alert number 20" not in seen.text
    assert "and 5 more" in seen.text


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_acts_in_a_page(headline: str, statement: str, name: str) -> None:
    message = a_message(headline=headline, statement=statement)
    noted = Acknowledged(at=NOON, by=name)
    pages = [
        question("acknowledge", [message], ChannelName(name), None, UTC),
        question("acknowledge", [message, message], ChannelName(name), noted, UTC),
        thanks("right", [message], ChannelName(name), None, UTC),
        thanks("acknowledge", [message], ChannelName(name), noted, UTC),
        sorry(404, headline, statement),
    ]

    for page in pages:
        seen = Seen(page)
        assert set(seen.tags) <= TAGS
        assert not seen.attributes & ADDRESSES
        assert not any(name.startswith("on") for name in seen.attributes)
        assert "url(" not in page.html.replace(headline, "").replace(statement, "").replace(name, "")
        assert re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]", page.html) is None


def test_the_policy_allows_the_one_style_there_is_and_a_form_to_ourselves() -> None:
    seen = Seen(question("right", [a_message()], DESK, None, UTC))
    digest = b64encode(hashlib.sha256(seen.style.encode()).digest()).decode()

    assert SECURITY["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert "style" not in seen.attributes
    assert SECURITY["Referrer-Policy"] == "no-referrer"
