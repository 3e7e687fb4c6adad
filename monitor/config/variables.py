"""Settings from the environment: RELATIONS_MONITOR_SECTION__KEY, and __NAME__ between them for one of an array.

Letters may be small or large, and what is neither letter nor digit in a name is written as _ :
RELATIONS_MONITOR_FETCH__EVERY, RELATIONS_MONITOR_FEEDS__BBC_WORLD__EVERY (the feed bbc-world). A text is written as
it is, everything else as in TOML. A secret may lie in a file (..._URL_FILE) or in a credential (..._URL_CREDENTIAL).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from monitor.config.addresses import feed_slug
from monitor.config.find import VARIABLE
from monitor.config.layers import Layered, Origin, Written
from monitor.config.schema import SECTIONS, Key, Section
from monitor.config.secrets import REFERENCES
from monitor.errors import Place, Problem
from monitor.toml import closest

PREFIX = "RELATIONS_MONITOR_"
_FORM = f"{PREFIX}SECTION__KEY, with __NAME__ between them for a feed, a channel or a route"
_OF_THE_CLUSTER = re.compile(r"(?:SERVICE_HOST|SERVICE_PORT\w*|PORT|PORT_\d+_(?:TCP|UDP)\w*)")
"""What Kubernetes tells every container of a service that is called relations-monitor; no setting of ours."""


def lay_over(tables: Mapping[str, Sequence[Layered]], environ: Mapping[str, str]) -> list[Problem]:
    """Lay the variables of the environment over the tables; what is wrong with them. An empty one counts as unset."""
    problems: list[Problem] = []
    taken: dict[tuple[int, str], str] = {}
    for variable in sorted(environ):
        text = environ[variable]
        rest = variable.removeprefix(PREFIX)
        if variable in (rest, VARIABLE) or not text or _OF_THE_CLUSTER.fullmatch(rest):
            continue
        found = _aim(rest, tables)
        if isinstance(found, str):
            place = Place(file=variable)
            problems.append(Problem(place=place, because="no such setting", expected=_FORM, hint=found))
            continue
        table, key, reference = found
        before = taken.setdefault((id(table), key.name), variable)
        if before != variable:
            because = f"{key.name} is given twice, by {before} too"
            problems.append(Problem(place=Place(file=variable), because=because, expected="one of the two"))
            continue
        value = {reference: text} if reference else _value(key, text)
        table.written[key.name] = Written(value=value, origin=Origin(variable=variable))
    return problems


Aim = tuple[Layered, Key[object], str]
"""A table, one of its keys, and "file" or "credential" where the value is only said to lie there."""


def _aim(rest: str, tables: Mapping[str, Sequence[Layered]]) -> Aim | str:
    """What a variable sets, or a guess at the variable that was meant."""
    parts = rest.split("__")
    section = next((section for section in SECTIONS if _fold(section.name) == _fold(parts[0])), None)
    if section is None or len(parts) < 2 + section.is_array:
        return _guess(rest, tables)
    aimed = _key(section, parts[-1])
    table = _one_of(section, "__".join(parts[1:-1]), tables[section.name])
    if aimed is None or table is None:
        return _guess(rest, tables)
    return table, *aimed


def _key(section: Section, name: str) -> tuple[Key[object], str] | None:
    for key in section.keys:
        for reference in ("", *(REFERENCES if key.is_secret else ())):
            if _fold(name) == _fold(f"{key.name}_{reference}" if reference else key.name):
                return key, reference
    return None


def _one_of(section: Section, name: str, tables: Sequence[Layered]) -> Layered | None:
    """The one table of that name; of a section that is no array the table there is."""
    if not section.is_array:
        return tables[0] if not name else None
    exact = [table for table in tables if called(section, table) == name]
    alike = exact or [table for table in tables if _fold(called(section, table)) == _fold(name)]
    return alike[0] if len(alike) == 1 else None


def called(section: Section, table: Layered) -> str:
    """The name of one table of an array, as it stands in its file; empty where it has none."""
    given = table.written.get(section.named_by)
    if given is None and section.named_by == "id" and "url" in table.written:
        return feed_slug(str(table.written["url"].value))
    return str(given.value) if given is not None else ""


def _guess(rest: str, tables: Mapping[str, Sequence[Layered]]) -> str:
    near = closest(_fold(rest), {_fold(name): name for name in _names(tables)})
    return next((PREFIX + name for name in _names(tables) if _fold(name) == near), "") if near else ""


def _names(tables: Mapping[str, Sequence[Layered]]) -> Iterator[str]:
    """Every variable that would set something, without what all begin with; of long arrays only the first tables."""
    for section in SECTIONS:
        for middle in _middles(section, tables[section.name][:200]):
            yield from (f"{section.name}{middle}__{key.name}".upper() for key in section.keys)


def _middles(section: Section, tables: Iterable[Layered]) -> Iterable[str]:
    if not section.is_array:
        return ("",)
    return ["__" + re.sub(r"[^A-Za-z0-9]+", "_", name) for table in tables if (name := called(section, table))]


def _fold(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower())


def _value(key: Key[object], text: str) -> object:
    """The value that a text stands for: itself where a text is wanted, else what it is in TOML."""
    if key.kind.shape.get("type") == "string":
        return text
    try:
        read = tomllib.loads(f"value = {text}")
    except ValueError:
        return text
    return read["value"] if set(read) == {"value"} else text
