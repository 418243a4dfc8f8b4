"""Rules before a mail is filed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_21_mail_rules"
down_revision: str | None = "2026_11_22_20_answers"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "mail_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("mailbox_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_on", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("match", sa.String(length=3), server_default="all", nullable=False),
        sa.Column("conditions", JSON, server_default=sa.text("'[]'"), nullable=False),
        sa.Column("acts", JSON, server_default=sa.text("'{}'"), nullable=False),
        sa.Column("stops", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("hits", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_hit_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_mail_rules_site_id_sites")),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailboxes.id"], name=op.f("fk_mail_rules_mailbox_id_mailboxes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_rules")),
    )
    op.create_index(op.f("ix_mail_rules_site_id"), "mail_rules", ["site_id"])


def downgrade() -> None:
    op.drop_table("mail_rules")
