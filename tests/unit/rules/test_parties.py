"""Who is weighed for the sides of an act where a sentence names many."""

from monitor.rules.match import match
from monitor.rules.parties import PARTIES_LIMIT
from monitor.rules.recorder import Recorder
from monitor.rules.sentence import Sides
from monitor.text.tokens import read
from tests.builders import an_article
from tests.unit.rules.packs import a_rule
from tests.unit.rules.test_match import compiled

WIDE = a_rule(entry='act = "#send"\nobject = "#troops"\nsource = "@russia"\ntarget = "@iran"\nwithin.actors = 40\n')


def sides(text: str) -> Sides:
    """The mentions that each side may take at the one act of a text."""
    ruleset, recorder = compiled(WIDE), Recorder()
    match(ruleset, read(an_article(title="", text=text), ruleset.languages), recorder)
    (seen,) = recorder.seen
    return seen.sides


def test_of_many_names_that_fit_the_nearest_on_either_side_of_the_act_are_weighed() -> None:
    many = PARTIES_LIMIT + 3
    before, behind = "near Iran " * many, " via Iran" * many
    found = sides(f"Russia {before}sent troops{behind}.")
    first = 1 + many  # the first mention behind the act
    assert found.target == frozenset(range(first - PARTIES_LIMIT, first + PARTIES_LIMIT))


def test_names_that_do_not_fit_a_side_take_nobody_s_place_in_it() -> None:
    assert sides("Russia " + "near Iran " * (PARTIES_LIMIT + 3) + "sent troops to Iran.").source == frozenset({0})
