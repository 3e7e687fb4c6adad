"""How long the other side asks to be left alone, by the header that feeds and channels answer with alike."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_RETRY_AFTER = timedelta(hours=24)
"""A longer wait asked for is cut to this: a wrong header must not silence anybody for good."""


def retry_after_of(value: str, now: datetime) -> timedelta | None:
    """How long the server asks to be left alone, a day at most; None for junk and for what is past.

    `value` is a Retry-After header: seconds or an HTTP date (RFC 9110, 10.2.3).
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        seconds = min(int(text[:12]), int(LONGEST_RETRY_AFTER.total_seconds()))
        return timedelta(seconds=seconds) if seconds else None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return min(wait, LONGEST_RETRY_AFTER) if wait > timedelta(0) else None
