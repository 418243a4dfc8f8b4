"""Nothing yet."""

from collections.abc import Sequence

revision: str = "2026_11_22_13_board"
down_revision: str | None = "2026_11_22_12_promises"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
