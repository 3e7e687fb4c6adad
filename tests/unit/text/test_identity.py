"""What is the same article."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import FeedId
from monitor.text.identity import canonical_url, keys_of


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/a/b?id=1",
        "http://www.Example.org:80/a/b/?id=1#top",
        "https://example.org/a/b?utm_source=x&id=1&fbclid=2",
        " https://example.org./a/b?id=1 ",
    ],
)
def test_ways_of_writing_an_address_are_one(link: str) -> None:
    assert canonical_url(link) == "https://example.org/a/b?id=1"


@pytest.mark.parametrize(
    "link",
    ["", "https://example.org", "https://example.org/", "https://news.google.com/rss/articles/abc",
     "javascript:alert(1)", "ftp://example.org/a", "https://example.org:99999/a", "https://[::1/a", "not an address"],
)  # fmt: skip
def test_what_names_no_article_has_no_canonical_address(link: str) -> None:
    assert canonical_url(link) == ""


def test_another_port_is_another_place() -> None:
    assert canonical_url("http://example.org:8080/a") != canonical_url("http://example.org/a")


def test_an_entry_with_nothing_but_a_title_is_known_by_it() -> None:
    keys = keys_of(FeedId("f"), guid="", link="", title="Only this", dated=None)

    assert len(keys) == 1
    assert keys[0].startswith("feed:f:title:")


def test_the_address_alone_counts_in_any_feed() -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    one = keys_of(FeedId("one"), guid="g", link="https://example.org/x", title="T", dated=day)
    two = keys_of(FeedId("two"), guid="g", link="https://example.org/x", title="T", dated=day)

    assert set(one) & set(two) == {"url:https://example.org/x"}


@given(st.text(max_size=60))
def test_making_canonical_twice_is_once(text: str) -> None:
    once = canonical_url(f"https://example.org/{text}")

    assert canonical_url(once) == once
