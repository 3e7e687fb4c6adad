"""One hostile case through the real fetcher and parser, and what came of it in the words of the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.feeds.fetch import Fetcher
from monitor.feeds.kinds import parse
from monitor.feeds.schedule import after_poll
from monitor.model import Document, Feed, FeedId, FetchFailed, NotModified, Parsed, PollState

WORDS = {
    "redirect": "redirect-loop",
    "refused-address": "forbidden-address",
    "connect": "connection",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a case did to us: its outcome poll by poll, and what is wrong with it in words."""

    path: str
    outcomes: tuple[str, ...]
    problems: tuple[str, ...]


def outcome(result: Parsed | NotModified | FetchFailed) -> str:
    """What came of one poll, in the words of the table."""
    if isinstance(result, Parsed):
        return f"entries={len(result.entries)}"
    if isinstance(result, NotModified):
        return "unchanged"
    if result.because == "http":
        return {429: "error=rate-limited", 503: "error=unavailable"}.get(result.status or 0, "error=http-error")
    return f"error={WORDS.get(result.because, result.because)}"


def poll_case(fetcher: Fetcher, base: str, case: Mapping[str, Any], now: datetime) -> Seen:
    """Poll a case as often as the table says, remembering between the polls as the daemon does."""
    path = str(case["path"])
    feed = Feed(id=FeedId(path), url=f"{base}{path}?k=poll", title=path)
    state = PollState(feed=feed.id)
    outcomes: list[str] = []
    problems: list[str] = []
    for wanted, new in case.get("polls") or [(case["expected"], None)]:
        polled = fetcher.fetch(feed, state, now)
        read = parse(feed, state, polled) if isinstance(polled, Document) else polled
        state = after_poll(feed, state, read if isinstance(read, FetchFailed) else polled, now, jitter=0.5)
        came = outcome(read)
        outcomes.append(came)
        if came not in (wanted, *case.get("also", ())) and not (came == "unchanged" and new == 0):
            detail = read.detail if isinstance(read, FetchFailed) else ""
            problems.append(f"wanted {wanted}, came {came} {detail}")
        if isinstance(read, FetchFailed) and (asked := case.get("retry_after_s")):
            waits = read.retry_after.total_seconds() if read.retry_after else 0
            if abs(waits - min(asked, 86_400)) > 5:
                problems.append(f"the server asked for {asked} s, noted were {waits}")
    if state.moved_to != case.get("moved_to", ""):
        problems.append(f"moved to {case.get('moved_to')!r}, remembered was {state.moved_to!r}")
    return Seen(path=path, outcomes=tuple(outcomes), problems=tuple(problems))
