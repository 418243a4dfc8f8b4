"""Engagements, each step they took, dispositions and ratings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.conversations.schemas import PromiseName
from engage.engagements.lifecycle import State
from engage.kit.db import Model


class Engagement(Model):
    """One routable piece of work, opened to closed. At most one of a conversation is open."""

    __tablename__ = "engagements"
    __table_args__ = (
        Index(
            "uq_engagements_open",
            "conversation_id",
            unique=True,
            sqlite_where=text("state NOT IN ('closed', 'abandoned')"),
            postgresql_where=text("state NOT IN ('closed', 'abandoned')"),
        ),
        Index("ix_engagements_waiting", "queue_id", "state", "place_since"),
        Index("ix_engagements_agent", "agent_id", "state"),
        Index(
            "ix_engagements_queued",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index("ix_engagements_site", "site_id", "state", "id"),
        Index("ix_engagements_visitor", "visitor_id", "state"),
        Index("ix_engagements_accepted", "queue_id", "accepted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey("visitors.id"))
    channel: Mapped[str] = mapped_column(String(20))
    #: units of an agent's capacity that it takes, and whether the customer is expected to be there: its channel's say
    weight: Mapped[int] = mapped_column(default=1)
    live: Mapped[bool] = mapped_column(default=False)
    queue_id: Mapped[UUID] = mapped_column(ForeignKey("queues.id"))
    state: Mapped[State] = mapped_column(String(20))
    #: raised by each step; whoever decided on an older one is refused
    version: Mapped[int] = mapped_column(default=0)
    #: who holds it, or is to get it first when it is queued again
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id"))
    #: who gave it to a colleague and has it back if he does not take it
    return_to_id: Mapped[UUID | None]
    opened_at: Mapped[datetime]
    #: its place in the queue: kept through missed and declined offers and transfers
    place_since: Mapped[datetime]
    #: since when it is in this queue: what the queue asks for, and of whom, counts from here
    entered_at: Mapped[datetime]
    state_since: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    wrap_up_until: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    #: minutes of waiting that a supervisor, or a promise in danger, added to its place in the order
    boost: Mapped[int] = mapped_column(default=0, server_default="0")
    #: while the visitor is out of the queue nobody is offered his work
    away_since: Mapped[datetime | None]
    disposition_id: Mapped[UUID | None] = mapped_column(ForeignKey("dispositions.id"))
    wrap_up_note: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None]
    #: what is promised to this customer; none promises nothing
    sla_policy_id: Mapped[UUID | None] = mapped_column(ForeignKey("sla_policies.id"))
    #: what the waiting customer was told last: when, and which step of the ladder of waits
    told_at: Mapped[datetime | None]
    told_step: Mapped[int | None]
    #: the first wait he was told, in seconds, which the real one is measured against
    forecast_seconds: Mapped[int | None]
    #: when the customer who abandoned it really left, and whether that was so soon that it is counted apart
    left_at: Mapped[datetime | None]
    short_abandon: Mapped[bool] = mapped_column(default=False, server_default=false())


class EngagementStep(Model):
    """One step of an engagement's life, kept for reports: nothing is computed from memory."""

    __tablename__ = "engagement_steps"
    __table_args__ = (Index("ix_engagement_steps_engagement", "engagement_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"))
    step: Mapped[str] = mapped_column(String(20))
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    #: where it belongs and who holds it afterwards, and the same before
    queue_id: Mapped[UUID]
    agent_id: Mapped[UUID | None]
    from_queue_id: Mapped[UUID | None]
    from_agent_id: Mapped[UUID | None]
    #: who did it to the work of others; nobody: its holder, the router or a timer, as the cause says
    by_agent_id: Mapped[UUID | None]
    cause: Mapped[str | None] = mapped_column(String(40))
    #: what the agent who declined it gave as his reason
    reason: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime]


class SlaPolicy(Model):
    """What a site promises to some of its customers; the first one in the site's order that holds counts."""

    __tablename__ = "sla_policies"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    #: ids, names and tiers that it holds for; none asks for nothing
    queue_ids: Mapped[list[Any]]
    channels: Mapped[list[Any]]
    tiers: Mapped[list[Any]]
    #: none is no promise
    first_response_minutes: Mapped[int | None]
    next_response_minutes: Mapped[int | None]
    resolution_minutes: Mapped[int | None]
    #: only the time counts in which the site is open
    in_business_hours: Mapped[bool]
    #: percent of a promise after which somebody is warned; 100 warns nobody
    warn_percent: Mapped[int]
    #: minutes of priority that each threshold adds while the work waits
    raise_minutes: Mapped[int]
    #: counts for nobody any more; timers keep its name
    retired: Mapped[bool] = mapped_column(default=False, server_default=false())


class SlaTimer(Model):
    """The clock of one promise on one piece of work, from its start to its end. At most one of each runs."""

    __tablename__ = "sla_timers"
    __table_args__ = (
        Index(
            "uq_sla_timers_open",
            "engagement_id",
            "promise",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_sla_timers_engagement", "engagement_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"))
    policy_id: Mapped[UUID] = mapped_column(ForeignKey("sla_policies.id"))
    promise: Mapped[PromiseName] = mapped_column(String(20))
    target_seconds: Mapped[int]
    warn_percent: Mapped[int]
    in_business_hours: Mapped[bool]
    started_at: Mapped[datetime]
    #: counted before it last began to run, in milliseconds
    spent: Mapped[int] = mapped_column(BigInteger)
    #: none while it stands
    running_since: Mapped[datetime | None]
    #: when the next threshold comes, and when it is broken; none while it stands
    warn_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    broken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    #: ended because the promise was fulfilled, in time or not; otherwise it had become void
    fulfilled: Mapped[bool | None]


class Disposition(Model):
    """An outcome code chosen in wrap-up."""

    __tablename__ = "dispositions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    #: which one it is a kind of; none: it stands at the top
    parent_id: Mapped[UUID | None]
    label: Mapped[str] = mapped_column(String(100))
    position: Mapped[int] = mapped_column(default=0)
    #: nobody can choose it any more
    retired: Mapped[bool] = mapped_column(default=False)


class Rating(Model):
    """The customer's answer to the survey (CSAT); one an engagement, the last one counts."""

    __tablename__ = "ratings"

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    score: Mapped[int]
    comment: Mapped[str | None] = mapped_column(String(1000))
    at: Mapped[datetime]
