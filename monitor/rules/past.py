"""The last good versions: what stays in force for a definition that is broken, until it is mended.

Method: read everything; take what has a mistake of its own from the last pack in force; read again, until
nothing more can be helped. So a mistake in a lexicon costs none of its rules, and a rule is old only where the
rule is wrong. What was deleted stays deleted, but for what an old version can't do without. Where nothing is
wrong, the past is never looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.errors import Problem
from monitor.model import EventKind, Language
from monitor.rules.actors import ActorReader, Actors
from monitor.rules.blob import BlobError, KeptPart, PackTexts, as_text
from monitor.rules.files import Rule
from monitor.rules.languages import read_language
from monitor.rules.layers import KINDS, Definitions, Torn, definitions_in, the_one_in, unread
from monitor.rules.lexicons import Lexicon, LexiconReader
from monitor.rules.reader import Known, read_event, read_rule
from monitor.rules.tables import Name, Part

_NAMED = 3
"""So many of what a torn file held are named in its mistake; of the others, how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What the tables of all definitions say; only what is right."""

    languages: Mapping[str, Language]
    actors: Actors
    lexicons: Mapping[str, Lexicon]
    events: Mapping[str, EventKind]
    rules: Mapping[str, Rule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """All definitions and their values, with last good versions in the place of broken ones."""

    found: Definitions
    values: Values
    stale: tuple[Name, ...] = ()
    """Whose last good version is in force."""
    taken: Mapping[Name, tuple[KeptPart, ...]] = field(default_factory=dict)
    """All versions that were taken from the past, also those that could not come into force by what has changed."""
    problems: tuple[Problem, ...] = ()


def resolved(pack: PackTexts, base: str, overlay_base: str, last_good: PackTexts | None = None) -> Resolved:
    """Everything that is in force, and what is wrong.

    What is broken is taken from `last_good`; without it from `pack.stale`, which holds what was taken when the pack
    came into force, so that the same steps lead to the same pack.

    Raises BlobError where a text of a kept definition can't be read.
    """
    found = definitions_in([(base, pack.texts), (overlay_base, pack.overlay)])
    values = _read(found)
    stale: dict[Name, tuple[Part, ...]] = {}
    told: list[Problem] = []
    kept_then = _kept(pack, (base, overlay_base))
    if (last_good is not None or pack.stale) and _is_wrong(found):
        past = kept_then if last_good is None else resolved(last_good, base, overlay_base).found
        hopeless: dict[Name, list[Problem]] = {}
        while wanted := _unreadable(found, stale, past) or _wrong(found, stale, past, hopeless):
            taken = {name: parts for name in sorted(wanted) if (parts := _version(past, name))}
            _lay(found, taken, told)
            stale |= taken
            found.afresh(hopeless)
            values = _read(found)
    useless = {name for name, table in found.bad() if name in stale}
    kept = {name: parts for name, parts in stale.items() if name not in useless}
    return Resolved(
        found=found,
        values=values,
        stale=tuple(sorted(kept, key=lambda one: (KINDS.index(one[0]), one[1]))),
        taken={name: tuple(as_text(name, part) for part in parts) for name, parts in stale.items()},
        problems=_told(found, told, stale, kept),
    )


def _read(found: Definitions) -> Values:
    """The values of all tables; what is wrong is in the reports of the tables."""
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
    codes = known.codes
    rules = {id_: read_rule(table, known, codes) for id_, table in tables["rule"].items()}
    return Values(
        languages={id_: one for id_, one in languages.items() if not tables["language"][id_].report.is_bad},
        actors=actors,
        lexicons=lexicons,
        events=known.events,
        rules={id_: rule for id_, rule in rules.items() if rule is not None},
    )


def _mistakes(found: Definitions) -> dict[str, str]:
    """Where the mistake of everything that is left out is, by kind and id."""
    mistakes = {problem.owner: str(problem.place) for problem in reversed(found.problems) if problem.owner}
    for (kind, id_), table in found.bad():
        mistakes[f"{kind} {id_}"] = str(table.report.problems[0].place)
    return mistakes


# --- what is broken, and its last good version ------------------------------------------------------------------------


def _is_wrong(found: Definitions) -> bool:
    return bool(found.broken or found.torn) or next(found.bad(), None) is not None


def _unreadable(found: Definitions, stale: Mapping[Name, object], past: Definitions) -> set[Name]:
    """What could not be read and is to be taken from the past; first, since others that are right miss it."""
    return _known(found.broken | set(_lost(found, past)), stale, past)


def _wrong(
    found: Definitions, stale: Mapping[Name, object], past: Definitions, hopeless: dict[Name, list[Problem]]
) -> set[Name]:
    """What is wrong and is to be taken from the past: by itself, else because of what it names.

    What is wrong by itself and was never right goes to `hopeless`: it stays left out, though something that it
    names and that was deleted may come back for an old version of another.
    """
    bad = dict(found.bad())
    own = {name for name, table in bad.items() if table.report.has_own_mistake}
    missed = {miss for name, table in bad.items() if name in stale for miss in table.report.misses}
    for name in own:
        if name not in stale and name not in hopeless and not _version(past, name):
            hopeless[name] = [*bad[name].report.problems]
    return _known(own | missed, stale, past) or _known(set(bad), stale, past)


def _known(names: set[Name], stale: Mapping[Name, object], past: Definitions) -> set[Name]:
    return {name for name in names if name not in stale and _version(past, name)}


def _version(past: Definitions, name: Name) -> tuple[Part, ...]:
    """The parts of a definition as it was in force, without its tests, which decide nothing; none where it wasn't.

    What was switched off is so by its last part.
    """
    kind, id_ = name
    if (off := past.off.get(name)) is not None:
        return (off,)
    table = past.tables[kind].get(id_)
    if table is None or (table.report.is_bad and not table.report.is_old):
        return ()
    if kind != "rule":
        return table.parts
    return tuple(
        replace(part, values={key: value for key, value in part.values.items() if key != "test"})
        for part in table.parts
    )


def _lost(found: Definitions, past: Definitions) -> Iterator[Name]:
    """What stood where a file can't be read now, and can't be told to have been deleted."""
    for torn in found.torn:
        yield from _held_by(torn, found, past)


def _held_by(torn: Torn, found: Definitions, past: Definitions) -> Iterator[Name]:
    before: list[tuple[Name, tuple[Part, ...]]] = [(name, (part,)) for name, part in past.off.items()]
    before += [((kind, id_), table.parts) for kind in KINDS for id_, table in past.tables[kind].items()]
    for name, parts in before:
        kind, id_ = name
        now = found.tables[kind].get(id_)
        is_above = (now is not None and now.parts[0].layer > torn.layer) or (
            name in found.off and found.off[name].layer >= torn.layer
        )
        is_given = (torn.layer, name) in found.given
        if not is_above and not is_given and any(torn.may_have_held(name, part) for part in parts):
            yield name


def _lay(found: Definitions, versions: Mapping[Name, Sequence[Part]], told: list[Problem]) -> None:
    """Put versions in the place of what stands there, whose mistakes go to `told`."""
    for (kind, id_), parts in versions.items():
        before = found.tables[kind].get(id_)
        if before is not None:
            told += before.report.problems
        if parts[-1].values.get("enabled") is False:
            found.tables[kind].pop(id_, None)
            found.off[kind, id_] = parts[-1]
        else:
            table = unread(parts, f"{kind} {id_}", is_old=True)
            found.tables[kind][id_] = table  # where it stood, so that rules keep their order
            found.off.pop((kind, id_), None)


def _kept(pack: PackTexts, bases: tuple[str, str]) -> Definitions:
    """The last good versions that a pack keeps, and nothing else."""
    kept = Definitions()
    _lay(kept, {name: tuple(_parts(name, parts, bases)) for name, parts in pack.stale.items()}, [])
    return kept


def _parts(name: Name, parts: Sequence[KeptPart], bases: tuple[str, str]) -> Iterator[Part]:
    for part in parts:
        try:
            found, read = the_one_in(part.layer, bases[part.layer], part.name, part.text)
        except ValueError as error:
            raise BlobError(f"it keeps {' '.join(name)} as {error}") from None
        if found != name:
            raise BlobError(f"it keeps {' '.join(found)} for {' '.join(name)}")
        yield read


# --- what is told -----------------------------------------------------------------------------------------------------


def _told(
    found: Definitions, replaced: Sequence[Problem], stale: Mapping[Name, object], kept: Mapping[Name, Sequence[Part]]
) -> tuple[Problem, ...]:
    """All that is wrong in the order of files and lines, each with what is in force for it meanwhile."""
    told = [*found.problems, *replaced]
    told += [problem for name, table in found.bad() if name not in stale for problem in table.report.problems]
    owners = {f"{kind} {id_}" for kind, id_ in kept}
    told = [replace(one, meanwhile=_meanwhile(one, owners, found, kept)) for one in told]
    return tuple(sorted(dict.fromkeys(told), key=lambda one: (one.place.file, one.place.line, one.place.column)))


def _meanwhile(
    problem: Problem, owners: set[str], found: Definitions, kept: Mapping[Name, Sequence[Part]]
) -> str:  # fmt: skip
    if not kept:
        return ""
    if problem.owner in owners:
        return "its last good version stays in force"
    torn = [one for one in found.torn if (one.file, one.owner) == (problem.place.file, problem.owner)]
    held = sorted(
        " ".join(name)
        for name, parts in kept.items()
        if any(one.may_have_held(name, part) for one in torn for part in parts)
    )
    if not held:
        return ""
    more = f" and {len(held) - _NAMED} more" if len(held) > _NAMED else ""
    stay = "version stays" if len(held) == 1 else "versions stay"
    return f"the last good {stay} in force of {', '.join(held[:_NAMED])}{more}"
