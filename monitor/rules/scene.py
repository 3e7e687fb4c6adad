"""An article under the rules: what the one search found, and its sentences as grammar and operators see them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from monitor.model import Reading
from monitor.rules.compile import RuleSet
from monitor.rules.mentions import Place, listed, standing
from monitor.rules.sentence import Mention, Named, Sentence
from monitor.rules.spans import Key, Span, View
from monitor.text.fold import folded
from monitor.text.tokens import words_in

_CLOSES_ABBREVIATION = 2
"""A word of at most so many letters, or with a point inside, takes the point behind it ("N. Korea", "U.S.")."""


class Scenes:
    """The one search over an article. `scenes` stand in the order of the reading's sentences."""

    def __init__(self, ruleset: RuleSet, reading: Reading) -> None:
        self.ruleset = ruleset
        self.reading = reading
        self.language = ruleset.languages.of(reading.lang)
        self.scenes = tuple(Scene(self, index) for index in range(len(reading.sentences)))
        self._masks: dict[Key, int] = defaultdict(int)
        self._search()

    def mask(self, key: Key) -> int:
        """The sentences that hold a key, as bits."""
        return self._masks.get(key, 0)

    def part(self, where: str, index: int) -> Sequence["Scene"]:
        """The sentences of a part of the article, seen from sentence `index`."""
        if where == "title":
            return self.scenes[:1] if self.reading.has_title else ()
        if where == "paragraph":
            mine = self.reading.paragraphs[index]
            return [
                scene
                for scene, paragraph in zip(self.scenes, self.reading.paragraphs, strict=True)
                if paragraph == mine
            ]
        return self.scenes

    def _search(self) -> None:
        """Find every needle once and hand each to its sentence. O(length + matches)."""
        ruleset, reading = self.ruleset, self.reading
        meanings, needles = ruleset.meanings_in(reading.lang), ruleset.needles
        origins, data = reading.origins, reading.folded
        starts = [start for start, _ in reading.sentences]
        places: list[Place] = []
        for pin, begin, end in ruleset.automaton.find_matches_as_indexes(data, overlapping=True):
            meaning = meanings[pin]
            if meaning is None:
                continue
            needle = needles[pin]
            first, last = begin + (needle[0] == 32), end - 1 - (needle[-1] == 32)
            start = first - 1 if origins is None else origins[first]
            stop = (last - 1 if origins is None else origins[last]) + 1
            index = bisect_right(starts, start) - 1
            if index < 0 or stop > reading.sentences[index][1]:
                continue
            scene, bit = self.scenes[index], 1 << index
            for key in meaning.keys:
                scene.places[key].append((start, stop))
                self._masks[key] |= bit
            for key, cased in meaning.cased:
                if reading.whole[start:stop] == cased:
                    scene.places[key].append((start, stop))
                    self._masks[key] |= bit
            for cue in meaning.cues:
                scene.cues[cue].append((start, stop))
            places.extend(Place(start, stop, name) for name in meaning.names)
        for start, stop, actors in standing(places, reading.whole, reading.article.published.date()):
            index = bisect_right(starts, start) - 1
            self.scenes[index].named.append((start, stop, actors))
        self._mask_actors()

    def _mask_actors(self) -> None:
        """The bits of the keys that stand for actors, from the names that count."""
        ids = {
            index: {actor.id for _, _, actors in scene.named for actor in actors}
            for index, scene in enumerate(self.scenes)
            if scene.named
        }
        for name, allowed in self.ruleset.allowed.items():
            for index, named in ids.items():
                if not allowed.isdisjoint(named):
                    self._masks["actor", name] |= 1 << index


class Scene(View):
    """One sentence with all that the search found in it; words and mentions are laid out when first asked for."""

    def __init__(self, article: Scenes, index: int) -> None:
        self.article = article
        self.index = index
        self.places: dict[Key, list[Span]] = defaultdict(list)
        self.cues: dict[str, list[Span]] = defaultdict(list)
        self.named: list[tuple[int, int, tuple[Named, ...]]] = []

    @property
    def is_title(self) -> bool:
        """Whether this sentence is the article's title."""
        return self.index == 0 and self.article.reading.has_title

    @cached_property
    def words(self) -> list[Span]:
        """The words as (start, end) in characters of the whole text."""
        return words_in(self.article.reading.whole, *self.article.reading.sentences[self.index])

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.words]

    @cached_property
    def sentence(self) -> Sentence:
        """The sentence as grammar sees it."""
        whole = self.article.reading.whole
        raw = tuple(whole[start:end] for start, end in self.words)
        words = tuple(_comparable(word) for word in raw)
        gaps = self._gaps(raw)
        mentions: list[Mention] = []
        for start, end, actors in self.named:
            first, last = self._span(start, end)
            if mentions and first < mentions[-1].last:  # two names in one word ("Korea·Japan"): a list
                before = mentions.pop()
                together = tuple(dict.fromkeys((*before.actors, *actors)))
                mentions.append(Mention(first=before.first, last=last, actors=together))
            elif first < last:
                mentions.append(Mention(first=first, last=last, actors=actors))
        return Sentence(
            lang=self.article.reading.lang,
            words=words,
            raw=raw,
            gaps=gaps,
            mentions=listed(mentions, words, gaps, is_title=self.is_title),
            is_title=self.is_title,
            cues={
                status: tuple(dict.fromkeys(self._span(*one) for one in found)) for status, found in self.cues.items()
            },
        )

    def spans_of(self, key: Key) -> Sequence[Span]:
        """Where the words of a key stand, ascending."""
        if key[0] == "actor":
            allowed = self.article.ruleset.allowed[key[1]]
            return [
                (mention.first, mention.last)
                for mention in self.sentence.mentions
                if any(actor.id in allowed for actor in mention.actors)
            ]
        return sorted({self._span(start, end) for start, end in self.places.get(key, ())})

    def part(self, where: str) -> Sequence["Scene"]:
        """The sentences of a part of the article."""
        return self.article.part(where, self.index)

    def characters(self, first: int, last: int) -> Span:
        """The characters of the whole text that words `first` to `last` (exclusive) cover."""
        return self.words[first][0], self.words[last - 1][1]

    def _span(self, start: int, end: int) -> Span:
        """The words that a stretch of characters touches."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        return first, max(bisect_left(self._starts, end), first + 1)

    def _gaps(self, raw: tuple[str, ...]) -> tuple[str, ...]:
        """The marks before each word and after the last, the point of an abbreviation left out."""
        whole = self.article.reading.whole
        start, end = self.article.reading.sentences[self.index]
        gaps = []
        position = start
        for index in range(len(raw) + 1):
            following = self.words[index][0] if index < len(raw) else end
            gap = whole[position:following]
            # a hyphen between white space is a dash: "... to Russia - Ukraine" parts what "Russia-Ukraine" joins
            gap = "—" if gap in (" - ", " – ") else "".join(gap.split())
            if gap.startswith(".") and index and self._is_abbreviation(raw[index - 1]):
                gap = gap[1:]
            gaps.append(gap)
            position = self.words[index][1] if index < len(raw) else end
        return tuple(gaps)

    def _is_abbreviation(self, word: str) -> bool:
        is_short = len(word) < _CLOSES_ABBREVIATION and word.isupper()
        return is_short or "." in word or word.casefold() in self.article.language.abbreviations


def _comparable(word: str) -> str:
    """A word in small letters without accents, its apostrophe straight."""
    plain = word.replace("’", "'").replace("ʼ", "'")
    return plain.lower() if plain.isascii() else folded(plain) or plain
