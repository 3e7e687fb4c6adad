"""The ledger sealed by day, holds that pruning respects, and rows found by rule and kind."""

import sqlalchemy as sa

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Go forward; there is no way back but the backup."""
    op.create_index(op.f("ix_ledger_rule"), "ledger", ["rule"])
    op.create_index(op.f("ix_ledger_kind_ledger_id"), "ledger", ["kind", "id"])
    op.create_table(
        "seals",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pruned_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_seals")),
    )
    op.create_table(
        "seal_gaps",
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_seal_gaps")),
    )
    op.create_index(op.f("ix_seal_gaps_day"), "seal_gaps", ["day"])
    op.create_table(
        "keeps",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keeps")),
    )
    op.create_index(op.f("ix_keeps_subject"), "keeps", ["subject"])
