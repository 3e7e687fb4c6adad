"""Which words a French act stands in reach of, and what its verb's form alone tells: conditional, future, negation."""

from dataclasses import dataclass

from monitor.rules.grammars import french_words as fw
from monitor.rules.grammars.french_clause import Clauses
from monitor.rules.grammars.french_speech import Speech
from monitor.rules.grammars.reach import Reach
from monitor.rules.sentence import Core


@dataclass(slots=True, kw_only=True)
class FrenchReach(Reach):
    """What the form of a French verb tells besides."""

    is_hearsay: bool = False
    """The conditional of the press: "aurait envoyé"."""
    is_tenseless: bool = False


def reach_of(clauses: Clauses, core: Core, head: int, speech: Speech) -> FrenchReach:
    """The words that govern the act, by walking left from it as far as its clause and those above it go."""
    line = clauses.line
    reach = FrenchReach()
    start = min(line.group_start(head), core.act[0]) if line.verb[head] else clauses.phrase_start(core.act[0])
    reach.near.update(range(start, core.act[1]))
    if core.object is not None:
        reach.near.update(range(*core.object))
    reach.governing |= reach.near | speech.words
    has_that = _walk_left(clauses, start, reach)
    _walk_right(clauses, core, reach)
    verb = head if line.verb[head] else _main_verb(clauses, core)
    if verb >= 0:
        _read_form(clauses, verb, reach, has_that=has_that or bool(speech.words & reach.near))
    for other in _above(clauses, start):
        if not line.has(other, "speech"):
            _read_form(clauses, other, reach, has_that=has_that, is_above=True)
    if core.object is not None and any(
        line.words[at] in ("aucun", "aucune") for at in range(max(core.object[0] - 2, 0), core.object[0])
    ):
        reach.is_negated = True
    if start > 0 and line.words[start - 1] == "sans":
        reach.is_negated = True
    reach.is_tenseless = line.sentence.is_title and not line.verb[head] and verb < 0
    if any(line.has(at, "to_come") for at in range(*core.act)):
        reach.is_future = True
    if line.sentence.is_title and "?" in line.sentence.gaps[line.n]:
        reach.is_future = True
    return reach


def _main_verb(clauses: Clauses, core: Core) -> int:
    """The verb whose subject a noun of action is: "la livraison est prévue"; -1 if it is none."""
    line = clauses.line
    end = clauses.end(core.act[1])
    for at in range(end, min(end + 6, line.n)):
        if (
            line.marks[at] == fw.HARD
            or line.owner[at] >= 0
            or line.names[at] & {"relative", "complementizer", "subordinator"}
        ):
            return -1
        if line.verb[at]:
            return at if clauses.governor(core.act[0], core.act[0]) < 0 else -1
    return -1


def _above(clauses: Clauses, start: int) -> list[int]:
    """The verbs on which an infinitive or noun hangs in its own clause: "va envoyer", "n'a pas décidé d'envoyer"."""
    line = clauses.line
    found: list[int] = []
    for at in range(start - 1, -1, -1):
        if line.marks[at + 1] or (
            line.owner[at] < 0 and line.names[at] & {"relative", "complementizer", "subordinator", "conjunction"}
        ):
            break
        if line.owner[at] < 0 and line.verb[at] & (fw.FINITE | fw.PARTICIPLE | fw.INFINITIVE):
            helps = line.names[at] & {"be", "have"} and any(line.verb[one] & fw.PARTICIPLE for one in found[-1:])
            if not helps:
                found.append(at)
    return found


def _read_form(clauses: Clauses, verb: int, reach: FrenchReach, *, has_that: bool, is_above: bool = False) -> None:
    line = clauses.line
    start = line.group_start(verb)
    group = range(start, verb + 1)
    words = [line.words[at] for at in group]
    if ("ne" in words or "n'" in words) and any(
        line.has(at, "negation") for at in range(start, min(verb + 3, line.n)) if line.owner[at] < 0
    ):
        reach.is_negated = True
    form = line.verb[verb]
    if form & fw.FUTURE or any(line.has(at, "future_be") for at in group):
        reach.is_future = True
    is_done = form & fw.PARTICIPLE and any(line.words[at] in ("aurait", "auraient") for at in group)
    is_conditional = bool(form & fw.CONDITIONAL) or any(line.has(at, "conditional_be") for at in group)
    if is_done or (is_conditional and not has_that and not line.has(verb, "modal_verb")):
        reach.is_hearsay = True
    elif is_conditional and has_that:
        reach.is_future = True
    if not is_above and form & fw.PARTICIPLE and any(line.has(at, "past_have") for at in group) and not has_that:
        reach.is_past_before = True
    if is_above or form & fw.PARTICIPLE:
        reach.governing.update(group)
    reach.near.update(group) if not is_above else None


def _walk_left(clauses: Clauses, start: int, reach: FrenchReach) -> bool:
    """Add what governs on the left; gives whether a "que" was met on the way."""
    line = clauses.line
    into, has_that = reach.governing, False
    at = start - 1
    while at >= 0:
        if line.marks[at + 1] == fw.HARD or "»," in line.sentence.gaps[at + 1]:
            break
        names = line.names[at] if line.owner[at] < 0 else frozenset()
        if "relative" in names:
            into = reach.background
        elif "complementizer" in names:
            has_that = True
            if (
                at > 0
                and line.is_plain(at - 1)
                and not line.marks[at]
                and line.words[at] != "si"
                and not line.verb[at - 1]
            ):
                into = reach.background
        elif "subordinator" in names:
            into.add(at)
            break
        elif "conjunction" in names and any(
            line.verb[one] & fw.FINITE for one in range(at + 1, start + 1) if one < line.n
        ):
            break
        if line.marks[at + 1] == fw.COMMA and _is_clause(clauses, at):
            break
        into.add(at)
        at -= 1
    return has_that


def _is_clause(clauses: Clauses, at: int) -> bool:
    """Whether the stretch that ends at `at` before a comma is a clause of its own, and no insertion."""
    line = clauses.line
    first = at
    while first > 0 and not line.marks[first]:
        first -= 1
    return first > 0 and any(line.verb[one] & fw.FINITE for one in range(first, at + 1))


def _walk_right(clauses: Clauses, core: Core, reach: FrenchReach) -> None:
    """Words behind the act, to the end of its clause, as background; a noun's own verb governs it."""
    line = clauses.line
    end = clauses.end(core.act[1])
    reach.background.update(range(core.act[1], end))
    verb = -1 if line.verb[core.act[0]] else _main_verb(clauses, core)
    if verb >= 0:
        reach.governing.update(range(line.group_start(verb), min(verb + 2, line.n)))
        reach.background.update(range(verb, clauses.end(verb + 1)))
