"""Agents: who they are, which sites they work for, their sign-ins and their presence."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.access.principals import Role
from engage.agents.schemas import PresenceState
from engage.kit.db import Model

LinkPurpose = Literal["invitation", "reset"]


class Agent(Model):
    """A person who answers."""

    __tablename__ = "agents"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: lower case
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    picture: Mapped[str | None] = mapped_column(String(500))
    #: argon2id
    password_hash: Mapped[str] = mapped_column(String(200))
    #: below his mails, by language
    signatures: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    #: what he says: available, busy, away, break, offline
    presence: Mapped[PresenceState] = mapped_column(String(20), default="offline")
    presence_reason: Mapped[str | None] = mapped_column(String(60))
    #: one of the reasons of his sites; none: he said nothing, or it in his own words
    presence_reason_id: Mapped[UUID | None]
    presence_since: Mapped[datetime]
    #: name of the colleague who set it, if it was not himself
    presence_set_by: Mapped[str | None] = mapped_column(String(100))
    #: sum of the weights he can hold
    capacity: Mapped[int] = mapped_column(default=4)
    #: whether what he is offered accepts itself; none: as the queue says
    auto_accept: Mapped[bool | None]
    #: dense number of the changes to what he holds, is offered or says (realtime gap detection)
    work_seq: Mapped[int] = mapped_column(default=0)
    #: when work last left his hands; the longest idle comes first
    idle_since: Mapped[datetime]
    #: when he was last given something; whose turn it is
    given_at: Mapped[datetime | None]
    #: he has a live socket until then
    online_until: Mapped[datetime | None]
    #: offers that rang out one after the other
    missed_in_a_row: Mapped[int] = mapped_column(default=0)
    #: asked to come, and has not set a password yet
    invited: Mapped[bool] = mapped_column(default=False)
    #: a link in a mail was used, or an operator made the account: the address is his
    email_proved: Mapped[bool] = mapped_column(default=True)
    #: the secret of his second factor, sealed; none while he has no second factor
    totp_sealed: Mapped[str | None] = mapped_column(String(300))
    #: the last step of time whose code he used: no code counts twice
    totp_step: Mapped[int | None]


class PresenceStep(Model):
    """What an agent was from a moment on, kept for reports: the next step of his ends it."""

    __tablename__ = "presence_steps"
    __table_args__ = (Index("ix_presence_steps_agent", "agent_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"))
    from_presence: Mapped[PresenceState] = mapped_column(String(20))
    presence: Mapped[PresenceState] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(60))
    #: the reason of his site, and whether it counted as productive on that day
    reason_id: Mapped[UUID | None]
    productive: Mapped[bool | None]
    #: the colleague who set it, if it was not himself or a timer
    by_agent_id: Mapped[UUID | None]
    at: Mapped[datetime]


class PresenceReason(Model):
    """Why somebody of a site is not available: lunch, training."""

    __tablename__ = "presence_reasons"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    label: Mapped[str] = mapped_column(String(60))
    #: by language; the label where there is none
    names: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    #: what he is meanwhile
    presence: Mapped[PresenceState] = mapped_column(String(20))
    #: counts as working time
    productive: Mapped[bool] = mapped_column(default=False, server_default=false())
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    #: nobody can choose it any more
    retired: Mapped[bool] = mapped_column(default=False, server_default=false())


class AgentSite(Model):
    """An agent works for a site, in a role."""

    __tablename__ = "agent_sites"

    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"), primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(String(20), default="agent")
    #: sees the work of all queues of the site; else of those he serves
    all_queues: Mapped[bool] = mapped_column(default=True)
    #: where he works
    centre_id: Mapped[UUID | None] = mapped_column(ForeignKey("centres.id"))
    #: since then he may not come in; his role and his queues are kept for the day he may
    suspended_at: Mapped[datetime | None]


class Team(Model):
    """People of a site who do the same work, named together."""

    __tablename__ = "teams"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))


class TeamMember(Model):
    """An agent is in a team."""

    __tablename__ = "team_members"

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"), primary_key=True, index=True)


class SignIn(Model):
    """A signed-in browser; the cookie's hash, never the cookie."""

    __tablename__ = "sign_ins"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user_agent: Mapped[str | None] = mapped_column(String(400))
    address: Mapped[str | None] = mapped_column(String(60))
    #: to the minute
    seen_at: Mapped[datetime | None]


class AccountLink(Model):
    """A one-time link that was mailed: it sets a password. Its hash, never the link; gone once it was used."""

    __tablename__ = "account_links"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(String(10))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: it went to his mailbox only; else an admin could read it
    mailed: Mapped[bool] = mapped_column(default=True)
    expires_at: Mapped[datetime]


class RecoveryCode(Model):
    """Stands in for the second factor once, on the day the phone is lost; gone once it was used."""

    __tablename__ = "recovery_codes"
    __table_args__ = (Index("ix_recovery_codes_agent", "agent_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"))
    code_hash: Mapped[str] = mapped_column(String(64))


class IdentityProvider(Model):
    """Where the people of a site sign in instead of here (OpenID Connect)."""

    __tablename__ = "identity_providers"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    enabled: Mapped[bool] = mapped_column(default=True)
    #: on the button
    label: Mapped[str] = mapped_column(String(60))
    issuer: Mapped[str] = mapped_column(String(300))
    client_id: Mapped[str] = mapped_column(String(200))
    client_secret_sealed: Mapped[str | None] = mapped_column(Text)
    #: domains of e-mail addresses that it may vouch for
    domains: Mapped[list[Any]]
    #: the role of somebody whom it vouches for and nobody knows; none keeps him outside
    role_of_new: Mapped[Role | None] = mapped_column(String(20))
