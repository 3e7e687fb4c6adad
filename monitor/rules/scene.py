"""An article under the rules: what the one search found, and its sentences as grammar and operators see them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from operator import itemgetter

from monitor.model import Reading, Status
from monitor.rules.compile import CompiledEntry, Meaning, RuleSet
from monitor.rules.line import line_of
from monitor.rules.mentions import Place, listed, standing
from monitor.rules.quantities import Counted, quantities_in
from monitor.rules.sentence import Mention, Named, Sentence
from monitor.rules.sieve import Found
from monitor.rules.spans import Asked, Key, Span, View
from monitor.rules.standins import Searched, stand_ins
from monitor.text.borders import begins_word, stands_alone, stands_apart
from monitor.text.fold import folded
from monitor.text.language import UNSPACED
from monitor.text.tokens import words_in

_CLOSES_ABBREVIATION = 2
"""A word of at most so many letters, or with a point inside, takes the point behind it ("N. Korea", "U.S.")."""


_SPACES = frozenset({" ", "\u3000", "  "})
_end = itemgetter(2)


def _places(mask: int) -> Iterator[int]:
    """The places of the bits that are set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Scenes:
    """The one search over an article. `scenes` stand in the order of the reading's sentences."""

    def __init__(self, ruleset: RuleSet, reading: Reading) -> None:
        self.ruleset = ruleset
        self.reading = reading
        self.language = ruleset.languages.of(reading.lang)
        vocabulary = ruleset.vocabulary_in(reading.lang)
        self.meanings, self.needles = vocabulary.meanings, vocabulary.needles
        self._found: list[Found] = vocabulary.automaton.find_matches_as_indexes(reading.folded, overlapping=True)
        searched = Searched(
            folded=reading.folded,
            starts=self._starts,
            found=self._found,
            meanings=self.meanings,
            needles=self.needles,
            written=lambda pin, begin, end: reading.whole[slice(*self._characters(pin, begin, end))],
        )
        if added := stand_ins(searched, self.language.classes.get("pair", frozenset())):
            self._found = sorted((*self._found, *added), key=_end)
        self._truths: dict[tuple[str, int, int], bool] = {}
        self._made: dict[int, Scene] = {}

    @property
    def scenes(self) -> list["Scene"]:
        """The sentences."""
        return [self.scene(index) for index in range(len(self.reading.sentences))]

    def scene(self, index: int) -> "Scene":
        """One sentence, the same one each time."""
        scene = self._made.get(index)
        if scene is None:
            scene = self._made[index] = Scene(self, index)
        return scene

    def forget(self) -> None:
        """Let go of the sentences: they know the article, and a circle would wait for the garbage collector."""
        self._made.clear()

    def survivors(self, *, sieve: bool = True) -> Iterator[tuple[CompiledEntry, "Scene"]]:
        """The entries to run, in their order, each with the sentences to run it on; all on all without the sieve."""
        entries = self.ruleset.entries
        if not sieve:
            for compiled in entries:
                if compiled.entry.lang in ("", self.reading.lang):
                    yield from ((compiled, scene) for scene in self.scenes)
            return
        for index, mask in self.ruleset.sieve_in(self.reading.lang).survivors(self._found, self._starts):
            compiled = entries[index]
            for place in _places(mask):
                yield compiled, self.scene(place)

    def part(self, where: str, index: int) -> Sequence["Scene"]:
        """The sentences of a part of the article, seen from sentence `index`."""
        if where == "sentence":
            return [self.scene(index)]
        if where == "title":
            return [self.scene(index) for index, number in enumerate(self.reading.paragraphs) if number == 0]
        if where == "paragraph":
            mine = self.reading.paragraphs[index]
            return [
                scene
                for scene, paragraph in zip(self.scenes, self.reading.paragraphs, strict=True)
                if paragraph == mine
            ]
        return self.scenes

    def is_true(self, where: str, index: int, asked: Asked) -> bool:
        """Whether a part of the article, seen from sentence `index`, satisfies a pattern; "sentence" is that one alone.

        Remembered for each part: asked anew by every finding, an article costs the square of its sentences.
        """
        place = index if where == "sentence" else self.reading.paragraphs[index] if where == "paragraph" else 0
        about = (where, place, id(asked))
        if about not in self._truths:
            self._truths[about] = asked.holds(tuple(self.part(where, index)))
        return self._truths[about]

    def within(self, index: int) -> Iterator[tuple[Meaning, int, int]]:
        """What was found in a sentence: meanings with their characters."""
        start = self._starts[index]
        low = bisect_right(self._found, start, key=_end)
        for pin, begin, end in islice(self._found, low, None):
            if index + 1 < len(self._starts) and end > self._starts[index + 1]:
                break
            meaning = self.meanings[pin]
            if begin + 1 >= start:
                yield meaning, *self._characters(pin, begin, end)

    def named(self, found: Iterable[tuple[Meaning, int, int]]) -> list[tuple[int, int, tuple[Named, ...]]]:
        """The names that count of those found in a sentence, as (start, end, actors) in characters."""
        places = [
            Place(start, stop, name)
            for meaning, start, stop in found
            for name in meaning.names
            if not name.is_apart or self.is_apart(start, stop)
        ]
        strong = self._strong if any(one.name.is_weak for one in places) else frozenset()
        return standing(places, self.reading.whole, self.reading.article.published.date(), strong)

    def is_apart(self, start: int, stop: int) -> bool:
        """Whether a stretch of characters is a word by itself, particles behind it."""
        if self.reading.lang in UNSPACED:
            return stands_alone(self.reading.whole, start, stop, self.language.classes)
        return stands_apart(self.reading.whole, start, stop, self.language.classes["particle"])

    @cached_property
    def _starts(self) -> list[int]:
        """Where each sentence begins in the folded bytes."""
        origins = self.reading.origins
        if origins is None:
            return [start + 1 for start, _ in self.reading.sentences]
        return [bisect_left(origins, start) for start, _ in self.reading.sentences]

    @cached_property
    def _strong(self) -> frozenset[str]:
        """The actors that the article names in full somewhere: their weak names count in all of it."""
        strong: set[str] = set()
        for pin, begin, end in self._found:
            meaning = self.meanings[pin]
            if not meaning.names or not self._is_in_one_sentence(begin, end):
                continue
            for name in meaning.names:
                if name.is_weak or name.is_never or name.actor.id in strong:
                    continue
                place = self._characters(pin, begin, end)
                if name.is_apart and not self.is_apart(*place):
                    continue
                if not name.cased or self.reading.whole[slice(*place)] == name.cased:
                    strong.add(name.actor.id)
        return frozenset(strong)

    def _is_in_one_sentence(self, begin: int, end: int) -> bool:
        """Whether a find lies in one sentence, as `within` gives it: a space of its needle may touch the next."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and begin + 1 >= self._starts[index]

    def _characters(self, pin: int, begin: int, end: int) -> Span:
        """The characters of a needle without the spaces at its ends."""
        needle, origins = self.needles[pin], self.reading.origins
        first, last = begin + (needle[0] == 32), end - 1 - (needle[-1] == 32)
        return (first - 1, last) if origins is None else (origins[first], origins[last] + 1)


class Scene(View):
    """One sentence with all that the search found in it; words and mentions are laid out when first asked for."""

    def __init__(self, article: Scenes, index: int) -> None:
        self.article = article
        self.index = index
        self._spans: dict[Key, list[Span]] = {}
        self._naming: dict[str, frozenset[int]] = {}

    @property
    def text(self) -> str:
        """The sentence as it was written."""
        start, end = self.article.reading.sentences[self.index]
        return self.article.reading.whole[start:end]

    def words_at(self, start: int, end: int) -> Span:
        """The words that characters `start` to `end` of the sentence touch."""
        offset = self.article.reading.sentences[self.index][0]
        return self._span(offset + start, offset + end)

    @property
    def is_title(self) -> bool:
        """Whether this sentence is the article's title, or a piece of one that is longer than any sentence."""
        return self.article.reading.paragraphs[self.index] == 0

    @cached_property
    def _found(self) -> tuple[tuple[Meaning, int, int], ...]:
        """What was found in it, with its characters."""
        return tuple(self.article.within(self.index))

    @cached_property
    def _places(self) -> Mapping[Key, list[Span]]:
        """Where each key stands, in characters; a key of exact writing only where it is written so."""
        whole = self.article.reading.whole
        places: dict[Key, list[Span]] = defaultdict(list)
        for meaning, start, stop in self._found:
            for key in meaning.keys:
                places[key].append((start, stop))
            for key, written in meaning.cased:
                if written == whole[start:stop]:
                    places[key].append((start, stop))
            if meaning.apart and self.article.is_apart(start, stop):
                for key in meaning.apart:
                    places[key].append((start, stop))
            if meaning.begun and begins_word(whole, start):
                for key in meaning.begun:
                    places[key].append((start, stop))
        return places

    @cached_property
    def cues(self) -> Mapping[Status, list[Span]]:
        """The cue words of each status, in characters."""
        found: dict[Status, list[Span]] = defaultdict(list)
        for meaning, start, stop in self._found:
            for cue in meaning.cues:
                found[cue].append((start, stop))
        return found

    @cached_property
    def words(self) -> list[Span]:
        """The words as (start, end) in characters of the whole text."""
        return words_in(
            self.article.reading.whole, *self.article.reading.sentences[self.index], self.article.reading.lang
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.words]

    @cached_property
    def sentence(self) -> Sentence:
        """The sentence as grammar sees it."""
        whole = self.article.reading.whole
        raw = tuple([whole[start:end] for start, end in self.words])
        words = tuple([word.lower() if word.isascii() else _comparable(word) for word in raw])
        gaps = self._gaps(raw)
        mentions: list[Mention] = []
        for start, end, actors in self.article.named(self._found):
            first, last = self._span(start, end)
            if mentions and first < mentions[-1].last:  # two names in one word ("Korea·Japan"): a list
                before = mentions.pop()
                together = tuple(dict.fromkeys((*before.actors, *actors)))
                mentions.append(Mention(first=before.first, last=last, actors=together, tail=self._tail(last, end)))
            elif first < last:
                mentions.append(Mention(first=first, last=last, actors=actors, tail=self._tail(last, end)))
        return Sentence(
            lang=self.article.reading.lang,
            words=words,
            raw=raw,
            gaps=gaps,
            mentions=listed(
                mentions,
                words,
                gaps,
                is_title=self.is_title and not self._marks_topics,
                has_topic=self.is_title and self._marks_topics,
            ),
            is_title=self.is_title,
            cues={
                status: tuple(dict.fromkeys(self._span(*one) for one in found)) for status, found in self.cues.items()
            },
        )

    @cached_property
    def stretch(self) -> int:
        """How many words of the sentence count as one where distances are measured."""
        return 2 if self.article.reading.lang in UNSPACED else 1

    @property
    def _marks_topics(self) -> bool:
        """Whether a comma at a headline's head marks who it is about ("김정은, 러 대표단 접견") and joins no list."""
        return "topic" in self.article.language.classes

    def _tail(self, last: int, end: int) -> str:
        """What a name's last word still holds behind it; characters `end` are where the name ends."""
        return self.article.reading.whole[end : self.words[last - 1][1]]

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """The numbers, sums of money and dates of the sentence."""
        reading = self.article.reading
        line = line_of(self.sentence, reading.whole, self.words)
        return quantities_in(line, self.article.language, reading.article.published.date())

    def spans_of(self, key: Key) -> Sequence[Span]:
        """Where the words of a key stand, ascending; sought once for all rules."""
        spans = self._spans.get(key)
        if spans is None:
            if key[0] == "actor":
                mentions = self.sentence.mentions
                spans = [(mentions[at].first, mentions[at].last) for at in sorted(self.naming(key[1]))]
            else:
                spans = sorted({self._span(start, end) for start, end in self._places.get(key, ())})
            self._spans[key] = spans
        return spans

    def naming(self, name: str) -> frozenset[int]:
        """The mentions (indexes) that name an actor, one of a group or one of a kind; sought once for all rules."""
        found = self._naming.get(name)
        if found is None:
            allowed = self.article.ruleset.allowed[name]
            found = self._naming[name] = frozenset(
                index
                for index, mention in enumerate(self.sentence.mentions)
                if not allowed.isdisjoint([actor.id for actor in mention.actors])
            )
        return found

    def part(self, where: str) -> Sequence["Scene"]:
        """The sentences of a part of the article."""
        return self.article.part(where, self.index)

    def is_true(self, where: str, asked: Asked) -> bool:
        """Whether a part of the article satisfies a pattern."""
        return self.article.is_true(where, self.index, asked)

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
        position, end = self.article.reading.sentences[self.index]
        gaps = []
        for index, (first, last) in enumerate((*self.words, (end, end))):
            gap = whole[position:first]
            position = last
            if gap in _SPACES and self.stretch > 1:
                gaps.append(" ")  # a headline's only mark
                continue
            if gap == " " or not gap:  # as nearly all are
                gaps.append("")
                continue
            # a hyphen between white space is a dash: "... to Russia - Ukraine" parts what "Russia-Ukraine" joins
            gap = "—" if gap in (" - ", " – ") else "".join(gap.split())
            if gap.startswith(".") and index and self._is_abbreviation(raw[index - 1]):
                gap = gap[1:]
            gaps.append(gap)
        return tuple(gaps)

    def _is_abbreviation(self, word: str) -> bool:
        is_short = len(word) < _CLOSES_ABBREVIATION and word.isupper()
        return is_short or "." in word or word.casefold() in self.article.language.abbreviations


def _comparable(word: str) -> str:
    """A word in small letters without accents, its apostrophe straight."""
    plain = word.replace("’", "'").replace("ʼ", "'")
    return plain.lower() if plain.isascii() else folded(plain) or plain
