"""JSON Feed becomes entries as RSS does; what is wrong with one item costs that one."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds.articles import articles_of
from monitor.feeds.kinds import parse
from monitor.feeds.limits import KEPT, REFUSED
from monitor.model import Document, Feed, FeedId, FetchFailed, Parsed, PollState

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEED = Feed(id=FeedId("alder"), url="https://n.example/feed.json", title="Alder Wire")
SAMPLE = (Path(__file__).parents[2] / "fixtures" / "alder.jsonfeed.json").read_bytes()
VERSION = "https://jsonfeed.org/version/1.1"


def a_document(body: bytes | str, content_type: str = "application/feed+json") -> Document:
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return Document(url="https://n.example/feed.json?token=SECRET", body=raw, content_type=content_type, fetched_at=NOW)


def outcome(body: bytes | str) -> Parsed | FetchFailed:
    return parse(FEED, PollState(feed=FEED.id), a_document(body))


def a_feed(*items: object, **head: object) -> str:
    return json.dumps({"version": VERSION, "title": "Alder", "items": list(items), **head})


def read(*items: object, **head: object) -> Parsed:
    parsed = outcome(a_feed(*items, **head))
    assert isinstance(parsed, Parsed), parsed
    return parsed


def test_an_item_keeps_what_it_said() -> None:
    parsed = outcome(SAMPLE)

    assert isinstance(parsed, Parsed)
    assert (parsed.title, parsed.lang, parsed.complaints) == ("Alder Wire", "en-GB", ())
    first, second = parsed.entries
    assert (first.guid, first.link, first.title) == (
        "https://n.example/1", "https://n.example/1", "Ferry &amp; rail: talks &lt; a week away",
    )  # fmt: skip
    assert (first.published, first.updated) == ("2026-11-24T09:30:00+09:00", "2026-11-24T10:00:00+09:00")
    assert (second.guid, second.link, second.lang) == ("7", "https://n.example/other/7", "ko")


def test_plain_text_reads_as_it_was_written() -> None:
    parsed = outcome(SAMPLE)
    assert isinstance(parsed, Parsed)

    (first, second), broken = articles_of(FEED, a_document(SAMPLE), parsed)

    assert not broken
    assert first.title == "Ferry & rail: talks < a week away"
    assert first.text == "The two sides met.\n\nThey agreed on little."
    assert second.text == "First line & more.\n\nSecond line of 2 < 3."


@pytest.mark.parametrize("kind", ["rss", "jsonfeed"])
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(SAMPLE, "text/html", id="json-called-html"),
        pytest.param(b"\xef\xbb\xbf \n" + SAMPLE, "", id="with-a-byte-order-mark"),
        pytest.param(SAMPLE.decode().encode("utf-16-le"), "", id="utf-16"),
        pytest.param(
            b"<rss version='2.0'><channel><item><guid>1</guid></item><item><guid>2</guid></item></channel></rss>",
            "application/feed+json", id="xml-called-json",
        ),
    ],
)  # fmt: skip
def test_the_document_says_what_kind_it_is(kind: str, body: bytes, content_type: str) -> None:
    feed = Feed(id=FEED.id, url=FEED.url, title="Alder", kind=kind)

    parsed = parse(feed, PollState(feed=feed.id), a_document(body, content_type))

    assert isinstance(parsed, Parsed)
    assert len(parsed.entries) == 2


@pytest.mark.parametrize(
    ("item", "because"),
    [
        pytest.param("a text", "it is no JSON object", id="text"),
        pytest.param(None, "it is no JSON object", id="null"),
        pytest.param({}, "it says nothing", id="empty"),
        pytest.param({"id": {"a": 1}, "title": ["x"]}, "it says nothing", id="wrong-types"),
        pytest.param({"title": "T", "url": "https://n.example/3"}, "it has neither id nor content", id="no-id"),
        pytest.param({"id": "3", "url": "javascript:alert(1)"}, "its link is no http or https address", id="script"),
    ],
)
def test_a_bad_item_costs_itself_alone(item: object, because: str) -> None:
    parsed = read({"id": "1", "title": "One"}, item, {"id": "2", "title": "Two"})

    assert [entry.guid for entry in parsed.entries if entry.guid != "3"] == ["1", "2"]
    assert parsed.complaints[0].because.startswith(because)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        pytest.param('{"status": "ok"}', "this is JSON, not a feed", id="other"),
        pytest.param("[1, 2]", "this is JSON, not a feed", id="array"),
        pytest.param("{", "this is JSON, not a feed", id="broken"),
        pytest.param('{"a": ' * 100_000, "this is JSON, not a feed", id="deep"),
        pytest.param(a_feed(items="none today"), "its items are no list", id="items-are-none"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(body: str, detail: str) -> None:
    failed = outcome(body)

    assert isinstance(failed, FetchFailed)
    assert (failed.because, failed.detail) == ("not-a-feed", detail)


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param('{"id": "3", "title": "cut', id="cut-off"),
        pytest.param('{"id": "3",, "title": "x"}]}', id="two-commas"),
        pytest.param('{"id": ' + "[" * 100_000, id="deep"),
    ],
)
def test_what_stands_before_a_mistake_is_read(rest: str) -> None:
    whole = a_feed({"id": "1", "title": "One"}, {"id": "2", "title": "Two"})

    parsed = outcome(whole.removesuffix("]}") + ", " + rest)

    assert isinstance(parsed, Parsed)
    assert [entry.guid for entry in parsed.entries] == ["1", "2"]
    assert parsed.complaints[0].because.startswith("broken JSON (")


def test_numbers_of_any_length_and_half_letters_do_no_harm() -> None:
    body = a_feed({"id": "1", "title": "One \ud800"}).replace('"1"', "9" * 5000)

    parsed = outcome(body)

    assert isinstance(parsed, Parsed)
    assert parsed.entries[0].guid == "9" * 5000
    assert not articles_of(FEED, a_document(body), parsed)[1]


def test_of_very_many_items_the_first_are_read_and_too_many_are_no_feed() -> None:
    parsed = read(*({"id": str(number)} for number in range(KEPT + 1)))
    refused = outcome(a_feed(*({} for _ in range(REFUSED + 1))))

    assert len(parsed.entries) == KEPT
    assert isinstance(refused, FetchFailed)
    assert refused.because == "too-large"


def test_a_feed_without_items_or_that_has_ended_is_told() -> None:
    parsed = outcome(json.dumps({"version": VERSION, "expired": True}))

    assert isinstance(parsed, Parsed)
    assert [complaint.because for complaint in parsed.complaints] == [
        "the document has no items", "the feed says that it has ended",
    ]  # fmt: skip


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
_KEYS = ("id", "url", "external_url", "title", "content_html", "content_text", "summary", "date_published", "language")


@given(st.lists(st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=9) | _JSON, max_size=4), _JSON)
def test_nothing_inside_a_feed_makes_it_raise(items: list[object], title: object) -> None:
    parsed = read(*items, title=title)

    assert len(parsed.entries) <= len(items)
    assert not articles_of(FEED, a_document(b""), parsed)[1]
