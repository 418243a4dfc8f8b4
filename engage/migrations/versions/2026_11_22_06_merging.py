"""Conversations that were merged into another."""

from collections.abc import Sequence

revision: str = "2026_11_22_06_merging"
down_revision: str | None = "2026_11_22_05_integrations"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
