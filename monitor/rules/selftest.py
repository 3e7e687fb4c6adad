"""The tests inside the rules: each text must give the hits that it names, and no other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.errors import Place
from monitor.model import ActorCode, Article, ArticleId, FeedId, Hit, RuleId
from monitor.rules.compile import RuleSet
from monitor.rules.files import Expected, Rule, RuleTest
from monitor.rules.load import Pack
from monitor.rules.match import match
from monitor.text.tokens import read

FIXED_DATE = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""The moment of a test that names none, so that it gives the same answer on every day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestFailure:
    """A test that did not give its hits: what it expected and what was found, in words."""

    __test__ = False  # pytest takes a class of this name for a test of its own

    rule: RuleId
    place: Place
    text: str
    expected: tuple[str, ...]
    found: tuple[str, ...]
    because: str

    def __str__(self) -> str:
        return f"{self.place}: {self.rule}: {self.because}"


def run_tests(rules: Iterable[Rule], find_hits: Callable[[Article], Sequence[Hit]]) -> tuple[TestFailure, ...]:
    """Every test that fails.

    `find_hits` gives the hits of all rules in an article; those of other rules don't count.
    """
    failures = []
    for rule in rules:
        for number, test in enumerate(rule.tests, 1):
            hits = [hit for hit in find_hits(article_of_test(rule, number, test)) if hit.rule == rule.id]
            missing, surplus = _compared(test.expect, hits)
            if missing or surplus:
                failures.append(_failure(rule, test, hits, missing, surplus))
    return tuple(failures)


def test_failures(pack: Pack, ruleset: RuleSet) -> tuple[TestFailure, ...]:
    """Every test of a pack that fails, by the matcher itself."""
    return run_tests(pack.rules, lambda article: match(ruleset, read(article, ruleset.languages)))


test_failures.__test__ = False  # type: ignore[attr-defined]  # pytest reads it: a name that begins with test_


def article_of_test(rule: Rule, number: int, test: RuleTest) -> Article:
    """The article that a test describes."""
    moment = test.published or FIXED_DATE
    return Article(
        id=ArticleId(f"test {number} of {rule.id}"),
        feed=FeedId("rules check"),
        url="",
        title=test.title,
        text=test.text,
        lang=test.lang,
        outlet=test.outlet,
        published=moment,
        fetched_at=moment,
    )


def _compared(expect: Sequence[Expected], hits: Sequence[Hit]) -> tuple[list[Expected], list[Hit]]:
    """What was expected and not found, and what was found and not expected; each hit answers one expectation."""
    open_hits = list(hits)
    missing = []
    # the stricter ones choose first
    for expected in sorted(expect, key=lambda one: (one.attribution is None) + (one.quantities is None)):
        found = next((hit for hit in open_hits if _answers(expected, hit)), None)
        if found is None:
            missing.append(expected)
        else:
            open_hits.remove(found)
    return missing, open_hits


def _answers(expected: Expected, hit: Hit) -> bool:
    wanted, parties = (expected.source, expected.target), (hit.source, hit.target)
    is_same = wanted == parties or (hit.is_reciprocal and wanted == parties[::-1])
    if not is_same or expected.status != hit.status:
        return False
    if expected.quantities is not None and sorted(expected.quantities) != sorted(_amounts(hit)):
        return False
    return expected.attribution is None or sorted(expected.attribution) == sorted(hit.attribution)


def _amounts(hit: Hit) -> tuple[str, ...]:
    """The quantities of a hit as written."""
    return tuple(one.text for one in hit.quantities)


def _failure(
    rule: Rule, test: RuleTest, hits: Sequence[Hit], missing: Sequence[Expected], surplus: Sequence[Hit]
) -> TestFailure:
    expected = tuple(_told_expected(one) for one in test.expect) or ("no hit",)
    found = tuple(_told_hit(hit) for hit in hits) or ("no hit",)
    return TestFailure(
        rule=rule.id,
        place=test.place,
        text=test.title or test.text,
        expected=expected,
        found=found,
        because=_because(missing, surplus),
    )


def _because(missing: Sequence[Expected], surplus: Sequence[Hit]) -> str:
    """The difference as a clause: what is wrong with the one hit found, or what is missing, or too much."""
    if len(missing) == 1 and len(surplus) == 1:
        return _difference(missing[0], surplus[0])
    parts = []
    if missing:
        parts.append(f"not found: {'; '.join(_told_expected(one) for one in missing)}")
    if surplus:
        parts.append(f"not expected: {'; '.join(_told_hit(hit) for hit in surplus)}")
    return ", ".join(parts)


def _difference(expected: Expected, hit: Hit) -> str:
    if (expected.source, expected.target) == (hit.target, hit.source) and expected.source != expected.target:
        return f"the wrong way round: {_parties(hit.source, hit.target, is_reciprocal=hit.is_reciprocal)}"
    wrong = [
        f"{role} is {found or 'empty'} and not {wanted or 'empty'}"
        for role, wanted, found in (
            ("source", expected.source, hit.source),
            ("target", expected.target, hit.target),
            ("status", expected.status, hit.status),
        )
        if wanted != found
    ]
    if expected.attribution is not None and sorted(expected.attribution) != sorted(hit.attribution):
        wrong.append(f"attribution is {_codes(hit.attribution)} and not {_codes(expected.attribution)}")
    if expected.quantities is not None and sorted(expected.quantities) != sorted(_amounts(hit)):
        wrong.append(f"quantities are {_quoted(_amounts(hit))} and not {_quoted(expected.quantities)}")
    return ", ".join(wrong)


def _told_expected(expected: Expected) -> str:
    said = "" if expected.attribution is None else f", said by {_codes(expected.attribution)}"
    amounts = "" if expected.quantities is None else f", {_quoted(expected.quantities)}"
    return f"{_parties(expected.source, expected.target)} {expected.status}{said}{amounts}"


def _told_hit(hit: Hit) -> str:
    said = f", said by {_codes(hit.attribution)}" if hit.attribution else ""
    return f"{_parties(hit.source, hit.target, is_reciprocal=hit.is_reciprocal)} {hit.status}{said}"


def _parties(source: ActorCode | None, target: ActorCode | None, *, is_reciprocal: bool = False) -> str:
    return f"{source or 'nobody'} {'and' if is_reciprocal else '->'} {target or 'nobody'}"


def _codes(codes: Iterable[ActorCode]) -> str:
    return " and ".join(sorted(codes)) or "nobody"


def _quoted(texts: Iterable[str]) -> str:
    return " and ".join(f'"{text}"' for text in texts) or "nothing counted"
