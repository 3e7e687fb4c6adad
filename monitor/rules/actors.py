"""Who: actors and groups, from `actors/*.toml` to values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from monitor.model import ActorCode
from monitor.rules.lexicons import read_term
from monitor.rules.tables import Report, Table, Written
from monitor.toml import closest

ActorKind = Literal["state", "organisation", "person", "media", "company", "vessel", "place"]
KINDS: tuple[ActorKind, ...] = ("state", "organisation", "person", "media", "company", "vessel", "place")
_STATE_CODE = re.compile("[A-Z]{3}")
_OWN_CODE = re.compile("[A-Z][A-Z0-9]{1,11}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that a person holds or held. `since` and `until` are included; None is open."""

    title: str
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it is held on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, organisation, person, medium or place. `code` is its own, or that of the actor it acts for (`of`).

    `names`, `weak` and `never` (written `not` in the file) hold terms as written, by language.
    """

    id: str
    code: ActorCode
    kind: ActorKind
    of: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    weak: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    offices: tuple[Office, ...] = ()
    is_affiliated: bool = False
    domains: tuple[str, ...] = ()

    def is_acting(self, day: date) -> bool:
        """Whether it acts for its whole on that day: one with offices only while it holds one, any other always."""
        return not self.offices or any(office.covers(day) for office in self.offices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """All actors and groups by id. A group's members are ids of actors."""

    by_id: Mapping[str, Actor] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def whole(self, actor: Actor) -> Actor:
        """The actor at the end of the chain of `of`: the state for which a person or ministry acts."""
        seen = {actor.id}
        while actor.of and actor.of in self.by_id and actor.of not in seen:
            actor = self.by_id[actor.of]
            seen.add(actor.id)
        return actor


class ActorReader:
    """Reads all actors and groups; what is wrong is in the reports of their tables."""

    def __init__(self, tables: Mapping[str, Table], groups: Mapping[str, Table]) -> None:
        self._tables = tables
        self._groups = groups

    def read_all(self) -> Actors:
        """The actors and groups that are right. A member whose whole is left out goes with it."""
        read = {id_: self._actor(id_, table) for id_, table in self._tables.items()}
        actors = {id_: self._with_code(actor, read) for id_, actor in read.items()}
        self._check_codes(actors)
        good = {id_: actor for id_, actor in actors.items() if not self._tables[id_].report.is_bad}
        groups = {id_: self._group(id_, table) for id_, table in self._groups.items()}
        return Actors(
            by_id=good,
            groups={
                id_: tuple(one for one in members if one in good)
                for id_, members in groups.items()
                if not self._groups[id_].report.is_bad
            },
        )

    def _actor(self, id_: str, table: Table) -> Actor:
        if id_ in KINDS:
            table.fail("", f"an actor can't be called {id_}", "another id: @" + id_ + " means any of that kind")
        if not table.has("kind"):
            table.fail("", "kind is missing", f"one of {', '.join(KINDS)}")
        of = table.written("of")
        actor = Actor(
            id=id_,
            code=ActorCode(table.text("code")),
            kind=table.choice("kind", KINDS, "organisation"),
            of=self._whole(id_, of, table.report),
            names=_names(table, "names"),
            weak=_names(table, "weak"),
            never=_names(table, "not"),
            offices=tuple(_offices(table)),
            is_affiliated=table.flag("affiliated"),
            domains=tuple(written.text for written in table.texts("domains")),
        )
        table.close()
        return actor

    def _whole(self, id_: str, of: Written | None, report: Report) -> str:
        if of is None:
            return ""
        if of.text not in self._tables:
            report.add(of.at(0), f"unknown actor {of.text}", "the id of an actor", closest(of.text, self._tables))
            report.misses.append(("actor", of.text))
            return ""
        way = [id_]
        while isinstance(following := self._tables[way[-1]].raw("of"), str) and following in self._tables:
            if following in way:
                told = " -> ".join([*way, following])
                report.add(of.place(), f"actors act for each other in a circle: {told}")
                return ""
            way.append(following)
        return of.text

    def _with_code(self, actor: Actor, read: Mapping[str, Actor]) -> Actor:
        table = self._tables[actor.id]
        if not actor.code and not actor.of:
            if not table.report.is_bad:
                table.fail("", "code is missing", "its own code, or `of` for whom it acts")
            return actor
        if not actor.code:
            whole = Actors(by_id=read).whole(actor)
            if self._tables[whole.id].report.is_bad and not table.report.is_bad:
                mistake = self._tables[whole.id].report.problems[0].place
                table.fail("of", f"actor {whole.id} is left out for its own mistake at {mistake}")
                table.report.knock_ons.append(("actor", whole.id))
            return replace(actor, code=whole.code)
        pattern = _STATE_CODE if actor.kind == "state" else _OWN_CODE
        if not pattern.fullmatch(actor.code):
            expected = "three capitals, ISO 3166-1 alpha-3" if actor.kind == "state" else "2 to 12 capitals or digits"
            upper = actor.code.upper()
            table.fail("code", f"{actor.code} is no code", expected, upper if pattern.fullmatch(upper) else "")
        return actor

    def _check_codes(self, actors: Mapping[str, Actor]) -> None:
        owners: dict[str, Actor] = {}
        for actor in actors.values():
            if actor.of or not actor.code or self._tables[actor.id].report.is_old:  # an old one under its new id
                continue
            first = owners.setdefault(actor.code, actor)
            if first is not actor:
                because = f"code {actor.code} belongs to {first.id} already, at {self._tables[first.id].place()}"
                self._tables[actor.id].fail("code", because, "a code of its own, or `of`")

    def _group(self, id_: str, table: Table) -> tuple[str, ...]:
        if id_ in KINDS or id_ in self._tables:
            what = "any of that kind" if id_ in KINDS else "the actor of that name"
            key = id_ if table.has(id_) else ""
            table.fail(key, f"a group can't be called {id_}", f"another id: @{id_} means {what}", of_key=True)
        found = []
        for written in (*table.texts(id_), *table.texts("members")):
            if written.text in self._tables:
                found.append(written.text)
                continue
            hint = closest(written.text, self._tables)
            table.report.add(written.at(0), f"unknown actor {written.text}", "the id of an actor", hint)
            table.report.misses.append(("actor", written.text))
        table.close()
        return tuple(dict.fromkeys(found))


def _names(table: Table, key: str) -> dict[str, tuple[str, ...]]:
    return {
        code: tuple(written.text for written in names if read_term(written, table.report))
        for code, names in table.by_language(key).items()
    }


def _offices(table: Table) -> Iterator[Office]:
    for item in table.items("office"):
        if isinstance(item, Table):
            yield _office(item)
        else:
            table.report.add(item.place(), "an office is a text", "[[actors.ID.office]] with title, from and until")


def _office(table: Table) -> Office:
    office = Office(
        title=table.needed("title", "the name of the office"), since=table.day("from"), until=table.day("until")
    )
    if office.since and office.until and office.until < office.since:
        table.fail("until", f"until {office.until} lies before from {office.since}", "a later date")
    table.close()
    return office
