"""The database as such, whichever it is: opened, asked to write, its errors told, claimed by a daemon.

What is peculiar to one stands in `sqlite` and `postgresql`; the other files write statements that both understand.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from monitor.errors import StoreError
from monitor.store import postgresql, sqlite
from monitor.store.address import Address
from monitor.store.options import IS_PLACING, IS_WRITING

BUSY_SECONDS = 10.0
"""How long a transaction waits for another that holds what it needs: far longer than any transaction of ours."""


def open_engine(address: Address, *, busy_seconds: float = BUSY_SECONDS, has_foreign_keys: bool = True) -> Engine:
    """An engine on a database. Raises StoreError where the folder of a file can't be made, or an extra is missing.

    `has_foreign_keys` concerns SQLite alone, whose migrations make tables anew.
    """
    if address.path is None:
        return postgresql.open_engine(address, busy_seconds=busy_seconds)
    return sqlite.open_engine(address.path, busy_seconds=busy_seconds, has_foreign_keys=has_foreign_keys)


def begun_for(connection: Connection, *, is_writing: bool, is_placing: bool = False) -> Connection:
    """The connection, with what its transactions are for."""
    return connection.execution_options(**{IS_WRITING: is_writing, IS_PLACING: is_placing})


def insert(connection: Connection, table: Table) -> Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of the connection; both have the same methods."""
    if connection.dialect.name == "sqlite":
        return insert_sqlite(table)
    made: Any = insert_postgresql(table)
    assert hasattr(made, "on_conflict_do_update")
    return made  # type: ignore[no-any-return]  # as above: PostgreSQL's, which has the same methods


@contextmanager
def clear_errors(name: str) -> Iterator[None]:
    """Within it, what a database can suffer is raised as StoreError with what to do about it.

    A violated constraint or a wrong statement is a mistake of ours and passes through as it is.
    """
    try:
        yield
    except DBAPIError as error:
        raise (_meaning(name, error) or error) from error
    except PoolTimeoutError as error:
        raise StoreError(
            f"all connections to the database {name} are in use", remedy="wait for what is under way, then try again"
        ) from error
    except sqlite3.Error as error:
        raise (sqlite.meaning(name, error) or error) from error


def _meaning(name: str, error: DBAPIError) -> StoreError | None:
    if isinstance(error.orig, sqlite3.Error):
        return sqlite.meaning(name, error.orig)
    return postgresql.meaning(name, error)


def require_driver(address: Address) -> None:
    """Refuse a database whose library is not installed, without asking for the database. Raises StoreError."""
    if address.path is None:
        postgresql.require_driver()


def check(address: Address) -> None:
    """Refuse a file that is damaged, before anything is written to it; a server looks after its own.

    Raises StoreError. A file that is not there yet is sound.
    """
    if address.path is not None and address.path.exists() and address.path.stat().st_size:
        with clear_errors(address.name):
            sqlite.check(address.path)


def claim_database(address: Address) -> AbstractContextManager[object]:
    """Let this process be the one daemon that works on a file; a server's database is shared, by leases.

    Raises AlreadyRunningError where a file has its daemon, StoreError where the lock can't be made.
    """
    return sqlite.claim_file(address.path) if address.path is not None else nullcontext()
