"""Rules to a RuleSet: one automaton for all words, and what each of them means.

The automaton knows needles (text/fold.py): bytes of folded text with the borders of words in them. What a
needle means depends on the language of the article, so the meanings are laid out once a language.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from monitor.model import ActorCode, EventKind, EventType, Language, Languages, Names, Outlet, Outlets, RuleId, Status
from monitor.rules.actors import Actor, Actors
from monitor.rules.files import Entry, Exclusion, Rule
from monitor.rules.heap import without_collection
from monitor.rules.lexicons import Lexicon, Term, term_of
from monitor.rules.load import Pack
from monitor.rules.operators import ActorRef, LexiconRef, Node, Or, Regex, RoleOf, Word
from monitor.rules.sentence import Named
from monitor.rules.sieve import Sieve
from monitor.rules.spans import Key
from monitor.text.fold import fold, folded, needle
from monitor.text.inflect import INFLECTING_NAMES, forms_of
from monitor.text.language import UNSPACED

ANY_LANGUAGE = ""
_CAPITALS = range(2, 5)
"""A name of two to four capitals (US, UN, NATO) matches with that case alone."""
_MIDDLE_DOTS = "\u00b7\u318d\u2219\u2027\u30fb"
_ACTING = frozenset({"person", "organisation"})
"""The kinds that act for the state they belong to. A medium speaks, a place is a place, a company trades for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of an actor as the automaton finds it. `cased` is the exact writing that it needs, or ""."""

    actor: Named
    owner: Actor = field(repr=False, compare=False)
    """Whose name it is: it says on which days the actor acts for its code."""
    cased: str = ""
    is_weak: bool = False
    is_apart: bool = False
    """Whether it counts only as a word by itself, particles behind it (text/borders.py)."""
    is_never: bool = False
    """A false friend ("North Korean restaurant"): it hides the names inside it and names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one needle stands for in one language."""

    keys: tuple[Key, ...] = ()
    cased: tuple[tuple[Key, str], ...] = ()
    """Keys that hold only where the text is written exactly so."""
    apart: tuple[Key, ...] = ()
    """Keys that hold only for a word by itself (text/borders.py)."""
    begun: tuple[Key, ...] = ()
    """Keys that hold where a word of Latin letters begins so, in writing without spaces."""
    names: tuple[Name, ...] = ()
    cues: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledEntry:
    """An entry of `match` with what a sentence must hold for it: at least one key of every set."""

    rule: Rule
    entry: Entry
    needs: tuple[frozenset[Key], ...]
    unless: tuple[Exclusion, ...] = ()
    wanted: Mapping[str, Node | None]
    """What the entry asks of source, target and place; None where it asks nothing."""
    asks: int = 0
    """A number that entries share which judge an act alike: they ask the same of its parties, in the same reach."""


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """All rules in force, ready to match. Values in, values out: a reload makes a new one and swaps it."""

    digest: str
    rules: tuple[Rule, ...]
    entries: tuple[CompiledEntry, ...]
    actors: Actors
    events: Mapping[EventType, EventKind]
    languages: Languages
    names: Names
    vocabularies: "Vocabularies" = field(repr=False, compare=False)
    """What is looked for in each language."""
    allowed: Mapping[str, frozenset[str]] = field(repr=False)
    """For each name after an @ in a rule: the ids of the actors that satisfy it."""

    switched_off: dict[RuleId, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Rules whose regular expression ran away on a text, and why: `match` leaves them out from then on."""
    _sieves: dict[str, Sieve] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def outlets(self) -> Outlets:
        """The media that the actor files know."""
        return outlets_of(self.actors)

    @cached_property
    def asks(self) -> Mapping[RuleId, tuple[int, int]]:
        """How many sides and independent voices a rule asks for before it breaks quiet hours, where it asks."""
        return {rule.id: (rule.sides, rule.independent) for rule in self.rules if rule.sides or rule.independent}

    def sieve_in(self, lang: str) -> Sieve:
        """What tells which entries are worth running on an article of a language; made when first asked for."""
        sieve = self._sieves.get(lang)
        if sieve is None:
            needs = {index: one.needs for index, one in enumerate(self.entries) if one.entry.lang in ("", lang)}
            sieve = self._sieves[lang] = Sieve(needs, self._keys_in(lang))
        return sieve

    def _keys_in(self, lang: str) -> list[tuple[Key, ...]]:
        """All keys that each needle may stand for; of a name, every reference that its actor satisfies."""
        references: dict[str, list[Key]] = defaultdict(list)
        for name, allowed in self.allowed.items():
            for id_ in allowed:
                references[id_].append(("actor", name))
        return [
            (*one.keys, *(key for key, _ in one.cased), *one.apart, *one.begun,
                  *(key for name in one.names if not name.is_never for key in references[name.actor.id]))
            for one in self.meanings_in(lang)
        ]  # fmt: skip

    def vocabulary_in(self, lang: str) -> "Vocabulary":
        """What is looked for in a language and what it means there; made when the first article in it comes."""
        return self.vocabularies.of(lang)

    def meanings_in(self, lang: str) -> Sequence[Meaning]:
        """What the needles of a language mean."""
        return self.vocabulary_in(lang).meanings


@without_collection
def compile_pack(pack: Pack, names_in: str = "en") -> RuleSet:
    """Rules, actors, lexicons and cue words as one RuleSet; actors are named in the language `names_in`."""
    refs = {
        ref.name for rule in pack.rules for node in _nodes(rule) for ref in node.walk() if isinstance(ref, ActorRef)
    }
    used = {
        ref.name for rule in pack.rules for node in _nodes(rule) for ref in node.walk() if isinstance(ref, LexiconRef)
    }
    regexes = [node for rule in pack.rules for top in _nodes(rule) for node in top.walk() if isinstance(node, Regex)]
    literals = dict.fromkeys(node.keys()[0] for node in regexes)
    words = {ref.term for rule in pack.rules for node in _nodes(rule) for ref in node.walk() if isinstance(ref, Word)}
    return RuleSet(
        digest=pack.digest,
        rules=pack.rules,
        entries=tuple(_compiled(pack.rules)),
        actors=pack.actors,
        events={kind.id: kind for kind in pack.events.values()},
        languages=pack.languages,
        names=names_of(pack.actors, names_in),
        vocabularies=Vocabularies(pack, lexicons=used, words=words, literals=tuple(literals)),
        allowed={name: allowed_ids(pack.actors, name) for name in refs},
    )


def outlets_of(actors: Actors) -> Outlets:
    """The media by all their names and domains. One that is not affiliated speaks for no state."""
    by_name: dict[str, Outlet] = {}
    by_domain: dict[str, Outlet] = {}
    media = [actor for actor in actors.by_id.values() if actor.kind == "media"]
    for actor in media:
        outlet = Outlet(code=ActorCode(actor.id), state=actor.code if actor.is_affiliated and actor.of else None)
        for names in actor.names.values():
            by_name.update({name.strip("=!~").casefold(): outlet for name in names})
        by_domain.update(dict.fromkeys(actor.domains, outlet))
    return Outlets(by_name=by_name, by_domain=by_domain)


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """All words that are looked for in one language, in alphabetical order, and what each means there."""

    needles: tuple[bytes, ...] = field(repr=False)
    meanings: tuple[Meaning, ...] = field(repr=False)

    @cached_property
    def automaton(self) -> BytesAhoCorasick:
        """The automaton over all needles; overlapping matches, so that no word hides another."""
        return BytesAhoCorasick(self.needles, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)


class Vocabularies:
    """The vocabularies of a pack by language, each made when it is first asked for.

    A language with cases has ten needles where English has one: who reads no Russian doesn't wait for it.
    """

    def __init__(self, pack: Pack, *, lexicons: Set[str], words: Set[Term], literals: tuple[Key, ...]) -> None:
        self._pack = pack
        self._lexicons = lexicons
        self._words = words
        self._literals = literals
        self._known = {
            *pack.languages.by_code, *_languages_of(pack.lexicons.values()), *_languages_of_actors(pack.actors)
        }  # fmt: skip
        self._made: dict[str, Vocabulary] = {}

    def of(self, lang: str) -> Vocabulary:
        """The vocabulary of a language; one that nothing describes shares the names."""
        lang = lang if lang in self._known else ANY_LANGUAGE
        made = self._made.get(lang)
        if made is None:
            made = self._made[lang] = self._make(lang)
        return made

    @without_collection
    def _make(self, lang: str) -> Vocabulary:
        drafts: dict[bytes, _Draft] = defaultdict(_Draft)
        language = self._pack.languages.of(lang)
        for lexicon in self._pack.lexicons.values():
            if lexicon.id in self._lexicons:
                for term in lexicon.terms.get(lang, ()):
                    _add_term(drafts, term, language, ("lexicon", lexicon.id))
        for term in self._words:
            _add_term(drafts, term, language, ("word", str(term)))
        for key in self._literals:
            drafts[fold(key[1]).data[1:-1]].keys[key] = None  # inside words too
        for status, cues in language.cues.items():
            for cue in cues:
                for pin in _needles(term_of(cue), language):
                    drafts[pin].cues.append(status)
        named = _names_by_needle(self._pack.actors, self._pack.languages, lang)
        needles = tuple(sorted({*drafts, *named}))
        return Vocabulary(
            needles=needles,
            meanings=tuple(drafts[pin].meaning(named.get(pin)) if pin in drafts else named[pin] for pin in needles),
        )


def names_of(actors: Actors, lang: str) -> Names:
    """The name of each state and organisation by its code: its first in that language, else its first in English."""
    by_code: dict[ActorCode, str] = {}
    for actor in actors.by_id.values():
        if not actor.of:
            for names in (actor.names.get(lang), actor.names.get("en")):
                if names:
                    by_code.setdefault(actor.code, term_of(names[0]).text.removesuffix("~"))
    return Names(by_code=by_code)


def allowed_ids(actors: Actors, name: str) -> frozenset[str]:
    """The actors that satisfy `@name`: an actor, the members of a group, or all of a kind, and whoever acts for one."""
    if name in actors.by_id:
        heads = {name}
    elif name in actors.groups:
        heads = set(actors.groups[name])
    else:
        heads = {actor.id for actor in actors.by_id.values() if actor.kind == name}
    return frozenset(
        actor.id
        for actor in actors.by_id.values()
        if actor.id in heads or (actor.kind in _ACTING and any(one in heads for one in _chain(actors, actor)))
    )


class _Draft:
    """A meaning in the making."""

    def __init__(self) -> None:
        self.keys: dict[Key, None] = {}
        self.cased: dict[tuple[Key, str], None] = {}
        self.apart: dict[Key, None] = {}
        self.begun: dict[Key, None] = {}
        self.cues: list[Status] = []

    def meaning(self, named: Meaning | None) -> Meaning:
        """What the words mean, and what the names of the same letters do."""
        cased = tuple(pair for pair in self.cased if pair[0] not in self.keys)
        names = named.names if named is not None else ()
        begun = tuple(key for key in self.begun if key not in self.keys)
        apart = tuple(key for key in self.apart if key not in self.keys)
        cues = tuple(dict.fromkeys(self.cues))
        return Meaning(keys=tuple(self.keys), cased=cased, apart=apart, begun=begun, names=names, cues=cues)


def _add_term(drafts: dict[bytes, _Draft], term: Term, language: Language, key: Key) -> None:
    for pin in _needles(term, language):
        if term.how == "cased":
            drafts[pin].cased[(key, term.text)] = None
        elif _is_begun(term, language):
            drafts[pin].begun[key] = None
        elif _is_apart(term, language):
            drafts[pin].apart[key] = None
        else:
            drafts[pin].keys[key] = None


def _is_begun(term: Term, language: Language) -> bool:
    """Whether a term stands for all that begins with its Latin letters, where no space says that a word begins."""
    return term.how == "prefix" and language.code in UNSPACED and term.text.isascii()


def _is_apart(term: Term, language: Language) -> bool:
    """Whether a term is one that must be a word by itself: written "=북" in a language that has particles."""
    if language.code in UNSPACED:
        return term.text.isascii() or term.how == "exact"
    return term.how == "exact" and "particle" in language.classes and not term.text.isascii()


def _needles(term: Term, language: Language) -> Iterator[bytes]:
    """The needles of a term: of all its forms where it stands for them."""
    forms = forms_of(term.text, language)[0] if term.how == "forms" else (term.text,)
    for form in forms:
        # a form that ends with * stands for every word that begins so (text/slavic.py)
        if language.code in UNSPACED and term.text.isascii():
            pin = folded(form).encode()  # Latin letters stand beside others without a space
        else:
            pin = needle(form.removesuffix("*"), is_prefix=term.how == "prefix" or form.endswith("*"))
        if pin:
            yield pin


def _names_by_needle(actors: Actors, known: Languages, lang: str) -> dict[bytes, Meaning]:
    """What each name means in a language: its own names and the English ones, which all share."""
    english = _laid_out(_names_in(actors, known.of("en")), {})
    if lang == "en":
        return english
    language = known.of(lang)
    return _laid_out((*_names_in(actors, language), *_pairs_in(actors, language)), english)


def _laid_out(names: Iterable[tuple[bytes, Name]], below: Mapping[bytes, Meaning]) -> dict[bytes, Meaning]:
    """The names by needle, over those that are there already."""
    own: dict[bytes, dict[Name, None]] = defaultdict(dict)
    for pin, name in names:
        own[pin][name] = None
    laid = dict(below)
    for pin, of_pin in own.items():
        others = below[pin].names if pin in below else ()
        laid[pin] = Meaning(names=tuple(of_pin | dict.fromkeys(others)))
    return laid


def _names_in(actors: Actors, language: Language) -> Iterator[tuple[bytes, Name]]:
    """The names of all actors in one language, each with its needles: of every case where a name has cases."""
    lang, has_cases = language.code, language.code in INFLECTING_NAMES
    for actor in actors.by_id.values():
        named = _named(actors, actor)
        for kind, of_kind in (("", actor.names), ("weak", actor.weak), ("never", actor.never)):
            for written in of_kind.get(lang, ()):
                term = term_of(written)
                cased = term.text if term.how == "cased" or _is_capitals(written) else ""
                name = Name(
                    actor=named,
                    owner=actor,
                    cased=cased,
                    is_apart=_is_apart(term, language),
                    is_weak=kind == "weak",
                    is_never=kind == "never",
                )
                pins = (needle(term.text, is_prefix=term.how == "prefix"),)
                is_formed = has_cases or lang in UNSPACED
                for pin in dict.fromkeys(_needles(term, language) if is_formed else pins):
                    if pin:
                        yield pin, name


def _pairs_in(actors: Actors, language: Language) -> Iterator[tuple[bytes, Name]]:
    """The pair words of a language (한미), each a name of every actor in it; with points between its letters too."""
    for word, ids in language.pairs.items():
        for owner in (actors.by_id[id_] for id_ in ids if id_ in actors.by_id):
            is_apart = language.code in UNSPACED
            parted = word if b" " in fold(word).data[1:-1] else ""  # "北러", and not "北 러시아"
            yield needle(word), Name(actor=_named(actors, owner), owner=owner, cased=parted, is_apart=is_apart)
            for point in _MIDDLE_DOTS if len(word) == len(ids) else ():
                dotted = point.join(word)
                yield needle(dotted), Name(actor=_named(actors, owner), owner=owner, cased=dotted)


def _named(actors: Actors, actor: Actor) -> Named:
    return Named(id=actor.id, kind=actor.kind, code=actors.whole(actor).code if actor.of else actor.code)


def _is_capitals(written: str) -> bool:
    """Whether a name is two to four capitals, and no tilde says that any case will do."""
    written = written.removeprefix("=")
    return len(written) in _CAPITALS and written.isalpha() and written.isupper() and written.isascii()


def _compiled(rules: Iterable[Rule]) -> Iterator[CompiledEntry]:
    asked: dict[object, int] = {}
    for rule in rules:
        for entry in rule.match:
            wanted = _wanted(entry)
            asks = (
                tuple(wanted.values()), entry.within_actors, entry.optional, tuple(sorted(entry.assume.items())),
                entry.is_active_only, entry.is_frame, rule.event.is_reciprocal,
            )  # fmt: skip
            yield CompiledEntry(
                rule=rule,
                entry=entry,
                needs=_needs(entry),
                unless=entry.unless,
                wanted=wanted,
                asks=asked.setdefault(asks, len(asked)),
            )


def _wanted(entry: Entry) -> dict[str, Node | None]:
    """What an entry asks of each party: a frame its side, a pattern its operand, any of several."""
    if entry.pattern is None:
        return {"source": entry.source, "target": entry.target, "place": entry.location}
    wanted: dict[str, Node | None] = {}
    for role in ("source", "target", "place"):
        operands = tuple(node.inner for node in entry.pattern.walk() if isinstance(node, RoleOf) and node.role == role)
        wanted[role] = Or(parts=operands) if len(operands) > 1 else operands[0] if operands else None
    return wanted


def _needs(entry: Entry) -> tuple[frozenset[Key], ...]:
    """What a sentence must hold for an entry: what its act and object need, or its pattern.

    A frame's sides are not in it: an actor may be assumed, or left out.
    """
    if entry.pattern is not None:
        return entry.pattern.needs()
    parts = [node.needs() for node in (entry.act, entry.object) if node is not None]
    return tuple(need for part in parts for need in part)


def _nodes(rule: Rule) -> Iterator[Node]:
    """Every pattern of a rule."""
    for entry in rule.match:
        for node in (entry.act, entry.object, entry.source, entry.target, entry.location, entry.pattern):
            if node is not None:
                yield node
        yield from (exclusion.pattern for exclusion in entry.unless)
    yield from (exclusion.pattern for exclusion in rule.exclude)


def _chain(actors: Actors, actor: Actor) -> Iterator[str]:
    """The actors for which this one acts, upwards."""
    seen = {actor.id}
    while actor.of and actor.of in actors.by_id and actor.of not in seen:
        seen.add(actor.of)
        yield actor.of
        actor = actors.by_id[actor.of]


def _languages_of(lexicons: Iterable[Lexicon]) -> Iterator[str]:
    return (lang for lexicon in lexicons for lang in lexicon.terms)


def _languages_of_actors(actors: Actors) -> Iterator[str]:
    return (lang for actor in actors.by_id.values() for lang in actor.names)
