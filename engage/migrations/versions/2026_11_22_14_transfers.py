"""Parties to a conversation, ways of transfer, wrap-up modes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_14_transfers"
down_revision: str | None = "2026_11_22_13_board"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

PENDING = "state = 'pending'"
RINGS = "state = 'pending' AND role = 'holder'"
IS_PARTY = "role <> 'holder' AND left_at IS NULL"


def upgrade() -> None:
    _parties()
    op.add_column("engagements", sa.Column("return_to_id", sa.Uuid(), nullable=True))
    op.add_column("queues", sa.Column("wrap_up_mode", sa.String(12), nullable=False, server_default="optional"))
    _wanted()


def _parties() -> None:
    op.add_column("offers", sa.Column("role", sa.String(12), nullable=False, server_default="holder"))
    op.add_column("offers", sa.Column("asked_by_id", sa.Uuid(), nullable=True))
    op.add_column("offers", sa.Column("left_at", UtcDateTime(), nullable=True))
    op.add_column("offers", sa.Column("note", sa.Text(), nullable=True))
    op.drop_index("uq_offers_pending", table_name="offers")
    _offers_index("uq_offers_pending", ["engagement_id"], RINGS)
    _offers_index("uq_offers_party", ["engagement_id", "agent_id"], IS_PARTY)
    where = sa.text(IS_PARTY)
    op.create_index("ix_offers_party_agent", "offers", ["agent_id"], sqlite_where=where, postgresql_where=where)


def _offers_index(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "offers", columns, unique=True, sqlite_where=condition, postgresql_where=condition)


def _wanted() -> None:
    op.create_table(
        "wanted",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=True),
        sa.Column("centre_id", sa.Uuid(), nullable=True),
        _reference("wanted", "engagement_id", "engagements.id"),
        _reference("wanted", "skill_id", "skills.id"),
        _reference("wanted", "centre_id", "centres.id"),
        sa.PrimaryKeyConstraint("engagement_id", name=op.f("pk_wanted")),
    )


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.split('.', maxsplit=1)[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name)


def downgrade() -> None:
    op.drop_table("wanted")
    op.drop_column("queues", "wrap_up_mode")
    op.drop_column("engagements", "return_to_id")
    for index in ("ix_offers_party_agent", "uq_offers_party", "uq_offers_pending"):
        op.drop_index(index, table_name="offers")
    op.execute("DELETE FROM offers WHERE role <> 'holder'")
    for column in ("note", "left_at", "asked_by_id", "role"):
        op.drop_column("offers", column)
    _offers_index("uq_offers_pending", ["engagement_id"], PENDING)
