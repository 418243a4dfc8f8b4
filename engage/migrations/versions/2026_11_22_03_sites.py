"""What a site's admin sets up."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "2026_11_22_03_sites"
down_revision: str | None = "2026_11_22_02_access"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
#: what is set up of a site, each column one noun of the settings; empty is "as we think best"
SITE_COLUMNS = {"locales": "[]", "texts": "{}", "pre_chat": "[]", "rating": "{}", "uploads": "{}", "mail": "{}"}


def upgrade() -> None:
    for name, default in SITE_COLUMNS.items():
        op.add_column("sites", sa.Column(name, JSON, nullable=False, server_default=default))
    op.add_column("queues", sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    _articles()


def _articles() -> None:
    """Where an article comes from decides whether an import may touch it."""
    for table in ("kb_articles", "kb_categories"):
        op.add_column(table, sa.Column("source", sa.String(length=10), nullable=False, server_default="folder"))
    op.add_column("kb_articles", sa.Column("state", sa.String(length=10), nullable=False, server_default="published"))


def downgrade() -> None:
    op.drop_column("kb_articles", "state")
    for table in ("kb_articles", "kb_categories"):
        op.drop_column(table, "source")
    op.drop_column("queues", "retired")
    for name in SITE_COLUMNS:
        op.drop_column("sites", name)
