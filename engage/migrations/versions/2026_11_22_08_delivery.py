"""Delivery under load: whoever comes or goes is looked for among the work by an index."""

from collections.abc import Sequence

from alembic import op

revision: str = "2026_11_22_08_delivery"
down_revision: str | None = "2026_11_22_07_pictures"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("ix_engagements_visitor", "engagements", ["visitor_id", "state"])


def downgrade() -> None:
    op.drop_index("ix_engagements_visitor", "engagements")
