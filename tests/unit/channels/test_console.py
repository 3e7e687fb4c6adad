"""An alert on a terminal is readable, fits, and does nothing but stand there."""

import re
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from monitor.channels import console
from monitor.channels.screen import columns_of
from tests.builders import a_message


def test_a_block_says_what_happened_with_evidence_and_link() -> None:
    block = console.render(a_message())

    assert block.startswith("CRITICAL · North Korea sends troops to Russia (alleged)\n")
    assert "*Pyongyang* has *sent* 3,000 *soldiers*" in block
    assert "— Harbour Wire, 24 November 2026, 10:00 UTC" in block
    assert "Article           https://news.example/world/troops?id=1&page=2" in block


def test_an_update_says_so_and_what_is_new() -> None:
    block = console.render(a_message(is_update=True, changes=("now denied by Russia",)))

    assert "CRITICAL · Update: North Korea sends" in block
    assert "  New: now denied by Russia" in block


def test_a_possible_double_is_told() -> None:
    assert "may have reached you before" in console.render(a_message(may_be_double=True))


def test_there_are_no_escapes_unless_asked_for() -> None:
    assert "\x1b" not in console.render(a_message())
    assert "\x1b[1mPyongyang\x1b[0m" in console.render(a_message(), is_coloured=True)


def test_colours_change_nothing_but_the_marks() -> None:
    plain = console.render(a_message(), columns=60).replace("*", "").split()
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", console.render(a_message(), columns=60, is_coloured=True)).split()

    assert coloured == plain


def test_escapes_and_bidi_signs_of_the_text_do_nothing() -> None:
    block = console.render(
        a_message(headline="\x1b[2J\x1b]0;owned\x07 \u202eevil\u2066", quote="a\x9b31m\rb", marked=())
    )

    assert not {"\x1b", "\x07", "\x9b", "\r", "\u202e", "\u2066"} & set(block)
    assert "evil" in block


@given(st.text(max_size=400), st.text(max_size=200), st.integers(40, 120))
def test_no_line_is_wider_than_asked_and_no_field_adds_lines_of_its_own(text: str, value: str, columns: int) -> None:
    message = a_message(headline=text, statement=value, quote=text, marked=(), facts=(("Fact", value),), links=())
    lines = console.render(message, columns=columns).split("\n")

    assert [line for line in lines if columns_of(line) > columns] == []
    assert {category(letter) for line in lines for letter in line} & {"Cc", "Cs", "Zl", "Zp"} == set()
    assert sum(line.startswith("CRITICAL ·") for line in lines) == 1
