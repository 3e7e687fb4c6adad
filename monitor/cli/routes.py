"""`routes test`: where something would go, when and why, with the routes and the silences as they are."""

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.output import local, note, say, say_objects, style
from monitor.cli.shell import Shell, pass_shell
from monitor.errors import StoreError, UsageError

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.decisions import Verdict
    from monitor.model import Route, Standing, StoryChange
    from monitor.rules.compile import RuleSet
    from monitor.store import Store


@click.group()
def command() -> None:
    """Try where an alert would go.

    \b
    For example:
      echo "North Korea sends 3,000 soldiers to Russia" | relations-monitor routes test
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A story with what would become of it, and the routes that leave it, each with its reason."""

    change: "StoryChange"
    verdicts: "tuple[Verdict, ...]"
    left: tuple[tuple[str, str], ...]


@command.command()
@click.argument("text", metavar="[TEXT]", required=False)
@click.option("--lang", default="en", show_default=True, metavar="CODE", help="The language of the text.")
@click.option("--story", metavar="ID", help="A stored story instead; the beginning of its id is enough.")
@click.option("--alert", metavar="ID", help="The story of a stored alert instead.")
@click.option("--at", "when", metavar="WHEN", help="As if it were this moment: 2026-11-24T03:00; left out, now.")
@click.option("--json", "as_objects", is_flag=True, help="Print one JSON object a verdict instead.")
@pass_shell
def test(
    shell: Shell,
    *,
    text: str | None,
    lang: str,
    story: str | None,
    alert: str | None,
    when: str | None,
    as_objects: bool,
) -> int:
    """Say where a TEXT (or standard input, its first line the title) would go, when and why, were nobody told yet.

    Nothing is sent or stored. Silences in force count where there is a database. Ends with 1 where nothing would be
    told to anybody.

    \b
    For example:
      relations-monitor routes test "North Korea sends 3,000 soldiers to Russia" --at 2026-11-24T03:00
      relations-monitor routes test --alert 3f9a1c
    """
    from monitor.app import routes_of
    from monitor.cli.asking import moment
    from monitor.clock import SystemClock
    from monitor.rulebook import load_rules

    config = shell.config()
    now = SystemClock().now()
    now = moment(when, now, config.display.zone, option="--at") if when else now
    ruleset = load_rules(
        config.rules.dir, with_shipped=config.rules.with_shipped, names_in=config.display.language
    ).ruleset
    routes = routes_of(config, ruleset.actors)
    with _store(shell, config, is_needed=bool(story or alert)) as store:
        if story or alert:
            assert store is not None
            changes = [_stored(store, ruleset, story, alert)]
        else:
            changes = _told_by(text if text is not None else sys.stdin.read(), lang, ruleset, now)
        tried = [_tried(change, _standing(store, routes, change, ruleset, config, now), ruleset, now)
                 for change in changes]  # fmt: skip
    if not tried:
        note("the rules find nothing in it")
    elif as_objects:
        say_objects(_as_object(one, verdict) for one in tried for verdict in one.verdicts)
    else:
        for one in tried:
            _tell(one, config)
    return 0 if any(_is_told(verdict) for one in tried for verdict in one.verdicts) else 1


@contextlib.contextmanager
def _store(shell: Shell, config: "Config", *, is_needed: bool) -> "Iterator[Store | None]":
    """The database; where a text alone is tried it may be missing."""
    try:
        opened = shell.store(config)
    except StoreError:
        if is_needed:
            raise
        yield None
        return
    with contextlib.closing(opened) as store:
        yield store


def _stored(store: "Store", ruleset: "RuleSet", story: str | None, alert: str | None) -> "StoryChange":
    from monitor.model import StoryChange
    from monitor.store import alerts, stories
    from monitor.stories.sides import corroboration

    if story and alert:
        raise UsageError("--story and --alert at once", remedy="name one of them")
    with store.look() as work:
        name = story or alerts.get(work, alert or "").alert.story
        found = stories.named(work, name)
    return StoryChange(
        before=None,
        after=found,
        because="as stored",
        hits=(found.reports[-1].hit,),
        corroboration=corroboration(found, ruleset.outlets),
    )


def _told_by(text: str, lang: str, ruleset: "RuleSet", now: datetime) -> "list[StoryChange]":
    """What a text would open, were there no stories."""
    from monitor.model import Article, ArticleId, FeedId
    from monitor.rules.match import match
    from monitor.stories.keys import occurrences_of
    from monitor.stories.place import place
    from monitor.text.tokens import read

    title, _, body = text.strip().partition("\n")
    if not title:
        raise UsageError("there is no text", remedy="write it as an argument, or into standard input")
    article = Article(
        id=ArticleId("test"), feed=FeedId("test"), url="", title=title, text=body.strip(), lang=lang, outlet="Test",
        published=now, fetched_at=now,
    )  # fmt: skip
    hits = list(match(ruleset, read(article, ruleset.languages)))
    occurrences = occurrences_of(article, hits, ruleset.events)
    changes, unplaced = place(occurrences, [], events=ruleset.events, outlets=ruleset.outlets, fates={})
    for _, because in unplaced:
        note(because)
    return changes


def _standing(  # noqa: PLR0917 (what stands where: one sentence)
    store: "Store | None",
    routes: "tuple[Route, ...]",
    change: "StoryChange",
    ruleset: "RuleSet",
    config: "Config",
    now: datetime,
) -> "Standing":
    """How things stand, as if nobody had been told and nothing were held."""
    from monitor.model import Standing
    from monitor.store.standing import Ground, standing

    if store is None:
        return Standing(routes=routes, asks=ruleset.asks, zone=config.display.zone)
    ground = Ground(routes=routes, events=ruleset.events, asks=ruleset.asks, zone=config.display.zone)
    with store.work() as work:
        found = standing(work, ground, [change.after], now)
    told = {key: one for key, one in found.told.items() if key[0] != change.after.id}
    return replace(found, told=told, held={})


def _tried(change: "StoryChange", stands: "Standing", ruleset: "RuleSet", now: datetime) -> Tried:
    from monitor.alerts.decide import decide
    from monitor.alerts.matching import misfit

    left = [
        (route.name, misfit(route, change.after, change.corroboration, called=route.name)) for route in stands.routes
    ]
    return Tried(
        change=change,
        verdicts=decide(change, stands, now, ruleset.names),
        left=tuple((name, because) for name, because in left if because),
    )


def _is_told(verdict: "Verdict") -> bool:
    from monitor.decisions import Drop

    return not isinstance(verdict, Drop)


def _words(verdict: "Verdict") -> str:
    from monitor.decisions import Hold, Send

    return "send" if isinstance(verdict, Send) else "hold" if isinstance(verdict, Hold) else "drop"


def _tell(one: Tried, config: "Config") -> None:
    from monitor.decisions import Hold

    story = one.change.after
    say(style(f"{story.title} [{story.severity}, {story.event}]", "bold"))
    for verdict in one.verdicts:
        when = f" until {local(verdict.until, config.display.zone)}" if isinstance(verdict, Hold) else ""
        say(f"  {verdict.channel or 'nobody'}: {_words(verdict)}{when}: {verdict.because}")
    for name, because in one.left:
        say(style(f"  route {name} leaves it: {because}", "dim"))


def _as_object(one: Tried, verdict: "Verdict") -> dict[str, Any]:
    from monitor.decisions import Hold

    is_hold = isinstance(verdict, Hold)
    return {
        "story": one.change.after.id, "title": one.change.after.title, "event": one.change.after.event,
        "severity": one.change.after.severity, "channel": verdict.channel, "verdict": _words(verdict),
        "until": verdict.until if isinstance(verdict, Hold) else None,
        "gate": verdict.gate if isinstance(verdict, Hold) and is_hold else None, "because": verdict.because,
        "left": [{"route": name, "because": because} for name, because in one.left],
    }  # fmt: skip
