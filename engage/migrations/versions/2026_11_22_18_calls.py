"""Numbers not to be called."""

from collections.abc import Sequence

revision: str = "2026_11_22_18_calls"
down_revision: str | None = "2026_11_22_17_desk"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
