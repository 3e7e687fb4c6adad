"""The monitor's own troubles: what is known of them, what an operator is told, and the daemon's signs of life."""

import sqlalchemy as sa

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Go forward; there is no way back but the backup."""
    op.create_table(
        "notices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notice", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_raised_at"), "notices", ["raised_at"], unique=False)
    op.create_index(op.f("ix_notices_thread"), "notices", ["thread"], unique=False)
    op.create_table(
        "troubles",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("trouble", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_troubles")),
    )
    op.create_table(
        "daemon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daemon")),
    )
    # SQLite makes the table anew, so the column may stand where `tables` has it; PostgreSQL adds it at the end
    where = {"insert_after": "alert"} if op.get_bind().dialect.name == "sqlite" else {}
    with op.batch_alter_table("deliveries") as batch:
        batch.alter_column("alert", existing_type=sa.String(), nullable=True)
        batch.add_column(sa.Column("notice", sa.String(), nullable=True), **where)
        batch.create_foreign_key(op.f("fk_deliveries_notice_notices"), "notices", ["notice"], ["id"])
