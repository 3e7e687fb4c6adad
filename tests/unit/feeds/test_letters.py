"""The letters of a document are found whatever the server, the prolog and the bytes say."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds.letters import cleaned, decoded

RU, KO, ZH, JA = (
    "Пхеньян и Москва подписали протокол о сотрудничестве",
    "평양과 모스크바가 의정서에 서명",
    "两国签署贸易议定书",
    "両国が議定書に署名",
)


def written(title: str, prolog: str) -> str:
    said = f' encoding="{prolog}"' if prolog else ""
    return f'<?xml version="1.0"{said}?><rss version="2.0"><channel><title>{title}</title></channel></rss>'


CASES = {
    "UTF-8 without a word": (written(RU, "").encode(), ""),
    "UTF-8 with a mark": (codecs.BOM_UTF8 + written(RU, "").encode(), ""),
    "a mark beats the header": (codecs.BOM_UTF8 + written(RU, "").encode(), "text/xml; charset=koi8-r"),
    "UTF-16 whose prolog lies": (codecs.BOM_UTF16_LE + written(RU, "UTF-8").encode("utf-16-le"), ""),
    "UTF-16 without a mark": (written(RU, "UTF-16").encode("utf-16-be"), ""),
    "header alone": (written(RU, "").encode("koi8-r"), 'application/xml; charset="KOI8-R"'),
    "prolog alone": (written(RU, "windows-1251").encode("cp1251"), "application/xml"),
    "header right, prolog wrong": (written(RU, "UTF-8").encode("cp1251"), "text/xml; charset=windows-1251"),
    "a server's default, prolog right": (written(RU, "windows-1251").encode("cp1251"), "text/xml; charset=iso-8859-1"),
    "header wrong, bytes UTF-8": (written(RU, "").encode(), "text/xml; charset=iso-8859-1"),
    "no such encoding": (written(RU, "x-no-such").encode(), "text/xml; charset=x-no-such"),
    "nobody says": (written(RU * 3, "").encode("cp1251"), "text/xml"),
    "prolog wrong, no header": (written(RU * 3, "UTF-8").encode("cp1251"), "text/xml"),
    "Korean": (written(KO, "EUC-KR").encode("cp949"), ""),
    "Chinese, said as gb2312": (written(ZH, "gb2312").encode("gb18030"), ""),
    "Japanese": (written(JA, "Shift_JIS").encode("cp932"), ""),
    "Japanese in seven bits": (written(JA, "ISO-2022-JP").encode("iso2022_jp"), ""),
    "meta": (f'<html><meta charset="windows-1251"><p>{RU}</p></html>'.encode("cp1251"), "text/html"),
}


@pytest.mark.parametrize(("body", "content_type"), CASES.values(), ids=list(CASES))
def test_the_words_are_read(body: bytes, content_type: str) -> None:
    text = decoded(body, content_type)

    assert any(words in text for words in (RU, KO, ZH, JA))
    assert not text.startswith("\ufeff")


def test_a_few_stray_bytes_cost_themselves_alone() -> None:
    body = written(f"@@@ {RU}", "UTF-8").encode().replace(b"@@@", b"\xff\xc3\x28")

    assert RU in decoded(body, "")


@pytest.mark.parametrize(
    "name", ["utf-7", "unicode_escape", "raw-unicode-escape", "idna", "punycode", "rot13", "zip", "hex"]
)
def test_an_encoding_that_hides_mark_up_is_never_used(name: str) -> None:
    text = decoded(b"<rss>+ADw-script+AD4- \\u003cscript\\u003e</rss>", f"text/xml; charset={name}")

    assert "<script>" not in text


@given(body=st.binary(max_size=300), content_type=st.text(max_size=40))
def test_no_bytes_raise(body: bytes, content_type: str) -> None:
    decoded(body, content_type).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a&#0;b", "ab"),
        ("a&#xD800;b", "ab"),
        ("a&#xFFFE;&#8;b", "ab"),
        ("a&#x1FFFF;b", "ab"),
        ("a&#99999999;b", "ab"),
        ("a&#x41;&#65;b", "a&#x41;&#65;b"),
        ("a&#150;b", "a&#150;b"),
        ("a&#10;b", "a&#10;b"),
        ("a&amp;#0;b", "a&amp;#0;b"),
        ("a\x07\x1b[31m\x9b\ufffeb", "a[31mb"),
        ("북한\t1\n", "북한\t1\n"),
        ("\ud800x", "x"),
    ],
)
def test_what_xml_forbids_is_taken_out_and_nothing_else(raw: str, clean: str) -> None:
    assert cleaned(raw) == clean


@given(text=st.text())
def test_cleaning_twice_is_once_and_leaves_what_can_be_stored(text: str) -> None:
    once = cleaned(text)

    assert cleaned(once) == once
    assert "\0" not in once
    assert once.encode().decode() == once
