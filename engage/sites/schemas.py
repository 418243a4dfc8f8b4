from typing import Literal
from uuid import UUID

from engage.kit.wire import WireModel

CentreState = Literal["open", "draining", "down"]


class SiteName(WireModel):
    """A site as others mention it."""

    id: UUID
    key: str
    name: str


class QueueName(WireModel):
    id: UUID
    name: str
