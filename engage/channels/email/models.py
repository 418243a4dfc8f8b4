"""Mails that leave us."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.channels.email.schemas import MailState
from engage.kit.db import Model


class Mail(Model):
    """One mail. `kept` means that no SMTP server is set, so it waits here and can be read; `dead` that we gave up."""

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_site", "site_id", "id"),)

    #: the outbound message's id; also in its Message-ID, so that a second copy is known as one
    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    sender: Mapped[str] = mapped_column(String(320))
    recipient: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    #: holds a one-time link: hardly anybody may read it, and its text is gone once it was sent
    secret: Mapped[bool] = mapped_column(default=False)
    #: ids of the attachments that go along
    files: Mapped[list[Any]]
    state: Mapped[MailState] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
