"""What is measured: each engine is built from a workload and says of an article which rules hold in one sentence.

All get the article as (title, text) and split it by the same sentences; all but ours answer with the index of
`Index`, so that the difference is how they find words.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from time import process_time
from typing import Protocol

import numpy as np

from bench.workload import Workload
from monitor.model import Article, ArticleId, FeedId, Languages, Reading
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.match import match
from monitor.rules.scene import Scenes
from monitor.text.fold import fold
from monitor.text.tokens import read

Text = tuple[str, str]


_NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)


class Engine(Protocol):
    """A way to find the rules of a text."""

    name: str

    def scan(self, text: Text) -> set[int]:
        """The rules that hold in some sentence of the text."""


def article(text: Text) -> Article:
    """The text as the daemon has it."""
    return Article(
        id=ArticleId("a"), feed=FeedId("f"), url="https://news.example/a", title=text[0], text=text[1], lang="en",
        outlet="Example", published=_NOON, fetched_at=_NOON,
    )  # fmt: skip


class Ours:
    """The program's own matcher: reading, search, sieve, roles and status, hits."""

    name = "ours"

    def __init__(self, texts: dict[str, str]) -> None:
        began = process_time()
        pack, problems = load(texts)
        if problems:
            raise ValueError(problems[0].in_full())
        self.load_s = process_time() - began
        self.ruleset: RuleSet = compile_pack(pack)
        self.scan(("", "Nothing."))  # what is made when first asked for belongs to the building
        self.build_s = process_time() - began - self.load_s

    def scan(self, text: Text) -> set[int]:
        hits = match(self.ruleset, read(article(text), self.ruleset.languages))
        return {int(hit.rule[1:]) for hit in hits}

    def by_words(self, text: Text) -> set[int]:
        """The rules whose words stand in one sentence, before grammar has a say: what the others can find."""
        reading = read(article(text), self.ruleset.languages)
        return {
            int(compiled.rule.id[1:])
            for compiled, scene in Scenes(self.ruleset, reading).survivors()
            if all(node is None or node.find(scene) for node in (compiled.entry.act, compiled.entry.object))
        }


class BareAutomaton:
    """The limit from Python: fold the letters and run our automaton, and do nothing with what it finds."""

    name = "bare automaton"

    def __init__(self, ours: Ours) -> None:
        self._automaton = ours.ruleset.vocabulary_in("en").automaton
        self._fold = fold

    def scan(self, text: Text) -> set[int]:
        self._automaton.find_matches_as_indexes(self._fold(f"{text[0]}\n\n{text[1]}").data, overlapping=True)
        return set()


class Index:
    """From groups found in sentences to rules: masks of sentences, all rules by their first group at once."""

    def __init__(self, workload: Workload) -> None:
        self._count = len(workload.groups)
        self._columns = np.array(workload.rules, dtype=np.int64).reshape(-1, 3).T.copy()

    def rules(self, found: Iterable[tuple[int, int]]) -> set[int]:
        """The rules of which every group was found in one sentence. Texts of more than 64 sentences go in blocks."""
        by_block: dict[int, dict[int, int]] = {}
        for group, sentence in found:
            masks = by_block.setdefault(sentence // 64, {})
            masks[group] = masks.get(group, 0) | 1 << sentence % 64
        rules: set[int] = set()
        for masks in by_block.values():
            all_masks = np.zeros(self._count, dtype=np.uint64)
            all_masks[list(masks)] = np.fromiter(masks.values(), dtype=np.uint64, count=len(masks))
            first, second, third = self._columns
            alive = np.flatnonzero(all_masks[first])
            mask = all_masks[first[alive]] & all_masks[second[alive]]
            kept = np.flatnonzero(mask)
            alive, mask = alive[kept], mask[kept] & all_masks[third[alive[kept]]]
            rules.update(alive[np.flatnonzero(mask)].tolist())
        return rules


class ReLoop:
    """One alternation a group; of each rule the three are tried on the whole text, and then sentence by sentence."""

    name = "re loop"

    def __init__(self, workload: Workload, languages: Languages) -> None:
        self._languages = languages
        groups = [re.compile(rf"\b(?:{'|'.join(map(re.escape, group))})\b") for group in workload.groups]
        self._rules = [(groups[one], groups[two], groups[three]) for one, two, three in workload.rules]

    def scan(self, text: Text) -> set[int]:
        whole, sentences = _sentences(text, self._languages)
        lower = whole.lower()
        found = set()
        for index, (one, two, three) in enumerate(self._rules):
            if one.search(lower) and two.search(lower) and three.search(lower):
                for start, end in sentences:
                    part = lower[start:end]
                    if one.search(part) and two.search(part) and three.search(part):
                        found.add(index)
                        break
        return found


class Spacy:
    """PhraseMatcher of a blank English pipeline, on lower-cased words, warmed; a key for each group."""

    name = "spaCy"

    def __init__(self, workload: Workload, languages: Languages) -> None:
        import spacy
        from spacy.matcher import PhraseMatcher

        self._languages = languages
        self._index = Index(workload)
        self._nlp = spacy.blank("en")
        self._nlp.max_length = 1 << 30
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._groups: dict[int, int] = {}
        for group, phrases in enumerate(workload.groups):
            self._matcher.add(f"g{group}", [self._nlp.make_doc(phrase) for phrase in phrases])
            self._groups[self._nlp.vocab.strings[f"g{group}"]] = group

    def scan(self, text: Text) -> set[int]:
        whole, sentences = _sentences(text, self._languages)
        starts = [start for start, _ in sentences]
        doc = self._nlp.make_doc(whole)
        found = [
            (self._groups[key], sentence)
            for key, first, last in self._matcher(doc)
            if (sentence := bisect_right(starts, doc[first].idx) - 1) == bisect_right(starts, doc[last - 1].idx) - 1
        ]
        return self._index.rules(found)


class Hyperscan:
    """Hyperscan in literal mode on our folded text, phrases with a space on both sides, and the index behind it."""

    name = "hyperscan"

    def __init__(self, workload: Workload, languages: Languages) -> None:
        import hyperscan

        self._languages = languages
        self._index = Index(workload)
        holders: dict[str, list[int]] = {}
        for group, phrases in enumerate(workload.groups):
            for phrase in phrases:
                holders.setdefault(phrase, []).append(group)
        self._groups = list(holders.values())
        needles = [f" {phrase} ".encode() for phrase in holders]
        self.database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self.database.compile(
            expressions=needles, ids=list(range(len(needles))), elements=len(needles),
            flags=[0] * len(needles), literal=True,
        )  # fmt: skip
        self._lengths = [len(one) for one in needles]

    def scan(self, text: Text) -> set[int]:
        reading = read(article(text), self._languages)
        starts = [start + 1 for start, _ in reading.sentences] if reading.origins is None else _starts(reading)
        matches: list[tuple[int, int]] = []
        append = matches.append

        def on_match(id_: int, _start: int, end: int, _flags: int, _context: object) -> None:
            append((id_, end))

        self.database.scan(reading.folded, match_event_handler=on_match)
        lengths, groups = self._lengths, self._groups
        return self._index.rules(
            (group, sentence)
            for id_, end in matches
            if (sentence := bisect_right(starts, end - 2) - 1) == bisect_right(starts, end - lengths[id_] + 1) - 1
            for group in groups[id_]
        )


def _sentences(text: Text, languages: Languages) -> tuple[str, Sequence[tuple[int, int]]]:
    reading = read(article(text), languages)
    return reading.whole, reading.sentences


def _starts(reading: Reading) -> list[int]:
    assert reading.origins is not None
    return [bisect_left(reading.origins, start) for start, _ in reading.sentences]


def others(workload: Workload, languages: Languages) -> list[tuple[str, Callable[[], Engine]]]:
    """The engines beside ours by name, to be built one after another."""
    return [
        (Spacy.name, lambda: Spacy(workload, languages)),
        (Hyperscan.name, lambda: Hyperscan(workload, languages)),
        (ReLoop.name, lambda: ReLoop(workload, languages)),
    ]
