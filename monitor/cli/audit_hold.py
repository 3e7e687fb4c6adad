"""`audit hold`: what must not be pruned, put and released by people, with the reason on record."""

import click

from monitor.cli.desk import opened
from monitor.cli.output import local, say, say_object, say_objects, say_table
from monitor.cli.shell import Shell, pass_shell
from monitor.cli.whoami import whoami

_COLUMNS = ("id", "since", "holds", "reason", "asked for by", "released")


@click.group()
def hold() -> None:
    """Hold a story, an alert or an article: nothing of it is pruned until it is released.

    \b
    For example:
      relations-monitor audit hold list
    """


@hold.command()
@click.argument("subject", metavar="ID")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for the record.")
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def add(shell: Shell, *, subject: str, reason: str, as_object: bool) -> None:
    """Hold the story, alert or article of this ID (its beginning is enough), with all that belongs to the story.

    \b
    For example:
      relations-monitor audit hold add 3f9a1c --reason "inquiry 2026-17"
    """
    from monitor.store import keeps

    with opened(shell) as desk, desk.store.work() as work:
        kind, whole = keeps.subject(work, subject)
        keep = keeps.add(work, kind, whole, reason=reason, who=whoami(), now=desk.now)
    if as_object:
        say_object({"hold": keep.id, "kind": kind, "id": whole, "reason": reason})
    else:
        say(f"hold {keep.id}: {kind} {whole} stays until `audit hold release {keep.id}`")


@hold.command("list")
@click.option("--all", "with_released", is_flag=True, help="Those too that were released.")
@click.option("--json", "as_lines", is_flag=True, help="Print one JSON object a hold instead.")
@pass_shell
def list_(shell: Shell, *, with_released: bool, as_lines: bool) -> None:
    """List the holds that last, the oldest first.

    \b
    For example:
      relations-monitor audit hold list --all
    """
    from monitor.store import keeps

    with opened(shell) as desk, desk.store.look() as work:
        found = keeps.every(work, with_released=with_released)
    if as_lines:
        say_objects({name: getattr(one, name) for name in keeps.Keep.__dataclass_fields__} for one in found)
    elif not found:
        say("no holds")
    else:
        say_table(
            _COLUMNS,
            [
                [one.id, local(one.since, desk.zone), f"{one.kind} {one.subject[:12]}", one.reason, one.added_by,
                 f"{local(one.released_at, desk.zone)} by {one.released_by}" if one.released_at else "-"]
                for one in found
            ],
        )  # fmt: skip


@hold.command()
@click.argument("number", metavar="HOLD", type=int)
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def release(shell: Shell, *, number: int, as_object: bool) -> None:
    """End a hold, by its number in `audit hold list`; what it held is pruned when its time is over.

    \b
    For example:
      relations-monitor audit hold release 1
    """
    from monitor.store import keeps

    with opened(shell) as desk, desk.store.work() as work:
        keep = keeps.release(work, number, whoami(), desk.now)
    if as_object:
        say_object({"hold": keep.id, "kind": keep.kind, "id": keep.subject, "released_at": keep.released_at})
    else:
        say(f"hold {keep.id} on {keep.kind} {keep.subject} is released")
