"""Warnings: what is allowed in a rule file and probably not meant. One function a warning, the table at the end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from monitor.errors import Place, Problem
from monitor.model import Languages
from monitor.rules.files import Entry, Exclusion, Rule
from monitor.rules.lexicons import Lexicon
from monitor.rules.load import Pack, patterns_of
from monitor.rules.operators import ActorRef, And, LexiconRef, Near, Node, Or, RoleOf, Word
from monitor.text.inflect import forms_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LintRule:
    """A kind of warning: its id, what it says to a reader of the docs, and how it is found."""

    id: str
    means: str
    find: Callable[[Pack, date], Iterator[Problem]]


def lint(pack: Pack, today: date) -> tuple[Problem, ...]:
    """Every warning about a pack, in the order of files and lines. `today` judges what has run out."""
    found = [problem for warning in WARNINGS for problem in warning.find(pack, today)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.place.file, one.place.line, one.place.column)))


def _told(id_: str, place: Place, because: str, *, expected: str = "", owner: str = "") -> Problem:
    return Problem(place=place, because=because, expected=expected, owner=owner, lint=id_)


# --- rules ------------------------------------------------------------------------------------------------------------


def no_test(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """A rule with no test, or with none that must stay silent."""
    for rule in pack.rules:
        if not rule.tests:
            expected = "[[rule.test]] with a text that must hit, and one that must not"
            yield _told(
                "no-test", rule.place, f"rule {rule.id} has no test", expected=expected, owner=f"rule {rule.id}"
            )


def only_hits_tested(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """A rule whose tests all must hit, or all must not."""
    for rule in pack.rules:
        kinds = {bool(test.expect) for test in rule.tests}
        if len(kinds) == 1:
            missing = 'one with expect = "none"' if True in kinds else "one that must hit"
            because = f"the tests of {rule.id} show one side alone"
            yield _told("one-sided-tests", rule.place, because, expected=missing, owner=f"rule {rule.id}")


def no_party(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """An entry that asks for no actor at all: its hits would name nobody."""
    for rule, entry in _entries(pack):
        if entry.is_frame and entry.source is None and entry.target is None and not entry.assume:
            because = "neither source nor target is asked for"
            yield _told("no-party", entry.place, because, expected="source, target or assume", owner=f"rule {rule.id}")


def cannot_match(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """A pattern that can't hold: a lexicon or group of it is empty, or it asks one word to stand beside itself."""
    for rule, entry in _entries(pack):
        for node in _required(entry):
            because = _impossible(node, pack)
            if because:
                yield _told("cannot-match", entry.place, because, owner=f"rule {rule.id}")


def onear_on_role(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """ONEAR joins a role to the act: literal order where grammar should judge."""
    for rule, entry in _entries(pack):
        for node in entry.pattern.walk() if entry.pattern is not None else ():
            if isinstance(node, Near) and node.is_ordered and not node.is_negated:
                roles = {inner.role for side in node.children() for inner in side.walk() if isinstance(inner, RoleOf)}
                if "act" in roles and roles & {"source", "target"}:
                    because = "ONEAR joins a role to the act, so the passive and other word orders are missed"
                    yield _told("onear-on-role", entry.place, because, expected="NEAR/n", owner=f"rule {rule.id}")


def act_is_actor(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """The act is an actor: nobody wrote `act:`, and the first operand without a role names who and not what."""
    for rule, entry in _entries(pack):
        for node in entry.pattern.walk() if entry.pattern is not None else ():
            if isinstance(node, RoleOf) and node.role == "act" and isinstance(node.inner, ActorRef):
                because = f"@{node.inner.name} is taken for the act"
                expected = "source: or target: before it, and act: before what happens"
                yield _told("act-is-actor", entry.place, because, expected=expected, owner=f"rule {rule.id}")


def role_twice(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """One role twice in one branch: both would have to stand at the same words."""
    for rule, entry in _entries(pack):
        for role in sorted(_doubled(entry.pattern)) if entry.pattern is not None else ():
            because = f"{role}: stands twice in one branch, and one hit has one"
            yield _told("role-twice", entry.place, because, expected="OR between them", owner=f"rule {rule.id}")


def expired(pack: Pack, today: date) -> Iterator[Problem]:
    """An exclusion whose `until` is past: it does nothing any more."""
    for rule in pack.rules:
        for exclusion, place in _exclusions(rule):
            if exclusion.until is not None and exclusion.until < today:
                because = f"an exclusion of {rule.id} ran out on {exclusion.until}"
                yield _told("expired", place, because, expected="a later date, or none of it", owner=f"rule {rule.id}")


def test_twice(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """One text tested twice by a rule."""
    for rule in pack.rules:
        seen: dict[tuple[object, ...], Place] = {}
        for test in rule.tests:
            first = seen.setdefault((test.title, test.text, test.published, test.outlet, test.lang), test.place)
            if first is not test.place:
                because = f"the same text is tested in line {first.line} already"
                yield _told("test-twice", test.place, because, owner=f"rule {rule.id}")


# --- lexicons and actors ----------------------------------------------------------------------------------------------


def unused_lexicon(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """A lexicon that no rule uses and no other includes."""
    used = {
        node.name for rule in pack.rules for tree in patterns_of(rule) for node in tree.walk()
        if isinstance(node, LexiconRef)
    } | {name for lexicon in pack.lexicons.values() for name in lexicon.includes}  # fmt: skip
    for id_, lexicon in pack.lexicons.items():
        if id_ not in used:
            yield _told("unused-lexicon", lexicon.place, f"nobody uses lexicon #{id_}", owner=f"lexicon {id_}")


def empty_lexicon(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """A lexicon with no word in any language."""
    for id_, lexicon in pack.lexicons.items():
        if not any(lexicon.terms.values()):
            yield _told("empty-lexicon", lexicon.place, f"lexicon #{id_} holds no word", owner=f"lexicon {id_}")


def forms_guessed(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """A word whose forms the paradigms leave in doubt: both spellings are searched for."""
    for id_, lexicon in pack.lexicons.items():
        words = sorted(_guessed(lexicon, pack.languages))
        if words:
            because = f"forms guessed in #{id_}: {', '.join(words[:5])}{', ...' if len(words) > 5 else ''}"
            expected = "them in languages/CODE.toml, [irregular]"
            yield _told("forms-guessed", lexicon.place, because, expected=expected, owner=f"lexicon {id_}")


def empty_group(pack: Pack, today: date) -> Iterator[Problem]:  # noqa: ARG001 (one shape for all)
    """A group with no actor in it."""
    for id_, members in pack.actors.groups.items():
        if not members:
            yield _told("empty-group", Place(file=f"group {id_}"), f"group @{id_} holds nobody", owner=f"group {id_}")


# --- looking ----------------------------------------------------------------------------------------------------------


def _entries(pack: Pack) -> Iterator[tuple[Rule, Entry]]:
    return ((rule, entry) for rule in pack.rules for entry in rule.match)


def _exclusions(rule: Rule) -> Iterator[tuple[Exclusion, Place]]:
    yield from ((exclusion, rule.place) for exclusion in rule.exclude)
    yield from ((exclusion, entry.place) for entry in rule.match for exclusion in entry.unless)


def _required(entry: Entry) -> Iterable[Node]:
    sides = (entry.act, entry.object, entry.source, entry.target, entry.location, entry.pattern)
    return (node for node in sides if node is not None)


def _impossible(node: Node, pack: Pack) -> str:  # noqa: PLR0911 (a return a kind of node)
    """Why a node can't be found anywhere, or nothing where it can."""
    match node:
        case LexiconRef():
            lexicon = pack.lexicons.get(node.name)
            is_empty = lexicon is not None and not any(lexicon.terms.values())
            return f"lexicon #{node.name} holds no word" if is_empty else ""
        case ActorRef():
            is_empty = node.name in pack.actors.groups and not pack.actors.groups[node.name]
            return f"group @{node.name} holds nobody" if is_empty else ""
        case Or():
            told = [_impossible(part, pack) for part in node.parts]
            return told[0] if all(told) else ""
        case And():
            return next(filter(None, (_impossible(part, pack) for part in node.parts)), "")
        case RoleOf():
            return _impossible(node.inner, pack)
        case Near():
            return _impossible_near(node, pack)
        case _:
            return ""


def _impossible_near(node: Near, pack: Pack) -> str:
    left, right = _bare(node.left), _bare(node.right)
    if node.is_negated:
        if _is_same(left, right):
            return "A NOT NEAR/n A: every A is near itself"
        return _impossible(node.left, pack)
    if node.words == 0 and isinstance(left, Word) and _is_same(left, right):
        return f'"{left.term.text}" NEAR/0 itself: one place can\'t be two'
    return _impossible(node.left, pack) or _impossible(node.right, pack)


def _bare(node: Node) -> Node:
    return node.inner if isinstance(node, RoleOf) else node


def _is_same(left: Node, right: Node) -> bool:
    if isinstance(left, Word) and isinstance(right, Word):
        return left.term == right.term
    if isinstance(left, LexiconRef) and isinstance(right, LexiconRef):
        return left.name == right.name
    return isinstance(left, ActorRef) and isinstance(right, ActorRef) and left.name == right.name


def _doubled(node: Node) -> set[str]:
    """The roles that stand twice in one branch."""
    if isinstance(node, Or):
        return {role for part in node.parts for role in _doubled(part)}
    seen: set[str] = set()
    twice: set[str] = set()
    for child in node.children():
        roles = {inner.role for inner in child.walk() if isinstance(inner, RoleOf)}
        twice |= _doubled(child) | (seen & roles)
        seen |= roles
    return twice


def _guessed(lexicon: Lexicon, languages: Languages) -> Iterator[str]:
    for code, terms in lexicon.terms.items():
        language = languages.of(code)
        yield from (term.text for term in terms if term.how == "forms" and forms_of(term.text, language)[1])


WARNINGS: tuple[LintRule, ...] = (
    LintRule(id="no-test", means="A rule has no test.", find=no_test),
    LintRule(id="one-sided-tests", means="A rule's tests all must hit, or all must not.", find=only_hits_tested),
    LintRule(id="no-party", means="An entry asks for no actor.", find=no_party),
    LintRule(id="cannot-match", means="A pattern can't hold anywhere.", find=cannot_match),
    LintRule(id="onear-on-role", means="ONEAR joins a role to the act.", find=onear_on_role),
    LintRule(id="act-is-actor", means="An actor is taken for the act.", find=act_is_actor),
    LintRule(id="role-twice", means="One role stands twice in one branch.", find=role_twice),
    LintRule(id="expired", means="An exclusion has run out.", find=expired),
    LintRule(id="test-twice", means="One text is tested twice.", find=test_twice),
    LintRule(id="unused-lexicon", means="Nobody uses a lexicon.", find=unused_lexicon),
    LintRule(id="empty-lexicon", means="A lexicon holds no word.", find=empty_lexicon),
    LintRule(id="forms-guessed", means="The forms of a word are in doubt.", find=forms_guessed),
    LintRule(id="empty-group", means="A group holds nobody.", find=empty_group),
)
"""Every warning, each with an example in tests/tables/rule_warnings.toml that triggers it."""
