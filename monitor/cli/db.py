"""`relations-monitor db`: which schema the database has, bring it to ours, copy it, prune it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.output import say, say_object
from monitor.cli.shell import Shell, pass_shell

if TYPE_CHECKING:  # at run time it is read late: `--help` needs none of it
    from monitor.store.address import Address


@click.group()
def command() -> None:
    """Tell which schema the database has, upgrade it, copy it, prune it.

    \b
    For example:
      relations-monitor db current
    """


@command.command()
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def current(shell: Shell, *, as_object: bool) -> int:
    """Tell which schema the database has and which this program wants. Reads alone.

    Ends with 1 where they differ: there is no database yet, it is older (`db upgrade`), or it is newer.

    \b
    For example:
      relations-monitor db current
    """
    from monitor.store import migrate
    from monitor.store.tables import SCHEMA

    address = _address(shell)
    found = migrate.current(address)
    if as_object:
        say_object({"database": address.name, "schema": found, "wanted": SCHEMA})
    elif found is None:
        say(f"{address.name}: no database yet; this program makes one of schema {SCHEMA}")
    else:
        say(f"{address.name}: schema {found}, " + ("as this program" if found == SCHEMA else f"this program {SCHEMA}"))
    return 0 if found == SCHEMA else 1


@command.command()
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def upgrade(shell: Shell, *, as_object: bool) -> None:
    """Make the database, or bring it to the schema of this program; the daemon does the same when it starts.

    One transaction: killed or broken off, nothing was changed. A SQLite file is copied before, beside itself; of a
    PostgreSQL database no copy is made, so run `db backup` first.

    \b
    For example:
      relations-monitor db upgrade
    """
    from monitor.store import migrate
    from monitor.store.engine import claim_database
    from monitor.store.tables import SCHEMA

    address = _address(shell)
    with claim_database(address):  # an older daemon must not go on with tables that it does not know
        before = migrate.current(address)
        copy = migrate.upgrade(address)
    if as_object:
        say_object({"database": address.name, "before": before, "schema": SCHEMA, "backup": copy and str(copy)})
    elif before == SCHEMA:
        say(f"{address.name}: schema {SCHEMA}, nothing to do")
    else:
        kept = f"; how it was before: {copy}" if copy else ""
        say(f"{address.name}: {'made' if before is None else f'from schema {before}'}, now schema {SCHEMA}{kept}")


@command.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def backup(shell: Shell, *, target: Path, as_object: bool) -> None:
    """Copy the database as it is at this moment, while the daemon works.

    TARGET is a file that is not there yet, or a folder in which the copy is called by database and time. A SQLite
    file is copied and the copy checked: to go back, put it in the place of the database while the daemon is stopped.
    A PostgreSQL database is written by pg_dump, which must be installed: `pg_restore --clean --dbname=...` goes back.
    A copy gets its name only when it is whole; it is its owner's alone.

    \b
    For example:
      relations-monitor db backup /var/backups/
    """
    from monitor.clock import SystemClock
    from monitor.errors import StoreError
    from monitor.store import care

    address = _address(shell)
    if address.path is not None and not address.path.exists():
        raise StoreError(f"there is no database at {address.name} yet", remedy="start `relations-monitor run` once")
    file = target / care.backup_name(address, SystemClock().now()) if target.is_dir() else target
    care.backup(address, file)
    size = file.stat().st_size
    if as_object:
        say_object({"database": address.name, "backup": str(file), "bytes": size})
    else:
        say(f"{file}: {size:,} bytes")


@command.command()
@click.option("--yes", "is_real", is_flag=True, help="Do it; without it is only said what would go.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only say what would go, as without any option.")
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def prune(shell: Shell, *, is_real: bool, is_dry: bool, as_object: bool) -> None:
    """Say what [retention] asks to be pruned, and prune it with --yes. The daemon does so once a day.

    Articles lose their texts, stories go with their alerts, the ledger goes by sealed days, whose seals stay.
    What is held (`audit hold`) and what waits to be sent stays.

    \b
    For example:
      relations-monitor db prune
      relations-monitor db prune --yes
    """
    import contextlib
    from dataclasses import asdict

    from monitor.app import retention_of
    from monitor.clock import SystemClock
    from monitor.errors import UsageError
    from monitor.store import seals
    from monitor.store.prune import prune as pruned_by

    if is_real and is_dry:
        raise UsageError("--yes and --dry-run exclude each other", remedy="write one of them")
    config = shell.config()
    now = SystemClock().now()
    with contextlib.closing(shell.store(config)) as store:
        if is_real:
            with store.place() as work:
                seals.seal_due(work, now)
        pruned = pruned_by(store, retention_of(config), now, is_dry=not is_real)
    if as_object:
        say_object({"dry_run": not is_real, **asdict(pruned)})
        return
    said = f"{pruned.articles} texts of articles, {pruned.stories} stories with their alerts, {pruned.notices} notices "
    said += f"to operators, {pruned.rows} rows of the ledger ({pruned.days} days)"
    say(f"pruned: {said}" if is_real else f"would go: {said}; --yes does it")
    if pruned.days_unsound:
        say(f"{pruned.days_unsound} days of the ledger don't fit their seal and stay; `audit verify` names them")


def _address(shell: Shell) -> "Address":
    from monitor.store.address import address_of

    return address_of(shell.config().database.url.reveal())
