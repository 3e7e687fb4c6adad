"""The schema: which one a database has, and the way to ours. Alembic is imported only when there is a way to go."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import Engine

from monitor.errors import StoreError
from monitor.resources import shipped
from monitor.store import care
from monitor.store import engine as database
from monitor.store.tables import SCHEMA

if TYPE_CHECKING:
    from alembic.config import Config


def current(url: str, *, busy_seconds: float = database.BUSY_SECONDS) -> str | None:
    """The schema that a database has: the id of its last migration; None for one that is new or absent."""
    path = database.database_path(url)
    if not path.exists():
        return None
    engine = database.open_engine(url, busy_seconds=busy_seconds)
    try:
        with database.clear_errors(str(path)), engine.connect() as connection:
            return _version(connection, path)
    finally:
        engine.dispose()


def upgrade(
    url: str,
    *,
    scripts: Path | None = None,
    target: str = SCHEMA,
    busy_seconds: float = database.BUSY_SECONDS,
) -> Path | None:
    """Bring a database to our schema, in one transaction; returns the backup copy that was made before, if any.

    Raises StoreError for a database of a newer version or of another program; it stays untouched.
    """
    path = database.database_path(url)
    engine = database.open_engine(url, busy_seconds=busy_seconds, has_foreign_keys=False)
    try:
        with database.clear_errors(str(path)):
            return _upgrade(engine, path, scripts or shipped("alembic"), target)
    finally:
        engine.dispose()


def _upgrade(engine: Engine, path: Path, scripts: Path, target: str) -> Path | None:
    with engine.connect() as looking:
        if _version(looking, path) == target:
            return None
    with engine.connect().execution_options(**{database.WRITING: True}) as connection, connection.begin():
        before = _version(connection, path)  # again: another process may have upgraded while this one waited
        if before == target:
            return None
        config = _config(scripts, connection)
        if before is not None:
            _refuse_newer(config, before, path)
        copy = care.backup(path, _free_name(path, before)) if before is not None else None
        from alembic import command

        command.upgrade(config, target)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise StoreError(
                f"the upgrade of {path} would lose references of the table {broken[0]}, so nothing was changed",
                remedy="report this with the output of `relations-monitor status`",
            )
        return copy


def _version(connection: Connection, path: Path) -> str | None:
    names = set(inspect(connection).get_table_names())
    if "alembic_version" not in names:
        if names:
            raise StoreError(
                f"{path} is a database of another program", remedy="name another file in the configuration"
            )
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


def _refuse_newer(config: "Config", found: str, path: Path) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found not in known:
        raise StoreError(
            f"{path} was made by a newer version (schema {found}; this one knows up to {SCHEMA})",
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
