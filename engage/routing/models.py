"""Who serves which queue, and what was offered to whom."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit.db import Model
from engage.routing.schemas import OfferState


class QueueMember(Model):
    """An agent serves a queue by his own name."""

    __tablename__ = "queue_members"

    queue_id: Mapped[UUID] = mapped_column(ForeignKey("queues.id"), primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"), primary_key=True, index=True)


class QueueTeam(Model):
    """A team serves a queue: everybody who is in it at that moment."""

    __tablename__ = "queue_teams"

    queue_id: Mapped[UUID] = mapped_column(ForeignKey("queues.id"), primary_key=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), primary_key=True, index=True)


class Offer(Model):
    """An engagement proposed to one agent, with a deadline. One pending offer an engagement."""

    __tablename__ = "offers"
    __table_args__ = (
        Index(
            "uq_offers_pending",
            "engagement_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_offers_agent", "agent_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"), index=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"))
    state: Mapped[OfferState] = mapped_column(String(10))
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(200))
    #: why he: wait in seconds at that moment and the rule that chose
    waited_seconds: Mapped[int]
    rule: Mapped[str] = mapped_column(String(20))
