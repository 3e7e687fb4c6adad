"""What `status` calls well, and what it says of the rest."""

from dataclasses import replace
from datetime import UTC

import pytest

from monitor.cli.status import Condition, FeedLine, Lost, _as_object, _show
from monitor.store.care import Counts

COUNTS = Counts(feeds=1, failing_feeds=0, articles=5, hits=2, stories=1, alerts=1, waiting=0, accepted=1, dead=0)
WELL = Condition(
    database="m.db", counts=COUNTS, rules=30, rejected=(), stale=(), feeds=(FeedLine(feed="alder", state="ok"),),
    kinds={"desk": "mail"}, waiting={"desk": 2}, lost=(), hidden=0, broken=0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("found", "is_well", "told"),
    [
        pytest.param(WELL, True, "articles 5, hits 2", id="well"),
        pytest.param(replace(WELL, hidden=3), True, "3 stories of the last day were too old", id="backlog-is-normal"),
        pytest.param(replace(WELL, broken=1), False, "1 articles of the last day are not taken in", id="broken"),
        pytest.param(
            replace(WELL, waiting={"old": 4}), False, "4 alerts wait for channel old: configure it", id="channel-gone"
        ),
        pytest.param(
            replace(WELL, lost=(Lost(alert="a1", channel="desk", attempts=6, because="550"),)), False,
            "not delivered: a1 to desk after 6 attempts: 550", id="dead-letter",
        ),
        pytest.param(
            replace(WELL, feeds=(FeedLine(feed="alder", state="failing", failures=3),)), False, "failing (3 in a row)",
            id="failing-feed",
        ),
        pytest.param(replace(WELL, rejected=("arms.toml:3",)), False, "arms.toml:3", id="rejected-rule"),
        pytest.param(
            replace(WELL, rejected=("arms.toml:3",), stale=("rule arms",)), False,
            "in force as they last were good until they are mended: rule arms", id="stale-rule",
        ),
    ],
)  # fmt: skip
def test_what_needs_a_person_is_said_and_not_called_well(
    found: Condition, is_well: bool, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _show(found, UTC)

    assert told in capsys.readouterr().out
    assert found.is_well is is_well
    assert _as_object(found)["is_well"] is is_well
