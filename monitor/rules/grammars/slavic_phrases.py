"""The noun phrases of a Russian or Ukrainian sentence: what governs each mention, in which case, at what depth."""

from dataclasses import dataclass, field

from monitor.rules.grammars import slavic_words as sw
from monitor.rules.grammars.slavic_words import ANY, Line


@dataclass(slots=True, kw_only=True)
class Phrase:
    """A noun with its adjectives and genitives, and the preposition before it.

    `cases` are those in which its head may stand. `mentions` are those in it with their depth: 0 for the head itself
    and what stands beside it ("министр обороны РФ *Шойгу*"), 1 and more for a genitive inside, -1 for an adjective.
    """

    start: int
    end: int
    prep: str = ""
    prep_at: int = -1
    cases: int = ANY
    head: int = -1
    mentions: dict[int, int] = field(default_factory=dict)

    def holds(self, span: tuple[int, int]) -> bool:
        """Whether some of these words are in the phrase."""
        return self.start < span[1] and span[0] < self.end


def phrases_of(line: Line) -> tuple[list[Phrase], list[int]]:
    """All noun phrases, and the index of the phrase of each word, -1 for none."""
    work = _Phrasing(line)
    work.run()
    of_word = [-1] * line.n
    for index, phrase in enumerate(work.phrases):
        for at in range(phrase.start, phrase.end):
            of_word[at] = index
    return work.phrases, of_word


class _Phrasing:
    """Walks over a sentence from left to right."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.phrases: list[Phrase] = []
        self.now: Phrase | None = None
        self.depth = 0
        self.pending = ANY
        """The cases of the adjectives before the next noun."""
        self.waiting: list[int] = []
        self.joined: Phrase | None = None
        """The phrase before an `и` or a comma, whose preposition the next one may share."""
        self.is_comma = False

    def run(self) -> None:
        line = self.line
        at = 0
        while at < line.n:
            if line.marks[at]:
                is_list = line.marks[at] == sw.COMMA and self.now is not None and self.now.prep and self.now.head >= 0
                listed = self.now if is_list else None
                self.close()
                self.joined, self.is_comma = listed, listed is not None
            prep = line.preps.get(at)
            if prep is not None:
                self.close()
                self.now = Phrase(start=at, end=at + prep[1], prep=prep[0], prep_at=at)
                self.phrases.append(self.now)
                at += prep[1]
                continue
            if line.owner[at] >= 0:
                at = self.mention(line.owner[at])
                continue
            kinds = line.kinds[at]
            if kinds & sw.PARTICIPLE and at and line.has(at - 1, "be"):
                self.close()  # "были поставлены"
            elif kinds & sw.ADJECTIVE:
                self.adjective(at, line.cases[at], -1)
            elif kinds & sw.NOUN:
                self.noun(at, at + 1, line.cases[at], -1)
            else:
                self.other(at)
            at += 1
        self.close()

    def other(self, at: int) -> None:
        """A word that is no part of a phrase; `и` lets the next one share what stood before."""
        if self.line.has(at, "conjunction") and self.now is not None and self.now.head >= 0:
            self.joined, self.now, self.is_comma = self.now, None, False
            self.reset()
            return
        if self.line.has(at, "adverb") and self.now is not None and self.now.head < 0:
            return
        self.close()
        self.joined = None

    def close(self) -> None:
        self.now = None
        self.reset()

    def reset(self) -> None:
        self.depth, self.pending, self.waiting = 0, ANY, []

    def open(self, at: int, cases: int = ANY) -> Phrase:
        """A new phrase; in a list ("против банков, компаний и граждан") it shares what stood before the first."""
        now = Phrase(start=at, end=at)
        is_listed = not self.is_comma or (not cases & sw.N and self.joined is not None and cases & self.joined.cases)
        if self.joined is not None and is_listed:
            now.prep, now.prep_at = self.joined.prep, self.joined.prep_at
            self.joined = None
        self.phrases.append(now)
        self.now = now
        self.depth = 0
        return now

    def mention(self, index: int) -> int:
        mention = self.line.sentence.mentions[index]
        end = min(mention.last, self.line.n)
        cases = self.line.cases[mention.first]
        if self.line.kinds[mention.first] & sw.ADJECTIVE:
            cases = self.line.cases[end - 1]
            self.adjective(mention.first, cases, index)
            if self.now is not None:
                self.now.end = end
        else:
            self.noun(mention.first, end, cases, index)
        return end

    def adjective(self, at: int, cases: int, index: int) -> None:
        now = self.now
        if now is not None and now.head >= 0 and not (self.pending & cases & sw.G):
            self.close()
            now = None
        if now is None:
            now = self.open(at, cases)
        narrowed = self.pending & cases
        if not narrowed:
            self.close()
            now = self.open(at)
            narrowed = cases
        self.pending = narrowed
        now.end = at + 1
        if index >= 0:
            self.waiting.append(index)

    def noun(self, at: int, end: int, cases: int, index: int) -> None:
        now = self.now
        if index < 0 and now is not None and now.end == at and now.head >= 0 and self.line.sentence.gaps[at] == "-":
            now.end = end  # "премьер-министр", "в пресс-службе": the last part tells the case
            if not now.mentions:
                now.cases = cases if now.prep == "" else cases & ~sw.N or cases
            return
        own = self.pending & cases or cases
        if now is not None and now.head >= 0 and not self._extends(now, at, own, index):
            waiting, begun = self.waiting, now
            first = min((self.line.sentence.mentions[one].first for one in waiting), default=at)
            self.close()
            if waiting:
                begun.end = first
            now = self.open(first)
            self.waiting = waiting
        elif now is None:
            now = self.open(at, own)
        if now.head < 0:
            now.head, now.cases = at, own if now.prep == "" else own & ~sw.N or own
            depth = 0
        else:
            depth = self._depth(now, at, own, index)
            if depth == 0:
                now.cases &= own
            self.depth = max(self.depth, depth)
        for one in self.waiting:
            now.mentions[one] = -1 if depth == 0 else depth
        self.waiting, self.pending = [], ANY
        if index >= 0:
            now.mentions[index] = depth
        now.end = end

    def _extends(self, now: Phrase, at: int, cases: int, index: int) -> bool:
        """Whether a noun behind another belongs to it: a genitive, or a name beside a title."""
        if index >= 0 and self._is_beside(now, at, cases, index):
            return True
        last = self.line.owner[now.end - 1]
        if last >= 0 and not self.waiting and now.mentions.get(last, -1) >= 0 and index < 0:
            kind = self.line.sentence.mentions[last].actors[0].kind
            if kind in ("state", "person"):
                return False  # a state or a person has no genitive behind it: "в Пхеньян министра"
        if last >= 0 and index >= 0 and now.mentions.get(last, -1) >= 0:
            # "служба разведки Южной Кореи", and not "Россия Украине"
            return self.line.sentence.mentions[last].actors[0].kind == "organisation" and bool(cases & sw.G)
        return bool(cases & sw.G)

    def _is_beside(self, now: Phrase, at: int, cases: int, index: int) -> bool:
        actor = self.line.sentence.mentions[index].actors[0]
        has_title = any(
            self.line.has(probe, "official") for probe in range(now.start, at) if self.line.owner[probe] < 0
        )
        return actor.kind == "person" and has_title and bool(cases & now.cases)

    def _depth(self, now: Phrase, at: int, cases: int, index: int) -> int:
        if index >= 0 and self._is_beside(now, at, cases, index):
            return 0
        return self.depth + 1
