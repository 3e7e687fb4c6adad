"""How well each rule is covered in each language: what its tests say there, and which lexicons have no words."""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.model import RuleId
from monitor.rules.files import Entry, Rule
from monitor.rules.load import Pack
from monitor.rules.operators import LexiconRef, Node, Not, Or

COMPLETE = ("en", "fr", "ja", "ko", "ru", "uk", "zh")
"""The languages in which every shipped rule has words and tests; a hole in one of them fails a house test."""
SMALL_WORDS = "small-words.toml"
"""The file of the lexicons of prepositions. Of an entry that is built on these nothing is asked in a language that has
none of them, since particles say there what prepositions say elsewhere."""
WANTED = 2
"""The tests of each kind that a rule has in a language that is complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A rule in a language: its tests that must give a hit, those that must not, the lexicons it lacks words of."""

    rule: RuleId
    lang: str
    hits: int
    misses: int
    wordless: tuple[str, ...]
    """Lexicons without words there that an entry of the rule can't do without."""

    @property
    def is_hole(self) -> bool:
        """Whether the rule is not covered there: too few tests of a kind, or an entry that can never hold."""
        return min(self.hits, self.misses) < WANTED or bool(self.wordless)


def languages_of(pack: Pack) -> tuple[str, ...]:
    """The languages in which any lexicon has words, English first."""
    found = {code for lexicon in pack.lexicons.values() for code, terms in lexicon.terms.items() if terms}
    return tuple(sorted(found, key=lambda code: (code != "en", code)))


def covers(pack: Pack, langs: tuple[str, ...]) -> tuple[Cover, ...]:
    """Every rule in every one of these languages, rule by rule. O(rules * languages * operators)."""
    return tuple(_cover(rule, lang, pack) for rule in pack.rules for lang in langs)


def _cover(rule: Rule, lang: str, pack: Pack) -> Cover:
    tests = [test for test in rule.tests if test.lang == lang]
    hits = sum(bool(test.expect) for test in tests)
    wordless = dict.fromkeys(name for entry in rule.match for name in _lacking_in(entry, lang, pack))
    return Cover(rule=rule.id, lang=lang, hits=hits, misses=len(tests) - hits, wordless=tuple(wordless))


def _lacking_in(entry: Entry, lang: str, pack: Pack) -> Iterator[str]:
    """The lexicons without words for which an entry can't hold in a language; none where it is for another one."""
    if entry.lang and entry.lang != lang:
        return
    nodes = [node for node in (entry.act, entry.object, entry.pattern) if node is not None]
    names = [name for node in nodes for name in _lacking(node, lang, pack)]
    small = _small_words(pack)
    if small.isdisjoint(names) or any(pack.lexicons[name].terms.get(lang) for name in small):
        yield from names


def _small_words(pack: Pack) -> frozenset[str]:
    return frozenset(name for name, lexicon in pack.lexicons.items() if lexicon.place.file.endswith(SMALL_WORDS))


def _lacking(node: Node, lang: str, pack: Pack) -> tuple[str, ...]:
    """The lexicons whose lack of words keeps a node from ever holding; of an OR only where no branch can hold."""
    if isinstance(node, LexiconRef):
        lexicon = pack.lexicons.get(node.name)
        return () if lexicon is not None and lexicon.terms.get(lang) else (node.name,)
    if isinstance(node, Not):
        return ()
    lacking = [_lacking(child, lang, pack) for child in node.children()]
    if isinstance(node, Or) and not all(lacking):
        return ()
    return tuple(name for names in lacking for name in names)
