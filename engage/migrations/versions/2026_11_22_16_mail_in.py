"""Mail that comes in: mailboxes, how far they were read, mails as they came, and the names of mails."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_16_mail_in"
down_revision: str | None = "2026_11_22_15_callback"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.split('.', maxsplit=1)[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{columns[0]}"), table, list(columns))


def upgrade() -> None:
    _mailboxes()
    op.create_table(
        "mailbox_cursors",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("folder", sa.String(length=255), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        _reference("mailbox_cursors", "mailbox_id", "mailboxes.id"),
        sa.PrimaryKeyConstraint("mailbox_id", "folder", name=op.f("pk_mailbox_cursors")),
    )
    _raw_mails()
    _mail_ids()


def _mailboxes() -> None:
    table = "mailboxes"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("aliases", JSON, server_default=sa.text("'[]'"), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("protocol", sa.String(length=10), nullable=False),
        sa.Column("host", sa.String(length=255), server_default="", nullable=False),
        sa.Column("port", sa.Integer(), server_default="993", nullable=False),
        sa.Column("security", sa.String(length=10), server_default="tls", nullable=False),
        sa.Column("auth", sa.String(length=10), server_default="password", nullable=False),
        sa.Column("login", sa.String(length=320), server_default="", nullable=False),
        sa.Column("secrets", sa.Text(), nullable=True),
        sa.Column("oauth", JSON, server_default=sa.text("'{}'"), nullable=False),
        sa.Column("folder", sa.String(length=255), server_default="INBOX", nullable=False),
        sa.Column("done_folder", sa.String(length=255), nullable=True),
        sa.Column("authserv_id", sa.String(length=255), nullable=True),
        sa.Column("is_on", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("state", sa.String(length=20), server_default="connecting", nullable=False),
        sa.Column("trouble", sa.String(length=500), nullable=True),
        sa.Column("trouble_since", UtcDateTime(), nullable=True),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("last_mail_at", UtcDateTime(), nullable=True),
        sa.Column("reader", sa.String(length=100), nullable=True),
        sa.Column("reader_until", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _reference(table, "site_id", "sites.id"),
        _reference(table, "queue_id", "queues.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailboxes")),
        sa.UniqueConstraint("address", name=op.f("uq_mailboxes_address")),
    )
    _index(table, "site_id")


def _raw_mails() -> None:
    table = "raw_mails"
    place = ("mailbox_id", "folder", "uid_validity", "uid")
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_cut", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("envelope_from", sa.String(length=320), nullable=True),
        sa.Column("envelope_to", sa.String(length=320), nullable=True),
        sa.Column("folder", sa.String(length=255), nullable=True),
        sa.Column("uid_validity", sa.BigInteger(), nullable=True),
        sa.Column("uid", sa.BigInteger(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("sender", sa.String(length=320), nullable=True),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column("filed_as", sa.String(length=64), nullable=True),
        sa.Column("filed_at", UtcDateTime(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("flags", JSON, server_default=sa.text("'[]'"), nullable=False),
        _reference(table, "site_id", "sites.id"),
        _reference(table, "mailbox_id", "mailboxes.id"),
        _reference(table, "conversation_id", "conversations.id"),
        _reference(table, "entry_id", "timeline.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raw_mails")),
        sa.UniqueConstraint(*place, name=op.f("uq_raw_mails_mailbox_id_folder_uid_validity_uid")),
        sa.UniqueConstraint("mailbox_id", "filed_as", name=op.f("uq_raw_mails_mailbox_id_filed_as")),
    )
    op.create_index("ix_raw_mails_site", table, ["site_id", "id"])
    op.create_index("ix_raw_mails_state", table, ["state", "site_id"])
    for column in ("sha256", "conversation_id", "entry_id"):
        _index(table, column)


def _mail_ids() -> None:
    table = "mail_ids"
    op.create_table(
        table,
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        _reference(table, "site_id", "sites.id"),
        _reference(table, "conversation_id", "conversations.id"),
        _reference(table, "entry_id", "timeline.id"),
        sa.PrimaryKeyConstraint("site_id", "message_id", name=op.f("pk_mail_ids")),
    )
    _index(table, "conversation_id")


def downgrade() -> None:
    for table in ("mail_ids", "raw_mails", "mailbox_cursors", "mailboxes"):
        op.drop_table(table)
