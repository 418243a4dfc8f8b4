"""What is promised to customers, and its clocks; what a waiting visitor was told; who left soon."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_12_promises"
down_revision: str | None = "2026_11_22_11_claims"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
#: of an engagement, in the order of its model
OF_ENGAGEMENTS: tuple[sa.Column[Any], ...] = (
    sa.Column("told_at", UtcDateTime(), nullable=True),
    sa.Column("told_step", sa.Integer(), nullable=True),
    sa.Column("forecast_seconds", sa.Integer(), nullable=True),
    sa.Column("left_at", UtcDateTime(), nullable=True),
    sa.Column("short_abandon", sa.Boolean(), nullable=False, server_default=sa.false()),
)


def upgrade() -> None:
    _policies()
    _timers()
    for column in OF_ENGAGEMENTS:
        op.add_column("engagements", column.copy())
    with op.batch_alter_table("engagements") as batch:
        batch.add_column(sa.Column("sla_policy_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_engagements_sla_policy_id_sla_policies"), "sla_policies", ["sla_policy_id"], ["id"]
        )
    op.create_index("ix_engagements_accepted", "engagements", ["queue_id", "accepted_at"])


def _policies() -> None:
    op.create_table(
        "sla_policies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("queue_ids", JSON, nullable=False),
        sa.Column("channels", JSON, nullable=False),
        sa.Column("tiers", JSON, nullable=False),
        sa.Column("first_response_minutes", sa.Integer(), nullable=True),
        sa.Column("next_response_minutes", sa.Integer(), nullable=True),
        sa.Column("resolution_minutes", sa.Integer(), nullable=True),
        sa.Column("in_business_hours", sa.Boolean(), nullable=False),
        sa.Column("warn_percent", sa.Integer(), nullable=False),
        sa.Column("raise_minutes", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_sla_policies_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_policies")),
    )
    op.create_index(op.f("ix_sla_policies_site_id"), "sla_policies", ["site_id"])


def _timers() -> None:
    op.create_table(
        "sla_timers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("promise", sa.String(length=20), nullable=False),
        sa.Column("target_seconds", sa.Integer(), nullable=False),
        sa.Column("warn_percent", sa.Integer(), nullable=False),
        sa.Column("in_business_hours", sa.Boolean(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("running_since", UtcDateTime(), nullable=True),
        sa.Column("warn_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("warned_at", UtcDateTime(), nullable=True),
        sa.Column("broken_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("fulfilled", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagements.id"], name=op.f("fk_sla_timers_engagement_id_engagements")
        ),
        sa.ForeignKeyConstraint(["policy_id"], ["sla_policies.id"], name=op.f("fk_sla_timers_policy_id_sla_policies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_timers")),
    )
    op.create_index("ix_sla_timers_engagement", "sla_timers", ["engagement_id", "id"])
    still = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_sla_timers_open",
        "sla_timers",
        ["engagement_id", "promise"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )


def downgrade() -> None:
    op.drop_index("ix_engagements_accepted", "engagements")
    with op.batch_alter_table("engagements") as batch:
        batch.drop_constraint(op.f("fk_engagements_sla_policy_id_sla_policies"), type_="foreignkey")
        batch.drop_column("sla_policy_id")
        for column in reversed(OF_ENGAGEMENTS):
            batch.drop_column(column.name)
    op.drop_table("sla_timers")
    op.drop_table("sla_policies")
