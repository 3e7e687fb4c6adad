"""HTML to plain paragraphs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.markup import TREE_TAGS, line_of, paragraphs_of, tidy


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>One &amp; <b>two</b></p><p>three</p>", "One & two\n\nthree"),
        ("a<br>b<br/>c", "a\n\nb\n\nc"),
        ("<script>alert(1)</script>text<style>p{}</style>", "text"),
        ("plain  text\r\nWith\tlines", "plain text\n\nWith lines"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
        ("tail\u202e evil\u0000", "tail evil"),
        ("&lt;b&gt; stays text", "<b> stays text"),
        ("", ""),
    ],
)
def test_what_a_reader_would_see_is_kept(content: str, expected: str) -> None:
    assert paragraphs_of(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("<p>One &amp; <b>two</b></p><p>three</p>", id="paragraphs"),
        pytest.param("<script>if (a > b) alert('<b>')</script>text<style>p{}</style>", id="scripts"),
        pytest.param("a<br>b<br/>c<!-- <p>hidden</p> -->d", id="comment"),
        pytest.param("<ul class='x'><li>one</li><li>5 < 6</li></ul>", id="list"),
        pytest.param("<p>said</p><script>and never ends", id="open-script"),
    ],
)
def test_mark_up_too_large_for_a_tree_gives_the_same_text(content: str) -> None:
    assert paragraphs_of("<i></i>" * TREE_TAGS + content) == paragraphs_of(content)


@pytest.mark.parametrize("piece", ["<ul><li>", "<a href=x><b><i>", "<nav>", "<a ", "<!--", "<", "<script>", "&lt"])
def test_mark_up_made_to_be_slow_costs_no_more_than_its_length(piece: str) -> None:
    begun = time.process_time()
    paragraphs_of(piece * (1_000_000 // len(piece)))

    assert time.process_time() - begun < 10, "made a tree, nested lists take minutes"


def test_a_tag_with_attributes_without_end_costs_no_more_than_its_length() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(100_000))

    begun = time.process_time()
    text = paragraphs_of(f"<a {attributes}>Kim</a> visits")

    assert time.process_time() - begun < 10, "made a tree, half a minute"
    assert text == "Kim visits"


def test_a_title_is_one_line() -> None:
    assert line_of("<b>Kim</b>\n visits &quot;Moscow&quot;") == 'Kim visits "Moscow"'


@given(st.text(max_size=200))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = tidy(text, keep_lines=True)

    assert tidy(once, keep_lines=True) == once


@given(st.text(st.sampled_from("<>/&;pbscript \"'=a1"), max_size=120))
def test_nothing_breaks_and_no_script_survives(content: str) -> None:
    assert "<script" not in paragraphs_of(f"<script>{content}</script>").lower() or "<script" in content.lower()


@pytest.mark.parametrize(
    ("wrapped", "expected"),
    [
        ("Russia sent\ntroops to Syria", "Russia sent troops to Syria"),
        ("Russia sent troops.\nsyria denied it", "Russia sent troops.\n\nsyria denied it"),
        ("One line\nAnother line", "One line\n\nAnother line"),
        ("Syria\x85Iran\u2028Iraq", "Syria\n\nIran\n\nIraq"),
    ],
)
def test_a_line_that_was_only_wrapped_goes_on(wrapped: str, expected: str) -> None:
    assert paragraphs_of(wrapped) == expected
