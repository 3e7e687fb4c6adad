"""One transaction: what every function of this room takes."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.sql import Executable

from monitor.store import engine as database

Item = TypeVar("Item")
CHUNK = 900
"""Values in one question: below 999, the least that a SQLite may allow."""


class Work:
    """A transaction under way: what the functions of this room take. It lives as long as its `with`."""

    __slots__ = ("_name", "connection", "open_from")

    def __init__(self, connection: Connection, name: str) -> None:
        self.connection = connection
        self.open_from: datetime | None = None
        """The first moment of the ledger that no seal covers, once `ledger` has asked."""
        self._name = name

    def rows(self, statement: Executable, values: Sequence[dict[str, Any]] | None = None) -> Sequence[Row[Any]]:
        """What a statement gives back. With a list of values it runs for each."""
        result = (
            self.connection.execute(statement, values) if values is not None else self.connection.execute(statement)
        )
        return result.all()

    def run(self, statement: Executable, values: Sequence[dict[str, Any]] | None = None) -> int:
        """Run a statement, for each of the values where there are some, and return how many rows it touched."""
        if values is None:
            return self.connection.execute(statement).rowcount
        return self.connection.execute(statement, values).rowcount if values else 0

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of the transaction that an exception undoes alone; what came before it stands.

        Raises StoreError for what a database can suffer, as the whole does.
        """
        with database.clear_errors(self._name), self.connection.begin_nested():
            yield

    def insert(self, table: Table) -> Insert:
        """An INSERT that knows ON CONFLICT."""
        return database.insert(self.connection, table)


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """The items in lists of at most `size`, in order."""
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
