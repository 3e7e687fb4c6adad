"""What speaks for and against that an occurrence belongs to a story, each with its reason in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.model import ActorCode, Article, EventKind, Hit, Occurrence, Quantity, Report, Story
from monitor.stories.keys import parties_of
from monitor.text.fingerprint import are_copies

LASTING = timedelta(days=6)
"""The window of an event that the vocabulary doesn't know (any more). (On labelled stories perfect grouping by this
window keeps 98 % of the pairs; 72 hours kept 91.)"""
AGE = timedelta(days=14)
"""After a story's opening it takes nothing more."""
_COMPARED = 40
"""Reports whose text is compared, the newest: a copy comes within hours, and a story may have thousands."""
_PAUSE = timedelta(hours=36)
"""Reports of one visit follow each other faster."""
_NEAR_DAYS = 10
"""A date in a text further from the article than this is background, and dates no event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How well a story suits an occurrence; the higher `rank`, the better. `because` says it in words."""

    story: Story
    rank: tuple[int, bool, bool, float, float]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """Why a story of the same event and parties is another one."""

    story: Story
    because: str


def weighed(occurrence: Occurrence, story: Story, kind: EventKind | None) -> Weight | Against | None:
    """What there is for the story, or what against it; None where nothing connects the two.

    Its article is in the story already, or event and parties agree (one is part of the other). Then against it: too
    far in time, the other direction, other persons who act, other days told in the text. A copy of one of the
    story's reports is held to none of these, but to the parties: two notices of one kind differ in nothing else.
    """
    if story.event != occurrence.event:
        return None
    if any(report.article == occurrence.article.id for report in story.reports):
        held = 2 if _tells(story, occurrence) else 1 if _fits(occurrence.parties, story.parties) else 0
        return _weight(occurrence, story, held, "the article is part of it") if held else None
    if not _fits(occurrence.parties, story.parties):
        return None
    copied = _copied(occurrence, story)
    if copied is not None and _is_open(story, occurrence, LASTING):
        return _weight(occurrence, story, 0, f"its text is that of {copied.outlet or copied.article}", is_copy=True)
    if against := _against(occurrence, story, kind):
        return Against(story=story, because=against)
    return _weight(occurrence, story, 0, _agreement(occurrence, story))


def _against(occurrence: Occurrence, story: Story, kind: EventKind | None) -> str:
    """Why it is another event, or nothing."""
    if not _is_open(story, occurrence, kind.window if kind is not None else LASTING):
        return "not near enough in time"
    return (
        _other_way(occurrence, story, kind) or _other_persons(occurrence, story, kind) or _other_days(occurrence, story)
    )


def _weight(occurrence: Occurrence, story: Story, held: int, because: str, *, is_copy: bool = False) -> Weight:
    shared = len(occurrence.parties & story.parties)
    fit = shared / (len(occurrence.parties | story.parties) or 1)
    persons = len(_persons(occurrence.hits) & _persons_of(story))
    rank = (held, is_copy, persons > 0, fit, story.last_hit_at.timestamp())
    return Weight(story=story, rank=rank, because=because)


def _agreement(occurrence: Occurrence, story: Story) -> str:
    persons = sorted(_persons(occurrence.hits) & _persons_of(story))
    named = f", {', '.join(persons[:3])}" if persons else ""
    if story.parties == occurrence.parties:
        return f"same event and parties{named}"
    return f"same event, parties {'part of' if occurrence.parties < story.parties else 'beyond'} its own{named}"


def _fits(parties: frozenset[ActorCode], others: frozenset[ActorCode]) -> bool:
    """One is part of the other. Nobody is part of nobody alone: an event without names joins no story by chance."""
    return parties == others if not parties or not others else parties <= others or others <= parties


def _is_open(story: Story, occurrence: Occurrence, window: timedelta) -> bool:
    """The story takes an article of this moment: within the window after its last hit, or before it opened."""
    moment = occurrence.article.published
    last = min(story.last_hit_at + window, story.opened_at + AGE)
    return story.opened_at - window <= moment <= last


def _tells(story: Story, occurrence: Occurrence) -> bool:
    """The story holds this occurrence already, though its other party was learned since, or a revision changed it."""
    reports = [report for report in story.reports if report.article == occurrence.article.id]
    return any(parties_of(report.hit) & occurrence.parties for report in reports)


def _copied(occurrence: Occurrence, story: Story) -> Report | None:
    """The newest report of the story whose text is that of the occurrence's article."""
    mine = occurrence.fingerprint
    if not (mine.sentences or mine.runs):
        return None
    return next((one for one in reversed(story.reports[-_COMPARED:]) if are_copies(mine, one.fingerprint)), None)


def _other_way(occurrence: Occurrence, story: Story, kind: EventKind | None) -> str:
    """Who threatens or arms whom is another event the other way round; a hit without direction is neither.

    Visits answer each other: an invitation to come in return is told with the visit, and is another one once it is
    more than a plan.
    """
    if story.is_reciprocal or story.source is None or story.target is None:
        return ""
    told = [hit for hit in occurrence.hits if hit.source is not None and hit.target is not None]
    if kind is not None and kind.is_by_pair and all(hit.status == "hypothetical" for hit in told):
        return ""
    is_other = told and all((hit.target, hit.source) == (story.source, story.target) for hit in told)
    return "the other way round" if is_other else ""


def _other_persons(occurrence: Occurrence, story: Story, kind: EventKind | None) -> str:
    """Two persons who act for one state make two visits or two statements, where the story has named another alone.

    On a visit goes more than one, and who speaks for it changes from report to report: there it takes a pause.
    """
    mine, theirs = _persons(occurrence.hits), _persons_of(story)
    if kind is not None and kind.is_by_pair and occurrence.article.published - story.last_hit_at < _PAUSE:
        return ""
    if mine and theirs and not mine & theirs:
        return f"{', '.join(sorted(theirs)[:3])} and not {', '.join(sorted(mine)[:3])}"
    return ""


def _other_days(occurrence: Occurrence, story: Story) -> str:
    """Days told with the event, on both sides, and none of them the same or beside one of the other's."""
    mine, theirs = (
        _days(occurrence.article, occurrence.hits),
        {day for report in story.reports for day in _days_of(report)},
    )
    if mine and theirs and all(abs(one - other) > timedelta(days=1) for one in mine for other in theirs):
        return f"of {min(theirs)} and not of {min(mine)}"
    return ""


def _persons(hits: Iterable[Hit]) -> frozenset[str]:
    return frozenset(person for hit in hits for person in hit.persons)


def _persons_of(story: Story) -> frozenset[str]:
    return _persons(report.hit for report in story.reports)


def _days(article: Article, hits: Iterable[Hit]) -> set[date]:
    return {day for hit in hits for one in hit.quantities if (day := _day(one, article.published)) is not None}


def _days_of(report: Report) -> set[date]:
    return {day for one in report.hit.quantities if (day := _day(one, report.published)) is not None}


def _day(quantity: Quantity, published: datetime) -> date | None:
    """The day of a date in the text, where it may be that of the event."""
    if quantity.unit != "date" or quantity.value is None:
        return None
    number = int(quantity.value)
    try:
        day = date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        return None
    return day if abs(day - published.date()) <= timedelta(days=_NEAR_DAYS) else None
