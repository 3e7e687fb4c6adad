"""Problems without the secrets that stand in the line they show."""

import re
from dataclasses import replace

from monitor import log
from monitor.config import schema
from monitor.config.secrets import HIDDEN
from monitor.errors import Place, Problem
from monitor.toml import Path_, Toml

_SAFE_IN_CHANNELS = {schema.CHANNEL_NAME.name}
_MAYBE_SECRET = re.compile(
    r"""(://|\b(?:url|password|passwd|token|secret|key|auth)\w*["']?\s*=\s*["']{0,3}).*""", re.IGNORECASE
)


def mask(problem: Problem, toml: Toml) -> Problem:
    """The same problem, with every value hidden in its line that could be a secret.

    All of a channel but its name counts as one, for a misspelt key holds a token as well as a right one.
    """
    place = problem.place
    hidden = place.text
    for path in _secret_paths(toml):
        extent = toml.extent(path)
        if extent is None or not extent[0].line <= place.line <= extent[1].line:
            continue
        first, last = extent
        if first.line != last.line:
            return replace(problem, place=replace(place, text=""))
        value = place.text[first.column - 1 : last.column - 1]
        hidden = hidden.replace(value, _hide_value(value), 1)
    return replace(problem, place=_shown(place, log.redact(hidden)))


def mask_broken(problem: Problem) -> Problem:
    """The same problem in a text that is not TOML: all that could be a secret in its line is hidden."""
    hidden = _MAYBE_SECRET.sub(rf"\1{HIDDEN}", problem.place.text)
    return replace(problem, place=_shown(problem.place, log.redact(hidden)))


def _secret_paths(toml: Toml) -> list[Path_]:
    found: list[Path_] = [("database", "url")]
    channels = toml.values.get("channels")
    tables = channels if isinstance(channels, list) else [channels]
    for index, table in enumerate(tables):
        start: Path_ = ("channels", index) if isinstance(channels, list) else ("channels",)
        if isinstance(table, dict):
            found += [(*start, name) for name in table if name not in _SAFE_IN_CHANNELS]
        else:
            found.append(start)
    return found


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
