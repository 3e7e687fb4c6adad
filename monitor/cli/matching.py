"""The options by which a person names stories: as a route does, for silences."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, TypeVar

import click

from monitor.errors import UsageError
from monitor.model import SEVERITIES, EventType, RuleId

if TYPE_CHECKING:  # at run time it is read late: `--help` needs no rules
    from monitor.rules.actors import Actors

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_MATCHERS = (
    click.option("--severity", type=click.Choice(SEVERITIES), help="At least this severe."),
    click.option("--tag", "tags", multiple=True, metavar="TAG", help="With this tag; may be named again."),
    click.option("--party", "parties", multiple=True, metavar="ACTOR", help="With this party: a code, actor or group."),
    click.option("--event", "events", multiple=True, metavar="EVENT", help="Of this kind of event."),
    click.option("--language", "languages", multiple=True, metavar="CODE", help="Told in this language."),
    click.option("--rule", "rules", multiple=True, metavar="ID", help="Found by this rule."),
)


def matchers(decorated: Decorated) -> Decorated:
    """Give a command the options that name stories."""
    for option in reversed(_MATCHERS):
        decorated = option(decorated)
    return decorated


def matcher_of(options: dict[str, Any], actors: "Actors") -> dict[str, Any]:
    """The fields of a matcher that the options ask for."""
    from monitor.app import codes_of

    return {
        "severity": options["severity"] or "info",
        "tags": frozenset(options["tags"]),
        "parties": frozenset(code for name in options["parties"] for code in codes_of(name, actors)),
        "events": frozenset(map(EventType, options["events"])),
        "languages": frozenset(options["languages"]),
        "rules": frozenset(map(RuleId, options["rules"])),
    }


def end_of(written: str, now: datetime, zone: tzinfo) -> datetime:
    """When a silence ends: after a duration ("2h"), or at a moment in the reader's zone. Raises UsageError."""
    from monitor.config.kinds import WrongError, duration_of

    try:
        return now + duration_of(written)
    except (WrongError, OverflowError):
        pass
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise UsageError(
            f"--for {written} is neither a duration nor a moment", remedy="write 90m, 8h, 3d or 2026-11-24T09:30"
        ) from None
    found = found if found.tzinfo else found.replace(tzinfo=zone)
    if not now < found <= now + timedelta(days=366):
        raise UsageError(f"{written} is not within the year to come", remedy="name a later moment, or a duration")
    return found
