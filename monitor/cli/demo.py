"""`demo`: see it work on sample feeds."""

import io
import sys
import tempfile
from pathlib import Path

import click

from monitor.cli.output import note, say, say_object, style

NEXT = """
What to do next:
  cp config.example.toml config.toml       then put your feeds and your Slack or mail into it
  relations-monitor config check           tells every mistake, with its line
  relations-monitor once                   polls once and tells you; `run` goes on until stopped
  relations-monitor rules check            the shipped rules, and yours, with the tests inside them
(in a checkout, `.venv/bin/python -m monitor` stands for relations-monitor)"""


@click.command()
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object on the last line, and no alerts.")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Keep database, mails and Slack's JSON in this folder, which must be new or empty.")  # fmt: skip
def command(*, as_object: bool, keep: Path | None) -> int:
    """Run the real pipeline over sample feeds: a server on loopback, an empty database, a moved clock.

    Prints the alerts as a desk would get them and ends with a summary. Ends with 1 where the alerts are
    not those that the sample feeds must lead to, so it is a smoke test too.

    \b
    For example:
      relations-monitor demo
      relations-monitor demo --keep /tmp/demo --json
    """
    from monitor import log
    from monitor.demo.run import play
    from monitor.errors import UsageError

    log.setup("error", "text", sys.stderr)
    if keep is not None and keep.exists() and any(keep.iterdir()):
        raise UsageError(f"the folder {keep} is not empty", remedy="name a new one")
    with tempfile.TemporaryDirectory(prefix="relations-monitor-demo-") as thrown_away:
        folder = keep or Path(thrown_away)
        folder.mkdir(parents=True, exist_ok=True)
        screen = io.StringIO() if as_object else sys.stdout
        outcome = play(folder, screen=screen, say=note if as_object else lambda line: say(style(f"── {line}\n", "dim")))
        mails = len(list(outcome.mails.glob("*.eml")))
        posted = len(list(outcome.slack.glob("*.json")))
    if as_object:
        say_object(
            {
                "feeds": outcome.feeds, "articles": outcome.articles, "hits": outcome.hits,
                "stories": outcome.stories, "alerts": outcome.alerts, "updates": outcome.updates,
                "broken_rules": outcome.mistakes,
                "operator_mails": outcome.notices, "slack": posted, "seconds": outcome.seconds,
            }
        )  # fmt: skip
    else:
        say(
            f"{outcome.articles} articles of {outcome.feeds} feeds, {outcome.hits} hits, {outcome.stories} stories: "
            f"{outcome.alerts} alerts and {outcome.updates} updates in {outcome.seconds:.1f} s"
        )
        say(f"stories more than a day old at the first poll, kept and told to nobody: {outcome.backlog}")
        say(f"rules left out for a mistake: {outcome.mistakes}, told above and to the operator by mail")
        say(
            f"{mails} mails were written as .eml files, and {posted} messages for Slack as JSON"
            + (f", to {outcome.mails} and {outcome.slack}" if keep else " (--keep DIR keeps them)")
        )
        say(NEXT)
    if not outcome.is_expected:
        note(f"error: expected {outcome.expected}, came to {outcome.alerts}, {outcome.updates} and {outcome.mistakes}")
        return 1
    return 0
