"""Skills, centres and how queues route."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_09_skills"
down_revision: str | None = "2026_11_22_08_delivery"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
#: who serves a queue, by name and as a team
MEMBERS = ("queue_members", "queue_teams")
#: overwritten in the next statement; a column that is never empty needs one to be added
NEVER = sa.text("'1970-01-01 00:00:00+00:00'")


def upgrade() -> None:
    _skills()
    _centres()
    _rules()
    _lease()
    for table in MEMBERS:
        op.add_column(table, sa.Column("priority", sa.Integer(), nullable=False, server_default="1"))
        op.add_column(table, sa.Column("delay_seconds", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("agents", sa.Column("given_at", UtcDateTime(), nullable=True))
    op.add_column("engagements", sa.Column("entered_at", UtcDateTime(), nullable=False, server_default=NEVER))
    op.execute("UPDATE engagements SET entered_at = place_since")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.split('.', maxsplit=1)[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name)


def _skills() -> None:
    op.create_table(
        "skills",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        _reference("skills", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skills")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_skills_site_id_name")),
    )
    op.create_table(
        "agent_skills",
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        _reference("agent_skills", "agent_id", "agents.id"),
        _reference("agent_skills", "skill_id", "skills.id"),
        sa.PrimaryKeyConstraint("agent_id", "skill_id", name=op.f("pk_agent_skills")),
    )
    op.create_index(op.f("ix_agent_skills_skill_id"), "agent_skills", ["skill_id"])


def _centres() -> None:
    op.create_table(
        "centres",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_since", UtcDateTime(), nullable=False),
        _reference("centres", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centres")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_centres_site_id_name")),
    )
    with op.batch_alter_table("agent_sites") as batch:
        batch.add_column(sa.Column("centre_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_agent_sites_centre_id_centres"), "centres", ["centre_id"], ["id"])


def _rules() -> None:
    op.create_table(
        "queue_rules",
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("ranking", sa.String(length=20), nullable=False),
        sa.Column("age_factor", sa.Integer(), nullable=False),
        sa.Column("agent_rule", sa.String(length=20), nullable=False),
        sa.Column("sticky_seconds", sa.Integer(), nullable=False),
        sa.Column("steps", JSON, nullable=False),
        sa.Column("skips_unstaffed", sa.Boolean(), nullable=False, server_default=sa.false()),
        _reference("queue_rules", "queue_id", "queues.id"),
        sa.PrimaryKeyConstraint("queue_id", name=op.f("pk_queue_rules")),
    )
    op.create_table(
        "channel_rules",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("interrupted_by", JSON, nullable=False),
        _reference("channel_rules", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("site_id", "channel", name=op.f("pk_channel_rules")),
    )


def _lease() -> None:
    lease = op.create_table(
        "router_lease",
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("renewed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_router_lease")),
    )
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    op.bulk_insert(lease, [{"part": part, "epoch": 0, "renewed_at": long_ago} for part in ("fence", "beat")])


def downgrade() -> None:
    op.drop_column("engagements", "entered_at")
    op.drop_column("agents", "given_at")
    for table in MEMBERS:
        op.drop_column(table, "delay_seconds")
        op.drop_column(table, "priority")
    with op.batch_alter_table("agent_sites") as batch:
        batch.drop_constraint(op.f("fk_agent_sites_centre_id_centres"), type_="foreignkey")
        batch.drop_column("centre_id")
    for table in ("router_lease", "channel_rules", "queue_rules", "centres", "agent_skills", "skills"):
        op.drop_table(table)
