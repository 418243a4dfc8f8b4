"""Mail senders."""

from collections.abc import Sequence

revision: str = "2026_11_22_24_mail_senders"
down_revision: str | None = "2026_11_22_23_ticket_work"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
