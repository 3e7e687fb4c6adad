"""Which of the monitor's own troubles an operator is told of: each once, and once more when it is mended.

Pure: what is wrong now, and what is known of before, to notices. Compared is state with state, so that a restart in
between tells nothing twice and forgets nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from monitor.alerts.wording import moment
from monitor.model import AlertId, ChannelName, Message, RuleId, StoryId
from monitor.trouble import KnownTrouble, Notice, Trouble

MANY = 3
"""More troubles of one kind than these, coming or ending at once, are told in one notice: a network that is down must
not send a message a feed."""
LISTED = 12
"""Of many troubles so many are named."""
QUIET = timedelta(minutes=15)
"""A passing trouble that comes again within this time is not told again: a daemon that dies at every start."""

RULE = RuleId("operator")
"""What stands where an alert names its rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is to be remembered, and what is to be told."""

    known: tuple[KnownTrouble, ...] = ()
    notices: tuple[Notice, ...] = ()


def judge(seen: Iterable[Trouble], known: Mapping[str, KnownTrouble], kinds: Iterable[str], now: datetime) -> Judgement:
    """Compare the troubles that are there with those that are known; only of these `kinds` was looked.

    What is known and no longer seen is mended. Judging the same again tells nothing.
    """
    there = {trouble.key: trouble for trouble in seen}
    looked = set(kinds)
    fresh: list[Trouble] = []
    notices: list[Notice] = []
    kept: list[KnownTrouble] = []
    for key, trouble in sorted(there.items()):
        before = known.get(key)
        if trouble.is_passing:
            if before is None or (trouble.mark != before.trouble.mark and now - before.since >= QUIET):
                notice = _notice("passing", [trouble], now, now)
                notices.append(notice)
                kept.append(KnownTrouble(trouble=trouble, since=now, notice=notice.id, mended_at=now))
        elif before is None or not before.is_open:
            if before is None or not trouble.mark or trouble.mark > before.trouble.mark:
                fresh.append(trouble)
        elif trouble.version != before.trouble.version:
            notice = _notice("changed", [trouble], before.since, now, first=before.notice)
            notices.append(notice)
            kept.append(replace(before, trouble=trouble))
        elif trouble.mark != before.trouble.mark:
            kept.append(replace(before, trouble=trouble))
    for group in _grouped(fresh):
        notice = _notice("trouble", group, now, now)
        notices.append(notice)
        kept += [KnownTrouble(trouble=trouble, since=now, notice=notice.id) for trouble in group]
    over = {
        one.trouble.key: one
        for one in known.values()
        if one.is_open and one.trouble.kind in looked and one.trouble.key not in there
    }
    for group in _grouped([over[key].trouble for key in sorted(over)]):
        ended = [over[trouble.key] for trouble in group]
        notices.append(_notice("mended", group, min(one.since for one in ended), now, first=ended[0].notice))
        kept += [replace(one, mended_at=now) for one in ended]
    return Judgement(known=tuple(kept), notices=tuple(notices))


def _grouped(troubles: Sequence[Trouble]) -> list[list[Trouble]]:
    """Troubles one by one, or those of a kind together where they are many."""
    by_kind: dict[str, list[Trouble]] = {}
    for trouble in troubles:
        by_kind.setdefault(trouble.kind, []).append(trouble)
    groups: list[list[Trouble]] = []
    for found in by_kind.values():
        groups += [found] if len(found) > MANY else [[trouble] for trouble in found]
    return groups


def _notice(
    says: Literal["trouble", "changed", "mended", "passing"],
    troubles: Sequence[Trouble],
    since: datetime,
    now: datetime,
    *,
    first: str = "",
) -> Notice:
    """The id is made from what is told, so that the same judgement, made twice, is the same notice."""
    made_of = "\x1f".join(
        [says, since.isoformat(), now.isoformat() if says in ("mended", "changed") else ""]
        + [f"{one.key}={one.version}/{one.mark}" for one in troubles]
    )
    name = hashlib.sha256(made_of.encode()).hexdigest()[:24]
    key = troubles[0].key if len(troubles) == 1 else f"{troubles[0].kind}:several"
    return Notice(
        id=name, first=first or name, thread=f"operator:{key}", says=says, troubles=tuple(troubles), since=since,
        raised_at=now,
    )  # fmt: skip


def bearers(notice: Notice, operators: Iterable[ChannelName]) -> tuple[ChannelName, ...]:
    """The operator channels that carry a notice: not the one it complains of, unless there is no other."""
    everybody = tuple(dict.fromkeys(operators))
    about = {trouble.about for trouble in notice.troubles}
    return tuple(name for name in everybody if name not in about) or everybody


def compose_notice(notice: Notice, now: datetime, *, zone: tzinfo, may_be_double: bool = False) -> Message:
    """The message of a notice: what is wrong, where, and what to do about it."""
    one = notice.troubles[0]
    is_over = notice.says == "mended"
    many = len(notice.troubles)
    title = one.title if many == 1 else f"{many} troubles of one kind: {one.title}, and {many - 1} more"
    facts = [] if many > 1 else [("Where", one.place)]
    remedies = dict.fromkeys(trouble.remedy for trouble in notice.troubles)
    if not is_over:
        facts += [("What to do", remedy) for remedy in list(remedies)[:2]]
    if notice.says != "passing":
        facts.append(("Since", moment(notice.since, zone)))
    if is_over:
        facts.append(("Mended", moment(notice.raised_at, zone)))
    listed = [f"{trouble.title}: {trouble.problem}" for trouble in notice.troubles[:LISTED]] if many > 1 else []
    if many > LISTED:
        listed.append(f"and {many - LISTED} more")
    return Message(
        alert=AlertId(notice.id),
        story=StoryId(notice.thread),
        first_alert=AlertId(notice.first),
        severity="info" if is_over else "high",
        rule=RULE,
        is_update=notice.says == "changed",
        headline=f"Mended: {title}" if is_over else title,
        statement=_statement(notice),
        changes=tuple(listed),
        quote="",
        marked=(),
        quote_by="",
        facts=tuple(facts),
        links=(),
        sent_at=now,
        may_be_double=may_be_double,
    )


def _statement(notice: Notice) -> str:
    many = len(notice.troubles)
    if notice.says == "mended":
        return "The monitor works again as it should there." if many == 1 else "All of them are mended."
    if many > 1:
        return f"{many} things of one kind went wrong at once."
    return notice.troubles[0].problem
