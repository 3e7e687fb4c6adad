"""The schemas know the keys that the readers know, take every shipped file, and refuse what the readers refuse."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.resources import shipped
from monitor.rules.keys import TABLES
from monitor.rules.load import load
from monitor.rules.schema import KINDS, Kind, schema_of
from tests.unit.rules.packs import HEAD, RIGHT, a_rule

FILES = sorted(shipped("rules").rglob("*.toml"))
KNOWN = {
    "$schema", "title", "definitions", "description", "format", "$ref", "allOf", "anyOf", "type", "enum",
    "pattern", "minimum", "maximum", "properties", "patternProperties", "additionalProperties", "required", "items",
}  # fmt: skip
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}


def complaints(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> Iterator[str]:
    """What a value breaks of a schema: as much of JSON Schema as our schemas use, and an error for more."""
    assert set(schema) <= KNOWN
    value = value.isoformat() if isinstance(value, date) else value
    if "$ref" in schema:
        yield from complaints(value, whole["definitions"][schema["$ref"].removeprefix("#/definitions/")], whole, at)
    for inner in schema.get("allOf", ()):
        yield from complaints(value, inner, whole, at)
    if "anyOf" in schema and all(any(True for _ in complaints(value, one, whole)) for one in schema["anyOf"]):
        yield f"{at}: none of the alternatives"
    kind = TYPES.get(schema.get("type", ""), object)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield f"{at}: no {schema['type']}"
        return
    if value not in schema.get("enum", (value,)):
        yield f"{at}: unknown value {value}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value} has another form"
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at}: {value} is out of bounds"
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from complaints(item, schema.get("items", {}), whole, f"{at}[{index}]")
    if isinstance(value, dict):
        yield from _inside(value, schema, whole, at)


def _inside(value: dict[str, Any], schema: dict[str, Any], whole: dict[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}: {key} is missing" for key in schema.get("required", ()) if key not in value)
    for key, inner in value.items():
        shapes = [schema["properties"][key]] if key in schema.get("properties", {}) else []
        shapes += [one for pattern, one in schema.get("patternProperties", {}).items() if re.search(pattern, key)]
        if not shapes:
            further = schema.get("additionalProperties", True)
            if further is False:
                yield f"{at}: unknown key {key}"
            shapes = [further] if isinstance(further, dict) else []
        for shape in shapes:
            yield from complaints(inner, shape, whole, f"{at}.{key}")


def kind_of(file: Path) -> Kind:
    return next((kind for kind in KINDS if kind == file.parent.name and kind != "rules"), "rules")


def judged(text: str, kind: Kind) -> list[str]:
    schema = schema_of(kind)
    return list(complaints(tomllib.loads(text), schema, schema))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_shipped_file_is_right_by_its_schema(file: Path) -> None:
    assert judged(file.read_text(encoding="utf-8"), kind_of(file)) == []


@pytest.mark.parametrize("name", list(RIGHT))
def test_the_small_pack_is_right_by_its_schema(name: str) -> None:
    assert judged(RIGHT[name], kind_of(Path("rules") / name)) == []


@pytest.mark.parametrize(
    ("table", "file", "wrong"),
    [
        ("rule", "r.toml", "[[rule]]\nzzz = 1"),
        ("entry", "r.toml", "[[rule]]\nmatch = [{ zzz = 1 }]"),
        ("within", "r.toml", '[[rule]]\nmatch = [{ act = "x", within.zzz = 1 }]'),
        ("assume", "r.toml", '[[rule]]\nmatch = [{ act = "x", assume.zzz = "y" }]'),
        ("exclusion", "r.toml", "[[rule]]\nexclude = [{ zzz = 1 }]"),
        ("test", "r.toml", "[[rule]]\ntest = [{ zzz = 1 }]"),
        ("hit", "r.toml", "[[rule]]\ntest = [{ expect = { zzz = 1 } }]"),
        ("actor", "actors/a.toml", "[actors.a]\nzzz = 1"),
        ("office", "actors/a.toml", "[actors.a]\n[[actors.a.office]]\nzzz = 1"),
        ("event", "events/e.toml", "[events.e]\nzzz = 1"),
        ("language", "languages/l.toml", "zzz = 1"),
        ("counting", "languages/l.toml", 'code = "en"\n[counting]\nzzz = 1'),
    ],
)
def test_the_keys_of_a_table_are_those_that_its_reader_takes(table: str, file: str, wrong: str) -> None:
    _, problems = load({file: wrong})

    (unknown,) = (one for one in problems if one.because == "unknown key zzz")
    assert set(TABLES[table].keys) == set(unknown.expected.removeprefix("one of ").split(", "))


@pytest.mark.parametrize(
    ("kind", "text", "complaint"),
    [
        ("rules", a_rule(rest='severty = "high"'), ".rule[0]: unknown key severty"),
        ("rules", HEAD.replace('"high"', '"hihg"') + "match = ['x']", ".rule[0].severity: unknown value hihg"),
        ("rules", HEAD, ".rule[0]: none of the alternatives"),
        ("rules", a_rule(entry='act = "x"\nwithin.object = 999'), ".rule[0].match[0]: none of the alternatives"),
        ("actors", '[actors.a]\nkind = "sate"\ncode = "AAA"', ".actors.a.kind: unknown value sate"),
        ("actors", '[actors."A B"]\nkind = "state"', ".actors: unknown key A B"),
        ("lexicons", '[lexicons.a]\nenglish = ["x"]', ".lexicons.a: unknown key english"),
        ("events", "[events.a]", ".events.a: none of the alternatives"),
        ("languages", 'code = "en"\n[cues]\ndeneid = ["x"]', ".cues: unknown key deneid"),
    ],
)
def test_a_schema_refuses_what_the_reader_refuses(kind: Kind, text: str, complaint: str) -> None:
    assert any(one.startswith(complaint) or complaint in one for one in judged(text, kind)), judged(text, kind)


@pytest.mark.parametrize("layer", ["enabled = false", "extends = true"])
def test_what_lies_over_another_table_needs_no_further_keys(layer: str) -> None:
    assert judged(f'[[rule]]\nid = "troop-transfer"\n{layer}\n', "rules") == []
    assert judged(f"[actors.russia]\n{layer}\n", "actors") == []


def test_the_events_that_are_known_are_offered_and_others_are_taken() -> None:
    schema = schema_of("rules", ["payment", "gift"])
    rule = tomllib.loads(a_rule(entry='act = "x"').replace("arms-supply", "my-own-event"))

    assert schema["definitions"]["rule"]["properties"]["event"]["anyOf"][0]["enum"] == ["payment", "gift"]
    assert list(complaints(rule, schema, schema)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_shipped_file_names_its_schema_in_its_first_line(file: Path) -> None:
    first = file.read_text(encoding="utf-8").partition("\n")[0]

    assert first.startswith("#:schema ./" if kind_of(file) == "rules" else "#:schema ../")
    assert (file.parent / first.removeprefix("#:schema ")).resolve() == shipped(
        "rules"
    ) / "schema" / f"{kind_of(file)}.json"
