"""The Atom feed and the JSON Feed of alerts: valid, the same things under the same ids, and nothing hostile in them."""

import json
import re
from datetime import UTC
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.message import compose
from monitor.model import Alert, AlertId, StoryId
from monitor.publish import atom, jsonfeed
from monitor.publish.items import Channel, Item, first_told, item_of
from tests.builders import NAMES, NOON, a_hit, a_report, an_alert, an_evidence, codes, hours

HERE = Channel(title="Alerts & <more>", url="https://desk.example.org/alerts/")
TAG = re.compile(r"tag:desk\.example\.org,2026:[A-Za-z0-9/._-]+")
HOSTILE = "</title><script>alert(1)</script>]]>&amp;\x1b[31m\u202e\ufffe\ud800 end"


def item(alert: Alert) -> Item:
    return item_of(alert, compose(alert, NAMES, NOON, zone=UTC), lambda address: "token" not in address)


def rendered(*alerts: Alert) -> tuple[feedparser.FeedParserDict, dict[str, object]]:
    items = [item(alert) for alert in first_told(alerts)]
    return feedparser.parse(atom.render(HERE, items, NOON)), json.loads(jsonfeed.render(HERE, items))


def test_both_feeds_say_the_same_under_the_same_ids() -> None:
    later = an_alert(id=AlertId("b"), kind="update", changes=("now denied",), raised_at=NOON + hours(1))

    read, written = rendered(an_alert(), later)

    assert (read.bozo, read.version, read.feed.title) == (False, "atom10", "Alerts & <more>")
    items = written["items"]
    assert isinstance(items, list)
    assert [entry.id for entry in read.entries] == [one["id"] for one in items]
    assert [entry.title for entry in read.entries] == [one["title"] for one in items]
    assert read.entries[0].title.startswith("Update: ")
    assert all(TAG.fullmatch(entry.id) for entry in [*read.entries, read.feed])
    assert read.entries[0].updated == "2026-11-24T13:00:00Z"
    assert read.feed.updated == read.entries[0].updated
    assert [link.href for link in read.feed.links] == ["https://desk.example.org/alerts/alerts.atom"]
    assert (written["version"], written["feed_url"]) == (
        "https://jsonfeed.org/version/1.1", "https://desk.example.org/alerts/alerts.json",
    )  # fmt: skip


def test_the_words_that_matched_are_marked_and_the_article_is_linked() -> None:
    read, _ = rendered(an_alert())

    assert "<b>Pyongyang</b> has <b>sent</b>" in read.entries[0].content[0].value
    assert read.entries[0].link == "https://news.example/a1"


def test_what_several_channels_were_told_is_there_once_and_keeps_its_id() -> None:
    desk, pager = an_alert(), an_alert(id=AlertId("b"), raised_at=NOON + hours(1))
    other = an_alert(id=AlertId("c"), story=StoryId("other"))

    told = first_told([pager, other, desk])

    assert {alert.id for alert in told} == {desk.id, other.id}
    assert item(desk).key == item(pager).key != item(other).key


def test_an_update_is_another_thing_than_what_it_updates() -> None:
    update = an_alert(id=AlertId("b"), kind="update", changes=("now denied",))

    assert len(first_told([an_alert(), update])) == 2


@pytest.mark.parametrize("hostile", [HOSTILE, "a" * 5000, "=x\n\r\t\x00\x85\u2028"])
def test_nothing_hostile_comes_through(hostile: str) -> None:
    hit = a_hit(title=hostile, evidence=(an_evidence(context=hostile, marks=((0, 3),)),), why=hostile)
    lead = a_report(hit=hit, outlet=hostile, title=hostile, url="javascript:alert(1)")
    plain = a_report(hit=hit, outlet=f"{hostile}2", url='https://x.example/"><script>')

    items = [item(an_alert(title=hostile, lead=lead, reports=(lead, plain), changes=(hostile,), tags=(hostile,)))]
    document, written = atom.render(HERE, items, NOON), jsonfeed.render(HERE, items)

    tree = ElementTree.fromstring(document)
    said = [text for element in tree.iter() for text in (element.text or "", *element.attrib.values())]
    html = json.loads(written)["items"][0]["content_html"]
    assert "javascript:" not in document.decode() + written.decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ufffe]", "".join(said) + written.decode())
    for shown in (html, tree.find("{*}entry/{*}content").text):  # type: ignore[union-attr]  # found, or the test fails here
        tags = set(re.findall(r"</?\w+", shown or ""))
        assert {tag.strip("</") for tag in tags} <= {"ul", "li", "p", "blockquote", "b", "dl", "dt", "dd", "a"}


def test_an_address_that_is_not_public_is_left_out() -> None:
    secret = "https://wire.example/a?token=s3cret"
    lead = a_report(url=secret)
    items = [item(an_alert(lead=lead, reports=(lead, a_report("a2", outlet="Other"))))]

    whole = atom.render(HERE, items, NOON) + jsonfeed.render(HERE, items)

    assert b"s3cret" not in whole
    assert b"https://news.example/a2" in whole


def test_without_an_address_of_its_own_the_ids_belong_to_nobody() -> None:
    document = feedparser.parse(atom.render(Channel(title="x"), [item(an_alert())], NOON))

    assert document.feed.id == "tag:relations-monitor.invalid,2026:alerts"
    assert "links" not in document.feed


def test_an_empty_feed_is_valid() -> None:
    document = feedparser.parse(atom.render(HERE, [], NOON))

    assert (document.bozo, document.entries, document.feed.updated) == (False, [], "2026-11-24T12:00:00Z")


@given(text=st.text(), attribution=st.sampled_from(["", "RUS", "KOR UKR"]))
def test_any_text_gives_a_feed_that_can_be_read(text: str, attribution: str) -> None:
    lead = a_report(hit=a_hit(title=text, attribution=codes(attribution)), outlet=text, url=f"https://x.example/{text}")
    items = [item(an_alert(title=text, lead=lead, reports=(lead,), tags=(text,)))]

    ElementTree.fromstring(atom.render(HERE, items, NOON))
    (told,) = json.loads(jsonfeed.render(HERE, items))["items"]
    assert urlsplit(told["url"]).scheme == "https"
