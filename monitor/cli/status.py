"""`status`: what works, what does not, since when, and what to do about it."""

from datetime import datetime, tzinfo
from typing import Any

import click

from monitor.cli.output import say, say_object, say_table, style
from monitor.cli.shell import Shell, pass_shell


@click.command()
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def command(shell: Shell, *, as_object: bool) -> int:
    """Show feeds, rules, channels and what waits. Reads alone; the daemon may be at work.

    Ends with 1 where something needs a person: a failing feed, a rejected rule, a dead letter.

    \b
    For example:
      relations-monitor status --config config.toml
    """
    from monitor.app import load_rules
    from monitor.errors import StoreError
    from monitor.store import care, feeds, outbox
    from monitor.store.engine import database_path
    from monitor.store.migrate import current
    from monitor.store.opened import Store
    from monitor.store.tables import SCHEMA

    config = shell.config()
    url = config.database.url.reveal()
    path = database_path(url)
    schema = current(url)
    if schema is None:
        raise StoreError(f"there is no database at {path} yet", remedy="start `relations-monitor run` once")
    if schema != SCHEMA:
        raise StoreError(
            f"the database {path} has schema {schema}, this program {SCHEMA}", remedy="start the daemon: it upgrades"
        )
    loaded = load_rules(config.rules.dir, with_shipped=config.rules.with_shipped)
    rejected = [str(problem) for problem in loaded.problems if not problem.is_warning]
    store = Store.open(url)
    try:
        with store.look() as work:
            counts = care.counts(work)
            states = {state.feed: state for state in feeds.states(work)}
            waiting = outbox.waiting(work)
            dead = outbox.dead_letters(work, limit=20)
    finally:
        store.close()
    zone = config.display.zone
    rows = [_feed_row(feed.id, states.get(feed.id), is_enabled=feed.is_enabled) for feed in config.feeds]
    lost = [
        {"alert": delivery.alert, "channel": delivery.channel, "attempts": delivery.attempts, "because": because}
        for delivery, because in dead
    ]
    is_well = not rejected and not dead and all(row["state"] in ("ok", "new", "off") for row in rows)
    if as_object:
        say_object(
            {
                "is_well": is_well, "database": str(path), "feeds": rows, "rules": len(loaded.pack.rules),
                "rejected": rejected, "waiting": dict(waiting), "dead_letters": lost, "articles": counts.articles,
                "hits": counts.hits, "stories": counts.stories, "alerts": counts.alerts,
            }
        )  # fmt: skip
        return 0 if is_well else 1
    say(f"{path}: {counts.articles} articles, {counts.hits} hits, {counts.stories} stories, {counts.alerts} alerts")
    say(f"rules: {len(loaded.pack.rules)} in force" + (f", {len(rejected)} left out" if rejected else ""))
    for line in rejected:
        say(f"  {style(line, 'red')}")
    say_table(("feed", "state", "last success", "next poll", "why"), [_line(row, zone) for row in rows])
    say_table(
        ("channel", "kind", "waiting"), [(one.name, one.kind, waiting.get(one.name, 0)) for one in config.channels]
    )
    for letter in lost:
        what = f"{letter['alert']} to {letter['channel']} after {letter['attempts']} attempts"
        say(style(f"not delivered: {what}: {letter['because']}", "red"))
    return 0 if is_well else 1


def _feed_row(name: str, state: Any, *, is_enabled: bool) -> dict[str, Any]:
    """One feed as keys and values; times are aware, None where there is none."""
    if not is_enabled or state is None:
        return {"feed": name, "state": "off" if not is_enabled else "new", "failures": 0, "last_success": None,
                "next_due": None, "because": ""}  # fmt: skip
    word = "gone" if state.is_gone else "failing" if state.failures else "ok" if state.last_success else "new"
    return {
        "feed": name, "state": word, "failures": state.failures, "last_success": state.last_success,
        "next_due": state.next_due, "because": state.last_error or state.because,
    }  # fmt: skip


def _line(row: dict[str, Any], zone: tzinfo) -> list[str]:
    state = f"{row['state']} ({row['failures']} in a row)" if row["failures"] else row["state"]
    return [row["feed"], state, _moment(row["last_success"], zone), _moment(row["next_due"], zone), row["because"]]


def _moment(when: datetime | None, zone: tzinfo) -> str:
    return when.astimezone(zone).strftime("%d %b %H:%M %Z") if when else "-"
