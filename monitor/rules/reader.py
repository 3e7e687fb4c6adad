"""Rules and kinds of event, from tables of TOML to the values of `files`, every key and name checked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from monitor.model import SEVERITIES, STATUSES, ActorCode, EventKind, EventType, RuleId, Status
from monitor.rules.actors import KINDS, Actors
from monitor.rules.files import HERE, OPENS, Entry, Exclusion, Expected, Party, Rule, RuleTest, Scope
from monitor.rules.grammar import PatternError, Use, names_in, parse_pattern
from monitor.rules.guesses import name_meant, reference_meant
from monitor.rules.lexicons import Lexicon
from monitor.rules.operators import ActorRef, Node
from monitor.rules.scope import widened
from monitor.rules.tables import Kind, Report, Table, Written
from monitor.toml import closest

SCOPES: tuple[Scope, ...] = ("sentence", "paragraph", "article")
PARTIES: tuple[Party, ...] = ("source", "target", "place")
WITHIN_LIMIT = 250
"""The widest distance of a frame, in words: no sentence of prose is longer."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_SIDES = ("act", "object", "source", "target", "place")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")
_LATER = dict.fromkeys(("wants_full_text",), "nothing: this version does not read it yet")
_IN_ENTRY = dict.fromkeys(
    (*_SIDES, "pattern", "unless", "assume", "optional", "within", "lang", "voice"), "it in [[rule.match]]"
)
_IN_RULE = dict.fromkeys(
    ("id", "title", "event", "severity", "tags", "references", "why", "exclude", "status", "notify"), "it in [[rule]]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a rule may name.

    `mistakes` says of what was left out where its own mistake is: "lexicon troops" -> place.
    """

    actors: Actors
    lexicons: Mapping[str, Lexicon]
    events: Mapping[str, EventKind]
    mistakes: Mapping[str, str] = field(default_factory=dict)
    parsed: dict[tuple[str, Use], Node] = field(default_factory=dict)
    """Patterns read already: rules share most of their sides."""

    @property
    def codes(self) -> frozenset[ActorCode]:
        """The codes of all actors."""
        return frozenset(actor.code for actor in self.actors.by_id.values())


def read_event(id_: str, table: Table) -> EventKind:
    """A kind of event; what is wrong is in the table's report."""
    event = EventKind(
        id=EventType(id_),
        title=table.needed("title", "what the event is called"),
        means=table.text("means"),
        is_reciprocal=table.flag("reciprocal"),
        is_by_pair=table.flag("by_pair"),
        window=timedelta(hours=table.whole("window_hours", 144, 1, 144)),
        hides=frozenset(written.text for written in table.texts("hides")),
    )
    table.close()
    return event


def read_rule(table: Table, known: Known, codes: frozenset[ActorCode]) -> Rule | None:
    """A rule, or None with what is wrong in the table's report."""
    report = table.report
    id_ = table.needed("id", "a name for the rule: small letters, digits and hyphens")
    if id_ and not _ID.fullmatch(id_):
        meant = re.sub(r"[^a-z0-9]+", "-", id_.casefold()).strip("-")
        table.fail("id", f'"{id_}" is no id', "small letters, digits and hyphens", meant)
    scope = table.choice("scope", SCOPES, "sentence")
    title = _title(table, "title", is_needed=True)
    without_source, without_target = _title(table, "title_without_source"), _title(table, "title_without_target")
    event = _event(table, known)
    opens = frozenset(table.choices("status", STATUSES))
    rule = Rule(
        id=RuleId(id_),
        title=title,
        event=event,
        severity=table.choice("severity", SEVERITIES, "medium"),
        match=tuple(_match(table, known, scope)),
        title_without_source=without_source,
        title_without_target=without_target,
        tags=tuple(written.text for written in table.texts("tags")),
        references=tuple(written.text for written in table.texts("references")),
        why=table.text("why"),
        exclude=tuple(_exclusions(table, "exclude", known)),
        opens=opens if table.has("status") else OPENS,
        notify=tuple(written.text for written in table.texts("notify")),
        sides=table.whole("sides", 0, 0, 20),
        independent=table.whole("independent", 0, 0, 20),
        tests=tuple(_tests(table, codes)),
        place=table.place("id", of_key=True),
    )
    if not table.has("severity"):
        table.fail("", "severity is missing", f"one of {', '.join(SEVERITIES)}")
    table.close(_LATER | _IN_ENTRY)
    return None if report.is_bad else rule


def _title(table: Table, key: str, *, is_needed: bool = False) -> str:
    if is_needed:
        text = table.needed(key, 'a sentence with its roles, "{source} sends troops to {target}"')
    else:
        text = table.text(key)
    for found in _PLACEHOLDER.finditer(text):
        if found[1] not in PARTIES:
            written = table.written(key)
            assert written is not None
            hint = closest(found[1] or "", PARTIES)
            expected = "{source}, {target} or {place}"
            table.report.add(written.at(found.start()), f"unknown role {found[0]}", expected, hint and f"{{{hint}}}")
    return text


def _event(table: Table, known: Known) -> EventKind:
    id_ = table.needed("event", f"a kind of event, like {next(iter(known.events), 'troop-transfer')}")
    if id_ and id_ not in known.events:
        if (mistake := known.mistakes.get(f"event {id_}")) is not None:
            table.fail("event", f"event {id_} is left out for its own mistake at {mistake}")
            table.report.knock_ons.append(("event", id_))
        else:
            hint = closest(id_, known.events)
            table.fail("event", f"unknown event {id_}", "a kind of event from events/*.toml", hint)
            table.report.misses.append(("event", id_))
    return known.events.get(id_) or EventKind(id=EventType(id_), title=id_)


# --- match ------------------------------------------------------------------------------------------------------------


def _match(table: Table, known: Known, scope: Scope) -> Iterator[Entry]:
    if not table.has("match"):
        table.fail("", "match is missing", "[[rule.match]] with a frame or a pattern")
    items = table.items("match")
    if not items and table.has("match") and isinstance(table.raw("match"), list):
        table.fail("match", "match is empty", "at least one frame or pattern")
    if len({type(item) for item in items}) > 1:
        table.fail("match", "match mixes texts and tables", "one form in one rule", of_key=True)
    for item in items:
        if isinstance(item, Table):
            yield _entry(item, known, scope)
        elif (tree := _pattern(item, table.report, known, "match")) is not None:
            yield Entry(pattern=_in_scope(tree, scope), scope=scope, place=item.place())


def _entry(table: Table, known: Known, scope: Scope) -> Entry:
    pattern_text = table.written("pattern")
    sides = {side: _side(table, side, known) for side in _SIDES}
    if pattern_text is None:
        if not table.has("act") and not table.has("pattern"):
            table.fail("", "an entry without act or pattern", "a frame with act, or a pattern")
    elif given := [side for side in _SIDES if table.has(side)]:
        table.fail(given[0], f"{given[0]} beside a pattern", f"{given[0]}: inside the pattern", of_key=True)
    pattern = None if pattern_text is None else _pattern(pattern_text, table.report, known, "match")
    within_object, within_actors = _within(table)
    scope = table.choice("scope", SCOPES, scope)
    entry = Entry(
        act=sides["act"],
        object=sides["object"],
        source=sides["source"],
        target=sides["target"],
        location=sides["place"],
        pattern=None if pattern is None else _in_scope(pattern, scope),
        scope=scope,
        within_object=within_object,
        within_actors=within_actors,
        optional=frozenset(_optional(table, pattern)),
        assume=_assumed(table, known),
        unless=tuple(_exclusions(table, "unless", known)),
        lang=_lang(table),
        is_active_only=table.choice("voice", ("any", "active"), "any") == "active",
        place=table.place(),
    )
    table.close(_IN_RULE)
    return entry


def _in_scope(pattern: Node, scope: Scope) -> Node:
    return pattern if scope == "sentence" else widened(pattern, scope)


def _side(table: Table, side: str, known: Known) -> Node | None:
    written = table.written(side)
    return None if written is None else _pattern(written, table.report, known, "side")


def _within(table: Table) -> tuple[int, int]:
    inner = table.table("within", "within.object = 8 or within.actors = 24")
    if inner is None:
        return 8, 24
    if table.has("pattern"):
        table.fail("within", "within beside a pattern", "NEAR/n inside the pattern", of_key=True)
    distances = inner.whole("object", 8, 0, WITHIN_LIMIT), inner.whole("actors", 24, 0, WITHIN_LIMIT)
    inner.close()
    return distances


def _optional(table: Table, pattern: Node | None) -> Iterator[Party]:
    asked = {party for party in PARTIES if table.has(party)}
    if pattern is not None:
        asked = {party for party in PARTIES if f"{party}:" in str(table.raw("pattern"))}
    for index, party in enumerate(table.choices("optional", PARTIES)):
        if party not in asked and (table.has("act") or pattern is not None):
            written = table.texts("optional")[index]
            table.report.add(written.place(), f"optional {party}, but this entry asks for none", f"a {party} in it")
        yield party


def _assumed(table: Table, known: Known) -> dict[Party, str]:
    inner = table.table("assume")
    if inner is None:
        return {}
    found: dict[Party, str] = {}
    for party in PARTIES:
        written = inner.written(party)
        if written is None:
            continue
        if written.text == HERE:
            if not table.has("place") and "place:" not in str(table.raw("pattern")):
                inner.report.add(written.place(), "this entry asks for no place", "a place side beside it")
        elif written.text.startswith("@"):
            inner.report.add(written.at(0), f"{written.text} with its @", "the id alone", written.text.lstrip("@"))
        elif written.text not in known.actors.by_id:
            _unknown(written, 0, f"actor {written.text}", known.actors.by_id, report=inner.report, known=known)
        found[party] = written.text
    inner.close()
    return found


def _lang(table: Table) -> str:
    code = table.text("lang")
    if code and not re.fullmatch("[a-z]{2,3}", code):
        table.fail("lang", f"{code} is no code of a language", "two or three small letters, like en or ko")
    return code


def _exclusions(table: Table, key: str, known: Known) -> Iterator[Exclusion]:
    for item in table.items(key):
        if isinstance(item, Written):
            if (tree := _pattern(item, table.report, known, "condition")) is not None:
                yield Exclusion(pattern=tree)
            continue
        written = item.written("pattern")
        if not item.has("pattern"):
            item.fail("", "pattern is missing", "{ pattern = ..., reason = ..., owner = ..., until = 2027-06-30 }")
        reason, owner, until = item.text("reason"), item.text("owner"), item.day("until")
        item.close()
        tree = None if written is None else _pattern(written, table.report, known, "condition")
        if tree is not None:
            yield Exclusion(pattern=tree, reason=reason, owner=owner, until=until)


# --- patterns and the names in them -----------------------------------------------------------------------------------


def _pattern(written: Written, report: Report, known: Known, use: Use) -> Node | None:
    key = (written.text, use)
    tree = known.parsed.get(key)
    if tree is not None:
        return tree
    try:
        tree = parse_pattern(written.text, use=use)
    except PatternError as error:
        hint = reference_meant(written.text, error.offset, known.actors) or error.hint
        report.add(written.at(error.offset), error.because, error.expected, hint)
        return None
    before = len(report.problems)
    for node, offset in names_in(tree):
        if isinstance(node, ActorRef):
            names = (*known.actors.by_id, *known.actors.groups, *KINDS)
            if node.name not in known.actors.by_id and node.name not in names:
                _unknown(written, offset, f"actor @{node.name}", names, report=report, known=known)
        elif node.name not in known.lexicons:
            _unknown(written, offset, f"lexicon #{node.name}", known.lexicons, report=report, known=known)
    if len(report.problems) == before:
        known.parsed[key] = tree
    return tree


def _unknown(written: Written, offset: int, what: str, names: Iterable[str], *, report: Report, known: Known) -> None:
    """Note a name that is not known, at its place inside a pattern: left out for its own mistake, or never there."""
    kind, name = what.split(" ", 1)
    bare = name.lstrip("@#")
    mark = name[: len(name) - len(bare)]
    could_be: tuple[Kind, ...] = ("actor", "group") if kind == "actor" else ("lexicon",)
    for left_out in could_be:
        if (mistake := known.mistakes.get(f"{left_out} {bare}")) is not None:
            report.add(written.at(offset), f"{left_out} {name} is left out for its own mistake at {mistake}")
            report.knock_ons.append((left_out, bare))
            return
    report.misses += [(one, bare) for one in could_be]
    hint = name_meant(mark, bare, names, known.actors, known.lexicons)
    expected = "the id of an actor, a group or a kind" if kind == "actor" and mark else f"the id of {_a(kind)}"
    report.add(written.at(offset), f"unknown {what}", expected, hint)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


# --- tests ------------------------------------------------------------------------------------------------------------


def _tests(table: Table, codes: frozenset[ActorCode]) -> Iterator[RuleTest]:
    for item in table.items("test"):
        if isinstance(item, Written):
            table.report.add(item.place(), "a test is a text", "[[rule.test]] with text and expect")
            continue
        title, text = item.text("title"), item.text("text")
        if not title.strip() and not text.strip():
            item.fail("", "a test without title and text", "the text to judge")
        test = RuleTest(
            text=text,
            title=title,
            lang=_lang(item) or "en",
            published=item.moment("published"),
            outlet=item.text("outlet"),
            expect=tuple(_expected(item, codes)),
            place=item.place(),
        )
        item.close()
        yield test


def _expected(table: Table, codes: frozenset[ActorCode]) -> Iterator[Expected]:
    shape = '{ source = "PRK", target = "RUS", status = "alleged" }, a list of such, or "none"'
    raw = table.raw("expect")
    if raw is None:
        table.fail("", "expect is missing", shape)
    elif isinstance(raw, str):
        if raw != "none":
            table.fail("expect", f'expect is "{raw}"', shape, closest(raw, ("none",)))
    elif isinstance(raw, dict):
        inner = table.table("expect")
        assert inner is not None
        yield _one_expected(inner, codes)
    elif isinstance(raw, list):
        for item in table.items("expect"):
            if isinstance(item, Table):
                yield _one_expected(item, codes)
            else:
                table.report.add(item.place(), "expect holds a text", shape)
    else:
        table.fail("expect", f"expect is {raw}", shape)


def _one_expected(table: Table, codes: frozenset[ActorCode]) -> Expected:
    status: Status = table.choice("status", STATUSES, "asserted")
    source, target = _code(table.written("source"), table, codes), _code(table.written("target"), table, codes)
    speakers: tuple[ActorCode, ...] | None = None
    raw = table.raw("attribution")
    if raw is not None:
        one = isinstance(raw, str)
        written = [table.written("attribution")] if one else table.texts("attribution")
        speakers = tuple(code for each in written if (code := _code(each, table, codes)) is not None)
    amounts = tuple(written.text for written in table.texts("quantities"))
    table.close()
    return Expected(
        source=source,
        target=target,
        status=status,
        attribution=speakers,
        quantities=amounts if table.has("quantities") else None,
    )


def _code(written: Written | None, table: Table, codes: frozenset[ActorCode]) -> ActorCode | None:
    if written is None:
        return None
    code = ActorCode(written.text)
    if code not in codes:
        upper = ActorCode(code.upper())
        hint = upper if upper in codes else closest(code, codes)
        table.report.add(written.at(0), f"unknown code {code}", "the code of an actor, like PRK", hint)
    return code
