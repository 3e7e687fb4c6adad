"""Numbers the whole way: from the words of an entry to the update that a person is told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.store import care
from tests.fixtures.small_web import serve
from tests.integration.pipeline.test_pipeline import NOON, QUIET, Desk, rss

FIRST = ("North Korea sends some 11,000 soldiers to Russia", "")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serve({"/feed": rss(FIRST), "/other": rss(QUIET, first=9)}) as web:
        desk = Desk(web, tmp_path)
        yield desk
        desk.app.close()


def then(desk: Desk, title: str) -> str:
    """What is printed when another outlet brings this headline an hour after the first."""
    desk.round()
    desk.web.pages["/other"] = rss((title, ""), dated=NOON + timedelta(minutes=30), first=20)
    return desk.round()


def test_an_alert_says_how_many(desk: Desk) -> None:
    printed = desk.round()

    assert "Quantities" in printed
    assert "some 11,000 soldiers" in printed


@pytest.mark.parametrize(
    ("title", "change"),
    [
        ("North Korea sends 14,000 troops to Russia", "soldiers: 11,000 → 14,000"),
        ("North Korea sends between 12,000 and 20,000 troops to Russia", "soldiers: 11,000 → 20,000"),
        ("Between one and two million soldiers sent to Russia by North Korea", "soldiers: 11,000 → 2 million"),
    ],
)
def test_a_quarter_more_is_an_update(desk: Desk, title: str, change: str) -> None:
    printed = then(desk, title)

    assert "Update" in printed
    assert change in " ".join(printed.split())


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("North Korea sends 13,000 troops to Russia", id="less than a quarter more"),
        pytest.param("North Korea sends 3,000 troops to Russia", id="fewer"),
        pytest.param("North Korea sends tens of thousands of soldiers to Russia", id="a word for many"),
        pytest.param("North Korea sends soldiers in 90,000 wagons to Russia", id="another unit"),
        pytest.param("North Korea sends soldiers to Russia on 3 March 2026", id="a date"),
    ],
)
def test_what_is_no_quarter_more_joins_the_story_and_tells_nobody(desk: Desk, title: str) -> None:
    assert then(desk, title) == ""

    with desk.app.store.look() as work:
        counts = care.counts(work)
    assert (counts.stories, counts.hits, counts.alerts) == (1, 2, 1)
