"""Webhooks, visitors known to their site, and blocks."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_05_integrations"
down_revision: str | None = "2026_11_22_04_desk"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def _json() -> sa.JSON[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _reference(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.split('.', maxsplit=1)[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)


def upgrade() -> None:
    _known_visitors()
    _site_identities()
    _blocks()
    _webhooks()


def _known_visitors() -> None:
    op.add_column("contacts", sa.Column("external_id", sa.String(length=200), nullable=True))
    op.add_column("contacts", sa.Column("told", _json(), nullable=False, server_default="{}"))
    op.create_index("uq_contacts_external", "contacts", ["site_id", "external_id"], unique=True)
    op.add_column("visitors", sa.Column("verified_at", UtcDateTime(), nullable=True))
    op.add_column("visitors", sa.Column("external_id", sa.String(length=200), nullable=True))
    op.create_index("uq_visitors_external", "visitors", ["site_id", "external_id"], unique=True)
    op.add_column("visitors", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.create_table(
        "visitor_tokens",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        _reference("visitor_tokens", "visitor_id", "visitors.id"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_visitor_tokens")),
    )
    op.create_index(op.f("ix_visitor_tokens_visitor_id"), "visitor_tokens", ["visitor_id"])


def _site_identities() -> None:
    op.create_table(
        "site_identities",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("secret_made_at", UtcDateTime(), nullable=True),
        sa.Column("old_secret", sa.Text(), nullable=True),
        sa.Column("old_secret_until", UtcDateTime(), nullable=True),
        sa.Column("public_key", sa.Text(), nullable=True),
        sa.Column("jwks_url", sa.String(length=500), nullable=True),
        _reference("site_identities", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_site_identities")),
    )
    op.create_table(
        "used_jwts",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("jti_hash", sa.String(length=64), nullable=False),
        sa.Column("attempt", sa.String(length=64), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        _reference("used_jwts", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("site_id", "jti_hash", name=op.f("pk_used_jwts")),
    )
    op.create_index(op.f("ix_used_jwts_expires_at"), "used_jwts", ["expires_at"])


def _blocks() -> None:
    op.create_table(
        "blocks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("lifted_at", UtcDateTime(), nullable=True),
        _reference("blocks", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocks")),
    )
    op.create_index("ix_blocks_subject", "blocks", ["site_id", "kind", "subject"])


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("events", _json(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("failing_since", UtcDateTime(), nullable=True),
        _reference("webhooks", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_index(op.f("ix_webhooks_site_id"), "webhooks", ["site_id"])
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=True),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        _reference("webhook_deliveries", "webhook_id", "webhooks.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_deliveries")),
    )
    op.create_index("ix_webhook_deliveries_webhook", "webhook_deliveries", ["webhook_id", "id"])


def downgrade() -> None:
    for table in ("webhook_deliveries", "webhooks", "blocks", "used_jwts", "site_identities", "visitor_tokens"):
        op.drop_table(table)
    op.drop_column("visitors", "merged_into_id")
    op.drop_index("uq_visitors_external", "visitors")
    op.drop_column("visitors", "external_id")
    op.drop_column("visitors", "verified_at")
    op.drop_index("uq_contacts_external", "contacts")
    for column in ("told", "external_id"):
        op.drop_column("contacts", column)
