"""Pictures, teams, and what else an administrator sets up."""

from collections.abc import Sequence

revision: str = "2026_11_22_07_pictures"
down_revision: str | None = "2026_11_22_06_merging"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
