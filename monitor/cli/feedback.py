"""`feedback`: what people say of alerts, and tests made of it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.asking import moment
from monitor.cli.desk import Desk, opened
from monitor.cli.output import local, note, say, say_objects, say_table
from monitor.cli.shell import Shell, pass_shell
from monitor.cli.whoami import whoami
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.model import Article, Hit

_ABOUT = ("event", "actors", "status", "story")


@click.group()
def command() -> None:
    """Say whether an alert was right, see what was said, make a test of it.

    \b
    For example:
      relations-monitor feedback add 3f9a1c wrong --about actors
    """


@command.command()
@click.argument("alert", metavar="ID")
@click.argument("verdict", type=click.Choice(["right", "wrong"]))
@click.option("--about", type=click.Choice(_ABOUT), multiple=True,
              help="What: that it happened, who and whom, the status, the story; left out, the event.")  # fmt: skip
@click.option("--by", metavar="NAME", help="Who says so; left out, who runs this.")
@click.option("--note", "remark", default="", metavar="TEXT", help="Why, in a few words.")
@pass_shell
def add(shell: Shell, *, alert: str, verdict: str, about: tuple[str, ...], by: str | None, remark: str) -> None:
    """Say whether an alert was right; the beginning of its ID is enough. The ledger keeps every verdict.

    A later verdict on the same thing replaces an earlier one in what `rules precision` counts.

    \b
    For example:
      relations-monitor feedback add 3f9a1c right
      relations-monitor feedback add 3f9a1c wrong --about status --note "only planned"
    """
    from monitor.store import alerts, feedback

    things = [one for one in feedback.ABOUT if one in (about or ("event",))]
    with opened(shell) as desk:
        with desk.store.look() as work:
            one = alerts.get(work, alert).alert
        with desk.store.work() as work:
            given = [(thing, verdict == "right") for thing in things]
            feedback.add(work, one, given, desk.now, by=by or whoami(), note=remark[:300])
    say(f"{one.title}: {', '.join(things)} {verdict}")
    if verdict == "wrong" and "event" in things:
        note(f"make a test of it: relations-monitor feedback test {one.id[:12]}")


@command.command("list")
@click.option("--since", default="30d", show_default=True, help="From then on: 24h, 7d, yesterday, a day or a moment.")
@click.option("--json", "as_lines", is_flag=True, help="Print one JSON object a verdict instead.")
@pass_shell
def list_(shell: Shell, /, *, since: str, as_lines: bool) -> None:
    """List what people said of alerts, the newest first.

    \b
    For example:
      relations-monitor feedback list --since 7d
    """
    from monitor.store import feedback

    with opened(shell) as desk:
        begin = moment(since, desk.now, desk.zone, option="--since")
        with desk.store.look() as work:
            found = feedback.found(work, since=begin)
    if as_lines:
        say_objects(
            {
                "at": one.at.isoformat(), "alert": one.alert, "rule": one.rule, "about": one.about,
                "right": one.is_right, "by": one.by, "note": one.note,
            }
            for one in found
        )  # fmt: skip
        return
    if not found:
        say("nobody has said anything yet")
        return
    rows = [
        (local(one.at, desk.zone), one.alert[:12], one.rule, one.about, "right" if one.is_right else "wrong", one.by)
        for one in found
    ]
    say_table(("when", "alert", "rule", "about", "verdict", "by"), rows)


@command.command()
@click.argument("alert", metavar="ID")
@click.option(
    "--must-hit", is_flag=True, help="The hit is right: it must be found again, with these actors and status."
)
@click.option("--rules", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Your rule files; left out, [rules] dir of the configuration.")  # fmt: skip
@click.option("--dry-run", "is_dry", is_flag=True, help="Print what would be written, and write nothing.")
@pass_shell
def test(shell: Shell, *, alert: str, must_hit: bool, folder: Path | None, is_dry: bool) -> None:
    """Make a test of an alert's article in the file of its rule: it must not hit, or must.

    Of a shipped rule the test goes to a file of yours that extends it. The test fails until the rule is mended, which
    is its use: `rules check` shows it.

    \b
    For example:
      relations-monitor feedback test 3f9a1c --dry-run
    """
    from monitor.store import alerts, articles, feedback

    with opened(shell) as desk:
        with desk.store.look() as work:
            one = alerts.get(work, alert).alert
            article = articles.get(work, [one.lead.article]).get(one.lead.article)
            said = [told for told in feedback.found(work, alert=one.id) if told.note]
        if article is None:
            raise UsageError("its article is stored no more", remedy="retention took it; write the test by hand")
        because = "; ".join(f"{told.by}: {told.note}" for told in said) or f"alert {one.id[:12]}"
        expected = [one.lead.hit] if must_hit else []
        _write(desk, shell, folder, one.lead.hit.rule, _block(article, expected, because), is_dry=is_dry)


@command.command()
@click.option("--rule", required=True, metavar="ID", help="The rule that should have hit.")
@click.option("--title", default="", help="The article's title.")
@click.option("--text", default="", help="Its text; - reads standard input.")
@click.option("--source", metavar="CODE", help="Who did it.")
@click.option("--target", metavar="CODE", help="To whom.")
@click.option("--status", type=click.Choice(["asserted", "alleged", "denied", "hypothetical", "historical"]),
              default="asserted", show_default=True)  # fmt: skip
@click.option("--lang", default="", help="The language; left out, by the letters.")
@click.option("--rules", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Your rule files; left out, [rules] dir of the configuration.")  # fmt: skip
@click.option("--dry-run", "is_dry", is_flag=True, help="Print what would be written, and write nothing.")
@pass_shell
def missed(
    shell: Shell, *, rule: str, title: str, text: str, source: str | None, target: str | None, status: str, lang: str,
    folder: Path | None, is_dry: bool,
) -> None:  # fmt: skip
    """Make a test of a text that a rule should have found and did not.

    \b
    For example:
      relations-monitor feedback missed --rule gift --title "Hanoi hands two tigers to Minsk" --source VNM --target BLR
    """
    from typing import get_args

    from monitor.cli.articles import article_of_text
    from monitor.model import ActorCode, EventType, Hit, RuleId, Status

    body = sys.stdin.read() if text == "-" else text
    if not (title or body).strip():
        raise UsageError("no text", remedy="give --title, --text or both")
    article = article_of_text(title, body, lang=lang)
    kind = next(one for one in get_args(Status) if one == status)
    expected = Hit(
        article=article.id, rule=RuleId(rule), rule_digest="", event=EventType(""), severity="info", title="",
        status=kind, source=ActorCode(source.upper()) if source else None,
        target=ActorCode(target.upper()) if target else None,
    )  # fmt: skip
    with opened(shell) as desk:
        _write(desk, shell, folder, rule, _block(article, [expected], "missed"), is_dry=is_dry)


def _block(article: "Article", expected: "list[Hit]", because: str) -> str:
    from monitor.rules.verdicts import block_of

    return block_of(
        title=article.title, text=article.text, lang=article.lang, published=article.published, outlet=article.outlet,
        expected=expected, because=because,
    )  # fmt: skip


def _write(desk: Desk, shell: Shell, folder: Path | None, rule: str, block: str, *, is_dry: bool) -> None:
    """Lay the test into the user's folder: into the rule's own file there, else into one that extends it."""
    from monitor.rules.verdicts import extending, with_test

    place = folder or desk.config.rules.dir
    if place is None:
        raise UsageError("there is no folder for rules of your own", remedy="set [rules] dir, or give --rules DIR")
    loaded, _ = shell.rules(place)
    if rule not in {one.id for one in loaded.pack.rules}:
        raise UsageError(f"no rule {rule} is in force", remedy="`rules list` names them")
    own = _own_file(place, rule)
    path = own[0] if own else place / f"verdicts-{rule}.toml"
    content = with_test(path.read_text(encoding="utf-8"), own[1], block) if own else extending(rule, block)
    if is_dry:
        say(block.rstrip("\n"))
        note(f"would go to {path}")
        return
    place.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(content, encoding="utf-8")
    part.replace(path)
    say(f"{path}: a test more of {rule}; `rules check` tells whether it passes")


def _own_file(place: Path, rule: str) -> tuple[Path, int] | None:
    """The user's file that holds the rule, and the line of its [[rule]]; None where only the shipped one does."""
    from monitor.rules.verdicts import line_of_rule

    for path in sorted(place.glob("*.toml")):
        line = line_of_rule(path.read_text(encoding="utf-8"), rule)
        if line is not None:
            return path, line
    return None
