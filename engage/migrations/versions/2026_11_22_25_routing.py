"""Routing."""

from collections.abc import Sequence

revision: str = "2026_11_22_25_routing"
down_revision: str | None = "2026_11_22_24_mail_senders"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
