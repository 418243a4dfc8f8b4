"""Webhooks, and what was delivered to them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit.db import Model

DeliveryState = Literal["pending", "sent", "failed"]


class Webhook(Model):
    """An address of a site's own that hears of what happens."""

    __tablename__ = "webhooks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    url: Mapped[str] = mapped_column(String(500))
    #: names of the events it hears
    events: Mapped[list[Any]]
    #: sealed; signs what is sent
    secret: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    #: nothing is sent any more
    disabled_at: Mapped[datetime | None]
    #: since when every delivery has failed
    failing_since: Mapped[datetime | None]


class WebhookDelivery(Model):
    """One event for one webhook, with the other side's last answer."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (Index("ix_webhook_deliveries_webhook", "webhook_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    #: the same for all webhooks and all tries: by it the other side knows what it has had already
    event_id: Mapped[UUID]
    type: Mapped[str] = mapped_column(String(60))
    #: as it is signed and sent
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[DeliveryState] = mapped_column(String(10), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    status: Mapped[int | None]
    #: how the answer begins, or why there was none
    answer: Mapped[str | None] = mapped_column(Text)
    milliseconds: Mapped[int | None]
