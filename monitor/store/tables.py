"""Every table. The columns that are asked for stand alone; what is only read back whole stands as JSON.

Types are portable: the same tables serve SQLite and PostgreSQL. A change here needs a migration in `alembic/versions`
and moves `SCHEMA`.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import Text, TypeDecorator

SCHEMA = "0006"
"""The migration that makes the tables below; a house test compares it with the newest in `alembic/versions`."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment: aware going in, aware and in UTC coming out, sortable where the database keeps it as text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the signature is SQLAlchemy's)
        """The moment in UTC; a naive one is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone can't be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (as above)
        """The moment with its zone, which SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """A text from anywhere, as both databases take it: without NUL, which PostgreSQL refuses, or half characters."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (as above)
        """The text with a sign in the place of what can't be kept."""
        if value is None or value.isascii():
            return value.replace("\0", "\ufffd") if value is not None else None
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _lease() -> tuple[Column[str | None], Column[datetime | None]]:
    return Column("lease_owner", String), Column("lease_until", Instant)


# --- the door in ------------------------------------------------------------------------------------------------------

feeds = Table(
    "feeds",
    metadata,
    Column("feed", String, primary_key=True),
    Column("url", Words, nullable=False),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("body_digest", Words, nullable=False),
    Column("moved_to", Words, nullable=False),
    Column("moved_from", Words, nullable=False),
    Column("is_gone", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_error", Words, nullable=False),
    Column("last_polled", Instant),
    Column("last_success", Instant),
    Column("next_due", Instant, index=True),
    Column("because", Words, nullable=False),
    *_lease(),
)

pauses = Table(
    "pauses",
    metadata,
    Column("feed", String, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("feed", String, nullable=False, index=True),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("lang", String, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("published", Instant, nullable=False, index=True),
    Column("fetched_at", Instant, nullable=False),
    Column("date_origin", String, nullable=False),
    Column("dated", Instant),
    Column("fed_digest", String, nullable=False),
    Column("revision", Integer, nullable=False),
)

sightings = Table(
    "sightings",
    metadata,
    Column("key", Words, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("rank", Integer, nullable=False),
)
"""The names under which an article is known. `rank` counts the names that it came with, the surest 0."""

revisions = Table(
    "revisions",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("published", Instant, nullable=False),
    Column("fetched_at", Instant, nullable=False),
    Column("fed_digest", String, nullable=False),
)
"""What an article said before it was revised."""

# --- thinking ---------------------------------------------------------------------------------------------------------

hits = Table(
    "hits",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("rule", String, primary_key=True),
    Column("source", String, primary_key=True),
    Column("target", String, primary_key=True),
    Column("status", String, primary_key=True),
    Column("rule_digest", String, nullable=False),
    Column("event", String, nullable=False),
    Column("hit", JSON, nullable=False),
    Column("found_at", Instant, nullable=False, index=True),
    Column("withdrawn_at", Instant),
)
"""`source` and `target` are empty where a hit names none, so that two such hits are the same."""

packs = Table(
    "packs",
    metadata,
    Column("digest", String, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    Column("first_seen", Instant, nullable=False),
)

rule_versions = Table(
    "rule_versions",
    metadata,
    Column("digest", String, primary_key=True),
    Column("rule", String, nullable=False, index=True),
    Column("pack", ForeignKey("packs.digest"), nullable=False),
    Column("first_seen", Instant, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    Column("event", String, nullable=False),
    Column("source", String),
    Column("target", String),
    Column("is_reciprocal", Boolean, nullable=False),
    Column("title", Words, nullable=False),
    Column("severity", String, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("notify", JSON, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("last_hit_at", Instant, nullable=False, index=True),
    Column("said", JSON, nullable=False),
    Column("quantities", JSON, nullable=False),
    Column("merged_into", String, index=True),
    Index(None, "event", "last_hit_at"),
)

story_parties = Table(
    "story_parties",
    metadata,
    Column("story", ForeignKey("stories.id"), primary_key=True),
    Column("party", String, primary_key=True),
    Index(None, "party", "story"),
)

story_reports = Table(
    "story_reports",
    metadata,
    Column("story", ForeignKey("stories.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("report", JSON, nullable=False),
)

# --- the door out -----------------------------------------------------------------------------------------------------

told = Table(
    "told",
    metadata,
    Column("story", ForeignKey("stories.id"), primary_key=True),
    Column("channel", String, primary_key=True),
    Column("first_alert", String, nullable=False),
    Column("said", JSON, nullable=False),
    Column("severity", String, nullable=False),
    Column("quantities", JSON, nullable=False),
    Column("alerts", Integer, nullable=False),
    Column("was_lost", Boolean, nullable=False),
    Column("at", Instant),
)

holds = Table(
    "holds",
    metadata,
    Column("story", ForeignKey("stories.id"), primary_key=True),
    Column("channel", String, primary_key=True),
    Column("until", Instant, nullable=False, index=True),
    Column("because", Words, nullable=False),
    Column("since", Instant, nullable=False),
    Column("gate", String),
)
"""What a channel is to be told later: decided again at `until`. `since` is when it began to wait there."""

silences = Table(
    "silences",
    metadata,
    Column("id", String, primary_key=True),
    Column("author", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False, index=True),
    Column("matcher", JSON, nullable=False),
    Column("expired_by", Words),
)
"""Holds asked for in advance. One that was ended early says by whom; the end is then that moment."""

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("alert", ForeignKey("alerts.id"), primary_key=True),
    Column("story", String, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("by", Words, nullable=False),
    Column("note", Words, nullable=False),
)
"""Who took note of an alert first."""

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("author", Words, nullable=False),
    Column("kind", String, nullable=False),
    Column("story", String, nullable=False, index=True),
    Column("other", String, nullable=False, index=True),
    Column("articles", JSON, nullable=False),
)
"""What a person merged or split: `other` went into `story`, or `articles` went out of `story` as `other`."""

alerts = Table(
    "alerts",
    metadata,
    Column("id", String, primary_key=True),
    Column("story", ForeignKey("stories.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("raised_at", Instant, nullable=False, index=True),
    Column("alert", JSON, nullable=False),
)
"""What is told, frozen when it was decided."""

notices = Table(
    "notices",
    metadata,
    Column("id", String, primary_key=True),
    Column("thread", String, nullable=False, index=True),
    Column("raised_at", Instant, nullable=False, index=True),
    Column("notice", JSON, nullable=False),
)
"""What an operator is told of the monitor's own troubles, frozen when it was decided."""

troubles = Table(
    "troubles",
    metadata,
    Column("key", String, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("mended_at", Instant),
    Column("notice", String, nullable=False),
    Column("trouble", JSON, nullable=False),
)
"""The monitor's own troubles, each once: those that last have no `mended_at`; `notice` first told of it."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("ordinal", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False),
    Column("alert", ForeignKey("alerts.id")),
    Column("notice", ForeignKey("notices.id")),
    Column("story", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("recipient", Words, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("begun_at", Instant),
    Column("is_unknown", Boolean, nullable=False),
    Column("settled_at", Instant),
    Column("because", Words, nullable=False),
    *_lease(),
    Column("bundle", String, index=True),
    UniqueConstraint("id"),
    Index(None, "state", "channel", "ordinal"),
    Index(None, "story", "channel", "recipient", "ordinal"),
    Index(None, "alert", "channel"),
)
"""The outbox: of alerts and of notices, one of which each row names. `story` is what none may overtake in: the story,
or the thread of a notice. Those of one `bundle` go as one message. `begun_at` is set while a message is being handed
over: found set after a crash, it may have arrived."""

channel_states = Table(
    "channel_states",
    metadata,
    Column("channel", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("since", Instant),
    Column("paused_until", Instant),
    Column("free_at", Instant),
    Column("last_at", Instant),
    Column("last_outcome", String, nullable=False),
    Column("last_said", Text, nullable=False),
    Column("accepted_at", Instant),
)
"""How each channel fares: until when it is left alone, and what it last said."""

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("delivery", ForeignKey("deliveries.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("worker", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("said", Words, nullable=False),
)
"""Each try. `said` is what the other side answered, or why there was no answer."""

ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("article", String, index=True),
    Column("story", String, index=True),
    Column("alert", String, index=True),
    Column("channel", String),
    Column("rule", String, index=True),
    Column("because", Words, nullable=False),
    Column("detail", JSON),
    Index(None, "kind", "id"),
)
"""No foreign keys: it outlives what it speaks of."""

seals = Table(
    "seals",
    metadata,
    Column("day", String, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("before", String, nullable=False),
    Column("sealed_at", Instant, nullable=False),
    Column("pruned_at", Instant),
)
"""A digest over the ledger's rows of each day that is over and had any, and over the seal `before` it."""

seal_gaps = Table(
    "seal_gaps",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("day", String, nullable=False, index=True),
    Column("digest", String, nullable=False),
)
"""Of rows that were pruned from a day of which others are kept: what the seal needs of them."""

keeps = Table(
    "keeps",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False, index=True),
    Column("reason", Words, nullable=False),
    Column("added_by", Words, nullable=False),
    Column("since", Instant, nullable=False),
    Column("released_by", Words),
    Column("released_at", Instant),
)
"""Holds that people put on a story, an alert or an article: while one is not released, nothing of it is pruned."""

daemon = Table(
    "daemon",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("worker", String, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
    Column("polled_at", Instant),
    Column("ended_at", Instant),
)
"""What the daemon writes of itself, one row: its start, its last sign of life, its last round of polls, its end."""
