"""A JSON Schema for each kind of rule file, so that an editor completes and checks as you type. Made from `keys`."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, get_args

from monitor.rules.keys import ID, TABLES, Keys, Shape, list_of, table

Kind = Literal["rules", "actors", "lexicons", "events", "languages"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_USED: Final[Mapping[Kind, tuple[str, ...]]] = {
    "rules": ("rule", "entry", "within", "assume", "exclusion", "test", "hit"),
    "actors": ("actor", "office"),
    "lexicons": ("lexicon",),
    "events": ("event",),
    "languages": ("language", "counting"),
}


def schema_of(kind: Kind, events: Iterable[str] = ()) -> dict[str, Any]:
    """The schema of one kind of file (JSON Schema, draft 4, which is what the editors for TOML read).

    `events` are offered where a rule names its kind of event; one of the user's own is as right.
    """
    definitions = {name: _object(TABLES[name]) for name in _USED[kind]}
    if kind == "rules" and (known := list(events)):
        event = definitions["rule"]["properties"]["event"]
        definitions["rule"]["properties"]["event"] = {
            "description": event["description"],
            "anyOf": [{"type": "string", "enum": known}, ID],
        }
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": f"relations-monitor: {kind}",
        **_whole(kind),
        "definitions": definitions,
    }


def _whole(kind: Kind) -> dict[str, Any]:
    match kind:
        case "languages":
            return {"allOf": [table("language")]}
        case "rules":
            properties: dict[str, Shape] = {"rule": list_of(table("rule"))}
        case "actors":
            properties = {"actors": _named("actor"), "groups": {"type": "object", "additionalProperties": _GROUP}}
        case _:
            properties = {kind: _named(kind.removesuffix("s"))}
    return {"type": "object", "properties": properties, "additionalProperties": False}


_MEMBERS: Final = list_of(ID)
_GROUP: Final[Shape] = {
    "anyOf": [
        _MEMBERS,
        {
            "type": "object",
            "properties": {"members": _MEMBERS, "extends": {"type": "boolean"}, "enabled": {"type": "boolean"}},
            "additionalProperties": False,
        },
    ]
}


def _named(name: str) -> Shape:
    """Tables of one kind under their ids."""
    return {"type": "object", "patternProperties": {str(ID["pattern"]): table(name)}, "additionalProperties": False}


def _object(keys: Keys) -> dict[str, Any]:
    """A table as a schema; what extends or switches off another needs none of its keys but the id."""
    made: dict[str, Any] = {
        "type": "object",
        "properties": {
            name: {"description": key.means, **(key.shape if "$ref" not in key.shape else {"allOf": [key.shape]})}
            for name, key in keys.keys.items()
        },
        "additionalProperties": False,
    }
    if keys.by_pattern:
        made["patternProperties"] = {
            pattern: {"description": key.means, **key.shape} for pattern, key in keys.by_pattern.items()
        }
    needed = [name for name, key in keys.keys.items() if key.is_needed]
    if needed and "extends" in keys.keys:
        made["anyOf"] = [
            {"required": needed},
            {"required": ["extends"], "properties": {"extends": {"enum": [True]}}},
            {"required": ["enabled"], "properties": {"enabled": {"enum": [False]}}},
        ]
        if "id" in needed:
            made["required"] = ["id"]
    elif needed:
        made["required"] = needed
    return made
