"""Hours of the day as moments, where clocks are moved."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from monitor.alerts.daytime import moment_of, next_at, quiet_until

BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
ZONES = st.sampled_from(
    ["UTC", "Asia/Seoul", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe"]
).map(ZoneInfo)  # fmt: skip
TIMES = st.integers(0, 24 * 60 - 1).map(lambda count: time(count // 60, count % 60))
START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 366 * 24 * 60).map(lambda count: START + timedelta(minutes=count))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc] # year, month, day, ...


def test_a_time_that_no_clock_shows_is_the_jump_over_it() -> None:
    assert moment_of(SPRING, time(2, 30), BERLIN) == utc(2026, 3, 29, 1)


def test_a_time_shown_twice_begins_with_the_first_and_ends_with_the_last() -> None:
    assert moment_of(AUTUMN, time(2, 30), BERLIN) == utc(2026, 10, 25, 0, 30)
    assert moment_of(AUTUMN, time(2, 30), BERLIN, is_last=True) == utc(2026, 10, 25, 1, 30)


def test_quiet_hours_that_end_in_the_hour_shown_twice_end_once() -> None:
    start, end = time(22), time(2, 30)

    assert quiet_until(start, end, utc(2026, 10, 25, 0, 45), BERLIN) == utc(2026, 10, 25, 1, 30)
    assert quiet_until(start, end, utc(2026, 10, 25, 1, 15), BERLIN) == utc(2026, 10, 25, 1, 30)
    assert quiet_until(start, end, utc(2026, 10, 25, 1, 30), BERLIN) is None


@given(start=TIMES, end=TIMES, now=MOMENTS, zone=ZONES)
@example(start=time(22), end=time(2, 30), now=utc(2026, 10, 25, 1, 15), zone=BERLIN)
@example(start=time(2, 15), end=time(2, 45), now=utc(2026, 3, 29, 1), zone=BERLIN)
def test_quiet_hours_have_no_gap_and_no_double(start: time, end: time, now: datetime, zone: ZoneInfo) -> None:
    """Where the clock shows a quiet hour it is quiet; a stretch that began goes on to its one end, and then is over."""
    if start == end:
        return
    local = now.astimezone(zone).time()
    shown = start <= local < end if start < end else local >= start or local < end

    until = quiet_until(start, end, now, zone)

    if shown:
        assert until is not None
    if until is not None:
        assert now < until
        assert quiet_until(start, end, now + (until - now) / 2, zone) == until
        after = quiet_until(start, end, until, zone)
        assert after is None or after > until


@given(at=TIMES, now=MOMENTS, zone=ZONES)
def test_a_digest_goes_once_a_day(at: time, now: datetime, zone: ZoneInfo) -> None:
    first = next_at(at, now, zone)
    second = next_at(at, first, zone)

    assert now < first
    assert second.astimezone(zone).date() - first.astimezone(zone).date() == timedelta(days=1)
    assert next_at(at, first - timedelta(minutes=1), zone) == first
