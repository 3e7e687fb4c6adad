"""A date means the moment that its publisher meant, or nothing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds.dates import NEWEST, OLDEST, date_of, moment_of

FETCHED = datetime(2026, 11, 24, 20, tzinfo=UTC)
SEOUL_TEN = datetime(2026, 11, 24, 1, tzinfo=UTC)

OWN_ZONE = [
    ("Tue, 24 Nov 2026 01:00:00 GMT", SEOUL_TEN),
    ("Tue, 24 Nov 2026 10:00:00 +0900", SEOUL_TEN),
    ("Tue, 24 Nov 2026 10:00:00 +0900 (KST)", SEOUL_TEN),
    ("Tue, 24 Nov 2026 10:00:00 KST", SEOUL_TEN),
    ("Tue, 24 Nov 2026 10:00 JST", SEOUL_TEN),
    ("Tue, 24 Nov 2026 10:00:00 UTC+9", SEOUL_TEN),
    ("Tue, 24 Nov 2026 10:00:00 GMT+0900", SEOUL_TEN),
    ("24 Nov 26 10:00 KST", SEOUL_TEN),
    ("24-Nov-2026 10:00 KST", SEOUL_TEN),
    ("Tue, 24 Nov 2026 04:00:00 MSK", SEOUL_TEN),
    ("Tue, 24 Nov 2026 03:00:00 EET", SEOUL_TEN),
    ("Fri, 24 Jul 2026 04:00:00 EEST", datetime(2026, 7, 24, 1, tzinfo=UTC)),
    ("Mon, 23 Nov 2026 8:00 p.m. EST", SEOUL_TEN),
    ("2026-11-24T10:00:00+09:00", SEOUL_TEN),
    ("2026-11-24T10:00:00.123+0900", SEOUL_TEN),
    ("2026-11-24T01:00Z", SEOUL_TEN),
    ("20261124T010000Z", SEOUL_TEN),
    ("2026-11-24 10:00:00 KST", SEOUL_TEN),
    ("2026年11月24日(火) 10時00分 JST", SEOUL_TEN),
    ("mar, 24 nov 2026 02:00:00 +0100", SEOUL_TEN),
    ("mar 24 nov 2026 02:00:00 +0100", SEOUL_TEN),
    ("Nov 24, 2026 10:00 KST", SEOUL_TEN),
    ("24 de noviembre de 2026 02:00 CET", SEOUL_TEN),
    ("вт, 24 ноя 2026 04:00:00 +0300", SEOUL_TEN),
    ("Sat Nov 21 10:15:00 UTC 2026", datetime(2026, 11, 21, 10, 15, tzinfo=UTC)),
]
FEED_ZONE = [
    "2026.11.24 10:00",
    "2026. 11. 24. 오전 10:00",
    "2026년 11월 24일 10:00",
    "2026년 11월 24일 오전 10시",
    "2026年11月24日 10时00分",
    "2026年11月24日10:00",
    "2026/11/24 10:00:00",
    "24.11.2026 10:00",
    "24/11/2026 10:00",
    "24 ноября 2026 г., 10:00",
    "24 листопада 2026, 10:00",
    "Tuesday, November 24, 2026 10:00 AM",
    "Tue Nov 24 10:00:00 2026",
    "Tue, 24 Nov 2026 10:00:00",
    "２０２６年１１月２４日 １０：００",
]
UNUSABLE = [
    "", "no date at all", "yesterday", "Sat, 32 Nov 2024 25:61:00 GMT", "2026-13-01T00:00:00Z", "2026-11-24T10:61:00Z",
    "1732356900", "05/06/2026 10:00 GMT", "32/13/20244", "Tue, 24 Nov 2026 24:00:00 GMT", "0000-00-00T00:00:00Z",
]  # fmt: skip


@pytest.mark.parametrize(("text", "moment"), OWN_ZONE, ids=[text for text, _ in OWN_ZONE])
def test_a_date_with_a_zone_of_its_own_means_that_zone(text: str, moment: datetime) -> None:
    found = date_of(text, fetched_at=FETCHED, zone="America/Lima", country="PE")

    assert found == (moment, "zone")


@pytest.mark.parametrize("text", FEED_ZONE)
def test_a_date_without_a_zone_gets_that_of_its_feed(text: str) -> None:
    found = date_of(text, fetched_at=FETCHED, zone="Asia/Seoul", country="KR")

    assert found == (SEOUL_TEN, "feed-zone")


@pytest.mark.parametrize("text", FEED_ZONE)
def test_a_date_without_a_zone_is_never_taken_for_utc(text: str) -> None:
    assert date_of(text, fetched_at=FETCHED, zone="", country="") == (None, "fetched")


@pytest.mark.parametrize("text", UNUSABLE)
def test_what_is_no_date_is_unusable(text: str) -> None:
    assert date_of(text, fetched_at=FETCHED, zone="Asia/Seoul", country="KR") == (None, "fetched")


@pytest.mark.parametrize(
    ("word", "country", "hours"),
    [
        ("CST", "CN", 8),
        ("CST", "us", -6),
        ("CST", "CU", -5),
        ("BST", "GB", 1),
        ("BST", "BD", 6),
        ("IST", "IN", 5.5),
        ("IST", "IL", 2),
    ],
)
def test_a_zone_word_that_means_several_is_settled_by_the_country(word: str, country: str, hours: float) -> None:
    moment, _ = date_of(f"Tue, 24 Nov 2026 10:00:00 {word}", fetched_at=FETCHED, zone="", country=country)

    assert moment == datetime(2026, 11, 24, 10, tzinfo=timezone(timedelta(hours=hours)))


def test_a_zone_word_that_nothing_settles_leaves_the_date_unusable() -> None:
    assert date_of("Tue, 24 Nov 2026 10:00:00 CST", fetched_at=FETCHED) == (None, "fetched")


def test_a_zone_that_does_not_exist_is_none() -> None:
    assert date_of("2026.11.24 10:00", fetched_at=FETCHED, zone="Mars/Olympus") == (None, "fetched")


def test_a_bare_day_begins_in_the_zone_of_its_feed() -> None:
    found = date_of("2026-11-24", fetched_at=FETCHED, zone="Asia/Seoul")

    assert found == (datetime(2026, 11, 23, 15, tzinfo=UTC), "feed-zone")


@given(text=st.text(max_size=300), zone=st.sampled_from(["", "Asia/Seoul", "../etc", "x" * 300]))
def test_no_text_raises_and_every_date_is_in_utc(text: str, zone: str) -> None:
    moment, origin = date_of(text, fetched_at=FETCHED, zone=zone, country="CN")

    assert (moment is None) == (origin == "fetched")
    assert moment is None or moment.tzinfo is UTC


@given(
    seconds=st.integers(365 * 86_400, 128 * 365 * 86_400),
    minutes=st.integers(-14 * 60, 14 * 60),
)
def test_iso_and_rfc_822_come_back_as_the_same_moment(seconds: int, minutes: int) -> None:
    local = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))

    assert date_of(local.isoformat(), fetched_at=FETCHED)[0] == local
    assert date_of(f"{local:%a, %d %b %Y %H:%M:%S %z}", fetched_at=FETCHED)[0] == local


@pytest.mark.parametrize(
    "dated", [None, FETCHED - OLDEST - timedelta(seconds=1), FETCHED + NEWEST + timedelta(seconds=1)]
)
def test_a_date_far_from_fetching_gives_way_to_the_time_of_fetching(dated: datetime | None) -> None:
    assert moment_of(dated, FETCHED) == (FETCHED, "fetched")


@pytest.mark.parametrize("dated", [FETCHED - OLDEST, FETCHED, FETCHED + NEWEST])
def test_a_date_near_to_fetching_is_the_moment_of_the_article(dated: datetime) -> None:
    assert moment_of(dated, FETCHED, "feed-zone") == (dated, "feed-zone")
