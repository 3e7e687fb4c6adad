"""Hours of the reader's day as moments, also on the two days a year whose clocks are moved.

A time that a clock shows twice means its first showing where something begins and its last where something ends; one
that no clock shows that day means the moment at which the clock jumps over it. So a window is one stretch a day, with
no gap in which the clock shows a quiet hour and nobody is quiet, and a digest goes once a day.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAY = timedelta(days=1)


def moment_of(day: date, at: time, zone: tzinfo, *, is_last: bool = False) -> datetime:
    """When the clock of `zone` shows this time on this day, in UTC."""
    wanted = datetime.combine(day, at)
    first, last = (wanted.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= last:
        return last if is_last else first
    # no clock shows it: the jump lies between the two readings
    low, high = last, first
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(zone).replace(tzinfo=None) >= wanted:
            high = middle
        else:
            low = middle
    return high


def next_at(at: time, after: datetime, zone: tzinfo) -> datetime:
    """The first moment after `after` at which the clock shows this time, each day once."""
    day = after.astimezone(zone).date()
    moments = (moment_of(day + _DAY * count, at, zone) for count in range(-1, 4))
    return min(moment for moment in moments if moment > after)


def quiet_until(start: time, end: time, now: datetime, zone: tzinfo) -> datetime | None:
    """The end of the quiet hours in which `now` lies; None outside of them. From 22:00 to 07:00 goes over midnight."""
    today = now.astimezone(zone).date()
    found = None
    for day in (today - _DAY, today, today + _DAY):
        begins = moment_of(day, start, zone)
        ends = moment_of(day if start < end else day + _DAY, end, zone, is_last=True)
        if begins <= now < ends:
            found = ends if found is None else max(found, ends)
    return found
