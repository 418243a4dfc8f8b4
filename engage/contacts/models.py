"""Visitors, the contacts they turn out to be, how a site vouches for them, and who is kept out."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit.db import Model


class Contact(Model):
    """A person who told us who he is. What he said is his claim; only his site's signature or key proves it."""

    __tablename__ = "contacts"
    __table_args__ = (
        Index("ix_contacts_site", "site_id", "id"),
        Index("ix_contacts_email", "site_id", "email"),
        Index("uq_contacts_external", "site_id", "external_id", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    name: Mapped[str | None] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(320))
    phone: Mapped[str | None] = mapped_column(String(40))
    #: what the site wants to know of its customers, by the id of its field
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    #: the site's own name for him: `sub` of its signed tokens
    external_id: Mapped[str | None] = mapped_column(String(200))
    #: what the site tells of him, by names of its own: texts, numbers, yes and no
    told: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    #: the same person under another row; this one is kept so that the merge can be undone
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("contacts.id"))
    #: who is asked first for his new work (no foreign key: agents are a slice beside this one)
    preferred_agent_id: Mapped[UUID | None]
    created_at: Mapped[datetime]


IdentityMethod = Literal["secret", "public_key", "jwks"]
BlockedKind = Literal["visitor", "contact", "address", "mail"]
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
    __table_args__ = (Index("uq_visitors_external", "site_id", "external_id", unique=True),)

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
    #: when his site vouched for him first, and by which name: the one visitor of this person, whatever his browser
    verified_at: Mapped[datetime | None]
    external_id: Mapped[str | None] = mapped_column(String(200))
    #: he turned out to be this visitor, who has his conversations now (no foreign key: SQLite adds none to a table)
    merged_into_id: Mapped[UUID | None]
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


class VisitorToken(Model):
    """A browser of a visitor for whom his site has vouched: each has a token of its own, for some days."""

    __tablename__ = "visitor_tokens"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey("visitors.id"), index=True)
    expires_at: Mapped[datetime]


class SiteIdentity(Model):
    """How a site proves who its visitors are."""

    __tablename__ = "site_identities"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    method: Mapped[IdentityMethod] = mapped_column(String(20), default="secret")
    #: sealed
    secret: Mapped[str | None] = mapped_column(Text)
    secret_made_at: Mapped[datetime | None]
    #: the one before, which counts for a day so that the site can change over
    old_secret: Mapped[str | None] = mapped_column(Text)
    old_secret_until: Mapped[datetime | None]
    public_key: Mapped[str | None] = mapped_column(Text)
    jwks_url: Mapped[str | None] = mapped_column(String(500))


class UsedJwt(Model):
    """A signed token that was shown: it counts once."""

    __tablename__ = "used_jwts"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    jti_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: made by the browser: the same attempt may come twice when an answer is lost
    attempt: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Block(Model):
    """Somebody who may not write, until a moment or for good."""

    __tablename__ = "blocks"
    __table_args__ = (Index("ix_blocks_subject", "site_id", "kind", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    kind: Mapped[BlockedKind] = mapped_column(String(10))
    #: an id, a range of addresses as 203.0.113.0/24, or whose mails are dropped: kim@shop.example, all of @shop.example
    subject: Mapped[str] = mapped_column(String(320))
    #: how he was called when he was blocked
    name: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(500))
    by_name: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]
    #: none is until somebody lifts it
    until: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
