"""Accepting by itself, reasons of presence and of declining, outcomes as a tree."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_17_desk"
down_revision: str | None = "2026_11_22_16_mail_in"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ADDED = (
    ("queues", "accept_after_seconds", sa.Integer()),
    ("agents", "auto_accept", sa.Boolean()),
    ("agents", "presence_reason_id", sa.Uuid()),
    ("presence_steps", "reason_id", sa.Uuid()),
    ("presence_steps", "productive", sa.Boolean()),
    ("offers", "accepts_at", UtcDateTime()),
    ("offers", "reason_id", sa.Uuid()),
    ("engagement_steps", "reason", sa.String(200)),
    ("dispositions", "parent_id", sa.Uuid()),
)


def upgrade() -> None:
    for table, column, type_ in ADDED:
        op.add_column(table, sa.Column(column, type_, nullable=True))
    _reasons("decline_reasons")
    _reasons(
        "presence_reasons",
        sa.Column("names", JSON, nullable=False, server_default="{}"),
        sa.Column("presence", sa.String(20), nullable=False),
        sa.Column("productive", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def _reasons(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        *columns,
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f(f"fk_{table}_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_site_id"), table, ["site_id"])


def downgrade() -> None:
    op.drop_table("presence_reasons")
    op.drop_table("decline_reasons")
    for table, column, _ in reversed(ADDED):
        op.drop_column(table, column)
