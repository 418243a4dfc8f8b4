"""Visitors, the contacts they turn out to be, and the trail they leave."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit.db import Model


class Contact(Model):
    """A person who told us who he is. What he said is his claim; nothing is proved by it."""

    __tablename__ = "contacts"
    __table_args__ = (Index("ix_contacts_site", "site_id", "id"), Index("ix_contacts_email", "site_id", "email"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    name: Mapped[str | None] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(320))
    phone: Mapped[str | None] = mapped_column(String(40))
    #: what the site wants to know of its customers, by the id of its field
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    #: the same person under another row; this one is kept so that the merge can be undone
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("contacts.id"))
    created_at: Mapped[datetime]


FieldKind = Literal["text", "number", "date", "yes_no", "link", "choice"]


class ContactField(Model):
    """Something a site wants to know of its customers."""

    __tablename__ = "contact_fields"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    label: Mapped[str] = mapped_column(String(60))
    kind: Mapped[FieldKind] = mapped_column(String(10))
    #: of a choice: what can be chosen
    choices: Mapped[list[Any]]
    position: Mapped[int] = mapped_column(default=0)
    #: nobody can fill it any more; what was filled in is kept
    retired: Mapped[bool] = mapped_column(default=False)


class ContactMerge(Model):
    """Two contacts were found to be one person: what moved, so that it can be undone."""

    __tablename__ = "contact_merges"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    kept_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id"), index=True)
    gone_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id"))
    #: {visitors: [id], filled: {field: value}} - the browsers that moved, and what the kept one had not known
    moved: Mapped[dict[str, Any]]
    agent_id: Mapped[UUID | None]
    agent_name: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Visitor(Model):
    """A browser on the site. Exists only once he says or searches something, never for a page view."""

    __tablename__ = "visitors"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    #: SHA-256 of the token that his browser keeps
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str | None] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(320))
    locale: Mapped[str] = mapped_column(String(20))
    time_zone: Mapped[str | None] = mapped_column(String(60))
    user_agent: Mapped[str | None] = mapped_column(String(400))
    created_at: Mapped[datetime]
    #: he has a live socket until then; refreshed while it lives, so a process that dies takes nobody along for long
    online_until: Mapped[datetime | None]


class TrailStep(Model):
    """A page he saw, a search he made or an article he read."""

    __tablename__ = "trail_steps"
    __table_args__ = (Index("ix_trail_steps_visitor", "visitor_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey("visitors.id"))
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str | None] = mapped_column(String(200))
    url: Mapped[str | None] = mapped_column(String(500))
    query: Mapped[str | None] = mapped_column(String(200))
    slug: Mapped[str | None] = mapped_column(String(120))
    at: Mapped[datetime]
