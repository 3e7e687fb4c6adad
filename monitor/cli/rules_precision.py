"""`rules precision`: how often each rule was right, by people's verdicts, and what it costs its readers."""

from datetime import timedelta

import click

from monitor.cli.asking import moment
from monitor.cli.desk import opened
from monitor.cli.output import say, say_objects, say_table
from monitor.cli.shell import Shell, pass_shell

_THINGS = ("event", "actors", "status", "story")


@click.command("precision")
@click.option("--since", default="90d", show_default=True, help="From then on: 24h, 7d, yesterday, a day or a moment.")
@click.option("--about", type=click.Choice(_THINGS), default="event", show_default=True,
              help="By verdicts on what: that it happened, who and whom, the status, the story.")  # fmt: skip
@click.option("--json", "as_lines", is_flag=True, help="Print one JSON object a rule instead.")
@pass_shell
def command(shell: Shell, *, since: str, about: str, as_lines: bool) -> None:
    """Show how often each rule was right: its share of right verdicts with the 95 % interval, and its alerts a day.

    The least sure come first: a rule with few verdicts has a wide interval.

    \b
    For example:
      relations-monitor rules precision --since 30d
    """
    from monitor.rules.precision import precision_of
    from monitor.store import feedback

    with opened(shell) as desk:
        begin = moment(since, desk.now, desk.zone, option="--since")
        with desk.store.look() as work:
            said = [one for one in feedback.found(work, since=begin) if one.about == about]
            raised = feedback.alerts_by_rule(work, begin)
    days = max((desk.now - begin) / timedelta(days=1), 1 / 24)
    rules = {*raised, *(one.rule for one in said)}
    found = {
        rule: precision_of(
            sum(one.is_right for one in said if one.rule == rule),
            sum(not one.is_right for one in said if one.rule == rule),
        )
        for rule in rules
    }
    ordered = sorted(rules, key=lambda rule: (found[rule].low is None, found[rule].low or 0.0, rule))
    if as_lines:
        say_objects(
            {
                "rule": rule, "about": about, "right": found[rule].right, "wrong": found[rule].wrong,
                "precision": found[rule].share, "low": found[rule].low, "high": found[rule].high,
                "alerts": raised[rule], "alerts_a_day": round(raised[rule] / days, 3),
            }
            for rule in ordered
        )  # fmt: skip
        return
    if not rules:
        say("no alert and no verdict in that time")
        return
    rows = []
    for rule in ordered:
        one = found[rule]
        share = "no verdict" if one.share is None else f"{one.share:.0%}"
        between = "" if one.low is None or one.high is None else f"{one.low:.0%} to {one.high:.0%}"
        rows.append((rule, share, between, f"{one.right} of {one.right + one.wrong}", f"{raised[rule] / days:.2f}"))
    say_table(("rule", "right", "surely", "verdicts", "alerts a day"), rows)
