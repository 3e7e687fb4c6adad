"""When a feed is due again, and what is remembered of a poll: pure, with time and chance as arguments."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from monitor.decisions import Due
from monitor.model import Document, Feed, FetchFailed, NotModified, Polled, PollState
from monitor.waits import LONGEST_RETRY_AFTER

SOONEST = timedelta(seconds=30)
"""However often the configuration or a server wishes it, no feed is asked sooner."""
LONGEST_BACK_OFF = timedelta(hours=6)
LONGEST_FRESHNESS = timedelta(hours=1)
"""A publisher may slow us down by max-age or ttl, but news that old is no alert."""
SPREAD = 0.1
"""Jitter adds up to this share of the wait, so that feeds that failed together don't come back together."""


def current(feed: Feed, state: PollState) -> PollState:
    """What of the memory still holds: after a change of the feed's address in the configuration, only the polls do.

    Validators, `moved_to` and `is_gone` were learned from `moved_from`, the address that was configured then.
    """
    if state.moved_from in ("", feed.url):
        return state
    return replace(state, etag="", last_modified="", body_digest="", moved_to="", moved_from="", is_gone=False)


def address(feed: Feed, state: PollState) -> str:
    """Where to ask: the address that a permanent redirect named, else the configured one."""
    return current(feed, state).moved_to or feed.url


def next_due(
    feed: Feed, state: PollState, polled: Polled, now: datetime, jitter: float, *, ttl: timedelta | None = None
) -> Due:
    """When to poll next, and why. `state` is as before this poll; `jitter` is 0 (included) to 1 (excluded).

    Never in the past, never sooner than Retry-After (of which a day is believed); None for a feed that is gone.
    `ttl` is how seldom the document itself asks to be polled.
    """
    if isinstance(polled, FetchFailed):
        return _after_failure(feed, state, polled, now, jitter)
    every = max(feed.every, SOONEST)
    if isinstance(polled, Document | NotModified):
        wait, because = every, "interval"
        for wish, name in ((polled.max_age, "max-age"), (ttl, "ttl")):
            if wish is not None and (capped := min(wish, LONGEST_FRESHNESS)) > wait:
                wait, because = capped, name
        return Due(at=now + wait * (1 + SPREAD * jitter), because=because)
    assert_never(polled)


def _after_failure(feed: Feed, state: PollState, failed: FetchFailed, now: datetime, jitter: float) -> Due:
    every = max(feed.every, SOONEST)
    if failed.because == "gone" and not current(feed, state).moved_to:
        return Due(at=None, because="gone")
    failures = state.failures + 1
    longest = max(every, LONGEST_BACK_OFF)
    # 2 ** 20 intervals of 30 s are a year, so the exponent's cap never shortens a wait and keeps it from overflowing
    wait = longest if every >= longest else min(every * 2 ** min(failures - 1, 20), longest)
    because = f"back-off after {failures} failures" if failures > 1 else "interval after a failure"
    if failed.retry_after is not None:
        asked = min(failed.retry_after, LONGEST_RETRY_AFTER)
        if asked >= wait or failures == 1:
            wait, because = max(asked, SOONEST), "retry-after"
    return Due(at=now + wait * (1 + SPREAD * jitter), because=because)


def after_poll(
    feed: Feed, state: PollState, polled: Polled, now: datetime, jitter: float, *, ttl: timedelta | None = None
) -> PollState:
    """What to remember: validators, failures, where the feed moved, when it is due and why.

    To be stored in the transaction that stores the document's articles: validators alone would turn the next
    poll into a 304 and lose the entries. A document that `parse` refused comes here as its FetchFailed.
    """
    held = current(feed, state)
    due = next_due(feed, held, polled, now, jitter, ttl=ttl)
    seen = replace(held, last_polled=now, next_due=due.at, because=due.because, moved_from=feed.url)
    if isinstance(polled, FetchFailed):
        return replace(
            seen,
            failures=held.failures + 1,
            last_error=f"{polled.because}: {polled.detail}",
            is_gone=due.at is None,
            # an address that a redirect named may die alone: the next poll asks the configured one again
            moved_to="" if polled.because in ("gone", "dns", "refused-address", "not-a-feed") else held.moved_to,
        )
    # a 304 proves that the server lives, so it ends a failure streak though nothing was read
    alive = replace(
        seen, failures=0, last_error="", last_success=now, is_gone=False, moved_to=polled.moved_to or held.moved_to
    )
    if isinstance(polled, Document):
        return replace(alive, etag=polled.etag, last_modified=polled.last_modified, body_digest=polled.body_digest)
    if isinstance(polled, NotModified):
        return replace(
            alive,
            etag=polled.etag or held.etag,
            last_modified=polled.last_modified or held.last_modified,
        )
    assert_never(polled)
