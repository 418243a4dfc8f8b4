"""Numbers not to be called, and what a queue that overflows offers instead of waiting."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_18_calls"
down_revision: str | None = "2026_11_22_17_desk"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    for offered in ("offers_call", "offers_mail"):
        op.add_column(
            "queue_overflows", sa.Column(offered, sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
    op.create_table(
        "do_not_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("wanted_by", sa.String(length=10), nullable=False),
        sa.Column("agent_name", sa.String(length=100), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_do_not_call_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_do_not_call")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_do_not_call_site_id_number")),
    )


def downgrade() -> None:
    op.drop_table("do_not_call")
    op.drop_column("queue_overflows", "offers_mail")
    op.drop_column("queue_overflows", "offers_call")
