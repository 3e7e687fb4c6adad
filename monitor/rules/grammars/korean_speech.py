"""Who only says so in Korean: speakers of a headline's quotation, of 밝혔다 and 보도했다, of 에 따르면."""

from monitor.rules.grammars import korean_words as kw
from monitor.rules.grammars.korean_clause import Clause

_SAYS = (kw.SUBJECT, kw.TOPIC, kw.HEADLINE)


def speakers_of(clause: Clause) -> list[int]:
    """The mentions that say what the act is part of; media always. None but media where the act is presupposed."""
    read = clause.read
    speaks = bool(read.quote[clause.act[0]]) or clause.speech_at >= 0 or read.has_source
    found = [
        index
        for index in range(len(read.sentence.mentions))
        if is_medium(clause, index) or (speaks and _speaks(clause, index))
    ]
    if clause.is_presupposed():
        return [index for index in found if is_medium(clause, index)]
    return found


def is_medium(clause: Clause, index: int) -> bool:
    """Whether a mention is a newspaper, agency or broadcaster."""
    return all(actor.kind == "media" for actor in clause.read.sentence.mentions[index].actors)


def _speaks(clause: Clause, index: int) -> bool:
    read = clause.read
    mention = read.sentence.mentions[index]
    case, end = read.case(index, clause.stops)
    quote = read.quote[clause.act[0]]
    if end < read.n and read.words[end].startswith(kw.ACCORDING):
        return True
    if case == kw.QUOTING:
        return bool(quote) and end < read.n and read.quote[end] == quote
    speech = clause.speech_at
    if speech < 0 or case not in _SAYS:
        return False
    if mention.last > clause.span[0]:
        return mention.first >= clause.act[1] and end <= speech + 1 and case != kw.HEADLINE
    if quote:
        return read.quote[mention.first] != quote and case != kw.HEADLINE
    return case == kw.TOPIC or has_later_subject(clause, index)


def has_later_subject(clause: Clause, index: int) -> bool:
    """Whether another name between this one and the act is the act's subject."""
    read = clause.read
    own = read.sentence.mentions[index]
    for other, mention in enumerate(read.sentence.mentions):
        if mention.first >= own.last and mention.last <= clause.act[0] and not mention.codes & own.codes:
            case, end = read.case(other, clause.stops)
            if case == kw.SUBJECT and end <= clause.act[0] and not clause.relative_before(end):
                return True
    return False
