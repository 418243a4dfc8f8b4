"""What a site's admin sets up."""

from collections.abc import Sequence

revision: str = "2026_11_22_03_sites"
down_revision: str | None = "2026_11_22_02_access"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
