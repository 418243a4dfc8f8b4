from typing import Literal
from uuid import UUID

from engage.kit.wire import Moment, Query, WireModel

MailState = Literal["queued", "sent", "kept", "dead"]


class MailRow(WireModel):
    id: UUID
    to: str
    subject: str
    state: MailState
    created_at: Moment
    last_error: str | None


class MailView(MailRow):
    sender: str
    text: str
    html: str | None
    attempts: int


class MailQuery(Query):
    cursor: str | None = None
