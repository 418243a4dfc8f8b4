"""Conversations that were merged into another."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "2026_11_22_06_merging"
down_revision: str | None = "2026_11_22_05_integrations"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


NAME = "fk_conversations_merged_into_id_conversations"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # In place: the search's trigger reads this table, which a copy would take away for a moment.
        column = f"merged_into_id CHAR(32) CONSTRAINT {NAME} REFERENCES conversations (id)"
        op.execute(f"ALTER TABLE conversations ADD COLUMN {column}")
    else:
        op.add_column("conversations", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(NAME), "conversations", "conversations", ["merged_into_id"], ["id"])
    op.create_index(op.f("ix_conversations_merged_into_id"), "conversations", ["merged_into_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_conversations_merged_into_id"), "conversations")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_column("conversations", "merged_into_id")
        return
    trigger = op.get_bind().scalar(sa.text("SELECT sql FROM sqlite_master WHERE name = 'timeline_search_fill'"))
    op.execute("DROP TRIGGER timeline_search_fill")
    with op.batch_alter_table("conversations") as conversations:
        conversations.drop_constraint(op.f(NAME), type_="foreignkey")
        conversations.drop_column("merged_into_id")
    op.execute(trigger)
