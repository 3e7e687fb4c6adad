"""Values at random, for laws that hold of all."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from monitor.model import (
    SEVERITIES,
    STATUSES,
    ActorCode,
    Alert,
    AlertId,
    ArticleId,
    Corroboration,
    EventType,
    Evidence,
    Hit,
    Quantity,
    Report,
    RuleId,
    StoryId,
)

words = st.text(st.characters(codec="utf-8"), max_size=12)
"""Any text that can be written down: all scripts, quotes, control characters."""
names = st.text("abcdefghijklmnopqrstuvwxyz-0123456789", min_size=1, max_size=8)
actors = st.sampled_from(["PRK", "RUS", "KOR", "USA", "IRN", "org:eu"]).map(ActorCode)
statuses = st.sampled_from(STATUSES)
severities = st.sampled_from(SEVERITIES)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis adds the zone)
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
offsets = st.integers(0, 100_000)
texts = st.lists(words, max_size=3).map(tuple)

evidence = st.builds(
    Evidence,
    field=st.sampled_from(["title", "text"]),
    start=offsets,
    end=offsets,
    text=words,
    context=words,
    marks=st.lists(st.tuples(offsets, offsets), max_size=3).map(tuple),
)
quantities = st.builds(
    Quantity, text=words, unit=names, value=numbers, low=numbers, high=numbers, is_approximate=st.booleans(),
    is_vague=st.booleans(),
)  # fmt: skip
hits = st.builds(
    Hit,
    article=names.map(ArticleId),
    rule=names.map(RuleId),
    rule_digest=names,
    event=names.map(EventType),
    severity=severities,
    title=words,
    status=statuses,
    source=st.none() | actors,
    target=st.none() | actors,
    is_reciprocal=st.booleans(),
    attribution=st.lists(actors, max_size=2).map(tuple),
    agencies=st.lists(actors, max_size=2).map(tuple),
    place=st.none() | actors,
    persons=texts,
    score=st.floats(0, 1),
    evidence=st.lists(evidence, max_size=2).map(tuple),
    quantities=st.lists(quantities, max_size=2).map(tuple),
    tags=texts,
    notify=texts,
    why=words,
    may_open=st.booleans(),
)
reports = st.builds(
    Report,
    article=names.map(ArticleId),
    outlet=words,
    title=words,
    url=words,
    published=moments,
    status=statuses,
    hit=hits,
)
alerts = st.builds(
    Alert,
    id=names.map(AlertId),
    story=names.map(StoryId),
    kind=st.sampled_from(["first", "update"]),
    event=names.map(EventType),
    title=words,
    severity=severities,
    status=statuses,
    source=st.none() | actors,
    target=st.none() | actors,
    attribution=st.lists(actors, max_size=2).map(tuple),
    lead=reports,
    reports=st.lists(reports, max_size=2).map(tuple),
    changes=texts,
    corroboration=st.builds(
        Corroboration,
        voices=st.integers(0, 99),
        independent=st.integers(0, 99),
        saying=st.lists(actors, max_size=2).map(tuple),
        denying=st.lists(actors, max_size=2).map(tuple),
        silent=st.lists(actors, max_size=2).map(tuple),
    ),
    tags=texts,
    is_late=st.booleans(),
    raised_at=moments,
    first_alert=names.map(AlertId),
)
