"""The audit log and the keys of a site's programs."""

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


class ApiKey(Model):
    """What a program of the site's own shows; its hash, never the key."""

    __tablename__ = "api_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: no foreign key, for sites lie above this layer
    site_id: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(100))
    #: its first characters, to tell it from others
    prefix: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(100))
    expires_at: Mapped[datetime | None]
    #: to the minute
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
