"""Sites, the tenants, and their queues."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit.db import Model
from engage.sites.schemas import CentreCause, CentreState, WrapUpMode


class Site(Model):
    """One website (or brand): its public key, who may embed it, how it looks and when it is open."""

    __tablename__ = "sites"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: public; stands in the pasted tag
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    #: the language of whoever brings none of its others
    locale: Mapped[str] = mapped_column(String(20), default="en")
    #: further languages that it speaks
    locales: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    #: exact origins that may embed the widget; "self" is our own address
    origins: Mapped[list[Any]]
    #: a stored `look.Look`
    branding: Mapped[dict[str, Any]]
    #: the widget's own words by language, where they differ from ours
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    opening_hours: Mapped[dict[str, Any] | None]
    #: stored fields of the form before a chat; none is the usual form
    pre_chat: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    #: slugs of the articles that stand on the first page, in order; none leaves it to the readers
    popular_articles: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    #: a stored `chat_rules.RatingRule`
    rating: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    #: a stored `chat_rules.UploadRule`
    uploads: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    #: its own mail server, with the sealed password, and its signature
    mail: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    mail_from: Mapped[str | None] = mapped_column(String(320))
    privacy_url: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    #: who has no second factor is led to set one up before he comes in
    requires_second_factor: Mapped[bool] = mapped_column(default=False)


class Centre(Model):
    """A place where agents of a site work."""

    __tablename__ = "centres"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    name: Mapped[str] = mapped_column(String(60))
    #: draining finishes what it has and gets nothing new; down has lost its people
    state: Mapped[CentreState] = mapped_column(String(10), default="open")
    state_since: Mapped[datetime]
    #: what set it
    state_cause: Mapped[CentreCause] = mapped_column(String(20), default="by_hand", server_default="by_hand")
    #: opening hours, stored as those of a site; none: only people open and close it
    hours: Mapped[dict[str, Any] | None]
    #: none: its site's
    time_zone: Mapped[str | None] = mapped_column(String(60))
    #: its state outside of its hours
    outside_hours: Mapped[CentreState] = mapped_column(String(10), default="draining", server_default="draining")


class CentreStep(Model):
    """A centre was set to another state, kept for reports."""

    __tablename__ = "centre_steps"
    __table_args__ = (Index("ix_centre_steps_centre", "centre_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: of a centre that may be gone
    centre_id: Mapped[UUID]
    from_state: Mapped[CentreState] = mapped_column(String(10))
    state: Mapped[CentreState] = mapped_column(String(10))
    cause: Mapped[CentreCause] = mapped_column(String(20))
    by_agent_id: Mapped[UUID | None]
    at: Mapped[datetime]


class Queue(Model):
    """Where engagements of one topic wait. Who serves it and how it routes is `routing`'s."""

    __tablename__ = "queues"
    __table_args__ = (UniqueConstraint("site_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    #: the topic that the visitor chooses
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    #: for visitors, by language; `name` where there is none
    names: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    position: Mapped[int] = mapped_column(default=0)
    #: how long an offer rings
    offer_seconds: Mapped[int] = mapped_column(default=25)
    #: an offer accepts itself after so long; none: its agent accepts it
    accept_after_seconds: Mapped[int | None]
    #: time box of the wrap-up
    wrap_up_seconds: Mapped[int] = mapped_column(default=120)
    wrap_up_mode: Mapped[WrapUpMode] = mapped_column(String(12), default="optional", server_default="optional")
    #: takes no new work; what was done in it keeps its name
    retired: Mapped[bool] = mapped_column(default=False, server_default=false())
