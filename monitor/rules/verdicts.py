"""A person's verdict as a test of the rule: what was wrong must not hit again, what was missed must. Pure."""

import re
import tomllib
from collections.abc import Sequence
from datetime import datetime

from monitor.model import Hit

_NEXT_RULE = re.compile(r"^\s*\[\[\s*rule\s*\]\]", re.MULTILINE)


def block_of(
    *, title: str, text: str, lang: str, published: datetime, outlet: str, expected: Sequence[Hit], because: str
) -> str:
    """A [[rule.test]] of an article, as it stands in a rule file. No `expected` hit means that it must not hit.

    Who must hit is written with status and speakers, so that the test is as strict as the article allows.
    """
    lines = [f"[[rule.test]] # {_one_line(because)}" if because else "[[rule.test]]"]
    lines += [f"{key} = {_quoted(value)}" for key, value in (("title", title), ("text", text)) if value]
    lines += [f"lang = {_quoted(lang)}"] if lang else []
    lines += [f"published = {published:%Y-%m-%dT%H:%M:%SZ}"]
    lines += [f"outlet = {_quoted(outlet)}"] if outlet else []
    lines.append(f"expect = {_expected(expected)}")
    return "\n".join(lines) + "\n"


def with_test(content: str, rule_line: int, block: str) -> str:
    """A rule file with a test more, at the end of the rule whose [[rule]] stands on that line (counted from 1).

    A comment that heads the next rule stays with that.
    """
    lines = content.splitlines(keepends=True)
    after = next((at for at in range(rule_line, len(lines)) if _NEXT_RULE.match(lines[at])), len(lines))
    while after > rule_line and lines[after - 1].lstrip().startswith("#"):
        after -= 1
    while after > rule_line and not lines[after - 1].strip():
        after -= 1
    before = "".join(lines[:after])
    gap = "" if before.endswith("\n") else "\n"
    rest = "".join(lines[after:])
    return f"{before}{gap}\n{block}{rest if rest.startswith(chr(10)) or not rest else chr(10) + rest}"


def line_of_rule(content: str, rule: str) -> int | None:
    """The line of the [[rule]] with that id, counted from 1; None where the file has none, or can't be read."""
    try:
        rules = tomllib.loads(content).get("rule", [])
    except tomllib.TOMLDecodeError:
        return None
    heads = [number for number, line in enumerate(content.splitlines(), 1) if _NEXT_RULE.match(line)]
    if not isinstance(rules, list) or len(heads) != len(rules):
        return None
    ids = [one.get("id") if isinstance(one, dict) else None for one in rules]
    return heads[ids.index(rule)] if rule in ids else None


def extending(rule: str, block: str) -> str:
    """A file that adds a test to a shipped rule."""
    head = f"# Verdicts on the shipped rule {rule}, as tests of it.\n\n[[rule]]\nid = {_quoted(rule)}\nextends = true\n"
    return f"{head}\n{block}"


def _expected(hits: Sequence[Hit]) -> str:
    if not hits:
        return '"none"'
    tables = [_table(hit) for hit in hits]
    return tables[0] if len(tables) == 1 else f"[{', '.join(tables)}]"


def _table(hit: Hit) -> str:
    pairs = [(key, str(code)) for key, code in (("source", hit.source), ("target", hit.target)) if code]
    keys = [f"{key} = {_quoted(value)}" for key, value in (*pairs, ("status", hit.status))]
    return "{ " + ", ".join(keys) + " }"


def _quoted(value: str) -> str:
    """A basic string of TOML."""
    escaped = "".join(
        {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": ""}.get(sign)
        or (sign if sign >= " " and sign != "\x7f" else "" if sign == "\r" else f"\\u{ord(sign):04x}")
        for sign in value
    )
    return f'"{escaped}"'


def _one_line(text: str) -> str:
    return " ".join("".join(max(sign, " ") for sign in text).split())
