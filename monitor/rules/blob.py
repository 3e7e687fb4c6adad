"""A pack as bytes and back: the texts it was made from, and the last good versions that stood in for broken ones.

Canonical JSON: {"engine", "overlay", "stale", "texts"}. `stale` gives each definition that was kept by its parts,
lowest layer first, as [layer, file, text]; each text holds that definition alone, without its tests. So a pack
stands for itself: it is made again, and the next one finds what it kept, without any pack before it.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from monitor.rules.layers import KINDS, Texts
from monitor.rules.tables import Kind, Name, Part

ENGINE_VERSION = 2
"""Raised whenever the same rules could give other hits for the same article; part of every digest."""


class KeptPart(NamedTuple):
    """A part of a definition as a text of its own: from which layer and file, and what it says."""

    layer: int
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTexts:
    """What a pack is made from. `stale` holds the last good versions it keeps, by kind and id."""

    texts: Texts = field(repr=False)
    overlay: Texts = field(default_factory=dict, repr=False)
    stale: Mapping[Name, tuple[KeptPart, ...]] = field(default_factory=dict, repr=False)


class BlobError(ValueError):
    """Bytes that are no pack of this program; says why in one clause."""


def to_blob(pack: PackTexts) -> bytes:
    """The bytes of a pack; the same for the same content."""
    stale = {f"{kind} {id_}": parts for (kind, id_), parts in pack.stale.items()}
    return json.dumps(
        {"engine": ENGINE_VERSION, "texts": dict(pack.texts), "overlay": dict(pack.overlay)}
        | ({"stale": stale} if stale else {}),
        sort_keys=True, ensure_ascii=False, separators=(",", ":"),
    ).encode()  # fmt: skip


def from_blob(blob: bytes) -> PackTexts:
    """What a pack was made from.

    Raises BlobError for bytes of another format or of another engine version.
    """
    try:
        told = json.loads(blob)
    except (ValueError, RecursionError):
        raise BlobError("it is not JSON") from None
    if not isinstance(told, dict) or "engine" not in told:
        raise BlobError("it is no pack of rules")
    if told["engine"] != ENGINE_VERSION:
        raise BlobError(f"it is of engine version {told['engine']}, this program has {ENGINE_VERSION}")
    stale = told.get("stale", {})
    if not isinstance(stale, dict):
        raise BlobError("it is no pack of rules")
    return PackTexts(
        texts=_texts(told.get("texts")),
        overlay=_texts(told.get("overlay")),
        stale={_name(name): tuple(_kept(parts)) for name, parts in stale.items()},
    )


def _texts(told: object) -> dict[str, str | None]:
    if not isinstance(told, dict) or not all(text is None or isinstance(text, str) for text in told.values()):
        raise BlobError("its texts are not texts by name")
    return told


def _name(told: str) -> Name:
    word, _, id_ = told.partition(" ")
    kind: Kind | None = next((kind for kind in KINDS if kind == word), None)
    if kind is None or not id_:
        raise BlobError(f"it keeps {told}, which is no definition")
    return kind, id_


def _kept(told: object) -> Iterable[KeptPart]:
    parts = told if isinstance(told, list) and told else [None]
    for part in parts:
        match part:
            case [0 | 1 as layer, str(name), str(text)]:
                yield KeptPart(layer, name, text)
            case _:
                raise BlobError("it keeps a definition without its text")


# --- a definition as a text of its own --------------------------------------------------------------------------------

_TABLE: Mapping[Kind, str] = {"actor": "actors", "group": "groups", "lexicon": "lexicons", "event": "events"}
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def as_text(name: Name, part: Part) -> KeptPart:
    """A part of a definition as a file that holds nothing else."""
    kind, id_ = name
    if kind == "rule":
        header = "[[rule]]\n"
    elif kind == "language":
        header = ""
    else:
        header = "[groups]\n" if part.path == ("groups",) else f"[{_TABLE[kind]}.{_key(id_)}]\n"
    lines = (f"{_key(key)} = {_value(value)}\n" for key, value in part.values.items())
    return KeptPart(part.layer, part.name, header + "".join(lines))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    """A value in TOML, on one line."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(str(key))} = {_value(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    return repr(value)  # a number; inf and nan are written alike in both
