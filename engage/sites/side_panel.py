"""A site's own panel beside a conversation: an address of its own, and the secret that signs what it is told."""

from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit.db import Model


class SidePanel(Model):
    """At most one of a site."""

    __tablename__ = "side_panels"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    title: Mapped[str] = mapped_column(String(60))
    url: Mapped[str] = mapped_column(String(500))
    #: sealed by the vault; the panel's owner has the same
    sealed_secret: Mapped[str] = mapped_column(Text)
