"""Access: second factors, resets, keys, single sign-on."""

from collections.abc import Sequence

revision: str = "2026_11_22_02_access"
down_revision: str | None = "2026_11_22_01_roles"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
