"""Where a database is: read from its address once, and named to people without its password."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from monitor.errors import StoreError

_EXPECTED = "write sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A database. `name` is what people are told; `path` is the file of a SQLite database, None for a server's."""

    name: str
    path: Path | None
    url: URL = field(repr=False)

    @property
    def is_shared(self) -> bool:
        """Whether several daemons may work on it: a server's database, by leases. A file has one."""
        return self.path is None


def address_of(url: str) -> Address:
    """What `sqlite:///path` or `postgresql://...` leads to. Raises StoreError, without a word of the address."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError("the address of the database can't be read", remedy=_EXPECTED) from None  # it quotes it
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return Address(name=_named(parsed), path=None, url=parsed.set(drivername="postgresql+psycopg"))
    if backend != "sqlite":
        raise StoreError(f"there is no database of the kind {backend}", remedy=_EXPECTED)
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError("a database in memory remembers nothing", remedy="write sqlite:///PATH")
    path = Path(parsed.database)
    return Address(name=str(path), path=path, url=parsed.set(query={}))


def path_of(url: str) -> Path:
    """The file of a SQLite database. Raises StoreError for an address that names none."""
    address = address_of(url)
    if address.path is None:
        raise StoreError(f"{address.name} is a server's, and no file", remedy="write sqlite:///PATH")
    return address.path


def _named(url: URL) -> str:
    """Host and database alone: a password may stand in the settings after the ? as well."""
    host = url.host or url.query.get("host") or "localhost"
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{host if isinstance(host, str) else host[0]}{port}/{url.database or url.username or ''}"
