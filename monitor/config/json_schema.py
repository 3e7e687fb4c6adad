"""The JSON Schema of a configuration file, for editors that complete and check TOML; made from the table of keys."""

import tomllib
from typing import Any

from monitor.config.schema import SECTIONS, Key, Section
from monitor.config.secrets import REFERENCES


def json_schema() -> dict[str, Any]:
    """The schema of config.toml and of the files in config.d (JSON Schema, draft 4, which is what editors read).

    No key is asked for: one that is needed may stand in another file or in the environment.
    """
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "config.toml of relations-monitor",
        "type": "object",
        "properties": {section.name: _section(section) for section in SECTIONS},
        "additionalProperties": False,
    }


def _section(section: Section) -> dict[str, Any]:
    table = {
        "type": "object",
        "properties": {key.name: _key(key) for key in section.keys},
        "additionalProperties": False,
    }
    if section.is_array:
        return {"description": section.sentence, "type": "array", "items": table}
    return {"description": section.sentence, **table}


def _key(key: Key[object]) -> dict[str, Any]:
    holds = f" Without it: {key.otherwise}." if key.otherwise else ""
    told: dict[str, Any] = {"description": key.sentence + holds}
    if key.default:
        told["default"] = tomllib.loads(f"value = {key.default}")["value"]
    if key.is_secret:
        return {**told, "anyOf": [dict(key.kind.shape), *(_reference(name) for name in REFERENCES)]}
    return {**told, **key.kind.shape}


def _reference(name: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: {"type": "string", "minLength": 1}},
        "required": [name],
        "additionalProperties": False,
    }
