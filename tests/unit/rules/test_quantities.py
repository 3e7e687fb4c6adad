"""Numbers, money and dates: what a sentence counts, and what of it belongs to a hit."""

import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Quantity
from monitor.resources import shipped
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.match import match
from monitor.rules.quantities import distinct
from monitor.rules.scene import Scenes
from monitor.text.tokens import read
from tests.builders import an_article
from tests.unit.rules.marked import english
from tests.unit.rules.packs import RIGHT, a_rule

PUBLISHED = datetime(2026, 3, 15, 12, tzinfo=UTC)
TABLES = Path(__file__).parents[2] / "tables"
TABLE = tomllib.loads((TABLES / "quantities_en.toml").read_text(encoding="utf-8"))
ROWS = [pytest.param(text, expected, id=text[:60]) for rows in TABLE.values() for text, expected in rows]
SENDING = a_rule(entry='act = "#send"\nobject = "#troops"\nsource = "@state"\ntarget = "@state"\n')
PAYING = a_rule(entry='act = "pay"\nsource = "@state"\ntarget = "@state"\n')


@cache
def compiled(rule: str = "") -> RuleSet:
    """The small pack with English as it ships and one rule."""
    texts = {name: text for name, text in RIGHT.items() if name not in ("right.toml", "languages/en.toml")}
    language = (shipped("rules") / "languages" / "en.toml").read_text(encoding="utf-8")
    pack, problems = load({**texts, "languages/en.toml": language, **({"rule.toml": rule} if rule else {})})
    assert problems == ()
    return compile_pack(pack)


def counted(text: str, title: str = "") -> list[Quantity]:
    """Every quantity of an article, whether it belongs to a hit or not."""
    ruleset = compiled()
    scenes = Scenes(ruleset, read(an_article(title=title, text=text, published=PUBLISHED), ruleset.languages)).scenes
    return [one.quantity for scene in scenes for one in scene.counted]


def of_hit(rule: str, text: str, title: str = "") -> list[str]:
    """The quantities of the one hit of an article, as texts."""
    ruleset = compiled(rule)
    (hit,) = match(ruleset, read(an_article(title=title, text=text, published=PUBLISHED), ruleset.languages))
    return [told(one) for one in hit.quantities]


def told(quantity: Quantity) -> str:
    """A quantity as the table writes it."""
    bounds = [bound for bound in (quantity.value, quantity.low, quantity.high) if bound is not None]
    form = ".0f" if quantity.unit == "date" else ",.15g"
    mark = "~~" if quantity.is_vague else "~" if quantity.is_approximate else ""
    return f"{quantity.text} = {mark}{'..'.join(format(bound, form) for bound in bounds)} {quantity.unit}".rstrip()


# --- what a sentence counts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_a_sentence_counts_what_the_table_says(text: str, expected: list[str]) -> None:
    assert [told(one) for one in counted(text)] == expected


def test_the_table_holds_at_least_ninety_sentences() -> None:
    assert len(ROWS) >= 90


def test_a_headline_in_capitals_counts_too() -> None:
    found = counted("", title="N. Korea Is Expected to Send Additional 150 Ballistic Missiles")

    assert [told(one) for one in found] == ["150 Ballistic Missiles = 150 missiles"]


@pytest.mark.parametrize(
    ("published", "expected"),
    [(datetime(2026, 1, 2, tzinfo=UTC), 20251228), (datetime(2025, 12, 20, tzinfo=UTC), 20251228)],
)
def test_a_day_without_a_year_is_the_nearest(published: datetime, expected: int) -> None:
    ruleset = compiled()
    article = an_article(title="", text="They left on 28 December.", published=published)

    (found,) = Scenes(ruleset, read(article, ruleset.languages)).scenes[0].counted

    assert found.quantity.value == expected


def test_a_language_that_no_file_describes_counts_with_signs_alone() -> None:
    ruleset = compiled()
    article = an_article(title="", text="Сумма составила €2.5 и 40 % плана, 11 000 солдат.", lang="ru")

    scene = Scenes(ruleset, read(article, ruleset.languages)).scenes[0]

    assert [(one.quantity.text, one.quantity.unit) for one in scene.counted] == [("€2.5", "EUR"), ("40 %", "%")]


HAN_ROWS = [
    pytest.param(lang, text, expected, id=text)
    for lang in ("zh", "ja")
    for rows in tomllib.loads((TABLES / f"quantities_{lang}.toml").read_text(encoding="utf-8")).values()
    for text, expected in rows
]


@cache
def as_shipped(lang: str) -> RuleSet:
    """The small pack with one language as it ships."""
    language = (shipped("rules") / "languages" / f"{lang}.toml").read_text(encoding="utf-8")
    pack, _ = load({f"languages/{lang}.toml": language})  # its pair words name actors that are not here
    return compile_pack(pack)


@pytest.mark.parametrize(("lang", "text", "expected"), HAN_ROWS)
def test_a_sentence_in_han_letters_counts_what_the_table_says(lang: str, text: str, expected: list[str]) -> None:
    ruleset = as_shipped(lang)
    article = an_article(title="", text=text, lang=lang, published=PUBLISHED)

    scenes = Scenes(ruleset, read(article, ruleset.languages)).scenes

    assert [told(one.quantity) for scene in scenes for one in scene.counted] == expected


# --- what belongs to a hit --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Iran sent 3,000 soldiers to Russia.", ["3,000 soldiers = 3,000 soldiers"], id="inside the evidence"
        ),
        pytest.param(
            "About 3,000 soldiers were sent to Russia by Iran.", ["About 3,000 soldiers = ~3,000 soldiers"],
            id="before the object that begins the evidence",
        ),
        pytest.param(
            "Iran sent soldiers to Russia, 11,000 of them.", ["11,000 of them = 11,000 soldiers"], id="of them"
        ),
        pytest.param(
            "Iran sent soldiers to Russia, as many as 12,000.", ["as many as 12,000 = ~12,000 soldiers"],
            id="a number with no noun",
        ),
        pytest.param(
            "Iran sent soldiers to Russia, in all some 4,000 troops.", ["some 4,000 troops = ~4,000 soldiers"],
            id="the object in other words",
        ),
        pytest.param("After 300 lawmakers had met, Iran sent soldiers to Russia.", [], id="something else, outside"),
        pytest.param("Iran sent soldiers to Russia. Kyiv counts 200 tanks.", [], id="another sentence"),
        pytest.param("Iran sent soldiers to Russia with 300 years of history.", [], id="a duration"),
    ],
)  # fmt: skip
def test_a_hit_has_what_its_evidence_holds_and_what_counts_its_object(text: str, expected: list[str]) -> None:
    assert of_hit(SENDING, text) == expected


def test_a_hit_has_each_quantity_once() -> None:
    found = of_hit(SENDING, "Iran sent some 3,000 troops to Russia.", title="Iran sends 3,000 soldiers to Russia")

    assert found == ["3,000 soldiers = 3,000 soldiers"]


def test_where_the_rule_names_no_object_the_sum_beside_its_evidence_counts() -> None:
    assert of_hit(PAYING, "Russia pays Iran $3 million a month.") == ["$3 million a month = 3,000,000 USD per month"]
    assert of_hit(PAYING, "Russia pays Iran, says a bank in London that lost £5bn.") == []


# --- laws -------------------------------------------------------------------------------------------------------------

PIECES = (
    "some", "up to", "more than", "between", "and", "to", "or", "a", "an", "half", "several", "of", "them", "the", "in",
    "two", "three", "twenty", "hundred", "thousand", "million", "dozens", "hundreds", "tens", "third", "thirds", "per",
    "year", "month", "annually", "soldiers", "special forces", "missiles", "won", "dollars", "US dollars", "percent",
    "North Korea", "Russia", "KN-23", "T-90", "3,000", "11 000", "1.3", "6.5M", "2020", "1999", "7", "41", "12,", "$",
    "US$", "€", "%", "+", "-", "–", ":", "/", ".", ",", "(", "~", "bn", "May", "October", "8", "2024-10-08", "No.",
    "Group", "Resolution", "more", "or so", "155mm", "00", "0", "999999999999999", "1.2.3", "１２", "٣", "²", "½", "\n",
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=24), st.sampled_from([" ", "", "  "]))
def test_any_row_of_numbers_gives_quantities_that_stand_in_the_text(pieces: list[str], between: str) -> None:
    text = between.join(pieces)

    for quantity in counted(text):
        assert quantity.text
        assert quantity.text in text
        bounds = (quantity.low, quantity.high)
        assert (quantity.value is None) == (None not in bounds)
        assert all(isinstance(bound, float) and bound >= 0 for bound in (quantity.value, *bounds) if bound is not None)
        assert quantity.low is None or quantity.high is None or quantity.low < quantity.high


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_no_text_makes_counting_fail(text: str) -> None:
    assert all(one.text in text for one in counted(f"{text}"))


@given(st.integers(1, 999_999_999_999))
def test_a_whole_number_is_read_as_it_was_written(number: int) -> None:
    (found,) = counted(f"They fired {number:,} shells.")

    assert (found.value, found.unit) == (number, "shells")


@given(st.lists(st.sampled_from([Quantity(text=text, unit=unit, value=value) for text in ("a", "b")
                                 for unit in ("x", "y") for value in (1.0, 2.0)])))  # fmt: skip
def test_no_amount_is_told_twice(quantities: list[Quantity]) -> None:
    kept = distinct(quantities)

    assert {(one.unit, one.value) for one in kept} == {(one.unit, one.value) for one in quantities}
    assert len({(one.unit, one.value) for one in kept}) == len(kept)
    assert distinct(kept) == kept


# --- how a language counts, from its file -----------------------------------------------------------------------------


def test_english_counts_by_its_file() -> None:
    counting = english().counting

    assert counting.numbers["seventeen"] == 17
    assert counting.scales["bn"] == 1e9
    assert list(counting.many["dozens"]) == [24, 99]
    assert counting.units["military personnel"] == "soldiers"
    assert counting.units["missiles"] == counting.units["cruise missile"] == "missiles"


@pytest.mark.parametrize(
    "lines",
    ['numbers.dozen = ["dozen"]', 'many."99-24" = ["dozens"]', 'fractions."1/0" = ["none"]', 'scales.0 = ["nought"]'],
)
def test_a_key_that_is_no_number_is_named(lines: str) -> None:
    _, problems = load({"languages/xx.toml": f'code = "xx"\n[counting]\n{lines}\n'})

    assert [problem.place.line for problem in problems] == [3]
    assert "is no number" in problems[0].because
