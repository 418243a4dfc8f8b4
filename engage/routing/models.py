"""Who serves which queue, and what was offered to whom."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit.db import Model
from engage.routing.eligibility import AgentRule, Order
from engage.routing.schemas import OfferRole, OfferState


class QueueMember(Model):
    """An agent serves a queue by his own name."""

    __tablename__ = "queue_members"

    queue_id: Mapped[UUID] = mapped_column(ForeignKey("queues.id"), primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"), primary_key=True, index=True)
    #: lowest first: an agent's first queue before his second
    priority: Mapped[int] = mapped_column(default=1, server_default="1")
    #: he sees work only after it waited so long
    delay_seconds: Mapped[int] = mapped_column(default=0, server_default="0")


class QueueRule(Model):
    """How a queue routes, where it differs from `eligibility.QueueRules`' own values."""

    __tablename__ = "queue_rules"

    queue_id: Mapped[UUID] = mapped_column(ForeignKey("queues.id"), primary_key=True)
    #: in minutes of waiting
    priority: Mapped[int]
    ranking: Mapped[Order] = mapped_column(String(20))
    #: percent
    age_factor: Mapped[int]
    agent_rule: Mapped[AgentRule] = mapped_column(String(20))
    #: for so long the customer's last agent goes first
    sticky_seconds: Mapped[int]
    #: stored `schemas.StepForm`s
    steps: Mapped[list[Any]]
    skips_unstaffed: Mapped[bool] = mapped_column(default=False, server_default=false())


class Wanted(Model):
    """What a transfer asks of whoever gets the work, beside what its queue asks: a skill, or a centre."""

    __tablename__ = "wanted"

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"), primary_key=True)
    skill_id: Mapped[UUID | None] = mapped_column(ForeignKey("skills.id"))
    centre_id: Mapped[UUID | None] = mapped_column(ForeignKey("centres.id"))


class QueueOverflow(Model):
    """Where a queue's work goes when it waits for too long, is too much, or comes outside of the queue's hours."""

    __tablename__ = "queue_overflows"

    queue_id: Mapped[UUID] = mapped_column(ForeignKey("queues.id"), primary_key=True)
    #: who waited so long in this queue
    after_seconds: Mapped[int | None]
    #: who comes when so many wait already
    depth: Mapped[int | None]
    #: where he goes on; none: he stays, and is told
    target_id: Mapped[UUID | None] = mapped_column(ForeignKey("queues.id"))
    #: what the visitor is told, in the place of our own words
    message: Mapped[str] = mapped_column(String(500))
    #: stored as the hours of a site; none: always open
    hours: Mapped[dict[str, Any] | None]
    closed_target_id: Mapped[UUID | None] = mapped_column(ForeignKey("queues.id"))
    closed_message: Mapped[str] = mapped_column(String(500))
    #: what he may choose instead of waiting, where the site has it
    offers_call: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    offers_mail: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class Skill(Model):
    """Something that not everybody can: a language, a product."""

    __tablename__ = "skills"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    name: Mapped[str] = mapped_column(String(60))


class AgentSkill(Model):
    """How well an agent can it: 1 to 5."""

    __tablename__ = "agent_skills"

    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"), primary_key=True)
    skill_id: Mapped[UUID] = mapped_column(ForeignKey("skills.id"), primary_key=True, index=True)
    level: Mapped[int]


class ChannelRule(Model):
    """What the work of a channel takes of an agent at this site, where it differs from the channel's own say."""

    __tablename__ = "channel_rules"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    weight: Mapped[int]
    #: most of it at once
    maximum: Mapped[int | None]
    #: nothing else beside it
    exclusive: Mapped[bool]
    #: names of channels that may come on top of it
    interrupted_by: Mapped[list[Any]]


class QueueTeam(Model):
    """A team serves a queue: everybody who is in it at that moment."""

    __tablename__ = "queue_teams"

    queue_id: Mapped[UUID] = mapped_column(ForeignKey("queues.id"), primary_key=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), primary_key=True, index=True)
    #: as for a member
    priority: Mapped[int] = mapped_column(default=1, server_default="1")
    delay_seconds: Mapped[int] = mapped_column(default=0, server_default="0")


class RouterLease(Model):
    """Who may match, with several processes: the epoch in one row and the beat in another, which waits for no claim."""

    __tablename__ = "router_lease"

    part: Mapped[str] = mapped_column(String(10), primary_key=True)
    epoch: Mapped[int] = mapped_column(default=0)
    renewed_at: Mapped[datetime]


class DeclineReason(Model):
    """Why agents of a site decline offers."""

    __tablename__ = "decline_reasons"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    label: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    #: nobody can choose it any more
    retired: Mapped[bool] = mapped_column(default=False, server_default=false())


class Offer(Model):
    """An engagement proposed to one agent, with a deadline: to hold it, or to be a party to it beside its holder.

    One pending offer to hold an engagement, and nobody is twice a party to it.
    """

    __tablename__ = "offers"
    __table_args__ = (
        Index(
            "uq_offers_pending",
            "engagement_id",
            unique=True,
            sqlite_where=text("state = 'pending' AND role = 'holder'"),
            postgresql_where=text("state = 'pending' AND role = 'holder'"),
        ),
        Index(
            "uq_offers_party",
            "engagement_id",
            "agent_id",
            unique=True,
            sqlite_where=text("role <> 'holder' AND left_at IS NULL"),
            postgresql_where=text("role <> 'holder' AND left_at IS NULL"),
        ),
        Index(
            "ix_offers_party_agent",
            "agent_id",
            sqlite_where=text("role <> 'holder' AND left_at IS NULL"),
            postgresql_where=text("role <> 'holder' AND left_at IS NULL"),
        ),
        Index("ix_offers_agent", "agent_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"), index=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"))
    role: Mapped[OfferRole] = mapped_column(String(12), default="holder", server_default="holder")
    state: Mapped[OfferState] = mapped_column(String(10))
    #: which party asked him in; none: the router chose him to hold it
    asked_by_id: Mapped[UUID | None]
    #: when a party's part was over, taken or not; until then it takes of his capacity
    left_at: Mapped[datetime | None]
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: then it accepts itself; none: its agent does
    accepts_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    #: what whoever asked a party in told him
    note: Mapped[str | None] = mapped_column(Text)
    #: why its agent declined it, in the words of that day, and which of the site's reasons that is
    reason: Mapped[str | None] = mapped_column(String(200))
    reason_id: Mapped[UUID | None]
    #: why he: wait in seconds at that moment and the rule that chose
    waited_seconds: Mapped[int]
    rule: Mapped[str] = mapped_column(String(20))
