"""The rule files on disk: the shipped ones and the user's, read and compiled; no store, no channel, no network.

`app` uses it, and the commands that need rules alone.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import Place, Problem
from monitor.resources import shipped
from monitor.rules.actors import Actors
from monitor.rules.blob import BlobError, PackTexts, from_blob
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.layers import Texts
from monitor.rules.load import Pack, load
from monitor.toml import TomlError, decode


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedRules:
    """The rules in force, what they were made from, and all that was wrong on the way."""

    ruleset: RuleSet
    pack: Pack
    problems: tuple[Problem, ...]
    past_ignored: str = ""
    """Why the last pack in force could not be used, where it was given and could not."""


def load_rules(
    folder: Path | None = None, *, with_shipped: bool = True, names_in: str = "en", last: bytes | None = None
) -> LoadedRules:
    """The shipped rules with the user's folder laid over them, compiled. What is wrong is given, not raised.

    `last` is the last pack in force, from the store: what is broken now stays in force as it was there.
    """
    texts, unread = texts_in(shipped("rules")) if with_shipped else ({}, ())
    overlay, unread_here = texts_in(folder) if folder else (None, ())

    def loaded(last_good: PackTexts | None) -> tuple[Pack, tuple[Problem, ...]]:
        base = f"{folder}/" if folder else ""
        return load(texts, overlay, base="rules/", overlay_base=base, last_good=last_good)

    ignored = ""
    try:
        pack, problems = loaded(None if last is None else from_blob(last))
    except BlobError as error:
        ignored = str(error)
        pack, problems = loaded(None)
    return LoadedRules(
        ruleset=compile_pack(pack, names_in),
        pack=pack,
        problems=(*unread, *unread_here, *problems),
        past_ignored=ignored,
    )


def load_actors(folder: Path | None = None, *, with_shipped: bool = True) -> Actors:
    """The actors that `load_rules` would find, from their files alone: a fifth of the time."""
    texts = texts_in(shipped("rules"))[0] if with_shipped else {}
    overlay = texts_in(folder)[0] if folder else {}
    pack, _ = load(
        *({name: text for name, text in one.items() if name.startswith("actors/")} for one in (texts, overlay))
    )
    return pack.actors


def texts_in(folder: Path) -> tuple[Texts, tuple[Problem, ...]]:
    """The rule files of a folder by their name inside it, in order; and what can't be read there, each a problem.

    A file that is not UTF-8 is told of and read all the same: a wrong letter spoils a word, not the rules beside it.
    One that can't be read at all is None, a folder that can't be listed is so under its name with a "/" at the end.
    """
    texts: dict[str, str | None] = {}
    problems: list[Problem] = []

    def refuse(file: object, because: str) -> None:
        problems.append(Problem(place=Place(file=str(file)), because=because, expected="a file that can be read"))

    def unlisted(error: OSError) -> None:
        refuse(error.filename, f"can't be listed: {(error.strerror or str(error)).lower()}")
        inside = Path(error.filename).relative_to(folder).as_posix()
        texts["" if inside == "." else f"{inside}/"] = None

    found = (Path(where, name) for where, _, names in os.walk(folder, onerror=unlisted) for name in names)
    for path in sorted(path for path in found if path.suffix == ".toml" and not path.name.startswith(".")):
        try:
            if path.exists() and not path.is_file():  # reading a pipe or a device may never end
                refuse(path, "is no file")
                texts[path.relative_to(folder).as_posix()] = None
                continue
            raw = path.read_bytes()
        except OSError as error:
            refuse(path, f"can't be read: {(error.strerror or str(error)).lower()}")
            texts[path.relative_to(folder).as_posix()] = None
            continue
        try:
            decode(str(path), raw)
        except TomlError as error:
            problems.append(error.problem)
        texts[path.relative_to(folder).as_posix()] = raw.decode("utf-8", "replace")
    return texts, tuple(problems)
