"""Feed + PollState -> Document, NotModified or FetchFailed; many at once.

Whatever a server does is one of the three. What an answer is worth is decided here; reaching it is `http`'s.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

from monitor.feeds.schedule import address, current
from monitor.http import Answer, HttpError
from monitor.model import Document, Feed, FetchFailed, NotModified, Polled, PollState
from monitor.waits import retry_after_of

ACCEPTED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
_LONGEST_VALIDATOR = 1_000
_MORE_AFTER_SECONDS = 1.0

Due = tuple[Feed, PollState]
"""A feed to ask, and what is remembered of it."""

_OK, _NOT_MODIFIED, _GONE = 200, 304, 410


class Getter(Protocol):
    """What fetching needs of the HTTP client."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a GET. Raises HttpError."""


class Fetcher:
    """Polls feeds, at most `threads` at a time. Close it at the end; the client is the caller's."""

    def __init__(self, client: Getter, *, threads: int = 16) -> None:
        self._client = client
        self._places = 2 * threads  # so that none is idle while the caller takes in what came
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="fetch")

    def fetch(self, feed: Feed, state: PollState, now: datetime) -> Polled:
        """Ask a feed once. Never raises: an exception that nobody foresaw is FetchFailed("internal")."""
        try:
            held = current(feed, state)
            return _judged(self._client.get(address(feed, state), _conditions(held)), held, now)
        except HttpError as error:
            return FetchFailed(fetched_at=now, because=error.because, detail=error.detail)
        except Exception as error:  # it costs this poll; the caller logs it as work not done
            detail = f"{type(error).__name__}: {error}"
            return FetchFailed(fetched_at=now, because="internal", detail=detail)

    def fetch_all(
        self,
        more: Callable[[int], Iterable[Due]],
        now: Callable[[], datetime],
        *,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[tuple[Feed, PollState, Polled]]:
        """Ask feeds, many at once, and give each answer as it comes, until none is under way and no more are due.

        `more` gives at most so many feeds to ask; it is called whenever half of the places are free, and every
        second, so that feeds that hang hold back nobody. Whoever stops early abandons what has not begun.
        """
        asked: dict[Future[Polled], Due] = {}
        try:
            while not should_stop():
                under_way = {feed.id for feed, _ in asked.values()}
                for feed, state in more(self._places - len(asked)):
                    if feed.id not in under_way:  # a lease may run out under a poll that lasts
                        asked[self._threads.submit(self.fetch, feed, state, now())] = (feed, state)
                if not asked:
                    return
                yield from self._answers(asked, should_stop)
        finally:
            for future in asked:
                future.cancel()

    def _answers(
        self, asked: dict[Future[Polled], Due], should_stop: Callable[[], bool]
    ) -> Iterator[tuple[Feed, PollState, Polled]]:
        """What comes until half of the places are free, or for a second."""
        while asked and not should_stop():
            done, _ = wait(asked, timeout=_MORE_AFTER_SECONDS, return_when=FIRST_COMPLETED)
            for future in [one for one in asked if one in done]:  # in the order of asking, so that one thread keeps it
                if should_stop():
                    return
                feed, state = asked.pop(future)
                yield feed, state, future.result()
            if not done or len(asked) * 2 <= self._places:
                return

    def close(self) -> None:
        """Wait for the polls under way and end the threads."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _conditions(state: PollState) -> dict[str, str]:
    headers = {"Accept": ACCEPTED}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def _judged(answer: Answer, state: PollState, now: datetime) -> Polled:
    """What an answer is worth."""
    etag, last_modified = (_validator(answer.headers.get(name, "")) for name in ("etag", "last-modified"))
    max_age = max_age_of(answer.headers)
    if answer.status == _NOT_MODIFIED and not (state.etag or state.last_modified):
        detail = "304 to a request that was not conditional"
        return FetchFailed(fetched_at=now, because="protocol", detail=detail, status=answer.status)
    if answer.status not in (_OK, _NOT_MODIFIED):
        return FetchFailed(
            fetched_at=now,
            because="gone" if answer.status == _GONE else "http",
            detail=f"the server answered {answer.status}",
            status=answer.status,
            retry_after=retry_after_of(answer.headers.get("retry-after", ""), now),
        )
    digest = hashlib.sha256(answer.body).hexdigest()
    if answer.status == _NOT_MODIFIED or digest == state.body_digest:
        return NotModified(
            fetched_at=now, etag=etag, last_modified=last_modified, moved_to=answer.moved_to, max_age=max_age
        )
    return Document(
        url=answer.url,
        body=answer.body,
        content_type=answer.headers.get("content-type", ""),
        fetched_at=now,
        body_digest=digest,
        etag=etag,
        last_modified=last_modified,
        moved_to=answer.moved_to,
        max_age=max_age,
    )


def _validator(value: str) -> str:
    """A validator that can be sent back: none at all rather than half of one."""
    return value if len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable() else ""


def max_age_of(headers: Mapping[str, str]) -> timedelta | None:
    """How much longer the answer stays fresh: max-age of Cache-Control less Age; None where it does not say."""
    said: dict[str, str] = {}
    for part in headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        said[name] = value.strip('" ')
    seconds, age = said.get("max-age", ""), headers.get("age", "").strip()
    if not seconds.isdigit() or "no-cache" in said or "no-store" in said:
        return None
    left = min(int(seconds[:9]), 365 * 86400) - (int(age[:9]) if age.isdigit() else 0)
    return timedelta(seconds=left) if left > 0 else None
