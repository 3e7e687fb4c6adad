"""The law of material change."""

import pytest

from monitor.material import material_since, number_in_words, said_of
from monitor.model import Material, Said, Severity, Status
from tests.builders import NAMES, a_hit, a_story, a_told, codes


def sayings(*pairs: tuple[Status, str]) -> frozenset[Said]:
    return frozenset(Said(status=status, side=side) for status, side in pairs)


@pytest.mark.parametrize(
    ("told", "new", "kind", "words"),
    [
        pytest.param(
            [("alleged", "KOR")], ("denied", "RUS"), "denial",
            "status: alleged (South Korea) -> now also denied (Russia)", id="a denial",
        ),
        pytest.param(
            [("alleged", "KOR"), ("denied", "RUS")], ("denied", "PRK"), "denial",
            "status: alleged (South Korea), denied (Russia) -> now also denied (North Korea)", id="another denial",
        ),
        pytest.param(
            [("asserted", "")], ("asserted", "RUS"), "party-confirms",
            "status: reported as fact -> now also confirmed (Russia)", id="a party's own word",
        ),
        pytest.param(
            [("asserted", ""), ("asserted", "RUS")], ("asserted", "PRK"), "party-confirms",
            "status: reported as fact, confirmed (Russia) -> now also confirmed (North Korea)", id="the other party's",
        ),
        pytest.param(
            [("alleged", "KOR")], ("alleged", "UKR"), "status",
            "status: alleged (South Korea) -> now also alleged (Ukraine)", id="a second side claims it",
        ),
        pytest.param(
            [("hypothetical", "RUS")], ("asserted", ""), "status",
            "status: planned or possible (Russia) -> now also reported as fact", id="done after it was planned",
        ),
        pytest.param(
            [("alleged", "KOR")], ("asserted", ""), "status",
            "status: alleged (South Korea) -> now also reported as fact", id="reported as fact at last",
        ),
        pytest.param(
            [("historical", "")], ("asserted", ""), "status", "status: reported as fact", id="after background alone",
        ),
    ],
)  # fmt: skip
def test_a_status_new_from_its_side_is_told(
    told: list[tuple[Status, str]], new: tuple[Status, str], kind: Material, words: str
) -> None:
    story = a_story(said=sayings(*told, new))

    assert material_since(a_told(said=sayings(*told)), story, NAMES) == ((kind, words),)


@pytest.mark.parametrize(
    ("told", "new"),
    [
        pytest.param([("asserted", "")], ("asserted", ""), id="another outlet with the same"),
        pytest.param([("alleged", "KOR")], ("alleged", ""), id="outlets say what a side said"),
        pytest.param([("denied", "RUS")], ("denied", ""), id="outlets repeat a denial"),
        pytest.param([("asserted", "")], ("asserted", "KOR"), id="somebody else's word for a fact"),
        pytest.param([("asserted", "")], ("alleged", "KOR"), id="a claim after the fact"),
        pytest.param([("asserted", "")], ("hypothetical", "RUS"), id="a plan after the fact"),
        pytest.param([("hypothetical", "RUS")], ("hypothetical", "PRK"), id="a second word for a plan"),
        pytest.param([("asserted", "")], ("historical", ""), id="background"),
        pytest.param([("asserted", "")], ("historical", "KOR"), id="a side's background"),
    ],
)
def test_what_somebody_told_already_is_nothing(told: list[tuple[Status, str]], new: tuple[Status, str]) -> None:
    story = a_story(said=sayings(*told, new))

    assert material_since(a_told(said=sayings(*told)), story, NAMES) == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (3000, 11000, ["soldiers: 3,000 -> 11,000"]),
        (100, 125, ["soldiers: 100 -> 125"]),
        (100, 124, []),
        (100, 80, []),
        (0, 0, []),
    ],
)
def test_a_quantity_is_new_from_a_quarter_above(old: float, new: float, words: list[str]) -> None:
    told, story = a_told(quantities={"soldiers": old}), a_story(quantities={"soldiers": new})

    assert [found for _, found in material_since(told, story, NAMES)] == words


def test_another_unit_is_no_higher_quantity() -> None:
    assert material_since(a_told(quantities={"soldiers": 3}), a_story(quantities={"USD": 9e9}), NAMES) == ()


@pytest.mark.parametrize(("old", "new", "is_told"), [("medium", "critical", True), ("critical", "medium", False)])
def test_a_higher_severity_is_told(old: Severity, new: Severity, is_told: bool) -> None:
    found = material_since(a_told(severity=old), a_story(severity=new), NAMES)

    assert found == ((("severity", f"severity: {old} -> {new}"),) if is_told else ())


def test_denials_come_first_then_the_firmest() -> None:
    said = sayings(("alleged", "UKR"), ("asserted", "PRK"), ("denied", "RUS"))

    found = material_since(a_told(said=sayings(("alleged", "KOR"))), a_story(said=said), NAMES)

    assert [kind for kind, _ in found] == ["denial", "party-confirms", "status"]


def test_a_hit_says_it_once_for_each_speaker_or_for_the_outlet() -> None:
    assert said_of(a_hit(status="alleged", attribution=codes("KOR UKR"))) == sayings(
        ("alleged", "KOR"), ("alleged", "UKR")
    )
    assert said_of(a_hit(status="denied")) == sayings(("denied", ""))


def test_a_medium_is_no_side() -> None:
    hit = a_hit(status="alleged", attribution=codes("REUTERS UKR"), agencies=codes("REUTERS"))

    assert said_of(hit) == sayings(("alleged", "UKR"))
    assert said_of(a_hit(attribution=codes("REUTERS"), agencies=codes("REUTERS"))) == sayings(("asserted", ""))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (11000, "11,000"),
        (1.5, "1.5"),
        (3.2e8, "320 million"),
        (1.3e9, "1.3 billion"),
        (100, "100"),
        (2e12, "2 trillion"),
    ],
)
def test_numbers_read_as_a_desk_writes_them(value: float, words: str) -> None:
    assert number_in_words(value) == words
