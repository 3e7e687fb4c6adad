"""config.schema.json is what `config schema` prints, and holds for the example as it stands and in full."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from monitor.config.json_schema import json_schema
from monitor.resources import shipped

EXAMPLE = shipped("config.example.toml").read_text(encoding="utf-8")
IN_FULL = re.sub(r"^# (\[\[|\w+ = )", r"\1", EXAMPLE, flags=re.MULTILINE)
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int,
}  # fmt: skip


def faults(value: object, schema: Mapping[str, Any], at: str = "") -> list[str]:
    """Where a value breaks a schema, by the few words of JSON Schema that ours uses."""
    if "anyOf" in schema:
        return [] if any(not faults(value, one) for one in schema["anyOf"]) else [f"{at}: fits none"]
    if not isinstance(value, _TYPES[schema["type"]]) or (isinstance(value, bool) and schema["type"] != "boolean"):
        return [f"{at}: no {schema['type']}"]
    found: list[str] = []
    match value:
        case dict():
            known = schema.get("properties", {})
            is_closed = schema.get("additionalProperties") is False
            found += [f"{at}.{name}: unknown" for name in value if is_closed and name not in known]
            found += [f"{at}.{name}: missing" for name in schema.get("required", ()) if name not in value]
            found += [
                fault for name in known.keys() & value for fault in faults(value[name], known[name], f"{at}.{name}")
            ]
        case list():
            found += [fault for one in value for fault in faults(one, schema["items"], f"{at}[]")]
            found += [f"{at}: too few"] if len(value) < schema.get("minItems", 0) else []
        case str():
            fits = re.search(schema.get("pattern", ""), value) and value in schema.get("enum", [value])
            found += [] if fits else [f"{at}: {value!r}"]
        case int() if not isinstance(value, bool):
            found += [] if schema.get("minimum", value) <= value <= schema.get("maximum", value) else [f"{at}: {value}"]
    return found


def test_the_file_is_what_the_command_prints() -> None:
    kept = shipped("config.schema.json").read_text(encoding="utf-8")

    assert kept == json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", "run `make docs`"


def test_the_example_names_it_in_its_first_line() -> None:
    assert EXAMPLE.startswith("#:schema ./config.schema.json\n")


@pytest.mark.parametrize("text", [pytest.param(EXAMPLE, id="as-it-stands"), pytest.param(IN_FULL, id="in-full")])
def test_the_example_fits_it(text: str) -> None:
    assert faults(tomllib.loads(text), json_schema()) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("[fetch]\nevry = '5m'", ".fetch.evry: unknown", id="key"),
        pytest.param("[fetch]\nevery = '5 minutes'", ".fetch.every: '5 minutes'", id="duration"),
        pytest.param("[fetch]\nthreads = 1000", ".fetch.threads: 1000", id="bounds"),
        pytest.param("[[feeds]]\nenabled = 'yes'", ".feeds[].enabled: no boolean", id="flag"),
        pytest.param("[[channels]]\nurl = { fiel = 's' }", ".channels[].url: fits none", id="secret"),
        pytest.param("[[routes]]\nchannels = []", ".routes[].channels: too few", id="empty"),
    ],
)
def test_a_mistake_breaks_it(text: str, fault: str) -> None:
    assert faults(tomllib.loads(text), json_schema()) == [fault]


@pytest.mark.parametrize("text", ["[[channels]]\nurl = { file = 's' }", "[database]\nurl = { credential = 's' }"])
def test_a_secret_may_be_a_reference(text: str) -> None:
    assert faults(tomllib.loads(text), json_schema()) == []
