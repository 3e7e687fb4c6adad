"""What a name that nobody knows probably means: an actor by its code or name, a lexicon under the actors' sign."""

import re
from collections.abc import Iterable

from monitor.rules.actors import Actors
from monitor.toml import closest

_REFERENCE = re.compile(r'@\s*([^()"#@]*)')


def actor_called(said: str, actors: Actors) -> str:
    """The id of the actor with that code or name, or ""."""
    small = said.strip().casefold()
    if not small:
        return ""
    for actor in actors.by_id.values():
        if not actor.of and actor.code.casefold() == small:
            return actor.id
    for actor in actors.by_id.values():
        if any(name.casefold() == small for names in actor.names.values() for name in names):
            return actor.id
    return ""


def reference_meant(pattern: str, offset: int, actors: Actors) -> str:
    """The actor meant by what follows an @ that no id can follow (`@PRK`, `@North Korea`), with its @; or ""."""
    found = _REFERENCE.match(pattern, offset)
    if found is None:
        return ""
    parts = found[1].split()
    for count in range(len(parts), 0, -1):
        if id_ := actor_called(" ".join(parts[:count]), actors):
            return f"@{id_}"
    return ""


def name_meant(mark: str, bare: str, names: Iterable[str], actors: Actors, lexicons: Iterable[str]) -> str:
    """What an unknown name probably means, its sign (@, # or none) with it; or ""."""
    if mark == "@" and bare in set(lexicons):
        return f"#{bare}"
    if mark == "#" and (bare in actors.by_id or bare in actors.groups):
        return f"@{bare}"
    called = actor_called(bare, actors) if mark != "#" else ""
    hint = called or closest(bare, names)
    return f"{mark}{hint}" if hint else ""
