"""Every key that a rule file may hold, with its type and a sentence: the schemas and the reference are made from it.

What the readers take is compared with these tables by a test, so that neither can know more than the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from monitor.model import SEVERITIES, STATUSES
from monitor.rules.actors import KINDS
from monitor.rules.reader import PARTIES, SCOPES, WITHIN_LIMIT

Shape = Mapping[str, object]
"""A JSON Schema of one value."""

ID: Final[Shape] = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}
TEXT: Final[Shape] = {"type": "string"}
TRUE_OR_FALSE: Final[Shape] = {"type": "boolean"}
DAY: Final[Shape] = {"type": "string", "format": "date"}
MOMENT: Final[Shape] = {"anyOf": [DAY, {"type": "string", "format": "date-time"}]}
LANGUAGE: Final[Shape] = {"type": "string", "pattern": "^[a-z]{2,3}$"}
CODE: Final[Shape] = {"type": "string", "pattern": "^[A-Z][A-Z0-9]{1,11}$"}


def one_of(names: Iterable[str]) -> Shape:
    """A text of a closed set."""
    return {"type": "string", "enum": list(names)}


def list_of(shape: Shape) -> Shape:
    """Any number of a value."""
    return {"type": "array", "items": shape}


def either(*shapes: Shape) -> Shape:
    """A value of any of some types."""
    return {"anyOf": list(shapes)}


def table(name: str) -> Shape:
    """A value that is a table of `TABLES`."""
    return {"$ref": f"#/definitions/{name}"}


TEXTS: Final = list_of(TEXT)
BY_LANGUAGE: Final[Shape] = {
    "type": "object", "patternProperties": {"^[a-z]{2,3}$": TEXTS}, "additionalProperties": False,
}  # fmt: skip
BY_WORD: Final[Shape] = {"type": "object", "additionalProperties": TEXTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of a table: what it is in a sentence, and what it may hold."""

    means: str
    shape: Shape
    is_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A kind of table: how its header is written, and its keys. `by_pattern` are keys whose name is free."""

    header: str
    keys: Mapping[str, Key]
    by_pattern: Mapping[str, Key] | None = None


_LAYERS: Final[Mapping[str, Key]] = {
    "extends": Key(means="true adds to the table of that id in the folder below", shape=TRUE_OR_FALSE),
    "enabled": Key(means="false switches off the table of that id in the folder below", shape=TRUE_OR_FALSE),
}
_EXCLUSIONS: Final = list_of(either(TEXT, table("exclusion")))

_COUNT: Final = {"type": "integer", "minimum": 0, "maximum": 20}

RULE: Final = Keys(
    header="[[rule]]",
    keys={
        "id": Key(means="its name: small letters, digits and hyphens", shape=ID, is_needed=True),
        "title": Key(means="what an alert says, with {source}, {target} or {place} in it", shape=TEXT, is_needed=True),
        "title_without_source": Key(means="the title where the source is empty", shape=TEXT),
        "title_without_target": Key(means="the title where the target is empty", shape=TEXT),
        "event": Key(means="the kind of event", shape=ID, is_needed=True),
        "severity": Key(means="how much it matters", shape=one_of(SEVERITIES), is_needed=True),
        "match": Key(means="frames and patterns, any of which is enough",
                     shape=list_of(either(TEXT, table("entry"))), is_needed=True),
        "scope": Key(means="how far AND, NOT, exclude and unless look; sentence if left out", shape=one_of(SCOPES)),
        "status": Key(means="what may open a story; left out, all but historical", shape=list_of(one_of(STATUSES))),
        "exclude": Key(means="patterns that suppress the rule where they hold", shape=_EXCLUSIONS),
        "tags": Key(means="words for routes", shape=TEXTS),
        "notify": Key(means="tags of routes that shall have it", shape=TEXTS),
        "sides": Key(means="how many sides must say so before it breaks quiet hours", shape=_COUNT),
        "independent": Key(
            means="how many voices independent of the parties must report it before it breaks quiet hours", shape=_COUNT
        ),
        "references": Key(means="resolutions and other sources", shape=TEXTS),
        "why": Key(means="why it matters, in a sentence for the reader of the alert", shape=TEXT),
        "test": Key(means="texts with the hits that they must give", shape=list_of(table("test"))),
        **_LAYERS,
    },
)  # fmt: skip

ENTRY: Final = Keys(
    header="[[rule.match]]",
    keys={
        "act": Key(means="of a frame: what happens, a pattern without roles", shape=TEXT),
        "object": Key(means="of a frame: what it is done with", shape=TEXT),
        "source": Key(means="of a frame: who does it", shape=TEXT),
        "target": Key(means="of a frame: to whom", shape=TEXT),
        "place": Key(means="of a frame: where", shape=TEXT),
        "pattern": Key(means="a pattern in place of a frame", shape=TEXT),
        "within": Key(means="of a frame: the widest distances, in words", shape=table("within")),
        "optional": Key(means="roles that may stay empty", shape=list_of(one_of(PARTIES))),
        "assume": Key(means="roles that the sentence leaves to the reader", shape=table("assume")),
        "unless": Key(means="patterns that suppress this entry alone", shape=_EXCLUSIONS),
        "scope": Key(means="how far AND, NOT and unless look, for this entry", shape=one_of(SCOPES)),
        "lang": Key(means="the one language for which it is", shape=LANGUAGE),
        "voice": Key(means="active switches the passive off; any if left out", shape=one_of(("any", "active"))),
    },
)

_DISTANCE: Final[Shape] = {"type": "integer", "minimum": 0, "maximum": WITHIN_LIMIT}
WITHIN: Final = Keys(
    header="within",
    keys={
        "object": Key(means="words between act and object; 8 if left out", shape=_DISTANCE),
        "actors": Key(means="words between them and a source, target or place; 24 if left out", shape=_DISTANCE),
    },
)

ASSUME: Final = Keys(
    header="assume",
    keys={party: Key(means=f"the id of the actor that is the {party}", shape=ID) for party in PARTIES},
)

EXCLUSION: Final = Keys(
    header="{ pattern = ... }",
    keys={
        "pattern": Key(means="what suppresses the rule or the entry", shape=TEXT, is_needed=True),
        "reason": Key(means="why", shape=TEXT),
        "owner": Key(means="who answers for it", shape=TEXT),
        "until": Key(means="the last day on which it holds, judged at the article's date", shape=DAY),
    },
)

TEST: Final = Keys(
    header="[[rule.test]]",
    keys={
        "text": Key(means="the text to judge", shape=TEXT),
        "title": Key(means="its title", shape=TEXT),
        "lang": Key(means="its language; en if left out", shape=LANGUAGE),
        "published": Key(means="its date; 15 January 2026 if left out", shape=MOMENT),
        "outlet": Key(means="who published it", shape=TEXT),
        "expect": Key(means='the hit of this rule, a list of hits, or "none"', is_needed=True,
                      shape=either(one_of(["none"]), table("hit"), list_of(table("hit")))),
    },
)  # fmt: skip

HIT: Final = Keys(
    header="expect = { ... }",
    keys={
        "source": Key(means="the code of who does it; left out, nobody is named", shape=CODE),
        "target": Key(means="the code of to whom; left out, nobody is named", shape=CODE),
        "status": Key(means="asserted if left out", shape=one_of(STATUSES)),
        "attribution": Key(means="the codes of who says so; left out, anybody", shape=either(CODE, list_of(CODE))),
        "quantities": Key(means="what is counted, as written; left out, anything", shape=TEXTS),
    },
)

ACTOR: Final = Keys(
    header="[actors.ID]",
    keys={
        "kind": Key(means="what it is", shape=one_of(KINDS), is_needed=True),
        "code": Key(means="three capitals for a state (ISO 3166-1 alpha-3), own codes for others; not needed with of",
                    shape=CODE),
        "of": Key(means="the id of the actor for which it acts", shape=ID),
        "names": Key(means="its names, by language", shape=BY_LANGUAGE),
        "weak": Key(means="names that count only beside a full one, by language", shape=BY_LANGUAGE),
        "not": Key(means="longer phrases in which a name means nobody, by language", shape=BY_LANGUAGE),
        "office": Key(means="the offices that a person holds or held", shape=list_of(table("office"))),
        "affiliated": Key(means="true for a medium that speaks for its state", shape=TRUE_OR_FALSE),
        "domains": Key(means="the web hosts of a medium", shape=TEXTS),
        **_LAYERS,
    },
)  # fmt: skip

OFFICE: Final = Keys(
    header="[[actors.ID.office]]",
    keys={
        "title": Key(means="what the office is called", shape=TEXT, is_needed=True),
        "from": Key(means="its first day", shape=DAY),
        "until": Key(means="its last day; left out, still in office", shape=DAY),
    },
)

LEXICON: Final = Keys(
    header="[lexicons.ID]",
    keys={"title": Key(means="what the list is", shape=TEXT), **_LAYERS},
    by_pattern={"^[a-z]{2,3}$": Key(means="the words and phrases of one language", shape=TEXTS)},
)

EVENT: Final = Keys(
    header="[events.ID]",
    keys={
        "title": Key(means="what the event is called", shape=TEXT, is_needed=True),
        "means": Key(means="who stands on which side", shape=TEXT),
        "reciprocal": Key(means="true where two parties have no direction", shape=TRUE_OR_FALSE),
        "by_pair": Key(
            means="true where each pair of parties is a story of its own, as with visits", shape=TRUE_OR_FALSE
        ),
        "window_hours": Key(
            means="how many hours after its last hit a story takes a report, 144 if left out",
            shape={"type": "integer", "minimum": 1, "maximum": 144},
        ),
        "hides": Key(
            means="lesser events: a story of this one that a channel was told keeps those of its parties from it",
            shape=TEXTS,
        ),
        **_LAYERS,
    },
)

LANGUAGE_FILE: Final = Keys(
    header="languages/CODE.toml",
    keys={
        "code": Key(means="the code of the language", shape=LANGUAGE, is_needed=True),
        "abbreviations": Key(means="words whose point ends no sentence", shape=TEXTS),
        "irregular": Key(means="a base form and all its other forms", shape=BY_WORD),
        "classes": Key(means="grammar words, by what they are", shape=BY_WORD),
        "cues": Key(means="words that tell a status", shape={
            "type": "object", "properties": dict.fromkeys(STATUSES, TEXTS), "additionalProperties": False,
        }),
        "hours": Key(means='how far the clock of its papers is ahead of UTC, like "9"', shape=TEXT),
        "pairs": Key(means="a word that names several actors at once, and their ids", shape=BY_WORD),
        "counting": Key(means="numbers, units and the words around them", shape=table("counting")),
        **_LAYERS,
    },
)  # fmt: skip

COUNTING: Final = Keys(
    header="[counting]",
    keys={
        "decimal": Key(means="the sign before decimals", shape=TEXT),
        "plural": Key(means="endings of a plural", shape=TEXTS),
        "singular": Key(means="endings that only look so", shape=TEXTS),
        "numbers": Key(means="words of a number: 12 = [...]", shape=BY_WORD),
        "scales": Key(means="words that multiply the number before them", shape=BY_WORD),
        "many": Key(means="words for many, with their bounds: 24-99 = [...]", shape=BY_WORD),
        "fractions": Key(means='shares: "1/3" = [...]', shape=BY_WORD),
        "units": Key(means="what is counted under one name", shape=BY_WORD),
        "periods": Key(means="for how long a sum is", shape=BY_WORD),
        "words": Key(means="the small words around a number, by what they are", shape=BY_WORD),
    },
)

TABLES: Final[Mapping[str, Keys]] = {
    "rule": RULE, "entry": ENTRY, "within": WITHIN, "assume": ASSUME, "exclusion": EXCLUSION, "test": TEST, "hit": HIT,
    "actor": ACTOR, "office": OFFICE, "lexicon": LEXICON, "event": EVENT, "language": LANGUAGE_FILE,
    "counting": COUNTING,
}  # fmt: skip
"""Every kind of table, in the order of the reference."""
