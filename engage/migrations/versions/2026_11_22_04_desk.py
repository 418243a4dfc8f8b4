"""The agent's desk: canned replies, labels, drafts, mentions, merged contacts."""

from collections.abc import Sequence
from typing import Any

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
    _contact_cards()
    _contact_merges()
    _saved_views()
    _side_panels()
    _timeline_search()


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


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _contact_cards() -> None:
    with op.batch_alter_table("contacts") as batch:
        batch.add_column(sa.Column("phone", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("attributes", _json(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("merged_into_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_contacts_merged_into_id_contacts"), "contacts", ["merged_into_id"], ["id"])
    op.execute("UPDATE contacts SET email = lower(email) WHERE email IS NOT NULL")
    op.create_index("ix_contacts_site", "contacts", ["site_id", "id"])
    op.create_index("ix_contacts_email", "contacts", ["site_id", "email"])
    op.create_table(
        "contact_fields",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("choices", _json(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_contact_fields_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_fields")),
    )
    op.create_index("ix_contact_fields_site_id", "contact_fields", ["site_id"])


def _contact_merges() -> None:
    op.create_table(
        "contact_merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("gone_id", sa.Uuid(), nullable=False),
        sa.Column("moved", _json(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("agent_name", sa.String(length=100), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_contact_merges_site_id_sites")),
        sa.ForeignKeyConstraint(["kept_id"], ["contacts.id"], name=op.f("fk_contact_merges_kept_id_contacts")),
        sa.ForeignKeyConstraint(["gone_id"], ["contacts.id"], name=op.f("fk_contact_merges_gone_id_contacts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_merges")),
    )
    op.create_index("ix_contact_merges_kept_id", "contact_merges", ["kept_id"])


def _saved_views() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("shared_site_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", _json(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_saved_views_agent_id_agents")),
        sa.ForeignKeyConstraint(["shared_site_id"], ["sites.id"], name=op.f("fk_saved_views_shared_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index("ix_saved_views_agent_id", "saved_views", ["agent_id"])
    op.create_index("ix_saved_views_shared_site_id", "saved_views", ["shared_site_id"])


def _side_panels() -> None:
    op.create_table(
        "side_panels",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_side_panels_site_id_sites")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_side_panels")),
    )


#: everything in ASCII that is no letter and no digit parts words, as in `engage/conversations/search.py`
PARTS = "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"


def _timeline_search() -> None:
    """A row of a timeline is never changed, so one trigger keeps the index; a row that is deleted is forgotten."""
    if op.get_bind().dialect.name != "sqlite":
        spaces = " " * (len(PARTS) - 1)
        op.execute(
            "CREATE INDEX ix_timeline_search ON timeline USING gin "
            f"(to_tsvector('simple', translate(text, '{PARTS}', '{spaces}'))) "
            "WHERE kind IN ('message', 'note', 'form') AND text <> ''"
        )
        return
    op.execute(
        "CREATE VIRTUAL TABLE timeline_search USING fts5"
        "(site, text, entry_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 2')"
    )
    op.execute(
        "INSERT INTO timeline_search (site, text, entry_id) SELECT conversations.site_id, text, timeline.id "
        "FROM timeline JOIN conversations ON conversations.id = conversation_id "
        "WHERE kind IN ('message', 'note', 'form') AND text <> '' ORDER BY timeline.id"
    )
    op.execute(
        "CREATE TRIGGER timeline_search_fill AFTER INSERT ON timeline WHEN new.kind IN ('message', 'note', 'form') "
        "AND new.text <> '' BEGIN INSERT INTO timeline_search (site, text, entry_id) VALUES "
        "((SELECT site_id FROM conversations WHERE id = new.conversation_id), new.text, new.id); END"
    )


def downgrade() -> None:
    _no_people()
    for table in ("mentions", "drafts", "conversation_labels", "labels", "canned_files", "canned_replies"):
        op.drop_table(table)


def _no_people() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER timeline_search_fill")
        op.execute("DROP TABLE timeline_search")
    else:
        op.execute("DROP INDEX ix_timeline_search")
    for table in ("side_panels", "saved_views", "contact_merges", "contact_fields"):
        op.drop_table(table)
    op.drop_index("ix_contacts_email", "contacts")
    op.drop_index("ix_contacts_site", "contacts")
    with op.batch_alter_table("contacts") as batch:
        batch.drop_column("merged_into_id")
        batch.drop_column("attributes")
        batch.drop_column("phone")
