"""The demo: the real pipeline over the sample feeds, with a clock that is moved and a database that is thrown away."""

import shutil
import sys
import tomllib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from monitor.app import App, build
from monitor.clock import ManualClock, SystemClock
from monitor.config import (
    Config,
    DatabaseSettings,
    DisplaySettings,
    FetchSettings,
    LogSettings,
    PublishSettings,
    RetentionSettings,
    RuleSettings,
    Secret,
)
from monitor.demo import slack
from monitor.demo.server import FeedServer
from monitor.errors import Problem
from monitor.facts import Fact, Tally
from monitor.model import Channel, ChannelName, Feed, FeedId, Route
from monitor.store import care

SCREEN = ChannelName("screen")
FEEDS = Path(__file__).resolve().parent / "feeds"
RULES = Path(__file__).resolve().parent / "rules"
"""A desk's own rules, one of them broken: copied beside the database, where a reader may mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample feed, as `demo.toml` describes it, with the bytes of its polls."""

    id: str
    title: str
    outlet: str
    path: str
    zone: str
    country: str
    documents: tuple[tuple[bytes, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The demo as written: feeds, the moments of the two polls, and what must come of them."""

    samples: tuple[Sample, ...]
    first: datetime
    second: datetime
    alerts: int
    updates: int
    mistakes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the demo did. `is_expected` says whether it told people exactly what it should."""

    feeds: int
    articles: int
    hits: int
    stories: int
    alerts: int
    updates: int
    backlog: int
    mistakes: int
    seconds: float
    mails: Path
    slack: Path
    notices: int
    is_expected: bool
    expected: str


def script() -> Script:
    """The demo as `feeds/demo.toml` and the files beside it say."""
    written = tomllib.loads((FEEDS / "demo.toml").read_text(encoding="utf-8"))
    clock, expected = written["clock"], written["expected"]
    return Script(
        samples=tuple(_sample(feed) for feed in written["feed"]),
        first=clock["first"],
        second=clock["second"],
        alerts=expected["alerts"],
        updates=expected["updates"],
        mistakes=expected["mistakes"],
    )


def _sample(feed: dict[str, Any]) -> Sample:
    first = ((FEEDS / feed["first"]).read_bytes(), feed["content_type"])
    # "304" and "same" are the first document again: the server then answers 304 to whoever names its tag
    second = (
        first if feed["second"] in ("304", "same") else ((FEEDS / feed["second"]).read_bytes(), feed["content_type"])
    )
    return Sample(
        id=feed["id"],
        title=feed["title"],
        outlet=feed["outlet"],
        path=feed["path"].lstrip("/"),
        zone=feed["zone"],
        country=feed["country"],
        documents=(first, second),
    )


def play(folder: Path, *, screen: TextIO = sys.stdout, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Play the demo: a broken rule, two polls of the sample feeds, alerts on `screen` and as mails in `folder`/mail.

    What Slack would get stands in `folder`/slack, what the operator is told of the broken rule in `folder`/operator.
    `folder` must exist and be empty; the database is made in it. `say` is told what goes on between the alerts.
    """
    real = SystemClock()
    begun = real.seconds()
    plan = script()
    clock = ManualClock(plan.first)
    dropped: list[Fact] = []
    shutil.copytree(RULES, folder / "rules")
    with ExitStack() as opened:
        server = opened.enter_context(FeedServer({one.path: one.documents for one in plan.samples}))
        app = opened.enter_context(build(_config(plan, server, folder), clock, console=screen))
        app.listen(lambda fact: dropped.append(fact) if _is_backlog(fact) else None)
        mistakes = [problem for problem in app.rules.problems if not problem.is_warning]
        for problem in mistakes:
            say(_told(problem, folder, len(app.rules.pack.rules)))
        app.watch.judge_files("rules", app.rules.problems)  # as the daemon does when it starts and reloads
        say(f"{plan.first:%d %B %Y, %H:%M} UTC: first poll of {len(plan.samples)} feeds")
        total = _round(app)
        clock.move(plan.second - plan.first)
        say(f"{plan.second:%d %B %Y, %H:%M} UTC: second poll")
        later = _round(app)
        posted = slack.write(
            SCREEN,
            app.store,
            app.rules.ruleset.names,
            clock.now(),
            zone=app.config.display.zone,
            folder=folder / "slack",
        )
        with app.store.look() as work:
            counts = care.counts(work)
    channels = 2  # every alert goes to the screen and to the folder of mails
    alerts, updates = (total.alerts + later.alerts) // channels, (total.updates + later.updates) // channels
    is_told = (alerts, updates, len(mistakes)) == (plan.alerts, plan.updates, plan.mistakes)
    notices = len(list((folder / "operator").glob("*.eml")))
    is_complete = (notices, posted) == (plan.mistakes, plan.alerts + plan.updates)
    is_expected = is_told and is_complete and counts.waiting == counts.dead == 0
    return Outcome(
        feeds=len(plan.samples),
        articles=counts.articles,
        hits=counts.hits,
        stories=counts.stories,
        alerts=alerts,
        updates=updates,
        mistakes=len(mistakes),
        backlog=len({fact.values["story"] for fact in dropped}),
        seconds=round(real.seconds() - begun, 2),
        mails=folder / "mail",
        slack=folder / "slack",
        notices=notices,
        is_expected=is_expected,
        expected=f"{plan.alerts} alerts, {plan.updates} updates and {plan.mistakes} broken rule",
    )


def _told(problem: Problem, folder: Path, rules: int) -> str:
    """A mistake in a rule file as an operator is told of it, with the place as it stands in `folder`."""
    told = problem.in_full().replace(f"{folder}/", "")
    then = f"the other {rules} rules run; the operator is told by mail, once"
    return f"a rule file with a mistake, as `rules check` and `status` tell it:\n{told}\n{then}"


def _round(app: App) -> Tally:
    """One poll of all feeds, and everything that waits brought to its channels."""
    tally = app.pipeline.poll()
    for name in app.channels:
        app.pipeline.deliver(name)
    return tally


def _is_backlog(fact: Fact) -> bool:
    return fact.event == "alert_dropped" and fact.values.get("because") == "backlog"


def _config(plan: Script, server: FeedServer, folder: Path) -> Config:
    """The configuration that a user would write for this, with the sample feeds' server allowed by name."""
    mails = folder / "mail"
    return Config(
        file=None,
        database=DatabaseSettings(url=Secret(f"sqlite:///{folder / 'demo.db'}")),
        fetch=FetchSettings(
            every=timedelta(minutes=5),
            timeout=timedelta(seconds=10),
            size_limit_bytes=1 << 20,
            threads=1,  # so that the sample feeds answer in one order, and the demo tells the same every time
            allow=frozenset({("127.0.0.1", server.port)}),
            user_agent="relations-monitor demo",
        ),
        rules=RuleSettings(dir=folder / "rules", with_shipped=True),
        display=DisplaySettings(zone=ZoneInfo("UTC"), language="en"),
        publish=PublishSettings(dir=None, limit=100, title="Alerts of the demo", url=""),
        retention=RetentionSettings(articles=timedelta.max, alerts=timedelta.max, ledger=timedelta.max),
        log=LogSettings(level="warning", format="auto"),
        feeds=tuple(
            Feed(
                id=FeedId(one.id),
                url=server.address(one.path),
                title=one.title,
                outlet=one.outlet,
                zone=one.zone,
                country=one.country,
            )
            for one in plan.samples
        ),
        channels=(
            Channel(name=SCREEN, kind="console", url="console://"),
            Channel(
                name=ChannelName("mail"),
                kind="eml",
                url=f"eml://{mails}?from=monitor@example.org&to=desk@example.org",
            ),
            Channel(
                name=ChannelName("operator"),
                kind="eml",
                url=f"eml://{folder / 'operator'}?from=monitor@example.org&to=operator@example.org",
                is_operator=True,
            ),
        ),
        routes=(Route(name="everything", channels=(SCREEN, ChannelName("mail"))),),
    )
