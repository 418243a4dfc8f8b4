"""Ticket work: signatures of agents, and merges of conversations that can be taken back."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_23_ticket_work"
down_revision: str | None = "2026_11_22_22_preferred_agent"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("agents", sa.Column("signatures", JSON, server_default=sa.text("'{}'"), nullable=False))
    op.create_table(
        "conversation_merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gone_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("came", JSON, server_default=sa.text("'{}'"), nullable=False),
        sa.Column("merged_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["gone_id"], ["conversations.id"], name=op.f("fk_conversation_merges_gone_id_conversations")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["conversations.id"], name=op.f("fk_conversation_merges_into_id_conversations")
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_conversation_merges_agent_id_agents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_merges")),
    )
    op.create_index(op.f("ix_conversation_merges_gone_id"), "conversation_merges", ["gone_id"])
    op.create_index(op.f("ix_conversation_merges_into_id"), "conversation_merges", ["into_id"])


def downgrade() -> None:
    op.drop_table("conversation_merges")
    op.drop_column("agents", "signatures")
