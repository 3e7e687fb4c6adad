"""An alert in plain words stays within what a service takes, and keeps its link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.channels.plain import LIMITS, Limits, render
from monitor.channels.screen import quiet_address
from tests.builders import a_message
from tests.samples import samples

LINK = "https://news.example/world/troops?id=1&page=2"


def test_title_and_body_say_it_all() -> None:
    shown = render(a_message(), Limits(body=32_768, title=250))

    assert shown.title == "[CRITICAL] North Korea sends troops to Russia (alleged)"
    assert "3,000 soldiers" in shown.body
    assert f"Article: {LINK}" in shown.body


def test_a_service_without_titles_gets_the_headline_in_the_body() -> None:
    shown = render(a_message(), Limits(body=4096, title=0))

    assert shown.title == ""
    assert shown.body.startswith("[CRITICAL] North Korea sends troops to Russia (alleged)\n")


@pytest.mark.parametrize("scheme", LIMITS)
@pytest.mark.parametrize("length", [10, 900, 50_000])
def test_what_is_too_long_is_cut_and_the_link_kept(scheme: str, length: int) -> None:
    limits = LIMITS[scheme]
    shown = render(
        a_message(quote="a b" * length, statement="c d" * length, headline="e f" * length, marked=()), limits
    )

    assert len(shown.body) <= limits.body
    assert len(shown.title) <= limits.title
    assert shown.body.endswith(LINK)


@given(st.text(max_size=300), st.integers(60, 400), st.integers(0, 80))
def test_no_text_breaks_a_limit_and_the_body_is_never_empty(text: str, body: int, title: int) -> None:
    message = a_message(
        headline=text, statement=text, quote=text, marked=(), facts=((text, text),), links=((text, text),)
    )
    shown = render(message, Limits(body=body, title=title))

    assert 0 < len(shown.body) <= body
    assert len(shown.title) <= title


@pytest.mark.parametrize("scheme", LIMITS)
@pytest.mark.parametrize("name", samples())
def test_each_sample_fits_each_service_with_its_first_link_and_calls_nobody(scheme: str, name: str) -> None:
    message, limits = samples()[name], LIMITS[scheme]

    shown = render(message, limits)

    assert len(shown.body) <= limits.body
    assert not any(call in shown.title + shown.body for call in ("<!", "<@", "@channel", "@everyone", "@here", "]("))
    link = quiet_address(message.links[0][1]) if message.links else ""
    assert link in shown.body or len(link) > limits.body - 80


@pytest.mark.parametrize("call", ["@ana", "@**all**", "@everyone", "@here", "@channel", "<!channel>", "<@U123>"])
def test_nobody_is_called_by_the_text(call: str) -> None:
    shown = render(a_message(headline=call, statement=call, quote=call, marked=(), facts=((call, call),)), Limits())

    assert call not in shown.title + shown.body
