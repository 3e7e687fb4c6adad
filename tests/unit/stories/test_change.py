"""What a story's change says that is new, as `material` tells it with the story before."""

from monitor.model import Said
from monitor.stories.change import material
from tests.builders import NAMES, a_story


def test_an_opening_is_material() -> None:
    assert material(None, a_story(), NAMES) == (("opened", "opened: North Korea sends troops to Russia"),)


def test_a_story_that_stands_as_before_has_nothing_to_tell() -> None:
    assert material(a_story(), a_story(), NAMES) == ()


def test_a_denial_is_told_with_what_was_said_before() -> None:
    before = a_story(said=frozenset({Said(status="alleged", side="KOR")}))
    after = a_story(said=before.said | {Said(status="denied", side="RUS")})

    assert material(before, after, NAMES) == (("denial", "status: alleged (South Korea) -> now also denied (Russia)"),)
