"""A message is either given up or handed over, never both."""

from monitor.channels.passage import Passage


def test_what_was_given_up_is_not_handed_over() -> None:
    passage = Passage()

    assert passage.abandon()
    assert not passage.may_commit()


def test_what_was_handed_over_can_not_be_given_up() -> None:
    passage = Passage()

    assert passage.may_commit()
    assert not passage.abandon()
    assert passage.is_committed


def test_giving_up_frees_the_one_who_waits_also_if_it_comes_first() -> None:
    early, late = Passage(), Passage()
    freed: list[str] = []

    early.when_abandoned(lambda: freed.append("early"))
    early.abandon()
    late.abandon()
    late.when_abandoned(lambda: freed.append("late"))

    assert freed == ["early", "late"]
