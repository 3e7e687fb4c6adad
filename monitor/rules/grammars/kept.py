"""What a grammar keeps: the words of a language as it looks them up, and the sentences last asked about.

Every rule asks about each of its acts, for roles and for status. All answers follow from what they are kept with, so
keeping them changes none.
"""

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from monitor.model import Language
from monitor.rules.grammars.judgement import Judgement
from monitor.rules.sentence import Core, Sentence, Span

R_co = TypeVar("R_co", covariant=True)
T = TypeVar("T")
_LIMIT = 64
"""Sentences kept as read: more than those of one article in which rules have anything to ask."""


class _Kept(NamedTuple, Generic[R_co]):
    """A sentence as read in a language, with the judgements of its acts."""

    sentence: Sentence
    language: Language
    reading: R_co
    judgements: dict[tuple[Span, Span | None, bool], Judgement]


class Judgements(Generic[T]):
    """The judgements of the acts of the sentences last asked about: a sentence is read once, an act judged once."""

    def __init__(self, read: Callable[[Sentence, Language], T], judge: Callable[[T, Core, bool], Judgement]) -> None:
        """`read` lays a sentence out, `judge` looks at one act of it; the last argument is whether it is reciprocal."""
        self._read = read
        self._judge = judge
        self._kept: dict[int, _Kept[T]] = {}

    def of(self, sentence: Sentence, core: Core, language: Language, *, is_reciprocal: bool) -> Judgement:
        """The judgement of the act at `core`."""
        kept = self._kept.get(id(sentence))
        if kept is None or kept.sentence is not sentence or kept.language.classes is not language.classes:
            if len(self._kept) >= _LIMIT:
                self._kept.clear()
            kept = self._kept[id(sentence)] = _Kept(sentence, language, self._read(sentence, language), {})
        act = (core.act, core.object, is_reciprocal)
        judgement = kept.judgements.get(act)
        if judgement is None:
            judgement = kept.judgements[act] = self._judge(kept.reading, core, is_reciprocal)
        return judgement


def once_a_language(make: Callable[[Language], T]) -> Callable[[Language], T]:
    """`make`, called once for the classes of a language as they are now (a reload brings new ones)."""
    made: dict[str, tuple[object, T]] = {}

    def made_of(language: Language) -> T:
        known = made.get(language.code)
        if known is None or known[0] is not language.classes:
            known = made[language.code] = (language.classes, make(language))
        return known[1]

    return made_of
