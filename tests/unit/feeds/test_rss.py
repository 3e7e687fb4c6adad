"""RSS, RDF and Atom become entries as they came; what is wrong with one costs that one."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds import limits
from monitor.feeds.kinds import KINDS, parse
from monitor.model import Document, Feed, FeedId, FetchFailed, Parsed, PollState

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEED = Feed(id=FeedId("alder"), url="https://feeds.example/alder", title="Alder Wire")
DEFAULT_ITEM = "<title>Harbour reopens</title><guid>g1</guid><link>https://n.example/1</link>"


def outcome(text: str | bytes, content_type: str = "application/xml; charset=utf-8") -> Parsed | FetchFailed:
    body = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    document = Document(url="https://n.example/feed/", body=body, content_type=content_type, fetched_at=NOW)
    return parse(FEED, PollState(feed=FEED.id), document)


def read(text: str) -> Parsed:
    parsed = outcome(text)
    assert isinstance(parsed, Parsed), parsed
    return parsed


def an_rss(*items: str, head: str = "") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Alder</title>{head}{inner}</channel></rss>'


def an_atom(*entries: str, attributes: str = "") -> str:
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Alder</title>{inner}</feed>'


def test_an_rss_item_keeps_what_it_said() -> None:
    item = (
        "<title>AT&amp;amp;T &lt;b&gt;signs&lt;/b&gt;</title><guid isPermaLink='false'>g1</guid>"
        "<link>https://n.example/1</link>"
        "<pubDate>Tue, 24 Nov 2026 10:00:00 KST</pubDate><description>&lt;p&gt;Two sides.&lt;/p&gt;</description>"
        "<source url='https://yonhap.example/rss'>Yonhap</source>"
    )

    parsed = read(an_rss(item, head="<language>ko-KR</language><ttl>30</ttl>"))

    entry = parsed.entries[0]
    assert (entry.guid, entry.link, entry.outlet) == ("g1", "https://n.example/1", "Yonhap")
    assert (entry.title, entry.summary) == ("AT&amp;T <b>signs</b>", "<p>Two sides.</p>")
    assert (entry.published, entry.updated) == ("Tue, 24 Nov 2026 10:00:00 KST", "")
    assert (parsed.title, parsed.lang, parsed.ttl, parsed.complaints) == ("Alder", "ko-KR", timedelta(minutes=30), ())


def test_an_atom_entry_keeps_what_it_said() -> None:
    entry = (
        "<title type='html'>Sugar &amp;amp; steel</title><id>urn:1</id><link href='https://n.example/1'/>"
        "<published>2026-11-24T10:00:00+09:00</published><updated>2026-11-24T11:00:00+09:00</updated>"
        "<summary>Short.</summary>"
        "<content type='html'>&lt;p&gt;Longer.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</content>"
    )

    parsed = read(an_atom(entry, attributes="xml:lang='en'"))

    found = parsed.entries[0]
    assert (found.guid, found.title, found.summary) == ("urn:1", "Sugar &amp; steel", "Short.")
    assert found.content == "<p>Longer.</p><script>x</script>"
    assert (found.published, found.updated) == ("2026-11-24T10:00:00+09:00", "2026-11-24T11:00:00+09:00")


def test_an_atom_entry_that_was_only_updated_has_no_date_of_publishing() -> None:
    entry = "<title>T</title><id>urn:1</id><updated>2026-11-24T11:00:00Z</updated>"

    found = read(an_atom(entry)).entries[0]

    assert (found.published, found.updated) == ("", "2026-11-24T11:00:00Z")


def test_the_date_of_rdf_is_that_of_publishing() -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>RDF wire</title></channel>'
        '<item rdf:about="https://n.example/1"><title>T</title><link>https://n.example/1</link>'
        "<dc:date>2026-11-24T10:00:00Z</dc:date></item></rdf:RDF>"
    )

    found = read(text).entries[0]

    assert (found.published, found.updated) == ("2026-11-24T10:00:00Z", "")


def test_links_are_made_absolute_against_the_nearest_base() -> None:
    entry = "<title>T</title><id>{n}</id><link href='{link}'/>"
    text = an_atom(
        entry.format(n=1, link="a1"), entry.format(n=2, link="/a2"), attributes="xml:base='https://base.example/news/'"
    )

    assert [found.link for found in read(text).entries] == ["https://base.example/news/a1", "https://base.example/a2"]
    assert read(an_rss("<title>T</title><link>../x</link>")).entries[0].link == "https://n.example/x"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "file:///etc/hostname",
     "vbscript:x", "http://[bad", "https://", "https://n.example:99999/", "https://n.example/a b"],
)  # fmt: skip
def test_a_link_that_nobody_should_follow_is_left_out_and_complained_about(link: str) -> None:
    parsed = read(an_rss(f"<title>T</title><guid isPermaLink='false'>g</guid><link>{link}</link>"))

    assert parsed.entries[0].link == ""
    assert parsed.complaints[0].entry == "T"


def test_a_feed_without_entries_is_a_feed() -> None:
    parsed = read(an_rss())

    assert (parsed.entries, parsed.complaints) == ((), ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("\n \t\n", "empty"),
        ("<!doctype html><html><body>Accept our terms</body></html>", "web page"),
        (
            '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>',
            "https://n.example/rss",
        ),
        ('<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "sitemap"),
        ('<?xml version="1.0"?><opml version="2.0"><body/></opml>', "OPML"),
        ('{"status": "ok"}', "JSON"),
        ("[" * 100_000, "JSON"),
        ("plain words", "neither"),
    ],
)
def test_what_is_no_feed_is_refused_and_called_what_it_is(text: str, told: str) -> None:
    failed = outcome(text)

    assert isinstance(failed, FetchFailed)
    assert failed.because == "not-a-feed"
    assert told in failed.detail


def test_a_bad_character_reference_costs_nobody_else() -> None:
    parsed = read(an_rss(DEFAULT_ITEM, "<title>&#0;&#xD800;Odd&#xFFFE;</title>", DEFAULT_ITEM))

    assert [entry.title for entry in parsed.entries] == ["Harbour reopens", "Odd", "Harbour reopens"]


def test_an_entry_that_says_nothing_is_a_complaint() -> None:
    parsed = read(an_rss(DEFAULT_ITEM, "", "<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>"))

    assert [entry.guid for entry in parsed.entries] == ["g1"]
    assert [complaint.entry for complaint in parsed.complaints] == ["no. 2", "no. 3"]


def test_an_entry_that_was_cut_off_is_left_out() -> None:
    text = an_rss(DEFAULT_ITEM, "<title>Threat of sanctions lifted</title><guid>g2</guid>")

    parsed = read(text[: text.index(" of sanctions")])

    assert [entry.title for entry in parsed.entries] == ["Harbour reopens"]
    assert len(parsed.complaints) == 1


def test_words_before_the_document_do_no_harm() -> None:
    assert len(read("Warning: undefined variable on line 12\n\n" + an_rss(DEFAULT_ITEM)).entries) == 1


def test_a_document_that_makes_the_parser_raise_is_read_entry_by_entry() -> None:
    poison = '<title>A place without a where</title><gml:pos xmlns:gml="http://www.opengis.net/gml">x</gml:pos>'

    parsed = read(an_rss(DEFAULT_ITEM, poison, "<title>Rail link delayed</title><guid>g3</guid>"))

    assert [entry.guid for entry in parsed.entries] == ["g1", "g3"]
    assert [(complaint.because, complaint.entry) for complaint in parsed.complaints] == [
        ("KeyError: it can't be read", "no. 2")
    ]


def test_a_guid_is_kept_as_it_was_given_and_is_no_link_unless_it_is_one() -> None:
    parsed = read(an_rss("<title>A</title><guid>12345</guid>", "<title>B</title><guid>https://n.example/b</guid>"))

    assert [(entry.guid, entry.link) for entry in parsed.entries] == [
        ("12345", ""),
        ("https://n.example/b", "https://n.example/b"),
    ]
    assert parsed.complaints == ()


def test_of_very_many_entries_the_first_are_read_and_the_rest_complained_about() -> None:
    parsed = read(an_rss(*(f"<guid>g{n}</guid><title>T</title>" for n in range(limits.KEPT + 10))))

    assert len(parsed.entries) == limits.KEPT
    assert f"{limits.KEPT + 10:,}" in parsed.complaints[0].because


def test_a_document_of_far_too_many_entries_is_refused_before_it_is_parsed() -> None:
    failed = outcome("<rss version='2.0'><channel>" + "<item/>" * (limits.REFUSED + 1))

    assert isinstance(failed, FetchFailed)
    assert failed.because == "too-large"


@pytest.mark.parametrize(
    ("head", "ttl"),
    [
        ("<ttl>60</ttl>", timedelta(hours=1)),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>99999999999</ttl>", None),
        (
            '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod>',
            timedelta(hours=1),
        ),
        ("", None),
    ],
)
def test_how_seldom_a_feed_asks_to_be_polled_is_read(head: str, ttl: timedelta | None) -> None:
    assert read(an_rss(head=head)).ttl == ttl


MANY = 200_000
CROWD = " ".join(f'a\u00b7{number}="{number}"' for number in range(MANY // 10))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<!-- -->" + "\n" * MANY + an_rss(DEFAULT_ITEM), id="empty-lines"),
        pytest.param("<!DOCTYPE x [" + "\n<!ENTITY" * MANY + an_rss(DEFAULT_ITEM), id="open-entities"),
        pytest.param("<!DOCTYPE x" + "\n<!DOCTYPE" * MANY + an_rss(DEFAULT_ITEM), id="open-doctypes"),
        pytest.param(an_rss(DEFAULT_ITEM).replace("<item", f"<item {CROWD}"), id="attributes-of-an-entry"),
        pytest.param(an_rss(DEFAULT_ITEM).replace("<rss", f"<rss {CROWD}"), id="attributes-of-the-root"),
    ],
)
def test_a_document_made_to_be_slow_costs_no_more_than_its_length(text: str) -> None:
    begun = time.process_time()
    parsed = read(text)

    assert time.process_time() - begun < 10, "read as it is, it holds the daemon for minutes or for days"
    assert [entry.guid for entry in parsed.entries] == ["g1"]


def test_the_attributes_of_a_crowded_tag_are_kept_up_to_the_limit() -> None:
    crowd = " ".join(f'a{number}="x"' for number in range(150))
    parsed = read(an_atom(f"<title>Harbour</title><link href='https://n.example/1' {crowd}/>"))

    assert [entry.link for entry in parsed.entries] == ["https://n.example/1"]


def test_entities_are_not_expanded() -> None:
    laughs = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = an_rss("<title>Before &l9; after</title><guid>g</guid>").replace("?>", f"?><!DOCTYPE rss [{laughs}]>", 1)

    parsed = read(text)

    assert len(parsed.entries[0].title) < 100


def test_every_kind_has_a_parser() -> None:
    assert set(KINDS) == {"rss", "jsonfeed"}


@given(
    st.lists(
        st.sampled_from(["<item>", "</item>", "<title>", "&#x", ";", "]]>", "<![CDATA[", "</channel>", "é", "<", "\0"])
    )
)
def test_no_document_raises(pieces: list[str]) -> None:
    result = outcome("<rss version='2.0'><channel>" + "".join(pieces))

    assert isinstance(result, Parsed | FetchFailed)


def test_a_link_takes_nothing_secret_from_the_address_of_its_feed() -> None:
    text = an_rss("<title>a</title><link>?p=1</link>", "<title>b</title><link>/b</link>")
    document = Document(
        url="https://ann:SECRET@example.org/rss?token=SECRET", body=text.encode(), content_type="", fetched_at=NOW
    )

    parsed = parse(FEED, PollState(feed=FEED.id), document)

    assert isinstance(parsed, Parsed)
    assert [entry.link for entry in parsed.entries] == ["https://example.org/rss?p=1", "https://example.org/b"]
