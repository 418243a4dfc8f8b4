"""The agent's desk: canned replies, labels, drafts, mentions, merged contacts."""

from collections.abc import Sequence

revision: str = "2026_11_22_04_desk"
down_revision: str | None = "2026_11_22_03_sites"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
