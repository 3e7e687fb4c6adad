"""Which words govern an act in Russian and Ukrainian, and what its form alone tells: negation, a future."""

from monitor.rules.grammars import slavic_words as sw
from monitor.rules.grammars.reach import Reach
from monitor.rules.grammars.slavic_clauses import Clause
from monitor.rules.grammars.slavic_parsed import Parsed
from monitor.rules.grammars.slavic_speech import Speech
from monitor.rules.sentence import Core


def reach_of(parsed: Parsed, core: Core, head: int, clause: Clause, speech: Speech) -> Reach:
    """The reach of the act: its clause up to verbs that `и` joins, what it hangs on, and who reports it."""
    line = parsed.line
    reach = Reach()
    start = _group_start(parsed, head)
    reach.near.update(range(start, core.act[1]))
    if core.object is not None:
        reach.near.update(range(*core.object))
    own = set(clause.words)
    for at in clause.words:
        if at > core.act[1] and line.kinds[at] & sw.VERB and line.has(at - 1, "conjunction") and line.owner[at] < 0:
            own -= set(range(at - 1, clause.words[-1] + 1))
            break
    reach.governing |= own | reach.near | speech.words
    for outer in clause.ancestors():
        reach.governing.update(outer.words)
    # "для якобы участия": what is doubted there is the purpose, and not the act
    reach.governing -= {at for at in reach.governing if at - 1 in line.preps and line.has(at, "complementizer")}
    reach.is_negated = _is_negated(parsed, core, head, clause)
    controller = _controller(parsed, head, clause)
    is_coming = bool(line.kinds[head] & sw.COMING) or (controller >= 0 and bool(line.kinds[controller] & sw.COMING))
    is_asked = line.sentence.is_title and "?" in line.sentence.gaps[line.n]
    reach.is_future = is_coming or is_asked or _is_in_case(parsed, head)
    return reach


def _is_in_case(parsed: Parsed, head: int) -> bool:
    """Whether a noun of action stands behind `в случае`."""
    at = parsed.phrase_of[head]
    phrase = parsed.phrases[at] if at >= 0 else None
    if phrase is None or phrase.prep_at < 0:
        return False
    return " ".join(parsed.line.words[phrase.prep_at : phrase.prep_at + 2]) in parsed.line.lexis.in_case


def _group_start(parsed: Parsed, head: int) -> int:
    """Where the words that belong to the act's verb begin: `не`, `будет`, adverbs."""
    line = parsed.line
    start = head
    while start > 0 and not line.marks[start] and line.owner[start - 1] < 0:
        at = start - 1
        if not (line.has(at, "negation") or line.has(at, "adverb") or line.has(at, "modal") or line.has(at, "light")):
            break
        start = at
    return start


def _controller(parsed: Parsed, head: int, clause: Clause) -> int:
    """The finite verb that governs an infinitive or a noun of action in its clause; -1 if none."""
    line = parsed.line
    if line.kinds[head] & sw.VERB:
        return -1
    verbs = [at for at in clause.verbs(line) if not line.has(at, "speech")]
    return min(verbs, key=lambda at: abs(at - head)) if verbs else -1


def _is_negated(parsed: Parsed, core: Core, head: int, clause: Clause) -> bool:
    """Whether `не` stands before the act's verb or the one that governs it, or `нет` in its clause."""
    line = parsed.line
    for at in (head, _controller(parsed, head, clause)):
        if at < 0:
            continue
        probe = at - 1
        while probe >= 0 and not line.marks[probe + 1] and line.has(probe, "adverb"):
            probe -= 1
        if probe >= 0 and not line.marks[probe + 1] and line.has(probe, "negation"):
            return line.words[probe + 1] not in ("только", "лише", "тільки", "исключает", "исключил", "виключає")
    first = core.act[0]
    return any(
        line.has(at, "negation") and line.words[at] not in ("не", "без") and abs(at - first) <= 4 and at in clause.words
        for at in range(max(first - 4, 0), min(core.act[1] + 4, line.n))
    )
