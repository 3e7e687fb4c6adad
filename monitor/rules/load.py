"""Texts by name to a Pack: every rule that is right, and what is wrong with the others.

Pure: `app` reads the files. What is left out is named; one bad definition costs itself and whatever
can't be right without it, never its file.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from monitor.errors import Problem
from monitor.model import EventKind, Languages
from monitor.rules.actors import Actors
from monitor.rules.blob import ENGINE_VERSION, PackTexts, from_blob, to_blob
from monitor.rules.files import HERE, Rule
from monitor.rules.heap import without_collection
from monitor.rules.layers import Texts
from monitor.rules.lexicons import Lexicon
from monitor.rules.operators import ActorRef, LexiconRef, Node
from monitor.rules.past import Resolved, resolved
from monitor.rules.tables import Table


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
    """The texts it is made from, as `blob` writes them, so that an old hit can be explained by the rules it had."""
    stale: tuple[str, ...] = ()
    """What is broken and in force as it last was good ("rule troop-transfer")."""


@without_collection
def load(
    texts: Texts,
    overlay: Texts | None = None,
    *,
    base: str = "",
    overlay_base: str = "",
    last_good: PackTexts | None = None,
) -> tuple[Pack, tuple[Problem, ...]]:
    """The pack of these texts, by names like "actors/states.toml" and "troop-transfer.toml", and what is wrong.

    `overlay` is the user's folder over the shipped one; a text that is None is there and can't be read. `base` and
    `overlay_base` stand before the names in messages. `last_good` is what the last pack in force was made from: a
    definition that is broken now is taken from there, if it was good. Problems come in the order of files and lines.
    O(length of the texts); where something is broken, that of `last_good` as well.

    Raises BlobError for a `last_good` that can't be read.
    """
    made_from = PackTexts(texts=texts, overlay=overlay or {})
    read = resolved(made_from, base, overlay_base, last_good)
    return _pack(replace(made_from, stale=read.taken), read), read.problems


def load_blob(blob: bytes) -> Pack:
    """A pack as it once was in force, with the last good versions that it kept.

    Raises BlobError for bytes that are no pack, or one of another engine version.
    """
    made_from = from_blob(blob)
    return _pack(made_from, resolved(made_from, "", ""))


def _pack(made_from: PackTexts, read: Resolved) -> Pack:
    tables, values = read.found.tables, read.values
    languages = [table for id_, table in tables["language"].items() if id_ in values.languages]
    deciding = _Deciding(tables["lexicon"], tables["actor"], languages, values.actors)
    rules = ((rule, tables["rule"][id_]) for id_, rule in values.rules.items())
    blob = to_blob(made_from)
    return Pack(
        actors=values.actors,
        lexicons=values.lexicons,
        events=values.events,
        rules=tuple(replace(rule, digest=deciding.digest_of(rule, table)) for rule, table in rules),
        languages=Languages(by_code={one.code: one for one in values.languages.values()}),
        digest=hashlib.sha256(blob).hexdigest(),
        blob=blob,
        stale=tuple(f"{kind} {id_}" for kind, id_ in read.stale),
    )


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
        """SHA-256 over the rule, without what can't change a hit (tests, `why`, `sides`), and all that it uses."""
        names: set[tuple[str, str]] = set()
        for node in patterns_of(rule):
            names |= self._names_in(node)
        names |= {("actor", id_) for entry in rule.match for id_ in entry.assume.values() if id_ != HERE}
        used = [self._lexicon(name) if kind == "lexicon" else self._actor(name) for kind, name in sorted(names)]
        event = f"{rule.event.id} {rule.event.is_reciprocal}"
        written = table.canonical("test", "why", "sides", "independent")
        return _sha(str(ENGINE_VERSION), written, event, self._languages, *used)

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
