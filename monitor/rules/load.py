"""Texts by name to a Pack: every rule that is right, and what is wrong with the others.

Pure: `app` reads the files. What is left out is named; one bad definition costs itself and whatever
can't be right without it, never its file.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from monitor.errors import Problem
from monitor.model import Languages
from monitor.rules.actors import ActorReader, Actors
from monitor.rules.files import EventKind, Rule
from monitor.rules.languages import read_language
from monitor.rules.layers import KINDS, Definitions, definitions_in
from monitor.rules.lexicons import Lexicon, LexiconReader
from monitor.rules.operators import ActorRef, LexiconRef, Node
from monitor.rules.reader import Known, read_event, read_rule
from monitor.rules.tables import Table

ENGINE_VERSION = 2
"""Raised whenever the same rules could give other hits for the same article; part of every digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All rules that are right, with what they use. `digest` names the content, `blob` is the texts themselves."""

    actors: Actors = field(default_factory=Actors, repr=False)
    lexicons: Mapping[str, Lexicon] = field(default_factory=dict, repr=False)
    events: Mapping[str, EventKind] = field(default_factory=dict, repr=False)
    rules: tuple[Rule, ...] = ()
    languages: Languages = field(default_factory=Languages, repr=False)
    digest: str = ""
    blob: bytes = field(default=b"", repr=False)
    """Canonical JSON: {"engine", "texts", "overlay"}, so that an old hit can be explained by the rules it had."""


def load(
    texts: Mapping[str, str],
    overlay: Mapping[str, str] | None = None,
    *,
    base: str = "",
    overlay_base: str = "",
) -> tuple[Pack, tuple[Problem, ...]]:
    """The pack of these texts, by names like "actors/states.toml" and "troop-transfer.toml", and what is wrong.

    `overlay` is the user's folder over the shipped one. `base` and `overlay_base` stand before the names
    in messages. Problems come in the order of files and lines. O(length of the texts).
    """
    blob = json.dumps(
        {"engine": ENGINE_VERSION, "texts": dict(texts), "overlay": dict(overlay or {})},
        sort_keys=True, ensure_ascii=False, separators=(",", ":"),
    ).encode()  # fmt: skip
    found = definitions_in([(base, texts), (overlay_base, overlay or {})])
    tables = found.tables
    languages = {id_: read_language(table) for id_, table in tables["language"].items()}
    actors = ActorReader(tables["actor"], tables["group"]).read_all()
    lexicons = LexiconReader(tables["lexicon"]).read_all()
    events = {id_: read_event(id_, table) for id_, table in tables["event"].items()}
    known = Known(
        actors=actors,
        lexicons=lexicons,
        events={id_: event for id_, event in events.items() if not tables["event"][id_].report.is_bad},
        mistakes=_mistakes(found),
    )
    languages = {id_: one for id_, one in languages.items() if not tables["language"][id_].report.is_bad}
    deciding = _Deciding(tables["lexicon"], tables["actor"], tables["language"].values(), actors)
    rules: list[Rule] = []
    for table in tables["rule"].values():
        rule = read_rule(table, known, known.codes)
        if rule is not None:
            rules.append(replace(rule, digest=deciding.digest_of(rule, table)))
    pack = Pack(
        actors=actors,
        lexicons=lexicons,
        events=known.events,
        rules=tuple(rules),
        languages=Languages(by_code={one.code: one for one in languages.values()}),
        digest=hashlib.sha256(blob).hexdigest(),
        blob=blob,
    )
    return pack, _in_order(found)


def _mistakes(found: Definitions) -> dict[str, str]:
    """Where the mistake of everything that is left out is, by kind and id."""
    mistakes = {problem.owner: str(problem.place) for problem in reversed(found.problems) if problem.owner}
    for kind in KINDS:
        for id_, table in found.tables[kind].items():
            if table.report.is_bad:
                mistakes[f"{kind} {id_}"] = str(table.report.problems[0].place)
    return mistakes


def _in_order(found: Definitions) -> tuple[Problem, ...]:
    told = [*found.problems, *(problem for kind in KINDS for table in found.tables[kind].values()
                               for problem in table.report.problems)]  # fmt: skip
    return tuple(sorted(dict.fromkeys(told), key=lambda one: (one.place.file, one.place.line, one.place.column)))


def patterns_of(rule: Rule) -> Iterable[Node]:
    """Every pattern of a rule: of its entries, their sides, and what excludes it."""
    for entry in rule.match:
        for node in (entry.act, entry.object, entry.source, entry.target, entry.location, entry.pattern):
            if node is not None:
                yield node
        yield from (exclusion.pattern for exclusion in entry.unless)
    yield from (exclusion.pattern for exclusion in rule.exclude)


class _Deciding:
    """What decides a rule besides itself, as digests: lexicons, actors, cue words, the engine."""

    def __init__(
        self,
        lexicons: Mapping[str, Table],
        actor_tables: Mapping[str, Table],
        languages: Iterable[Table],
        actors: Actors,
    ) -> None:
        self._lexicon_tables = lexicons
        self._actor_tables = actor_tables
        self._actors = actors
        self._lexicons: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._names: dict[Node, frozenset[tuple[str, str]]] = {}
        self._languages = _sha(*sorted(table.canonical() for table in languages))

    def digest_of(self, rule: Rule, table: Table) -> str:
        """SHA-256 over the rule, without what can't change a hit (its tests, `why`), and all that it uses."""
        names: set[tuple[str, str]] = set()
        for node in patterns_of(rule):
            names |= self._names_in(node)
        names |= {("actor", id_) for entry in rule.match for id_ in entry.assume.values()}
        used = [self._lexicon(name) if kind == "lexicon" else self._actor(name) for kind, name in sorted(names)]
        event = f"{rule.event.id} {rule.event.is_reciprocal}"
        return _sha(str(ENGINE_VERSION), table.canonical("test", "why"), event, self._languages, *used)

    def _names_in(self, tree: Node) -> frozenset[tuple[str, str]]:
        if tree not in self._names:
            self._names[tree] = frozenset(
                ("lexicon" if isinstance(node, LexiconRef) else "actor", node.name)
                for node in tree.walk()
                if isinstance(node, LexiconRef | ActorRef)
            )
        return self._names[tree]

    def _lexicon(self, id_: str) -> str:
        if id_ not in self._lexicons:
            table = self._lexicon_tables[id_]
            inner = sorted(
                {written.text[1:] for code in table.languages("title") for written in table.texts(code)
                 if written.text.startswith("#")}
            )  # fmt: skip
            self._lexicons[id_] = _sha(id_, table.canonical("title"), *(self._lexicon(one) for one in inner))
        return self._lexicons[id_]

    def _actor(self, name: str) -> str:
        """An actor, the members of a group or all of a kind, each with whoever acts for it."""
        if name not in self._named:
            heads = (
                {name} if name in self._actors.by_id
                else set(self._actors.groups[name]) if name in self._actors.groups
                else {actor.id for actor in self._actors.by_id.values() if actor.kind == name}
            )  # fmt: skip
            chosen = [
                actor.id for actor in self._actors.by_id.values()
                if actor.id in heads or self._actors.whole(actor).id in heads or actor.of in heads
            ]  # fmt: skip
            self._named[name] = _sha(name, *(self._actor_tables[id_].canonical() for id_ in sorted(chosen)))
        return self._named[name]


def _sha(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()
