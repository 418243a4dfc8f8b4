"""What readers said about articles; and the tables of `kb`, so that migrations see them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit.db import Model
from kb.store import tables

tables.add_to(Model.metadata)


class ArticleFeedback(Model):
    """One reader's yes or no. It outlives the article, so that an editor sees what became better."""

    __tablename__ = "article_feedback"
    __table_args__ = (Index("ix_article_feedback_site_id_article_id", "site_id", "article_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    #: the article's own id: it stays when the slug changes
    article_id: Mapped[str] = mapped_column(String(64))
    helpful: Mapped[bool]
    comment: Mapped[str | None] = mapped_column(String(1000))
    created_at: Mapped[datetime]
