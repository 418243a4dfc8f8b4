"""What an agent keeps of his own screen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit.db import Model


class SavedView(Model):
    """A list of work under a name: which, by what filters, in what order."""

    __tablename__ = "saved_views"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"), index=True)
    #: every agent of this site has it in his list
    shared_site_id: Mapped[UUID | None] = mapped_column(ForeignKey("sites.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    #: a `ViewQuery`
    query: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
