"""What `status` calls well, and what it says of the rest."""

import io
from dataclasses import replace
from datetime import UTC

import pytest

from monitor.channels.screen import columns_of
from monitor.cli.condition import Ailment, AlertLine, ChannelLine, Condition, DaemonLine, FeedLine, Lost
from monitor.cli.status import daemon_line
from monitor.cli.status_screen import lines_of
from monitor.store.care import Counts
from monitor.trouble import Life
from tests.builders import NOON, hours, minutes

COUNTS = Counts(feeds=1, failing_feeds=0, articles=5, hits=2, stories=1, alerts=1, waiting=0, accepted=1, dead=0)
WELL = Condition(
    database="m.db", counts=COUNTS, rules=30, rejected=(), stale=(), feeds=(FeedLine(feed="alder", state="ok"),),
    channels=(ChannelLine(name="desk", kind="mail"),), waiting={"desk": 2}, lost=(), hidden=0, broken=0,
)  # fmt: skip
MISTAKE = Ailment(
    kind="config", title="A mistake in config.toml", place="config.toml:3:1", problem="unknown key", remedy="mend it",
    since=NOON,
)  # fmt: skip
FAILING = ChannelLine(name="desk", kind="mail", state="failing", waiting=2, since=NOON)

CASES = (
        pytest.param(WELL, True, "5 articles, 2 hits, 1 story, 1 alert", id="well"),
        pytest.param(replace(WELL, hidden=3), True, "3 stories of the last day were too old", id="backlog-is-normal"),
        pytest.param(replace(WELL, broken=1), False, "1 articles of the last day are not taken in", id="broken"),
        pytest.param(
            replace(WELL, waiting={"old": 4}), False, "4 alerts wait for channel old", id="channel-gone"
        ),
        pytest.param(
            replace(WELL, lost=(Lost(alert="a1", channel="desk", attempts=6, because="550"),)), False,
            "not delivered: a1 to desk after 6 attempts: 550", id="dead-letter",
        ),
        pytest.param(
            replace(WELL, feeds=(FeedLine(feed="alder", state="failing", failures=3),)), False, "failing (3 in a row)",
            id="failing-feed",
        ),
        pytest.param(
            replace(WELL, feeds=(FeedLine(feed="alder", state="failing", failures=3),)), False,
            "`relations-monitor feeds test alder` shows what comes", id="failing-feed-to-look-at",
        ),
        pytest.param(
            replace(WELL, feeds=()), True, "no feeds are configured: `relations-monitor feeds add URL`", id="no-feeds",
        ),
        pytest.param(replace(WELL, rejected=("arms.toml:3",)), False, "arms.toml:3", id="rejected-rule"),
        pytest.param(
            replace(WELL, rejected=("arms.toml:3",), stale=("rule arms",)), False,
            "in force as they last were good until they are mended: rule arms", id="stale-rule",
        ),
        pytest.param(
            replace(WELL, channels=(FAILING,)), False,
            "desk (mail): failing, 2 waiting since 2026-11-24 12:00 UTC", id="failing-channel",
        ),
        pytest.param(
            replace(WELL, daemon=DaemonLine(state="silent", since=NOON)), False,
            "no sign of life since 2026-11-24 12:00 UTC", id="dead-daemon",
        ),
        pytest.param(
            replace(WELL, daemon=DaemonLine(state="stopped", since=NOON)), False,
            "stopped since 2026-11-24 12:00 UTC", id="stopped-daemon",
        ),
        pytest.param(
            replace(WELL, ailments=(MISTAKE,)), False,
            "A mistake in config.toml, since 2026-11-24 12:00 UTC", id="bad-reload",
        ),
)  # fmt: skip


@pytest.mark.parametrize(("found", "is_well", "told"), CASES)
def test_what_needs_a_person_is_said_and_not_called_well(found: Condition, is_well: bool, told: str) -> None:
    assert told in screen(found)
    assert found.is_well is is_well
    assert found.as_object()["is_well"] is is_well
    assert ("nothing needs you" in screen(found)) is is_well
    assert ("FAIL" not in screen(found)) is is_well


def screen(found: Condition) -> str:
    """The lines of one condition."""
    return "\n".join(lines_of(found, UTC, NOON))


def test_every_trouble_says_what_to_do() -> None:
    ill = [case.values[0] for case in CASES if not case.values[1]]

    assert [found for found in ill if isinstance(found, Condition) and "-> " not in screen(found)] == []


def test_where_nothing_is_wrong_it_fits_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.stdout", Terminal())
    full = replace(
        WELL,
        waiting={},
        database="/var/lib/relations-monitor/" + "deep/" * 20 + "monitor.db",
        daemon=DaemonLine(state="alive", since=NOON, polled_at=NOON),
        feeds=tuple(FeedLine(feed=f"feed-{number}", state="ok", next_due=NOON) for number in range(100)),
        channels=tuple(
            ChannelLine(name=f"channel-{number}", kind="slack", answered_at=NOON, outcome="accepted", said="ok " * 50)
            for number in range(40)
        ),
        last_alerts=(
            AlertLine(id="a", raised_at=NOON, severity="high", title="핵실험 " * 40, channel="d", state="dead"),
        )
        * 5,
    )

    lines = screen(full).splitlines()

    assert full.is_well
    assert len(lines) <= 24
    assert [line for line in lines if columns_of(line) > 80] == []


class Terminal(io.StringIO):
    """A standard output that says it is one, without colour."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (None, "never"),
        (Life(worker="w", started_at=NOON - hours(5), beat_at=NOON - minutes(0.5)), "alive"),
        (Life(worker="w", started_at=NOON - hours(5), beat_at=NOON - minutes(2)), "silent"),
        (Life(worker="w", started_at=NOON - hours(5), beat_at=NOON - hours(1), ended_at=NOON - hours(1)), "stopped"),
    ],
)
def test_a_daemon_is_known_by_what_it_wrote_last(last: Life | None, state: str) -> None:
    assert daemon_line(last, NOON).state == state


def test_a_mistake_that_names_all_that_is_missing_takes_no_screen() -> None:
    found = replace(WELL, rejected=("arms.toml:3: " + "id is missing, " * 100,))

    assert max(map(len, screen(found).splitlines())) < 300
    assert found.as_object()["rejected"] == list(found.rejected), "for programs it is whole"
