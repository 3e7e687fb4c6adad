"""`once`: poll every feed that is due, tell people, and end; for cron and for trying a configuration."""

import click

from monitor.cli.output import note, say, say_object
from monitor.cli.shell import Shell, pass_shell


@click.command()
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def command(shell: Shell, *, as_object: bool) -> int:
    """Poll every feed that is due, send what waits, and end.

    Ends with 1 where a feed failed or an alert was not taken; a later call tries both again.

    \b
    For example:
      relations-monitor once --config config.toml
    """
    from monitor.app import build
    from monitor.clock import SystemClock
    from monitor.store import outbox

    with build(shell.config(), SystemClock(), is_daemon=True) as app:
        if not app.feeds:
            note("no feeds are configured: add a [[feeds]] table to config.toml")
        tally = app.pipeline.poll()
        attempts = sum(app.pipeline.deliver(name) for name in app.channels)
        app.release()
        with app.store.look() as work:
            waiting = sum(outbox.waiting(work).values())
    fields = {
        "feeds": tally.polled, "failed": tally.failed, "entries": tally.entries, "articles": tally.articles,
        "hits": tally.hits, "stories": tally.stories, "alerts": tally.alerts, "updates": tally.updates,
        "attempts": attempts, "waiting": waiting,
    }  # fmt: skip
    if as_object:
        say_object(fields)
    else:
        say(", ".join(f"{name} {value}" for name, value in fields.items()))
    return 1 if tally.failed or waiting else 0
