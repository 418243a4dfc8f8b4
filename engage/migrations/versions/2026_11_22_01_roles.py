"""Roles by site, retired outcomes and the audit log."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_01_roles"
down_revision: str | None = "2026_11_21_first_tables"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _roles()
    op.add_column("dispositions", sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    _audit()


def _roles() -> None:
    role = sa.Column("role", sa.String(length=20), nullable=False, server_default="agent")
    op.add_column("agent_sites", role)
    op.add_column("agent_sites", sa.Column("all_queues", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute("UPDATE agent_sites SET role = (SELECT role FROM agents WHERE agents.id = agent_sites.agent_id)")
    with op.batch_alter_table("agents") as batch:
        batch.drop_column("role")


def _audit() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(length=100), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("subject_name", sa.String(length=200), nullable=False),
        sa.Column("changes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_site", "audit_entries", ["site_id", "id"])


def downgrade() -> None:
    op.drop_table("audit_entries")
    op.drop_column("dispositions", "retired")
    op.add_column("agents", sa.Column("role", sa.String(length=20), nullable=False, server_default="agent"))
    op.drop_column("agent_sites", "all_queues")
    op.drop_column("agent_sites", "role")
