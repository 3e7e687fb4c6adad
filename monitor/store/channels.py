"""How each channel fares, from its last attempts: rows <-> `ChannelState`."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from monitor.model import ChannelName, ChannelState
from monitor.store import ledger
from monitor.store.tables import channel_states as table
from monitor.store.tables import deliveries
from monitor.store.tables import ledger as ledger_table
from monitor.store.work import Work


def state(work: Work, channel: ChannelName) -> ChannelState:
    """How a channel fares; one that was never tried is new."""
    rows = work.rows(select(table).where(table.c.channel == channel).with_for_update())
    return ChannelState(**{**rows[0]._mapping, "channel": channel}) if rows else ChannelState(channel=channel)


def states(work: Work, channels: Iterable[ChannelName]) -> dict[ChannelName, ChannelState]:
    """How these channels fare."""
    kept = {row.channel: row for row in work.rows(select(table))}
    return {
        name: ChannelState(**{**kept[name]._mapping, "channel": name}) if name in kept else ChannelState(channel=name)
        for name in channels
    }


def save(work: Work, one: ChannelState) -> None:
    """Write how a channel fares from now on."""
    values = asdict(one)
    statement = work.insert(table).values(values)
    updated = {name: statement.excluded[name] for name in values}
    work.run(statement.on_conflict_do_update(index_elements=[table.c.channel], set_=updated))


def line_up(work: Work, channel: ChannelName, at: datetime) -> None:
    """Let what was tried on a channel that is down wait for its pause and no longer, so that its order is kept."""
    later = update(deliveries).where(
        deliveries.c.channel == channel, deliveries.c.state == "waiting", deliveries.c.next_at > at
    )
    work.run(later.values(next_at=at))


# --- tried by hand ----------------------------------------------------------------------------------------------------

TESTED = timedelta(days=7)
"""How long a test counts that nothing was sent after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """How the last sample fared that a person sent to a channel; `outcome` as of an attempt, but "accepted" if so."""

    at: datetime
    outcome: str
    said: str


def note_test(work: Work, channel: ChannelName, outcome: str, said: str, *, who: str, now: datetime) -> None:
    """Write down that a person sent a sample to a channel, and what came of it."""
    detail = {"outcome": outcome, "who": who}
    ledger.add(work, now, "channel_tested", channel=channel, because=said, detail=detail)


def failed_tests(work: Work, now: datetime) -> dict[ChannelName, Tested]:
    """The channels whose last test was not taken, and that have answered nothing since: they work for nobody yet."""
    asked = select(ledger_table.c.channel, ledger_table.c.at, ledger_table.c.because, ledger_table.c.detail)
    of_late = ledger_table.c.at >= now - TESTED
    rows = work.rows(asked.where(ledger_table.c.kind == "channel_tested", of_late).order_by(ledger_table.c.id))
    last = {
        ChannelName(row.channel): Tested(at=row.at, outcome=row.detail["outcome"], said=row.because) for row in rows
    }
    kept = states(work, last)
    return {
        name: one
        for name, one in last.items()
        if one.outcome != "accepted" and ((at := kept[name].last_at) is None or at < one.at)
    }
