"""The filters by which a desk asks for alerts and hits, as options of a command, and what they mean."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, TypeVar

import click

from monitor.errors import UsageError
from monitor.model import SEVERITIES, STATUSES, ActorCode, ChannelName, EventType, RuleId

if TYPE_CHECKING:  # at run time it is read late: `--help` needs no database
    from monitor.rules.actors import Actors
    from monitor.store.asked import Asked

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_AGO = re.compile(r"(\d{1,6})\s*(m|min|h|d|w)")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")

FILTERS = (
    click.option("--since", metavar="WHEN", help="Not before: 90m, 24h, 7d, today, yesterday, or 2026-11-24T09:30."),
    click.option("--until", metavar="WHEN", help="Before this moment, written likewise."),
    click.option("--severity", type=click.Choice(SEVERITIES), help="At least this severe."),
    click.option("--rule", metavar="ID", help="Found by this rule."),
    click.option("--event", metavar="EVENT", help="Of this kind of event, such as troop-transfer."),
    click.option("--actor", metavar="ACTOR", help="Who does it, to whom, or who says so: a code (PRK) or a name."),
    click.option("--status", type=click.Choice(STATUSES), help="As it is told: asserted, alleged, denied, ..."),
    click.option("--story", metavar="ID", help="Of this story; the beginning of its id is enough."),
    click.option("--channel", metavar="NAME", help="Told to this channel."),
)
"""In the order of the help."""


def filters(decorated: Decorated) -> Decorated:
    """Give a command the options of `FILTERS`."""
    for option in reversed(FILTERS):
        decorated = option(decorated)
    return decorated


def asked_by(options: dict[str, str | None], now: datetime, zone: tzinfo, actors: "Actors") -> "Asked":
    """What the options ask for. Raises UsageError for a moment or an actor that can't be understood."""
    from monitor.store.asked import Asked

    told: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    for name in ("since", "until"):
        if name in told:
            told[name] = moment(told[name], now, zone, option=f"--{name}")
    if "actor" in told:
        told["actor"] = actor(told["actor"], actors)
    for name, kind in (("rule", RuleId), ("event", EventType), ("channel", ChannelName)):
        if name in told:
            told[name] = kind(told[name])
    return Asked(**told)


def moment(written: str, now: datetime, zone: tzinfo, *, option: str) -> datetime:
    """The moment that a person wrote: so long ago, a word for a day, or a day or moment in `zone` where it names none.

    Raises UsageError.
    """
    text = written.strip().lower()
    ago = _AGO.fullmatch(text)
    try:
        if ago:
            return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        if text in {"today", "yesterday"}:
            today = datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)
            return today if text == "today" else datetime.combine(today.date() - timedelta(days=1), time(), tzinfo=zone)
        found = datetime.fromisoformat(text.upper())
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{option} {written} is no moment", remedy="write 90m, 24h, 7d, today, yesterday, or 2026-11-24T09:30"
        ) from None


def actor(written: str, actors: "Actors") -> ActorCode:
    """The code of a state or organisation, from its code, its id or any of its names in any language.

    Raises UsageError with a guess at what was meant.
    """
    text = " ".join(written.split())
    wholes = [one for one in actors.by_id.values() if not one.of]
    if text.upper() in {one.code for one in wholes}:
        return ActorCode(text.upper())
    by_name = {name.removesuffix("~").casefold(): one.code
               for one in wholes for names in one.names.values() for name in reversed(names)}  # fmt: skip
    by_name |= {one.id.casefold(): one.code for one in wholes}
    found = by_name.get(text.casefold()) or by_name.get(text.casefold().removeprefix("the "))
    if found is not None:
        return found
    if _CODE.fullmatch(text):  # of a rule file that is gone: what it found is still there
        return ActorCode(text)
    from monitor.toml import closest

    near = closest(text.casefold(), by_name)
    guess = f" (did you mean {near}?)" if near else ""
    raise UsageError(f"no actor is named {written}{guess}", remedy="write its code, such as PRK, or its name")
