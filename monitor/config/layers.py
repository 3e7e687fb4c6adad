"""The layers that a configuration is made of, laid one over the other, each value with the place where it was written.

Below lies config.toml, over it the files of config.d in the order of their names, on top the environment. Tables
merge key by key, and what lies higher wins; arrays of tables add.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.config.schema import Section
from monitor.errors import Place, Problem
from monitor.toml import Path_, Toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a value was written: in a file, or in a variable. `via` is what that led to: a credential or a file."""

    toml: Toml | None = None
    path: Path_ = ()
    variable: str = ""
    via: str = ""

    def place(self, *inner: str | int, key: bool = False) -> Place:
        """The place for a message; `inner` leads to a part of the value. A variable has neither line nor text."""
        if self.toml is None:
            return Place(file=self.variable)
        return self.toml.place((*self.path, *inner), key=key)

    def __str__(self) -> str:
        place = self.place(key=True)
        written = f"{place.file}:{place.line}" if place.line else place.file
        return f"{self.via} ({written})" if self.via else written


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A value as somebody wrote it."""

    value: object
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Layered:
    """A table as all layers together have it; variables are laid over `written` last."""

    origin: Origin
    written: dict[str, Written]


def tables_of(section: Section, layers: Sequence[Toml]) -> tuple[list[Layered], list[Problem]]:
    """The tables of a section out of all layers, the lowest first: exactly one where it is no array."""
    tables: list[Layered] = []
    problems: list[Problem] = []
    for toml in layers:
        raw = toml.values.get(section.name)
        if raw is None:
            continue
        if section.is_array and isinstance(raw, list):
            for index, table in enumerate(raw):
                if isinstance(table, dict):
                    tables.append(_table(toml, (section.name, index), table))
                else:  # costs itself; what is wrong with the others is told at once
                    place = toml.place((section.name, index))
                    problems.append(Problem(place=place, because="this is no table", expected=section.header))
        elif not section.is_array and isinstance(raw, dict):
            tables.append(_table(toml, (section.name,), raw))
        else:
            because = f"{section.name} stands as something else"
            place = toml.place((section.name,), key=True)
            problems.append(Problem(place=place, because=because, expected=section.header))
    return (tables if section.is_array else [_merged(section, layers[0], tables)]), problems


def _table(toml: Toml, path: Path_, raw: Mapping[str, object]) -> Layered:
    written = {name: Written(value=value, origin=Origin(toml=toml, path=(*path, name))) for name, value in raw.items()}
    return Layered(origin=Origin(toml=toml, path=path), written=written)


def _merged(section: Section, lowest: Toml, tables: Sequence[Layered]) -> Layered:
    if not tables:
        return Layered(origin=Origin(toml=lowest, path=(section.name,)), written={})
    written = {name: value for table in tables for name, value in table.written.items()}
    return Layered(origin=tables[0].origin, written=written)
