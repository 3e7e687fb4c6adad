"""What a person corrected of how reports are grouped: stories rewritten, with what was told of them, in one go."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, delete, func, insert, select, update

from monitor.model import SEVERITIES, ArticleId, EventType, Hit, Story, StoryChange, StoryId
from monitor.store import ledger, stories
from monitor.store.tables import corrections as table
from monitor.store.tables import hits, holds, story_reports, told
from monitor.store.tables import ledger as kept
from monitor.store.tables import stories as story_table
from monitor.store.values import hit_from_json
from monitor.store.work import Work, chunks

GATE = "correction"


Found = dict[ArticleId, tuple[datetime, list[Hit]]]


def found_of(work: Work, articles: Sequence[ArticleId], event: EventType) -> Found:
    """All that was ever found of an event in these articles, withdrawn or not, and when it was found first."""
    found: Found = {}
    for chunk in chunks(articles):
        asked = select(hits).where(hits.c.article.in_(chunk), hits.c.event == event).order_by(hits.c.found_at)
        for row in work.rows(asked):
            at, held = found.setdefault(ArticleId(row.article), (row.found_at, []))
            held.append(hit_from_json(row.hit))
            found[ArticleId(row.article)] = (min(at, row.found_at), held)
    return found


def turns_of(work: Work, articles: Sequence[ArticleId]) -> dict[ArticleId, int]:
    """For each article a number that grows in the order in which they were placed first, as the ledger has it."""
    found: dict[ArticleId, int] = {}
    placed = kept.c.kind.in_(("story_opened", "story_updated"))
    for chunk in chunks(articles):
        asked = select(kept.c.article, func.min(kept.c.id).label("turn")).where(kept.c.article.in_(chunk), placed)
        found |= {ArticleId(row.article): row.turn for row in work.rows(asked.group_by(kept.c.article))}
    return found


def merge(  # noqa: PLR0917 (what goes into what, by whom and when: one sentence)
    work: Work, before: Story, after: Story, other: Story, author: str, now: datetime
) -> None:
    """Let `other` go into a story, which is then `after`: reports, what channels were told, what is held."""
    work.run(delete(story_reports).where(story_reports.c.story.in_([before.id, other.id])))
    stories.save(work, StoryChange(before=None, after=after, because="merged", hits=()))
    work.run(update(story_table).where(story_table.c.id == other.id).values(merged_into=before.id))
    work.run(update(story_table).where(story_table.c.merged_into == other.id).values(merged_into=before.id))
    _join_told(work, before.id, other.id)
    _move_holds(work, before.id, other.id, now)
    articles = [report.article for report in other.reports]
    _note(work, "story_merged", before.id, other.id, articles, author, now)


def split(  # noqa: PLR0917 (what leaves what, by whom and when: one sentence)
    work: Work, before: Story, after: Story, part: Story, author: str, now: datetime
) -> None:
    """Let `part` leave a story, which is then `after`; whoever was told of the whole knows what is in the part."""
    work.run(delete(story_reports).where(story_reports.c.story.in_([before.id, part.id])))
    stories.save(work, StoryChange(before=None, after=after, because="split", hits=()))
    stories.save(work, StoryChange(before=None, after=part, because="split", hits=()))
    work.run(update(story_table).where(story_table.c.id == part.id).values(merged_into=None))
    work.run(delete(told).where(told.c.story == part.id))
    for row in work.rows(select(told).where(told.c.story == before.id)):
        work.run(insert(told).values({**_values(row, told), "story": part.id}))
    for row in work.rows(select(holds).where(holds.c.story == before.id)):
        _hold(work, part.id, _values(row, holds), now)
    articles = [report.article for report in part.reports]
    _note(work, "story_split", before.id, part.id, articles, author, now)


def of_story(work: Work, story: StoryId) -> list[StoryId]:
    """The stories that were merged into this one."""
    rows = work.rows(select(story_table.c.id).where(story_table.c.merged_into == story).order_by(story_table.c.id))
    return [StoryId(row.id) for row in rows]


def _join_told(work: Work, into: StoryId, other: StoryId) -> None:
    """A channel knows what it was told of either; the thread is that of the story that stays, where there is one."""
    mine = {row.channel: _values(row, told) for row in work.rows(select(told).where(told.c.story == into))}
    for row in work.rows(select(told).where(told.c.story == other)):
        theirs = _values(row, told)
        known = mine.get(row.channel)
        if known is None:
            work.run(insert(told).values({**theirs, "story": into}))
            continue
        amounts = (known["quantities"], theirs["quantities"])
        units = sorted({*amounts[0], *amounts[1]})
        values = {
            "said": sorted({*map(tuple, known["said"]), *map(tuple, theirs["said"])}),
            "severity": max(known["severity"], theirs["severity"], key=SEVERITIES.index),
            "quantities": {unit: max(one[unit] for one in amounts if unit in one) for unit in units},
            "alerts": known["alerts"] + theirs["alerts"],
            "was_lost": known["was_lost"] and theirs["was_lost"],
            "at": max((at for at in (known["at"], theirs["at"]) if at is not None), default=None),
        }
        work.run(update(told).where(told.c.story == into, told.c.channel == row.channel).values(values))
    work.run(delete(told).where(told.c.story == other))


def _move_holds(work: Work, into: StoryId, other: StoryId, now: datetime) -> None:
    """What waits of either waits on; where a channel was told of one of them, it is looked at once more at once."""
    for row in work.rows(select(holds).where(holds.c.story == other)):
        _hold(work, into, _values(row, holds), now)
    work.run(delete(holds).where(holds.c.story == other))
    for row in work.rows(select(told.c.channel).where(told.c.story == into)):
        values = {"channel": row.channel, "until": now, "because": "merged by a person", "since": now, "gate": GATE}
        _hold(work, into, values, now)


def _hold(work: Work, story: StoryId, values: Mapping[str, Any], now: datetime) -> None:
    """Hold a story on a channel as another was held; a hold that stands there already stays."""
    whole = {**values, "story": story, "since": min(values["since"], now)}
    work.run(work.insert(holds).values(whole).on_conflict_do_nothing(index_elements=[holds.c.story, holds.c.channel]))


def _values(row: Row[Any], source: Table) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in source.c}


def _note(  # noqa: PLR0917 (what was done to what, by whom and when: one sentence)
    work: Work, kind: str, story: StoryId, other: StoryId, articles: Sequence[str], author: str, now: datetime
) -> None:
    values = {"at": now, "author": author, "kind": kind.removeprefix("story_"), "story": story, "other": other}
    work.run(insert(table).values(**values, articles=list(articles)))
    detail = {"story": story, "other": other, "articles": len(articles)}
    for one in (story, other):
        ledger.add(work, now, kind, story=one, because=f"by {author}", detail=detail)
