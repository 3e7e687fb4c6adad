"""HTML to plain paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.markup import line_of, paragraphs_of, tidy


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>One &amp; <b>two</b></p><p>three</p>", "One & two\n\nthree"),
        ("a<br>b<br/>c", "a\n\nb\n\nc"),
        ("<script>alert(1)</script>text<style>p{}</style>", "text"),
        ("plain  text\r\nwith\tlines", "plain text\n\nwith lines"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
        ("tail\u202e evil\u0000", "tail evil"),
        ("&lt;b&gt; stays text", "<b> stays text"),
        ("", ""),
    ],
)
def test_what_a_reader_would_see_is_kept(content: str, expected: str) -> None:
    assert paragraphs_of(content) == expected


def test_a_title_is_one_line() -> None:
    assert line_of("<b>Kim</b>\n visits &quot;Moscow&quot;") == 'Kim visits "Moscow"'


@given(st.text(max_size=200))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = tidy(text, keep_lines=True)

    assert tidy(once, keep_lines=True) == once


@given(st.text(st.sampled_from("<>/&;pbscript \"'=a1"), max_size=120))
def test_nothing_breaks_and_no_script_survives(content: str) -> None:
    assert "<script" not in paragraphs_of(f"<script>{content}</script>").lower() or "<script" in content.lower()
