"""Who moved what and when, centres with hours, and where queues overflow to."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_13_board"
down_revision: str | None = "2026_11_22_12_promises"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
PAST = ("from_queue_id", "from_agent_id", "by_agent_id")


def upgrade() -> None:
    op.add_column("engagements", sa.Column("boost", sa.Integer(), nullable=False, server_default="0"))
    for column in PAST:
        op.add_column("engagement_steps", sa.Column(column, sa.Uuid(), nullable=True))
    _presence()
    _centres()
    _overflows()


def _presence() -> None:
    op.add_column("agents", sa.Column("presence_set_by", sa.String(length=100), nullable=True))
    op.create_table(
        "presence_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("from_presence", sa.String(length=20), nullable=False),
        sa.Column("presence", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("by_agent_id", sa.Uuid(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_presence_steps_agent_id_agents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_steps")),
    )
    op.create_index(op.f("ix_presence_steps_agent"), "presence_steps", ["agent_id", "at"])


def _centres() -> None:
    cause = sa.Column("state_cause", sa.String(length=20), nullable=False, server_default="by_hand")
    outside = sa.Column("outside_hours", sa.String(length=10), nullable=False, server_default="draining")
    for column in (cause, outside):
        op.add_column("centres", column)
    op.add_column("centres", sa.Column("hours", JSON, nullable=True))
    op.add_column("centres", sa.Column("time_zone", sa.String(length=60), nullable=True))
    op.create_table(
        "centre_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("from_state", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("by_agent_id", sa.Uuid(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_steps")),
    )
    op.create_index(op.f("ix_centre_steps_centre"), "centre_steps", ["centre_id", "at"])


def _overflows() -> None:
    queues = [
        sa.ForeignKeyConstraint([column], ["queues.id"], name=op.f(f"fk_queue_overflows_{column}_queues"))
        for column in ("queue_id", "target_id", "closed_target_id")
    ]
    op.create_table(
        "queue_overflows",
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("after_seconds", sa.Integer(), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=True),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("hours", JSON, nullable=True),
        sa.Column("closed_target_id", sa.Uuid(), nullable=True),
        sa.Column("closed_message", sa.String(length=500), nullable=False),
        *queues,
        sa.PrimaryKeyConstraint("queue_id", name=op.f("pk_queue_overflows")),
    )


def downgrade() -> None:
    for table in ("queue_overflows", "centre_steps", "presence_steps"):
        op.drop_table(table)
    for column in ("state_cause", "outside_hours", "hours", "time_zone"):
        op.drop_column("centres", column)
    op.drop_column("agents", "presence_set_by")
    for column in PAST:
        op.drop_column("engagement_steps", column)
    op.drop_column("engagements", "boost")
