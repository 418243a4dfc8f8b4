"""What a site decided, who asked to be called, and how each call went."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.channels.callback.request_lifecycle import State
from engage.channels.callback.schemas import Outcome, WantedBy
from engage.kit.db import Model


class CallbackRule(Model):
    """A site's stored `schemas.CallbackRules`. Its row is the lock under which slots are booked."""

    __tablename__ = "callback_rules"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    rules: Mapped[dict[str, Any]]


class CallbackRequest(Model):
    """Somebody asked to be called. A number has at most one that has not ended."""

    __tablename__ = "callback_requests"
    __table_args__ = (
        UniqueConstraint("visitor_id", "client_id"),
        Index(
            "uq_callback_requests_open",
            "site_id",
            "number",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_callback_requests_number", "site_id", "number", "asked_at"),
        Index("ix_callback_requests_visitor", "visitor_id", "asked_at"),
        Index("ix_callback_requests_address", "site_id", "address", "asked_at"),
        Index("ix_callback_requests_slot", "site_id", "slot_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey("visitors.id"))
    #: made by the browser: asking twice asks once
    client_id: Mapped[str] = mapped_column(String(64))
    queue_id: Mapped[UUID] = mapped_column(ForeignKey("queues.id"))
    #: E.164
    number: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2))
    #: the clock on his wall
    time_zone: Mapped[str] = mapped_column(String(60))
    state: Mapped[State] = mapped_column(String(20))
    #: start of the chosen slot; none is as soon as possible
    slot_at: Mapped[datetime | None]
    #: when it is put into the queue, and when it is given up if nobody has taken it by then
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: the place that its work has in the queue
    place_since: Mapped[datetime]
    #: the work of the present try
    engagement_id: Mapped[UUID | None] = mapped_column(ForeignKey("engagements.id"), index=True)
    #: who had it last, and gets it first
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id"))
    attempts: Mapped[int] = mapped_column(default=0)
    #: where he asked from
    address: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DoNotCall(Model):
    """A number that nobody of the site calls, whoever asks for it."""

    __tablename__ = "do_not_call"
    __table_args__ = (UniqueConstraint("site_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    #: E.164
    number: Mapped[str] = mapped_column(String(20))
    wanted_by: Mapped[WantedBy] = mapped_column(String(10))
    #: who put it there; none: its owner himself
    agent_name: Mapped[str | None] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class CallbackAttempt(Model):
    """One call, by one agent. It has no outcome only while it lasts."""

    __tablename__ = "callback_attempts"
    __table_args__ = (
        UniqueConstraint("request_id", "ordinal"),
        Index("ix_callback_attempts_site", "site_id", "dialled_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("callback_requests.id"))
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"))
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"))
    #: 1 is the first
    ordinal: Mapped[int]
    trunk: Mapped[str] = mapped_column(String(20))
    dialled_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(String(2000))
