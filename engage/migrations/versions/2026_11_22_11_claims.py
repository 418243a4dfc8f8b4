"""The sweep's way to what waits, and the number of the last change of the rules.

Revision ID: 2026_11_22_11_claims
Revises: 2026_11_22_10_words
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from engage.kit.db import UtcDateTime

revision: str = "2026_11_22_11_claims"
down_revision: str | None = "2026_11_22_10_words"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEASE = sa.table(
    "router_lease", sa.column("part", sa.String), sa.column("epoch", sa.Integer), sa.column("renewed_at", UtcDateTime)
)


def upgrade() -> None:
    """Only what is queued stands in the index: whoever leaves the queue pays nothing for it."""
    queued = sa.text("state = 'queued'")
    op.create_index("ix_engagements_queued", "engagements", ["id"], sqlite_where=queued, postgresql_where=queued)
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    op.bulk_insert(LEASE, [{"part": "rules", "epoch": 0, "renewed_at": long_ago}])


def downgrade() -> None:
    op.execute(sa.delete(LEASE).where(LEASE.c.part == "rules"))
    op.drop_index("ix_engagements_queued", table_name="engagements")
