"""A verdict becomes a test of the rule."""

import tomllib
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.verdicts import block_of, extending, line_of_rule, with_test
from tests.builders import a_hit

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FILE = """\
# Ours.

[[rule]]
id = "one"

[[rule.test]]
text = "a"
expect = "none"

# The second.
[[rule]]
id = "two"
"""


def block(text: str = "North Korea sends soldiers", *, hits: bool = True) -> str:
    expected = [a_hit()] if hits else []
    return block_of(
        title="", text=text, lang="en", published=NOON, outlet="", expected=expected, because="ann: wrong\nactors"
    )


def test_what_must_hit_names_who_and_whom_and_how_sure() -> None:
    (test,) = tomllib.loads(extending("troop-transfer", block()))["rule"][0]["test"]

    assert test["expect"] == {"source": "PRK", "target": "RUS", "status": "asserted"}
    assert test["published"] == NOON


def test_what_was_wrong_must_not_hit() -> None:
    assert tomllib.loads(extending("troop-transfer", block(hits=False)))["rule"][0]["test"][0]["expect"] == "none"


def test_a_test_goes_to_the_end_of_its_rule_and_the_comment_of_the_next_stays_there() -> None:
    found = with_test(FILE, 3, block())

    first, second = tomllib.loads(found)["rule"]
    assert (len(first["test"]), second) == (2, {"id": "two"})
    assert found.endswith('# The second.\n[[rule]]\nid = "two"\n')


def test_the_last_rule_takes_it_at_the_end_of_the_file() -> None:
    assert len(tomllib.loads(with_test(FILE.rstrip("\n"), 11, block()))["rule"][1]["test"]) == 1


def test_the_line_of_a_rule_is_found_by_its_id() -> None:
    assert [line_of_rule(FILE, rule) for rule in ("one", "two", "three")] == [3, 11, None]
    assert line_of_rule("[[rule]", "one") is None


@given(st.text(min_size=1, max_size=80).filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text)))
def test_any_text_comes_back_but_for_its_carriage_returns(text: str) -> None:
    (test,) = tomllib.loads(extending("r", block(text)))["rule"][0]["test"]

    assert test["text"] == text.replace("\r", "")
