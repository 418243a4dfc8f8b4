"""The audit log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit.db import Model


class AuditEntry(Model):
    """An administrative act: who did what to what, and when. Never changed and never deleted by us."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_site", "site_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: none for what concerns a person and no site; no foreign key, for sites lie above this layer
    site_id: Mapped[UUID | None]
    #: agent, key or system
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str] = mapped_column(String(100))
    #: such as `queue.changed`
    act: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[UUID | None]
    subject_name: Mapped[str] = mapped_column(String(200))
    #: what changed: {field: [before, after]}; secrets only as "changed"
    changes: Mapped[dict[str, Any]]
    address: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime]
