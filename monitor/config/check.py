"""Reads the layers of a configuration by the schema and collects everything that is wrong with them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit

from monitor.config import schema
from monitor.config.addresses import feed_slug
from monitor.config.kinds import WrongError
from monitor.config.layers import Layered, Origin, Written, tables_of
from monitor.config.masking import mask
from monitor.config.schema import SECTIONS, Key, Section, default_of
from monitor.config.secrets import UnreadError, Vault
from monitor.config.variables import lay_over
from monitor.errors import Place, Problem
from monitor.toml import Toml, closest

T = TypeVar("T")

Complaint = Callable[[str], str]
UNREAD = "unread://"
"""Stands for the address of a channel that lies in a file or credential that can't be read now."""
MEANWHILE = "the other channels work, and what is for this one waits until it is mended"

NO_LINKS = "messages go out without links until it can"
_SIGNED_WITH = 'secret = { credential = "web" }, which holds what `openssl rand -base64 32` prints'


def is_loopback(host: str) -> bool:
    """Whether a host of an address is this machine itself."""
    return host in {"localhost", "::1"} or re.fullmatch(r"127(?:\.\d{1,3}){3}", host) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table after checking: the values of its keys that are right, by name, and where each was written."""

    origin: Origin
    values: Mapping[str, object]
    origins: Mapping[str, Origin]

    def find(self, key: Key[T]) -> T | None:
        """The value of a key, its default, or None."""
        return cast(T, self.values[key.name]) if key.name in self.values else default_of(key)

    def get(self, key: Key[T]) -> T:
        """The value of a key that is needed or has a default."""
        value = self.find(key)
        assert value is not None, f"{key.name} has neither value nor default"
        return value

    def place(self, name: str, *inner: int) -> Place:
        """Where the value of a key was written; the table itself where it was not."""
        return self.origins[name].place(*inner) if name in self.origins else self.origin.place()


Tables = Mapping[str, list[Table]]


class Reader:
    """Reads the tables of all layers. `problems` are in the order of layers and lines, without a secret."""

    def __init__(self, layers: Sequence[Toml], environ: Mapping[str, str], vault: Vault) -> None:
        self._layers = layers
        self._vault = vault
        self._problems: list[Problem] = []
        self._troubles: list[Problem] = []
        self._warnings: list[Problem] = []
        self.unusable: dict[str, str] = {}
        self.tables: Tables = self._read(environ)

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong that was found so far, and that lets nothing start."""
        return self._shown(self._problems)

    @property
    def troubles(self) -> list[Problem]:
        """What costs one channel alone, or the links: an address or a secret that can't be used. The rest works."""
        return self._shown(self._troubles)

    @property
    def warnings(self) -> list[Problem]:
        """What works and is probably not meant so."""
        return self._shown(self._warnings)

    @property
    def everything(self) -> list[Problem]:
        """Both in one order: whoever mends the file needs to read it once."""
        return self._shown([*self._problems, *self._troubles])

    def _shown(self, problems: Iterable[Problem]) -> list[Problem]:
        rank = {toml.file: number for number, toml in enumerate(self._layers)}
        by_file = {toml.file: toml for toml in self._layers}

        def at(problem: Problem) -> tuple[int, int, int]:
            place = problem.place
            return rank.get(place.file, len(rank)), place.line, place.column

        return [mask(problem, by_file.get(problem.place.file)) for problem in sorted(problems, key=at)]

    def refuse(self, *, folder: Path | None, complaint: Complaint | None, implied: Iterable[str]) -> None:
        """Note what is wrong between the tables, and what the world does not have.

        `folder` is that of the user's rules; `implied` are the names of channels where none is configured.
        """
        self._refuse_unknown_sections()
        self._refuse_doubles()
        self._refuse_lost_routes(implied)
        self._judge_web(self.tables["web"][0])
        if folder is not None and not folder.is_dir():
            place = self.tables["rules"][0].place("dir")
            self._note(place, f"there is no folder {folder}", expected="a folder with rule files")
        for channel in self.tables["channels"]:
            if complaint is not None and "url" in channel.values:
                self._judge_address(channel, complaint)

    def _judge_address(self, channel: Table, complaint: Complaint) -> None:
        if channel.values["url"] == UNREAD:
            return
        said = complaint(str(channel.values["url"]))
        if said:
            self._lose_channel(str(channel.values.get("name", "")), channel.place("url"), said)

    def _judge_web(self, web: Table) -> None:
        """Links need an address and a secret; an address that sends them in the clear is told."""
        has_url, has_secret = "public_url" in web.values, "secret" in web.values
        if has_url and not has_secret and "secret" not in web.origins:
            self._note(web.place("public_url"), "public_url without secret", expected=_SIGNED_WITH)
        if has_secret and not has_url and "public_url" not in web.origins:
            self._note(web.place("secret"), "secret without public_url", expected=schema.WEB_PUBLIC_URL.kind.expected)
        url = urlsplit(str(web.values.get("public_url", "")))
        if url.scheme.lower() == "http" and not is_loopback(url.hostname or ""):
            warning = Problem(
                place=web.place("public_url"), because="links go over the network in the clear, for others to use",
                expected="an address that begins with https://", lint="plain-http",
            )  # fmt: skip
            self._warnings.append(warning)
        listen = cast(tuple[str, int], web.values.get("listen", ("localhost", 0)))
        if has_url and not is_loopback(listen[0]):
            warning = Problem(
                place=web.place("listen"), because="the pages can be reached from other machines, without TLS",
                expected="127.0.0.1 or [::1], with a web server before it", lint="listens-openly",
            )  # fmt: skip
            self._warnings.append(warning)

    def _lose_channel(self, name: str, place: Place, because: str, *, expected: str = "") -> None:
        self.unusable[name] = because
        told = Problem(place=place, because=because, expected=expected, owner=f"channel {name}", meanwhile=MEANWHILE)
        self._troubles.append(told)

    def _note(self, place: Place, because: str, *, expected: str = "", hint: str = "") -> None:
        self._problems.append(Problem(place=place, because=because, expected=expected, hint=hint))

    def _read(self, environ: Mapping[str, str]) -> Tables:
        layered: dict[str, list[Layered]] = {}
        for section in SECTIONS:
            layered[section.name], wrong = tables_of(section, self._layers)
            self._problems += wrong
        self._problems += lay_over(layered, environ)
        return {section.name: [self._table(section, table) for table in layered[section.name]] for section in SECTIONS}

    def _table(self, section: Section, raw: Layered) -> Table:
        values: dict[str, object] = {}
        origins: dict[str, Origin] = {}
        meant: set[str] = set()
        unread: list[tuple[Place, WrongError]] = []
        for name, written in raw.written.items():
            key = section.key(name)
            if key is None:
                meant.add(self._refuse_key(section, name, written, taken=raw.written))
                continue
            origins[name] = written.origin
            try:
                values[name], origins[name] = self._value(key, written)
            except UnreadError as wrong:
                if section is schema.WEB:
                    values[name] = ""
                    place, owner = written.origin.place(), "links"
                    told = Problem(
                        place=place, because=wrong.because, expected=wrong.expected, owner=owner, meanwhile=NO_LINKS
                    )
                    self._troubles.append(told)
                    continue
                if section is not schema.CHANNELS:
                    self._note_wrong(key, written, wrong)
                    continue
                values[name] = UNREAD
                unread.append((written.origin.place(), wrong))
            except WrongError as wrong:
                self._note_wrong(key, written, wrong)
        for place, lost in unread:
            self._lose_channel(str(values.get("name", "")), place, lost.because, expected=lost.expected)
        for key in section.keys:
            if key.is_needed and key.name not in raw.written and key.name not in meant:
                expected = f"{key.name} = {key.kind.expected}"
                self._note(raw.origin.place(), f"{section.header} without {key.name}", expected=expected)
        return Table(origin=raw.origin, values=values, origins=origins)

    def _value(self, key: Key[object], written: Written) -> tuple[object, Origin]:
        if not key.is_secret or not isinstance(written.value, dict):
            return key.kind.read(written.value), written.origin
        text, said = self._vault.fetch(written.value)
        try:
            return key.kind.read(text), replace(written.origin, via=said)
        except WrongError as wrong:
            because = f"in the {said}: {wrong.because}"
            raise UnreadError(because, expected=wrong.expected or key.kind.expected) from None

    def _note_wrong(self, key: Key[object], written: Written, wrong: WrongError) -> None:
        for one in (wrong, *wrong.others):
            inner = () if one.index is None else (one.index,)
            is_reference = key.is_secret and isinstance(written.value, dict)
            hint = one.hint if is_reference or one.is_open or not key.is_secret else ""  # a hint repeats the value
            self._note(written.origin.place(*inner), one.because, expected=one.expected or key.kind.expected, hint=hint)

    def _refuse_key(self, section: Section, name: str, written: Written, *, taken: Mapping[str, object]) -> str:
        """Note an unknown key; the name that was probably meant."""
        free = [key.name for key in section.keys if key.name not in taken]
        near = closest(name, free) or closest(name, (key.name for key in section.keys))
        known = ", ".join(key.name for key in section.keys)
        place = written.origin.place(key=True)
        owner = re.fullmatch(r"(\w+)_(file|credential)", name)
        key = section.key(owner[1]) if owner else None
        if owner and key is not None and key.is_secret:  # the form that other programs have
            near, hint = owner[1], f'{owner[1]} = {{ {owner[2]} = "..." }}'
        else:
            hint = near
        self._note(place, f"unknown key {name} in {section.header}", expected=f"one of {known}", hint=hint)
        return near

    def _refuse_unknown_sections(self) -> None:
        by_name = {section.name: section for section in SECTIONS}
        for toml, name, value in ((layer, *pair) for layer in self._layers for pair in layer.values.items()):
            if name in by_name:
                continue
            near = closest(name, by_name)
            hint = by_name[near].header if near else ""
            what = "table" if isinstance(value, dict | list) else "key"
            owners = [section.header for section in SECTIONS if section.key(name) is not None]
            if what == "key" and owners and not near:
                hint = f"{name} in {owners[0]}"
            expected = "one of " + ", ".join(section.header for section in SECTIONS)
            self._note(toml.place((name,), key=True), f"unknown {what} {name}", expected=expected, hint=hint)

    def _refuse_doubles(self) -> None:
        """Note feeds, channels and routes of one name, and feeds of one address."""
        feeds = self.tables["feeds"]
        self._refuse_equal(
            [(feed, "id" if "id" in feed.values else "url", feed_id(feed)) for feed in feeds],
            "an id of its own for each feed",
        )
        with_id = [feed for feed in feeds if "id" in feed.values]
        self._refuse_equal([(feed, "url", feed.find(schema.FEED_URL) or "") for feed in with_id], "each address once")
        for section in ("channels", "routes"):
            named = [(table, "name", str(table.values.get("name", ""))) for table in self.tables[section]]
            self._refuse_equal(named, "names that differ")

    def _refuse_equal(self, named: Iterable[tuple[Table, str, str]], remedy: str) -> None:
        first: dict[str, tuple[Table, str]] = {}
        for table, key, name in named:
            before, its_key = first.setdefault(name, (table, key))
            if not name or before is table:
                continue
            place, taken = table.place(key), before.place(its_key)
            where = f"line {taken.line}" if taken.file == place.file else str(taken)
            shown = "this address" if name.startswith("http") else f"the {'id' if key == 'url' else key} {name}"
            self._note(place, f"{shown} is taken by the one in {where}", expected=remedy)

    def _refuse_lost_routes(self, implied: Iterable[str]) -> None:
        """Note every route to a channel that does not exist."""
        channels = self.tables["channels"]
        known = {str(channel.values["name"]) for channel in channels if "name" in channel.values}
        if not channels:
            known = set(implied)
        for route in self.tables["routes"]:
            escalation = route.find(schema.ROUTE_ESCALATE)
            named = [
                *(
                    (name, route.place("channels", at))
                    for at, name in enumerate(route.find(schema.ROUTE_CHANNELS) or ())
                ),
                *((name, route.place("escalate")) for name in (escalation[1] if escalation is not None else ())),
            ]
            for name, place in named:
                if name not in known:
                    near = closest(name, known)
                    expected = "one of " + ", ".join(sorted(known)) if known else "a channel that [[channels]] names"
                    self._note(
                        place,
                        f"no channel is named {name}",
                        expected=expected,
                        hint=f'"{near}"' if near else "",
                    )
            if "quiet_break" in route.values and "quiet" not in route.values:
                self._note(
                    route.place("quiet_break"), "quiet_break without quiet", expected='quiet = "22:00-07:00" too'
                )


def feed_id(feed: Table) -> str:
    """The id of a feed: as given, else made from its address."""
    given = feed.find(schema.FEED_ID)
    if given or "id" in feed.values:
        return given or ""
    return feed_slug(feed.find(schema.FEED_URL) or "")
