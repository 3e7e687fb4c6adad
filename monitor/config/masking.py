"""Problems without the secrets that stand in the line they show."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from monitor import log
from monitor.config.addresses import hide_feed_address
from monitor.config.schema import FEEDS, SECTIONS
from monitor.config.secrets import HIDDEN
from monitor.errors import Place, Problem
from monitor.toml import Path_, Toml

_MAYBE_SECRET = re.compile(
    r"""(://|\b(?:url|password|passwd|token|secret|key|auth)\w*["']?\s*=\s*["']{0,3}).*""", re.IGNORECASE
)


def mask(problem: Problem, toml: Toml | None) -> Problem:
    """The same problem, with every value hidden in its line and its words that could be a secret.

    Of a table that may hold a secret every value counts but those of keys that surely hold none, for a misspelt
    key holds a token as well as a right one. `toml` is the file of its place, None for a variable.
    """
    place = problem.place
    hidden = place.text
    for path, hide in _secret_paths(toml) if toml is not None else ():
        extent = toml.extent(path) if toml is not None else None
        if extent is None or not extent[0].line <= place.line <= extent[1].line:
            continue
        first, last = extent
        if first.line != last.line:
            hidden = ""
            break
        value = place.text[first.column - 1 : last.column - 1]
        hidden = hidden.replace(value, hide(value), 1)
    told = replace(problem, because=log.redact(problem.because), hint=hide_feed_address(problem.hint))
    return replace(told, place=_shown(place, log.redact(hidden)))


def mask_broken(problem: Problem) -> Problem:
    """The same problem in a text that is not TOML: all that could be a secret in its line is hidden."""
    hidden = _MAYBE_SECRET.sub(rf"\1{HIDDEN}", problem.place.text)
    return replace(problem, place=_shown(problem.place, log.redact(hidden)))


def _secret_paths(toml: Toml) -> Iterator[tuple[Path_, Callable[[str], str]]]:
    """The ways to all values that may be secret, each with what hides it."""
    for section in SECTIONS:
        raw = toml.values.get(section.name)
        is_secretive = any(key.is_secret for key in section.keys)
        tables = raw if isinstance(raw, list) else [raw]
        for index, table in enumerate(tables):
            start: Path_ = (section.name, index) if isinstance(raw, list) else (section.name,)
            if not isinstance(table, dict):
                yield from [(start, _hide_value)] if is_secretive else []
                continue
            for name in table:
                key = section.key(name)
                if is_secretive and (key is None or key.is_secret):
                    yield (*start, name), _hide_value
                elif section is FEEDS:
                    yield (*start, name), hide_feed_address


def _hide_value(value: str) -> str:
    scheme = re.match(r"""["']{1,3}(?:[A-Za-z][A-Za-z0-9+.-]*://)?""", value)
    begins = scheme[0] if scheme else ""
    ends = value[-1:] if begins else ""
    return f"{begins}{HIDDEN}{ends}"


def _shown(place: Place, hidden: str) -> Place:
    """The place with another text for its line; without any where the caret would then stand wrong."""
    same = 0
    for theirs, ours in zip(place.text, hidden, strict=False):
        if theirs != ours:
            break
        same += 1
    if hidden == place.text or place.column - 1 <= same:
        return replace(place, text=hidden)
    return replace(place, text="")
