"""Skills, centres and how queues route."""

from collections.abc import Sequence

revision: str = "2026_11_22_09_skills"
down_revision: str | None = "2026_11_22_08_delivery"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
