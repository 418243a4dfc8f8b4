"""How mails are filed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_19_filing"
down_revision: str | None = "2026_11_22_18_calls"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.split('.', maxsplit=1)[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{columns[0]}"), table, list(columns))


def upgrade() -> None:
    _threads()
    _people()
    _received()
    _acknowledgements()
    with op.batch_alter_table("conversation_labels") as batch:
        batch.alter_column("agent_id", existing_type=sa.Uuid(), nullable=True)


def _threads() -> None:
    table = "mail_threads"
    op.create_table(
        table,
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("reference", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("linked_id", sa.Uuid(), nullable=True),
        sa.Column("is_automatic", sa.Boolean(), server_default=sa.false(), nullable=False),
        _reference(table, "conversation_id", "conversations.id"),
        _reference(table, "site_id", "sites.id"),
        _reference(table, "mailbox_id", "mailboxes.id"),
        _reference(table, "linked_id", "conversations.id"),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_mail_threads")),
        sa.UniqueConstraint("site_id", "reference", name=op.f("uq_mail_threads_site_id_reference")),
    )
    _index(table, "mailbox_id")


def _people() -> None:
    op.create_table(
        "mail_participants",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        _reference("mail_participants", "conversation_id", "conversations.id"),
        sa.PrimaryKeyConstraint("conversation_id", "address", name=op.f("pk_mail_participants")),
    )
    op.create_table(
        "mail_senders",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        _reference("mail_senders", "site_id", "sites.id"),
        _reference("mail_senders", "visitor_id", "visitors.id"),
        sa.PrimaryKeyConstraint("site_id", "address", name=op.f("pk_mail_senders")),
    )
    _index("mail_senders", "visitor_id")


def _received() -> None:
    table = "received_mails"
    op.create_table(
        table,
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("raw_mail_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=True),
        sa.Column("sender", JSON, server_default=sa.text("'{}'"), nullable=False),
        sa.Column("reply_to", JSON, nullable=False),
        sa.Column("to", JSON, nullable=False),
        sa.Column("cc", JSON, nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("dated", UtcDateTime(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shown", JSON, nullable=False),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("pictures", JSON, server_default=sa.text("'{}'"), nullable=False),
        sa.Column("invitation", JSON, server_default=sa.text("'{}'"), nullable=False),
        sa.Column("flags", JSON, nullable=False),
        sa.Column("faults", JSON, nullable=False),
        sa.Column("is_signed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_encrypted", sa.Boolean(), server_default=sa.false(), nullable=False),
        _reference(table, "entry_id", "timeline.id"),
        _reference(table, "conversation_id", "conversations.id"),
        _reference(table, "site_id", "sites.id"),
        _reference(table, "raw_mail_id", "raw_mails.id"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_received_mails")),
    )
    for column in ("conversation_id", "raw_mail_id"):
        _index(table, column)


def _acknowledgements() -> None:
    table = "mail_acknowledgements"
    op.create_table(
        table,
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("solved_at", UtcDateTime(), nullable=True),
        _reference(table, "conversation_id", "conversations.id"),
        _reference(table, "site_id", "sites.id"),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_mail_acknowledgements")),
    )
    op.create_index("ix_mail_acknowledgements_sender", table, ["site_id", "address", "at"])
    op.create_index("ix_mail_acknowledgements_domain", table, ["site_id", "domain", "at"])


def downgrade() -> None:
    op.execute("DELETE FROM conversation_labels WHERE agent_id IS NULL")
    with op.batch_alter_table("conversation_labels") as batch:
        batch.alter_column("agent_id", existing_type=sa.Uuid(), nullable=False)
    tables = "mail_acknowledgements", "received_mails", "mail_senders", "mail_participants", "mail_threads"
    for table in tables:
        op.drop_table(table)
