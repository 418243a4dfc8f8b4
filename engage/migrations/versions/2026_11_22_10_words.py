"""Queues have names by language."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from engage.kit.db import Json

revision: str = "2026_11_22_10_words"
down_revision: str | None = "2026_11_22_09_skills"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("queues", sa.Column("names", Json, nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("queues") as table:
        table.drop_column("names")
