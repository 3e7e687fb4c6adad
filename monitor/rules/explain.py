"""Why a rule hit an article, or missed it: the walk of `match` with a collector that keeps what it is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.model import Article, Reading, RuleId
from monitor.rules.compile import RuleSet
from monitor.rules.files import Rule
from monitor.rules.lexicons import Lexicon
from monitor.rules.match import match
from monitor.rules.misses import Miss, misses_of
from monitor.rules.recorder import Explained, Recorder


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a rule made of an article: its hits, or for each entry its nearest miss, the nearest of all first."""

    rule: RuleId
    article: Article
    hits: tuple[Explained, ...] = ()
    misses: tuple[Miss, ...] = ()


def explain(ruleset: RuleSet, lexicons: Mapping[str, Lexicon], reading: Reading, rule: Rule) -> Explanation:
    """Why a rule of the set hits an article, or what kept it from it. O(rules' own cost + sentences x operators)."""
    recorder = Recorder()
    match(ruleset, reading, recorder)
    hits = recorder.explained(rule.id)
    misses = () if hits else misses_of(ruleset, lexicons, reading, rule, recorder)
    return Explanation(rule=rule.id, article=reading.article, hits=hits, misses=misses)
