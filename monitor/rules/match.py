"""match: RuleSet + Reading -> hits."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from monitor.model import ActorCode, Evidence, Hit, Reading, RuleId, Status
from monitor.rules.collector import SILENT, Collector, Finding
from monitor.rules.compile import CompiledEntry, RuleSet
from monitor.rules.files import Entry, Exclusion, Rule, Scope
from monitor.rules.judging import Judging
from monitor.rules.mentions import codes_of
from monitor.rules.operators import RunawayError
from monitor.rules.quantities import distinct
from monitor.rules.scene import Scene, Scenes
from monitor.rules.sentence import Core, Named, Span
from monitor.rules.spans import Interval, words_between
from monitor.rules.status import TENSELESS
from monitor.rules.told import Told

CORES_LIMIT = 12
"""Cores judged of one entry in one sentence, from the left: news has one or two, a text made to hurt has thousands."""

# How sure a hit is, from 0 to 1: a base, and what adds to it. Chosen so that a headline with both sides named by
# grammar stands above 0.8 and a sentence whose sides only order decided stays below 0.6; each step only ever adds.
_BASE, _CERTAINTY, _TITLE, _TIGHTNESS, _REPETITION = 0.35, 0.30, 0.15, 0.10, 0.05
_REPETITIONS = 2
_TOLD: tuple[Status, ...] = ("hypothetical", "historical", "denied")
"""What a text may say of an act that its title names without a tense."""


class _Claim(NamedTuple):
    """What makes a hit one: a rule, who, to whom, with what status."""

    rule: RuleId
    source: ActorCode | None
    target: ActorCode | None
    status: Status


def match(ruleset: RuleSet, reading: Reading, collector: Collector = SILENT) -> list[Hit]:
    """All hits of the rules in an article, in the order of the rules and of the text.

    One hit for each rule, source, target and status; further evidence and speakers join it and raise its score.
    `collector` looks on.
    """
    drafts: dict[_Claim, list[Finding]] = {}
    for finding in _fullest(findings(ruleset, reading, collector)):
        for source, target in _pairs(finding):
            drafts.setdefault(_Claim(finding.rule.id, source, target, finding.status), []).append(finding)
    _attribute_headlines(drafts)
    _date_headlines(drafts)
    _fill_empty(drafts)
    hits = []
    told = Told(reading)
    for claim, found in drafts.items():
        hits.append(_hit(ruleset, told, claim, found))
        collector.hit(hits[-1], tuple(found))
    return hits


def findings(
    ruleset: RuleSet, reading: Reading, collector: Collector = SILENT, *, sieve: bool = True
) -> Iterator[Finding]:
    """Every place where an entry of a rule holds, exclusions heeded; `sieve` False tries every one everywhere."""
    scenes = Scenes(ruleset, reading)
    day = (reading.article.published + timedelta(hours=scenes.language.hours)).date()
    judging = Judging(ruleset, day)
    for compiled, scene in scenes.survivors(sieve=sieve):
        if compiled.rule.id not in ruleset.switched_off:
            try:
                yield from _holding(compiled, scene, judging, collector)
            except RunawayError as error:
                ruleset.switched_off[compiled.rule.id] = str(error)
    scenes.forget()


def _holding(compiled: CompiledEntry, scene: Scene, judging: Judging, collector: Collector) -> Iterator[Finding]:
    """Every place where one entry holds in one sentence, exclusions heeded. Raises RunawayError."""
    for finding in _in_scene(compiled, scene, judging, collector):
        exclusion = _excluded_by((*compiled.rule.exclude, *compiled.unless), scene, compiled.entry.scope, judging.day)
        if exclusion is None:
            yield finding
        else:
            collector.excluded(finding, exclusion)


def _fullest(found: Iterable[Finding]) -> list[Finding]:
    """The findings without those that leave a role of an act empty which another entry of the rule filled."""
    kept = list(found)
    filled = {_act(one) for one in kept if one.sources and one.targets}
    return [one for one in kept if (one.sources and one.targets) or _act(one) not in filled]


def _act(finding: Finding) -> tuple[RuleId, int, Span]:
    """The one thing that a rule sees happen: its act word in its sentence."""
    return finding.rule.id, finding.scene.index, finding.core.act


def _excluded_by(exclusions: Iterable[Exclusion], scene: Scene, scope: Scope, day: date) -> Exclusion | None:
    """The exclusion in force on that day that holds in the sentence, or where its pattern says."""
    for exclusion in exclusions:
        if (exclusion.until is None or day <= exclusion.until) and scene.is_true(scope, exclusion.pattern):
            return exclusion
    return None


# --- one entry in one sentence ----------------------------------------------------------------------------------------


def _in_scene(compiled: CompiledEntry, scene: Scene, judging: Judging, collector: Collector) -> Iterator[Finding]:
    entry = compiled.entry
    for core, bound in _frame_cores(entry, scene) if entry.is_frame else _pattern_cores(entry, scene):
        judged = judging.of(compiled, scene, core, bound)
        if judged.assignment is None:
            collector.refused(compiled, scene, core, bound, judged.sides)
            continue
        finding = Finding(
            rule=compiled.rule,
            scene=scene,
            core=core,
            span=judged.span,
            assignment=judged.assignment,
            sources=judged.sources,
            targets=judged.targets,
            status=judged.status,
            because=judged.because,
        )
        collector.found(compiled, finding, bound, judged.sides)
        yield finding


def _frame_cores(entry: Entry, scene: Scene) -> Iterator[tuple[Core, None]]:
    """The nearest act and object, each to the other, at most `within_object` words apart; the act alone without one."""
    assert entry.act is not None
    acts = entry.act.find(scene)[:CORES_LIMIT]
    if entry.object is None:
        yield from ((Core(act=(act.start, act.end)), None) for act in acts)
        return
    objects = entry.object.find(scene)
    for act in acts:
        reach = [one for one in objects if words_between(act, one) <= entry.within_object * scene.stretch]
        if not reach:
            continue
        nearest = min(reach, key=lambda one: (words_between(act, one), one.start < act.start))
        rival = min(acts, key=lambda one: (words_between(one, nearest), one.start))
        if words_between(rival, nearest) == words_between(act, nearest):
            yield Core(act=(act.start, act.end), object=(nearest.start, nearest.end)), None


def _pattern_cores(entry: Entry, scene: Scene) -> Iterator[tuple[Core, Interval]]:
    """A core for each minimal interval of the pattern: its bound act and object, its roles bound to mentions."""
    assert entry.pattern is not None
    for interval in entry.pattern.find(scene)[:CORES_LIMIT]:
        bound = dict(interval.bound)
        act = bound.get("act", (interval.start, interval.end))
        yield Core(act=act, object=bound.get("object")), interval


# --- findings to hits -------------------------------------------------------------------------------------------------


def _pairs(finding: Finding) -> list[tuple[ActorCode | None, ActorCode | None]]:
    """The pairs of source and target that a finding means: every source with every target, none with itself.

    In a reciprocal event every unordered pair of the parties, codes in alphabetical order.
    """
    sources, targets = codes_of(finding.sources), codes_of(finding.targets)
    if finding.rule.event.is_reciprocal:
        pairs = {tuple(sorted((one, other))) for one in sources for other in targets if one != other}
        if pairs:
            return [(one, other) for one, other in sorted(pairs)]
        return [(one, None) for one in (sources or targets)[:1]]
    if not sources or not targets:
        return [(one, None) for one in sources] or [(None, one) for one in targets] or [(None, None)]
    return [(one, other) for one in sources for other in targets if one != other]


def _attribute_headlines(drafts: dict[_Claim, list[Finding]]) -> None:
    """Let a bare assertion of the title join what the text says to be a claim of somebody's.

    A headline leaves out who says so ("North Korea sends troops", and below "Seoul's spies say"): it asserts nothing
    of its own where the text calls the same event alleged.
    """
    for claim in [one for one in drafts if one.status == "asserted"]:
        alleged = claim._replace(status="alleged")
        if alleged in drafts and all(one.scene.is_title and not _is_attributed(one) for one in drafts[claim]):
            drafts[alleged].extend(drafts.pop(claim))


def _date_headlines(drafts: dict[_Claim, list[Finding]]) -> None:
    """Let a title that tells no tense ("푸틴 방북") join what the text says of it: to come, past or denied."""
    for claim in [one for one in drafts if one.status == "asserted"]:
        others: list[Status] = [one for one in _TOLD if claim._replace(status=one) in drafts]
        if len(others) == 1 and all(one.scene.is_title and one.because.endswith(TENSELESS) for one in drafts[claim]):
            drafts[claim._replace(status=others[0])].extend(drafts.pop(claim))


def _is_attributed(finding: Finding) -> bool:
    """Whether somebody is named who says so; a medium alone only carries it ("Reuters: ...")."""
    speakers = [finding.scene.sentence.mentions[index] for index in finding.assignment.speakers]
    return any(actor.kind != "media" for mention in speakers for actor in mention.actors)


def _fill_empty(drafts: dict[_Claim, list[Finding]]) -> None:
    """Let each hit with an empty role join a fuller one of the same rule and status, if there is one."""
    for claim in [one for one in drafts if one.source is None or one.target is None]:
        is_reciprocal = drafts[claim][0].rule.event.is_reciprocal
        fuller = next((other for other in drafts if _fills(other, claim, is_reciprocal=is_reciprocal)), None)
        if fuller is not None:
            drafts[fuller].extend(drafts.pop(claim))


def _fills(fuller: _Claim, claim: _Claim, *, is_reciprocal: bool) -> bool:
    """Whether a hit says all that one with an empty role says, and more."""
    if (fuller.rule, fuller.status) != (claim.rule, claim.status) or fuller.source is None or fuller.target is None:
        return False
    if is_reciprocal:
        return {claim.source, claim.target} - {None} <= {fuller.source, fuller.target}
    return claim.source in (None, fuller.source) and claim.target in (None, fuller.target)


def _hit(ruleset: RuleSet, told: Told, claim: _Claim, found: list[Finding]) -> Hit:
    rule, source, target, status = found[0].rule, claim.source, claim.target, claim.status
    evidence = _apart([told.evidence(one) for one in found])
    # a party that does not admit an act is named beside it and claims nothing
    own = {source, target} if status == "alleged" else set()
    speakers = [actor for one in found for actor in _speakers(one) if actor.code and actor.code not in own]
    persons = dict.fromkeys(
        actor.id
        for one in found
        for actor in (*one.sources, *(one.targets if rule.event.is_reciprocal else ()))
        if actor.kind == "person" and actor.id
    )
    places = [
        one.scene.sentence.mentions[one.assignment.location] for one in found if one.assignment.location is not None
    ]
    return Hit(
        article=told.reading.article.id,
        rule=rule.id,
        rule_digest=rule.digest,
        event=rule.event.id,
        severity=rule.severity,
        title=title_of(rule, source, target, ruleset),
        status=status,
        source=source,
        target=target,
        is_reciprocal=rule.event.is_reciprocal,
        attribution=codes_of(speakers),
        agencies=codes_of(actor for actor in speakers if _is_agency(actor, ruleset)),
        place=places[0].actors[0].code if places else None,
        persons=tuple(persons),
        score=round(sum(score_parts(found, len(evidence)).values()), 2),
        evidence=evidence,
        quantities=distinct(quantity for one in found for quantity in told.quantities(one)),
        tags=rule.tags,
        notify=rule.notify,
        why=rule.why,
        may_open=status in rule.opens,
    )


def _apart(found: list[Evidence]) -> tuple[Evidence, ...]:
    """The evidence in order, each stretch once and none inside another."""
    kept: list[Evidence] = []
    for one in sorted(found, key=lambda one: (one.field != "title", one.start, -one.end)):
        if not (kept and kept[-1].field == one.field and one.end <= kept[-1].end):
            kept.append(one)
    return tuple(kept)


def title_of(rule: Rule, source: ActorCode | None, target: ActorCode | None, ruleset: RuleSet) -> str:
    """What happened as one sentence, by the rule's title and the actors' names."""
    form = rule.title
    if source is None and rule.title_without_source:
        form = rule.title_without_source
    elif target is None and rule.title_without_target:
        form = rule.title_without_target
    return form.replace("{source}", ruleset.names.of(source)).replace("{target}", ruleset.names.of(target))


def _speakers(finding: Finding) -> Iterator[Named]:
    mentions = finding.scene.sentence.mentions
    for index in finding.assignment.speakers:
        yield from mentions[index].actors


def _is_agency(actor: Named, ruleset: RuleSet) -> bool:
    """A medium that speaks for no state: what it reports is a voice, and no side."""
    known = ruleset.actors.by_id.get(actor.id)
    return actor.kind == "media" and known is not None and not (known.is_affiliated and known.of)


def score_parts(found: Sequence[Finding], evidence: int) -> dict[str, float]:
    """What the score of a hit is made of, by name; their sum is the score."""
    certainty = max(one.assignment.certainty for one in found)
    tightness = max(1.0 - min(one.span[1] - one.span[0], 40) / 40 for one in found)
    return {
        "base": _BASE,
        "certainty of the roles": _CERTAINTY * certainty,
        "tightness": _TIGHTNESS * tightness,
        "title": _TITLE if any(one.scene.is_title for one in found) else 0.0,
        "repetition": _REPETITION * min(evidence - 1, _REPETITIONS),
    }
