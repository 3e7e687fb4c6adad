"""A real database for each test: a SQLite file, and under `make test-world` PostgreSQL as well."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store import Store
from monitor.store.tables import metadata
from tests.fixtures.postgres import Server, serve

_EMPTY = f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY"
ON_BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.world)]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serve() as started:
        Store.open(started.make("a_test")).close()
        yield started


@pytest.fixture(params=ON_BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing is; on PostgreSQL its tables are there already, emptied."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'monitor.db'}"
        return
    started: Server = request.getfixturevalue("server")
    started.run(_EMPTY, "a_test")
    yield started.url("a_test")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store.open(url, busy_seconds=0.2)
    yield opened
    opened.close()


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """The address of a SQLite file, for what only a file can suffer."""
    return f"sqlite:///{tmp_path / 'monitor.db'}"


@pytest.fixture
def file_store(file_url: str) -> Iterator[Store]:
    opened = Store.open(file_url, busy_seconds=0.2)
    yield opened
    opened.close()


@pytest.fixture
def server_url(server: Server) -> Iterator[str]:
    """The address of an empty database on PostgreSQL."""
    yield server.make("empty")
    server.drop("empty")
