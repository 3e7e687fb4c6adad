"""The composition root: Config + Clock -> App, every part wired."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import Problem
from monitor.resources import shipped
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import Pack, load


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedRules:
    """The rules in force, what they were made from, and all that was wrong on the way."""

    ruleset: RuleSet
    pack: Pack
    problems: tuple[Problem, ...]


def load_rules(folder: Path | None = None, *, with_shipped: bool = True, names_in: str = "en") -> LoadedRules:
    """The shipped rules with the user's folder laid over them, compiled. What is wrong is given, not raised."""
    texts = texts_in(shipped("rules")) if with_shipped else {}
    pack, problems = load(texts, texts_in(folder) if folder else None)
    return LoadedRules(ruleset=compile_pack(pack, names_in), pack=pack, problems=problems)


def texts_in(folder: Path) -> Mapping[str, str]:
    """The rule files of a folder by their name inside it, in order."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*.toml"))
        if not path.name.startswith(".")
    }
