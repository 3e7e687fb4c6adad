"""SQLite: how its file is opened and claimed, what its errors mean, and how it is copied."""

import fcntl
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from monitor.errors import AlreadyRunningError, StoreError
from monitor.store.options import CONNECTIONS, IS_WRITING, KEPT_OPEN, json_text
from monitor.store.ownership import hand_over, make_folder

_BETWEEN_TRIES = 0.02
"""Seconds between two tries of what SQLite refuses instead of waiting."""
_LOCKED = "end the program that writes to it, or wait, then try again"
_REMEDIES: Final = {
    sqlite3.SQLITE_BUSY: ("is locked by another program", _LOCKED),
    sqlite3.SQLITE_LOCKED: ("is locked by another transaction", _LOCKED),
    sqlite3.SQLITE_FULL: ("can't grow: the disk is full", "make room on its disk; what was stored is safe"),
    sqlite3.SQLITE_READONLY: ("can't be written to", "give this user the right to write the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("can't be opened", "check that its folder exists and that this user may write there"),
    sqlite3.SQLITE_PERM: ("can't be opened", "give this user the right to read and write it"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "stop the daemon and put the newest backup in its place"),
    sqlite3.SQLITE_NOTADB: ("is no SQLite database", "name another file in the configuration, or restore a backup"),
    sqlite3.SQLITE_IOERR: ("can't be read or written: the disk reports an error", "check the disk and its free space"),
}


def open_engine(path: Path, *, busy_seconds: float, has_foreign_keys: bool) -> Engine:
    """An engine on a file; connections are made when they are needed, the folder and an empty file at once.

    WAL, so that readers never wait for the writer; `synchronous=FULL`, so that what was committed survives
    the loss of power. A migration that rebuilds tables does so with `has_foreign_keys` off.
    """
    try:
        make_folder(path.parent)
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
        json_serializer=json_text,
        pool_size=KEPT_OPEN,
        max_overflow=CONNECTIONS - KEPT_OPEN,
        pool_timeout=busy_seconds,
    )

    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # else the driver begins transactions of its own, and DEFERRED ones
        cursor = connection.cursor()
        _keep_a_log(cursor, busy_seconds)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if has_foreign_keys else 'OFF'}")
        cursor.close()

    def begin(connection: Connection) -> None:
        is_writing = connection.get_execution_options().get(IS_WRITING, False)
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if is_writing else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")  # IMMEDIATE locks placing too

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _keep_a_log(cursor: DBAPICursor, busy_seconds: float) -> None:
    """Switch a file to WAL. SQLite refuses that at once while another does the same, whatever its own patience."""
    end = time.monotonic() + busy_seconds
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(_BETWEEN_TRIES)
        else:
            return


def _make_private(path: Path) -> None:
    """An empty file that its owner alone may read: addresses of feeds in it may hold tokens.

    Where it can't be made SQLite says so better than we could.
    """
    with suppress(OSError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            hand_over(descriptor, path.parent)
        finally:
            os.close(descriptor)


def meaning(name: str, error: sqlite3.Error) -> StoreError | None:
    """What an error of SQLite is to a person; None for a mistake of ours."""
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


def claim_file(path: Path) -> DatabaseClaim:
    """Let this process be the one daemon that works on a SQLite file.

    The lock is `flock` on `PATH.lock`, which holds the process id and stays when the lock ends: a removed
    file could be locked twice. Raises AlreadyRunningError with the id of the other daemon, StoreError where
    the file can't be made.
    """
    beside = path.with_name(path.name + ".lock")
    try:
        make_folder(beside.parent)
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        hand_over(descriptor, beside.parent)
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


def check(path: Path) -> None:
    """Read a whole file and write nothing. Raises StoreError where it is damaged, sqlite3.Error where it can't be read.

    About a second for each gigabyte that the system has not in memory.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        raise StoreError(
            f"the database {path} is damaged ({str(found[0]).splitlines()[-1]}), so nothing was written to it",
            remedy="put the newest backup in its place",
        )


def backup(path: Path, partly: Path) -> None:
    """Copy a database as it was last committed, while others may work on it; the copy is checked.

    Raises sqlite3.Error, or StoreError where what was copied is not sound.
    """
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partly)) as copy:
        source.backup(copy)
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise StoreError(f"the database {path} is damaged", remedy="put the newest backup in its place")
        copy.execute("PRAGMA journal_mode=DELETE").fetchone()  # one file, without a -wal beside it
