"""What the address of a database leads to, and what people are told of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.store.address import address_of, path_of

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////var/m.db?timeout=5", "/var/m.db"),
        ("postgresql://monitor:hidden@db.example:5433/news", "postgresql://db.example:5433/news"),
        ("postgresql+psycopg://monitor@/news?host=/run/pg&password=hidden", "postgresql:///run/pg/news"),
    ],
)
def test_a_database_is_named_without_its_password(url: str, name: str) -> None:
    address = address_of(url)

    assert address.name == name
    assert "hidden" not in repr(address)


def test_a_file_is_one_daemons_and_a_server_is_shared() -> None:
    assert not address_of("sqlite:///m.db").is_shared
    assert address_of("postgresql://h/d").is_shared


def test_postgresql_means_the_driver_that_we_ship_with() -> None:
    assert address_of("postgresql://u:p@h/d").url.drivername == "postgresql+psycopg"


def test_a_server_has_no_file() -> None:
    with pytest.raises(StoreError, match="no file"):
        path_of("postgresql://u:hidden@h/d")


def test_without_the_extra_the_remedy_is_to_install_it() -> None:
    script = (
        "import sys\nsys.modules['psycopg'] = None\n"  # as if it were not there
        "from monitor.errors import StoreError\nfrom monitor.store import Store\n"
        "try: Store.open('postgresql://u:hidden@h/d')\nexcept StoreError as error: print(error)\n"
    )

    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=ROOT).stdout

    assert "pip install '.[postgres]'" in told
    assert "hidden" not in told
