"""What can be had of a configuration that can't be used: the channels of operators, to tell them so."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from monitor.config.find import Found
from monitor.config.load import config_of
from monitor.errors import ConfigError
from monitor.model import Channel

_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*channels[ \t]*\]\].*?(?=^[ \t]*\[|\Z)", re.MULTILINE | re.DOTALL)


def operators_of(texts: Iterable[str], beside: Path, environ: Mapping[str, str]) -> tuple[Channel, ...]:
    """The channels with `operator = true` whose own tables are sound, whatever is wrong around them.

    Each [[channels]] table is read alone: one that can't be read costs itself. Variables count for nothing here, but
    for those that say where systemd keeps secrets.
    """
    found: dict[str, Channel] = {}
    plain = {name: value for name, value in environ.items() if not name.startswith("RELATIONS_MONITOR_")}
    for text in texts:
        for table in _TABLE.findall(text):
            try:
                config = config_of(table, "config.toml", beside=beside, environ=plain)
            except ConfigError:
                continue
            found |= {channel.name: channel for channel in config.channels if channel.is_operator}
    return tuple(found.values())


def operators_in(found: Found, environ: Mapping[str, str]) -> tuple[Channel, ...]:
    """The same of the files that were found; one that can't be read has none."""
    texts = [text for _, path in found.files if (text := _read(path)) is not None]
    return operators_of(texts, found.beside, environ)


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
