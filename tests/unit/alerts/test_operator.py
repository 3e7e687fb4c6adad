"""An operator is told of each trouble once, and once more when it is mended."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.operator import MANY, QUIET, Judgement, bearers, compose_notice, judge
from monitor.model import ChannelName
from monitor.trouble import KnownTrouble, Trouble
from tests.builders import NOON, minutes

DESK, OPS = ChannelName("desk"), ChannelName("ops")


def a_trouble(key: str = "feed:alder", **changes: Any) -> Trouble:
    given: dict[str, Any] = {
        "key": key, "title": f"{key} fails", "place": key, "problem": "It answers 503.", "remedy": "look at it",
    }  # fmt: skip
    return Trouble(**(given | changes))


def after(judged: Judgement, before: dict[str, KnownTrouble] | None = None) -> dict[str, KnownTrouble]:
    """What is known once a judgement was written."""
    return {**(before or {}), **{one.trouble.key: one for one in judged.known}}


def said(judged: Judgement) -> list[tuple[str, list[str]]]:
    return [(notice.says, [one.key for one in notice.troubles]) for notice in judged.notices]


def test_a_trouble_is_told_once_and_again_when_it_is_mended() -> None:
    first = judge([a_trouble()], {}, ["feed"], NOON)
    again = judge([a_trouble()], after(first), ["feed"], NOON + minutes(1))
    over = judge([], after(first), ["feed"], NOON + minutes(2))
    later = judge([], after(over, after(first)), ["feed"], NOON + minutes(3))

    assert said(first) == [("trouble", ["feed:alder"])]
    assert said(again) == []
    assert said(over) == [("mended", ["feed:alder"])]
    assert over.notices[0].first == first.notices[0].id
    assert said(later) == []


def test_one_that_comes_back_is_told_again() -> None:
    first = judge([a_trouble()], {}, ["feed"], NOON)
    over = judge([], after(first), ["feed"], NOON + minutes(2))

    back = judge([a_trouble()], after(over), ["feed"], NOON + minutes(9))

    assert said(back) == [("trouble", ["feed:alder"])]
    assert back.notices[0].id != first.notices[0].id


def test_only_the_kinds_that_were_looked_at_are_mended() -> None:
    first = judge([a_trouble("rules:mine.toml")], {}, ["rules"], NOON)

    assert said(judge([], after(first), ["feed"], NOON + minutes(1))) == []


def test_another_mistake_in_the_same_file_is_told_as_a_change() -> None:
    first = judge([a_trouble("rules:a", version="1")], {}, ["rules"], NOON)

    changed = judge([a_trouble("rules:a", version="2")], after(first), ["rules"], NOON + minutes(1))

    assert said(changed) == [("changed", ["rules:a"])]
    assert changed.known[0].since == NOON


def test_many_of_a_kind_at_once_are_one_notice_both_ways() -> None:
    keys = [f"feed:{number}" for number in range(MANY + 1)]

    came = judge([a_trouble(key) for key in keys], {}, ["feed"], NOON)
    went = judge([], after(came), ["feed"], NOON + minutes(5))

    assert said(came) == [("trouble", keys)]
    assert said(went) == [("mended", keys)]


def test_a_trace_that_was_told_and_mended_is_not_raised_again_and_a_new_one_is() -> None:
    lost = a_trouble("channel:desk", mark="2026-11-24T12:00")
    first = judge([lost], {}, ["channel"], NOON)
    over = judge([], after(first), ["channel"], NOON + minutes(1))

    same = judge([lost], after(over), ["channel"], NOON + minutes(2))
    new = judge([a_trouble("channel:desk", mark="2026-11-24T12:07")], after(over), ["channel"], NOON + minutes(8))

    assert said(same) == []
    assert said(new) == [("trouble", ["channel:desk"])]


def test_a_daemon_that_dies_at_every_start_is_told_once_in_a_while() -> None:
    ended = [a_trouble("daemon:end", mark=str(number), is_passing=True) for number in range(3)]
    first = judge(ended[:1], {}, [], NOON)

    soon = judge(ended[1:2], after(first), [], NOON + minutes(1))
    later = judge(ended[2:], after(first), [], NOON + QUIET)

    assert said(first) == [("passing", ["daemon:end"])]
    assert said(soon) == []
    assert said(later) == [("passing", ["daemon:end"])]


@given(st.lists(st.sets(st.sampled_from("abcdefgh")), max_size=12))
def test_what_was_told_and_what_was_mended_always_come_in_turns(rounds: list[set[str]]) -> None:
    known: dict[str, KnownTrouble] = {}
    told: dict[str, list[str]] = {}
    for number, keys in enumerate([*rounds, set()]):
        judged = judge([a_trouble(f"feed:{key}") for key in keys], known, ["feed"], NOON + timedelta(minutes=number))
        known = after(judged, known)
        for notice in judged.notices:
            for trouble in notice.troubles:
                told.setdefault(trouble.key, []).append(notice.says)

    assert all(sayings == ["trouble", "mended"] * (len(sayings) // 2) for sayings in told.values())
    assert not any(one.is_open for one in known.values())


def test_a_channel_does_not_carry_the_news_of_its_own_death_while_another_can() -> None:
    [notice] = judge([a_trouble("channel:ops", about=OPS)], {}, ["channel"], NOON).notices

    assert bearers(notice, [OPS, DESK]) == (DESK,)
    assert bearers(notice, [OPS]) == (OPS,)


def test_the_message_says_what_where_and_what_to_do_and_then_that_it_is_mended() -> None:
    first = judge([a_trouble()], {}, ["feed"], NOON)
    over = judge([], after(first), ["feed"], NOON + minutes(5))

    trouble, mended = (compose_notice(one.notices[0], NOON, zone=NOON.tzinfo) for one in (first, over))  # type: ignore[arg-type] # NOON is aware

    assert (trouble.headline, trouble.statement, trouble.severity) == ("feed:alder fails", "It answers 503.", "high")
    assert dict(trouble.facts).keys() == {"Where", "What to do", "Since"}
    assert (mended.headline, mended.severity) == ("Mended: feed:alder fails", "info")
    assert mended.first_alert == trouble.alert
