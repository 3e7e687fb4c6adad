"""Seals: a digest over the ledger's rows of each day that is over, and over the seal before it.

A row that is changed, missing or added in a sealed day is found by doing the sum again. What a seal holds is the digest
of each row in order, so that a day of which some rows were pruned and others are held can still be checked (`seal_gaps`
keeps the digests of those that are gone). Nobody who can write to the database is kept from making every seal anew:
a seal proves something once a copy of it is kept elsewhere, as the log does (`ledger_sealed`).
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from sqlalchemy import func, insert, select

from monitor.store.ledger import LedgerRow, day_end, day_of, day_start, within
from monitor.store.tables import ledger as rows_table
from monitor.store.tables import seal_gaps
from monitor.store.tables import seals as table
from monitor.store.work import Work

GRACE: Final = timedelta(hours=1)
"""How long after its end a day is sealed: what was begun in it by any clock of several machines is then written."""
PRUNED: Final = "ledger_pruned"
"""The kind of a ledger row that says up to which day rows were pruned."""
Judgement = Literal["sound", "pruned", "open", "changed", "missing", "added"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a day of the ledger was when it was over."""

    day: str
    rows: int
    digest: str
    before: str
    sealed_at: datetime
    pruned_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayJudged:
    """A day of the ledger, and what is wrong with it. `rows` are those that are there."""

    day: str
    judgement: Judgement
    rows: int
    because: str
    digest: str

    @property
    def is_sound(self) -> bool:
        """Nothing was changed, taken away or added since it was sealed."""
        return self.judgement in ("sound", "pruned", "open")


def digest_of(row: LedgerRow) -> str:
    """The digest of one row: over all its fields, in a form that both databases give back alike."""
    fields = [row.id, row.at.astimezone(UTC).isoformat(), row.kind, row.article, row.story, row.alert, row.channel,
              row.rule, row.because, row.detail]  # fmt: skip
    whole = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


def seal_over(day: str, before: str, digests: Iterator[str]) -> tuple[str, int]:
    """The seal of a day and how many rows it covers, from the digests of its rows in order."""
    whole = hashlib.sha256(f"{before}\n{day}\n".encode())
    count = 0
    for one in digests:
        whole.update(one.encode())
        count += 1
    return whole.hexdigest(), count


def seals(work: Work) -> list[Seal]:
    """Every seal, the oldest first."""
    fields = tuple(Seal.__dataclass_fields__)
    return [
        Seal(**{name: getattr(row, name) for name in fields}) for row in work.rows(select(table).order_by(table.c.day))
    ]


def due_days(work: Work, now: datetime) -> list[str]:
    """The days that are over, have rows and no seal yet, the oldest first."""
    newest = work.rows(select(func.max(table.c.day).label("day")))[0].day
    until = day_start(day_of(now - GRACE))
    found: list[str] = []
    moment = day_end(newest) if newest else None
    while True:
        asked = select(func.min(rows_table.c.at).label("at")).where(rows_table.c.at < until)
        first = work.rows(asked if moment is None else asked.where(rows_table.c.at >= moment))[0].at
        if first is None:
            return found
        found.append(day_of(first))
        moment = day_end(found[-1])


def seal_due(work: Work, now: datetime) -> list[Seal]:
    """Seal every day that is due; gives the new seals. Must run in `store.place()`, so that one at a time does so."""
    days = due_days(work, now)
    if not days:
        return []
    known = seals(work)
    before = known[-1].digest if known else ""
    made: list[Seal] = []
    for day in days:
        digest, count = seal_over(day, before, (digest_of(row) for row in within(work, day_start(day), day_end(day))))
        made.append(Seal(day=day, rows=count, digest=digest, before=before, sealed_at=now, pruned_at=None))
        values = {"day": day, "rows": count, "digest": digest, "before": before, "sealed_at": now}
        work.run(insert(table).values(values))
        before = digest
    work.open_from = None  # the next row of this transaction asks anew
    return made


def verify(work: Work) -> Iterator[DayJudged]:
    """Each day of the ledger, the oldest first: sound, pruned, open, or what was done to it."""
    known = seals(work)
    pruned_to = _pruned_to(work)
    before, last_end = "", None
    for seal in known:
        yield from _unsealed(work, last_end, seal.day)
        yield _judged(work, seal, before, pruned_to)
        before, last_end = seal.digest, day_end(seal.day)
    for day, count in _days(work, last_end, None):
        yield DayJudged(day=day, judgement="open", rows=count, because="not sealed yet", digest="")


def _judged(work: Work, seal: Seal, before: str, pruned_to: str) -> DayJudged:
    rows = list(within(work, day_start(seal.day), day_end(seal.day)))
    judgement, because = _judgement(work, seal, before, pruned_to, rows)
    return DayJudged(day=seal.day, judgement=judgement, rows=len(rows), because=because, digest=seal.digest)


def _judgement(work: Work, seal: Seal, before: str, pruned_to: str, rows: Sequence[LedgerRow]) -> tuple[Judgement, str]:
    if seal.before != before:
        return "changed", "its seal does not follow from the one before: a day between is gone, or a seal changed"
    if seal.pruned_at is not None and seal.day > pruned_to:
        return "missing", "it is marked as pruned, and the ledger tells of no pruning up to it"
    digest, count, gone = _sum_of(work, seal, rows)
    if seal.pruned_at is not None and not gone:
        pruned = f"{seal.rows} rows, pruned {seal.pruned_at:%Y-%m-%d}"
        return ("added", f"it was pruned, and has {len(rows)} rows") if rows else ("pruned", pruned)
    if count != seal.rows:
        return ("missing" if count < seal.rows else "added"), f"{count} rows where {seal.rows} were sealed"
    if digest != seal.digest:
        return "changed", f"its {count} rows are not those that were sealed"
    return "sound", f"{count} rows" + (f", {gone} of them pruned and the rest held" if gone else "")


def fits(work: Work, seal: Seal, rows: Sequence[LedgerRow]) -> bool:
    """Whether the rows of a day, with what is kept of those that were pruned, are those that were sealed."""
    return _sum_of(work, seal, rows)[:2] == (seal.digest, seal.rows)


def _sum_of(work: Work, seal: Seal, rows: Sequence[LedgerRow]) -> tuple[str, int, int]:
    """The seal that a day would get now, over how many rows, and how many of them are pruned."""
    gaps = {row.row: row.digest for row in work.rows(select(seal_gaps).where(seal_gaps.c.day == seal.day))}
    both = sorted([(row.id, digest_of(row)) for row in rows] + list(gaps.items()))
    return *seal_over(seal.day, seal.before, (one for _, one in both)), len(gaps)


def _unsealed(work: Work, since: datetime | None, until: str) -> Iterator[DayJudged]:
    """Days with rows between two that are sealed: they had none when the later one was sealed."""
    for day, count in _days(work, since, day_start(until)):
        because = f"{count} rows in a day that had none when it was over"
        yield DayJudged(day=day, judgement="added", rows=count, because=because, digest="")


def _days(work: Work, since: datetime | None, until: datetime | None) -> Iterator[tuple[str, int]]:
    """The days between two moments that have rows, with their number."""
    moment = since
    while True:
        asked = select(func.min(rows_table.c.at).label("at"))
        asked = asked.where(rows_table.c.at >= moment) if moment is not None else asked
        asked = asked.where(rows_table.c.at < until) if until is not None else asked
        first = work.rows(asked)[0].at
        if first is None:
            return
        day = day_of(first)
        of_day = (rows_table.c.at >= day_start(day), rows_table.c.at < day_end(day))
        yield day, int(work.rows(select(func.count()).select_from(rows_table).where(*of_day))[0][0])
        moment = day_end(day)


def _pruned_to(work: Work) -> str:
    """The last day up to which the ledger itself says that rows were pruned; empty where it says nothing."""
    rows = work.rows(select(rows_table.c.detail).where(rows_table.c.kind == PRUNED))
    return max((str(row.detail.get("through", "")) for row in rows if row.detail), default="")
