"""PostgreSQL: how a server's database is opened, its locks, what its errors mean, and how it is dumped."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from monitor.errors import StoreError
from monitor.store.address import Address
from monitor.store.options import CONNECTIONS, IS_PLACING, IS_WRITING, KEPT_OPEN, json_text

PLACING: Final = 0x6D6F6E70
"""Number of the one advisory lock under which stories are placed: all daemons on a database take it in turn."""
MIGRATING: Final = 0x6D6F6E6D
"""Number of the advisory lock under which the schema is changed."""
CONNECT_SECONDS: Final = 10

_MISSING = (
    "install the extra with the pip of this environment: pip install '.[postgres]' in a checkout, or 'WHEEL[postgres]'"
)
_AWAY = ("can't be reached", "see that the server runs and that the address is right; work goes on once it is back")
_LOCKED = ("is locked by another transaction", "end the program that holds the lock, or wait, then try again")
_REMEDIES: Final[dict[str, tuple[str, str]]] = {
    "08": _AWAY,
    "57P": _AWAY,
    "53100": ("can't grow: the server's disk is full", "make room there; what was stored is safe"),
    "53200": ("was refused memory by its server", "give the server more memory"),
    "53300": ("has too many connections", "raise max_connections of the server, or end other programs"),
    "25006": ("can't be written to: the server is read-only", "name the primary server, not a standby"),
    "28": ("refuses this user", "check user and password in the address, and pg_hba.conf of the server"),
    "3D000": ("does not exist", "make it: createdb --encoding=UTF8 --template=template0 NAME"),
    "42501": ("refuses this user a right", "make this user the owner of the database: ALTER DATABASE ... OWNER TO ..."),
    "55P03": _LOCKED,
    "40": _LOCKED,
    "57014": ("ended a statement that took too long", "raise statement_timeout of the server for this user"),
    "XX": ("is damaged, or its server is", "stop the daemon and look into the log of the server"),
    "58": ("can't be read or written: the server's disk reports an error", "check the disk of the server"),
}
"""By the beginning of SQLSTATE, the longest that fits first."""


def open_engine(address: Address, *, busy_seconds: float) -> Engine:
    """An engine on a server's database; connections are made when they are needed, and tried before each use.

    A transaction that reads sees one moment. One that writes waits at most `busy_seconds` for a lock; one that
    places stories has the advisory lock for that. Raises StoreError where the extra is not installed.
    """
    engine = create_engine(
        _driven(address.url),
        json_serializer=json_text,
        pool_pre_ping=True,
        pool_size=KEPT_OPEN,
        max_overflow=CONNECTIONS - KEPT_OPEN,
        pool_timeout=busy_seconds,
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "relations-monitor"},
    )
    waiting = f"SET LOCAL lock_timeout = {max(int(busy_seconds * 1000), 1)}"
    placing = f"{waiting}; SELECT pg_advisory_xact_lock({PLACING})"

    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get(IS_WRITING, False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            connection.exec_driver_sql(placing if options.get(IS_PLACING, False) else waiting)

    event.listen(engine, "begin", begin)
    return engine


def _driven(url: URL) -> URL:
    require_driver()
    return url


def require_driver() -> None:
    """Raises StoreError where the extra is not installed."""
    try:
        import psycopg  # noqa: F401 (only whether it is there: SQLAlchemy's own error has no remedy)
    except ImportError as error:
        raise StoreError("PostgreSQL needs the library psycopg, which can't be loaded", remedy=_MISSING) from error


def prepare(connection: Connection, name: str) -> None:
    """Refuse a database that can't hold all letters, and be alone at changing the schema until the commit."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise StoreError(
            f"the database {name} keeps its texts in {encoding}, which lacks the letters of most languages",
            remedy="make it anew: createdb --encoding=UTF8 --template=template0 NAME",
        )
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")


def meaning(name: str, error: DBAPIError) -> StoreError | None:
    """What an error of PostgreSQL is to a person; None for a mistake of ours."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    told = next((_REMEDIES[state[:size]] for size in (5, 3, 2) if state[:size] in _REMEDIES), None)
    if told is None and (error.connection_invalidated or (not state and isinstance(error, OperationalError))):
        told = _unconnected(str(error.orig))
    return StoreError(f"the database {name} {told[0]}", remedy=told[1]) if told else None


def _unconnected(said: str) -> tuple[str, str]:
    """Why there is no connection: before there is one the server gives words and no SQLSTATE."""
    for words, state in (
        ("does not exist", "3D000" if "database" in said else "28"),
        ("authentication failed", "28"),
        ("no pg_hba.conf entry", "28"),
        ("no password supplied", "28"),
        ("too many clients", "53300"),
        ("remaining connection slots", "53300"),
    ):
        if words in said:
            return _REMEDIES[state]
    return _AWAY


def dump(address: Address, partly: Path) -> None:
    """Write a database into a file that `pg_restore` reads, as of one moment, while others may work on it.

    The password goes by the environment, since everybody may read a command line. Raises StoreError.
    """
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreError(
            "a copy of a PostgreSQL database needs pg_dump, which is not installed",
            remedy="install it (Debian: apt install postgresql-client), or make the copy on the server",
        )
    _, settings = create_engine(_driven(address.url)).dialect.create_connect_args(address.url)
    written = ["--format=custom", "--no-owner", "--no-password", f"--file={partly}"]
    done = subprocess.run(  # noqa: S603 (a program of the system's, and no shell)
        [program, *written, f"--dbname={_target(settings)}"],
        env={**os.environ, **_password(settings)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        told = done.stderr.strip().splitlines()
        raise StoreError(
            f"no copy of {address.name} can be made: {told[0] if told else f'pg_dump ended with {done.returncode}'}",
            remedy="pg_dump must reach the server and be no older than it",
        )


def _target(settings: Mapping[str, Any]) -> str:
    from psycopg.conninfo import make_conninfo

    return make_conninfo(**{name: value for name, value in settings.items() if name not in ("password", "context")})


def _password(settings: Mapping[str, Any]) -> dict[str, str]:
    password = settings.get("password")
    return {"PGPASSWORD": str(password)} if password else {}
