"""A webhook's document keeps the published form, and its signature can be checked by whoever has the secret."""

import hashlib
import hmac
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import monitor.channels
from monitor.channels import webhook
from monitor.model import AlertId
from tests.builders import a_message
from tests.samples import samples

SCHEMA = json.loads((Path(monitor.channels.__file__).parent / "schema" / "alert-1.json").read_text(encoding="utf-8"))
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None),
}  # fmt: skip


@pytest.mark.parametrize("name", samples())
def test_each_sample_keeps_the_published_form(name: str) -> None:
    document = json.loads(webhook.render(samples()[name]))

    assert departures(document, SCHEMA, "alert") == []


def test_the_schema_names_the_version_that_is_sent() -> None:
    assert SCHEMA["properties"]["version"]["const"] == webhook.VERSION
    assert SCHEMA["$id"] == webhook.SCHEMA


def test_the_signature_is_over_time_stamp_and_body() -> None:
    body = webhook.render(a_message()).encode()

    headers = webhook.headers(a_message(), body, "a secret")

    stamp = headers["X-Relations-Monitor-Timestamp"]
    expected = hmac.new(b"a secret", stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert stamp == str(int(a_message().sent_at.timestamp()))
    assert headers["X-Relations-Monitor-Signature"] == f"v1={expected}"


def test_each_attempt_of_an_alert_has_the_same_key() -> None:
    keys = {
        webhook.headers(a_message(sent_at=a_message().sent_at.replace(minute=minute)), b"", "")["Idempotency-Key"]
        for minute in range(3)
    }

    assert keys == {"a1"}
    assert webhook.headers(a_message(alert=AlertId("a2")), b"", "")["Idempotency-Key"] == "a2"


def test_without_a_secret_nothing_is_signed() -> None:
    assert "X-Relations-Monitor-Signature" not in webhook.headers(a_message(), b"", "")


def test_marks_stand_at_the_words_of_the_quote() -> None:
    evidence = webhook.document(samples()["03-denied"])["evidence"]

    assert [evidence["quote"][start:end] for start, end in evidence["marks"]] == ["러시아", "북한", "군인", "부인했다"]
    assert evidence["lang"] == "ko"


def departures(value: Any, schema: dict[str, Any], where: str) -> list[str]:
    """Where a value leaves a schema, by the keywords that ours uses; a key that it does not name is one."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    found = []
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, TYPES[kind]) for kind in kinds):
        found.append(f"{where}: not of type {kinds}")
    if "const" in schema and value != schema["const"]:
        found.append(f"{where}: not {schema['const']}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value} is none of {schema['enum']}")
    if schema.get("format") == "date-time":
        assert datetime.fromisoformat(value).tzinfo is not None
    if isinstance(value, dict):
        found += [f"{where}: without {name}" for name in schema.get("required", []) if name not in value]
        for name, inner in value.items():
            known = schema.get("properties", {})
            found += (
                departures(inner, known[name], f"{where}.{name}") if name in known else [f"{where}: {name} unknown"]
            )
    if isinstance(value, list):
        found += [one for at, inner in enumerate(value) for one in departures(inner, schema["items"], f"{where}[{at}]")]
    return found
