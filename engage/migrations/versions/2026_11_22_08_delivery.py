"""Delivery under load."""

from collections.abc import Sequence

revision: str = "2026_11_22_08_delivery"
down_revision: str | None = "2026_11_22_07_pictures"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
