"""`feeds test`: ask a feed once and show what the monitor would see. Nothing is stored and nobody is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.output import note, plain, say, say_object, style
from monitor.cli.shell import Shell, pass_shell

if TYPE_CHECKING:  # at run time they are read late: `--help` needs none of them
    from monitor.config import Config
    from monitor.http import Answer
    from monitor.model import Article, Feed, FetchFailed, Hit, Parsed
    from monitor.rulebook import LoadedRules

_ORIGINS = {
    "zone": "the date names its zone",
    "feed-zone": "the date names none: the zone of the feed",
    "fetched": "the time of fetching",
}
_SHOWN_HEADERS = ("content-type", "etag", "last-modified", "cache-control", "retry-after")
_LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of asking a feed once."""

    feed: "Feed"
    seconds: float
    answer: "Answer | None" = None
    failed: "FetchFailed | None" = None
    parsed: "Parsed | None" = None
    articles: "Sequence[Article]" = ()
    broken: Sequence[str] = ()
    hits: "Sequence[tuple[Article, Hit]]" = ()


@click.command("test")
@click.argument("feed")
@click.option("--zone", help="The time zone of dates that name none, such as Asia/Seoul.")
@click.option("--country", help="The country whose clock is meant by words such as CST, as KR.")
@click.option("--lang", help="The language of articles where the feed names none.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, help="Show at most so many entries."
)
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead, with every entry.")
@pass_shell
def test(shell: Shell, /, *, feed: str, limit: int, as_object: bool, **said: str | None) -> int:
    """Ask FEED, a configured id or any address, and show what the monitor would see.

    The fetch with its redirects, each entry with its date and the reason for it, what is wrong, and the hits of
    the rules. Nothing is stored and nobody is told. Ends with 1 where no entry came.

    \b
    For example:
      relations-monitor feeds test https://feeds.bbci.co.uk/news/world/rss.xml
    """
    config = shell.config()
    one = _feed(config, feed, said)
    rules, _ = shell.rules(None)
    seen = _asked(config, one, rules)
    if as_object:
        say_object(_as_object(seen))
    else:
        _show(seen, config.display.zone, limit)
    return 0 if seen.articles else 1


def _feed(config: "Config", asked: str, said: dict[str, str | None]) -> "Feed":
    """The feed that is meant, with what the options say of it. Raises UsageError."""
    from monitor import log
    from monitor.config.addresses import feed_secrets, feed_slug, hide_feed_address
    from monitor.config.kinds import COUNTRY, LANGUAGE, WEB_ADDRESS, ZONE_NAME, WrongError
    from monitor.errors import UsageError
    from monitor.model import Feed, FeedId
    from monitor.toml import closest

    known = next((one for one in config.feeds if asked in (one.id, one.url)), None)
    try:
        zone, country, lang = (
            kind.read(value) if (value := said[name]) else ""
            for name, kind in (("zone", ZONE_NAME), ("country", COUNTRY), ("lang", LANGUAGE))
        )
        if known is None and "/" in asked:
            url = WEB_ADDRESS.read(asked)
            for secret in feed_secrets(url):
                log.hide(secret)
            known = Feed(id=FeedId(feed_slug(url)), url=url, title=feed_slug(url))
    except WrongError as wrong:
        guess = f" (did you mean {hide_feed_address(wrong.hint)}?)" if wrong.hint else ""
        raise UsageError(f"{wrong.because}{guess}", remedy="see `relations-monitor feeds test --help`") from None
    if known is None:
        near = closest(asked, (one.id for one in config.feeds))
        guess = f" (did you mean {near}?)" if near else ""
        named = hide_feed_address(asked)
        raise UsageError(f"there is no feed {named}{guess}", remedy="name a feed of `feeds list`, or an address")
    return replace(known, zone=zone or known.zone, country=country or known.country, lang=lang or known.lang)


def _asked(config: "Config", feed: "Feed", rules: "LoadedRules") -> Seen:
    """Ask the feed as the daemon would, and read the answer as it would."""
    from monitor.app import client_of
    from monitor.clock import SystemClock
    from monitor.feeds.articles import articles_of
    from monitor.feeds.fetch import Fetcher
    from monitor.feeds.kinds import parse
    from monitor.model import Document, FetchFailed, PollState
    from monitor.rules.match import match
    from monitor.text.tokens import read

    clock = SystemClock()
    state = PollState(feed=feed.id)
    begun = clock.seconds()
    with client_of(config, clock) as client:
        listening = _Listening(client)
        with Fetcher(listening, threads=1) as fetcher:
            polled = fetcher.fetch(feed, state, clock.now())
    seen = Seen(feed=feed, seconds=clock.seconds() - begun, answer=listening.answer)
    if not isinstance(polled, Document):
        return replace(seen, failed=polled if isinstance(polled, FetchFailed) else None)
    parsed = parse(feed, state, polled)
    if isinstance(parsed, FetchFailed):
        return replace(seen, failed=parsed)
    articles, broken = articles_of(feed, polled, parsed)
    hits = [(one, hit) for one in articles for hit in match(rules.ruleset, read(one, rules.ruleset.languages))]
    told = [f"{one.entry}: {type(one.error).__name__}: {one.error}" for one in broken]
    return replace(seen, parsed=parsed, articles=articles, broken=told, hits=hits)


class _Listening:
    """A client that remembers its last answer, so that it can be shown."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.answer: Answer | None = None

    def get(self, url: str, headers: Any = None) -> "Answer":
        """As the client's own."""
        self.answer = self._client.get(url, headers)
        return self.answer


# --- shown ------------------------------------------------------------------------------------------------------------


def _show(seen: Seen, zone: tzinfo, limit: int) -> None:
    from monitor.log import redact

    _show_fetch(seen)
    if seen.failed is not None:
        say(style(redact(f"{seen.failed.because}: {plain(seen.failed.detail)}"), "red"))
        return
    if seen.parsed is None:
        return
    title = f" ({plain(seen.parsed.title)[:_LONGEST_TITLE]})" if seen.parsed.title else ""
    lang = f", language {seen.parsed.lang}" if seen.parsed.lang else ""
    say(f"entries: {len(seen.parsed.entries)}, articles: {len(seen.articles)}{title}{lang}")
    for complaint in seen.parsed.complaints[:limit]:
        say(
            style(redact(f"  complaint: {plain(complaint.entry)}: {complaint.because}".replace(": : ", ": ")), "yellow")
        )
    for line in seen.broken:
        say(style(redact(f"  error of ours: {plain(line)}"), "red"))
    for article in seen.articles[:limit]:
        said = "" if article.dated is None else f"; it says {_moment(article.dated, zone)}"
        reason = _ORIGINS[article.date_origin] + (said if article.date_origin == "fetched" else "")
        say(f"  {_moment(article.published, zone)}  {plain(article.title or article.text)[:_LONGEST_TITLE]}")
        say(style(f"      {reason}; {article.lang or 'language unknown'}; {article.url or 'no link'}", "dim"))
    if len(seen.articles) > limit:
        say(f"  ... and {len(seen.articles) - limit} more")
    say(f"hits: {len(seen.hits)}")
    for article, hit in seen.hits:
        say(f"  {hit.title} [{hit.status}; {hit.rule}, {hit.severity}]")
        say(style(f"      {plain(article.title)[:_LONGEST_TITLE]}", "dim"))
    if seen.articles and not seen.hits:
        note("no hit is no fault: most articles tell of nothing that a rule looks for")


def _show_fetch(seen: Seen) -> None:
    from monitor.config.addresses import hide_feed_address

    say(f"{seen.feed.id}: {hide_feed_address(seen.feed.url)}")
    if seen.answer is None:
        say(f"no answer after {seen.seconds:.2f} s")
        return
    for status, target in seen.answer.hops:
        say(f"  {status} -> {hide_feed_address(target)}")
    kinds = ", ".join(
        f"{name} {plain(value)[:_LONGEST_TITLE]}"
        for name in _SHOWN_HEADERS
        if (value := seen.answer.headers.get(name, ""))
    )
    say(f"  status {seen.answer.status}, {len(seen.answer.body):,} bytes, {seen.seconds:.2f} s")
    say(f"  {kinds or 'no validators'}")
    if seen.answer.moved_to:
        say(style(f"  moved for good: put {hide_feed_address(seen.answer.moved_to)} into the configuration", "yellow"))


def _moment(when: datetime, zone: tzinfo) -> str:
    return f"{when.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def _as_object(seen: Seen) -> dict[str, Any]:
    from monitor.cli.scan import as_json
    from monitor.config.addresses import hide_feed_address
    from monitor.log import redact

    answer = seen.answer
    return {
        "feed": seen.feed.id,
        "url": hide_feed_address(seen.feed.url),
        "status": answer.status if answer else None,
        "seconds": round(seen.seconds, 3),
        "bytes": len(answer.body) if answer else None,
        "redirects": [{"status": code, "to": hide_feed_address(to)} for code, to in (answer.hops if answer else ())],
        "moved_to": hide_feed_address(answer.moved_to) if answer else "",
        "headers": {name: answer.headers[name] for name in _SHOWN_HEADERS if answer and name in answer.headers},
        "failure": None
        if seen.failed is None
        else {"because": seen.failed.because, "detail": redact(seen.failed.detail)},
        "title": seen.parsed.title if seen.parsed else "",
        "lang": seen.parsed.lang if seen.parsed else "",
        "complaints": [
            {"entry": one.entry, "because": one.because} for one in (seen.parsed.complaints if seen.parsed else ())
        ],
        "errors": list(seen.broken),
        "entries": [
            {
                "article": one.id, "title": one.title, "url": one.url, "lang": one.lang, "outlet": one.outlet,
                "published": one.published, "date_origin": one.date_origin, "dated": one.dated,
            }
            for one in seen.articles
        ],
        "hits": [as_json(hit) for _, hit in seen.hits],
    }  # fmt: skip
