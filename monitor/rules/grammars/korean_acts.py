"""What kind of act a Korean word is: who its subject is, by the classes of `languages/ko.toml`."""

from dataclasses import dataclass

from monitor.rules.grammars.judgement import Side
from monitor.rules.grammars.korean_clause import Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class ActKind:
    """What the act word says of its parties. `agent` is the side of its subject, `patient` the other."""

    agent: Side
    patient: Side
    is_inverted: bool
    """The subject receives: 수입, 받다."""
    is_hosting: bool
    is_visiting: bool
    is_meeting: bool
    is_affecting: bool
    """It or its object hits somebody: 제재."""
    is_admitting: bool
    is_hosted_word: bool
    """The host is in the word: 방북."""
    is_stay: bool
    """The act is no verb but a place: 워싱턴에서."""
    is_asked: bool
    """Somebody asks for it: the subject would receive."""
    is_passive: bool


def kind_of(clause: Clause, *, is_reciprocal: bool) -> ActKind:
    """The kind of the act of a clause."""
    read, lexis, obj = clause.read, clause.read.lexis, clause.core.object
    words = [read.words[at] for at in range(*clause.act)]
    affected = words + ([read.words[at] for at in range(*obj)] if obj else [])

    def is_of(name: str) -> bool:
        return any(lexis.has(name, word) for word in words)

    is_inverted, is_hosting, is_visiting = is_of("receiving"), is_of("hosting"), is_of("visiting")
    is_asked = not (is_inverted or is_visiting) and clause.is_governed_by("asking")
    flips = is_inverted or is_hosting or is_asked
    return ActKind(
        agent="target" if flips else "source",
        patient="source" if flips else "target",
        is_inverted=is_inverted,
        is_hosting=is_hosting,
        is_visiting=is_visiting,
        is_meeting=not is_reciprocal and is_of("meeting"),
        is_affecting=any(lexis.has("affecting", word) for word in affected),
        is_admitting=is_of("admitting"),
        is_hosted_word=is_of("host_word"),
        is_stay=not is_reciprocal and obj is None and lexis.has("capital", words[-1]),
        is_asked=is_asked,
        is_passive=any(one in words[-1] for one in lexis.classes.get("passive", ())) and "시키" not in words[-1],
    )
