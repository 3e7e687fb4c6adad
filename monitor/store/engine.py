"""The database as such: how it is opened, what SQLite needs, what its errors mean, and who may work on it.

All that differs between databases stands here; the other files write portable statements.
"""

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from monitor.errors import AlreadyRunningError, StoreError

BUSY_SECONDS = 10.0
"""How long a transaction waits for another process that writes: far longer than any transaction of ours."""

WRITING = "monitor_writing"
"""Execution option of a connection whose transactions write."""

_REMEDIES = {
    sqlite3.SQLITE_BUSY: ("is locked by another program", "end the program that writes to it, or wait, then try again"),
    sqlite3.SQLITE_LOCKED: (
        "is locked by another transaction",
        "end the program that writes to it, or wait, then try again",
    ),
    sqlite3.SQLITE_FULL: ("can't grow: the disk is full", "make room on its disk; what was stored is safe"),
    sqlite3.SQLITE_READONLY: ("can't be written to", "give this user the right to write the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("can't be opened", "check that its folder exists and that this user may write there"),
    sqlite3.SQLITE_PERM: ("can't be opened", "give this user the right to read and write it"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "stop the daemon and put the newest backup in its place"),
    sqlite3.SQLITE_NOTADB: ("is no SQLite database", "name another file in the configuration, or restore a backup"),
    sqlite3.SQLITE_IOERR: ("can't be read or written: the disk reports an error", "check the disk and its free space"),
}


def database_path(url: str) -> Path:
    """The file of a SQLite database, from its `sqlite:///path`.

    Raises StoreError for an address that names no file.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("the address of the database can't be read", remedy="write sqlite:///PATH") from error
    if parsed.get_backend_name() != "sqlite":
        shown = parsed.render_as_string(hide_password=True)
        raise StoreError(f"{shown} is of a kind that this version does not know", remedy="write sqlite:///PATH")
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError("a database in memory remembers nothing", remedy="write sqlite:///PATH")
    return Path(parsed.database)


def open_engine(url: str, *, busy_seconds: float = BUSY_SECONDS, has_foreign_keys: bool = True) -> Engine:
    """An engine on the SQLite file of `url`; connections are made when they are needed, the folder at once.

    WAL, so that readers never wait for the writer; `synchronous=FULL`, so that what was committed survives
    the loss of power. A migration that rebuilds tables does so with `has_foreign_keys` off.
    """
    path = database_path(url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder {path.parent} can't be made: {error.strerror}",
            remedy="make it yourself, or name another in the configuration",
        ) from error
    if not path.exists():
        _make_private(path)
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": busy_seconds},
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    )

    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # else the driver begins transactions of its own, and DEFERRED ones
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if has_foreign_keys else 'OFF'}")
        cursor.close()

    def begin(connection: Connection) -> None:
        is_writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if is_writing else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _make_private(path: Path) -> None:
    """An empty file that its owner alone may read: addresses of feeds in it may hold tokens.

    Where it can't be made SQLite says so better than we could.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))


def insert(connection: Connection, table: Table) -> sqlite.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of the connection."""
    assert connection.dialect.name == "sqlite"
    return sqlite.insert(table)


@contextmanager
def clear_errors(name: str) -> Iterator[None]:
    """Within it, what a database can suffer is raised as StoreError with what to do about it.

    A violated constraint or a wrong statement is a mistake of ours and passes through as it is.
    """
    try:
        yield
    except DBAPIError as error:
        raise (_meaning(name, error.orig) or error) from error
    except sqlite3.Error as error:
        raise (_meaning(name, error) or error) from error


def _meaning(name: str, error: BaseException | None) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", None)
    told = _REMEDIES.get(code & 0xFF) if code is not None else None  # the low byte is the primary code
    return StoreError(f"the database {name} {told[0]}", remedy=told[1]) if told else None


class DatabaseClaim:
    """One daemon's right to work on a database. It ends with `close`, and with the process whatever ends that."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def close(self) -> None:
        """Give the right back; twice is once."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "DatabaseClaim":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def claim_database(path: Path) -> DatabaseClaim:
    """Let this process be the one daemon that works on a SQLite file.

    The lock is `flock` on `PATH.lock`, which holds the process id and stays when the lock ends: a removed
    file could be locked twice. Raises AlreadyRunningError with the id of the other daemon, StoreError where
    the file can't be made.
    """
    beside = path.with_name(path.name + ".lock")
    try:
        beside.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"the lock {beside} can't be made: {error.strerror}", remedy="give this user the right to write there"
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise AlreadyRunningError(
            f"another daemon (process {holder or 'unknown'}) works on {path}", remedy="stop it first"
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
    return DatabaseClaim(descriptor)
