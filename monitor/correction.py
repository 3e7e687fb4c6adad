"""A person's correction of how reports are grouped, carried out: memory and thinking together.

Placing respects it from then on: what was merged is one story, whose reports are all compared with what comes; what
was split off is a story of its own, which keeps its articles and takes what is like them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor.errors import MonitorError
from monitor.model import ArticleId, EventKind, EventType, Story
from monitor.store import articles as article_rows
from monitor.store import corrections, stories
from monitor.store.work import Work
from monitor.stories.correction import Part, merged, of_story, rebuilt, split_name
from monitor.stories.keys import occurrences_of

Events = Mapping[EventType, EventKind]


class CorrectionError(MonitorError):
    """What was asked for can't be done, and nothing was changed."""


def merge(  # noqa: PLR0917 (what goes into what, by whom and when: one sentence)
    work: Work, into: str, other: str, author: str, now: datetime, events: Events
) -> Story:
    """Make one story of two, under the name of the first. Raises CorrectionError, StoreError."""
    mine, theirs = stories.named(work, into), stories.named(work, other)
    if mine.id == theirs.id:
        raise CorrectionError(f"{into} and {other} are one story already", remedy="`stories show` tells what is in it")
    if mine.event != theirs.event:
        raise CorrectionError(
            f"{mine.id} is of {mine.event}, {theirs.id} of {theirs.event}: a story has one event",
            remedy="let the one hide the other with `hides` in the vocabulary of events",
        )
    held = {report.article for report in mine.reports}
    parts = [*_parts(work, mine, events)]
    parts += [part for part in _parts(work, theirs, events) if part.report.article not in held]
    after = merged(mine, theirs, _in_order(work, parts, mine.event))
    corrections.merge(work, mine, after, theirs, author, now)
    return after


def split(  # noqa: PLR0917 (what leaves what, by whom and when: one sentence)
    work: Work, story: str, begins: Sequence[str], author: str, now: datetime, events: Events
) -> tuple[Story, Story]:
    """Make a story of some articles of another; gives what stays and what left. Raises CorrectionError, StoreError."""
    whole = stories.named(work, story)
    leaving = [_article(whole, one) for one in dict.fromkeys(begins)]
    parts = _in_order(work, _parts(work, whole, events), whole.event)
    gone = [part for part in parts if part.report.article in leaving]
    stay = [part for part in parts if part.report.article not in leaving]
    if not stay:
        raise CorrectionError(f"nothing would be left in {whole.id}", remedy="name fewer of its articles")
    after, part = rebuilt(whole.id, stay), rebuilt(split_name(whole, leaving), gone)
    corrections.split(work, whole, after, part, author, now)
    return after, part


def _article(story: Story, begins: str) -> ArticleId:
    found = [report.article for report in story.reports if report.article.startswith(begins)]
    if begins and begins in found:
        return ArticleId(begins)
    if len(found) != 1 or not begins:
        what = "the beginning of several articles" if found and begins else "no article"
        raise CorrectionError(f"{begins or 'an empty id'} is {what} of {story.id}", remedy="`stories show` names them")
    return found[0]


def _parts(work: Work, story: Story, events: Events) -> list[Part]:
    """The articles of a story with what they say of its event."""
    names = [report.article for report in story.reports]
    known = article_rows.get(work, names)
    found = corrections.found_of(work, names, story.event)
    parts = []
    for report in story.reports:
        _, hits = found.get(report.article, (None, [report.hit]))
        occurrences = occurrences_of(known[report.article], hits, events, report.fingerprint)
        parts.append(Part(report=report, occurrences=of_story(occurrences, story, report)))
    return parts


def _in_order(work: Work, parts: Sequence[Part], event: EventType) -> list[Part]:
    """In the order in which they came: by the moment of being found, of one moment as placing takes them."""
    names = [part.report.article for part in parts]
    found, turns = corrections.found_of(work, names, event), corrections.turns_of(work, names)

    def turn(part: Part) -> tuple[datetime, int, datetime, str]:
        report = part.report
        at = found[report.article][0] if report.article in found else report.published
        return at, turns.get(report.article, 0), report.published, report.article

    return sorted(parts, key=turn)
