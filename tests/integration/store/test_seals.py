"""The ledger is sealed by day, and what is done to it afterwards is found."""

from datetime import timedelta

import pytest

from monitor.store import Store, ledger, seals
from tests.builders import NOON, days, hours

AFTER = NOON + days(3)


def written(store: Store) -> None:
    """Three days of the ledger with rows, the last of them the day before AFTER."""
    for number in range(3):
        with store.work() as work:
            for one in range(2):
                ledger.add(work, NOON + days(number), "tried", because=f"{number}.{one}", detail={"b": 1, "a": "한"})


def judged(store: Store) -> list[tuple[str, str]]:
    with store.look() as work:
        return [(one.day[-2:], one.judgement) for one in seals.verify(work)]


def sealed(store: Store) -> None:
    written(store)
    with store.place() as work:
        assert [seal.rows for seal in seals.seal_due(work, AFTER)] == [2, 2, 2]


def test_a_day_is_sealed_once_it_is_over_and_follows_from_the_day_before(store: Store) -> None:
    written(store)
    with store.place() as work:
        first = seals.seal_due(work, NOON + hours(12.9))
        rest = seals.seal_due(work, AFTER)
        again = seals.seal_due(work, AFTER)

    assert (first, again) == ([], [])
    assert [seal.before for seal in rest] == ["", rest[0].digest, rest[1].digest]
    assert judged(store) == [("24", "sound"), ("25", "sound"), ("26", "sound")]


def test_the_day_that_is_not_over_is_open(store: Store) -> None:
    sealed(store)
    with store.work() as work:
        ledger.add(work, AFTER, "tried")

    assert judged(store)[-1] == ("27", "open")


@pytest.mark.parametrize(
    ("statement", "judgement"),
    [
        ("UPDATE ledger SET because = 'x' WHERE id = 3", "changed"),
        ('UPDATE ledger SET detail = \'{"a": "other"}\' WHERE id = 3', "changed"),
        ("UPDATE ledger SET at = '2026-11-25 12:00:00.000001+00:00' WHERE id = 4", "changed"),
        ("UPDATE ledger SET id = 99 WHERE id = 3", "changed"),
        ("DELETE FROM ledger WHERE id = 4", "missing"),
        ("DELETE FROM ledger WHERE id IN (3, 4)", "missing"),
        (
            "INSERT INTO ledger (id, at, kind, because) VALUES (99, '2026-11-25 08:00:00.000000+00:00', 'x', '')",
            "added",
        ),
        ("UPDATE seals SET digest = 'x' WHERE day = '2026-11-25'", "changed"),
        ("UPDATE seals SET pruned_at = sealed_at WHERE day = '2026-11-25'", "missing"),
    ],
)
def test_what_was_done_to_a_sealed_day_is_found_with_its_day(store: Store, statement: str, judgement: str) -> None:
    sealed(store)
    with store.work() as work:
        is_sqlite = work.connection.dialect.name == "sqlite"
        work.connection.exec_driver_sql(statement.replace("+00:00", "") if is_sqlite else statement)

    found = dict(judged(store))
    assert found["24"] == "sound"
    assert found["25"] == judgement


def test_a_row_in_a_day_that_had_none_is_found(store: Store) -> None:
    with store.place() as work:
        ledger.add(work, NOON, "tried")
        ledger.add(work, NOON + days(2), "tried")
        seals.seal_due(work, AFTER)
        moment = "2026-11-25 08:00:00.000000" + ("" if work.connection.dialect.name == "sqlite" else "+00:00")
        work.connection.exec_driver_sql(f"INSERT INTO ledger (at, kind, because) VALUES ('{moment}', 'x', '')")

    assert judged(store) == [("24", "sound"), ("25", "added"), ("26", "sound")]


def test_a_seal_that_is_gone_is_found(store: Store) -> None:
    sealed(store)
    with store.work() as work:
        work.connection.exec_driver_sql("DELETE FROM seals WHERE day = '2026-11-25'")
        work.connection.exec_driver_sql("DELETE FROM ledger WHERE id IN (3, 4)")

    assert judged(store) == [("24", "sound"), ("26", "changed")]


def test_what_is_written_late_or_by_a_clock_set_back_goes_into_a_day_that_is_open(store: Store) -> None:
    sealed(store)
    with store.work() as work:
        ledger.add(work, NOON - timedelta(days=400), "late", because="the clock was wrong")
        [row] = ledger.read(work, kind="late")

    assert row.at == ledger.day_end("2026-11-26")
    assert row.detail == {"happened_at": (NOON - timedelta(days=400)).isoformat()}
    assert judged(store) == [("24", "sound"), ("25", "sound"), ("26", "sound"), ("27", "open")]


def test_a_row_holds_no_secret_and_no_page(store: Store) -> None:
    with store.work() as work:
        ledger.add(
            work,
            NOON,
            "tried",
            because="https://ann:hunter2@h.org said " + "x" * 9000,
            detail={"url": "json://u:hunter2@h"},
        )
        [row] = ledger.read(work)

    assert "hunter2" not in row.because + str(row.detail)
    assert len(row.because) == ledger.LONGEST
