"""The tests inside rules are complete: a hit missing, a hit too many and a wrong side all fail, in words."""

from collections.abc import Callable, Sequence

import pytest

from monitor.model import Article, Hit, Quantity
from monitor.rules.compile import compile_pack
from monitor.rules.load import Pack, load
from monitor.rules.selftest import FIXED_DATE, run_tests, test_failures
from tests.builders import a_hit
from tests.unit.rules.packs import RIGHT


def a_pack(expect: str, *, event: str = "arms-supply") -> Pack:
    """The right pack with one test in its rule."""
    text = RIGHT["right.toml"].replace("arms-supply", event)
    pack, problems = load(
        {**RIGHT, "right.toml": f'{text}[[rule.test]]\ntext = "Iran sent soldiers."\nexpect = {expect}\n'}
    )
    assert problems == ()
    return pack


def answering(*hits: Hit) -> Callable[[Article], Sequence[Hit]]:
    """A matcher that finds these hits in every article."""
    return lambda _: hits


IRAN_TO_RUSSIA = '{ source = "IRN", target = "RUS" }'


@pytest.mark.parametrize(
    ("expect", "hits", "because"),
    [
        (IRAN_TO_RUSSIA, [], "not found: IRN -> RUS asserted"),
        ('"none"', [("IRN", "RUS", "asserted")], "not expected: IRN -> RUS asserted"),
        (IRAN_TO_RUSSIA, [("RUS", "IRN", "asserted")], "the wrong way round: RUS -> IRN"),
        (IRAN_TO_RUSSIA, [("IRN", None, "denied")], "target is empty and not RUS, status is denied and not asserted"),
        (
            IRAN_TO_RUSSIA,
            [("IRN", "RUS", "asserted"), ("PRK", "RUS", "asserted")],
            "not expected: PRK -> RUS asserted",
        ),
        (
            '{ source = "IRN", target = "RUS", attribution = "PRK" }',
            [("IRN", "RUS", "asserted")],
            "attribution is nobody and not PRK",
        ),
    ],
)
def test_a_failure_says_what_is_wrong(expect: str, hits: list[tuple[str, str | None, str]], because: str) -> None:
    pack = a_pack(expect)
    found = [
        a_hit(rule="right", source=source, target=target, status=status, attribution=(), is_reciprocal=False)
        for source, target, status in hits
    ]

    failures = run_tests(pack.rules, answering(*found))

    assert [failure.because for failure in failures] == [because]
    assert (failures[0].rule, failures[0].place.line) == ("right", 11)


def test_hits_of_other_rules_do_not_count() -> None:
    pack = a_pack('"none"')

    assert run_tests(pack.rules, answering(a_hit(rule="another"))) == ()


def test_parties_of_a_reciprocal_event_have_no_order() -> None:
    pack = a_pack(IRAN_TO_RUSSIA.replace("IRN", "SUR").replace("RUS", "IRN").replace("SUR", "RUS"), event="pact")
    hit = a_hit(rule="right", source="IRN", target="RUS", status="asserted", is_reciprocal=True)

    assert run_tests(pack.rules, answering(hit)) == ()


def test_a_test_without_a_date_is_judged_at_the_fixed_one() -> None:
    seen: list[Article] = []

    run_tests(a_pack('"none"').rules, lambda article: seen.append(article) or [])  # type: ignore[func-returns-value]  # keeps and answers

    assert [article.published for article in seen] == [FIXED_DATE]


def test_the_matcher_itself_is_run() -> None:
    text = RIGHT["right.toml"] + '[[rule.test]]\ntext = "Iran sent soldiers to Russia."\nexpect = "none"\n'
    pack, _ = load({**RIGHT, "right.toml": text})

    failures = test_failures(pack, compile_pack(pack))

    assert [failure.found for failure in failures] == [("IRN -> RUS asserted",)]


def test_a_test_may_say_what_is_counted() -> None:
    amounts = (
        Quantity(text="3,000 soldiers", unit="soldiers", value=3000.0),
        Quantity(text="$2bn", unit="USD", value=2e9),
    )
    hit = a_hit(rule="right", source="IRN", target="RUS", status="asserted", attribution=(), quantities=amounts)

    right = a_pack('{ source = "IRN", target = "RUS", quantities = ["$2bn", "3,000 soldiers"] }')
    wrong = a_pack('{ source = "IRN", target = "RUS", quantities = ["some 3,000 soldiers"] }')
    silent = a_pack('{ source = "IRN", target = "RUS", quantities = [] }')

    assert run_tests(right.rules, answering(hit)) == run_tests(a_pack(IRAN_TO_RUSSIA).rules, answering(hit)) == ()
    assert [failure.because for pack in (wrong, silent) for failure in run_tests(pack.rules, answering(hit))] == [
        'quantities are "3,000 soldiers" and "$2bn" and not "some 3,000 soldiers"',
        'quantities are "3,000 soldiers" and "$2bn" and not nothing counted',
    ]
