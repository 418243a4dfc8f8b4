"""How answers leave by mail."""

from collections.abc import Sequence

revision: str = "2026_11_22_20_answers"
down_revision: str | None = "2026_11_22_19_filing"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
