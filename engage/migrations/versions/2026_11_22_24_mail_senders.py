"""Senders whose mails are dropped: a block may name a mail address."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "2026_11_22_24_mail_senders"
down_revision: str | None = "2026_11_22_23_ticket_work"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


SHORT, LONG = sa.String(length=64), sa.String(length=320)


def upgrade() -> None:
    with op.batch_alter_table("blocks") as batch:
        batch.alter_column("subject", existing_type=SHORT, type_=LONG, existing_nullable=False)


def downgrade() -> None:
    op.execute("DELETE FROM blocks WHERE kind = 'mail'")
    with op.batch_alter_table("blocks") as batch:
        batch.alter_column("subject", existing_type=LONG, type_=SHORT, existing_nullable=False)
