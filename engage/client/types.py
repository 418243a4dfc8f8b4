"""What the public interface answers; unknown members are left aside, so that an older client reads a newer server."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Contact(Answer):
    id: UUID
    external_id: str | None
    name: str | None
    email: str | None
    phone: str | None
    attributes: dict[str, Any]
    created_at: datetime


class Conversation(Answer):
    id: UUID
    visitor_id: UUID
    contact_id: UUID | None
    topic: str
    locale: str
    state: str | None
    last_text: str
    created_at: datetime
    updated_at: datetime


class Author(Answer):
    kind: str
    name: str


class Entry(Answer):
    id: UUID
    seq: int
    kind: str
    audience: str
    author: Author
    text: str
    created_at: datetime


class EngageProblem(Exception):
    """The server refused: its status, a word for a machine and a sentence for a person."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
