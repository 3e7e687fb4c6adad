"""Untrusted text is made harmless, measured and cut as a reader sees it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.channels.screen import columns_of, cut, harmless, marked_pieces, one_line, web_address, wrap


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("tab\tand\nbreak", "tab and break"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("a\u202eb\u2069c\u200bd\ufeff", "abcd"),
        ("soft\u00adhyphen", "softhyphen"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e" + "\u0301" * 30, "e" + "\u0301" * 4),
        ("line\u2028separator", "line separator"),
    ],
)
def test_what_acts_on_a_screen_is_made_harmless(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text())
def test_harmless_twice_is_harmless_once(text: str) -> None:
    assert harmless(harmless(text)) == harmless(text)


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("북한", 4), ("制裁A", 5), ("e\u0301", 1), ("👍", 2), ("", 0)]
)
def test_wide_letters_count_twice_and_marks_not_at_all(text: str, columns: int) -> None:
    assert columns_of(text) == columns


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=200), st.integers(10, 60))
@example("0" * 20 + ":", 10)
def test_wrapping_keeps_every_letter_and_every_line_fits(text: str, columns: int) -> None:
    lines = wrap(text, columns)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns_of(line) <= columns for line in lines if "://" not in line)


def test_an_address_is_never_broken() -> None:
    address = "https://news.example/" + "a" * 200

    assert address in wrap(f"see {address} there", 40)


def test_chinese_is_broken_between_letters_and_not_before_a_closing_mark() -> None:
    assert wrap("朝鲜向俄罗斯派兵，联合国谴责。", 16) == ["朝鲜向俄罗斯派", "兵，联合国谴责。"]


def test_korean_is_broken_at_its_spaces() -> None:
    assert wrap("북한이 러시아에 군인을 보냈다", 16) == ["북한이 러시아에", "군인을 보냈다"]


@given(st.text(max_size=200), st.integers(1, 80))
def test_a_cut_text_is_never_longer_than_allowed(text: str, length: int) -> None:
    assert len(cut(text, length)) <= length


def test_a_text_is_cut_at_a_word() -> None:
    assert cut("North Korea sends troops to Russia", 28) == "North Korea sends troops to…"


def test_pieces_join_to_the_text_and_marks_that_do_not_fit_are_left_out() -> None:
    assert marked_pieces("ab cd ef", ((0, 2), (1, 4), (3, 5), (6, 99))) == [
        ("ab", True),
        (" ", False),
        ("cd", True),
        (" ef", False),
    ]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://n.example/a?b=1&c=2", "https://n.example/a?b=1&c=2"),
        ('http://n.example/"><script>', "http://n.example/%22%3E%3Cscript%3E"),
        ("https://n.example/a b\nc", "https://n.example/a%20b%20c"),
        ("https://뉴스.example/기사", "https://뉴스.example/기사"),
        ("javascript:alert(1)", ""),
        ("ftp://n.example/", ""),
        ("https:///nowhere", ""),
        ("", ""),
    ],
)
def test_only_a_web_address_is_a_link(address: str, shown: str) -> None:
    assert web_address(address) == shown


def test_one_line_has_single_spaces() -> None:
    assert one_line("  a \n\n b\u00a0\u3000c ") == "a b c"
