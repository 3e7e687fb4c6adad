"""The store: opened once, shared by all threads, it gives the transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine

from monitor.store import engine as database
from monitor.store import migrate
from monitor.store.work import Work


class Store:
    """The memory. Threads may share it; each transaction has a connection of its own."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self.path = path

    @classmethod
    def open(cls, url: str, *, busy_seconds: float = database.BUSY_SECONDS) -> Self:
        """Open the database of `sqlite:///path`, made or brought up to date first where that is needed.

        Raises StoreError with a remedy where it is away, locked, damaged, or made by a newer version.
        """
        path = database.database_path(url)
        migrate.upgrade(url, busy_seconds=busy_seconds)
        return cls(database.open_engine(url, busy_seconds=busy_seconds), path)

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._engine.dispose()

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A transaction that writes: alone at it, committed at the end, undone by an exception."""
        with self._begun(is_writing=True) as connection:
            yield Work(connection)

    @contextmanager
    def look(self) -> Iterator[Work]:
        """A transaction that only reads, from one moment of the database, and waits for no writer."""
        with self._begun(is_writing=False) as connection:
            yield Work(connection)

    @contextmanager
    def _begun(self, *, is_writing: bool) -> Iterator[Connection]:
        with (
            database.clear_errors(str(self.path)),
            self._engine.connect().execution_options(**{database.WRITING: is_writing}) as connection,
            connection.begin(),
        ):
            yield connection
