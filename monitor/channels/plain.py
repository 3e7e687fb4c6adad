"""An alert as title and body in plain words, for any service of Apprise that has no renderer of its own."""

import re
from dataclasses import dataclass

from monitor.channels.console import DOUBLE, headline
from monitor.channels.screen import cut, one_line, quiet_address
from monitor.model import Message

_ZERO_WIDTH = "\u200b"
_CALLS = re.compile(r"<(?=[!@#])|(?<![\w@])@(?=[\w*_|\"'])|\](?=\()")
"""Mark-up that calls a channel or a person, any @name, and a link whose words hide where it leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many characters a service takes. A `title` of 0 means that it has none: the headline opens the body."""

    body: int = 1000
    title: int = 200


LIMITS: dict[str, Limits] = {
    "slack": Limits(body=35_000, title=250),
    "json": Limits(body=32_768, title=250),
    "jsons": Limits(body=32_768, title=250),
    "workflows": Limits(body=1000, title=250),
    "discord": Limits(body=2000, title=250),
    "tgram": Limits(body=4096, title=0),
    "mmost": Limits(body=4000, title=0),
    "mmosts": Limits(body=4000, title=0),
    "ntfy": Limits(body=7800, title=200),
    "ntfys": Limits(body=7800, title=200),
    "pagerduty": Limits(body=1024, title=0),
    "zulip": Limits(body=10_000, title=60),
}
"""By Apprise's scheme, as Apprise 2.3.0 states them; longer ones it would send as they are. Others get the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A title and a body, both plain text; the body is never empty, for Apprise sends no title alone."""

    title: str
    body: str


def render(message: Message, limits: Limits) -> Plain:
    """Title and body within the limits. What is too long loses the links that answer it but for the first, then the
    quote, then words; the first link stays whole.

    What would call anybody in a chat (@everyone, @ana, <!channel>) is broken by a sign of no width.
    """
    head = _calm(f"[{message.severity.upper()}] {one_line(headline(message))}")
    title = cut(head, limits.title) if limits.title else ""
    opening = [] if limits.title else [head]
    links = [found for _, address in message.links if (found := quiet_address(address))]
    shown = [
        f"{_calm(one_line(label))}: {found}" for label, address in message.links if (found := quiet_address(address))
    ]
    told = [_calm(line) for line in _lines(message)]
    facts = [_calm(f"{one_line(label)}: {one_line(value)}") for label, value in message.facts]
    answers = [f"{one.label}: {quiet_address(one.url)}" for one in message.answers]
    without_quote = [*told[:-1], *facts, *shown] if message.quote else []
    whole = [*told, *facts, *shown]
    for lines in (
        [*whole, *answers],
        [*whole, *answers[:1]],
        [*without_quote, *answers] if without_quote else [],
        [*without_quote, *answers[:1]] if without_quote else [],
    ):
        body = "\n".join([*opening, *lines])
        if lines and len(body) <= limits.body:
            return Plain(title=title, body=body or head)
    link = f"\n{links[0]}" if links and len(links[0]) <= limits.body - 80 else ""
    for one in answers[:1]:
        link += f"\n{one}" if len(link) + len(one) <= limits.body - 80 else ""
    return Plain(title=title, body=cut("\n".join([*opening, *told, *facts]), limits.body - len(link)) + link)


def _lines(message: Message) -> list[str]:
    """Statement, what is new, and last the quote."""
    lines = [one_line(message.statement or message.headline)]
    lines += [f"New: {one_line(change)}" for change in message.changes]
    if message.may_be_double:
        lines.append(DOUBLE)
    if message.quote:
        by = f" ({one_line(message.quote_by)})" if message.quote_by else ""
        lines.append(f"“{one_line(message.quote)}”{by}")
    return lines


def _calm(text: str) -> str:
    return _CALLS.sub(lambda sign: sign[0] + _ZERO_WIDTH, text)
