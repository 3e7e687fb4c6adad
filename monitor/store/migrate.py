"""The schema: which one a database has, and the way to ours. Alembic is imported only when there is a way to go."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import Engine

from monitor.errors import StoreError
from monitor.resources import shipped
from monitor.store import care, postgresql
from monitor.store import engine as database
from monitor.store.address import Address
from monitor.store.tables import SCHEMA

if TYPE_CHECKING:
    from alembic.config import Config


def current(address: Address, *, busy_seconds: float = database.BUSY_SECONDS) -> str | None:
    """The schema that a database has: the id of its last migration; None for one that is new or absent."""
    if address.path is not None and not address.path.exists():
        return None
    engine = database.open_engine(address, busy_seconds=busy_seconds)
    try:
        with database.clear_errors(address.name), engine.connect() as connection:
            return _version(connection, address.name)
    finally:
        engine.dispose()


def upgrade(
    address: Address,
    *,
    scripts: Path | None = None,
    target: str = SCHEMA,
    busy_seconds: float = database.BUSY_SECONDS,
) -> Path | None:
    """Bring a database to our schema, in one transaction: killed in it, nothing was changed.

    Returns the copy that was made of a SQLite file before. Of a server's database none is made: it may be large,
    and the server's own backups are the better ones. Raises StoreError for a database of a newer version or of
    another program; it stays untouched.
    """
    engine = database.open_engine(address, busy_seconds=busy_seconds, has_foreign_keys=False)
    try:
        with database.clear_errors(address.name):
            return _upgrade(engine, address, scripts or shipped("alembic"), target)
    finally:
        engine.dispose()


def _upgrade(engine: Engine, address: Address, scripts: Path, target: str) -> Path | None:
    with engine.connect() as looking:
        if _version(looking, address.name) == target:
            return None
    with database.begun_for(engine.connect(), is_writing=True) as connection, connection.begin():
        if address.path is None:
            postgresql.prepare(connection, address.name)
        before = _version(connection, address.name)  # again: another may have upgraded while this one waited
        if before == target:
            return None
        config = _config(scripts, connection)
        if before is not None:
            _refuse_newer(config, before, address.name)
        copy = None
        if before is not None and address.path is not None:
            copy = care.backup(address, _free_name(address.path, before))
        from alembic import command

        command.upgrade(config, target)
        if address.path is not None:
            _check_references(connection, address.path)
        return copy


def _check_references(connection: Connection, path: Path) -> None:
    """SQLite made the tables anew with its references off. Raises StoreError where one leads nowhere now."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StoreError(
            f"the upgrade of {path} would lose references of the table {broken[0]}, so nothing was changed",
            remedy="report this with the output of `relations-monitor status`",
        )


def _version(connection: Connection, name: str) -> str | None:
    names = set(inspect(connection).get_table_names())
    if "alembic_version" not in names:
        if names:
            raise StoreError(f"{name} is a database of another program", remedy="name another in the configuration")
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found) if found is not None else None


def _config(scripts: Path, connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _refuse_newer(config: "Config", found: str, name: str) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found not in known:
        raise StoreError(
            f"{name} was made by a newer version (schema {found}; this one knows up to {SCHEMA})",
            remedy="install that version again, or put back the backup that was made before the upgrade",
        )


def _free_name(path: Path, version: str) -> Path:
    """`monitor.db.schema-0001.bak`, with a number where that is taken: no backup is ever written over."""
    wanted = path.with_name(f"{path.name}.schema-{version}.bak")
    number = 2
    free = wanted
    while free.exists():
        free = wanted.with_name(f"{wanted.stem}-{number}.bak")
        number += 1
    return free
