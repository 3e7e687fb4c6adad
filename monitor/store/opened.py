"""The store: opened once, shared by all threads, it gives the transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from sqlalchemy import Engine

from monitor.store import engine as database
from monitor.store import migrate
from monitor.store.address import Address, address_of
from monitor.store.work import Work


class Store:
    """The memory. Threads may share it; each transaction has a connection of its own."""

    def __init__(self, engine: Engine, address: Address) -> None:
        self._engine = engine
        self.address = address

    @classmethod
    def open(cls, url: str, *, busy_seconds: float = database.BUSY_SECONDS) -> Self:
        """Open the database of `sqlite:///path` or `postgresql://...`, made or brought up to date where needed.

        Raises StoreError with a remedy where it is away, locked, damaged, or made by a newer version.
        """
        address = address_of(url)
        migrate.upgrade(address, busy_seconds=busy_seconds)
        return cls(database.open_engine(address, busy_seconds=busy_seconds), address)

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._engine.dispose()

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A transaction that writes, committed at the end, undone by an exception. In a file it is alone at it."""
        with self._begun(is_writing=True, is_placing=False) as work:
            yield work

    @contextmanager
    def place(self) -> Iterator[Work]:
        """A transaction that writes and is the only one to see and change stories: `work`, and one at a time."""
        with self._begun(is_writing=True, is_placing=True) as work:
            yield work

    @contextmanager
    def look(self) -> Iterator[Work]:
        """A transaction that only reads, from one moment of the database, and waits for no writer."""
        with self._begun(is_writing=False, is_placing=False) as work:
            yield work

    @contextmanager
    def _begun(self, *, is_writing: bool, is_placing: bool) -> Iterator[Work]:
        with (
            database.clear_errors(self.address.name),
            database.begun_for(self._engine.connect(), is_writing=is_writing, is_placing=is_placing) as connection,
            connection.begin(),
        ):
            yield Work(connection, self.address.name)
