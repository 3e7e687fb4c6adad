"""The way from any database to our schema."""

import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from monitor.errors import StoreError
from monitor.resources import shipped
from monitor.store import Store, articles, migrate, tables
from monitor.store.address import address_of, path_of
from tests.builders import an_article
from tests.fixtures.postgres import Server
from tests.integration.store.conftest import ON_BOTH

NEXT = '''
"""A later schema: a column, and a table made anew."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade() -> None:
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("articles", recreate=anew) as batch:
        batch.add_column(sa.Column("mood", sa.String(), nullable=False, server_default="calm"))
'''
BROKEN = NEXT + '    op.execute("INSERT INTO no_such_table VALUES (1)")\n'
SCHEMAS = Path(__file__).with_name("schemas")


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a version of tomorrow."""
    return later_scripts(tmp_path, NEXT)


def later_scripts(folder: Path, text: str) -> Path:
    scripts = folder / "50% later" / "alembic"
    shutil.copytree(shipped("alembic"), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9999_later.py").write_text(text.format(before=tables.SCHEMA))
    return scripts


def shape(path: Path) -> dict[str, tuple[object, ...]]:
    """Everything that SQLite knows of the tables: columns, references, indices."""
    with closing(sqlite3.connect(path)) as connection:

        def told(pragma: str, name: str) -> list[tuple[object, ...]]:
            return connection.execute(f"PRAGMA {pragma}('{name}')").fetchall()

        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: (
                told("table_info", name),
                sorted(str(row[1:]) for row in told("foreign_key_list", name)),  # the first is a mere number
                sorted(str((row[1:], told("index_info", str(row[1])))) for row in told("index_list", name)),
            )
            for name in names
            if name not in {"alembic_version", "sqlite_sequence"}
        }


def made_by_tables(path: Path) -> Path:
    engine = create_engine(f"sqlite:///{path}")
    tables.metadata.create_all(engine)
    engine.dispose()
    return path


def test_the_schema_that_the_program_names_is_the_newest_that_ships() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(shipped("alembic")))

    assert ScriptDirectory.from_config(config).get_heads() == [tables.SCHEMA]


def test_an_empty_database_gets_the_schema_of_the_tables(file_url: str, tmp_path: Path) -> None:
    migrate.upgrade(address_of(file_url))

    assert shape(path_of(file_url)) == shape(made_by_tables(tmp_path / "tables.db"))
    assert migrate.current(address_of(file_url)) == tables.SCHEMA


@pytest.mark.parametrize("dump", sorted(SCHEMAS.glob("*.sql")), ids=lambda dump: dump.stem)
def test_an_old_database_gets_the_schema_of_the_tables(dump: Path, file_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path_of(file_url))) as connection:
        connection.executescript(dump.read_text())

    store = Store.open(file_url)

    with store.look() as work:
        assert articles.get(work, [an_article().id]) == {an_article().id: an_article(keys=("k1", "k2"))}
    store.close()
    assert shape(path_of(file_url)) == shape(made_by_tables(tmp_path / "tables.db"))


def test_every_schema_that_was_released_has_its_dump() -> None:
    released = {path.name[:4] for path in (shipped("alembic") / "versions").glob("[0-9]*.py")}

    assert {dump.stem for dump in SCHEMAS.glob("*.sql")} == released


def test_opening_an_up_to_date_database_copies_nothing(file_url: str) -> None:
    Store.open(file_url).close()
    Store.open(file_url).close()

    assert not list(path_of(file_url).parent.glob("*.bak"))


def test_an_upgrade_keeps_what_was_stored_and_a_copy_of_how_it_was(file_url: str, later: Path) -> None:
    store = Store.open(file_url)
    with store.work() as work:
        articles.add(work, [an_article(keys=("k1",))])
    store.close()
    before = shape(path_of(file_url))

    copy = migrate.upgrade(address_of(file_url), scripts=later, target="9999")

    assert copy == path_of(file_url).with_name(f"monitor.db.schema-{tables.SCHEMA}.bak")
    assert shape(copy) == before
    with closing(sqlite3.connect(path_of(file_url))) as connection:
        assert connection.execute("SELECT id, mood FROM articles").fetchall() == [("a1", "calm")]
        assert connection.execute("SELECT key, article FROM sightings").fetchall() == [("k1", "a1")]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT id FROM articles").fetchall() == [("a1",)]


def test_a_backup_is_never_written_over(file_url: str, later: Path) -> None:
    Store.open(file_url).close()
    taken = path_of(file_url).with_name(f"monitor.db.schema-{tables.SCHEMA}.bak")
    taken.write_text("an earlier one")

    copy = migrate.upgrade(address_of(file_url), scripts=later, target="9999")

    assert copy is not None
    assert copy != taken
    assert taken.read_text() == "an earlier one"


def test_an_upgrade_that_breaks_changes_nothing(file_url: str, tmp_path: Path) -> None:
    Store.open(file_url).close()
    before = shape(path_of(file_url))

    with pytest.raises(Exception, match="no_such_table"):
        migrate.upgrade(address_of(file_url), scripts=later_scripts(tmp_path, BROKEN), target="9999")

    assert shape(path_of(file_url)) == before
    assert migrate.current(address_of(file_url)) == tables.SCHEMA


def test_an_older_program_refuses_a_newer_database_and_leaves_it_alone(file_url: str, later: Path) -> None:
    Store.open(file_url).close()
    migrate.upgrade(address_of(file_url), scripts=later, target="9999")
    before = shape(path_of(file_url))

    with pytest.raises(StoreError, match=r"newer version \(schema 9999") as caught:
        Store.open(file_url)

    assert "backup" in caught.value.remedy
    assert shape(path_of(file_url)) == before


def test_a_database_of_another_program_is_refused_and_left_alone(file_url: str) -> None:
    with closing(sqlite3.connect(path_of(file_url))) as connection:
        connection.execute("CREATE TABLE bookmarks (id INTEGER)")

    with pytest.raises(StoreError, match="of another program"):
        Store.open(file_url)

    assert set(shape(path_of(file_url))) == {"bookmarks"}


def test_a_database_that_is_absent_has_no_schema_and_is_not_made(file_url: str) -> None:
    assert migrate.current(address_of(file_url)) is None
    assert not path_of(file_url).exists()


def test_opening_an_up_to_date_database_does_not_import_alembic(file_url: str) -> None:
    Store.open(file_url).close()
    opened = f"from monitor.store import Store\nStore.open({file_url!r}).close()\n"
    script = f"import sys\n{opened}print('alembic' in sys.modules)"

    told = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )

    assert told.stdout.strip() == "False"


# --- both databases ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=ON_BOTH)
def fresh_url(request: pytest.FixtureRequest) -> str:
    """The address of a database in which there is nothing at all."""
    return str(request.getfixturevalue("file_url" if request.param == "sqlite" else "server_url"))


def differences(url: str) -> list[object]:
    """What a migration would have to do so that the database had the schema of the tables, by Alembic's own look."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_engine(address_of(url).url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), tables.metadata)
    engine.dispose()
    return list(found)


def test_the_migrations_make_the_tables_on_both_databases(fresh_url: str) -> None:
    migrate.upgrade(address_of(fresh_url))

    assert differences(fresh_url) == []
    assert migrate.current(address_of(fresh_url)) == tables.SCHEMA


def test_an_upgrade_keeps_what_was_stored_on_both_databases(fresh_url: str, later: Path) -> None:
    with closing(Store.open(fresh_url)) as store, store.work() as work:
        articles.add(work, [an_article(keys=("k1",))])

    migrate.upgrade(address_of(fresh_url), scripts=later, target="9999")

    engine = create_engine(address_of(fresh_url).url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT id, mood FROM articles").all() == [("a1", "calm")]
    engine.dispose()


def test_an_upgrade_that_breaks_changes_nothing_on_both_databases(fresh_url: str, tmp_path: Path) -> None:
    Store.open(fresh_url).close()

    with pytest.raises(Exception, match="no_such_table"):
        migrate.upgrade(address_of(fresh_url), scripts=later_scripts(tmp_path, BROKEN), target="9999")

    assert differences(fresh_url) == []
    assert migrate.current(address_of(fresh_url)) == tables.SCHEMA


def test_an_older_program_refuses_a_newer_database_on_both(fresh_url: str, later: Path) -> None:
    Store.open(fresh_url).close()
    migrate.upgrade(address_of(fresh_url), scripts=later, target="9999")

    with pytest.raises(StoreError, match=r"newer version \(schema 9999"):
        Store.open(fresh_url)

    assert migrate.current(address_of(fresh_url)) == "9999"


def test_daemons_that_start_at_once_on_an_empty_database_upgrade_it_once(fresh_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: Store.open(fresh_url).close(), range(4)))

    assert differences(fresh_url) == []


def test_a_database_of_another_program_is_refused_on_both(fresh_url: str) -> None:
    engine = create_engine(address_of(fresh_url).url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE bookmarks (id INTEGER)")
    engine.dispose()

    with pytest.raises(StoreError, match="of another program"):
        Store.open(fresh_url)


def test_an_upgrade_that_is_killed_changes_nothing_and_is_made_by_the_next_start(
    fresh_url: str, tmp_path: Path
) -> None:
    Store.open(fresh_url).close()
    killed = NEXT + "    import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    script = (
        "import pathlib\n"
        "from monitor.store import migrate\n"
        "from monitor.store.address import address_of\n"
        f"scripts = pathlib.Path({str(later_scripts(tmp_path, killed))!r})\n"
        f"migrate.upgrade(address_of({fresh_url!r}), scripts=scripts, target='9999')\n"
    )

    ended = subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(__file__).parents[3])

    assert ended.returncode == -9
    assert migrate.current(address_of(fresh_url)) == tables.SCHEMA
    assert differences(fresh_url) == []
    sound = later_scripts(tmp_path / "mended", NEXT)
    migrate.upgrade(address_of(fresh_url), scripts=sound, target="9999")
    assert migrate.current(address_of(fresh_url)) == "9999"


@pytest.mark.world
def test_a_database_that_lacks_letters_is_refused_with_the_remedy(server: Server) -> None:
    server.run("CREATE DATABASE letters TEMPLATE template0 ENCODING 'LATIN1'")
    try:
        with pytest.raises(StoreError, match="in LATIN1") as caught:
            Store.open(server.url("letters"))
    finally:
        server.drop("letters")

    assert "UTF8" in caught.value.remedy
