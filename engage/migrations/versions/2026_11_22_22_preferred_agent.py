"""A contact's preferred agent."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "2026_11_22_22_preferred_agent"
down_revision: str | None = "2026_11_22_21_mail_rules"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("contacts", sa.Column("preferred_agent_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("contacts", "preferred_agent_id")
