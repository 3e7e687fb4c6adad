"""The stories with their reports, and the search for those that an occurrence may belong to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select

from monitor.errors import StoreError
from monitor.model import ActorCode, ArticleId, EventType, Story, StoryChange, StoryId
from monitor.store.tables import stories as table
from monitor.store.tables import story_parties, story_reports
from monitor.store.values import report_from_json, report_to_json, said_from_json, said_to_json
from monitor.store.work import Work, chunks

WINDOW = timedelta(days=6)
"""How long after its last hit a story takes an article, and how long before its opening one that comes late."""
AGE = timedelta(days=14)
"""How long after its opening. Both by ARCHITECTURE.md, laws of identity."""
_NOBODY = ""
"""Stands in `story_parties` for a story that names no party, so that it is found like any other."""

_FEW = 6
"""How many ids an error names where the beginning of one fits several."""

Wanted = tuple[EventType, frozenset[ActorCode], datetime]
"""Event, parties and time of an occurrence."""


def near(work: Work, events_and_parties: Sequence[Wanted], articles: Iterable[ArticleId] = ()) -> list[Story]:
    """The stories that any of these occurrences may belong to, by their opening; `stories.place` decides.

    Same event, parties that are part of each other (or nobody named in both), within the window of time; and at any
    time those that hold one of `articles`, since a revision belongs to the story that its article opened. Two
    questions for all, which find a little more and are made exact here, and then the stories themselves: what can't
    be joined is never read.
    """
    if not events_and_parties:
        return []
    times = [at for _, _, at in events_and_parties]
    asked = (
        select(story_parties.c.story, table.c.event, table.c.opened_at, table.c.last_hit_at)
        .join(table)
        .where(table.c.event.in_({event for event, _, _ in events_and_parties}), table.c.merged_into.is_(None))
        .where(table.c.last_hit_at >= min(times) - WINDOW, table.c.opened_at <= max(times) + WINDOW)
    )
    sharing = {
        row.story: row
        for chunk in chunks({party for _, parties, _ in events_and_parties for party in parties or (_NOBODY,)})
        for row in work.rows(asked.where(story_parties.c.party.in_(chunk)))
    }
    parties_of = _parties_of(work, sharing)
    found = {
        StoryId(story)
        for story, row in sharing.items()
        if any(_is_near(row, parties_of[story], wanted) for wanted in events_and_parties)
    }
    for held in chunks(set(articles)):
        found |= {
            StoryId(row.story)
            for row in work.rows(select(story_reports.c.story).where(story_reports.c.article.in_(held)))
        }
    return sorted(get(work, found).values(), key=lambda story: (story.opened_at, story.id))


def _parties_of(work: Work, ids: Iterable[str]) -> dict[str, frozenset[ActorCode]]:
    found: dict[str, set[ActorCode]] = {}
    for chunk in chunks(ids):
        for row in work.rows(select(story_parties).where(story_parties.c.story.in_(chunk))):
            found.setdefault(row.story, set()).update({ActorCode(row.party)} if row.party != _NOBODY else ())
    return {story: frozenset(parties) for story, parties in found.items()}


def _is_near(row: Row[Any], parties: frozenset[ActorCode], wanted: Wanted) -> bool:
    event, theirs, at = wanted
    last = min(row.last_hit_at + WINDOW, row.opened_at + AGE)
    fits = parties == theirs if not parties or not theirs else parties <= theirs or theirs <= parties
    return bool(fits and row.event == event and row.opened_at - WINDOW <= at <= last)


def save(work: Work, change: StoryChange) -> None:
    """Write a story as it is after a change: opened or updated, with the reports that came.

    Reports keep their place; where a change did more than add some at the end, all are written anew.
    """
    story = change.after
    before = change.before.reports if change.before is not None else ()
    values = _values(story)
    statement = work.insert(table)
    updated = {name: statement.excluded[name] for name in values if name != "id"}
    work.run(statement.on_conflict_do_update(index_elements=[table.c.id], set_=updated), [values])
    _save_parties(work, change)
    is_longer = story.reports[: len(before)] == before
    if not is_longer:
        work.run(delete(story_reports).where(story_reports.c.story == story.id))
    start = len(before) if is_longer else 0
    rows = [
        {
            "story": story.id,
            "ordinal": ordinal,
            "article": report.article,
            "report": report_to_json(report, with_fingerprint=True),
        }
        for ordinal, report in enumerate(story.reports[start:], start)
    ]
    work.run(insert(story_reports), rows)


def _save_parties(work: Work, change: StoryChange) -> None:
    story = change.after
    wanted: set[str] = set(story.parties) or {_NOBODY}
    held = {row.party for row in work.rows(select(story_parties.c.party).where(story_parties.c.story == story.id))}
    if held - wanted:
        gone = story_parties.c.party.in_(held - wanted)
        work.run(delete(story_parties).where(story_parties.c.story == story.id, gone))
    work.run(insert(story_parties), [{"story": story.id, "party": party} for party in sorted(wanted - held)])


def get(work: Work, ids: Iterable[StoryId]) -> dict[StoryId, Story]:
    """The stories of these ids, whole."""
    found: dict[StoryId, Story] = {}
    for chunk in chunks(set(ids)):
        found |= _whole(work, select(table).where(table.c.id.in_(chunk)))
    return found


def named(work: Work, begins: str) -> Story:
    """The story whose id begins so, or the one that it was merged into. Raises StoreError where none or several do."""
    asked = select(table.c.id, table.c.merged_into).where(table.c.id.startswith(begins, autoescape=True))
    rows = work.rows(asked.order_by(table.c.id).limit(_FEW + 1))
    rows = [row for row in rows if row.id == begins] or rows
    if not begins or not rows:
        raise StoreError(f"there is no story {begins}", remedy="`stories list` names them")
    if len(rows) > 1:
        names = ", ".join(row.id for row in rows[:_FEW])
        raise StoreError(f"{begins} is the beginning of several stories: {names}", remedy="write more of it")
    if rows[0].merged_into:
        return named(work, rows[0].merged_into)
    return get(work, {StoryId(rows[0].id)})[StoryId(rows[0].id)]


def latest(work: Work, limit: int) -> list[Story]:
    """The stories with the newest hits, the newest first."""
    return list(
        _whole(
            work,
            select(table)
            .where(table.c.merged_into.is_(None))
            .order_by(table.c.last_hit_at.desc(), table.c.id)
            .limit(limit),
        ).values()
    )


def _whole(work: Work, asked: Select[Any]) -> dict[StoryId, Story]:
    rows = work.rows(asked)
    parties = _parties_of(work, (row.id for row in rows))
    reports: dict[str, list[Mapping[str, Any]]] = {}
    for chunk in chunks(row.id for row in rows):
        of_these = select(story_reports.c.story, story_reports.c.report).where(story_reports.c.story.in_(chunk))
        for row in work.rows(of_these.order_by(story_reports.c.story, story_reports.c.ordinal)):
            reports.setdefault(row.story, []).append(row.report)
    return {
        StoryId(row.id): Story(
            id=StoryId(row.id),
            event=EventType(row.event),
            parties=parties.get(row.id, frozenset()),
            source=row.source,
            target=row.target,
            is_reciprocal=row.is_reciprocal,
            title=row.title,
            severity=row.severity,
            tags=frozenset(row.tags),
            notify=frozenset(row.notify),
            opened_at=row.opened_at,
            last_hit_at=row.last_hit_at,
            said=said_from_json(row.said),
            quantities=dict(row.quantities),
            reports=tuple(map(report_from_json, reports.get(row.id, ()))),
        )
        for row in rows
    }


def _values(story: Story) -> dict[str, Any]:
    return {
        "id": story.id,
        "event": story.event,
        "source": story.source,
        "target": story.target,
        "is_reciprocal": story.is_reciprocal,
        "title": story.title,
        "severity": story.severity,
        "tags": sorted(story.tags),
        "notify": sorted(story.notify),
        "opened_at": story.opened_at,
        "last_hit_at": story.last_hit_at,
        "said": said_to_json(story.said),
        "quantities": dict(story.quantities),
    }
