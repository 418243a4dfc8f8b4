"""Accepting by itself, reasons of presence, outcomes as a tree."""

from collections.abc import Sequence

revision: str = "2026_11_22_17_desk"
down_revision: str | None = "2026_11_22_16_mail_in"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
