"""OPML in and out: nothing that a list says of a feed is lost, and nothing in it is expanded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds.opml import OpmlError, Outline, read, written

LIST = b"""<?xml version="1.0" encoding="utf-8"?>
<opml version="1.1" xmlns:fz="urn:fz"><head><title>Mine</title></head><body>
<outline text="World &amp; more"><outline text="A/B">
<outline text="One" type="rss" xmlUrl="https://one.example/rss?a=1&b=2" fz:mode="1" custom="x &quot;y&quot;&#10;z"/>
</outline></outline>
<outline title="Two" text="two!" xmlURL="feed://two.example/rss" category="/x"/>
<outline text="Second"><outline xmlUrl="http://two.example/rss"/></outline>
</body></opml>
"""
RIBBON = "<opml><body><outline text='Лента' xmlUrl='https://x.org/'/></body></opml>"


def a_list(body: str) -> bytes:
    return f'<opml version="2.0"><body>{body}</body></opml>'.encode()


def test_a_feed_keeps_all_that_a_list_says_of_it() -> None:
    found, complaints = read(LIST)

    assert complaints == []
    assert found == [
        Outline(
            url="https://one.example/rss?a=1&b=2", title="One", tags=("World & more/A%2FB",),
            attributes={"type": "rss", "fz:mode": "1", "xmlns:fz": "urn:fz", "custom": 'x "y"\nz'},
        ),
        Outline(
            url="http://two.example/rss", title="Two", tags=("Second",),
            attributes={"text": "two!", "category": "/x"},
        ),
    ]  # fmt: skip


def test_a_list_that_was_read_is_written_with_nothing_lost() -> None:
    found, _ = read(LIST)

    again, complaints = read(written(found, title="<mine> & yours").encode())

    assert complaints == []
    assert [(one.url, one.title, one.tags) for one in again] == [(one.url, one.title, one.tags) for one in found]
    assert all(one.attributes.items() <= after.attributes.items() for one, after in zip(found, again, strict=True))


_PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters="\ufffe\uffff"),
    min_size=1,
).map(str.strip).filter(bool)  # fmt: skip
_TAG = st.lists(_PLAIN.map(lambda part: part.replace("%", "%25").replace("/", "%2F")), min_size=1, max_size=3).map(
    "/".join
)
_OUTLINES = st.lists(
    st.builds(
        Outline,
        url=st.from_regex(r"https://[a-z]{1,8}\.example/[a-z?&=%]{0,9}", fullmatch=True),
        title=_PLAIN,
        tags=st.lists(_TAG, max_size=2, unique=True).map(tuple),
        attributes=st.dictionaries(st.sampled_from(["htmlUrl", "custom", "category"]), _PLAIN).map(
            lambda kept: {"type": "rss", **kept}
        ),
        ours=st.dictionaries(st.sampled_from(["id", "every", "lang"]), _PLAIN),
    ),
    unique_by=lambda one: one.url,
    max_size=4,
)


@given(_OUTLINES)
def test_what_is_written_is_read_again(outlines: list[Outline]) -> None:
    again, complaints = read(written(outlines, title="x").encode())

    assert complaints == []
    assert {one.url: (one.title, set(one.tags), one.attributes, one.ours) for one in again} == {
        one.url: (one.title, set(one.tags), one.attributes, one.ours) for one in outlines
    }


@pytest.mark.parametrize(
    ("text", "because"),
    [
        pytest.param(b"", "line 1, column 1: no XML: no element found", id="empty"),
        pytest.param(b"<rss><channel/></rss>", "this is no OPML", id="rss"),
        pytest.param(b"<opml><body><outline></body></opml>", "line 1, column 24: no XML: mismatched tag", id="cut"),
        pytest.param(
            b'<!DOCTYPE opml [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;"/></body></opml>',
            "a list with a DOCTYPE is not read", id="entities",
        ),
        pytest.param(
            b'<!DOCTYPE opml SYSTEM "file:///etc/passwd"><opml/>', "a list with a DOCTYPE is not read", id="external",
        ),
        pytest.param(b"<opml>" + b'<outline text="x">' * 200, "line 1: nested more than 100 deep", id="deep"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_place_and_reason(text: bytes, because: str) -> None:
    with pytest.raises(OpmlError) as refused:
        read(text)

    assert str(refused.value).startswith(because)


@pytest.mark.parametrize(
    ("outline", "complaint"),
    [
        pytest.param('<outline text="x" type="link" url="https://x.org"/>', "an outline of type link", id="link"),
        pytest.param('<outline text="x"/>', "an outline without xmlUrl is no feed", id="nothing"),
        pytest.param('<outline xmlUrl="javascript:alert(1)"/>', "an xmlUrl that is no http or https", id="script"),
        pytest.param('<outline xmlUrl="file:///etc/passwd"/>', "an xmlUrl that is no http or https", id="file"),
    ],
)
def test_what_is_no_feed_is_named_and_the_others_are_read(outline: str, complaint: str) -> None:
    found, complaints = read(a_list(f'{outline}\n<outline xmlUrl="https://good.example/"/>'))

    assert [one.url for one in found] == ["https://good.example/"]
    assert len(complaints) == 1
    assert complaints[0].startswith(f"line 1: {complaint}")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(RIBBON.encode("cp1251"), id="undeclared"),
        pytest.param(
            f"<?xml version='1.0' encoding='windows-1251'?>{RIBBON}".encode("cp1251"), id="declared",
        ),
        pytest.param(RIBBON.encode("utf-16"), id="utf-16"),
    ],
)  # fmt: skip
def test_letters_are_read_in_whatever_encoding(body: bytes) -> None:
    found, _ = read(body)

    assert found[0].url == "https://x.org/"


def test_a_feed_with_several_tags_stands_in_each_folder_and_is_one_again() -> None:
    text = written([Outline(url="https://x.org/", title="X", tags=("A", "B/C"))], title="x")

    (found,), _ = read(text.encode())

    assert text.count("xmlUrl") == 2
    assert found.tags == ("A", "B/C")


def test_what_a_list_says_of_a_folder_is_written_again() -> None:
    body = (
        '<outline text="Asia" title="Asia!" isOpen="true"><outline text="Korea" fz:x="1" xmlns:fz="urn:fz">'
        '<outline text="X" type="rss" xmlUrl="https://x.org/"/></outline></outline>'
    )

    found, _ = read(a_list(body))
    text = written(found, title="x")

    assert '<outline text="Asia" title="Asia!" isOpen="true">' in text
    assert '<outline text="Korea" fz:x="1" xmlns:fz="urn:fz">' in text
    assert "outline:" not in text
    assert read(text.encode())[0] == found


@pytest.mark.parametrize("kept", ["{", "[1]", '{"a": 1}', '{"a b": "c"}'])
def test_what_was_kept_of_a_folder_and_edited_into_nonsense_does_no_harm(kept: str) -> None:
    outline = Outline(url="https://x.org/", title="X", tags=("A",), attributes={"outline:A": kept, "no name": "x"})

    (found,), complaints = read(written([outline], title="x").encode())

    assert (found.tags, complaints) == (("A",), [])
