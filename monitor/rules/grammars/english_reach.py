"""Which words an English act stands in reach of: what can deny it, put it off, or make it a memory."""

from monitor.rules.grammars import shallow as sh
from monitor.rules.grammars.english_clause import Clause, Subject
from monitor.rules.grammars.reach import Reach


def reach_of(clause: Clause, subject: Subject, speech: set[int]) -> Reach:
    """The words that govern the act, by walking left from it as far as its clause and those above it go.

    `speech` are the words of a reporting clause behind the act (", Kyiv believes"), which govern too.
    """
    read = clause.read
    reach = Reach()
    if clause.is_verb:
        start = read.group_start(clause.head)
        while start > 0 and not clause.mark(start) and read.tags[start - 1] & sh.ADVERB and read.owner[start - 1] < 0:
            start -= 1
        reach.near.update(range(start, clause.verb_end))
        reach.is_negated = _is_negated(clause, subject, start)
    else:
        start = clause.joined_start(clause.modifiers_start(clause.core.act[0]))
        reach.near.update(range(start, clause.core.act[1]))
        reach.is_negated = any(read.words[at] == "no" for at in range(start, clause.core.act[0]))
    if clause.core.object is not None:
        begin = clause.modifiers_start(clause.core.object[0])
        reach.near.update(range(begin, clause.core.object[1]))
    reach.governing |= reach.near | speech
    has_speech = _walk_left(clause, start, reach)
    _walk_right(clause, reach)
    if not clause.is_verb:
        modal = _own_modal(clause)
        reach.governing |= modal
        reach.near |= modal
    if read.sentence.is_title:
        is_asked = "?" in read.sentence.gaps[read.n] and not clause.is_wh_question()
        reach.is_future = reach.is_future or is_asked or _is_headline_future(clause, start)
    if clause.is_verb and not has_speech:
        reach.is_past_before = _is_past_before(clause, subject, start)
    return reach


def _is_headline_future(clause: Clause, start: int) -> bool:
    """Whether the headline's only verb before the act is an infinitive ("Envoy to discuss trade during visit")."""
    read = clause.read
    for at in range(start):
        if read.owner[at] < 0 and read.verb[at] and not read.verb[at] & sh.ING:
            return at > 0 and read.words[at - 1] == "to"
    return False


def _is_negated(clause: Clause, subject: Subject, start: int) -> bool:
    """Whether the verb group, or a verb that passes its subject on ("does not plan to"), or the subject has a no."""
    read = clause.read
    if _negation_in(clause, start, clause.head):
        return True
    for verb in subject.chain:
        if (
            not clause.has(verb, "speech")
            and not clause.has(verb, "deciding")
            and _negation_in(clause, read.group_start(verb), verb)
        ):
            return True
    first, last = subject.span
    if any(read.words[at] in ("no", "neither") for at in range(first, last)):
        return True
    following = clause.verb_end
    return following < read.n and read.words[following] == "no"


def _negation_in(clause: Clause, start: int, end: int) -> bool:
    read = clause.read
    while (
        start > 0
        and not clause.mark(start)
        and read.tags[start - 1] & (sh.NEGATION | sh.ADVERB)
        and clause.read.owner[start - 1] < 0
    ):
        start -= 1
    for at in range(start, end):
        if read.tags[at] & sh.NEGATION:
            return not (at + 1 < read.n and read.words[at + 1] in ("only", "just", "merely"))
    return False


def _walk_left(clause: Clause, start: int, reach: Reach) -> bool:
    """Add what governs on the left; gives whether a reporting verb was met on the way."""
    read = clause.read
    has_speech = is_beside = False
    into = reach.governing
    at = _first_left(clause, start)
    while at >= 0:
        tags = 0 if read.owner[at] >= 0 else read.tags[at]
        has_speech = has_speech or bool(read.verb[at] and clause.has(at, "speech"))
        if tags & sh.RELATIVE and not _is_complement(clause, at):
            into = reach.background
        elif tags and _ends_reach(clause, at, start, reach):
            break
        if tags and read.words[at] == "during" and not is_beside:
            is_beside = True
            into.update(probe for probe in range(clause.core.act[1], read.n) if read.verb[probe] & sh.MODAL)
        if not is_beside or tags & sh.MODAL:
            into.add(at)
        mark = clause.mark(at)
        if mark == sh.HARD or (mark == sh.COMMA and not _resumes(clause, at)):
            break
        if mark == sh.COMMA:
            opened = clause.comma_before(at - 1)
            if opened is None:
                break
            at = opened
        at -= 1
    return has_speech


def _first_left(clause: Clause, start: int) -> int:
    """The first word on the left that can govern, a parenthesis passed over; -1 if none can."""
    if start > 0 and clause.mark(start) == sh.COMMA and not clause.read.verb[start] & sh.ING:
        opened = clause.comma_before(start - 1)
        return -1 if opened is None else opened - 1
    return -1 if clause.mark(start) else start - 1


def _ends_reach(clause: Clause, at: int, start: int, reach: Reach) -> bool:
    """Whether nothing left of this word governs the act: an `and` that joins it, `while`, `over` before a noun."""
    read = clause.read
    tags = read.tags[at]
    if tags & sh.CONJUNCTION:
        return at == start - 1 and not read.verb[clause.head] & sh.BASE
    if tags & sh.SUBORDINATE and not tags & sh.COMPLEMENT and not clause.is_plain(at):
        reach.governing.add(at)
        reach.is_future = reach.is_future or (read.words[at] == "before" and not clause.is_verb)
        return read.words[at] != "as" or at + 1 == start
    return not clause.is_verb and clause.has(at, "outer_phrase") and clause.is_preposition(at)


def _resumes(clause: Clause, at: int) -> bool:
    """Whether the words after a comma go on with what stood before a parenthesis (a verb or `that` follows)."""
    read = clause.read
    if read.owner[at] >= 0:
        return False
    return bool(read.verb[at] or read.tags[at] & (sh.COMPLEMENT | sh.PREPOSITION))


def _is_complement(clause: Clause, at: int) -> bool:
    """Whether a `that` opens a clause of saying or thinking and does not refer to a noun."""
    read = clause.read
    if read.words[at] != "that" or at == 0:
        return False
    following = at + 1
    if following < read.n and read.verb[following] and read.owner[following] < 0:
        return False
    for probe in range(at - 1, max(at - 7, -1), -1):
        if clause.has(probe, "speech") or clause.has(probe, "report_noun"):
            return True
        if read.verb[probe] and not read.verb[probe] & sh.AUXILIARY:
            return clause.has(probe, "judging") or clause.has(probe, "suffering") or clause.has(probe, "steering")
    return False


def _own_modal(clause: Clause) -> set[int]:
    """`Talks between them will be held in Doha`: the modal of a verb that says of its subject only that it happens."""
    read = clause.read
    for at in range(clause.core.act[1], read.n - 1):
        if clause.mark(at) or (read.owner[at] < 0 and read.tags[at] & (sh.RELATIVE | sh.COMPLEMENT | sh.CONJUNCTION)):
            return set()
        if read.verb[at] and read.owner[at] < 0:
            happens = read.words[at + 1] == "be" or clause.has(at + 1, "happening")
            return {at} if read.verb[at] & sh.MODAL and happens else set()
    return set()


def _walk_right(clause: Clause, reach: Reach) -> None:
    """Add adverbs and times behind the act, to the end of its clause, as background.

    What a journey is made for is no time of it ("arrived for the anniversary").
    """
    read = clause.read
    at = clause.verb_end if clause.is_verb else clause.core.act[1]
    may_pass = not clause.is_verb
    is_journey = clause.has(clause.head, "arriving") or clause.has(clause.head, "arrival")
    while at < read.n:
        mark = clause.mark(at)
        tags = read.tags[at] if read.owner[at] < 0 else 0
        if mark == sh.HARD or (mark == sh.COMMA and (clause.opens_clause(at) or not _is_adverbial(clause, at, tags))):
            return
        if tags & (sh.RELATIVE | sh.COMPLEMENT) or (tags & sh.SUBORDINATE and not clause.is_plain(at)):
            return
        if read.verb[at] & (sh.PAST | sh.THIRD | sh.PARTICIPLE):
            if not may_pass:
                return
            may_pass = False
        if not (is_journey and clause.has(at, "occasion")):
            reach.background.add(at)
        at += 1


def _is_adverbial(clause: Clause, at: int, tags: int) -> bool:
    """Whether a word after a comma opens a time or an adverb, and no apposition."""
    return bool(tags & (sh.PREPOSITION | sh.ADVERB | sh.CALENDAR)) or clause.read.words[at] in ("last", "this", "next")


def _is_past_before(clause: Clause, subject: Subject, start: int) -> bool:
    read = clause.read
    if any(read.words[at] == "had" for at in range(start, clause.head)) and clause.head > start:
        return read.verb[clause.head] == sh.PARTICIPLE
    return subject.is_relative and clause.has(clause.head, "fighting") and bool(read.verb[clause.head] & sh.PAST)
