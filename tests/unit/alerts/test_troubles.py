"""What is wrong with the monitor itself: which state of a part is a trouble, and in which words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from monitor.alerts import troubles as found
from monitor.errors import Place, Problem
from monitor.model import ChannelName, Feed, FeedId, PollState
from monitor.trouble import ChannelHealth, KnownTrouble, Life, Trouble
from tests.builders import NOON, minutes

DESK = ChannelName("desk")


def a_feed(name: str, **changes: Any) -> Feed:
    given: dict[str, Any] = {
        "id": FeedId(name), "url": f"https://{name}.example/feed", "title": name.title(), "kind": "rss",
        "every": timedelta(minutes=5), "outlet": name,
    }  # fmt: skip
    return Feed(**(given | changes))


def states(**failures: int) -> dict[str, PollState]:
    return {
        name: PollState(feed=FeedId(name), failures=count, last_error="http: the server answered 503" if count else "")
        for name, count in failures.items()
    }


def known(*troubles: Trouble) -> dict[str, KnownTrouble]:
    return {one.key: KnownTrouble(trouble=one, since=NOON, notice="n") for one in troubles}


def keys(troubles: list[Trouble]) -> list[str]:
    return [one.key for one in troubles]


ALDER, BIRCH, CEDAR = (a_feed(name) for name in ("alder", "birch", "cedar"))
FEEDS = [ALDER, BIRCH, CEDAR]


def test_a_feed_is_a_trouble_after_a_streak_and_not_before() -> None:
    few = found.feed_troubles(FEEDS, states(alder=found.FAILURES - 1, birch=0, cedar=0), {})
    [one] = found.feed_troubles(FEEDS, states(alder=found.FAILURES, birch=0, cedar=0), {})

    assert few == []
    assert one.place == "feed alder"
    assert "503" in one.problem
    assert "enabled = false" in one.remedy


def test_a_feed_that_is_switched_off_troubles_nobody() -> None:
    assert found.feed_troubles([replace(ALDER, is_enabled=False), BIRCH], states(alder=9, birch=0), {}) == []


def test_no_feed_at_all_is_one_trouble_until_half_of_them_answer() -> None:
    everything = found.feed_troubles(FEEDS, states(alder=4, birch=1, cedar=2), {})
    returning = found.feed_troubles(FEEDS, states(alder=4, birch=4, cedar=0), known(*everything))
    half = found.feed_troubles(FEEDS, states(alder=4, birch=0, cedar=0), known(*everything))

    assert keys(everything) == [found.ALL]
    assert keys(returning) == [found.ALL]
    assert keys(half) == ["feed:alder"]


def test_a_feed_told_before_all_failed_is_not_called_mended_by_that() -> None:
    before = found.feed_troubles(FEEDS, states(alder=4, birch=0, cedar=0), {})

    everything = found.feed_troubles(FEEDS, states(alder=7, birch=4, cedar=4), known(*before))

    assert keys(everything) == ["feed:alder", found.ALL]


def test_a_channel_that_takes_nothing_is_a_trouble_that_it_can_not_tell_itself() -> None:
    [one] = found.channel_troubles([ChannelHealth(channel=DESK, failing=2, since=NOON, because="421 busy")], {})

    assert one.about == DESK
    assert "2 messages waited in vain since 24 Nov 12:00 UTC: 421 busy" in one.problem


def test_a_dead_letter_is_a_trouble_until_its_channel_takes_something_and_then_no_more() -> None:
    lost = ChannelHealth(channel=DESK, dead=1, last_dead=NOON, dead_because="refused: 550")
    taken = replace(lost, last_accepted=NOON + minutes(1))
    first = found.channel_troubles([lost], {})
    over = known(*first)["channel:desk"]
    over = replace(over, mended_at=NOON)

    assert [one.version for one in first] == ["lost"]
    assert keys(found.channel_troubles([lost], known(*first))) == ["channel:desk"]
    assert found.channel_troubles([taken], known(*first)) == []
    assert found.channel_troubles([taken], {over.trouble.key: over}) == []


def test_a_dead_letter_is_told_though_its_channel_took_another_meanwhile() -> None:
    taken = ChannelHealth(channel=DESK, dead=1, last_dead=NOON, dead_because="x", last_accepted=NOON + minutes(1))

    assert keys(found.channel_troubles([taken], {})) == ["channel:desk"]


def test_mistakes_of_one_file_are_one_trouble_and_warnings_are_none() -> None:
    def problem(line: int, because: str, lint: str = "") -> Problem:
        return Problem(place=Place(file="my/rules.toml", line=line, column=3), because=because, lint=lint)

    problems = [problem(2, "unknown operator NAER/5"), problem(9, "no such actor"), problem(12, "no test", "no-test")]
    [one] = found.file_troubles("rules", problems)
    [other] = found.file_troubles("rules", problems[:1])

    assert (one.key, one.place) == ("rules:my/rules.toml", "my/rules.toml:2:3")
    assert "my/rules.toml:2:3: unknown operator NAER/5; my/rules.toml:9:3: no such actor." in one.problem
    assert "rules check" in one.remedy
    assert one.version != other.version
    assert found.file_troubles("rules", problems[2:]) == []


def test_an_end_that_was_asked_for_is_no_trouble() -> None:
    life = Life(worker="h:1", started_at=NOON, beat_at=NOON + minutes(3))

    [killed] = found.end_trouble(life, NOON + minutes(5))

    assert found.end_trouble(replace(life, ended_at=NOON + minutes(3)), NOON + minutes(5)) == []
    assert found.end_trouble(None, NOON) == []
    assert "24 Nov 12:03 UTC, 2 minutes before" in killed.problem


def test_alerts_without_a_channel_are_a_trouble_with_its_remedy() -> None:
    [one] = found.stranded_troubles({DESK: 1})

    assert "1 message cannot go out" in one.problem
    assert "of that name again" in one.remedy
