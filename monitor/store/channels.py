"""How each channel fares, from its last attempts: rows <-> `ChannelState`."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update

from monitor.model import ChannelName, ChannelState
from monitor.store.tables import channel_states as table
from monitor.store.tables import deliveries
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
