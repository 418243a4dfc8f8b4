"""Access: API keys, invitations and resets, second factors, single sign-on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_02_access"
down_revision: str | None = "2026_11_22_01_roles"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _keys()
    _accounts()
    _identity_providers()


def _keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", JSON, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_keys_token_hash")),
    )
    op.create_index(op.f("ix_api_keys_site_id"), "api_keys", ["site_id"])


def _accounts() -> None:
    op.add_column("agents", sa.Column("invited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("agents", sa.Column("email_proved", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("agents", sa.Column("totp_sealed", sa.String(length=300), nullable=True))
    op.add_column("agents", sa.Column("totp_step", sa.Integer(), nullable=True))
    op.add_column("agent_sites", sa.Column("suspended_at", UtcDateTime(), nullable=True))
    op.add_column("sign_ins", sa.Column("address", sa.String(length=60), nullable=True))
    op.add_column("sign_ins", sa.Column("seen_at", UtcDateTime(), nullable=True))
    op.add_column("sites", sa.Column("requires_second_factor", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("mails", sa.Column("secret", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "account_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("mailed", sa.Boolean(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_account_links_agent_id_agents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_links_token_hash")),
    )
    op.create_index(op.f("ix_account_links_agent_id"), "account_links", ["agent_id"])
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_recovery_codes_agent_id_agents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    op.create_index("ix_recovery_codes_agent", "recovery_codes", ["agent_id"])


def _identity_providers() -> None:
    op.create_table(
        "identity_providers",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("client_secret_sealed", sa.Text(), nullable=True),
        sa.Column("domains", JSON, nullable=False),
        sa.Column("role_of_new", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_identity_providers_site_id_sites")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_identity_providers")),
    )


def downgrade() -> None:
    for table in ("identity_providers", "recovery_codes", "account_links", "api_keys"):
        op.drop_table(table)
    op.drop_column("mails", "secret")
    op.drop_column("sites", "requires_second_factor")
    for column in ("seen_at", "address"):
        op.drop_column("sign_ins", column)
    op.drop_column("agent_sites", "suspended_at")
    for column in ("totp_step", "totp_sealed", "email_proved", "invited"):
        op.drop_column("agents", column)
