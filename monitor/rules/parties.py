"""Who may fill the sides of an act, and whom the one means that grammar chose."""

from collections.abc import Sequence

from monitor.rules.compile import CompiledEntry, RuleSet
from monitor.rules.files import HERE
from monitor.rules.operators import ActorRef, Node, Or, RoleOf
from monitor.rules.scene import Scene
from monitor.rules.sentence import Assignment, Core, Mention, Named, Sides, Span
from monitor.rules.spans import Interval

PARTIES_LIMIT = 12
"""Mentions weighed for a role on either side of a core, the nearest first. Every source is weighed against every
target, so a heap of hundreds of names would cost its square for each core. Of 12,198 sentences of news (the corpora of
articles, stories and 3,000 headlines) none names more than twelve."""
_PARTIES = frozenset({"source", "target", "place"})


def sides_of(ruleset: RuleSet, compiled: CompiledEntry, scene: Scene, core: Core, bound: Interval | None) -> Sides:
    """The mentions that each side may take: for a frame those near the core, for a pattern those that it bound.

    Of many, the nearest `PARTIES_LIMIT` on either side of the core.
    """
    entry, mentions = compiled.entry, scene.sentence.mentions
    first, last = min(core.act, core.object or core.act), max(core.act, core.object or core.act)
    reach = entry.within_actors * scene.stretch
    if bound is None:
        near = {
            index for index, one in enumerate(mentions) if max(first[0] - one.last, one.first - last[1], 0) <= reach
        }
    else:
        spans = [span for role, span in bound.bound if role in ("source", "target", "place")]
        near = {index for index, one in enumerate(mentions) if any(_overlap(one, span) for span in spans)}
    optional = {*entry.optional, *entry.assume} if bound is None else _PARTIES - {role for role, _ in bound.bound}

    def able(role: str) -> frozenset[int] | None:
        node = compiled.wanted[role]
        if node is None:
            return None
        return _nearest(_fitting(ruleset, node, scene) & near, mentions, first[0])

    return Sides(source=able("source"), target=able("target"), location=able("place"), optional=frozenset(optional))


def _nearest(able: frozenset[int], mentions: Sequence[Mention], start: int) -> frozenset[int]:
    """Those nearest to where the core starts, at most `PARTIES_LIMIT` before it and as many behind."""
    if len(able) <= PARTIES_LIMIT:
        return able
    ordered = sorted(able)
    before = [index for index in ordered if mentions[index].first < start]
    return frozenset((*before[-PARTIES_LIMIT:], *ordered[len(before) :][:PARTIES_LIMIT]))


def _fitting(ruleset: RuleSet, node: Node, scene: Scene) -> frozenset[int]:
    """The mentions of a sentence that satisfy a side."""
    if isinstance(node, ActorRef):
        return scene.naming(node.name)
    if isinstance(node, RoleOf):
        return _fitting(ruleset, node.inner, scene)
    if isinstance(node, Or):
        return frozenset().union(*[_fitting(ruleset, part, scene) for part in node.parts])
    places = node.find(scene)
    return frozenset(
        index
        for index, mention in enumerate(scene.sentence.mentions)
        if any(_overlap(mention, (one.start, one.end)) for one in places)
    )


def satisfying(ruleset: RuleSet, node: Node, scene: Scene, mention: Mention) -> tuple[Named, ...]:
    """The actors of a mention that satisfy a side: by who they are, or all where the side asks for words."""
    if isinstance(node, ActorRef):
        allowed = ruleset.allowed[node.name]
        return tuple(actor for actor in mention.actors if actor.id in allowed)
    if isinstance(node, RoleOf):
        return satisfying(ruleset, node.inner, scene, mention)
    if isinstance(node, Or):
        found = (actor for part in node.parts for actor in satisfying(ruleset, part, scene, mention))
        return tuple(dict.fromkeys(found))
    is_found = any(_overlap(mention, (one.start, one.end)) for one in node.find(scene))
    return mention.actors if is_found else ()


def _overlap(mention: Mention, span: Span) -> bool:
    return mention.first < span[1] and span[0] < mention.last


def actors_of(
    ruleset: RuleSet, compiled: CompiledEntry, role: str, scene: Scene, assignment: Assignment
) -> tuple[Named, ...]:
    """The actors that fill a role: those of its mention that satisfy the side, or whom the entry assumes."""
    index = assignment.source if role == "source" else assignment.target
    if index is None:
        who = compiled.entry.assume.get(role, "")  # type: ignore[call-overload]  # role is a Party
        if who == HERE:
            at = assignment.location
            return () if at is None else scene.sentence.mentions[at].actors
        assumed = ruleset.actors.by_id.get(who)
        return (Named(id=assumed.id, kind=assumed.kind, code=assumed.code),) if assumed else ()
    mention = scene.sentence.mentions[index]
    side = compiled.wanted[role]
    if side is None:
        return mention.actors
    return satisfying(ruleset, side, scene, mention) or mention.actors
