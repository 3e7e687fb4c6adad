"""An alert as JSON for programs, in a published form, and the headers by which its sender is known.

Pure: posting it is `doors`. The form is `schema/alert-1.json`, which ships with the program; a key may be added to
version 1, none changes its meaning or leaves. How to check a signature stands in docs/channels.md.
"""

import hashlib
import hmac
import json
from typing import Any

from monitor.model import Details, Message, Party, Quantity, Report

VERSION = 1
SCHEMA = "https://relations-monitor.example/schema/alert-1.json"
TIMESTAMP = "X-Relations-Monitor-Timestamp"
SIGNATURE = "X-Relations-Monitor-Signature"
KEY = "Idempotency-Key"


def render(message: Message) -> str:
    """The body of a post."""
    return json.dumps(document(message), ensure_ascii=False)


def headers(message: Message, body: bytes, secret: str) -> dict[str, str]:
    """What is sent along: the form's version, a key that is the same on each attempt, and a signature if there is
    a `secret`: v1= and the HMAC-SHA256, in hex, over the time stamp, a dot and the body.
    """
    stamp = str(int(message.sent_at.timestamp()))
    given = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Relations-Monitor-Version": str(VERSION),
        KEY: message.alert,
        TIMESTAMP: stamp,
    }
    return {**given, SIGNATURE: sign(body, stamp, secret)} if secret else given


def sign(body: bytes, stamp: str, secret: str) -> str:
    """The signature of a body sent at a time (seconds since 1970, as text)."""
    digest = hmac.new(secret.encode("utf-8"), stamp.encode("ascii") + b"." + body, hashlib.sha256).hexdigest()
    return f"v1={digest}"


def document(message: Message) -> dict[str, Any]:
    """The alert as a JSON document."""
    return {
        "version": VERSION,
        "type": "alert",
        "id": message.alert,
        "story": message.story,
        "first_alert": message.first_alert,
        "kind": "update" if message.is_update else "first",
        "severity": message.severity,
        "rule": message.rule,
        "headline": message.headline,
        "statement": message.statement,
        "changes": list(message.changes),
        "evidence": {
            "quote": message.quote,
            "marks": [list(mark) for mark in message.marked],
            "by": message.quote_by,
            "lang": message.quote_lang,
        },
        "facts": [{"label": label, "value": value} for label, value in message.facts],
        "links": [{"label": label, "url": url} for label, url in message.links],
        "sent_at": message.sent_at.isoformat(),
        "may_be_double": message.may_be_double,
        "details": None if message.details is None else _details(message.details),
        **_answers(message),
    }


def _answers(message: Message) -> dict[str, Any]:
    """The key is there only where links are on, so that without them nothing changes."""
    return {"answers": [{"answer": one.answer, "url": one.url} for one in message.answers]} if message.answers else {}


def _details(details: Details) -> dict[str, Any]:
    return {
        "event": details.event,
        "status": details.status,
        "source": _party(details.source),
        "target": _party(details.target),
        "attribution": [_party(one) for one in details.attribution],
        "quantities": [_quantity(one) for one in details.quantities],
        "why": details.why,
        "reports": [_report(one) for one in details.reports],
        "tags": list(details.tags),
        "is_late": details.is_late,
        "raised_at": details.raised_at.isoformat(),
    }


def _party(party: Party | None) -> dict[str, str] | None:
    return None if party is None else {"code": party.code, "name": party.name}


def _quantity(one: Quantity) -> dict[str, Any]:
    return {
        "text": one.text, "unit": one.unit, "value": one.value, "low": one.low, "high": one.high,
        "is_approximate": one.is_approximate,
    }  # fmt: skip


def _report(one: Report) -> dict[str, str]:
    return {
        "outlet": one.outlet,
        "title": one.title,
        "url": one.url,
        "lang": one.lang,
        "status": one.status,
        "published": one.published.isoformat(),
    }
