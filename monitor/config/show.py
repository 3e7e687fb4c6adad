"""A configuration as it is in force, for people and programs to read, without its secrets."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from monitor import log
from monitor.config.addresses import hide_address, hide_feed_address, usual_drain
from monitor.config.values import Config, host_port_text
from monitor.model import Channel, Feed, Route
from monitor.toml import Path_


def shown(config: Config) -> dict[str, object]:
    """The sections and keys of the file with the values in force; what could be a secret is ***."""
    fetch = config.fetch
    return {
        "database": {"url": log.redact(config.database.url.reveal())},
        "fetch": {
            "every": duration_text(fetch.every),
            "timeout": duration_text(fetch.timeout),
            "size_limit": size_text(fetch.size_limit_bytes),
            "threads": fetch.threads,
            "allow": [host_port_text(*one) for one in sorted(fetch.allow)],
            "user_agent": fetch.user_agent,
        },
        "rules": {
            **({} if config.rules.dir is None else {"dir": str(config.rules.dir)}),
            "shipped": config.rules.with_shipped,
        },
        "display": {"zone": str(config.display.zone), "language": config.display.language},
        "publish": {
            **({} if config.publish.dir is None else {"dir": str(config.publish.dir)}),
            "limit": config.publish.limit,
            "title": config.publish.title,
            **({"url": config.publish.url} if config.publish.url else {}),
        },
        "web": {
            **({"public_url": config.web.public_url} if config.web.public_url else {}),
            "listen": config.web.listens_at,
            **({} if config.web.secret is None else {"secret": str(config.web.secret)}),
        },
        "retention": {
            "articles": duration_text(config.retention.articles),
            "alerts": duration_text(config.retention.alerts),
            "ledger": duration_text(config.retention.ledger),
        },
        "log": {"level": config.log.level, "format": config.log.format},
        "feeds": [_feed(feed) for feed in config.feeds],
        "channels": [_channel(channel) for channel in config.channels],
        "routes": [_route(route) for route in config.routes],
    }


def _feed(feed: Feed) -> dict[str, object]:
    maybe = {"outlet": feed.outlet, "lang": feed.lang, "zone": feed.zone, "country": feed.country}
    return {
        "id": feed.id,
        "url": hide_feed_address(feed.url),
        "title": feed.title,
        "kind": feed.kind,
        "every": duration_text(feed.every),
        **{name: value for name, value in maybe.items() if value},
        "enabled": feed.is_enabled,
        **({"tags": list(feed.tags)} if feed.tags else {}),
        **({"opml": dict(feed.opml)} if feed.opml else {}),
    }


def _channel(channel: Channel) -> dict[str, object]:
    url = channel.url if channel.kind == "console" else hide_address(channel.url)
    every = {"every": duration_text(channel.pace)} if channel.pace else {}
    return {
        "name": channel.name,
        "url": url,
        **every,
        **({"drain": channel.drain} if channel.drain != usual_drain(channel.kind) else {}),
        **({"operator": True} if channel.is_operator else {}),
    }


def _route(route: Route) -> dict[str, object]:
    return {
        "name": route.name,
        "channels": list(route.channels),
        "severity": route.severity,
        "tags": sorted(route.tags),
        "events": sorted(route.events),
        "parties": sorted(route.parties),
        "languages": sorted(route.languages),
        "rules": sorted(route.rules),
        "sides": route.sides,
        "independent": route.independent,
        "continue": route.goes_on,
        "wait": duration_text(route.wait),
        "group": duration_text(route.group),
        **_timing(route),
    }


def _timing(route: Route) -> dict[str, object]:
    """What a route may leave out."""
    told: dict[str, object] = {}
    if route.digest is not None:
        told["digest"] = f"{route.digest:%H:%M}"
    if route.quiet is not None:
        told["quiet"] = f"{route.quiet.start:%H:%M}-{route.quiet.end:%H:%M}"
        told |= {"quiet_break": route.quiet.breaks} if route.quiet.breaks else {}
    if route.throttle is not None:
        told["throttle"] = f"{route.throttle.count}/{duration_text(route.throttle.per)}"
    if route.escalate is not None:
        told["escalate"] = {
            "after": duration_text(route.escalate.after),
            "channels": list(route.escalate.channels),
        }
    return told


def duration_text(duration: timedelta) -> str:
    """A duration as the configuration writes it: "90s", "5m", "1h30m"."""
    if duration == timedelta.max:
        return "forever"
    left = duration.total_seconds()
    text = ""
    for unit, seconds in (("d", 86400), ("h", 3600), ("m", 60)):
        count, left = divmod(left, seconds)
        text += f"{int(count)}{unit}" if count else ""
    return f"{text}{left:g}s" if left or not text else text


def size_text(size: int) -> str:
    """A number of bytes as the configuration writes it: "10 MiB"."""
    for unit, factor in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if size % factor == 0 and size:
            return f"{size // factor} {unit}"
    return f"{size} B"


def with_origins(config: Config) -> dict[str, object]:
    """As `shown`, with `value` and `origin` in the place of each value."""
    return {
        name: [_traced(config, (name, number), table) for number, table in enumerate(content)]
        if isinstance(content, list)
        else _traced(config, (name,), content)
        for name, content in shown(config).items()
    }


def _traced(config: Config, path: Path_, table: object) -> dict[str, object]:
    pairs = table.items() if isinstance(table, Mapping) else ()
    return {name: {"value": value, "origin": _origin(config, (*path, name))} for name, value in pairs}


def _origin(config: Config, path: Path_) -> str:
    origin = config.origins.get(path)
    return "default" if origin is None else str(origin)


def as_toml(sections: Mapping[str, object], config: Config | None = None) -> str:
    """Sections as a TOML text that can be read again; with `config` each line says where its value comes from."""
    blocks = []
    for header, path, table in _blocks(sections):
        lines = [(name, f"{name} = {_literal(value)}") for name, value in table.items()]
        if config is not None:
            width = min(max((len(line) for _, line in lines), default=0), 60)
            lines = [(name, f"{line:<{width}}  # {_origin(config, (*path, name))}") for name, line in lines]
        blocks.append("".join(f"{line}\n" for line in (header, *(line for _, line in lines))))
    return "\n".join(blocks)


def _blocks(sections: Mapping[str, object]) -> Iterator[tuple[str, Path_, Mapping[str, object]]]:
    for name, content in sections.items():
        if isinstance(content, Mapping):
            yield f"[{name}]", (name,), content
        elif isinstance(content, list):
            for number, table in enumerate(content):
                yield f"[[{name}]]", (name, number), table


def _literal(value: object) -> str:
    """A text, number, truth value or array of those: JSON writes them as TOML does, but for the delete sign."""
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_literal(name)} = {_literal(inner)}" for name, inner in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return re.sub("\x7f", r"\\u007f", json.dumps(value, ensure_ascii=False))
