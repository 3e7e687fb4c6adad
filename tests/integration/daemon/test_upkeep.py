"""What the daemon does by itself once a day: seal and prune; and what its ledger then tells. The clock is moved."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config.values import RetentionSettings
from monitor.daemon.upkeep import Upkeep
from monitor.store import care, ledger, seals
from monitor.store.story_of import story_of
from tests.fixtures.small_web import serve
from tests.integration.pipeline.test_pipeline import QUIET, TROOPS, Desk, rss

MONTH = timedelta(days=30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serve({"/feed": rss(TROOPS, QUIET), "/other": rss(QUIET, first=9)}) as web:
        desk = Desk(web, tmp_path)
        yield desk
        desk.app.close()


def sealed(desk: Desk) -> list[str]:
    with desk.app.store.look() as work:
        return [one.day for one in seals.seals(work)]


def test_a_day_is_sealed_by_itself_once_it_is_over_and_stays_sound(desk: Desk) -> None:
    upkeep = Upkeep(desk.app, threading.Event())
    desk.round(timedelta(hours=1))

    upkeep.run()
    same_day = sealed(desk)
    desk.clock.move(timedelta(days=1))
    for _ in range(3):
        upkeep.run()

    assert same_day == []
    assert sealed(desk) == ["2026-03-02"]
    with desk.app.store.look() as work:
        assert all(one.is_sound for one in seals.verify(work))


def test_what_is_older_than_it_is_kept_goes_by_itself_once_and_its_seal_stays(desk: Desk) -> None:
    upkeep = Upkeep(desk.app, threading.Event())
    desk.app.config = replace(
        desk.app.config, retention=RetentionSettings(articles=MONTH, alerts=MONTH, ledger=2 * MONTH)
    )
    desk.round()
    counts = []

    for later in (0, 29, 3, 40):
        desk.clock.move(timedelta(days=later))
        upkeep.run()
        with desk.app.store.look() as work:
            counts.append((care.counts(work).hits, care.counts(work).alerts))

    assert counts[:2] == [(1, 1), (1, 1)]
    assert counts[-1] == (0, 0)
    assert sealed(desk)[0] == "2026-03-02"
    with desk.app.store.look() as work:
        assert "article_stored" not in {row.kind for row in ledger.read(work)}
        assert all(one.is_sound for one in seals.verify(work))


WHOLE_WAY = [
    "article_stored", "hit_found", "alert_raised", "delivery_queued", "story_opened", "delivery_begun",
    "delivery_accepted",
]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("alert", WHOLE_WAY), ("article", WHOLE_WAY), ("rule", ["hit_found", "alert_raised"])],
)
def test_from_the_feed_to_the_answer_the_whole_way_is_told_in_order(
    desk: Desk, subject: str, expected: list[str]
) -> None:
    desk.round()
    with desk.app.store.look() as work:
        raised = next(row for row in ledger.read(work) if row.kind == "alert_raised")
        found = next(row for row in ledger.read(work) if row.kind == "hit_found")
        names = {"alert": raised.alert, "article": found.article, "rule": found.rule}

        told = story_of(work, names[subject], since=None, limit=100)

    assert told.kind == subject
    assert [row.kind for row in told.rows] == expected
    assert [row.id for row in told.rows] == sorted(row.id for row in told.rows)
