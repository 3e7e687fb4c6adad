"""Alerts as a JSON Feed (version 1.1, jsonfeed.org). Pure: items to bytes."""

import json
from collections.abc import Sequence
from typing import Any, Final

from monitor.publish.items import GENERATOR, VERSION, Channel, Item

FILE: Final = "alerts.json"


def render(channel: Channel, items: Sequence[Item]) -> bytes:
    """The feed, the newest first. `_relations_monitor` holds what a program wants and the format has no place for."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        **({"feed_url": channel.url + FILE} if channel.url else {}),
        "description": f"Alerts of {GENERATOR} {VERSION}",
        "language": "en",
        "authors": [{"name": GENERATOR}],
        "items": [_item(channel, item) for item in items],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _item(channel: Channel, item: Item) -> dict[str, Any]:
    alert = item.alert
    return {
        "id": channel.tag(f"alert/{item.key}"),
        **({"url": item.link} if item.link else {}),
        "title": item.title,
        "content_html": item.html,
        "content_text": item.text,
        "date_published": item.at.isoformat(timespec="seconds"),
        "tags": list(item.terms),
        **({"authors": [{"name": item.outlet}]} if item.outlet else {}),
        "_relations_monitor": {
            "story": alert.story, "kind": alert.kind, "event": alert.event, "rule": item.rule,
            "severity": alert.severity, "status": alert.status, "source": alert.source, "target": alert.target,
            "attribution": list(alert.attribution),
        },
    }  # fmt: skip
