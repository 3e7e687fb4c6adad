"""A sentence of Chinese or Japanese as one run of letters, with who is named where in it.

The program counts each Han letter and kana as a word. Grammar reads the run as a reader does, and gives back words.
"""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from monitor.model import Language
from monitor.rules.sentence import Core, Mention, Sentence

_OPENING, _CLOSING = '「『“《〈"', '」』”》〉"'
Letters2 = tuple[int, int]
"""A stretch of letters, end exclusive."""


@lru_cache(maxsize=512)
def any_of(words: frozenset[str]) -> re.Pattern[str]:
    """One of the words of a class, the longest first; nothing where there are none."""
    longest = sorted(words, key=lambda one: (-len(one), one))
    return re.compile("|".join(map(re.escape, longest)) or "(?!)")


class Run:
    """The letters of a sentence. `starts` says where each word begins in `text` (n + 1 of them); `quote` the number of
    the quotation that a letter stands in, or 0. White space is kept: a Japanese headline has no other mark.
    """

    def __init__(self, sentence: Sentence, language: Language) -> None:
        self.sentence = sentence
        self.language = language
        self.classes = language.classes
        pieces: list[str] = []
        self.starts: list[int] = []
        length = 0
        for gap, word in zip(sentence.gaps, (*sentence.words, ""), strict=False):
            self.starts.append(length + len(gap))
            pieces += (gap, word)
            length += len(gap) + len(word)
        self.text = "".join(pieces)
        self.names = [self.letters(one.first, one.last) for one in sentence.mentions]

    def letters(self, first: int, last: int) -> Letters2:
        """The letters of words `first` to `last` (exclusive)."""
        return self.starts[first], self.starts[last - 1] + len(self.sentence.words[last - 1])

    def words(self, start: int, end: int) -> Iterable[int]:
        """The words that begin in a stretch of letters."""
        return (at for at, begin in enumerate(self.starts[:-1]) if start <= begin < end)

    @cached_property
    def quote(self) -> list[int]:
        """The number of the quotation that each letter stands in; 0 outside, and for a short quoted name."""
        quote, number, opened = [0] * (len(self.text) + 1), 0, -1
        for at, letter in enumerate(self.text):
            if letter in _OPENING and opened < 0:
                number, opened = number + 1, at
            elif letter in _CLOSING and opened >= 0:
                if at - opened > _NAME:
                    quote[opened : at + 1] = [number] * (at + 1 - opened)
                opened = -1
        return quote

    def has(self, name: str, text: str) -> bool:
        """Whether a text holds a word of a class."""
        return any_of(self.classes.get(name, frozenset())).search(text) is not None

    def begins(self, name: str, at: int) -> re.Match[str] | None:
        """The word of a class that stands at letter `at`."""
        return any_of(self.classes.get(name, frozenset())).match(self.text, at)

    def ends(self, name: str, end: int) -> str:
        """The longest word of a class that ends right before letter `end`; empty if none."""
        found = [one for one in self.classes.get(name, ()) if self.text.endswith(one, 0, end)]
        return max(found, key=len, default="")

    def name_at(self, at: int) -> int:
        """The mention that begins at letter `at`; -1 if none."""
        for index, (start, _) in enumerate(self.names):
            if start == at:
                return index
        return -1

    def is_medium(self, index: int) -> bool:
        """Whether a mention is a newspaper, agency or broadcaster."""
        return all(actor.kind == "media" for actor in self.sentence.mentions[index].actors)

    def is_person(self, index: int) -> bool:
        """Whether a mention names persons alone."""
        return all(actor.kind == "person" for actor in self.mention(index).actors)

    def mention(self, index: int) -> Mention:
        """A mention of the sentence."""
        return self.sentence.mentions[index]

    def told(self, span: Letters2) -> str:
        """The text of a stretch."""
        return self.text[span[0] : span[1]]


_NAME = 9
"""Letters of a quoted name or title; what is longer is said by somebody."""


class CoreOfRun:
    """One act in a run of letters: where it, its object and both together stand."""

    def __init__(self, run: Run, core: Core) -> None:
        self.run = run
        self.core = core
        self.act = run.letters(*core.act)
        self.object = run.letters(*core.object) if core.object is not None else None
        self.spans = [self.act, *([self.object] if self.object else [])]
        self.span = min(one for one, _ in self.spans), max(one for _, one in self.spans)
