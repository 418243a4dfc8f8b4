"""Call-backs: a site's rules, who asked, and each call."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_15_callback"
down_revision: str | None = "2026_11_22_14_transfers"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OPEN = sa.text("ended_at IS NULL")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.split('.', maxsplit=1)[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name)


def upgrade() -> None:
    op.create_table(
        "callback_rules",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("rules", JSON, nullable=False),
        _reference("callback_rules", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_callback_rules")),
    )
    _requests()
    _attempts()


def _requests() -> None:
    table = "callback_requests"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("slot_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("place_since", UtcDateTime(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=True),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        _reference(table, "site_id", "sites.id"),
        _reference(table, "conversation_id", "conversations.id"),
        _reference(table, "visitor_id", "visitors.id"),
        _reference(table, "queue_id", "queues.id"),
        _reference(table, "engagement_id", "engagements.id"),
        _reference(table, "agent_id", "agents.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_requests")),
        sa.UniqueConstraint("visitor_id", "client_id", name=op.f("uq_callback_requests_visitor_id_client_id")),
    )
    op.create_index(
        "uq_callback_requests_open",
        table,
        ["site_id", "number"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_callback_requests_number", table, ["site_id", "number", "asked_at"])
    op.create_index("ix_callback_requests_visitor", table, ["visitor_id", "asked_at"])
    op.create_index("ix_callback_requests_address", table, ["site_id", "address", "asked_at"])
    op.create_index("ix_callback_requests_slot", table, ["site_id", "slot_at"])
    op.create_index(op.f("ix_callback_requests_conversation_id"), table, ["conversation_id"])
    op.create_index(op.f("ix_callback_requests_engagement_id"), table, ["engagement_id"])


def _attempts() -> None:
    table = "callback_attempts"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("trunk", sa.String(length=20), nullable=False),
        sa.Column("dialled_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        _reference(table, "request_id", "callback_requests.id"),
        _reference(table, "site_id", "sites.id"),
        _reference(table, "engagement_id", "engagements.id"),
        _reference(table, "agent_id", "agents.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_attempts")),
        sa.UniqueConstraint("request_id", "ordinal", name=op.f("uq_callback_attempts_request_id_ordinal")),
    )
    op.create_index("ix_callback_attempts_site", table, ["site_id", "dialled_at"])


def downgrade() -> None:
    for table in ("callback_attempts", "callback_requests", "callback_rules"):
        op.drop_table(table)
