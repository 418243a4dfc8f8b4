"""Pictures, teams, and what else an administrator sets up."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from engage.kit.db import Json

revision: str = "2026_11_22_07_pictures"
down_revision: str | None = "2026_11_22_06_merging"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_teams_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
    )
    op.create_index(op.f("ix_teams_site_id"), "teams", ["site_id"])
    _pairs("team_members", "team_id", "teams", "agent_id", "agents")
    _pairs("queue_teams", "queue_id", "queues", "team_id", "teams")
    op.add_column("sites", sa.Column("popular_articles", Json, server_default="[]", nullable=False))


def _pairs(table: str, one: str, of_one: str, other: str, of_other: str) -> None:
    op.create_table(
        table,
        sa.Column(one, sa.Uuid(), nullable=False),
        sa.Column(other, sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint([one], [f"{of_one}.id"], name=op.f(f"fk_{table}_{one}_{of_one}")),
        sa.ForeignKeyConstraint([other], [f"{of_other}.id"], name=op.f(f"fk_{table}_{other}_{of_other}")),
        sa.PrimaryKeyConstraint(one, other, name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_{other}"), table, [other])


def downgrade() -> None:
    op.drop_column("sites", "popular_articles")
    for table in ("queue_teams", "team_members", "teams"):
        op.drop_table(table)
