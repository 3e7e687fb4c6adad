"""What becomes of stories that a person merges or splits: made anew from what their articles say, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from monitor.model import ActorCode, ArticleId, Occurrence, Report, Story, StoryId
from monitor.stories.telling import joined, opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One article of a story: its report, and all that it says of the event, in the order in which it came."""

    report: Report
    occurrences: tuple[Occurrence, ...]


def rebuilt(name: StoryId, parts: Sequence[Part]) -> Story:
    """The story that these parts make, one after the other, under a name that stays. The reports stay as they are."""
    first = parts[0]
    story = opened(first.occurrences[:1])
    if first.occurrences[1:]:
        story = joined(story, first.occurrences[1:])
    for part in parts[1:]:
        story = joined(story, part.occurrences)
    opened_at = min(part.report.published for part in parts)
    return replace(story, id=name, opened_at=opened_at, reports=tuple(part.report for part in parts))


def merged(into: Story, other: Story, parts: Sequence[Part]) -> Story:
    """`into` with all that `other` holds; `parts` are those of both, in the order in which they came.

    Parties that are part of each other stay as the law of stories has them; those that a person alone brought
    together are parties of both.
    """
    story = rebuilt(into.id, parts)
    if into.parties <= other.parties or other.parties <= into.parties:
        return story
    return replace(story, parties=into.parties | other.parties)


def split_name(story: Story, articles: Sequence[ArticleId]) -> StoryId:
    """The name of what is split off: the same for the same articles of the same story."""
    made_of = "\x1f".join((story.id, *sorted(articles)))
    return StoryId(f"{story.event}-{sha256(made_of.encode()).hexdigest()[:16]}")


def of_story(occurrences: Sequence[Occurrence], story: Story, report: Report) -> tuple[Occurrence, ...]:
    """Those of an article's occurrences that belong to the story: its event, and its parties or the report's hit."""
    mine = [one for one in occurrences if one.event == story.event]
    fitting = [one for one in mine if _fits(one.parties, story.parties)]
    return tuple(fitting or [one for one in mine if report.hit in one.hits] or mine)


def _fits(one: frozenset[ActorCode], other: frozenset[ActorCode]) -> bool:
    return one <= other or other <= one
