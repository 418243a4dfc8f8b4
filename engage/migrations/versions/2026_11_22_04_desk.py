"""The agent's desk: canned replies, labels, drafts, mentions, merged contacts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_04_desk"
down_revision: str | None = "2026_11_22_03_sites"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _canned_replies()
    _labels()
    _drafts()
    _mentions()
    _merges()


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.split('.', maxsplit=1)[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name)


def _canned_replies() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("shortcut", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=True),
        sa.Column("queue_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        _reference("canned_replies", "site_id", "sites.id"),
        _reference("canned_replies", "agent_id", "agents.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
    )
    op.create_index(op.f("ix_canned_replies_site_id"), "canned_replies", ["site_id"])
    op.create_table(
        "canned_files",
        sa.Column("reply_id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        _reference("canned_files", "reply_id", "canned_replies.id"),
        _reference("canned_files", "attachment_id", "attachments.id"),
        sa.PrimaryKeyConstraint("reply_id", "attachment_id", name=op.f("pk_canned_files")),
    )


def _labels() -> None:
    op.create_table(
        "labels",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("colour", sa.String(length=20), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        _reference("labels", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
    )
    op.create_index(op.f("ix_labels_site_id"), "labels", ["site_id"])
    op.create_table(
        "conversation_labels",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("label_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _reference("conversation_labels", "conversation_id", "conversations.id"),
        _reference("conversation_labels", "label_id", "labels.id"),
        _reference("conversation_labels", "agent_id", "agents.id"),
        sa.PrimaryKeyConstraint("conversation_id", "label_id", name=op.f("pk_conversation_labels")),
    )
    op.create_index(op.f("ix_conversation_labels_label_id"), "conversation_labels", ["label_id"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reply_begun_at", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        _reference("drafts", "agent_id", "agents.id"),
        _reference("drafts", "conversation_id", "conversations.id"),
        sa.PrimaryKeyConstraint("agent_id", "conversation_id", name=op.f("pk_drafts")),
    )


def _mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _reference("mentions", "conversation_id", "conversations.id"),
        _reference("mentions", "entry_id", "timeline.id"),
        _reference("mentions", "agent_id", "agents.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
    )
    op.create_index("ix_mentions_agent", "mentions", ["agent_id", "id"])
    op.create_index(op.f("ix_mentions_conversation_id"), "mentions", ["conversation_id"])


def _merges() -> None:
    op.create_table(
        "merges",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _reference("merges", "conversation_id", "conversations.id"),
        _reference("merges", "into_id", "conversations.id"),
        _reference("merges", "agent_id", "agents.id"),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_into_id"), "merges", ["into_id"])


def downgrade() -> None:
    for table in (
        "merges", "mentions", "drafts", "conversation_labels", "labels", "canned_files", "canned_replies",
    ):  # fmt: skip
        op.drop_table(table)
