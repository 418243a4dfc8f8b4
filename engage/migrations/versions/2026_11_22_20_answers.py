"""How answers leave by mail."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_20_answers"
down_revision: str | None = "2026_11_22_19_filing"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
#: of `mails`
REFERENCES = {"entry_id": "timeline", "agent_id": "agents", "mailbox_id": "mailboxes"}
TEXTS = {"message_id": 320, "provider_id": 255, "in_reply_to": 320, "reply_to": 320, "envelope_from": 320}
LISTS = ("reference_ids", "cc", "bcc")
MOMENTS = ("not_before", "left_at")


def upgrade() -> None:
    with op.batch_alter_table("mails") as mails:
        mails.add_column(sa.Column("kind", sa.String(length=20), server_default="notice", nullable=False))
        for name, length in TEXTS.items():
            mails.add_column(sa.Column(name, sa.String(length=length), nullable=True))
        for name in LISTS:
            mails.add_column(sa.Column(name, JSON, server_default=sa.text("'[]'"), nullable=False))
        mails.add_column(sa.Column("headers", JSON, server_default=sa.text("'{}'"), nullable=False))
        for name in MOMENTS:
            mails.add_column(sa.Column(name, UtcDateTime(), nullable=True))
        for name, target in REFERENCES.items():
            mails.add_column(sa.Column(name, sa.Uuid(), nullable=True))
            mails.create_foreign_key(op.f(f"fk_mails_{name}_{target}"), target, [name], ["id"])
    op.create_index(op.f("ix_mails_entry_id"), "mails", ["entry_id"])
    op.create_index("ix_mails_state", "mails", ["state", "not_before"])
    _suppressed()
    _notices()
    op.create_table(
        "mail_troubles",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("alarmed_at", UtcDateTime(), nullable=True),
        _reference("mail_troubles", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_mail_troubles")),
    )


def _suppressed() -> None:
    table = "suppressed_addresses"
    op.create_table(
        table,
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _reference(table, "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("site_id", "address", name=op.f(f"pk_{table}")),
    )


def _notices() -> None:
    op.create_table(
        "mail_opt_outs",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _reference("mail_opt_outs", "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("site_id", "address", "purpose", name=op.f("pk_mail_opt_outs")),
    )
    table = "mail_notices"
    op.create_table(
        table,
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.String(length=200), nullable=False),
        sa.Column("mail_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _reference(table, "site_id", "sites.id"),
        _reference(table, "contact_id", "contacts.id"),
        sa.PrimaryKeyConstraint("site_id", "contact_id", "event", name=op.f(f"pk_{table}")),
    )


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.split('.', maxsplit=1)[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name)


def downgrade() -> None:
    for table in ("mail_troubles", "mail_notices", "mail_opt_outs", "suppressed_addresses"):
        op.drop_table(table)
    op.drop_index("ix_mails_state", table_name="mails")
    op.drop_index(op.f("ix_mails_entry_id"), table_name="mails")
    with op.batch_alter_table("mails") as mails:
        for name, target in REFERENCES.items():
            mails.drop_constraint(op.f(f"fk_mails_{name}_{target}"), type_="foreignkey")
            mails.drop_column(name)
        for name in ("kind", *TEXTS, *LISTS, "headers", *MOMENTS):
            mails.drop_column(name)
