"""What waits and why: gates of holds, silences, acknowledgements, bundles, and the corrections of people."""

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Go forward; there is no way back but the backup."""
    op.create_table(
        "silences",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("matcher", sa.JSON(), nullable=False),
        sa.Column("expired_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silences")),
    )
    op.create_index(op.f("ix_silences_ends_at"), "silences", ["ends_at"], unique=False)
    op.create_table(
        "acknowledgements",
        sa.Column("alert", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("alert", name=op.f("pk_acknowledgements")),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name=op.f("fk_acknowledgements_alert_alerts")),
    )
    op.create_index(op.f("ix_acknowledgements_story"), "acknowledgements", ["story"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_story"), "corrections", ["story"], unique=False)
    op.create_index(op.f("ix_corrections_other"), "corrections", ["other"], unique=False)
    op.add_column("holds", sa.Column("gate", sa.String(), nullable=True))
    op.add_column("told", sa.Column("at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("stories", sa.Column("merged_into", sa.String(), nullable=True))
    op.create_index(op.f("ix_stories_merged_into"), "stories", ["merged_into"], unique=False)
    op.add_column("deliveries", sa.Column("bundle", sa.String(), nullable=True))
    op.create_index(op.f("ix_deliveries_bundle"), "deliveries", ["bundle"], unique=False)
