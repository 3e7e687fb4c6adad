"""What a desk asks for: alerts and hits by when they came, what they are about and whom they went to, as SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_

from monitor.model import SEVERITIES, ActorCode, ChannelName, EventType, RuleId, Severity, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which alerts or hits are wanted; None asks for nothing in particular.

    From `since` (included) to `until` (excluded), of at least this `severity`; `actor` does it, has it done to it or
    says so; `story` is the beginning of its id; `channel` was told, `state` is that of a delivery.
    """

    since: datetime | None = None
    until: datetime | None = None
    severity: Severity | None = None
    rule: RuleId | None = None
    event: EventType | None = None
    actor: ActorCode | None = None
    status: Status | None = None
    story: str | None = None
    channel: ChannelName | None = None
    state: str | None = None


def within(asked: Asked, moment: ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    """The conditions of time on a column."""
    begun = [] if asked.since is None else [moment >= asked.since]
    return begun if asked.until is None else [*begun, moment < asked.until]


def severe_enough(asked: Asked, severity: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """At least as severe as asked."""
    if asked.severity is None:
        return []
    return [severity.in_(SEVERITIES[SEVERITIES.index(asked.severity) :])]


def equal(wanted: Mapping[ColumnElement[str], str | None]) -> list[ColumnElement[bool]]:
    """Each of these columns is what was asked for."""
    return [column == value for column, value in wanted.items() if value is not None]


def names_actor(asked: Asked, kept: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """A value kept as JSON with `source`, `target` and `attribution` names the actor in one of these roles.

    The list of who says so is compared as text, which both databases give for a list alike: no code is part of
    another between its quotation marks.
    """
    if asked.actor is None:
        return []
    roles = [kept[role].as_string() == asked.actor for role in ("source", "target")]
    said = kept["attribution"].as_string().contains(f'"{asked.actor}"', autoescape=True)
    return [or_(*roles, said)]
