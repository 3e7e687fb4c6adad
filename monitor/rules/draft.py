"""A new rule as a file to be filled in: from a few answers to TOML."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.model import ActorCode, EventKind, Severity
from monitor.rules.actors import KINDS, Actors
from monitor.rules.lexicons import Lexicon

_OPERATOR = re.compile(r"(?:^|[\s(])(?:AND|OR|NOT|O?NEAR/\d+)(?=[\s)]|$)|[()]")
_BARE = re.compile(r"#?[^\W_]+(?:[-'’][^\W_]+)*\*?", re.UNICODE)
TO_FILL_IN = "Write here one sentence of the news that this rule must find."
"""The text of the test that fails until somebody has written it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known of a new rule. Patterns are as in a rule; an empty one is left out."""

    id: str
    title: str
    event: EventKind
    severity: Severity
    act: str
    object: str = ""
    source: str = ""
    target: str = ""
    codes: tuple[ActorCode, ActorCode] = (ActorCode("PRK"), ActorCode("RUS"))
    """A source and a target that the rule would take: what its first test expects, to begin with."""


def pattern_of(words: str) -> str:
    """The pattern of words parted by commas; a text with operators or parentheses is a pattern already.

    `send, hand over, #supply` is `send OR "hand over" OR #supply`.
    """
    if _OPERATOR.search(words):
        return words.strip()
    parts = (part.strip().strip('"“”').strip() for part in words.split(","))
    return " OR ".join(part if _BARE.fullmatch(part) and part not in ("AND", "OR", "NOT") else f'"{part}"'
                       for part in parts if part)  # fmt: skip


def party_of(written: str, actors: Actors) -> str:
    """The pattern of a side: a name or an id becomes a reference ("North Korea" and north-korea: @north-korea).

    What it knows nothing of comes back as it is, for the rule's own reader to judge.
    """
    text = written.strip()
    if text in ("", "-") or text.startswith(("@", "#", "(", '"')):
        return "" if text == "-" else text
    if text in actors.by_id or text in actors.groups or text in KINDS:
        return f"@{text}"
    named = text.casefold()
    for actor in actors.by_id.values():
        if any(name.casefold() == named for names in actor.names.values() for name in names):
            return f"@{actor.id}"
    return text if _OPERATOR.search(text) else f"@{named.replace(' ', '-')}"


def codes_for(source: str, target: str, actors: Actors) -> tuple[ActorCode, ActorCode]:
    """A code for each side that its pattern allows, the two different if possible."""
    sources, targets = _codes(source, actors), _codes(target, actors)
    pairs = ((one, other) for one in sources for other in targets if one != other)
    return next(pairs, (sources[0], targets[0]))


def _codes(pattern: str, actors: Actors) -> list[ActorCode]:
    name = next(iter(re.findall(r"@([a-z0-9-]+)", pattern)), "")
    ids = [name] if name in actors.by_id else list(actors.groups.get(name, ()))
    found = [actors.whole(actors.by_id[id_]).code for id_ in ids if id_ in actors.by_id]
    return found or [ActorCode("PRK"), ActorCode("RUS")]


def id_for(event: EventKind, act: str, taken: Iterable[str]) -> str:
    """An id by the event and the first word, made new by a number."""
    first = next(iter(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", act.casefold())), "rule")
    known = set(taken)
    base = f"{event.id}-{first}"
    return next(one for one in (base, *(f"{base}-{number}" for number in range(2, len(known) + 3))) if one not in known)


def title_for(event: EventKind, source: str, target: str) -> str:
    """A title to begin with, from the event's own and the roles that are asked for."""
    if source and target:
        return f"{event.title}: {{source}} {'and' if event.is_reciprocal else 'to'} {{target}}"
    return f"{event.title}: {{source}}" if source else f"{event.title}: {{target}}" if target else event.title


def known_already(pattern: str, lexicons: Iterable[Lexicon]) -> dict[str, list[str]]:
    """Of the words of a pattern those that stand in a lexicon, each with the lexicons that hold it."""
    found: dict[str, list[str]] = {}
    for lexicon in lexicons:
        held = {term.text.casefold() for terms in lexicon.terms.values() for term in terms}
        for part in pattern.split(" OR "):
            if part.strip('"').casefold() in held:
                found.setdefault(part.strip('"'), []).append(lexicon.id)
    return found


def text_of(draft: Draft) -> str:
    """The file: the rule, a test that fails until it is filled in, and one that must stay silent."""
    sides = {"act": draft.act, "object": draft.object, "source": draft.source, "target": draft.target}
    entry = "".join(f"{side} = {_quoted(pattern)}\n" for side, pattern in sides.items() if pattern)
    source, target = draft.codes
    roles = [f'source = "{source}"'] if draft.source else []
    roles += [f'target = "{target}"'] if draft.target else []
    expected = ", ".join([*roles, 'status = "asserted"'])
    return (
        f"# What this rule is for, in a sentence for the next analyst.\n\n"
        f"[[rule]]\nid = {_quoted(draft.id)}\ntitle = {_quoted(draft.title)}\nevent = {_quoted(draft.event.id)}\n"
        f'severity = "{draft.severity}"\n\n'
        f"[[rule.match]]\n{entry}\n"
        f"# A test that must hit. It fails until you have written the sentence and whom it names.\n"
        f"[[rule.test]]\ntext = {_quoted(TO_FILL_IN)}\nexpect = {{ {expected} }}\n\n"
        f"# And one that looks like it and must stay silent.\n"
        f'[[rule.test]]\ntext = "Write here a sentence that looks alike and must not be found."\nexpect = "none"\n'
    )


def _quoted(text: str) -> str:
    """A text of TOML: literal where it holds double quotes, so that a pattern stays readable."""
    return f"'{text}'" if '"' in text and "'" not in text else json.dumps(text, ensure_ascii=False)
