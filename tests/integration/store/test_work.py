"""Transactions, what databases suffer, and who may work on one."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from monitor.errors import AlreadyRunningError, StoreError
from monitor.store import Store, articles, care, ledger
from monitor.store.address import address_of, path_of
from monitor.store.engine import check
from monitor.store.options import CONNECTIONS
from monitor.store.sqlite import claim_file
from tests.builders import NOON, an_article


def test_what_a_transaction_wrote_is_there_after_it(store: Store) -> None:
    with store.work() as work:
        ledger.add(work, NOON, "tried", because="a test")

    with store.look() as work:
        assert [row.because for row in ledger.read(work)] == ["a test"]


def test_an_exception_undoes_the_whole_transaction(store: Store) -> None:
    def break_off() -> None:
        with store.work() as work:
            articles.add(work, [an_article(keys=("k",))])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()

    with store.look() as work:
        assert care.counts(work).articles == 0
        assert articles.known(work, ["k"]) == {}


def test_a_look_reads_while_another_writes_and_sees_only_what_was_committed(store: Store) -> None:
    with store.work() as writing:
        articles.add(writing, [an_article()])

        with store.look() as looking:
            assert care.counts(looking).articles == 0

    with store.look() as looking:
        assert care.counts(looking).articles == 1


def test_a_look_sees_one_moment_of_the_database(store: Store) -> None:
    with store.look() as looking:
        before = care.counts(looking).articles
        with store.work() as writing:
            articles.add(writing, [an_article()])

        assert care.counts(looking).articles == before


def test_a_look_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError), store.look() as work:
        ledger.add(work, NOON, "tried")


def test_a_second_that_places_stories_waits_and_then_gets_a_clear_error(store: Store, url: str) -> None:
    other = Store.open(url, busy_seconds=0.05)
    try:
        with store.place(), pytest.raises(StoreError, match="locked") as caught, other.place():
            pass
    finally:
        other.close()

    assert "then try again" in caught.value.remedy


def test_a_second_that_places_stories_sees_what_the_first_did(store: Store, url: str) -> None:
    other = Store.open(url)
    seen: list[int] = []

    def look() -> None:
        with other.place() as work:
            seen.append(care.counts(work).articles)

    second = threading.Thread(target=look)
    with store.place() as work:
        second.start()
        articles.add(work, [an_article()])
    second.join()
    other.close()

    assert seen == [1]


def test_a_mistake_of_ours_is_not_told_as_trouble_of_the_database(store: Store) -> None:
    with pytest.raises(IntegrityError), store.work() as work:
        articles.add_sightings(work, [("key", an_article("nobody").id)])


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC),
        datetime(2026, 11, 24, 21, 0, 0, 1, tzinfo=timezone(timedelta(hours=9))),
        datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
    ids=["utc", "korean", "before-1970"],
)
def test_a_moment_comes_back_aware_and_in_utc(store: Store, moment: datetime) -> None:
    with store.work() as work:
        ledger.add(work, moment, "tried")
        found = ledger.read(work)[0].at

    assert found == moment
    assert found.tzinfo is UTC


def test_moments_of_different_zones_are_sorted_by_when_they_are(store: Store) -> None:
    seoul = timezone(timedelta(hours=9))
    first = an_article("first", published=NOON.astimezone(seoul), keys=("1",))
    second = an_article("second", published=NOON + timedelta(microseconds=1), keys=("2",))
    with store.work() as work:
        articles.add(work, [second, first])
        in_order = work.connection.exec_driver_sql("SELECT id FROM articles ORDER BY published").scalars().all()

    assert list(in_order) == ["first", "second"]


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    from sqlalchemy.exc import StatementError

    with pytest.raises(StatementError, match="without a zone"), store.work() as work:
        ledger.add(work, NOON.replace(tzinfo=None), "tried")


def test_what_was_committed_survives_a_kill(url: str) -> None:
    Store.open(url).close()
    script = (
        "import os, signal\n"
        "from monitor.store import Store, ledger\n"
        "from tests.builders import NOON\n"
        f"store = Store.open({url!r})\n"
        "with store.work() as work: ledger.add(work, NOON, 'kept')\n"
        "with store.work() as work:\n"
        "    ledger.add(work, NOON, 'lost')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )

    ended = subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(__file__).parents[3])

    assert ended.returncode == -9
    again = Store.open(url)
    with again.look() as work:
        assert [row.kind for row in ledger.read(work)] == ["kept"]
    again.close()


# --- trouble ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:", "no hidden address", "mysql://u:hidden@h/d"])
def test_an_address_that_names_no_database_is_refused_with_a_remedy(address: str) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(address)

    assert "write sqlite:///PATH" in caught.value.remedy
    assert "hidden" not in str(caught.value)


def of_an_account(path: Path) -> Path:
    """The path as one of an account other than root's, in which root makes folders too."""
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
    return path


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    home = of_an_account(tmp_path)

    Store.open(f"sqlite:///{home / 'state' / 'deep' / 'monitor.db'}").close()

    assert (home / "state" / "deep" / "monitor.db").exists()


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    of_an_account(tmp_path / "file")

    with pytest.raises(StoreError, match=r"folder .*file/state can't be made"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'state' / 'monitor.db'}")


def test_a_file_that_is_no_database_is_refused_and_left_alone(file_url: str) -> None:
    path_of(file_url).write_text("a letter, and no database at all\n" * 100)

    with pytest.raises(StoreError, match="is no SQLite database"):
        Store.open(file_url)

    assert path_of(file_url).read_text().startswith("a letter")


def test_a_damaged_database_is_told_with_the_remedy(file_url: str) -> None:
    store = Store.open(file_url)
    with store.work() as work:
        articles.add(work, [an_article(f"a{n}", text="x" * 4000, keys=(f"k{n}",)) for n in range(200)])
    store.close()
    with path_of(file_url).open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 400_000)

    def read() -> None:
        with closing(Store.open(file_url)) as again, again.look() as work:
            articles.get(work, [an_article(f"a{n}").id for n in range(200)])

    with pytest.raises(StoreError, match="is damaged") as caught:
        read()

    assert "backup" in caught.value.remedy


def test_a_full_database_is_told_and_what_was_stored_is_safe(file_store: Store) -> None:
    with file_store.work() as work:
        articles.add(work, [an_article("kept", keys=("k",))])

    def fill() -> None:
        with file_store.work() as work:
            work.connection.exec_driver_sql("PRAGMA max_page_count=1")
            articles.add(work, [an_article(f"a{n}", text="x" * 4000, keys=(f"k{n}",)) for n in range(500)])

    with pytest.raises(StoreError, match="full"):
        fill()

    with file_store.look() as work:
        assert care.counts(work).articles == 1


def test_a_damaged_file_is_refused_before_anything_is_written_to_it(file_url: str) -> None:
    path = path_of(file_url)
    with closing(Store.open(file_url)) as store, store.work() as work:
        articles.add(work, [an_article(f"a{n}", text="x" * 4000, keys=(f"k{n}",)) for n in range(200)])
    with path.open("r+b") as file:
        file.seek(200_000)
        file.write(b"\xff" * 100_000)
    before = path.read_bytes()

    with pytest.raises(StoreError, match="is damaged") as caught:
        check(address_of(file_url))

    assert "backup" in caught.value.remedy
    assert path.read_bytes() == before


def test_a_sound_file_and_none_at_all_pass(file_url: str) -> None:
    check(address_of(file_url))
    Store.open(file_url).close()
    check(address_of(file_url))


def test_a_file_that_another_program_holds_is_told_and_used_again_after_it(file_store: Store, file_url: str) -> None:
    with closing(sqlite3.connect(path_of(file_url), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked by another program"), file_store.work():
            pass
        other.execute("ROLLBACK")

    with file_store.work() as work:
        ledger.add(work, NOON, "kept")


def test_connections_that_are_all_in_use_are_told_and_free_again(url: str) -> None:
    with closing(Store.open(url, busy_seconds=0.1)) as store:
        with ExitStack() as held:
            for _ in range(CONNECTIONS):
                held.enter_context(store.look())
            with pytest.raises(StoreError, match="all connections") as caught, store.look():
                pass

        with store.look() as work:
            assert ledger.read(work) == []
    assert "try again" in caught.value.remedy


def fill(store: Store) -> int:
    """Store articles until no more can be, one at a time; gives how many were said to be stored."""
    for number in range(1000):
        try:
            with store.work() as work:
                articles.add(work, [an_article(f"a{number}", text="x" * 50_000, keys=(f"k{number}",))])
        except StoreError:
            return number
    pytest.fail("the disk never got full")


@pytest.mark.world
def test_a_disk_that_is_full_loses_nothing_that_was_stored_and_takes_more_once_there_is_room(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], check=True)
    try:
        with closing(Store.open(f"sqlite:///{disk / 'm.db'}", busy_seconds=0.2)) as store:
            kept = fill(store)
            subprocess.run(["mount", "-o", "remount,size=16m", disk], check=True)
            with store.work() as work:
                articles.add(work, [an_article("after", keys=("after",))])

            with store.look() as work:
                assert care.counts(work).articles == kept + 1
        check(address_of(f"sqlite:///{disk / 'm.db'}"))
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
    assert kept > 5


@pytest.mark.world
def test_a_disk_that_became_read_only_is_told_and_used_again_after_it(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=True)
    try:
        Store.open(f"sqlite:///{disk / 'm.db'}").close()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(StoreError) as caught:
            Store.open(f"sqlite:///{disk / 'm.db'}")
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        Store.open(f"sqlite:///{disk / 'm.db'}").close()
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
    assert "right" in caught.value.remedy or "may write" in caught.value.remedy


# --- one daemon -------------------------------------------------------------------------------------------------------


def test_a_second_daemon_is_refused_and_told_the_process_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"

    with claim_file(path), pytest.raises(AlreadyRunningError, match=rf"process {os.getpid()}\b"):
        claim_file(path)

    claim_file(path).close()


def test_the_claim_ends_with_the_process_however_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    script = (
        "import os, signal, pathlib\n"
        "from monitor.store.sqlite import claim_file\n"
        f"claim = claim_file(pathlib.Path({str(path)!r}))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )

    ended = subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(__file__).parents[3])

    assert ended.returncode == -9
    claim_file(path).close()


# --- a copy -----------------------------------------------------------------------------------------------------------


def test_a_backup_holds_what_was_committed_though_another_writes(file_store: Store, tmp_path: Path) -> None:
    with file_store.work() as work:
        articles.add(work, [an_article()])

    with file_store.work() as work:
        articles.add(work, [an_article("open", keys=("k",))])
        copy = care.backup(file_store.address, tmp_path / "copy.db")

    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT id FROM articles").fetchall() == [("a1",)]
    assert not (tmp_path / "copy.db.part").exists()


def test_a_backup_that_can_not_be_made_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        care.backup(store.address, tmp_path / "missing" / "copy.db")


def test_counts_tell_how_much_there_is(store: Store) -> None:
    with store.work() as work:
        articles.add(work, [an_article(), an_article("a2", keys=("k",))])

    with store.look() as work:
        found = care.counts(work)

    assert (found.articles, found.hits, found.stories, found.waiting) == (2, 0, 0, 0)


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path / 'm.db'}").close()

    assert (tmp_path / "m.db").stat().st_mode & 0o777 == 0o600
