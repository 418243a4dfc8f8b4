"""Nothing yet."""

from collections.abc import Sequence

revision: str = "2026_11_22_10_words"
down_revision: str | None = "2026_11_22_09_skills"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
